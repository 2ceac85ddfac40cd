import Tensors

/// A line through points, with markers on them if asked for.
struct Line: Mark {
  let x: [Double]
  let y: [Double]
  let label: String?
  let color: Color?
  let width: Double
  let dash: Dash
  let marker: Marker?
  let opacity: Double

  var horizontalExtent: Extent { Extent(x) }
  var verticalExtent: Extent { Extent(y) }
  var takesPaletteColor: Bool { color == nil }

  private func stroke(_ color: Color) -> Stroke {
    Stroke(self.color ?? color, width: width, dash: dash, opacity: opacity)
  }

  private var markerSize: Double { max(4, 3 * width) }

  func legendKeys(color: Color) -> [LegendKey] {
    guard let label else { return [] }
    var key = LegendKey(label, .line(stroke(color)))
    if let marker {
      let fill = Fill(self.color ?? color, opacity: opacity)
      key.symbols.append(.marker(marker, size: markerSize, fill: fill, edge: nil))
    }
    return [key]
  }

  func draw(on canvas: inout Canvas, in frame: Frame, color: Color) {
    let points = zip(x, y).map { frame.point($0, $1) }
    canvas.lines(visibleParts(of: points, in: frame.box), stroke: stroke(color))
    if let marker {
      let area = frame.box.expanded(by: markerSize)
      canvas.markers(
        points.compactMap { $0 }.filter(area.contains), shape: marker, size: markerSize,
        fill: Fill(self.color ?? color, opacity: opacity))
    }
  }
}

/// Cuts a line where it has no place or leaves the area, and leaves out points that can't be seen.
///
/// Of neighbouring points in one column a half point wide only the first, the last, the highest and
/// the lowest are kept: the picture is the same (Jugel et al. 2014, *M4*).
func visibleParts(of points: [Point?], in box: Box) -> [[Point]] {
  let area = box.expanded(by: 20)
  var parts: [[Point]] = []
  var part: [Point] = []
  var previous: Point?
  func column(_ point: Point) -> Double { (point.x * 2).rounded(.down) }

  func finish() {
    if part.count > 1 { parts.append(thinned(part)) }
    part = []
  }
  for point in points {
    guard let point else {
      finish()
      previous = nil
      continue
    }
    if let previous {
      if let (a, b) = area.clipping(previous, point) {
        if part.last != a {
          finish()
          part.append(a)
        }
        part.append(b)
      } else {
        finish()
      }
    }
    previous = point
  }
  finish()
  return parts

  func thinned(_ points: [Point]) -> [Point] {
    guard points.count > 1000 else { return points }
    var kept: [Point] = []
    var start = 0
    while start < points.count {
      var end = start
      while end < points.count, column(points[end]) == column(points[start]) { end += 1 }
      let run = start..<end
      guard let low = run.min(by: { points[$0].y < points[$1].y }),
        let high = run.max(by: { points[$0].y < points[$1].y })
      else { break }
      for index in Set([start, low, high, end - 1]).sorted() { kept.append(points[index]) }
      start = end
    }
    return kept
  }
}

extension Axes {
  /// Adds a line through points.
  ///
  ///     var figure = Figure()
  ///     figure.axes.line([0, 1, 2], [0, 1, 4], label: "square", marker: .circle)
  ///     figure.svg().contains("square")  // true
  ///
  /// - Parameters:
  ///   - x: The points' first coordinates.
  ///   - y: The second, as many. The line has a gap where one of the two isn't finite.
  ///   - label: What the legend calls it; none if nil.
  ///   - color: Of the line; the next of the palette if nil.
  ///   - width: In points.
  ///   - dash: How it is broken.
  ///   - marker: The shape of its points; none if nil.
  ///   - opacity: From 0 to 1.
  /// - Precondition: `x` and `y` have the same length.
  /// - SeeAlso: matplotlib's `plot`.
  public mutating func line(
    _ x: some NumericSeries, _ y: some NumericSeries, label: String? = nil, color: Color? = nil,
    width: Double = 1.8, dash: Dash = .solid, marker: Marker? = nil, opacity: Double = 1
  ) {
    let (x, y) = (x.numbers, y.numbers)
    requireEqual(x.count, y.count)
    add(
      Line(
        x: x, y: y, label: label, color: color, width: width, dash: dash, marker: marker,
        opacity: opacity))
  }

  /// Adds a line through numbers at 0, 1, 2 ….
  ///
  ///     var figure = Figure()
  ///     figure.axes.line([3, 1, 2], color: .red, dash: .dotted)
  ///     figure.svg().contains("stroke-dasharray")  // true
  ///
  /// - Parameters:
  ///   - y: The points' second coordinates.
  ///   - label: What the legend calls it; none if nil.
  ///   - color: Of the line; the next of the palette if nil.
  ///   - width: In points.
  ///   - dash: How it is broken.
  ///   - marker: The shape of its points; none if nil.
  ///   - opacity: From 0 to 1.
  public mutating func line(
    _ y: some NumericSeries, label: String? = nil, color: Color? = nil, width: Double = 1.8,
    dash: Dash = .solid, marker: Marker? = nil, opacity: Double = 1
  ) {
    let y = y.numbers
    line(
      y.indices.map(Double.init), y, label: label, color: color, width: width, dash: dash,
      marker: marker, opacity: opacity)
  }
}

/// Stops if two series that belong together have different lengths.
func requireEqual(_ x: Int, _ y: Int) {
  require(x == y, "x and y must have same first dimension, but have shapes (\(x),) and (\(y),)")
}
