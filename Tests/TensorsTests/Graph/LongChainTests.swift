import Tensors
import TestSupport
import Testing

/// Chains of 100,000 operations: nothing may recurse along them, or take time by the square of their length.
@Suite(.serialized) struct LongChainTests {
  private static let length = 100_000

  /// Sign changes, and a difference now and then: whole numbers stay whole.
  @Sendable private static func chain(_ x: Tensor<Double>) -> Tensor<Double> {
    var y = x
    for step in 0..<length { y = step % 10 == 9 ? y - x : -y }
    return y
  }

  @Test func isTracedDifferentiatedAndCompiled() {
    let compiled = compile { (x: Tensor<Double>) in
      let (value, slope) = valueAndGradient(of: { (x: Tensor<Double>) in Self.chain(x).sum() })(x)
      return (value, slope)
    }
    let (value, slope) = compiled([5, 7])
    // The chain is linear: its slope is its value at 1.
    var expected = 1.0
    for step in 0..<Self.length { expected = step % 10 == 9 ? expected - 1 : -expected }
    #expect(value.scalar == 12 * expected)
    #expect(slope.scalars == [expected, expected])
  }

  @Test func isDifferentiatedAtOnce() {
    let slope = gradient(of: { (x: Tensor<Double>) in
      var y = x
      for _ in 0..<Self.length / 10 { y = -y }
      return y.sum()
    })
    #expect(slope([5, 7]).scalars == [1, 1])
  }

  /// All results are kept for the gradient: the arena holds as many blocks as there are steps.
  @Test func keepsAllResults() {
    let count = 2000
    let compiled = compile { (x: Tensor<Double>) in
      gradient(of: { (x: Tensor<Double>) in
        var y = x
        for _ in 0..<count { y = tanh(y) }
        return y.sum()
      })(x)
    }
    var y = Tensor<Double>(0.5)
    var slopes: [Double] = []
    for _ in 0..<count {
      y = tanh(y)
      slopes.append(1 - y.scalar * y.scalar)
    }
    // In the order in which the gradient multiplies.
    #expect(compiled([0.5]).scalars == [slopes.reversed().reduce(1, *)])
  }

  @Test func mayConsistOfViews() {
    let compiled = compile { (x: Tensor<Int>) in
      var y = x
      for _ in 0..<Self.length / 10 { y = y.transposed() }
      return y + 1
    }
    #expect(compiled([[1, 2], [3, 4]]) == [[2, 3], [4, 5]])
  }

  @Test func isReleasedInALoop() {
    var node = Node(input: [1], .float32)
    let first = node
    weak let last: Node?
    do {
      for _ in 0..<Self.length { node = Node(Add(), [node, first]) }
      last = node
      node = first
    }
    #expect(last == nil)
  }

  /// Values that share operands in every way, released in whatever order.
  @Test func releasesWhatIsShared() {
    var nodes = [Node(input: [1], .float32)]
    var random = SeededGenerator(seed: 50)
    for _ in 0..<10_000 {
      nodes.append(
        Node(Add(), [nodes[random.int(0...nodes.count - 1)], nodes[nodes.count - 1]]))
    }
    let references = nodes.map { Weak(node: $0) }
    nodes.removeAll()
    #expect(references.allSatisfy { $0.node == nil })
  }

  private struct Weak {
    weak var node: Node?
  }
}
