import Tensors

/// Bars of one series, upright or lying.
///
/// Numbers on them are written outside of their ends, or inside where there is no room, or not at all.
struct Bars: Mark {
  /// Where a bar's number is written.
  enum ValuePlace: Sendable { case none, end, middle }

  /// The middles of the bars, along the axis of the categories.
  let places: [Double]
  /// Of a bar, in the unit of the places.
  let width: Double
  let feet: [Double]
  let ends: [Double]
  /// What the numbers on the bars say.
  let values: [Double]
  let errors: Whiskers?
  let categories: [String]?
  let isHorizontal: Bool
  let label: String?
  /// One a bar, or one for all, or none.
  let colors: [Color]
  let opacity: Double
  let digits: Int
  let valuePlace: ValuePlace
  /// Bars whose number would be hidden by others.
  var hidden: Set<Int> = []
  /// How wide a bar's number may be, in the unit of the places.
  let valueRoom: Double
  /// The numbers of all series drawn together, which have one size.
  var companions: [Double] = []
  /// Whether a thin line parts it from the bar below.
  var hasSeam = false

  var layer: MarkLayer { .shape }
  var takesPaletteColor: Bool { colors.isEmpty }

  // MARK: Room

  var horizontalExtent: Extent { isHorizontal ? valueExtent : placeExtent }
  var verticalExtent: Extent { isHorizontal ? placeExtent : valueExtent }

  private var placeExtent: Extent {
    var extent = Extent()
    for place in places {
      extent.include(place - width / 2)
      extent.include(place + width / 2)
    }
    return extent
  }

  private var valueExtent: Extent {
    var extent = Extent()
    if let foot = feet.first { extent.include(edge: foot) }
    for (index, end) in ends.enumerated() {
      extent.include(feet[index])
      extent.include(end)
      if let whisker = errors?.ends(around: end, index) {
        extent.include(whisker.low)
        extent.include(whisker.high)
      }
    }
    if valuePlace == .end, let range = extent.range {
      // The height of a number in a common figure, or the width of the longest.
      let share = isHorizontal ? min(0.4, 0.04 + widestValue * 8.5 / 180) : 0.05
      let room = (range.upperBound / 2 - range.lowerBound / 2) * 2 * share
      if range.upperBound > 0 { extent.include(range.upperBound + room) }
      if range.lowerBound < 0 { extent.include(range.lowerBound - room) }
    }
    return extent
  }

  private var ticks: [Tick]? {
    if let categories { return categories.enumerated().map { Tick(Double($0), $1) } }
    // Few bars have their numbers below them; many have round ones, as any axis.
    return 1...12 ~= places.count ? places.indices.map { Tick(Double($0), "\($0)") } : nil
  }

  var horizontalTicks: [Tick]? { isHorizontal ? nil : ticks }
  var verticalTicks: [Tick]? { isHorizontal ? ticks : nil }

  // MARK: Drawing

  private func color(_ index: Int, _ color: Color) -> Color {
    colors.count > 1 ? colors[index] : colors.first ?? color
  }

  func legendKeys(color: Color) -> [LegendKey] {
    label.map { [LegendKey($0, .patch(Fill(colors.first ?? color, opacity: opacity), nil))] } ?? []
  }

  private func valueMap(_ frame: Frame) -> AxisMap { isHorizontal ? frame.x : frame.y }
  private func placeMap(_ frame: Frame) -> AxisMap { isHorizontal ? frame.y : frame.x }

  /// The box of each bar; nil for one whose end has no place.
  func boxes(in frame: Frame) -> [Box?] {
    let (valueMap, placeMap) = (valueMap(frame), placeMap(frame))
    let area = frame.box.expanded(by: 2)
    return places.indices.map { index in
      guard let end = valueMap(ends[index]), feet[index].isFinite,
        let a = placeMap(places[index] - width / 2), let b = placeMap(places[index] + width / 2)
      else { return nil }
      // On a logarithmic axis 0 has no place: the bar starts at the lower limit.
      let foot = valueMap(feet[index]) ?? valueMap.start
      let box =
        isHorizontal
        ? Box(left: min(foot, end), top: min(a, b), right: max(foot, end), bottom: max(a, b))
        : Box(left: min(a, b), top: min(foot, end), right: max(a, b), bottom: max(foot, end))
      return box.clamped(to: area)
    }
  }

