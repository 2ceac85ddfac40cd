import TestSupport
import Tensors
import Testing

@Suite struct NormTests {
  @Test func examplesOfTheDocumentation() {
    let x: Tensor<Double> = [[3, 4], [6, 8]]
    #expect(x.norm().scalar == 11.180339887498949)
    #expect(x.norm(axis: 1) == Tensor([5, 10]))
    #expect(x.norm(1) == Tensor(12))
  }

  @Test func gradients() {
    let x: Tensor<Double> = [[3, -4], [6, 8]]
    let orders: [NormOrder?] = [nil, .frobenius, 1, .infinity, -1, .negativeInfinity]
    for order in orders {
      let f = { @Sendable (x: Tensor<Double>) in x.norm(order) }
      let slope = Tensors.gradient(of: f)(x)
      for index in 0..<4 {
        let unit = Tensor<Double>.oneHot([index], classes: 4).reshaped(2, 2) * 1e-6
        let expected = (f(x + unit) - f(x - unit)).scalar / 2e-6
        #expect(abs(slope.scalars[index] - expected) < 1e-8, "\(order as Any)")
      }
      let traced = compile(f)
      #expect(traced(x) == f(x))
    }
    let f = { @Sendable (x: Tensor<Double>) in x.norm(3, axis: 0).sum() }
    let traced = compile(f)
    #expect(traced(x) == f(x))
  }

  /// A matrix that is not finite has no singular values; it doesn't spoil those of others.
  @Test func ofElementsThatAreNotFinite() {
    var stack = Tensor<Double>.ones([3, 2, 2])
    stack[1, 0, 0] = Tensor(.nan)
    stack[2, 1, 1] = Tensor(.infinity)
    for order in [2, -2, NormOrder.nuclear] {
      let norms = stack.norm(order, axes: [1, 2]).scalars
      #expect(norms[0].isFinite)
      #expect(norms[1].isNaN && norms[2].isNaN)
      let kept = stack.norm(order, axes: [2, 1], keepingAxes: true)
      #expect(kept.shape == [3, 1, 1])
    }
    #expect(stack.norm(axes: [1, 2]).scalars[2] == .infinity)
    #expect(stack.norm(1, axes: [1, 2]).scalars[1].isNaN)
  }

  @Test func conditionNumbers() throws {
    let a: Tensor<Double> = [[1, 0], [0, 4]]
    #expect(try a.conditionNumber() == Tensor(4))
    #expect(try a.conditionNumber(-2) == Tensor(0.25))
    var stack = Tensor<Double>.ones([3, 2, 2])
    stack[0] = a
    stack[1, 0, 0] = Tensor(.nan)
    let numbers = try stack.conditionNumber(1).scalars
    #expect(numbers[0] == 4 && numbers[1].isNaN && numbers[2] == .infinity)
  }

  @Test func singularValuesCannotBeTraced() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let norm = compile { (x: Tensor<Double>) in x.norm(2) }
      _ = norm(Tensor<Double>.ones([2, 2]))
    }
    let text = result.map { String(decoding: $0.standardErrorContent, as: UTF8.self) } ?? ""
    #expect(text.contains("a norm by singular values needs the elements of its operands"))
  }
}
