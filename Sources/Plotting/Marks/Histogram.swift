import Tensors

/// How many numbers lie in each of several intervals of one width.
struct HistogramBins: Sendable {
  /// One more than there are bins.
  let edges: [Double]
  /// How many bins have edges that numbers can't tell apart.
  let range: ClosedRange<Double>

  /// Intervals from the least to the greatest number, or in a range given.
  ///
  /// One number alone stands in the middle of a range of 1, none in 0 to 1; numbers that aren't finite
  /// don't count.
  init(_ values: [[Double]], bins: Int, range given: ClosedRange<Double>?) {
    var range = given
    if let given, !(given.lowerBound.isFinite && given.upperBound.isFinite) { range = nil }
    if range == nil {
      var extent = Extent()
      for values in values { for value in values { extent.include(value) } }
      range = extent.range
    }
    let (low, high) = (range?.lowerBound ?? 0, range?.upperBound ?? 1)
    self.range =
      low < high
      ? low...high
      : max(-.greatestFiniteMagnitude, low - 0.5)...min(.greatestFiniteMagnitude, high + 0.5)
    let (first, last) = (self.range.lowerBound, self.range.upperBound)
    // The difference of the largest numbers is infinite, that of their quarters isn't.
    let scale = (last - first).isFinite ? 1.0 : 0.25
    let step = (last * scale - first * scale) / Double(bins)
    edges = (0...bins).map {
      $0 == bins ? last : (Double($0) * step + first * scale) / scale
    }
  }

  /// How many numbers lie in each; the last interval holds its upper end too, the others don't.
  ///
  /// As NumPy counts: by a division, which is put right where it is an ulp off.
  func counts(_ values: [Double]) -> [Double] {
    let bins = edges.count - 1
    var counts = [Double](repeating: 0, count: bins)
    let (first, last) = (range.lowerBound, range.upperBound)
    let scale = (last - first).isFinite ? 1.0 : 0.25
    let span = last * scale - first * scale
    for value in values where first <= value && value <= last {
      var bin = Int((value * scale - first * scale) / span * Double(bins))
      if bin >= bins { bin = bins - 1 }
      if value < edges[bin], bin > 0 { bin -= 1 }
      if bin < bins - 1, value >= edges[bin + 1] { bin += 1 }
      counts[bin] += 1
    }
    return counts
  }
}

/// The bars of a histogram, drawn as one shape.
struct Histogram: Mark {
  let edges: [Double]
  let feet: [Double]
  let ends: [Double]
  /// Which part of each interval it fills: its number and how many there are.
  let slot: (number: Int, count: Int)
  let label: String?
  let color: Color?
  let opacity: Double
  let hasOutline: Bool

  var horizontalExtent: Extent { Extent([edges.first ?? 0, edges.last ?? 1]) }
  var verticalExtent: Extent { Extent(feet + ends, edges: [0]) }
  var layer: MarkLayer { .shape }
  var takesPaletteColor: Bool { color == nil }

  func legendKeys(color: Color) -> [LegendKey] {
    guard let label else { return [] }
    let color = self.color ?? color
    return [
      LegendKey(
        label,
        .patch(Fill(color, opacity: opacity), hasOutline ? Stroke(color, width: 1.2) : nil))
    ]
  }

  /// The boxes of the bars from left to right; those that share half a point are one.
  func boxes(in frame: Frame) -> [Box] {
    let area = frame.box.expanded(by: 2)
    var boxes: [Box] = []
    var column = 0.0
    for bin in ends.indices {
      guard let end = frame.y(ends[bin]) else { continue }
      let foot = frame.y(feet[bin]) ?? frame.y.start
      // On a logarithmic axis an interval may begin before the first place.
      guard let high = frame.x(edges[bin + 1]) else { continue }
      let low = frame.x(edges[bin]) ?? frame.x.start
      let part = (high - low) / Double(slot.count)
      let inset = slot.count > 1 ? part * 0.03 : 0
      let left = low + Double(slot.number) * part + inset
      let right = left + part - 2 * inset
      let box = Box(
        left: min(left, right), top: min(foot, end), right: max(left, right),
        bottom: max(foot, end)
      ).clamped(to: area)
      let place = (box.left * 2).rounded(.down)
      if box.width < 0.5, let last = boxes.last, place == column {
        boxes[boxes.count - 1] = last.union(box)
      } else {
        boxes.append(box)
        column = place
      }
    }
    return boxes
  }

  func draw(on canvas: inout Canvas, in frame: Frame, color: Color) {
    let color = self.color ?? color
    let boxes = boxes(in: frame).filter { $0.height > 0 }
    let fill = Fill(color, opacity: opacity)
    for box in boxes { canvas.rectangle(box, fill: fill) }
  }
}

