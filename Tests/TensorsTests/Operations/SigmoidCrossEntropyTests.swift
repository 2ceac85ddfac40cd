import CKernels
import Tensors
import TestSupport
import Testing

@Suite struct SigmoidCrossEntropyTests {
  /// Of targets from 0 to 1 both terms are positive, so nothing cancels.
  private func definition(_ x: Double, _ t: Double) -> Double {
    x * (x < 0 ? -t : 1 - t) + CKernels.log1p(CKernels.exp(-x.magnitude))
  }

  @Test func agreesWithItsDefinition() {
    func check<Scalar: FloatingScalar>(_: Scalar.Type) {
      var random = SeededGenerator(seed: 21)
      for count in lengthsAroundVectors {
        let x: [Scalar] = random.scalars(count, in: -30...30)
        let t: [Scalar] = random.scalars(count, in: 0...1).map {
          random.once(in: 3) ? $0.rounded() : $0
        }
        let expected = zip(x, t).map { Scalar(definition(Double($0), Double($1))) }
        for (x, t) in zip(View.vectors(x), View.vectors(t).reversed()) {
          let problem = difference(
            sigmoidCrossEntropy(x.tensor, t.tensor).scalars, from: expected, ulps: 4)
          #expect(problem == nil, "\(Scalar.self), \(x.name), \(t.name)")
        }
      }
    }
    check(Float.self)
    check(Double.self)
  }

  @Test func largeAndStrangeNumbers() {
    let x: Tensor<Double> = Tensor([800, 800, -800, -800, 0, .infinity, .nan])
    let t: Tensor<Double> = Tensor([1, 0, 1, 0, 0.5, 0, 1])
    let result = sigmoidCrossEntropy(x, t).scalars
    #expect(result.dropLast() == [0, 800, 800, 0, CKernels.log(2), .infinity])
    #expect(result[6].isNaN)
  }

  @Test func broadcasts() {
    let table = sigmoidCrossEntropy(Tensor<Double>([0, 1]), Tensor([[0], [1]]))
    #expect(table.shape == [2, 2])
    #expect(
      table[0].scalars == sigmoidCrossEntropy(Tensor<Double>([0, 1]), Tensor([0, 0])).scalars)
  }
}
