import Tensors
import Testing

@Suite struct DiagonalTests {
  private let cube = Tensor(Array(0..<24), shape: [2, 3, 4])

  @Test func examplesOfTheDocumentation() throws {
    let a: Tensor<Int> = [[1, 2, 3], [4, 5, 6]]
    #expect(a.diagonal() == Tensor([1, 5]))
    #expect(a.diagonal(offset: 1) == Tensor([2, 6]))
    let b: Tensor<Int> = [[1, 2], [3, 4]]
    #expect(b.trace() == Tensor(5))
    #expect(try Shape([2, 3, 4]).diagonal(offset: 1) == [4, 2])
  }

  @Test func ofViews() {
    let turned = cube.transposed()[.stride(by: -1), .stride(by: 2)]
    let plain = Tensor(turned.scalars, shape: turned.shape)
    for offset in -4...4 {
      for axes in [(0, 1), (1, 0), (-1, 0), (1, 2)] {
        #expect(
          turned.diagonal(offset: offset, axes: axes) == plain.diagonal(offset: offset, axes: axes))
      }
    }
  }

  /// Offsets far beyond the matrix have no elements, whatever they are.
  @Test func offsetsBeyond() {
    for offset in [3, -3, Int.max, Int.min, Int.min + 1] {
      #expect(cube.diagonal(offset: offset, axes: (0, 1)).count == 0)
      #expect(cube.trace(offset: offset, axes: (0, 1)) == .zeros([4]))
    }
    #expect(Tensor<Int>.zeros([0, 3, 2]).diagonal(offset: 1, axes: (1, 2)).shape == [0, 1])
  }

  @Test func gradientOfTheGradient() {
    let f = { @Sendable (x: Tensor<Double>) in
      let diagonal = x.diagonal(offset: -1)
      return (diagonal * diagonal * diagonal).sum()
    }
    let x: Tensor<Double> = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
    #expect(gradient(of: f)(x) == [[0, 0, 0], [48, 0, 0], [0, 192, 0]])
    let second = gradient(of: { (y: Tensor<Double>) in gradient(of: f)(y).sum() })
    #expect(second(x) == [[0, 0, 0], [24, 0, 0], [0, 48, 0]])
    let compiled = compile(second)
    #expect(compiled(x) == second(x))
  }

  /// A plan writes the parts of a diagonal's gradient where they belong, also beside other uses of
  /// the matrix.
  @Test func inPlans() {
    let f = { @Sendable (x: Tensor<Double>) in
      let square = x.matmul(x)
      return square.trace() + (square * 2).diagonal(offset: 1).sum() + x.trace(offset: -1)
    }
    let x: Tensor<Double> = [[1, 2], [3, 4]]
    let value = compile(f)
    #expect(value(x) == f(x))
    let step = gradient(of: f)
    let slope = compile(step)
    #expect(slope(x) == step(x))
    #expect(step(x) == [[6, 16], [5, 12]])
  }
}