  func draw(on canvas: inout Canvas, in frame: Frame, color: Color) {
    let boxes = boxes(in: frame)
    for (box, color) in joined(boxes, color) {
      canvas.rectangle(box, fill: Fill(color, opacity: opacity))
    }
    if hasSeam { drawSeams(on: &canvas, boxes, in: frame) }
    drawErrors(on: &canvas, boxes, in: frame)
    if valuePlace != .none { drawValues(on: &canvas, boxes, in: frame, color) }
  }

  /// Bars of one colour that share a column half a point wide are one.
  private func joined(_ boxes: [Box?], _ color: Color) -> [(box: Box, color: Color)] {
    var joined: [(box: Box, color: Color)] = []
    var column = 0.0
    for (index, box) in boxes.enumerated() {
      guard let box else { continue }
      let own = self.color(index, color)
      let thickness = isHorizontal ? box.height : box.width
      let place = ((isHorizontal ? box.top : box.left) * 2).rounded(.down)
      if thickness < 0.5, let last = joined.last, place == column, last.color == own {
        joined[joined.count - 1].box = last.box.union(box)
      } else {
        joined.append((box, own))
        column = place
      }
    }
    return joined
  }

  private func drawSeams(on canvas: inout Canvas, _ boxes: [Box?], in frame: Frame) {
    let map = valueMap(frame)
    let lines: [[Point]] = boxes.enumerated().compactMap { index, box in
      guard let box, feet[index] != 0, box.width > 3, box.height > 3, let foot = map(feet[index])
      else { return nil }
      return isHorizontal
        ? [Point(foot, box.top), Point(foot, box.bottom)]
        : [Point(box.left, foot), Point(box.right, foot)]
    }
    canvas.lines(lines, stroke: Stroke(.background, width: 0.8))
  }

  private func drawErrors(on canvas: inout Canvas, _ boxes: [Box?], in frame: Frame) {
    guard let errors else { return }
    let count = places.count
    let lines = boxes.enumerated().flatMap { index, box -> [[Point]] in
      guard let box, let ends = errors.ends(around: ends[index], index) else { return [] }
      let place = isHorizontal ? box.center.y : box.center.x
      let thickness = isHorizontal ? box.height : box.width
      return whisker(
        at: place, ends, valueMap(frame), isVertical: !isHorizontal,
        cap: whiskerCap(min(4, thickness / 4), count: count), in: frame.box.expanded(by: 5))
    }
    canvas.lines(lines, stroke: Stroke(.text, width: 1.1))
  }

  // MARK: Numbers

  private func text(_ value: Double) -> RichText {
    // Counts are written whole.
    if value == value.rounded(), abs(value) < 1e6 {
      return RichText((value < 0 ? "\u{2212}" : "") + "\(Int(abs(value)))")
    }
    return RichText(shortLabel(value, digits: digits))
  }

  /// The width of the longest number, as a part of the letters' size; there is no room for very many.
  private var widestValue: Double {
    (companions + values).filter(\.isFinite).prefix(2000).map { text($0).width(size: 1) }.max() ?? 0
  }

