/// Lengths that every figure keeps, in points.
enum Spacing {
  static let tick = 3.5
  static let tickToLabel = 3.0
  static let labelToTitle = 4.0
  static let title = 7.0
  static let figure = 8.0
  static let betweenAxes = 12.0
  static let legend = 6.0
  static let barGap = 8.0
  static let barWidth = 11.0
  /// The least width and height of an area, else less is written around it.
  static let leastArea = 24.0
  /// The least between two names on an axis.
  static let names = 7.0

  static let tickSize = 9.0
  static let labelSize = 10.0
  static let titleSize = 11.5
  static let figureTitleSize = 13.0
  static let legendSize = 9.0

  static func lineHeight(_ size: Double) -> Double {
    (FontMetrics.ascent + FontMetrics.descent) * size
  }
}

/// How much is written around an area: what small figures have no room for is left out.
enum Detail: Int, Comparable, CaseIterable {
  /// Nothing.
  case none
  /// Titles.
  case titles
  /// Also the names of ticks.
  case names
  /// Also what the axes are.
  case labels
  /// Also colour bars and legends.
  case all

  static func < (a: Detail, b: Detail) -> Bool { a.rawValue < b.rawValue }
}

/// Room around the area of axes, in points.
struct Margins {
  var left = 0.0
  var top = 0.0
  var right = 0.0
  var bottom = 0.0
}

/// Axes with everything decided but where their area is: limits, ticks, lines of text, and the room
/// that these take around the area.
struct AxesLayout {
  /// Names on an axis.
  struct Names {
    var ticks: [Tick] = []
    var areVertical = false
    var isShown = true

    /// How far the names reach from the axis.
    func reach(isHorizontal: Bool) -> Double {
      let size = Spacing.tickSize
      guard isShown else { return 0 }
      let labels = ticks.map(\.label).filter { !$0.isEmpty }
      if labels.isEmpty { return ticks.isEmpty ? 0 : Spacing.tick }
      let length =
        isHorizontal && !areVertical
        ? (labels.map { $0.ascent(size: size) + $0.descent(size: size) }.max() ?? 0)
        : (labels.map { $0.width(size: size) }.max() ?? 0)
      return Spacing.tick + Spacing.tickToLabel + length
    }
  }

  let axes: Axes
  let xLimits: ClosedRange<Double>
  let yLimits: ClosedRange<Double>
  var xNames = Names()
  var yNames = Names()
  var title = TextBlock.empty
  var xLabel = TextBlock.empty
  var yLabel = TextBlock.empty
  var bar: ColorBar?
  var outsideLegend: Legend?
  var margins = Margins()

  /// Decides for an area of about this size.
  ///
  /// Texts may be as long as the place, of which the area is the middle; names and legends may take
  /// parts of the room.
  init(
    _ axes: Axes, x xLimits: ClosedRange<Double>, y yLimits: ClosedRange<Double>, width: Double,
    height: Double, place: (width: Double, height: Double), room: (width: Double, height: Double),
    showsX: Bool, showsY: Bool,
    legendIsOutside: Bool, detail: Detail
  ) {
    self.axes = axes
    self.xLimits = xLimits
    self.yLimits = yLimits
    if detail >= .titles { title = titleBlock(width: place.width) }
    if detail >= .labels, !axes.isBare {
      xLabel = labelBlock(axes.x, length: place.width)
      yLabel = labelBlock(axes.y, length: place.height)
    }
    if detail >= .names, !axes.isBare {
      xNames = AxesLayout.names(
        axes.x, AxisMap(scale: axes.x.scale, limits: xLimits, start: 0, end: width),
        marks: axes.marks.lazy.compactMap(\.horizontalTicks).first, isHorizontal: true,
        room: room.height / 3)
      yNames = AxesLayout.names(
        axes.y, AxisMap(scale: axes.y.scale, limits: yLimits, start: height, end: 0),
        marks: axes.marks.lazy.compactMap(\.verticalTicks).first, isHorizontal: false,
        room: room.width / 3)
      xNames.isShown = showsX
      yNames.isShown = showsY
    }
    if detail >= .all, let scale = axes.marks.lazy.compactMap(\.colorScale).first {
      bar = ColorBar(scale, height: height, room: room)
    }
    if detail >= .all, legendIsOutside {
      outsideLegend = Legend(axes.legendKeys, room: room.height, width: room.width / 2)
    }
    margins = neededMargins(width: width, height: height)
  }

