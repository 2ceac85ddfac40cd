/// One of the two directions of axes: what it is called, from where to where it goes, and its ticks.
///
///     var figure = Figure()
///     figure.axes.x.label = "epoch"
///     figure.axes.x.limits = 0...10
///     figure.axes.x.ticks = .at([0, 5, 10])
///     figure.svg().contains("epoch")  // true
public struct Axis: Sendable {
  /// Which numbers are named.
  ///
  ///     var figure = Figure()
  ///     figure.axes.x.ticks = Axis.Ticks.labeled([0, 1], ["low", "high"])
  ///     figure.svg().contains("high")  // true
  public enum Ticks: Sendable {
    /// Round ones, as many as there is room for.
    case automatic
    /// None.
    case none
    /// These, by their own digits.
    case at([Double])
    /// These, with a name each; the shorter of the two lists counts.
    case labeled([Double], [String])
  }

  /// What the numbers are, with their unit; may hold simple mathematics (``Axes/title``).
  public var label = ""
  /// From where to where the axis goes; what the marks need, with a margin, if nil.
  ///
  /// Limits that aren't finite, or on a logarithmic axis not above 0, count as nil; if they are equal,
  /// both are moved apart.
  public var limits: ClosedRange<Double>?
  /// How it goes there.
  public var scale = Scale.linear
  /// Which numbers are named.
  public var ticks = Ticks.automatic
  /// Whether it goes from right to left, or from top to bottom.
  public var isInverted = false

  /// The limits that count.
  func resolvedLimits(for extent: Extent) -> ClosedRange<Double> {
    guard let limits, limits.lowerBound.isFinite, limits.upperBound.isFinite,
      scale == .linear || limits.lowerBound > 0
    else { return extent.limits(scale: scale) }
    // Narrower than numbers, or powers of ten, can tell apart: shown as one number is.
    let isWide: Bool
    switch scale {
    case .linear:
      let span = limits.upperBound / 2 - limits.lowerBound / 2
      let size = max(abs(limits.lowerBound), abs(limits.upperBound))
      isWide = span > size * 5e-12 && span > 1e-290
    case .logarithmic: isWide = limits.upperBound / limits.lowerBound > 1 + 1e-9
    }
    return isWide
      ? limits : Extent([limits.lowerBound, limits.upperBound]).limits(scale: scale)
  }
}

/// A pair of axes and what they show.
///
/// Marks are added by methods, each in the file of its mark; without a colour of their own they take
/// those of the palette in turn.
///
///     var figure = Figure()
///     figure.axes.title = "Loss of $w_1$"
///     figure.axes.line([4, 2, 1], label: "training")
///     figure.axes.line([5, 3, 2.5], label: "validation")
///     figure.svg().contains("validation")  // true
public struct Axes: Sendable {
  /// Which lines of a grid are drawn behind the marks.
  ///
  ///     var figure = Figure()
  ///     figure.axes.grid = Axes.Grid.horizontal
  public enum Grid: Hashable, Sendable, CaseIterable {
    /// Both ways, but not at names of categories; none if a mark fills the area.
    case automatic
    /// None.
    case none
    /// Both ways.
    case both
    /// At the ticks of x.
    case vertical
    /// At the ticks of y.
    case horizontal
  }

  /// A border of the area.
  ///
  ///     var figure = Figure()
  ///     figure.axes.spines = Set(Axes.Side.allCases)
  public enum Side: Hashable, Sendable, CaseIterable {
    /// Where y is named.
    case left
    /// Where x is named.
    case bottom
    /// Opposite to ``left``.
    case right
    /// Opposite to ``bottom``.
    case top
  }

  /// Where a legend stands.
  ///
  ///     var figure = Figure()
  ///     figure.axes.line([1, 2], label: "rising")
  ///     figure.axes.legend = Axes.LegendPlace.none
  ///     figure.svg().contains("rising")  // false
  public enum LegendPlace: Hashable, Sendable, CaseIterable {
    /// In the first corner or at the first edge where it hides nothing; right of the axes if there is
    /// none.
    case automatic
    /// Nowhere.
    case none
    /// In a corner of the area, whatever marks it covers; right of the axes if it doesn't fit there, or
    /// would cover text.
    case upperRight, upperLeft, lowerRight, lowerLeft
    /// Right of the axes.
    case outside
  }

  /// The title above.
  ///
  /// Text of a figure may hold simple mathematics between dollar signs, as TeX writes it: `$x_1^2$`,
  /// `$\alpha$`, `$\hat{y}$`. Long text is broken at spaces, and cut where that isn't enough.
  public var title = ""
  /// The colour of the title.
  public var titleColor = Color.text
  /// The direction to the right.
  public var x = Axis()
  /// The direction upwards.
  public var y = Axis()
  /// Lines behind the marks.
  public var grid = Grid.automatic
  /// The borders of the area that are drawn.
  public var spines: Set<Side> = [.left, .bottom]
  /// Where the legend of the labelled marks stands.
  public var legend = LegendPlace.automatic
  /// Height divided by width of the area; if nil, it fills its place.
  ///
  /// Not a finite number above 0 counts as nil.
  public var aspect: Double?
  /// Whether a number is as long along x as along y: the area takes the shape that the limits ask for.
  public var isEqual = false
  /// Whether nothing but the marks and the title is drawn: no ticks, labels, borders or grid.
  public var isBare = false

  private(set) var marks: [any Mark] = []

  init() {}

  /// Adds a mark.
  package mutating func add(_ mark: some Mark) { marks.append(mark) }

  /// The marks with their colours, from the lowest to the uppermost.
  var coloredMarks: [(mark: any Mark, color: Color)] {
    var next = 0
    let colored = marks.map { mark in
      defer { if mark.takesPaletteColor { next += 1 } }
      return (mark: mark, color: Color.palette(next))
    }
    return colored.enumerated().sorted {
      ($0.element.mark.layer, $0.offset) < ($1.element.mark.layer, $1.offset)
    }.map(\.element)
  }

  var horizontalExtent: Extent {
    marks.reduce(into: Extent()) { $0.formUnion($1.horizontalExtent) }
  }

  var verticalExtent: Extent { marks.reduce(into: Extent()) { $0.formUnion($1.verticalExtent) } }

  var legendKeys: [LegendKey] {
    var next = 0
    return marks.flatMap { mark in
      defer { if mark.takesPaletteColor { next += 1 } }
      return mark.legendKeys(color: .palette(next))
    }
  }
}
