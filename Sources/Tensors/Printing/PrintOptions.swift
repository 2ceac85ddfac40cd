/// How a tensor is printed: what NumPy's `set_printoptions` sets, as a value to pass instead of a
/// global state.
///
///     var options = PrintOptions()
///     options.precision = 3
///     Tensor<Double>([1.0 / 3, 2.5]).formatted(options)  // [0.333 2.5  ]
///
/// - SeeAlso: NumPy's `set_printoptions`; the defaults are NumPy's.
public struct PrintOptions: Sendable, Hashable {
  /// The most digits after the point that a floating number is shown with; 0 or more.
  ///
  /// Fewer are shown where fewer tell the number from its neighbours.
  public var precision: Int
  /// The number of elements above which a tensor is summarised.
  public var threshold: Int
  /// The number of positions shown at each end of an axis of a summarised tensor; 1 or more.
  public var edgeItems: Int
  /// The number of characters after which a line is broken.
  public var lineWidth: Int
  /// Whether small numbers and numbers of very different magnitudes are shown without exponents.
  ///
  /// Numbers that round to zero at ``precision`` digits are then shown as zero.
  public var suppressSmall: Bool

  /// Makes options, by default NumPy's.
  ///
  ///     let x = Tensor<Double>.linearlySpaced(from: 0, to: 1, count: 7)
  ///     x.formatted(PrintOptions(precision: 2, threshold: 5, edgeItems: 2))
  ///     // [0.   0.17 ... 0.83 1.  ]
  ///     let y: Tensor<Double> = [1e-9, 1]
  ///     y.formatted(PrintOptions(suppressSmall: true))  // [0. 1.]
  ///     y.formatted(PrintOptions(lineWidth: 10))        // [1.e-09
  ///                                                     //  1.e+00]
  ///
  /// - Parameters:
  ///   - precision: The most digits after the point; 0 or more.
  ///   - threshold: The number of elements above which a tensor is summarised.
  ///   - edgeItems: The positions shown at each end of a summarised axis; 1 or more.
  ///   - lineWidth: The number of characters after which a line is broken.
  ///   - suppressSmall: Whether numbers below 10⁸ (`float32`: 10⁶) are shown without exponents.
  public init(
    precision: Int = 8, threshold: Int = 1000, edgeItems: Int = 3, lineWidth: Int = 75,
    suppressSmall: Bool = false
  ) {
    self.precision = precision
    self.threshold = threshold
    self.edgeItems = edgeItems
    self.lineWidth = lineWidth
    self.suppressSmall = suppressSmall
  }

  /// Stops if an option has no meaning.
  func check() {
    precondition(precision >= 0, "precision must be >= 0, not \(precision)")
    // NumPy takes 0 too, and then shows the last position of each axis.
    precondition(edgeItems >= 1, "edgeItems must be >= 1, not \(edgeItems)")
  }
}
