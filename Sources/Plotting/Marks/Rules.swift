/// Lines across the whole area at numbers of one axis.
struct Rules: Mark {
  let values: [Double]
  let isVertical: Bool
  let label: String?
  let stroke: Stroke

  var horizontalExtent: Extent { isVertical ? Extent(values) : Extent() }
  var verticalExtent: Extent { isVertical ? Extent() : Extent(values) }
  var layer: MarkLayer { .shape }

  func legendKeys(color: Color) -> [LegendKey] {
    label.map { [LegendKey($0, .line(stroke))] } ?? []
  }

  func draw(on canvas: inout Canvas, in frame: Frame, color: Color) {
    let box = frame.box
    let area = box.expanded(by: stroke.width)
    let lines: [[Point]] = values.compactMap { value in
      if isVertical {
        guard let x = frame.x(value), area.left <= x, x <= area.right else { return nil }
        return [Point(x, box.bottom), Point(x, box.top)]
      }
      guard let y = frame.y(value), area.top <= y, y <= area.bottom else { return nil }
      return [Point(box.left, y), Point(box.right, y)]
    }
    canvas.lines(lines, stroke: stroke)
  }
}

/// A strip across the whole area between two numbers of one axis.
struct Span: Mark {
  let from: Double
  let to: Double
  let isVertical: Bool
  let label: String?
  let fill: Fill

  var horizontalExtent: Extent { Extent() }
  var verticalExtent: Extent { Extent() }
  var layer: MarkLayer { .area }

  func legendKeys(color: Color) -> [LegendKey] {
    label.map { [LegendKey($0, .patch(fill, nil))] } ?? []
  }

  func draw(on canvas: inout Canvas, in frame: Frame, color: Color) {
    guard !from.isNaN, !to.isNaN else { return }
    let (low, high) = (min(from, to), max(from, to))
    let map = isVertical ? frame.x : frame.y
    // Without a place: beyond the end of the axis, on the side that its sign says.
    func place(_ value: Double) -> Double { map(value) ?? (value > 0 ? map.end : map.start) }
    let (a, b) = (place(low), place(high))
    let box =
      isVertical
      ? Box(left: min(a, b), top: frame.box.top, right: max(a, b), bottom: frame.box.bottom)
      : Box(left: frame.box.left, top: min(a, b), right: frame.box.right, bottom: max(a, b))
    let visible = box.clamped(to: frame.box)
    if visible.width > 0, visible.height > 0 { canvas.rectangle(visible, fill: fill) }
  }
}

/// A straight line of a slope across the whole area.
struct Diagonal: Mark {
  let slope: Double
  let intercept: Double
  let label: String?
  let stroke: Stroke

  var horizontalExtent: Extent { Extent() }
  var verticalExtent: Extent { Extent() }
  var layer: MarkLayer { .shape }

  func legendKeys(color: Color) -> [LegendKey] {
    label.map { [LegendKey($0, .line(stroke))] } ?? []
  }

  func draw(on canvas: inout Canvas, in frame: Frame, color: Color) {
    canvas.lines(visibleParts(of: points(in: frame), in: frame.box), stroke: stroke)
  }

  /// Two points, or on a logarithmic axis enough to look like a curve.
  private func points(in frame: Frame) -> [Point?] {
    guard frame.x.scale == .linear, frame.y.scale == .linear else {
      let steps = 200
      return (0...steps).map { step in
        let part = Double(step) / Double(steps)
        let x = frame.x.value(at: frame.x.start + part * (frame.x.end - frame.x.start))
        return frame.point(x, slope * x + intercept)
      }
    }
    // Where the line enters and leaves the limits: a steep one would be bent by far-away points.
    let (x, y) = (frame.x.limits, frame.y.limits)
    func point(_ x: Double) -> (x: Double, y: Double) { (x, slope * x + intercept) }
    var ends = [point(x.lowerBound), point(x.upperBound)]
    for index in ends.indices where slope != 0 {
      let bound = ends[index].y < y.lowerBound ? y.lowerBound : y.upperBound
      if !y.contains(ends[index].y) { ends[index] = ((bound - intercept) / slope, bound) }
    }
    return ends.map { frame.point($0.x, $0.y) }
  }
}

extension Axes {
  /// Adds an upright line across the whole area, behind lines and points.
  ///
  ///     var figure = Figure()
  ///     figure.axes.line([3, 1, 2])
  ///     figure.axes.verticalLine(at: 1, label: "best epoch")
  ///     figure.svg().contains("best epoch")  // true
  ///
  /// The axis reaches to it unless it has limits of its own.
  ///
  /// - Parameters:
  ///   - x: Where it stands; nothing is shown if that isn't finite.
  ///   - label: What the legend calls it; none if nil.
  ///   - color: Of the line.
  ///   - width: In points.
  ///   - dash: How it is broken.
  ///   - opacity: From 0 to 1.
  /// - SeeAlso: matplotlib's `axvline`.
  public mutating func verticalLine(
    at x: Double, label: String? = nil, color: Color = .text, width: Double = 1,
    dash: Dash = .dashed, opacity: Double = 1
  ) {
    let stroke = Stroke(color, width: width, dash: dash, opacity: opacity)
    add(Rules(values: [x], isVertical: true, label: label, stroke: stroke))
  }

