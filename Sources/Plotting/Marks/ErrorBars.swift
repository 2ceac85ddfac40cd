import Tensors

/// How far whiskers reach from each number, down and up; symmetric if the two are the same.
struct Whiskers: Sendable {
  let lower: [Double]
  let upper: [Double]

  /// The ends around a number: nil if either size isn't a finite number of at least 0.
  func ends(around value: Double, _ index: Int) -> (low: Double, high: Double)? {
    let (low, high) = (value - lower[index], value + upper[index])
    guard lower[index] >= 0, upper[index] >= 0, low.isFinite, high.isFinite else { return nil }
    return (low, high)
  }
}

/// Points with whiskers that say how sure they are.
struct ErrorBars: Mark {
  let x: [Double]
  let y: [Double]
  let xErrors: Whiskers?
  let yErrors: Whiskers?
  let label: String?
  let color: Color?
  let marker: Marker?
  let size: Double
  let capSize: Double
  let width: Double
  let opacity: Double

  var horizontalExtent: Extent { extent(x, xErrors, with: y) }
  var verticalExtent: Extent { extent(y, yErrors, with: x) }
  var takesPaletteColor: Bool { color == nil }

  private func extent(_ values: [Double], _ errors: Whiskers?, with others: [Double]) -> Extent {
    var extent = Extent()
    for (index, value) in values.enumerated() where others[index].isFinite {
      extent.include(value)
      if let ends = errors?.ends(around: value, index) {
        extent.include(ends.low)
        extent.include(ends.high)
      }
    }
    return extent
  }

  private func stroke(_ color: Color) -> Stroke {
    Stroke(self.color ?? color, width: width, opacity: opacity)
  }

  func legendKeys(color: Color) -> [LegendKey] {
    guard let label else { return [] }
    var key = LegendKey(label, .line(stroke(color)))
    if let marker {
      let fill = Fill(self.color ?? color, opacity: opacity)
      key.symbols.append(.marker(marker, size: size, fill: fill, edge: nil))
    }
    return [key]
  }

  func draw(on canvas: inout Canvas, in frame: Frame, color: Color) {
    let area = frame.box.expanded(by: max(size, capSize))
    let cap = whiskerCap(capSize, count: x.count)
    var (upright, lying): ([[Point]], [[Point]]) = ([], [])
    var points: [Point] = []
    for index in x.indices {
      guard let point = frame.point(x[index], y[index]) else { continue }
      if area.contains(point) { points.append(point) }
      if let ends = yErrors?.ends(around: y[index], index) {
        upright += whisker(at: point.x, ends, frame.y, isVertical: true, cap: cap, in: area)
      }
      if let ends = xErrors?.ends(around: x[index], index) {
        lying += whisker(at: point.y, ends, frame.x, isVertical: false, cap: cap, in: area)
      }
    }
    if x.count > 20_000 {
      upright = joined(upright, isVertical: true)
      lying = joined(lying, isVertical: false)
    }
    canvas.lines(upright + lying, stroke: stroke(color))
    if let marker {
      canvas.markers(
        points, shape: marker, size: size, fill: Fill(self.color ?? color, opacity: opacity))
    }
  }
}

/// Whiskers without caps, those of one half point of width that touch made one: it looks the same.
private func joined(_ strokes: [[Point]], isVertical: Bool) -> [[Point]] {
  let spans = strokes.map { stroke in
    let across = stroke.map { isVertical ? $0.x : $0.y },
      along = stroke.map { isVertical ? $0.y : $0.x }
    return (
      place: ((across.first ?? 0) * 2).rounded() / 2, low: along.min() ?? 0, high: along.max() ?? 0
    )
  }
  var whole: [(place: Double, low: Double, high: Double)] = []
  for span in spans.sorted(by: { ($0.place, $0.low) < ($1.place, $1.low) }) {
    if let last = whole.last, last.place == span.place, span.low <= last.high {
      whole[whole.count - 1].high = max(last.high, span.high)
    } else {
      whole.append(span)
    }
  }
  return whole.map { span in
    [span.low, span.high].map { isVertical ? Point(span.place, $0) : Point($0, span.place) }
  }
}

/// The length of whiskers' caps: none where they are too many for them to be seen.
func whiskerCap(_ size: Double, count: Int) -> Double {
  count > 2000 || !size.isFinite ? 0 : max(0, min(100, size))
}

/// The strokes of a whisker and its caps, the part of them that lies in an area.
///
/// An end without a place on a logarithmic axis is at the axis's lower limit, without a cap.
///
/// - Parameters:
///   - place: Where it stands on the other axis, in points.
///   - ends: From where to where it reaches.
///   - map: The axis along it.
///   - isVertical: Whether that axis is y.
///   - cap: The length of a cap to each side, in points.
///   - area: The area.
/// - Returns: Lines of two points.
func whisker(
  at place: Double, _ ends: (low: Double, high: Double), _ map: AxisMap, isVertical: Bool,
  cap: Double, in area: Box
) -> [[Point]] {
  func point(_ along: Double, _ across: Double) -> Point {
    isVertical ? Point(across, along) : Point(along, across)
  }
  guard let high = map(ends.high) else { return [] }
  let low = map(ends.low)
  var lines = [[point(low ?? map.start, place), point(high, place)]]
  if cap > 0 {
    lines += [low, high].compactMap { $0 }.map {
      [point($0, place - cap), point($0, place + cap)]
    }
  }
  return lines.compactMap { line in area.clipping(line[0], line[1]).map { [$0.0, $0.1] } }
}

