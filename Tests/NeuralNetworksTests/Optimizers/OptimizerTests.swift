import Foundation
import NeuralNetworks
import Tensors
import TestSupport
import Testing

@Suite struct OptimizerTests {
  /// The optimizers of the reference file, by the names it gives them.
  static let cases: [(String, any Optimizer)] = [
    ("sgd", SGD(learningRate: 0.1)),
    ("momentum", SGD(learningRate: 0.1, momentum: 0.9)),
    ("nesterov", SGD(learningRate: 0.1, momentum: 0.9, isNesterov: true)),
    ("adam", Adam(learningRate: 0.05)),
    ("adam_other", Adam(learningRate: 0.3, beta1: 0.5, beta2: 0.9, epsilon: 1e-3)),
  ]

  /// Ten steps agree with NumPy's to the rounding of a few operations a step.
  @Test(arguments: cases.indices) func tenSteps(_ index: Int) throws {
    let (name, optimizer) = Self.cases[index]
    let url = try #require(
      Bundle.module.url(forResource: "Fixtures/optimizers", withExtension: "json"))
    let object = try JSONSerialization.jsonObject(with: Data(contentsOf: url))
    let reference = ReferenceCase(try #require(object as? [String: Any]))
    let gradients = try #require(reference.array("gradients")).tensor
    let expected = try #require(reference.array(name)).tensor
    #expect(expected.shape == [10, 5])

    var w = try #require(reference.array("start")).tensor
    var slots = Views(
      Dictionary(uniqueKeysWithValues: optimizer.slots.map { ($0, Tensor<Double>.zeros([5])) }))
    for step in 0..<10 {
      optimizer.update(
        &w, gradient: gradients[step], slots: &slots, rate: Tensor(optimizer.learningRate),
        step: Tensor(Double(step + 1)))
      #expect(
        relativeDifference(w.scalars, expected[step].scalars) < 1e-14, "\(name), step \(step)")
    }
  }

  @Test func settingsThatMakeNoSense() {
    #expect(SGD(learningRate: 0.1).problem() == nil)
    #expect(Adam().problem() == nil)
    for rate in [-1, 0, Double.nan, .infinity] {
      #expect(SGD(learningRate: rate).problem()?.contains("\(rate)") == true)
      #expect(Adam(learningRate: rate).problem()?.contains("above 0") == true)
    }
    #expect(SGD(momentum: 1).problem()?.contains("momentum is 1.0") == true)
    #expect(Adam(beta1: -0.1).problem()?.contains("beta1") == true)
    #expect(Adam(beta2: 1).problem()?.contains("beta2") == true)
    #expect(Adam(epsilon: 0).problem()?.contains("epsilon") == true)
  }
}