  private func drawValues(
    on canvas: inout Canvas, _ boxes: [Box?], in frame: Frame, _ color: Color
  ) {
    let map = placeMap(frame)
    let unit = abs(map.end - map.start) / (map.limits.upperBound - map.limits.lowerBound)
    let room = unit * valueRoom - 1
    // The longest number decides for all, so that they look alike.
    let sizes = [8.5, 7.5, 6.5]
    let widest = widestValue
    var style = TextStyle()
    if let size = sizes.first(where: {
      (isHorizontal ? Spacing.lineHeight($0) : widest * $0) <= room
    }) {
      style.size = size
    } else if !isHorizontal, let size = sizes.first(where: { Spacing.lineHeight($0) <= room }) {
      style.size = size
      style.isVertical = true
    } else {
      return
    }
    let isReversed = valueMap(frame).end < valueMap(frame).start
    var candidates: [(outside: Label?, inside: Label?)] = []
    for (index, box) in boxes.enumerated() where !hidden.contains(index) {
      guard let box, values[index].isFinite else { continue }
      // Whether the bar goes right or down, as points do.
      let goesOn = (ends[index] >= feet[index]) != isReversed
      let text = text(values[index])
      let ink = self.color(index, color).ink
      if valuePlace == .middle {
        let middle = middle(text, box, style, ink)
        candidates.append((middle.lies(in: box) ? middle : nil, nil))
        continue
      }
      // Outside of the whisker, or on the bar below it.
      let end = isHorizontal ? (goesOn ? box.right : box.left) : (goesOn ? box.bottom : box.top)
      var (outer, inner) = (end, end)
      if let ends = errors?.ends(around: ends[index], index) {
        let places = [ends.low, ends.high].map { valueMap(frame)($0) ?? valueMap(frame).start }
        (outer, inner) = (places.max() ?? end, places.min() ?? end)
        if !goesOn { swap(&outer, &inner) }
      }
      let outside = self.end(text, box, at: outer, goesOn: goesOn, style)
      var inside = self.end(text, box, at: inner, goesOn: !goesOn, style)
      inside.style.color = opacity < 0.6 ? .text : ink
      candidates.append(
        (outside.lies(in: frame.box) ? outside : nil, inside.lies(in: box) ? inside : nil))
    }
    // All on one side of the ends, if there is a side with room for all.
    let isInside =
      candidates.contains { $0.outside == nil } && candidates.allSatisfy { $0.inside != nil }
    for (outside, inside) in candidates {
      guard let label = isInside ? inside : outside ?? inside,
        frame.box.contains(label.ink.center),
        !canvas.texts.contains(where: label.box.overlaps)
      else { continue }
      canvas.text(label.text, at: label.place, label.style)
    }
  }

  /// A number and where it is written.
  private struct Label {
    let text: RichText
    let place: Point
    var style: TextStyle

    var box: Box { Canvas.box(of: text, at: place, style) }

    /// What it covers: its box without the room for accents, which numbers have none of.
    var ink: Box {
      let box = box
      let (x, y) = style.isVertical ? (1.0, 0.0) : (0.0, 1.0)
      return Box(
        left: box.left + x, top: box.top + y, right: box.right - x, bottom: box.bottom - y)
    }

    func lies(in room: Box) -> Bool {
      let ink = ink
      return ink.left >= room.left && ink.right <= room.right && ink.top >= room.top
        && ink.bottom <= room.bottom
    }
  }

  /// A number right or below of a place on the bar's middle line, or left or above of it.
  private func end(_ text: RichText, _ box: Box, at end: Double, goesOn: Bool, _ style: TextStyle)
    -> Label
  {
    var style = style
    if isHorizontal {
      style.anchor = goesOn ? .start : .end
      style.alignment = .middle
      return Label(
        text: text, place: Point(end + (goesOn ? 3 : -3), box.center.y), style: style)
    }
    if style.isVertical {
      style.anchor = goesOn ? .end : .start
      style.alignment = .middle
    } else {
      style.anchor = .middle
      style.alignment = goesOn ? .top : .bottom
    }
    let gap = style.isVertical ? 3.0 : 1.5
    return Label(
      text: text, place: Point(box.center.x, end + (goesOn ? gap : -gap)), style: style)
  }

  private func middle(_ text: RichText, _ box: Box, _ style: TextStyle, _ ink: Color) -> Label {
    var style = style
    style.anchor = .middle
    style.alignment = .middle
    style.color = opacity < 0.6 ? .text : ink
    return Label(text: text, place: box.center, style: style)
  }
}

extension Box {
  /// The smallest box that holds both.
  func union(_ other: Box) -> Box {
    Box(
      left: min(left, other.left), top: min(top, other.top), right: max(right, other.right),
      bottom: max(bottom, other.bottom))
  }

  /// The box with each side moved to the nearest place in an area.
  func clamped(to area: Box) -> Box {
    Box(
      left: max(area.left, min(area.right, left)), top: max(area.top, min(area.bottom, top)),
      right: max(area.left, min(area.right, right)),
      bottom: max(area.top, min(area.bottom, bottom)))
  }
}