  private func titleBlock(width: Double, lines: Int = TextBlock.lineLimit) -> TextBlock {
    TextBlock(
      axes.title, width: width, lines: lines, size: Spacing.titleSize,
      isBold: true, color: axes.titleColor)
  }

  private func labelBlock(
    _ axis: Axis, length: Double, lines: Int = TextBlock.lineLimit
  ) -> TextBlock {
    TextBlock(
      axis.label, width: length, lines: lines, size: Spacing.labelSize)
  }

  /// Breaks the texts once more for the place that they got, in the lines that they have room for.
  mutating func fit(to place: (width: Double, height: Double)) {
    title = titleBlock(width: place.width, lines: title.lines.count)
    xLabel = labelBlock(axes.x, length: place.width, lines: xLabel.lines.count)
    yLabel = labelBlock(axes.y, length: place.height, lines: yLabel.lines.count)
  }

  private func neededMargins(width: Double, height: Double) -> Margins {
    let size = Spacing.tickSize
    var margins = Margins()
    func total(_ text: TextBlock, gap: Double) -> Double { text.isEmpty ? 0 : gap + text.height }
    margins.top = total(title, gap: Spacing.title)
    margins.left =
      yNames.reach(isHorizontal: false)
      + total(yLabel, gap: Spacing.labelToTitle)
    margins.bottom =
      xNames.reach(isHorizontal: true)
      + total(xLabel, gap: Spacing.labelToTitle)
    // The first and the last name stand over the ends.
    let xMap = map(of: axes.x, xLimits, start: 0, end: width)
    for tick in xNames.ticks where xNames.isShown {
      guard let place = xMap(tick.value), !tick.label.isEmpty else { continue }
      let half =
        xNames.areVertical ? Spacing.lineHeight(size) / 2 : tick.label.width(size: size) / 2
      margins.left = max(margins.left, half - place)
      margins.right = max(margins.right, half - (width - place))
    }
    let yMap = map(of: axes.y, yLimits, start: height, end: 0)
    for tick in yNames.ticks where yNames.isShown {
      guard let place = yMap(tick.value), !tick.label.isEmpty else { continue }
      let above = tick.label.ascent(size: size) - FontMetrics.capitalHeight * size / 2
      margins.top = max(margins.top, above - place)
      margins.bottom = max(margins.bottom, above - (height - place))
    }
    if let bar {
      margins.right = max(margins.right, 0) + Spacing.barGap + bar.width
      margins.top = max(margins.top, Spacing.lineHeight(size) / 2)
      margins.bottom = max(margins.bottom, Spacing.lineHeight(size) / 2)
    }
    if let outsideLegend { margins.right += Spacing.legend + outsideLegend.width }
    return margins
  }

  private func map(of axis: Axis, _ limits: ClosedRange<Double>, start: Double, end: Double)
    -> AxisMap
  {
    axis.isInverted
      ? AxisMap(scale: axis.scale, limits: limits, start: end, end: start)
      : AxisMap(scale: axis.scale, limits: limits, start: start, end: end)
  }

  func frame(in box: Box) -> Frame {
    Frame(
      box: box, x: map(of: axes.x, xLimits, start: box.left, end: box.right),
      y: map(of: axes.y, yLimits, start: box.bottom, end: box.top),
      labels: (axes.x.label, axes.y.label))
  }

  // MARK: Names