extension Axes {
  /// Adds points with whiskers that reach as far up as down.
  ///
  ///     var figure = Figure()
  ///     figure.axes.errorBars([1, 2, 3], [0.8, 0.9, 0.7], yErrors: [0.1, 0.05, 0.1])
  ///     figure.svg().contains("<path")  // true
  ///
  /// Caps are left out if there are more than 2,000 points.
  ///
  /// - Parameters:
  ///   - x: The points' first coordinates.
  ///   - y: The second, as many. A point that isn't finite isn't shown.
  ///   - yErrors: How far each whisker reaches up and down, as many; one that isn't a finite number of
  ///     at least 0 isn't shown. On a logarithmic axis a whisker below 0 reaches to the axis's end.
  ///   - xErrors: The same to the left and the right.
  ///   - label: What the legend calls them; none if nil.
  ///   - color: Of points and whiskers; the next of the palette if nil.
  ///   - marker: The points' shape; none if nil.
  ///   - size: The points' diameter in points (1/72 inch).
  ///   - capSize: How far a whisker's cap reaches to each side, in points.
  ///   - width: Of the strokes, in points.
  ///   - opacity: From 0 to 1.
  /// - Precondition: All have the same length.
  /// - SeeAlso: matplotlib's `errorbar` with `fmt="o"`.
  public mutating func errorBars(
    _ x: some NumericSeries, _ y: some NumericSeries,
    yErrors: (some NumericSeries)? = [Double]?.none,
    xErrors: (some NumericSeries)? = [Double]?.none, label: String? = nil, color: Color? = nil,
    marker: Marker? = .circle, size: Double = 5, capSize: Double = 3, width: Double = 1.2,
    opacity: Double = 1
  ) {
    let (y0, x0) = (yErrors?.numbers, xErrors?.numbers)
    addErrorBars(
      x.numbers, y.numbers, y: y0.map { Whiskers(lower: $0, upper: $0) },
      x: x0.map { Whiskers(lower: $0, upper: $0) }, label, color, marker, size, capSize, width,
      opacity)
  }

  /// Adds points with whiskers that reach differently far up and down.
  ///
  ///     var figure = Figure()
  ///     let interval = (lower: [0.1, 0.2], upper: [0.3, 0.1])
  ///     figure.axes.errorBars([1, 2], [0.8, 0.9], yErrors: interval)
  ///     figure.svg().contains("<path")  // true
  ///
  /// - Parameters:
  ///   - x: The points' first coordinates.
  ///   - y: The second, as many. A point that isn't finite isn't shown.
  ///   - yErrors: How far each whisker reaches down and up from the point, as many; one that isn't a
  ///     finite number of at least 0 isn't shown.
  ///   - xErrors: The same to the left and the right.
  ///   - label: What the legend calls them; none if nil.
  ///   - color: Of points and whiskers; the next of the palette if nil.
  ///   - marker: The points' shape; none if nil.
  ///   - size: The points' diameter in points (1/72 inch).
  ///   - capSize: How far a whisker's cap reaches to each side, in points.
  ///   - width: Of the strokes, in points.
  ///   - opacity: From 0 to 1.
  /// - Precondition: All have the same length.
  /// - SeeAlso: matplotlib's `errorbar` with `yerr` of two rows.
  public mutating func errorBars(
    _ x: some NumericSeries, _ y: some NumericSeries,
    yErrors: (lower: some NumericSeries, upper: some NumericSeries),
    xErrors: (lower: [Double], upper: [Double])? = nil, label: String? = nil, color: Color? = nil,
    marker: Marker? = .circle, size: Double = 5, capSize: Double = 3, width: Double = 1.2,
    opacity: Double = 1
  ) {
    addErrorBars(
      x.numbers, y.numbers,
      y: Whiskers(lower: yErrors.lower.numbers, upper: yErrors.upper.numbers),
      x: xErrors.map { Whiskers(lower: $0.lower, upper: $0.upper) }, label, color, marker, size,
      capSize, width, opacity)
  }

  private mutating func addErrorBars(
    _ x: [Double], _ y: [Double], y yErrors: Whiskers?, x xErrors: Whiskers?, _ label: String?,
    _ color: Color?, _ marker: Marker?, _ size: Double, _ capSize: Double, _ width: Double,
    _ opacity: Double
  ) {
    requireEqual(x.count, y.count)
    for (name, errors) in [("yErrors", yErrors), ("xErrors", xErrors)] {
      guard let errors else { continue }
      requireCount(errors.lower.count, of: name, x.count)
      requireCount(errors.upper.count, of: name, x.count)
    }
    add(
      ErrorBars(
        x: x, y: y, xErrors: xErrors, yErrors: yErrors, label: label, color: color,
        marker: marker, size: size, capSize: capSize, width: width, opacity: opacity))
  }
}

/// Stops if a list that goes with others has another length.
func requireCount(_ count: Int, of name: String, _ expected: Int) {
  require(
    count == expected,
    "'\(name)' must have one entry for each of the \(expected) values, but has \(count)")
}