extension Axes {
  /// Adds the numbers of values in intervals of one width.
  ///
  ///     var figure = Figure()
  ///     figure.axes.histogram([1, 2, 2, 3, 3, 3], bins: 3)
  ///     figure.svg().contains("<path")  // true
  ///
  /// Each interval holds its lower end, and the last one its upper end too; values that aren't finite
  /// or lie outside of the range don't count. Intervals thinner than half a point are drawn together,
  /// as high as the highest of them.
  ///
  /// - Parameters:
  ///   - values: The values.
  ///   - bins: How many intervals, from 1 to 1,000,000.
  ///   - range: From where to where they go; from the least to the greatest value if nil.
  ///   - isDensity: Whether the areas add up to 1, instead of the heights to the count of values.
  ///   - label: What the legend calls it; none if nil.
  ///   - color: Of the bars; the next of the palette if nil.
  ///   - opacity: From 0 to 1.
  /// - Precondition: `bins` is in its range.
  /// - Complexity: O(*n*).
  /// - SeeAlso: matplotlib's `hist`; counts as NumPy's `histogram`.
  public mutating func histogram(
    _ values: some NumericSeries, bins: Int = 10, range: ClosedRange<Double>? = nil,
    isDensity: Bool = false, label: String? = nil, color: Color? = nil, opacity: Double = 1
  ) {
    addHistograms(
      [(label, values.numbers)], bins, range, isDensity, .overlaid, color.map { [$0] }, opacity)
  }

  /// Adds histograms of several series with the same intervals, each in a colour of its own.
  ///
  ///     var figure = Figure()
  ///     figure.axes.histogram(
  ///       groups: [("before", [1, 2, 2, 3]), ("after", [2, 3, 3, 4])], bins: 3)
  ///     figure.svg().contains("before")  // true
  ///
  /// - Parameters:
  ///   - groups: The series: what the legend calls each, and its values.
  ///   - bins: How many intervals, from 1 to 1,000,000.
  ///   - range: From where to where they go; from the least to the greatest of all values if nil.
  ///   - isDensity: Whether the areas of each add up to 1; of stacked ones, all areas together.
  ///   - arrangement: How they stand together.
  ///   - colors: Of each series; the next of the palette if nil.
  ///   - opacity: From 0 to 1; if nil, overlaid ones let half through.
  /// - Precondition: `bins` is in its range, and there are as many colours as series.
  /// - Complexity: O(*n*).
  /// - SeeAlso: matplotlib's `hist` of several series.
  public mutating func histogram(
    groups: [(label: String, values: [Double])], bins: Int = 10,
    range: ClosedRange<Double>? = nil, isDensity: Bool = false,
    arrangement: Arrangement = .overlaid, colors: [Color]? = nil, opacity: Double? = nil
  ) {
    if let colors { requireCount(colors.count, of: "colors", groups.count) }
    addHistograms(
      groups.map { ($0.label, $0.values) }, bins, range, isDensity, arrangement, colors,
      opacity ?? (arrangement == .overlaid && groups.count > 1 ? 0.5 : 1))
  }

  private mutating func addHistograms(
    _ groups: [(label: String?, values: [Double])], _ count: Int, _ range: ClosedRange<Double>?,
    _ isDensity: Bool, _ arrangement: Arrangement, _ colors: [Color]?, _ opacity: Double
  ) {
    require(
      1...1_000_000 ~= count, "`bins` must be positive and at most 1,000,000, not \(count)")
    let bins = HistogramBins(groups.map(\.values), bins: count, range: range)
    var heights = groups.map { bins.counts($0.values) }
    if isDensity {
      let sums = heights.map { $0.reduce(0, +) }
      let all = sums.reduce(0, +)
      heights = zip(heights, sums).map { counts, own in
        let sum = arrangement == .stacked ? all : own
        return counts.enumerated().map { bin, count in
          // No values have no density; a bin without width has its neighbours' share of none.
          let width = bins.edges[bin + 1] - bins.edges[bin]
          let density = count / sum / width
          return count > 0 && density.isFinite ? density : 0
        }
      }
    }
    let stacks = stackedBars(heights)
    for (number, group) in groups.enumerated() {
      let isStacked = arrangement == .stacked
      add(
        Histogram(
          edges: bins.edges,
          feet: isStacked ? stacks[number].feet : heights[number].map { _ in 0 },
          ends: isStacked ? stacks[number].ends : heights[number],
          slot: arrangement == .grouped ? (number, groups.count) : (0, 1), label: group.label,
          color: colors?[number], opacity: opacity,
          hasOutline: arrangement == .overlaid && groups.count > 1))
    }
  }
}
