import Tensors
import Testing

@testable import Plotting

/// Counts and edges are those of NumPy 2.4's `histogram` for the same calls.
@Suite struct HistogramTests {
  private func counts(_ values: [Double], _ bins: Int, _ range: ClosedRange<Double>? = nil)
    -> [Double]
  {
    HistogramBins([values], bins: bins, range: range).counts(values)
  }

  @Test func countsAsNumPyDoes() {
    #expect(counts([1, 2, 2, 3, 3, 3], 3) == [1, 2, 3])
    let tenths = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]
    #expect(counts(tenths, 10) == [1, 1, 2, 0, 1, 2, 1, 0, 1, 2])
    #expect(counts(tenths, 7) == [2, 1, 2, 1, 2, 1, 2])
    #expect(counts([5], 4) == [0, 0, 1, 0])
    #expect(counts([], 3) == [0, 0, 0])
    #expect(counts([-1, 0, 1, 2, 3, 4], 4, 0...2) == [1, 0, 1, 1])
    let many = (0..<1000).map { Double(($0 * 7919) % 1000) / 100 }
    #expect(
      counts(many, 30, 0.1...7.3) == [
        24, 25, 24, 23, 25, 24, 24, 23, 25, 24, 23, 25, 23, 25, 23, 25, 23, 24, 24, 24, 24, 24, 24,
        24, 25, 23, 24, 24, 25, 24,
      ])
    #expect(counts(many, 100) == Array(repeating: 10, count: 100))
  }

  @Test func edgesAreNumPys() {
    #expect(
      HistogramBins([[1, 3]], bins: 3, range: nil).edges == [
        1, 1.6666666666666665, 2.333333333333333, 3,
      ])
    #expect(HistogramBins([[5]], bins: 4, range: nil).edges == [4.5, 4.75, 5, 5.25, 5.5])
    #expect(
      HistogramBins([[]], bins: 3, range: nil).edges == [
        0, 0.3333333333333333, 0.6666666666666666, 1,
      ])
  }

  @Test(arguments: oddSeries) func everyFiniteNumberIsCountedOnce(_ values: [Double]) {
    for bins in [1, 2, 10, 1000] {
      let own = HistogramBins([values], bins: bins, range: nil)
      #expect(own.counts(values).reduce(0, +) == Double(values.filter(\.isFinite).count))
      #expect(own.edges.allSatisfy { $0.isFinite })
      #expect(zip(own.edges, own.edges.dropFirst()).allSatisfy { $0 <= $1 })
    }
  }

  @Test func densityHasAreaOne() {
    let values = [1.0, 2, 2, 3, 3, 3]
    let one = marks(Histogram.self) { $0.histogram(values, bins: 3, isDensity: true) }[0]
    #expect(one.ends == [0.25000000000000006, 0.5000000000000001, 0.7499999999999997])
    func area(_ mark: Histogram) -> Double {
      mark.ends.indices.reduce(0) {
        $0 + (mark.ends[$1] - mark.feet[$1]) * (mark.edges[$1 + 1] - mark.edges[$1])
      }
    }
    for arrangement in Axes.Arrangement.allCases {
      let two = marks(Histogram.self) {
        $0.histogram(
          groups: [("a", values), ("b", [0, 7])], bins: 5, isDensity: true,
          arrangement: arrangement)
      }
      let areas = two.map(area)
      let expected = arrangement == .stacked ? [0.75, 0.25] : [1, 1]
      #expect(zip(areas, expected).allSatisfy { abs($0 - $1) < 1e-12 })
    }
  }

  @Test func seriesShareTheirIntervals() {
    let two = marks(Histogram.self) {
      $0.histogram(groups: [("a", [0, 1]), ("b", [3, 4])], bins: 4, arrangement: .stacked)
    }
    #expect(two.map(\.edges) == [[0, 1, 2, 3, 4], [0, 1, 2, 3, 4]])
    #expect(two[0].ends == [1, 1, 0, 0])
    #expect(two[1].feet == [1, 1, 0, 0])
    #expect(two[1].ends == [1, 1, 0, 2])
  }

  @Test func barsAreAsHighAsTheirCounts() {
    let mark = marks(Histogram.self) { $0.histogram([0, 0, 0, 10], bins: 2) }[0]
    let steps = mark.steps(in: frame())
    #expect(steps.map(\.start) == [0, 50])
    #expect(steps.map(\.end) == [50, 100])
    #expect(steps.map(\.top) == [70, 90])
    #expect(steps.map(\.foot) == [100, 100])
    #expect(mark.verticalExtent.limits(scale: .linear).lowerBound == 0)
    let grouped = marks(Histogram.self) {
      $0.histogram(groups: [("a", [0, 10]), ("b", [0, 10])], bins: 2, arrangement: .grouped)
    }
    #expect(grouped[0].steps(in: frame()).allSatisfy { $0.end < $0.start + 25 })
    #expect(grouped[1].steps(in: frame())[0].start > 25)
  }

  @Test func emptyIntervalsOfALogarithmicAxisHaveNoBar() {
    let mark = marks(Histogram.self) { $0.histogram([0, 0, 0, 10], bins: 3) }[0]
    let steps = mark.steps(in: frame(y: 0.1...10, yScale: .logarithmic))
    #expect(steps[1].top == steps[1].foot)
    #expect(steps[0].foot == 100)
  }

  @Test func intervalsThinnerThanHalfAPointAreAsHighAsTheHighest() {
    let values = (0..<1000).flatMap { bin in Array(repeating: Double(bin), count: bin % 10 + 1) }
    let mark = marks(Histogram.self) { $0.histogram(values, bins: 1000) }[0]
    let steps = mark.steps(in: frame(x: 0...999))
    #expect(steps.count < 260)
    #expect(steps.map(\.top).min() == 0)
    #expect(zip(steps, steps.dropFirst()).allSatisfy { $0.end == $1.start })
  }

  @Test func manyValuesAreFewBytes() {
    var random = RandomState(seed: 1)
    let values = random.standardNormal([100_000])
    var figure = Figure()
    figure.axes.histogram(values, bins: 100)
    #expect(figure.svg().utf8.count < 20_000)
  }

  @Test(arguments: oddSeries) func oddNumbersDraw(_ values: [Double]) {
    for (bins, isDensity) in [(1, false), (7, true), (3000, false)] {
      #expect(problems { $0.histogram(values, bins: bins, isDensity: isDensity) } == [])
    }
    for arrangement in Axes.Arrangement.allCases {
      #expect(
        problems {
          $0.histogram(
            groups: [("a&b", values), ("b", [1, 2])], bins: 7, isDensity: true,
            arrangement: arrangement)
        } == [])
    }
    #expect(problems { $0.histogram(values, range: 2...2) } == [])
    #expect(problems { $0.histogram(values, range: -.infinity ... .infinity) } == [])
  }
}
