import Tensors

/// How many numbers lie in each of several intervals of one width.
struct HistogramBins: Sendable {
  /// One more than there are bins.
  let edges: [Double]
  /// The first and the last edge.
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
    // One number: a range of 1 around it, or wider where numbers are further apart than that.
    let room = low < high ? 0 : max(0.5, abs(low) < 1e12 ? 0 : abs(low) / 20)
    let largest = Double.greatestFiniteMagnitude
    self.range = max(-largest, low - room)...min(largest, high + room)
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

  /// A part of the outline: over one interval, or over several that share half a point.
  struct Step {
    var start: Double
    var end: Double
    var foot: Double
    var top: Double
  }

  /// The intervals' places, from the first.
  func steps(in frame: Frame) -> [Step] {
    let area = frame.box.expanded(by: 2)
    func inside(_ x: Double) -> Double { max(area.left, min(area.right, x)) }
    func height(_ value: Double) -> Double {
      // On a logarithmic axis 0 has no place: the bar starts at the lower limit.
      max(area.top, min(area.bottom, frame.y(value) ?? frame.y.start))
    }
    let goesUp = frame.y.end < frame.y.start
    func higher(_ a: Double, _ b: Double) -> Double { goesUp ? min(a, b) : max(a, b) }
    var steps: [Step] = []
    for bin in ends.indices {
      guard let end = frame.x(edges[bin + 1]) else { continue }
      let step = Step(
        start: inside(frame.x(edges[bin]) ?? frame.x.start), end: inside(end),
        foot: height(feet[bin]), top: height(ends[bin]))
      if let last = steps.last, abs(step.end - last.start) < 0.5 {
        steps[steps.count - 1] = Step(
          start: last.start, end: step.end, foot: higher(last.foot, step.foot),
          top: higher(last.top, step.top))
      } else {
        steps.append(step)
      }
    }
    guard slot.count > 1 else { return steps }
    return steps.map { step in
      let part = (step.end - step.start) / Double(slot.count)
      let start = step.start + part * Double(slot.number)
      return Step(
        start: start + 0.04 * part, end: start + 0.96 * part, foot: step.foot, top: step.top)
    }
  }

  func draw(on canvas: inout Canvas, in frame: Frame, color: Color) {
    let color = self.color ?? color
    // Neighbours are one shape, so that no seam shows between them.
    var runs: [[Step]] = []
    var isNext = false
    for step in steps(in: frame) {
      guard step.top != step.foot, step.start != step.end else {
        isNext = false
        continue
      }
      if isNext, slot.count == 1 { runs[runs.count - 1].append(step) } else { runs.append([step]) }
      isNext = true
    }
    func top(_ run: [Step]) -> [Point] {
      run.flatMap { [Point($0.start, $0.top), Point($0.end, $0.top)] }
    }
    func foot(_ run: [Step]) -> [Point] {
      run.reversed().flatMap { [Point($0.end, $0.foot), Point($0.start, $0.foot)] }
    }
    canvas.lines(
      runs.map { top($0) + foot($0) }, isClosed: true, fill: Fill(color, opacity: opacity))
    if hasOutline {
      let outlines = runs.compactMap { run -> [Point]? in
        guard let first = run.first, let last = run.last else { return nil }
        return [Point(first.start, first.foot)] + top(run) + [Point(last.end, last.foot)]
      }
      canvas.lines(outlines, stroke: Stroke(color, width: 1.2))
    } else {
      // Bars that are wide enough are told apart.
      let goesUp = frame.y.end < frame.y.start
      let pairs = runs.flatMap { run in zip(run, run.dropFirst()) }
      let seams = pairs.compactMap { a, b -> [Point]? in
        guard abs(a.end - a.start) > 4 else { return nil }
        let top = goesUp ? max(a.top, b.top) : min(a.top, b.top)
        let foot = goesUp ? min(a.foot, b.foot) : max(a.foot, b.foot)
        return goesUp == (top < foot) ? [Point(b.start, foot), Point(b.start, top)] : nil
      }
      canvas.lines(seams, stroke: Stroke(.background, width: 0.6))
    }
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
