extension Tensor: CustomStringConvertible, CustomDebugStringConvertible {
  /// The elements in brackets: NumPy's `str` under its default options.
  ///
  ///     let x: Tensor<Float> = [[1, 2.5], [-3, 4]]
  ///     print(x)  // [[ 1.   2.5]
  ///               //  [-3.   4. ]]
  ///
  /// A traced tensor, which has no elements yet, shows its type and shape.
  /// - SeeAlso: ``formatted(_:)``.
  public var description: String { formatted() }

  /// The elements as the code that would make them in NumPy: NumPy's `repr` under its default
  /// options.
  ///
  ///     debugPrint(Tensor<Float>([1, 2.5]))  // array([1. , 2.5], dtype=float32)
  ///
  /// - SeeAlso: ``debugFormatted(_:)``.
  public var debugDescription: String { debugFormatted() }

  /// Returns the elements in brackets, as ``description`` shows them, under the options given.
  ///
  /// The text of a tensor without axes is its number with all digits, whatever the options are.
  ///
  ///     Tensor<Double>([0.123456, 2]).formatted(PrintOptions(precision: 3))  // [0.123 2.   ]
  ///
  /// - Parameter options: The digits, line width and the rest; by default NumPy's.
  /// - Returns: One or more lines, without a line break at the end.
  /// - Precondition: The options' `precision` is not negative and `edgeItems` not below 1.
  /// - Complexity: O(*n*) in the number of elements shown.
  /// - SeeAlso: NumPy's `array_str`.
  public func formatted(_ options: PrintOptions = PrintOptions()) -> String {
    options.check()
    if isTraced { return tracedDescription }
    guard rank > 0 else { return scalar.elementDescription }
    var text: [UInt8] = []
    TensorText(self, options).append(
      to: &text, separator: " ", indent: 0, lineWidth: Swift.max(options.lineWidth, 0))
    return String(decoding: text, as: UTF8.self)
  }

  /// Returns the elements as ``debugDescription`` shows them, under the options given.
  ///
  /// The type follows the elements where it isn't `float64`, `int64` or `bool`, the shape where the
  /// elements are summarised or none.
  ///
  ///     Tensor<Float>([0.123456, 2]).debugFormatted(PrintOptions(precision: 3))
  ///     // array([0.123, 2.   ], dtype=float32)
  ///
  /// - Parameter options: The digits, line width and the rest; by default NumPy's.
  /// - Returns: One or more lines, without a line break at the end.
  /// - Precondition: The options' `precision` is not negative and `edgeItems` not below 1.
  /// - Complexity: O(*n*) in the number of elements shown.
  /// - SeeAlso: NumPy's `array_repr`.
  public func debugFormatted(_ options: PrintOptions = PrintOptions()) -> String {
    options.check()
    if isTraced { return tracedDescription }
    let lineWidth = Swift.max(options.lineWidth, 0)
    let prefix = "array("
    let body = TensorText(self, options)
    var text = Array(prefix.utf8)
    // The closing parenthesis takes a character of each line, as a line may be the last.
    body.append(to: &text, separator: ", ", indent: prefix.utf8.count, lineWidth: lineWidth - 1)

    var notes: [String] = []
    if body.isSummarised || (body.isEmpty && shape != [0]) { notes.append("shape=\(shape)") }
    switch scalarType {
    case .float64, .int64, .bool: if body.isEmpty { notes.append("dtype=\(scalarType.name)") }
    default: notes.append("dtype=\(scalarType.name)")
    }
    guard !notes.isEmpty else {
      text.append(UInt8(ascii: ")"))
      return String(decoding: text, as: UTF8.self)
    }
    text.append(UInt8(ascii: ","))
    let note = notes.joined(separator: ", ") + ")"
    let lastLine = text.count - ((text.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1)
    if lastLine + 1 + note.utf8.count > lineWidth {
      text.append(UInt8(ascii: "\n"))
      text.append(spaces: prefix.utf8.count)
    } else {
      text.append(UInt8(ascii: " "))
    }
    text.append(note)
    return String(decoding: text, as: UTF8.self)
  }

  /// What stands for a traced tensor: `Tensor<Float>(traced, shape: (2, 3))`.
  var tracedDescription: String { "Tensor<\(Scalar.self)>(traced, shape: \(shape))" }
}

extension TensorScalar {
  /// The element by itself, as Python shows it.
  var elementDescription: String {
    switch self {
    case let value as Float: value.scalarDescription
    case let value as Double: value.scalarDescription
    case let value as Bool: value ? "True" : "False"
    default: String(describing: self)
    }
  }
}
