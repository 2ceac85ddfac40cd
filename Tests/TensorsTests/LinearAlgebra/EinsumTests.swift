import TestSupport
import Tensors
import Testing

@Suite struct EinsumTests {
  private func draw(_ shape: Shape, seed: UInt32 = 1) -> Tensor<Double> {
    var random = RandomState(seed: seed)
    return random.standardNormal(shape)
  }

  @Test func examplesOfTheDocumentation() throws {
    let a: Tensor<Int> = [[1, 2], [3, 4]]
    #expect(einsum("ij,jk->ik", a, a) == [[7, 10], [15, 22]])
    #expect(einsum("ii", a) == Tensor(5))
    #expect(einsum("ij->ji", a) == [[1, 3], [2, 4]])
    #expect(einsum("...j->...", a) == Tensor([3, 7]))
    #expect(try Shape.einsum("ij,jk->ik", [[2, 3], [3, 4]]) == [2, 4])
  }

  /// Every order of the operands gives the same sum.
  @Test func operandsInAnyOrder() {
    let (a, b, c) = (draw([3, 4]), draw([4, 5, 2], seed: 2), draw([5, 6], seed: 3))
    let expected = a.tensorDot(b, axes: ([1], [0])).tensorDot(c, axes: ([1], [0]))
    for found in [
      einsum("ij,jkl,km->ilm", a, b, c), einsum("km,ij,jkl->ilm", c, a, b),
      einsum("jkl,km,ij->ilm", b, c, a),
    ] {
      #expect(found.shape == [3, 2, 6])
      #expect(relativeDifference(found.scalars, expected.scalars) < 1e-14)
    }
  }

  /// All products at once would be 10²⁰ numbers.
  @Test func intermediateResultsStaySmall() {
    let ones = Tensor<Double>.ones([100_000])
    #expect(einsum("i,j,k,l->", ones, ones, ones, ones).scalar == 1e20)
    let matrix = Tensor<Double>.ones([300, 300])
    let product = einsum("ab,bc,cd,d->a", matrix, matrix, matrix, .ones([300]))
    #expect(product == Tensor(repeating: 2.7e7, shape: [300]))
  }

  @Test func tracedEqualsEager() {
    let (a, b, c) = (draw([3, 4]), draw([2, 4, 5], seed: 2), draw([5, 5], seed: 3))
    let f = { @Sendable (a: Tensor<Double>, b: Tensor<Double>, c: Tensor<Double>) in
      einsum("ij,...jk,kk->...i", a, b, c)
    }
    let traced = compile(f)
    #expect(traced(a, b, c) == f(a, b, c))
  }

  /// The gradient along a direction is the derivative along it.
  @Test(arguments: [
    "ij,jk->ik", "ij,jk->", "ij,jk->ijk", "ii,ij->j", "ii,ii->i", "ij,ij->i", "ij,kl->jl", "ij,jk",
    "...j,jk->k...",
  ])
  func gradient(_ subscripts: String) {
    let (a, b) = (draw([3, 3]), draw([3, 3], seed: 2))
    let loss = { @Sendable (a: Tensor<Double>, b: Tensor<Double>) in
      let product = einsum(subscripts, a, b)
      return (product * product).sum()
    }
    let slope = Tensors.gradient(of: loss)
    let slopes = slope(a, b)
    let (da, db) = (draw([3, 3], seed: 4), draw([3, 3], seed: 5))
    let step = 1e-5
    let change = loss(a + da * step, b + db * step) - loss(a - da * step, b - db * step)
    let expected = change.scalar / (2 * step)
    let found = slopes.0.vectorDot(da).scalar + slopes.1.vectorDot(db).scalar
    // The difference quotient is right to step² and to rounding over step.
    #expect(abs(found - expected) < 1e-6 * max(1, abs(expected)))
  }

  @Test func extentsOfOneAreRepeated() {
    let a = draw([1, 4])
    let b = draw([3, 4], seed: 2)
    let expected = (a * b).sum(axis: 1)
    #expect(relativeDifference(einsum("ij,ij->i", a, b).scalars, expected.scalars) < 1e-14)
    let slope = Tensors.gradient(of: { (a: Tensor<Double>) in einsum("ij,ij->", a, b) })(a)
    #expect(relativeDifference(slope.scalars, b.sum(axis: 0).scalars) < 1e-14)
  }

  /// NumPy reads beyond the array here.
  @Test func axesOfOneLabelMustBeEqual() {
    let error = #expect(throws: ShapeError.self) { try Shape.einsum("ii->i", [[0, 3]]) }
    #expect(
      error?.message
        == "dimensions in single operand for collapsing index 'i' don't match (0 != 3)")
  }

  @Test func charactersThatAreNoLetters() {
    for text in ["é", "ж", "i̇", "\u{0}", "i\n"] {
      #expect(throws: ShapeError.self) { try Shape.einsum(text, [[2]]) }
    }
    #expect(throws: ShapeError.self) { try Shape.einsum("i", []) }
  }

  @Test func stopsWithTheRulesMessage() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = einsum("ij->ii", Tensor<Double>.ones([2, 2]))
    }
    let text = result.map { String(decoding: $0.standardErrorContent, as: UTF8.self) } ?? ""
    #expect(
      text.contains("einstein sum subscripts string includes output subscript 'i' multiple times"))
  }

  /// The words for operands without axes; NumPy 2.4.6's.
  @Test func numbersBesideExtentsThatDoNotFit() {
    let error = ShapeError(
      "operands could not be broadcast together with remapped shapes [original->remapped]: "
        + "(4,)->(4,) ()->() (5,)->(5,) (4,)->(4,) ")
    #expect(throws: error) { try Shape.einsum("zz,,z,zz", [[4, 4], [], [5], [4, 4]]) }
  }
}
