import Tensors

/// What a box plot shows of values.
struct BoxSummary: Sendable {
  let lowerQuartile: Double
  let median: Double
  let upperQuartile: Double
  /// The least value within 1.5 box heights below the box.
  let lowerWhisker: Double
  /// The greatest within as much above it.
  let upperWhisker: Double
  /// The values beyond, from the least.
  let outliers: [Double]

  /// The summary of the finite values; nil if there is none.
  init?(_ values: [Double]) {
    let sorted = values.filter(\.isFinite).sorted()
    guard let first = sorted.first, let last = sorted.last else { return nil }
    /// NumPy's linear rule: between the two values around the place (n − 1) · part.
    func quantile(_ part: Double) -> Double {
      let place = Double(sorted.count - 1) * part
      let index = Int(place)
      let (a, b) = (sorted[index], sorted[min(index + 1, sorted.count - 1)])
      let weight = place - Double(index)
      let difference = b - a
      // The difference of the largest numbers is infinite.
      guard difference.isFinite else { return a * (1 - weight) + b * weight }
      return weight < 0.5 ? a + difference * weight : b - difference * (1 - weight)
    }
    let (low, high) = (quantile(0.25), quantile(0.75))
    (lowerQuartile, median, upperQuartile) = (low, quantile(0.5), high)
    let reach = 1.5 * (high - low)
    // A whisker never ends inside of the box, even where no value lies between.
    let inner = sorted.filter { $0 >= low - reach && $0 <= high + reach }
    lowerWhisker = min(low, inner.first ?? first)
    upperWhisker = max(high, inner.last ?? last)
    let (bottom, top) = (lowerWhisker, upperWhisker)
    outliers = sorted.filter { $0 < bottom || $0 > top }
  }
}

/// Boxes around the middle halves of groups.
struct BoxPlot: Mark {
  let summaries: [BoxSummary?]
  let names: [String]?
  let label: String?
  let colors: [Color]
  let width: Double
  let isHorizontal: Bool

  var horizontalExtent: Extent { isHorizontal ? valueExtent : placeExtent }
  var verticalExtent: Extent { isHorizontal ? placeExtent : valueExtent }
  var layer: MarkLayer { .shape }
  var takesPaletteColor: Bool { colors.isEmpty }

  private var placeExtent: Extent {
    summaries.isEmpty ? Extent() : Extent([-0.5, Double(summaries.count) - 0.5])
  }

  private var valueExtent: Extent {
    var extent = Extent()
    for summary in summaries.compactMap({ $0 }) {
      extent.include(summary.lowerWhisker)
      extent.include(summary.upperWhisker)
      for value in summary.outliers { extent.include(value) }
    }
    return extent
  }

  private var ticks: [Tick]? {
    if let names { return names.enumerated().map { Tick(Double($0), $1) } }
    return 1...12 ~= summaries.count ? summaries.indices.map { Tick(Double($0), "\($0)") } : nil
  }

  var horizontalTicks: [Tick]? { isHorizontal ? nil : ticks }
  var verticalTicks: [Tick]? { isHorizontal ? ticks : nil }

  func legendKeys(color: Color) -> [LegendKey] {
    let color = colors.first ?? color
    return label.map {
      [LegendKey($0, .patch(Fill(color, opacity: 0.3), Stroke(color, width: 1.2)))]
    } ?? []
  }

  func draw(on canvas: inout Canvas, in frame: Frame, color: Color) {
    let (valueMap, placeMap) = isHorizontal ? (frame.x, frame.y) : (frame.y, frame.x)
    let area = frame.box.expanded(by: 5)
    func point(_ across: Double, _ along: Double) -> Point {
      isHorizontal ? Point(along, across) : Point(across, along)
    }
    func place(_ value: Double) -> Double { valueMap(value) ?? valueMap.start }
    for (index, summary) in summaries.enumerated() {
      guard let summary, let a = placeMap(Double(index) - width / 2),
        let b = placeMap(Double(index) + width / 2)
      else { continue }
      let color = colors.count > 1 ? colors[index] : colors.first ?? color
      let middle = (a + b) / 2
      let stroke = Stroke(color, width: 1.2)
      let (low, high) = (place(summary.lowerQuartile), place(summary.upperQuartile))
      let corners = [point(a, low), point(b, high)]
      let box = Box(
        left: min(corners[0].x, corners[1].x), top: min(corners[0].y, corners[1].y),
        right: max(corners[0].x, corners[1].x), bottom: max(corners[0].y, corners[1].y)
      ).clamped(to: area)
      var lines: [[Point]] = []
      let cap = abs(b - a) / 4
      for (quartile, end) in [
        (summary.lowerQuartile, summary.lowerWhisker),
        (summary.upperQuartile, summary.upperWhisker),
      ] {
        lines.append([point(middle, place(quartile)), point(middle, place(end))])
        lines.append([point(middle - cap, place(end)), point(middle + cap, place(end))])
      }
      func visible(_ lines: [[Point]]) -> [[Point]] {
        lines.compactMap { line in area.clipping(line[0], line[1]).map { [$0.0, $0.1] } }
      }
      canvas.lines(visible(lines), stroke: stroke)
      canvas.rectangle(box, fill: Fill(color, opacity: 0.3), stroke: stroke)
      let median = place(summary.median)
      canvas.lines(
        visible([[point(a, median), point(b, median)]]), stroke: Stroke(color, width: 2.4))
      canvas.markers(
        summary.outliers.compactMap { value in valueMap(value).map { point(middle, $0) } }
          .filter(area.contains), shape: .circle, size: 3.5, fill: Fill(color, opacity: 0.6))
    }
  }
}

extension Axes {
  /// Adds a box for each group of values, at 0, 1, 2 ….
  ///
  ///     var figure = Figure()
  ///     figure.axes.boxes(groups: [[1, 2, 3, 4, 9], [2, 3, 4]], names: ["a", "b"])
  ///     figure.svg().contains("<rect")  // true
  ///
  /// A box goes from the lower to the upper quartile, with a line at the median; whiskers go to the
  /// last value within 1.5 times the box's height, and the values beyond are points. Values that
  /// aren't finite don't count, and a group without values has no box.
  ///
  /// - Parameters:
  ///   - groups: The values of each group.
  ///   - names: What each group is called, as many; numbers if nil.
  ///   - isHorizontal: Whether the boxes lie, the first one lowest.
  ///   - label: What the legend calls them; none if nil.
  ///   - color: Of all boxes; the next of the palette if nil.
  ///   - colors: Of each box, as many; counts instead of `color`.
  ///   - width: From 0 to 1: how much of the distance between two boxes one takes.
  /// - Precondition: All lists have the same length.
  /// - SeeAlso: matplotlib's `boxplot`; the quartiles are those of NumPy's `percentile`.
  public mutating func boxes(
    groups: [[Double]], names: [String]? = nil, isHorizontal: Bool = false, label: String? = nil,
    color: Color? = nil, colors: [Color]? = nil, width: Double = 0.55
  ) {
    if let names { requireCount(names.count, of: "names", groups.count) }
    if let colors { requireCount(colors.count, of: "colors", groups.count) }
    add(
      BoxPlot(
        summaries: groups.map { BoxSummary($0) }, names: names, label: label,
        colors: colors ?? color.map { [$0] } ?? [],
        width: width.isFinite ? max(0, min(10, width)) : 0.55, isHorizontal: isHorizontal))
  }
}
