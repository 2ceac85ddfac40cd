import Testing

@testable import Plotting

@Suite struct ErrorBarsTests {
  @Test func whiskersReachAsFarAsAsked() {
    let area = frame().box
    let lines = whisker(at: 50, (low: 2, high: 6), frame().y, isVertical: true, cap: 3, in: area)
    #expect(
      lines == [
        [Point(50, 80), Point(50, 40)], [Point(47, 80), Point(53, 80)],
        [Point(47, 40), Point(53, 40)],
      ])
    let level = whisker(at: 50, (low: 2, high: 6), frame().x, isVertical: false, cap: 0, in: area)
    #expect(level == [[Point(20, 50), Point(60, 50)]])
  }

  @Test func belowALogarithmicAxisTheyReachItsEnd() {
    let map = frame(y: 1...100, yScale: .logarithmic).y
    let lines = whisker(
      at: 50, (low: -1, high: 10), map, isVertical: true, cap: 3, in: frame().box)
    #expect(lines == [[Point(50, 100), Point(50, 50)], [Point(47, 50), Point(53, 50)]])
  }

  @Test func limitsHoldTheWhiskers() {
    let bars = marks(ErrorBars.self) {
      $0.errorBars([1, 2], [10, 20], yErrors: (lower: [1, 2], upper: [3, 4]))
      $0.errorBars([1, 2], [10, 20], yErrors: [1, .nan], xErrors: [-1, 0.5])
      $0.errorBars([1, .nan], [10, 20], yErrors: [1, 100])
    }
    #expect(bars[0].verticalExtent.range == 9...24)
    #expect(bars[0].horizontalExtent.range == 1...2)
    // NaN and what is below 0 are no sizes.
    #expect(bars[1].verticalExtent.range == 9...20)
    #expect(bars[1].horizontalExtent.range == 1...2.5)
    // A point that has no place needs no room.
    #expect(bars[2].verticalExtent.range == 9...11)
  }

  @Test func manyPointsHaveNoCapsAndFewBytes() {
    #expect(whiskerCap(3, count: 2000) == 3)
    #expect(whiskerCap(3, count: 2001) == 0)
    let x = (0..<100_000).map(Double.init)
    var figure = Figure()
    figure.axes.errorBars(x, x.map { $0.truncatingRemainder(dividingBy: 997) }, yErrors: x)
    #expect(figure.svg().utf8.count < 5_000_000)
  }

  @Test(arguments: oddSeries) func oddNumbersDraw(_ values: [Double]) {
    #expect(
      problems {
        $0.errorBars(values, values.reversed(), yErrors: values, xErrors: values, label: "<a>")
      } == [])
    #expect(
      problems {
        $0.errorBars(
          values, values, yErrors: (lower: values, upper: values.reversed()), marker: nil,
          capSize: .nan)
      } == [])
  }
}
