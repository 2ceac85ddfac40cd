import Testing

@testable import Plotting

@Suite struct AnnotationTests {
  private func canvas(in frame: Frame, _ body: (inout Axes) -> Void) -> Canvas {
    var figure = Figure()
    body(&figure.axes)
    var canvas = Canvas(theme: .light)
    for (mark, color) in figure.axes.coloredMarks {
      mark.draw(on: &canvas, in: frame, color: color)
    }
    return canvas
  }

  @Test func textStandsAtItsPlace() throws {
    let box = try #require(canvas(in: frame()) { $0.text("a", x: 5, y: 5) }.texts.first)
    #expect(abs(box.center.x - 50) < 0.001)
    #expect(box.contains(Point(50, 50)))
    let start = try #require(
      canvas(in: frame()) { $0.text("a", x: 5, y: 5, anchor: .start, alignment: .bottom) }
        .texts.first)
    #expect(start.left == 50)
    #expect(abs(start.bottom - 50) < 0.001)
  }

  @Test func textIsMovedInsideOfTheArea() throws {
    for (x, y) in [(0.0, 0.0), (10, 10), (0, 10), (10, 0)] {
      let canvas = canvas(in: frame()) { $0.text("at a corner", x: x, y: y) }
      let box = try #require(canvas.texts.first)
      #expect(box.left >= 0 && box.right <= 100 && box.top >= 0 && box.bottom <= 100)
    }
  }

  @Test func textWiderThanTheAreaIsCut() throws {
    let long = String(repeating: "long ", count: 50)
    let canvas = canvas(in: frame()) { $0.text(long, x: 5, y: 5) }
    #expect(try #require(canvas.texts.first).width <= 100)
    #expect(String(decoding: canvas.svg, as: UTF8.self).contains("…"))
  }

  @Test func textsKeepApart() {
    let texts = canvas(in: frame()) { axes in
      for _ in 0..<4 { axes.text("same place", x: 5, y: 5) }
    }.texts
    #expect(texts.count == 4)
    for (index, text) in texts.enumerated() {
      #expect(!texts[(index + 1)...].contains(where: text.overlaps))
    }
    // Where there is no room for all, those that have none are left out.
    let crowd = canvas(in: frame()) { axes in
      for _ in 0..<500 { axes.text("same place", x: 5, y: 5) }
    }.texts
    #expect(crowd.count >= 4 && crowd.count < 500)
  }

  @Test func linesStandBelowOneAnother() {
    let texts = canvas(in: frame()) { $0.text("one\n\ntwo", x: 5, y: 5) }.texts
    #expect(texts.count == 2)
    #expect(texts[1].top - texts[0].top > 1.9 * 9)
    #expect(abs((texts[0].top + texts[1].bottom) / 2 - 50) < 2)
  }

  @Test func outsideOfTheLimitsNothingIsShown() {
    #expect(canvas(in: frame()) { $0.text("a", x: 50, y: 5) }.svg == [])
    #expect(canvas(in: frame()) { $0.text("a", x: .nan, y: 5) }.svg == [])
    var figure = Figure()
    figure.axes.line([0, 1])
    figure.axes.text("there", x: 5, y: 9)
    #expect(figure.axes.horizontalExtent.range == 0...5)
    #expect(figure.axes.verticalExtent.range == 0...9)
  }

  @Test func anArrowEndsAtItsTip() {
    let svg = String(
      decoding: canvas(in: frame()) { $0.arrow(from: (1, 5), to: (9, 5)) }.svg, as: UTF8.self)
    #expect(svg.contains("d=\"M10 50h"))
    // The head's first corner is the tip.
    #expect(svg.contains("d=\"M90 50l"))
  }

  @Test func anArrowBeginsOutsideOfItsText() throws {
    let canvas = canvas(in: frame()) { $0.arrow(from: (5, 9), to: (5, 1), text: "down") }
    let box = try #require(canvas.texts.first)
    #expect(String(decoding: canvas.svg, as: UTF8.self).contains("M50 90l"))
    let start = (box.bottom + 2) * 100
    let written = "M50 " + (start.rounded() / 100).description
    #expect(String(decoding: canvas.svg, as: UTF8.self).contains(written))
  }

  @Test(arguments: oddSeries) func oddNumbersDraw(_ values: [Double]) {
    #expect(
      problems { axes in
        axes.line(values)
        for (index, value) in values.enumerated() {
          axes.text("<\(index)> & \"text\"\nbelow", x: Double(index), y: value, size: value)
          axes.arrow(
            from: (Double(index), value), to: (value, value), text: "arrow", width: value)
        }
      } == [])
  }
}