  /// Picks the ticks of an axis and names them so that no two names touch.
  private static func names(
    _ axis: Axis, _ map: AxisMap, marks: [Tick]?, isHorizontal: Bool, room: Double
  ) -> Names {
    let size = Spacing.tickSize
    let length = abs(map.end - map.start)
    let lineHeight = Spacing.lineHeight(size)

    /// The room that the names take along the axis.
    func measured(_ ticks: [Tick], areVertical: Bool) -> [(place: Double, room: Double)] {
      let isAlong = isHorizontal != areVertical
      let gap = isAlong ? Spacing.names : 1
      return ticks.filter { !$0.label.isEmpty }.compactMap { tick in
        map(tick.value).map { ($0, gap + (isAlong ? tick.label.width(size: size) : lineHeight)) }
      }
    }
    /// Whether every so manieth name keeps apart from the next.
    func fit(_ names: [(place: Double, room: Double)], every stride: Int = 1) -> Bool {
      let shown = Swift.stride(from: 0, to: names.count, by: stride).map { names[$0] }
        .sorted { $0.place < $1.place }
      return zip(shown, shown.dropFirst()).allSatisfy { a, b in
        b.place - a.place >= (a.room + b.room) / 2
      }
    }

    let given: [Tick]
    switch axis.ticks {
    case .none: return Names()
    case .at(let values): given = values.map { Tick($0, Tick.label(of: $0)) }
    case .labeled(let values, let labels):
      given = zip(values, labels).map { Tick($0, RichText($1)) }
    case .automatic:
      guard let marks else {
        var count = max(2, min(isHorizontal ? 9 : 8, Int(length / (isHorizontal ? 40 : 26))))
        while true {
          let ticks = Tick.round(in: map.limits, scale: map.scale, atMost: count)
          // A logarithmic axis without two powers of ten has linear ticks that crowd at its end.
          if fit(measured(ticks, areVertical: false)) { return Names(ticks: ticks) }
          if count == 1 { return Names(ticks: ticks.map { Tick($0.value, "") }) }
          count -= 1
        }
      }
      given = marks
    }
    let whole = given.filter { map.limits.contains($0.value) }.prefix(10_000)
    func truncated(to width: Double) -> [Tick] {
      whole.map { Tick($0.value, $0.label.truncated(to: width, size: size)) }
    }
    if isHorizontal {
      let ticks = truncated(to: length / 2)
      if fit(measured(ticks, areVertical: false)) { return Names(ticks: ticks) }
    }
    let inside = truncated(to: room)
    let names = measured(inside, areVertical: false)
    if fit(names) { return Names(ticks: inside) }
    if isHorizontal, fit(measured(inside, areVertical: true)) {
      return Names(ticks: inside, areVertical: true)
    }
    // Too many: only every second, third, … is named.
    let named = inside.filter { !$0.label.isEmpty }
    if let stride = (2..<max(3, named.count)).first(where: { fit(names, every: $0) }) {
      let shown = Swift.stride(from: 0, to: named.count, by: stride).map { named[$0] }
      return Names(ticks: shown)
    }
    return Names(ticks: inside.prefix(1).map { $0 })
  }

  // MARK: Drawing

  /// Draws all but a legend that stands inside of the area; `occupancy` learns what room the marks take.
  func draw(on canvas: inout Canvas, box: Box, occupancy: inout Occupancy?) {
    let frame = frame(in: box)
    drawGrid(on: &canvas, frame)
    swap(&canvas.occupancy, &occupancy)
    canvas.clipped(to: box) { canvas in
      for (mark, color) in axes.coloredMarks { mark.draw(on: &canvas, in: frame, color: color) }
    }
    swap(&canvas.occupancy, &occupancy)
    drawBorders(on: &canvas, frame)
    drawText(on: &canvas, box)
    bar?.draw(on: &canvas, left: barLeft(box), top: box.top, height: box.height)
    if let outsideLegend {
      let right = box.right + margins.right
      outsideLegend.draw(on: &canvas, left: right - outsideLegend.width, top: box.top)
    }
  }

