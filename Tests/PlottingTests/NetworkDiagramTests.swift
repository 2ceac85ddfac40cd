import Tensors
import Testing

@testable import Plotting

@Suite struct NetworkDiagramTests {
  private func columns(_ layers: [Int]) -> [NetworkDiagram.Column] {
    layers.enumerated().map { layer, count in
      NetworkDiagram.Column(
        x: Double(layer), units: (0..<count).map { ($0, Double($0)) })
    }
  }

  @Test func connectionsHaveSignAndStrength() {
    let diagram = NetworkDiagram(
      layers: [2, 3], weights: [[1, -4, 0, .nan, 2, -.infinity]], names: [])
    let connections = diagram.connections(between: columns([2, 3]))
    // Neither 0 nor NaN is a connection; the largest finite weight is the measure.
    #expect(connections.map(\.strength) == [0.25, 1, 0.5, 1])
    #expect(connections.map(\.isPositive) == [true, false, true, false])
    #expect(connections[2].start == Point(0, 1))
    #expect(connections[2].end == Point(1, 1))
  }

  @Test func theStrongestConnectionsAreKept() {
    let layers = [60, 60]
    let weights = (1...3600).map { (number: Int) -> Double in
      number % 2 == 0 ? Double(number) : -Double(number)
    }
    let diagram = NetworkDiagram(layers: layers, weights: [weights], names: [])
    let all = diagram.connections(between: columns(layers))
    #expect(all.count == 3600)
    let kept = diagram.strongest(all)
    #expect(kept.count == 2000)
    #expect(kept.allSatisfy { ($0.strength ?? 0) > 1600 / 3600.0 })
  }

  @Test func unitsAndConnectionsAreDrawn() {
    var figure = Figure()
    figure.axes.network(layers: [3, 4, 2], names: ["in", "hidden", "out"])
    let svg = figure.svg()
    #expect(elements("circle", in: svg).count == 9)
    let lines = elements("path", in: svg).map { ($0["d"] ?? "").filter { $0 == "M" }.count }
    #expect(lines == [3 * 4 + 4 * 2])
    for text in [">hidden<", ">3 units<", ">2 units<"] { #expect(svg.contains(text), "\(text)") }
  }

  @Test func longLayersAreShortened() {
    var figure = Figure()
    figure.axes.network(layers: [784, 10])
    let svg = figure.svg()
    // Thirteen units and three dots for the long one.
    #expect(elements("circle", in: svg).count == 13 + 3 + 10)
    #expect(svg.contains(">784 units<"))
  }

  @Test func manyLayersSayWhatIsLeftOut() {
    var figure = Figure(width: 14, height: 5)
    figure.axes.network(layers: [Int](repeating: 14, count: 15))
    let svg = figure.svg()
    #expect(svg.contains("the strongest 2000 of \(14 * 14 * 14) connections"))
    let lines = elements("path", in: svg).map { ($0["d"] ?? "").filter { $0 == "M" }.count }
    #expect(lines == [2000])
    expectSound(figure)
  }

  @Test func oddNetworksGivePictures() {
    for layers in [[], [1], [1, 1], [1_000_000_000, 1], [Int](repeating: 3, count: 100)] {
      var figure = Figure()
      figure.axes.network(layers: layers, names: layers.map { "layer of \($0) <units> & more" })
      expectSound(figure)
    }
    for weights in [[0, 0], [.nan, .nan], [.infinity, 1], [.leastNonzeroMagnitude, -3e38]]
      as [[Float]]
    {
      var figure = Figure()
      figure.axes.network(layers: [1, 2], weights: [Tensor(weights, shape: [1, 2])])
      expectSound(figure)
    }
  }
}
