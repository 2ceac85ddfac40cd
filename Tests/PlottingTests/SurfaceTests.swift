import Tensors
import Testing

@testable import Plotting

@Suite struct SurfaceTests {
  private let x = (0..<12).map { Double($0) / 2 }
  private let y = (0..<9).map { Double($0) * 100 }
  private var z: Tensor<Double> {
    Tensor(y.flatMap { y in x.map { $0 * y / 100 - $0 * $0 } }, shape: [9, 12])
  }

  @Test func textsKeepApartFromEverySide() {
    for azimuth in stride(from: -180.0, through: 180, by: 30) {
      for elevation in [-90.0, -30, 0, 5, 30, 60, 90] {
        var figure = Figure()
        figure.axes.surface(
          x, y, z, azimuth: azimuth, elevation: elevation, zLabel: "a long name of the height")
        figure.axes.x.label = "first weight"
        figure.axes.y.label = "second weight"
        expectSound(figure)
      }
    }
  }

  @Test func namesAndLabelsStandAtTheAxes() {
    var figure = Figure()
    figure.axes.surface(x, y, z, zLabel: "loss")
    figure.axes.x.label = "first"
    figure.axes.y.label = "second"
    let svg = figure.svg()
    for text in [">loss<", ">first<", ">second<", ">400<", ">0<"] {
      #expect(svg.contains(text), "\(text)")
    }
  }

  @Test func whatIsNearIsDrawnLast() {
    // Seen from the corner with the least x and y, the cell there is the last.
    var figure = Figure()
    let values = Tensor<Double>([[0, 0, 9], [0, 0, 9], [9, 9, 9]])
    figure.axes.surface(
      [0.0, 1, 2], [0.0, 1, 2], values, colorMap: .grays, azimuth: -135, elevation: 40)
    let cells = elements("path", in: figure.svg()).filter { $0["stroke-width"] == ".4" }
    #expect(cells.count == 4)
    // The lowest number is the darkest.
    #expect(cells.compactMap { $0["fill"] }.min() == cells.last?["fill"])
    #expect(cells.first?["fill"] != cells.last?["fill"])
  }

  @Test func largeGridsAreThinned() {
    let many = (0..<400).map(Double.init)
    var figure = Figure()
    figure.axes.surface(many, many, Tensor<Double>(repeating: 1, shape: [400, 400]))
    let svg = figure.svg()
    #expect(elements("path", in: svg).count < 151 * 151)
    #expect(svg.utf8.count < 5_000_000)
  }

  @Test func oddNumbersGivePictures() {
    for (_, values) in oddNumbers {
      for isWireframe in [true, false] {
        var figure = Figure()
        figure.axes.surface(
          [0, 1, 2, 3, 4], [0, 1, 2, 3], values, isWireframe: isWireframe, azimuth: .nan,
          elevation: .infinity, zLabel: "z", barLabel: "z")
        expectSound(figure)
      }
    }
    var figure = Figure()
    figure.axes.surface([1.0], [Double](), Tensor<Double>(repeating: 0, shape: [0, 1]))
    expectSound(figure)
  }
}
