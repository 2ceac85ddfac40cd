import Plotting
import Testing

@Suite struct FigureTests {
  @Test func theSameFigureGivesTheSameBytes() {
    func figure() -> Figure {
      var figure = Figure(rows: 1, columns: 2)
      figure[0, 0].line([1, 3, 2], label: "a")
      figure[0, 1].scatter([1, 2, 3], [3, 1, 2], classes: [0, 1, 0])
      return figure
    }
    #expect(figure().svg() == figure().svg())
  }

  @Test func legendStandsInsideWhereRoomIsFree() {
    var figure = Figure()
    figure.axes.line([0, 1], label: "rising")
    // The area keeps its width, since the upper left corner is free.
    var other = figure
    other.axes.legend = .upperLeft
    #expect(figure.svg() == other.svg())
  }
}
