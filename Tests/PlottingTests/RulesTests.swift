import Testing

@testable import Plotting

@Suite struct RulesTests {
  private func svg(in frame: Frame, _ body: (inout Axes) -> Void) -> String {
    var figure = Figure()
    body(&figure.axes)
    var canvas = Canvas(theme: .light)
    for (mark, color) in figure.axes.coloredMarks {
      mark.draw(on: &canvas, in: frame, color: color)
    }
    return String(decoding: canvas.svg, as: UTF8.self)
  }

  @Test func linesGoFromSideToSide() {
    #expect(svg(in: frame()) { $0.verticalLine(at: 3) }.contains("d=\"M30 100v-100\""))
    #expect(svg(in: frame()) { $0.horizontalLine(at: 3) }.contains("d=\"M0 70h100\""))
    #expect(svg(in: frame()) { $0.horizontalLine(at: 30) } == "")
  }

  @Test func spansFillTheAreaBetweenTheirEnds() {
    #expect(
      svg(in: frame()) { $0.verticalSpan(from: 5, to: 3) }
        .hasPrefix("<rect x=\"30\" y=\"0\" width=\"20\" height=\"100\""))
    #expect(
      svg(in: frame()) { $0.horizontalSpan(from: 2, to: .infinity) }
        .hasPrefix("<rect x=\"0\" y=\"0\" width=\"100\" height=\"80\""))
    #expect(
      svg(in: frame(y: 1...100, yScale: .logarithmic)) { $0.horizontalSpan(from: -5, to: 10) }
        .hasPrefix("<rect x=\"0\" y=\"50\" width=\"100\" height=\"50\""))
    #expect(svg(in: frame()) { $0.verticalSpan(from: 20, to: 30) } == "")
    #expect(svg(in: frame()) { $0.verticalSpan(from: .nan, to: 30) } == "")
  }

  @Test func onlyTheNumberOfALineCountsForTheLimits() {
    var figure = Figure()
    figure.axes.line([0, 1])
    figure.axes.verticalLine(at: 3)
    figure.axes.horizontalLine(at: -2)
    figure.axes.verticalSpan(from: -100, to: 100)
    figure.axes.horizontalSpan(from: -100, to: 100)
    figure.axes.diagonalLine(slope: 50, intercept: 7)
    #expect(figure.axes.horizontalExtent.range == 0...3)
    #expect(figure.axes.verticalExtent.range == -2...1)
  }

  @Test func theyLieBehindLines() {
    var figure = Figure()
    figure.axes.line([0, 1])
    figure.axes.verticalLine(at: 1)
    figure.axes.bars([1, 2])
    figure.axes.verticalSpan(from: 0, to: 1)
    let marks = figure.axes.coloredMarks.map(\.mark)
    #expect(marks[0] is Span)
    #expect(marks[1] is Rules)
    #expect(marks[2] is Bars)
    #expect(marks[3] is Line)
  }

  @Test func aSlopeIsStraightThroughTheArea() {
    #expect(svg(in: frame()) { $0.diagonalLine() }.contains("d=\"M0 100l100-100\""))
    #expect(
      svg(in: frame()) { $0.diagonalLine(slope: 2, intercept: 2) }.contains("d=\"M0 80l40-80\""))
    // So steep that far-away points would bend it.
    #expect(
      svg(in: frame()) { $0.diagonalLine(slope: 1e9, intercept: -5e9) }
        .contains("d=\"M50 100v-100\""))
    #expect(
      svg(in: frame()) { $0.diagonalLine(slope: 0, intercept: 4) }.contains("d=\"M0 60h100\""))
    #expect(svg(in: frame()) { $0.diagonalLine(slope: 0, intercept: 40) } == "")
    #expect(svg(in: frame()) { $0.diagonalLine(slope: .nan) } == "")
  }

  @Test func onLogarithmicAxesASlopeIsWhatItsNumbersAre() {
    let both = frame(x: 1...100, y: 1...100, xScale: .logarithmic, yScale: .logarithmic)
    let path = svg(in: both) { $0.diagonalLine(slope: 10) }
    // Ten times as high at each place: half the area further up.
    #expect(path.contains("M0 50l"))
  }

  @Test(arguments: oddSeries) func oddNumbersDraw(_ values: [Double]) {
    #expect(
      problems { axes in
        axes.line(values, label: "line")
        for value in values {
          axes.verticalLine(at: value)
          axes.horizontalLine(at: value, label: "level")
          axes.verticalSpan(from: value, to: 1)
          axes.horizontalSpan(from: -1, to: value)
          axes.diagonalLine(slope: value, intercept: value)
        }
      } == [])
  }
}
