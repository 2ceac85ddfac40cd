import Foundation
import NeuralNetworks
import Tensors
import TestSupport
import Testing

@Suite struct LossTests {
  let p: Tensor<Double> = [[0.7, 0.2, 0.1], [0.1, 0.3, 0.6]]
  let t: Tensor<Double> = [[1, 0, 0], [0, 1, 0]]

  @Test func meanSquaredError() {
    #expect(MeanSquaredError()(Tensor<Double>([[1], [2]]), Tensor([[1], [4]])).scalar == 2)
  }

  @Test func crossEntropies() {
    let categorical: Double = -(Foundation.log(0.7) + Foundation.log(0.3)) / 2
    #expect(abs(CategoricalCrossEntropy()(p, t).scalar - categorical) < 1e-15)
    let right: [Double] = [0.7, 1 - 0.2, 1 - 0.1, 1 - 0.1, 0.3, 1 - 0.6]
    let binary: Double = right.reduce(0) { $0 - Foundation.log($1) } / 6
    #expect(abs(BinaryCrossEntropy()(p, t).scalar - binary) < 1e-15)
  }

  /// Outside of a trace probabilities are cut to 1e−7 … 1 − 1e−7: a certain mistake costs −log
  /// 1e−7.
  @Test func certainMistakesOfBareProbabilities() {
    let wrong: Tensor<Double> = [[0, 1]]
    let target: Tensor<Double> = [[1, 0]]
    #expect(abs(CategoricalCrossEntropy()(wrong, target).scalar + Foundation.log(1e-7)) < 1e-12)
    #expect(abs(BinaryCrossEntropy()(wrong, target).scalar + Foundation.log(1e-7)) < 1e-9)
  }

  /// Of a traced softmax or sigmoid the loss is computed from its argument: it stays exact where
  /// the probability underflows.
  @Test func certainMistakesOfANetwork() {
    let target: Tensor<Double> = [[1, 0]]
    let logits: Tensor<Double> = [[-1000, 1000]]
    let (loss, slope) = valueAndGradient(of: { (z: Tensor<Double>) in
      CategoricalCrossEntropy()(softmax(z), target)
    })(logits)
    #expect(loss.scalar == 2000)
    #expect(slope.scalars == [-1, 1])
    let (binary, binarySlope) = valueAndGradient(of: { (z: Tensor<Double>) in
      BinaryCrossEntropy()(sigmoid(z), target)
    })(logits)
    #expect(binary.scalar == 1000)
    #expect(binarySlope.scalars == [-0.5, 0.5])
  }

  /// The gradient by the argument of the last activation is the textbook's: (p − t) over the count.
  @Test func gradientsByLogits() {
    let z: Tensor<Double> = [[0.3, -1.2, 0.5], [2, 0.1, -0.4]]
    let target = t
    let categorical = gradient(of: { CategoricalCrossEntropy()(softmax($0), target) })(z)
    #expect(relativeDifference(categorical.scalars, ((softmax(z) - t) / 2).scalars) < 1e-15)
    let binary = gradient(of: { BinaryCrossEntropy()(sigmoid($0), target) })(z)
    #expect(relativeDifference(binary.scalars, ((sigmoid(z) - t) / 6).scalars) < 1e-15)
    let squared = gradient(of: { MeanSquaredError()($0, target) })(z)
    #expect(relativeDifference(squared.scalars, ((z - t) / 3).scalars) < 1e-15)
  }

  /// Smoothing spreads a part of the targets over the classes.
  @Test func labelSmoothing() {
    let smoothed = CategoricalCrossEntropy(labelSmoothing: 0.3)(p, t).scalar
    let by = t * 0.7 + 0.1
    #expect(abs(smoothed - -(by * Tensors.log(p)).sum().scalar / 2) < 1e-15)
    #expect(
      CategoricalCrossEntropy(labelSmoothing: 0.3).evaluationLoss == CategoricalCrossEntropy())
    #expect(
      CategoricalCrossEntropy(labelSmoothing: 1).problem(outputs: 3, targets: t)?
        .contains("smoothing is 1.0") == true)
  }

  @Test func targetsThatDoNotFit() {
    let words = CategoricalCrossEntropy().problem(outputs: 3, targets: Tensor<Double>([[0, 2, 0]]))
    #expect(words?.contains("2.0") == true)
    #expect(
      CategoricalCrossEntropy().problem(outputs: 1, targets: t)?.contains("2 or more") == true)
    #expect(BinaryCrossEntropy().problem(outputs: 1, targets: Tensor<Double>([[-1]])) != nil)
    #expect(CategoricalCrossEntropy().problem(outputs: 3, targets: t) == nil)
    #expect(BinaryCrossEntropy().problem(outputs: 3, targets: t) == nil)
    #expect(MeanSquaredError().problem(outputs: 3, targets: t) == nil)
  }
}