extension Color {
  /// What is easy to read on this colour, in either theme.
  var ink: Color {
    // The palette's dark colours are light on a dark background.
    switch source {
    case .role(.palette): contrasting == .white ? .background : contrasting
    case .role(.text): .background
    case .role(.background): .text
    case .role, .fixed: contrasting
    }
  }
}

extension Axes {
  /// How several series of bars, or histograms, stand together.
  ///
  ///     var figure = Figure()
  ///     figure.axes.bars(
  ///       groups: [(label: "a", heights: [1.0, 2]), (label: "b", heights: [2.0, 1])],
  ///       categories: ["x", "y"], arrangement: Axes.Arrangement.stacked)
  public enum Arrangement: Hashable, Sendable, CaseIterable {
    /// Side by side.
    case grouped
    /// On one another; what is below 0 hangs.
    case stacked
    /// Before one another, each letting through what is behind it.
    case overlaid
  }

  /// Adds bars from 0, at 0, 1, 2 ….
  ///
  ///     var figure = Figure()
  ///     figure.axes.bars(
  ///       [0.91, 0.94], categories: ["plain", "with dropout"], errors: [0.01, 0.02], showsValues: true)
  ///     figure.svg().contains(">0.94</text>")  // true
  ///
  /// On a logarithmic axis bars begin at the lower limit, and one of 0 or less isn't shown. Bars thinner
  /// than half a point that share a column half a point wide are drawn as one, from the lowest to the
  /// highest.
  ///
  /// - Parameters:
  ///   - heights: Where the bars end; one that isn't finite isn't shown.
  ///   - categories: The bars' names, as many; numbers if nil.
  ///   - label: What the legend calls them; none if nil.
  ///   - color: Of all bars; the next of the palette if nil.
  ///   - colors: Of each bar, as many; counts instead of `color`.
  ///   - width: From 0 to 1: how much of the distance between two bars one takes.
  ///   - isHorizontal: Whether they lie, the first one lowest.
  ///   - errors: How far a whisker reaches to both sides of each end, as many; one that isn't a finite
  ///     number of at least 0 isn't shown.
  ///   - showsValues: Whether the heights are written on the bars, where they fit.
  ///   - digits: How many digits of them count; whole numbers have all.
  ///   - opacity: From 0 to 1.
  /// - Precondition: All lists have the same length.
  /// - SeeAlso: matplotlib's `bar`, `barh` and `bar_label`.
  public mutating func bars(
    _ heights: some NumericSeries, categories: [String]? = nil, label: String? = nil,
    color: Color? = nil, colors: [Color]? = nil, width: Double = 0.8, isHorizontal: Bool = false,
    errors: (some NumericSeries)? = [Double]?.none, showsValues: Bool = false, digits: Int = 3,
    opacity: Double = 1
  ) {
    let heights = heights.numbers
    let errors = errors?.numbers
    if let categories { requireCount(categories.count, of: "categories", heights.count) }
    if let colors { requireCount(colors.count, of: "colors", heights.count) }
    if let errors { requireCount(errors.count, of: "errors", heights.count) }
    add(
      Bars(
        places: heights.indices.map(Double.init), width: barWidth(width),
        feet: heights.map { _ in 0 }, ends: heights, values: heights,
        errors: errors.map { Whiskers(lower: $0, upper: $0) }, categories: categories,
        isHorizontal: isHorizontal, label: label, colors: colors ?? color.map { [$0] } ?? [],
        opacity: opacity, digits: digits, valuePlace: showsValues ? .end : .none, valueRoom: 1))
  }

