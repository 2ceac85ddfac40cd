import Tensors
import Testing

@Suite struct GraphTests {
  @Test func gradientOfSquares() {
    let slope = valueAndGradient(of: { (x: Tensor<Double>) in (x * x).sum() })
    let result = slope(Tensor([3, 4]))
    #expect(result.value.scalar == 25)
    #expect(result.gradient.scalars == [6, 8])
  }

  @Test func gradientOfTwoArguments() {
    let f = gradient(of: { (x: Tensor<Double>, w: Tensor<Float>) in
      (x.matmul(Tensor<Double>(w)) * 2).sum()
    })
    let (dx, dw) = f([[1, 2], [3, 4]], [[1], [10]])
    #expect(dx.scalars == [2, 20, 2, 20])
    #expect(dw.scalars == [8, 12])
  }

  @Test func secondDerivative() {
    let second = gradient(of: { (x: Tensor<Double>) in
      gradient(of: { (y: Tensor<Double>) in (y * y * y).sum() })(x).sum()
    })
    #expect(second(Tensor([1, 2])).scalars == [6, 12])
    let compiled = compile(second)
    #expect(compiled(Tensor([1, 2])).scalars == [6, 12])
    #expect(compiled(Tensor([3])).scalars == [18])
  }

  @Test func compiledStep() {
    let w = Tensor<Double>([0.5, -0.25])
    let step = compile { (w: Tensor<Double>, x: Tensor<Double>, y: Tensor<Double>) in
      let (loss, slope) = valueAndGradient(of: { (w: Tensor<Double>) in
        square(tanh(x.matmul(w)) - y).mean()
      })(w)
      return (loss, w - slope * 0.1)
    }
    var current = w
    var losses: [Double] = []
    for _ in 0..<50 {
      let (loss, next) = step(current, [[1, 2], [3, 4], [-1, 0.5]], [0.2, 0.1, -0.4])
      losses.append(loss.scalar)
      current = next
    }
    #expect(losses[49] < losses[0] * 0.5)
  }
}
