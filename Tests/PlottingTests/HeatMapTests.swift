import Foundation
import Tensors
import Testing

@testable import Plotting

@Suite struct HeatMapTests {
  @Test func rowZeroIsAtTheTop() throws {
    var figure = Figure()
    figure.axes.heatMap(Tensor<Double>([[0, 1, 2], [3, 4, 5]]), colorMap: .grays)
    let cells = elements("rect", in: figure.svg()).filter {
      $0["fill"] != "#FFFFFF" || $0["x"] != "0"
    }
    #expect(
      cells.map { $0["fill"] } == [
        "#000000", "#333333", "#666666", "#999999", "#CCCCCC", "#FFFFFF",
      ])
    let x = cells.compactMap { Double($0["x"] ?? "") }
    let y = cells.compactMap { Double($0["y"] ?? "") }
    #expect(x[0] < x[1] && x[1] < x[2] && x[0] == x[3])
    #expect(y[0] == y[2] && y[0] < y[3])
    // The columns are equally wide, to the hundredth that is written.
    #expect(abs((x[1] - x[0]) - (x[2] - x[1])) <= 0.02)
  }

  @Test func numbersAreReadable() {
    func luminance(_ color: Color) -> Double {
      let (red, green, blue) = Theme.light.bytes(of: color)
      func linear(_ byte: UInt8) -> Double {
        let part = Double(byte) / 255
        return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
      }
      return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }
    for map in [ColorMap.viridis, .coolwarm, .grays, .blues] {
      for step in 0...100 {
        let cell = map[Double(step) / 100]
        let (a, b) = (luminance(cell), luminance(cell.contrasting))
        // What WCAG 2.1 asks of text; black or white always reaches it.
        #expect((max(a, b) + 0.05) / (min(a, b) + 0.05) >= 4.5, "\(cell)")
      }
    }
  }

  @Test func numbersAreWrittenAsAskedFor() {
    func texts(_ values: [Double], digits: Int?) -> [String] {
      var figure = Figure()
      figure.axes.heatMap(
        Tensor(values, shape: [1, values.count]), rowNames: ["r"],
        columnNames: values.map { _ in "c" }, showsNumbers: true, digits: digits)
      return figure.svg().split(separator: "<text ").dropFirst().compactMap { text in
        let content = text.drop { $0 != ">" }.dropFirst().prefix { $0 != "<" }
        return content == "r" || content == "c" ? nil : String(content)
      }
    }
    #expect(texts([12, 0.12345, -3], digits: nil) == ["12", "0.123", "−3"])
    #expect(texts([12, 0.125, -3.999], digits: 2) == ["12.00", "0.13", "−4.00"])
    #expect(texts([0.04, -0.04, 0.96], digits: 1) == ["0.0", "0.0", "1.0"])
    #expect(texts([1.5, 2.4], digits: 0) == ["2", "2"])
    #expect(texts([.nan, 1], digits: 0) == ["1"])
  }

  @Test func numbersAreSmallerOrLeftOutWhereRoomIsScarce() {
    func sizes(_ count: Int) -> Set<String> {
      var figure = Figure(width: 4, height: 4)
      figure.axes.heatMap(
        Tensor<Int>(repeating: 100, shape: [count, count]), showsNumbers: true)
      figure.axes.x.ticks = .none
      figure.axes.y.ticks = .none
      return Set(elements("text", in: figure.svg()).map { $0["font-size"] ?? "10" })
    }
    #expect(sizes(5) == ["10"])
    #expect(sizes(18).count == 1)
    #expect(sizes(18).allSatisfy { (Double($0) ?? 0) < 10 })
    #expect(sizes(45).isEmpty)
  }

  @Test func namesAndNumbersKeepApart() {
    var random = RandomState(seed: 2)
    for (rows, columns) in [(1, 1), (3, 10), (10, 10), (25, 40), (60, 70)] {
      var figure = Figure()
      let values: Tensor<Double> = random.standardNormal([rows, columns])
      figure.axes.heatMap(
        values, rowNames: (0..<rows).map { "<\($0)>" }, showsNumbers: true, digits: 2,
        barLabel: "value")
      expectSound(figure)
    }
  }

  @Test func oddNumbersGivePictures() {
    for (_, values) in oddNumbers {
      var figure = Figure()
      figure.axes.heatMap(values, showsNumbers: true, barLabel: "z")
      expectSound(figure)
    }
    var figure = Figure()
    figure.axes.heatMap(Tensor<Int>(repeating: 1, shape: [3, 0]), showsNumbers: true)
    expectSound(figure)
  }
}
