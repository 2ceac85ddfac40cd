import NeuralNetworks
import Tensors
import Testing

@Suite struct MetricsTests {
  @Test func accuracies() {
    #expect(
      accuracy(Tensor<Double>([[0.9, 0.1], [0.4, 0.6]]), Tensor([[1, 0], [1, 0]])).scalar == 0.5)
    #expect(
      accuracy(Tensor<Float>([[0.9], [0.4], [0.5]]), Tensor([[1], [1], [0]])).scalar == Float(2) / 3
    )
  }

  @Test func confusion() {
    let matrix = ConfusionMatrix(
      predicted: [0, 1, 1, 1], actual: [0, 0, 1, 1], classNames: ["cat", "horse"])
    #expect(matrix.counts == [[1, 1], [0, 2]])
    #expect(matrix.accuracy == 0.75)
    #expect(
      matrix.description == """
               cat  horse
          cat    1      1
        horse    0      2
        """)
  }

  @Test func decimalsAreRounded() {
    #expect(decimals(1.23456, 4) == "1.2346")
    #expect(decimals(-0.5, 2) == "-0.50")
    #expect(decimals(-0.001, 2) == "0.00")
    #expect(decimals(99.995, 2) == "100.00")
    #expect(decimals(7, 0) == "7")
    #expect(decimals(.nan, 2) == "nan")
    #expect(decimals(1e30, 2) == "1e+30")
    #expect(decimals(0.05, 1) == "0.1")
  }
}
