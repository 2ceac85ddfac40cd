import Testing

@testable import Plotting

/// Quartiles are those of NumPy 2.4's `percentile` for the same values.
@Suite struct BoxPlotTests {
  @Test(
    arguments: [
      ([1, 2, 3, 4, 9], [2, 3, 4]), ([2, 3, 4], [2.5, 3, 3.5]), ([1, 10], [3.25, 5.5, 7.75]),
      ([7], [7, 7, 7]), ([0.1, 0.2, 0.35, 0.4, 0.5, 5, -3], [0.15000000000000002, 0.35, 0.45]),
    ] as [([Double], [Double])])
  func quartilesAreNumPys(_ values: [Double], _ quartiles: [Double]) throws {
    let box = try #require(BoxSummary(values))
    #expect([box.lowerQuartile, box.median, box.upperQuartile] == quartiles)
  }

  @Test func whiskersEndAtTheLastValueWithinReach() throws {
    // The box is 2 to 4, so whiskers reach from −1 to 7 at most.
    let box = try #require(BoxSummary([1, 2, 3, 4, 9]))
    #expect(box.lowerWhisker == 1)
    #expect(box.upperWhisker == 4)
    #expect(box.outliers == [9])
    let edge = try #require(BoxSummary([-1, 2, 2, 3, 4, 4, 7]))
    #expect((edge.lowerWhisker, edge.upperWhisker) == (-1, 7))
    #expect(edge.outliers == [])
  }

  @Test func onlyFiniteValuesCount() throws {
    #expect(BoxSummary([.nan, .infinity]) == nil)
    #expect(try #require(BoxSummary([.nan, 1, -.infinity, 3])).median == 2)
    let huge = try #require(BoxSummary([-1e308, 1e308]))
    #expect(huge.median == 0)
    #expect(huge.lowerQuartile.isFinite && huge.upperQuartile.isFinite)
  }

  @Test func boxesStandAtTheirQuartiles() {
    var figure = Figure()
    figure.axes.boxes(groups: [[0, 2, 4, 6, 8]], width: 0.5)
    var canvas = Canvas(theme: .light)
    for (mark, color) in figure.axes.coloredMarks {
      mark.draw(on: &canvas, in: frame(x: -0.5...0.5, y: 0...10), color: color)
    }
    #expect(
      String(decoding: canvas.svg, as: UTF8.self)
        .contains("<rect x=\"25\" y=\"40\" width=\"50\" height=\"40\""))
  }

  @Test func anEmptyGroupKeepsItsName() {
    let mark = marks(BoxPlot.self) { $0.boxes(groups: [[1, 2], []], names: ["a", "b"]) }[0]
    #expect(mark.horizontalTicks?.map(\.label.plain) == ["a", "b"])
    #expect(mark.horizontalExtent.range == -0.5...1.5)
    #expect(mark.verticalExtent.range == 1...2)
  }

  @Test(arguments: oddSeries) func oddNumbersDraw(_ values: [Double]) {
    for isHorizontal in [false, true] {
      #expect(
        problems {
          $0.boxes(
            groups: [values, [], values + [1, 2, 3]], names: ["<", "&", "\""],
            isHorizontal: isHorizontal, label: "x")
        } == [])
    }
    #expect(problems { $0.boxes(groups: []) } == [])
  }
}
