/// Something that axes show.
///
/// A mark is a value in a file of its own, with the method of ``Axes`` that adds it. It says how much
/// room its numbers need, how a legend explains it, and draws itself: all else is the layout's.
package protocol Mark: Sendable {
  /// The room it needs along x.
  var horizontalExtent: Extent { get }
  /// The room it needs along y.
  var verticalExtent: Extent { get }
  /// What lies on what: marks of one layer lie as they were added.
  var layer: MarkLayer { get }
  /// Whether it takes the next colour of the palette.
  var takesPaletteColor: Bool { get }
  /// Whether it fills the area, so that a grid would only disturb.
  var coversArea: Bool { get }
  /// The ticks that its categories ask for along x.
  var horizontalTicks: [Tick]? { get }
  /// The same along y.
  var verticalTicks: [Tick]? { get }
  /// The colours that a colour bar explains.
  var colorScale: ColorScale? { get }
  /// How a legend explains it.
  ///
  /// - Parameter color: The palette's, if it takes one.
  /// - Returns: Its lines of the legend; none if it has no label.
  func legendKeys(color: Color) -> [LegendKey]
  /// Draws it.
  ///
  /// - Parameters:
  ///   - canvas: What to draw on; it shows nothing outside of the axes.
  ///   - frame: Where numbers stand.
  ///   - color: The palette's, if it takes one.
  func draw(on canvas: inout Canvas, in frame: Frame, color: Color)
}

extension Mark {
  package var layer: MarkLayer { .line }
  package var takesPaletteColor: Bool { false }
  package var coversArea: Bool { false }
  package var horizontalTicks: [Tick]? { nil }
  package var verticalTicks: [Tick]? { nil }
  package var colorScale: ColorScale? { nil }
  package func legendKeys(color: Color) -> [LegendKey] { [] }
}

/// What lies on what, from the lowest.
package enum MarkLayer: Int, Sendable, Comparable {
  case area, shape, line, annotation

  package static func < (a: MarkLayer, b: MarkLayer) -> Bool { a.rawValue < b.rawValue }
}

/// The area of axes and where numbers stand in it.
package struct Frame: Sendable {
  package let box: Box
  package let x: AxisMap
  package let y: AxisMap
  /// What the two axes are called: for marks that draw axes of their own.
  package var labels = (x: "", y: "")

  /// The place of a pair of numbers; nil if it has none.
  package func point(_ x: Double, _ y: Double) -> Point? {
    guard let x = self.x(x), let y = self.y(y) else { return nil }
    return Point(x, y)
  }
}

/// A line of a legend.
package struct LegendKey: Sendable {
  package enum Symbol: Sendable {
    case line(Stroke)
    case marker(Marker, size: Double, fill: Fill, edge: Stroke?)
    case patch(Fill, Stroke?)
  }

  package var label: RichText
  /// Drawn over one another.
  package var symbols: [Symbol]

  package init(_ label: String, _ symbols: Symbol...) {
    self.label = RichText(label)
    self.symbols = symbols
  }
}
