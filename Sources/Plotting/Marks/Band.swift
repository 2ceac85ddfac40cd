/// The area between two lines.
struct Band: Mark {
  let x: [Double]
  let lower: [Double]
  let upper: [Double]
  let label: String?
  let color: Color?
  let opacity: Double

  var horizontalExtent: Extent { Extent(x) }
  var verticalExtent: Extent { Extent(lower + upper) }
  var layer: MarkLayer { .shape }
  var takesPaletteColor: Bool { color == nil }

  func legendKeys(color: Color) -> [LegendKey] {
    label.map { [LegendKey($0, .patch(Fill(self.color ?? color, opacity: opacity), nil))] } ?? []
  }

  func draw(on canvas: inout Canvas, in frame: Frame, color: Color) {
    var areas: [[Point]] = []
    var (below, above): ([Point], [Point]) = ([], [])
    func finish() {
      if below.count > 1 { areas.append(below + above.reversed()) }
      (below, above) = ([], [])
    }
    for index in x.indices {
      if let low = frame.point(x[index], lower[index]),
        let high = frame.point(x[index], upper[index])
      {
        below.append(low)
        above.append(high)
      } else {
        finish()
      }
    }
    finish()
    canvas.lines(areas, isClosed: true, fill: Fill(self.color ?? color, opacity: opacity))
  }
}

extension Axes {
  /// Adds the area between two lines, such as the spread around a mean.
  ///
  ///     var figure = Figure()
  ///     figure.axes.line([1, 2, 3], color: .blue)
  ///     figure.axes.band([0, 1, 2], from: [0.5, 1, 2], to: [1.5, 3, 4], color: .blue)
  ///     figure.svg().contains("fill-opacity")  // true
  ///
  /// - Parameters:
  ///   - x: Where the lines' points stand.
  ///   - lower: One line's heights; the area has a gap where one of the three isn't finite.
  ///   - upper: The other's.
  ///   - label: What the legend calls it; none if nil.
  ///   - color: Of the area; the next of the palette if nil.
  ///   - opacity: From 0 to 1.
  /// - Precondition: The three have the same length.
  /// - SeeAlso: matplotlib's `fill_between`.
  public mutating func band(
    _ x: some NumericSeries, from lower: some NumericSeries, to upper: some NumericSeries,
    label: String? = nil, color: Color? = nil, opacity: Double = 0.2
  ) {
    let (x, lower, upper) = (x.numbers, lower.numbers, upper.numbers)
    requireEqual(x.count, lower.count)
    requireEqual(x.count, upper.count)
    add(Band(x: x, lower: lower, upper: upper, label: label, color: color, opacity: opacity))
  }
}
