import Plotting
import Tensors
import TestSupport
import Testing

/// A hundred thousand points of any mark stay under five megabytes.
@Suite struct ManyPointsTests {
  private static let count = 100_000
  /// Points all over the area, in no order.
  private static let x = numbers(seed: 1)
  private static let y = numbers(seed: 2)

  private static func numbers(seed: UInt64) -> [Double] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in Double.random(in: 0...1, using: &generator) }
  }

  private func expectSmall(
    _ name: String, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: (inout Axes) -> Void
  ) {
    var figure = Figure()
    body(&figure.axes)
    let size = figure.svg().utf8.count
    #expect(size < 5_000_000, "\(name): \(size) bytes", sourceLocation: sourceLocation)
  }

  @Test(arguments: Marker.allCases) func points(_ marker: Marker) {
    let (x, y) = (Self.x, Self.y)
    expectSmall("opaque") { $0.scatter(x, y, label: "a", marker: marker) }
    expectSmall("translucent") { $0.scatter(x, y, marker: marker, opacity: 0.5) }
    expectSmall("with edges") { $0.scatter(x, y, marker: marker, edge: .white, opacity: 0.5) }
  }

  @Test func pointsOfManyColors() {
    let (x, y) = (Self.x, Self.y)
    expectSmall("values") { $0.scatter(x, y, values: y, opacity: 0.5) }
    expectSmall("classes") { $0.scatter(x, y, classes: x.indices.map { $0 % 7 }) }
  }

  @Test func linesAndAreas() {
    let (x, y) = (Self.x, Self.y)
    expectSmall("in order") { $0.line(y, label: "a", marker: .plus) }
    expectSmall("in no order") { $0.line(x, y, marker: .diamond, opacity: 0.5) }
    let places = x.indices.map(Double.init)
    expectSmall("band") { $0.band(places, from: y, to: y.map { $0 + 1 }, label: "a") }
  }

  @Test func barsAndWhiskers() {
    let (x, y) = (Self.x, Self.y)
    expectSmall("bars") { $0.bars(y, label: "a") }
    expectSmall("histogram") { $0.histogram(x, bins: 1000) }
    let small = y.map { $0 / 20 }
    expectSmall("error bars") {
      $0.errorBars(x, y, yErrors: small, xErrors: small, label: "a", opacity: 0.5)
    }
    // Half of them lie far out.
    expectSmall("boxes") { $0.boxes(groups: [y.map { $0 < 0.2 ? $0 * 1000 : 0 }]) }
  }

  @Test func tables() {
    let table = Tensor(Array(Self.x.prefix(90_000)), shape: [300, 300])
    expectSmall("heat map") { $0.heatMap(table) }
    expectSmall("image") { $0.image(table) }
    let places = (0..<300).map(Double.init)
    let wave = Tensor(
      places.flatMap { row in places.map { ($0 - 150) * ($0 - 150) + row * row } },
      shape: [300, 300])
    expectSmall("contours") {
      $0.filledContours(places, places, wave)
      $0.contours(places, places, wave, isLabeled: true)
    }
    expectSmall("surface") { $0.surface(places, places, wave) }
  }
}