  /// Adds a level line across the whole area, behind lines and points.
  ///
  ///     var figure = Figure()
  ///     figure.axes.bars([3, 1, 2])
  ///     figure.axes.horizontalLine(at: 2, label: "mean", color: .red)
  ///     figure.svg().contains("mean")  // true
  ///
  /// The axis reaches to it unless it has limits of its own.
  ///
  /// - Parameters:
  ///   - y: Where it lies; nothing is shown if that isn't finite.
  ///   - label: What the legend calls it; none if nil.
  ///   - color: Of the line.
  ///   - width: In points.
  ///   - dash: How it is broken.
  ///   - opacity: From 0 to 1.
  /// - SeeAlso: matplotlib's `axhline`.
  public mutating func horizontalLine(
    at y: Double, label: String? = nil, color: Color = .text, width: Double = 1,
    dash: Dash = .dashed, opacity: Double = 1
  ) {
    let stroke = Stroke(color, width: width, dash: dash, opacity: opacity)
    add(Rules(values: [y], isVertical: false, label: label, stroke: stroke))
  }

  /// Adds a strip from the bottom to the top of the area, behind all else.
  ///
  ///     var figure = Figure()
  ///     figure.axes.line([3, 1, 2])
  ///     figure.axes.verticalSpan(from: 0.5, to: .infinity, label: "frozen")
  ///     figure.svg().contains("frozen")  // true
  ///
  /// - Parameters:
  ///   - from: Where it begins; the axis doesn't reach to it for its sake. `-.infinity` is the area's
  ///     end.
  ///   - to: Where it ends. Nothing is shown if one of the two is NaN.
  ///   - label: What the legend calls it; none if nil.
  ///   - color: Of the strip.
  ///   - opacity: From 0 to 1.
  /// - SeeAlso: matplotlib's `axvspan`, which does move the limits.
  public mutating func verticalSpan(
    from: Double, to: Double, label: String? = nil, color: Color = .muted, opacity: Double = 0.18
  ) {
    let fill = Fill(color, opacity: opacity)
    add(Span(from: from, to: to, isVertical: true, label: label, fill: fill))
  }

  /// Adds a strip from the left to the right of the area, behind all else.
  ///
  ///     var figure = Figure()
  ///     figure.axes.line([3, 1, 2])
  ///     figure.axes.horizontalSpan(from: 1, to: 2, label: "target")
  ///     figure.svg().contains("target")  // true
  ///
  /// - Parameters:
  ///   - from: Where it begins; the axis doesn't reach to it for its sake. `-.infinity` is the area's
  ///     end.
  ///   - to: Where it ends. Nothing is shown if one of the two is NaN.
  ///   - label: What the legend calls it; none if nil.
  ///   - color: Of the strip.
  ///   - opacity: From 0 to 1.
  /// - SeeAlso: matplotlib's `axhspan`, which does move the limits.
  public mutating func horizontalSpan(
    from: Double, to: Double, label: String? = nil, color: Color = .muted, opacity: Double = 0.18
  ) {
    let fill = Fill(color, opacity: opacity)
    add(Span(from: from, to: to, isVertical: false, label: label, fill: fill))
  }

  /// Adds the line of all places where `y = slope · x + intercept`, behind lines and points.
  ///
  ///     var figure = Figure()
  ///     figure.axes.scatter([1, 2, 3], [1.1, 1.9, 3.2])
  ///     figure.axes.diagonalLine(label: "perfect")
  ///     figure.svg().contains("perfect")  // true
  ///
  /// The limits don't change for its sake. On a logarithmic axis it is a curve.
  ///
  /// - Parameters:
  ///   - slope: How much it rises for 1 to the right; nothing is shown if it isn't finite.
  ///   - intercept: Where it is at 0.
  ///   - label: What the legend calls it; none if nil.
  ///   - color: Of the line.
  ///   - width: In points.
  ///   - dash: How it is broken.
  ///   - opacity: From 0 to 1.
  /// - SeeAlso: matplotlib's `axline`.
  public mutating func diagonalLine(
    slope: Double = 1, intercept: Double = 0, label: String? = nil, color: Color = .text,
    width: Double = 1, dash: Dash = .dashed, opacity: Double = 1
  ) {
    let stroke = Stroke(color, width: width, dash: dash, opacity: opacity)
    add(Diagonal(slope: slope, intercept: intercept, label: label, stroke: stroke))
  }
}
