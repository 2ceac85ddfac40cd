import Testing

@testable import Plotting

@Suite struct BarsTests {
  @Test func barsStandOnZeroAsHighAsTheyAre() {
    let bars = marks(Bars.self) { $0.bars([2, -1, 10], width: 0.5) }
    #expect(
      bars[0].boxes(in: frame(x: 0...10, y: -10...10)) == [
        Box(left: -2, top: 40, right: 2.5, bottom: 50),
        Box(left: 7.5, top: 50, right: 12.5, bottom: 55),
        Box(left: 17.5, top: 0, right: 22.5, bottom: 50),
      ])
    #expect(bars[0].horizontalExtent.range == -0.25...2.25)
    #expect(bars[0].verticalExtent.range == -1...10)
  }

  @Test func lyingBarsStartAtZero() {
    let bars = marks(Bars.self) { $0.bars([2, 4], width: 1, isHorizontal: true) }
    #expect(
      bars[0].boxes(in: frame(x: 0...10, y: -0.5...1.5)) == [
        Box(left: 0, top: 50, right: 20, bottom: 100), Box(left: 0, top: 0, right: 40, bottom: 50),
      ])
    #expect(bars[0].verticalTicks?.map(\.value) == [0, 1])
    #expect(bars[0].horizontalTicks == nil)
  }

  @Test func theirFeetHaveNoMargin() {
    let up = marks(Bars.self) { $0.bars([1, 2]) }[0]
    #expect(up.verticalExtent.limits(scale: .linear) == 0...2.1)
    let down = marks(Bars.self) { $0.bars([-1, -2]) }[0]
    #expect(down.verticalExtent.limits(scale: .linear) == (-2.1)...0)
  }

  @Test func groupsStandSideBySideAroundTheirCategory() {
    let bars = marks(Bars.self) {
      $0.bars(groups: [("a", [1, 2]), ("b", [3, 4])], categories: ["x", "y"], width: 0.8)
    }
    #expect(zip(bars[0].places, [-0.2, 0.8]).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(zip(bars[1].places, [0.2, 1.2]).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(bars[0].width <= 0.4)
    #expect(bars.map { $0.horizontalTicks?.map(\.value) } == [[0, 1], [0, 1]])
  }

  @Test func stacksGrowBothWaysFromZero() {
    let bars = marks(Bars.self) {
      $0.bars(
        groups: [("a", [1, -1]), ("b", [2, .nan]), ("c", [-4, -2])], arrangement: .stacked)
    }
    #expect(bars.map(\.feet) == [[0, 0], [1, 0], [0, -1]])
    #expect(bars[0].ends == [1, -1])
    #expect(bars[1].ends[0] == 3)
    #expect(bars[2].ends == [-4, -3])
    #expect(bars[1].boxes(in: frame())[1] == nil)
  }

  @Test func onALogarithmicAxisTheyStartAtTheLowerLimit() {
    let bars = marks(Bars.self) { $0.bars([10, 0, -3, 0.1]) }[0]
    let boxes = bars.boxes(in: frame(x: 0...10, y: 0.1...10, yScale: .logarithmic))
    #expect(boxes[0]?.top == 0)
    #expect(boxes[0]?.bottom == 100)
    #expect(boxes[1] == nil)
    #expect(boxes[2] == nil)
    #expect(boxes[3]?.height == 0)
  }

  @Test func numbersAreWrittenWhereTheyFit() {
    func texts(_ heights: [Double], width: Double) -> [String] {
      var figure = Figure(width: width, height: 2)
      figure.axes.isBare = true
      figure.axes.bars(heights, showsValues: true)
      let parts = figure.svg().split(separator: "<text").dropFirst()
      return parts.map { String($0.drop { $0 != ">" }.dropFirst().prefix { $0 != "<" }) }
    }
    #expect(texts([1, 12_345, 0.123456, -3], width: 4) == ["1", "12345", "0.123", "−3"])
    #expect(texts([.nan, 2], width: 4) == ["2"])
    // A hundred bars leave no room for any.
    #expect(texts((0..<100).map { Double($0) + 0.123 }, width: 2) == [])
  }

  @Test func ofOverlaidBarsTheLongestHasItsNumber() {
    let bars = marks(Bars.self) {
      $0.bars(
        groups: [("a", [3, 1, -5]), ("b", [2, 1, 4])], arrangement: .overlaid, showsValues: true)
    }
    // −5 hangs and 4 stands, so both can be read.
    #expect(bars.map(\.hidden) == [[1], [0]])
    #expect(bars[0].opacity < 1)
  }

  @Test func manyThinBarsAreJoinedFromTheLowestToTheHighest() {
    var figure = Figure()
    let heights = (0..<100_000).map { Double(($0 * 7919) % 1000) - 500 }
    figure.axes.bars(heights)
    let bytes = figure.svg().utf8.count
    #expect(bytes < 200_000)
    let bars = marks(Bars.self) { $0.bars([1, 5, -3, 2], width: 1) }[0]
    var canvas = Canvas(theme: .light)
    // Four bars in four hundredths of a point.
    bars.draw(on: &canvas, in: frame(x: -0.5...9999.5, y: -10...10), color: .blue)
    #expect(
      String(decoding: canvas.svg, as: UTF8.self)
        == "<rect x=\"0\" y=\"25\" width=\"0.04\" height=\"40\" fill=\"#0072B2\" class=\"f-0\"/>\n"
        .replacing("\"0.04\"", with: "\".04\""))
  }

  @Test func eachBarHasItsColor() {
    var figure = Figure()
    figure.axes.bars([1, 2], colors: [Color(hex: 0x123456), Color(hex: 0x654321)])
    let svg = figure.svg()
    #expect(svg.contains("#123456") && svg.contains("#654321"))
  }

  @Test(arguments: oddSeries) func oddNumbersDraw(_ values: [Double]) {
    for isHorizontal in [false, true] {
      #expect(
        problems { axes in
          axes.bars(
            values, categories: values.indices.map { "<\($0)> & co" }, label: "a<b",
            isHorizontal: isHorizontal,
            errors: values, showsValues: true)
        } == [])
      for arrangement in Axes.Arrangement.allCases {
        #expect(
          problems { axes in
            axes.bars(
              groups: [("a", values), ("b", values.reversed()), ("c", values)],
              arrangement: arrangement, isHorizontal: isHorizontal,
              errors: [values, values, values],
              showsValues: true)
          } == [], "\(arrangement)")
      }
    }
  }

  @Test func noGroupsDraw() {
    #expect(problems { $0.bars(groups: [], arrangement: .stacked) } == [])
    #expect(problems { $0.bars([1, 2], width: .nan) } == [])
    #expect(problems { $0.bars([1, 2], width: -3, opacity: .nan) } == [])
  }
}
