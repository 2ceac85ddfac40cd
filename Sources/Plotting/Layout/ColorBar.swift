/// The strip beside axes that explains a colour scale.
struct ColorBar {
  private let scale: ColorScale
  /// The numbers at the ends of the strip.
  private let limits: ClosedRange<Double>
  private let height: Double
  private let ticks: [Tick]
  private let label: RichText

  init(_ scale: ColorScale, height: Double, room: (width: Double, height: Double)) {
    self.scale = scale
    self.height = height
    label = RichText(scale.label).truncated(to: room.height, size: Spacing.labelSize)
    let levels = scale.levels
    limits =
      levels.count > 1 ? levels[0]...levels[levels.count - 1] : scale.limits
    guard limits.upperBound > limits.lowerBound else {
      ticks = [Tick(limits.lowerBound, Tick.label(of: limits.lowerBound))]
      return
    }
    if levels.count > 1, let named = ColorBar.ticks(at: levels, height: height) {
      ticks = named
      return
    }
    var count = max(2, min(7, Int(height / 26)))
    var round = Tick.round(in: limits, scale: .linear, atMost: count)
    while count > 1, Double(round.count) * Spacing.lineHeight(Spacing.tickSize) > height {
      count -= 1
      round = Tick.round(in: limits, scale: .linear, atMost: count)
    }
    ticks = round
  }

  /// Every level by its name, or every second, third …, if names so far apart don't touch; nil if not
  /// even two fit.
  private static func ticks(at levels: [Double], height: Double) -> [Tick]? {
    let map = AxisMap(
      scale: .linear, limits: levels[0]...levels[levels.count - 1], start: 0, end: height)
    let least = Spacing.lineHeight(Spacing.tickSize)
    for step in 1..<levels.count {
      // From the middle outwards, so that 0 of a scale around it is named.
      let first = (levels.count - 1) / 2 % step
      let named = stride(from: first, to: levels.count, by: step).map { levels[$0] }
      let places = named.compactMap { map($0) }
      if named.count > 1, zip(places, places.dropFirst()).allSatisfy({ $1 - $0 >= least }) {
        return named.map { Tick($0, shortLabel($0, digits: 6)) }
      }
    }
    return nil
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
    let isOne = limits.upperBound <= limits.lowerBound
    let map = AxisMap(
      scale: .linear,
      limits: isOne ? Extent([limits.lowerBound]).limits(scale: .linear) : limits,
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