  /// The strip stands behind names that reach over the right end.
  private func barLeft(_ box: Box) -> Double {
    let legend = outsideLegend.map { Spacing.legend + $0.width } ?? 0
    return box.right + margins.right - legend - (bar?.width ?? 0)
  }

  private func drawGrid(on canvas: inout Canvas, _ frame: Frame) {
    guard !axes.isBare else { return }
    let isCovered = axes.marks.contains { $0.coversArea }
    let box = frame.box
    let stroke = Stroke(Color(.grid), width: 0.8)
    // Lines to names of categories say nothing.
    let namesX = axes.marks.contains { $0.horizontalTicks != nil }
    let namesY = axes.marks.contains { $0.verticalTicks != nil }
    let isAutomatic = axes.grid == .automatic && !isCovered
    if axes.grid == .both || axes.grid == .vertical || isAutomatic && !namesX {
      let lines = xNames.ticks.filter { !$0.label.isEmpty }.compactMap { frame.x($0.value) }
      canvas.lines(lines.map { [Point($0, box.bottom), Point($0, box.top)] }, stroke: stroke)
    }
    if axes.grid == .both || axes.grid == .horizontal || isAutomatic && !namesY {
      let lines = yNames.ticks.filter { !$0.label.isEmpty }.compactMap { frame.y($0.value) }
      canvas.lines(lines.map { [Point(box.left, $0), Point(box.right, $0)] }, stroke: stroke)
    }
  }

  private func drawBorders(on canvas: inout Canvas, _ frame: Frame) {
    guard !axes.isBare else { return }
    let box = frame.box
    let stroke = Stroke(Color(.axis), width: 0.8)
    let corners: [(Axes.Side, Point, Point)] = [
      (.left, Point(box.left, box.bottom), Point(box.left, box.top)),
      (.bottom, Point(box.left, box.bottom), Point(box.right, box.bottom)),
      (.right, Point(box.right, box.bottom), Point(box.right, box.top)),
      (.top, Point(box.left, box.top), Point(box.right, box.top)),
    ]
    canvas.lines(
      corners.filter { axes.spines.contains($0.0) }.map { [$0.1, $0.2] }, stroke: stroke)

    func length(_ tick: Tick) -> Double { tick.label.isEmpty ? Spacing.tick * 0.6 : Spacing.tick }
    canvas.lines(
      xNames.ticks.compactMap { tick in
        frame.x(tick.value).map { [Point($0, box.bottom), Point($0, box.bottom + length(tick))] }
      }
        + yNames.ticks.compactMap { tick in
          frame.y(tick.value).map { [Point(box.left, $0), Point(box.left - length(tick), $0)] }
        }, stroke: stroke)

    var style = TextStyle(size: Spacing.tickSize)
    let away = Spacing.tick + Spacing.tickToLabel
    style.anchor = xNames.areVertical ? .end : .middle
    style.alignment = xNames.areVertical ? .middle : .top
    style.isVertical = xNames.areVertical
    for tick in xNames.ticks where xNames.isShown {
      guard let x = frame.x(tick.value) else { continue }
      canvas.text(tick.label, at: Point(x, box.bottom + away), style)
    }
    style = TextStyle(size: Spacing.tickSize, anchor: .end, alignment: .middle)
    for tick in yNames.ticks where yNames.isShown {
      guard let y = frame.y(tick.value) else { continue }
      canvas.text(tick.label, at: Point(box.left - away, y), style)
    }
  }

  private func drawText(on canvas: inout Canvas, _ box: Box) {
    title.draw(on: &canvas, top: Point(box.center.x, box.top - Spacing.title - title.height))
    let below = xNames.reach(isHorizontal: true) + Spacing.labelToTitle
    xLabel.draw(on: &canvas, top: Point(box.center.x, box.bottom + below))
    let beside = yNames.reach(isHorizontal: false) + Spacing.labelToTitle + yLabel.height
    yLabel.draw(on: &canvas, left: Point(box.left - beside, box.center.y))
  }
}
