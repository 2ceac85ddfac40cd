import TestSupport
import Tensors
import Testing

/// Products of tensors; the cases of the reference go through all shapes.
@Suite struct ProductTests {
  private func draw(_ shape: Shape, seed: UInt32 = 1) -> Tensor<Double> {
    var random = RandomState(seed: seed)
    return random.standardNormal(shape)
  }

  @Test func examplesOfTheDocumentation() throws {
    #expect(Tensor<Int>([1, 2, 3]).dot(Tensor([4, 5, 6])) == Tensor(32))
    #expect(Tensor<Int>([1, 2]).outer(Tensor([3, 4, 5])) == [[3, 4, 5], [6, 8, 10]])
    let a: Tensor<Int> = [[1, 2], [3, 4]]
    #expect(a.inner(Tensor([1, 10])) == Tensor([21, 43]))
    #expect(a.vectorDot(.ones([4])) == Tensor(10))
    #expect(a.tensorDot(a, axes: ([0], [1])) == [[7, 15], [10, 22]])
    #expect(Tensor<Int>([1, 10]).kronecker(Tensor([1, 2, 3])) == Tensor([1, 2, 3, 10, 20, 30]))
    #expect(Tensor<Int>([1, 0, 0]).cross(Tensor([0, 1, 0])) == Tensor([0, 0, 1]))
    #expect(try Shape.dot([5, 2, 3], [3, 4]) == [5, 2, 4])
    #expect(try Shape.inner([5, 2, 3], [4, 3]) == [5, 2, 4])
    #expect(try Shape.tensorDot([5, 2, 3], [3, 2, 4], axes: ([1, 2], [1, 0])) == [5, 4])
  }

  /// A view gives what the same elements in order give.
  @Test func views() {
    let a = draw([6, 4]).transposed()[.stride(by: -1), .stride(by: 2)]
    let b = draw([3, 5], seed: 2)[.all, .stride(by: -2)]
    let (plainA, plainB) = (Tensor(a.scalars, shape: a.shape), Tensor(b.scalars, shape: b.shape))
    #expect(a.shape == [4, 3])
    let pairs = [
      (a.dot(b), plainA.dot(plainB)), (a.inner(b.transposed()), plainA.inner(plainB.transposed())),
      (a.outer(b), plainA.outer(plainB)), (a.kronecker(b), plainA.kronecker(plainB)),
      (a.cross(b.transposed()[..<1]), plainA.cross(plainB.transposed()[..<1])),
    ]
    for (found, expected) in pairs {
      #expect(found.shape == expected.shape)
      #expect(relativeDifference(found.scalars, expected.scalars) < 1e-15)
    }
  }

  @Test func tracedEqualsEagerAndHasGradients() {
    let (a, b) = (draw([2, 3]), draw([4, 3], seed: 2))
    let f = { @Sendable (a: Tensor<Double>, b: Tensor<Double>) in
      let inner = a.inner(b)
      let cross = a.cross(b[..<2])
      return (inner.kronecker(cross).sum() + a.outer(b).sum() + inner.dot(b).vectorDot(a)).sum()
    }
    let traced = compile(f)
    #expect(traced(a, b) == f(a, b))
    let slope = Tensors.gradient(of: f)
    let slopes = slope(a, b)
    let (da, db) = (draw([2, 3], seed: 4), draw([4, 3], seed: 5))
    let change = f(a + da * 1e-5, b + db * 1e-5) - f(a - da * 1e-5, b - db * 1e-5)
    let found = slopes.0.vectorDot(da).scalar + slopes.1.vectorDot(db).scalar
    // The difference quotient is right to the step's square and to rounding over the step.
    #expect(abs(found - change.scalar / 2e-5) < 1e-7 * abs(found))
  }

  @Test func wholeNumbersWrap() {
    let x = Tensor<Int8>([100, 100])
    #expect(x.dot(Tensor([1, 1])) == Tensor(-56))
    #expect(Tensor<UInt8>([200, 100]).outer(Tensor([2])) == [[144], [200]])
  }

  @Test func stopsWithTheRulesMessage() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Double>.ones([2, 3]).dot(.ones([2, 3]))
    }
    let text = result.map { String(decoding: $0.standardErrorContent, as: UTF8.self) } ?? ""
    #expect(text.contains("shapes (2,3) and (2,3) not aligned: 3 (dim 1) != 2 (dim 0)"))
  }
}
