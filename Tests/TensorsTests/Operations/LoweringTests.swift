import Tensors
import TestSupport
import Testing

/// More axes than a call counts through by itself, none of which can be taken together.
@Suite struct LoweringTests {
  /// Two elements on each of nine axes, in reverse order in memory.
  private let shape = Shape([Int](repeating: 2, count: 9))
  private let numbers = Array(0..<512)

  private var turned: Tensor<Int> { Tensor(numbers, shape: shape).transposed() }
  /// The number of an element with its nine bits in reverse order.
  private func reversed(_ number: Int) -> Int {
    (0..<9).reduce(0) { $0 << 1 | (number >> $1) & 1 }
  }

  @Test func elementwise() {
    #expect(turned.scalars == numbers.map(reversed))
    #expect((turned * 2 + 1).scalars == numbers.map { 2 * reversed($0) + 1 })
    let sum = turned + Tensor(numbers, shape: shape)
    #expect(sum.scalars == numbers.map { reversed($0) + $0 })
    let compiled = compile { (x: Tensor<Int>) in x.transposed() * x }
    #expect(compiled(turned).scalars == numbers.map { $0 * reversed($0) })
  }

  @Test func reductionsAndLines() {
    for axis in shape.indices {
      let expected = lines(of: numbers.map(reversed), shape, axis: axis)
      #expect(turned.sum(axis: axis).scalars == expected.map { $0[0] + $0[1] }, "axis \(axis)")
      #expect(turned.max(axis: axis).scalars == expected.map { Swift.max($0[0], $0[1]) })
      let x = Tensor<Double>(turned) / 100
      #expect(softmax(x, axis: axis) == softmax(x.contiguous(), axis: axis), "axis \(axis)")
    }
  }

  @Test func products() {
    let (a, b) = (turned, turned.transposed([1, 0, 2, 4, 3, 6, 5, 8, 7]))
    let (x, y) = (a.reshaped(128, 2, 2), b.reshaped(128, 2, 2))
    #expect(a.matmul(b).reshaped(128, 2, 2) == x.matmul(y))
  }

  @Test func assignment() {
    var x = Tensor(numbers, shape: shape)
    x[.rest] = turned
    #expect(x.scalars == numbers.map(reversed))
    x[.rest, 1] = Tensor(-1)
    #expect(x.scalars == numbers.map { $0 % 2 == 1 ? -1 : reversed($0) })
  }
}