  /// Adds several series of bars, each in a colour of its own.
  ///
  ///     var figure = Figure()
  ///     figure.axes.bars(
  ///       groups: [("training", [0.99, 0.97]), ("test", [0.91, 0.94])],
  ///       categories: ["plain", "with dropout"], arrangement: .grouped)
  ///     figure.svg().contains("with dropout")  // true
  ///
  /// - Parameters:
  ///   - groups: The series: what the legend calls each, and where its bars end. In a stack a number
  ///     that isn't finite counts as 0.
  ///   - categories: What the bars at each place stand for, as many; numbers if nil.
  ///   - arrangement: How the series stand together.
  ///   - colors: Of each series; the next of the palette if nil.
  ///   - width: From 0 to 1: how much of the distance between two places the bars at one take.
  ///   - isHorizontal: Whether they lie, the first one lowest.
  ///   - errors: How far a whisker reaches to both sides of each end, for each series as for ``bars``.
  ///   - showsValues: Whether the heights are written on the bars, where they fit; of overlaid ones that
  ///     of the longest.
  ///   - digits: How many digits of them count; whole numbers have all.
  ///   - opacity: From 0 to 1; if nil, overlaid bars let half through.
  /// - Precondition: All lists have the same length.
  /// - SeeAlso: matplotlib's `bar` with offsets, or with `bottom`.
  public mutating func bars(
    groups: [(label: String, heights: [Double])], categories: [String]? = nil,
    arrangement: Arrangement = .grouped, colors: [Color]? = nil, width: Double = 0.8,
    isHorizontal: Bool = false, errors: [[Double]]? = nil, showsValues: Bool = false,
    digits: Int = 3, opacity: Double? = nil
  ) {
    let count = groups.first?.heights.count ?? 0
    for group in groups { requireCount(group.heights.count, of: group.label, count) }
    if let categories, !groups.isEmpty { requireCount(categories.count, of: "categories", count) }
    if let colors { requireCount(colors.count, of: "colors", groups.count) }
    if let errors {
      requireCount(errors.count, of: "errors", groups.count)
      for row in errors { requireCount(row.count, of: "errors", count) }
    }
    let width = barWidth(width)
    let slot = width / Double(max(1, groups.count))
    let companions = groups.flatMap(\.heights)
    let stacks = stackedBars(groups.map(\.heights))
    for (number, group) in groups.enumerated() {
      let shift = (Double(number) - Double(groups.count - 1) / 2) * slot
      let isGrouped = arrangement == .grouped
      let isStacked = arrangement == .stacked
      // Of overlaid bars the longest upwards and the longest downwards show their numbers.
      let hidden =
        arrangement == .overlaid
        ? group.heights.indices.filter { place in
          groups.enumerated().contains { other, rival in
            let (a, b) = (group.heights[place], rival.heights[place])
            return (a < 0) == (b < 0)
              && (abs(b) > abs(a) || abs(b) == abs(a) && other > number)
          }
        } : []
      add(
        Bars(
          places: group.heights.indices.map { Double($0) + (isGrouped ? shift : 0) },
          width: isGrouped ? slot * (groups.count > 1 ? 0.94 : 1) : width,
          feet: isStacked ? stacks[number].feet : group.heights.map { _ in 0 },
          ends: isStacked ? stacks[number].ends : group.heights, values: group.heights,
          errors: errors.map { Whiskers(lower: $0[number], upper: $0[number]) },
          categories: categories ?? (1...12 ~= count ? (0..<count).map { "\($0)" } : nil),
          isHorizontal: isHorizontal, label: group.label, colors: colors.map { [$0[number]] } ?? [],
          opacity: opacity ?? (arrangement == .overlaid ? 0.55 : 1), digits: digits,
          valuePlace: !showsValues ? .none : isStacked ? .middle : .end,
          hidden: Set(hidden), valueRoom: isGrouped ? slot : isStacked ? width : 1,
          companions: companions, hasSeam: isStacked))
    }
  }
}

/// A width of bars that can be drawn.
private func barWidth(_ width: Double) -> Double { width.isFinite ? max(0, min(10, width)) : 0.8 }

/// From where to where each bar of stacks goes: those above 0 up, those below down.
func stackedBars(_ groups: [[Double]]) -> [(feet: [Double], ends: [Double])] {
  var above = [Double](repeating: 0, count: groups.first?.count ?? 0)
  var below = above
  return groups.map { heights in
    var (feet, ends) = (heights, heights)
    for (place, height) in heights.enumerated() {
      let isBelow = height < 0
      feet[place] = isBelow ? below[place] : above[place]
      ends[place] = feet[place] + height
      guard ends[place].isFinite else { continue }
      if isBelow { below[place] = ends[place] } else { above[place] = ends[place] }
    }
    return (feet, ends)
  }
}
