/// The strip beside axes that explains a colour scale.
struct ColorBar {
  private let scale: ColorScale
  private let height: Double
  private let ticks: [Tick]
  private let label: RichText

  init(_ scale: ColorScale, height: Double, room: (width: Double, height: Double)) {
    self.scale = scale
    self.height = height
    label = RichText(scale.label).truncated(to: room.height, size: Spacing.labelSize)
    guard scale.limits.upperBound > scale.limits.lowerBound else {
      ticks = [Tick(scale.limits.lowerBound, Tick.label(of: scale.limits.lowerBound))]
      return
    }
    var count = max(2, min(7, Int(height / 26)))
    var round = Tick.round(in: scale.limits, scale: .linear, atMost: count)
    while count > 1, Double(round.count) * Spacing.lineHeight(Spacing.tickSize) > height {
      count -= 1
      round = Tick.round(in: scale.limits, scale: .linear, atMost: count)
    }
    ticks = round
  }

  private var namesWidth: Double {
    ticks.map { $0.label.width(size: Spacing.tickSize) }.max() ?? 0
  }

  /// From the strip's left edge to the label's right one.
  var width: Double {
    Spacing.barWidth + Spacing.tick + Spacing.tickToLabel + namesWidth
      + (label.isEmpty ? 0 : Spacing.labelToTitle + Spacing.lineHeight(Spacing.labelSize))
  }

  func draw(on canvas: inout Canvas, left: Double, top: Double, height: Double) {
    let box = Box(left: left, top: top, width: Spacing.barWidth, height: height)
    let isOne = scale.limits.upperBound <= scale.limits.lowerBound
    let map = AxisMap(
      scale: .linear,
      limits: isOne ? Extent([scale.limits.lowerBound]).limits(scale: .linear) : scale.limits,
      start: box.bottom, end: box.top)
    let steps = 64
    let borders: [Double] =
      scale.levels.count > 1
      ? scale.levels
      : (0...steps).map { map.value(at: box.bottom - Double($0) / Double(steps) * height) }
    for (low, high) in zip(borders, borders.dropFirst()) {
      guard let bottom = map(low), let upper = map(high) else { continue }
      // Each reaches a little under the next, so that no seam shows.
      let end = max(box.top, upper - (high == borders.last ? 0 : 0.4))
      canvas.rectangle(
        Box(left: box.left, top: end, right: box.right, bottom: min(box.bottom, bottom)),
        fill: Fill(scale[low / 2 + high / 2]))
    }
    let stroke = Stroke(Color(.axis), width: 0.8)
    let places = ticks.compactMap { tick in map(tick.value).map { ($0, tick.label) } }
    canvas.lines(
      places.map { [Point(box.right, $0.0), Point(box.right + Spacing.tick, $0.0)] }, stroke: stroke
    )
    let names = box.right + Spacing.tick + Spacing.tickToLabel
    for (y, name) in places {
      canvas.text(name, at: Point(names, y), TextStyle(size: Spacing.tickSize, alignment: .middle))
    }
    let style = TextStyle(
      size: Spacing.labelSize, anchor: .middle, alignment: .top, isVertical: true)
    canvas.text(
      label, at: Point(names + namesWidth + Spacing.labelToTitle, box.center.y), style)
  }
}
