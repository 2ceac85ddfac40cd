import Tensors
import TestSupport
import Testing

/// Chains of 100,000 operations: nothing may recurse along them, or take time by the square of their length.
@Suite(.serialized) struct LongChainTests {
  private static let length = 100_000

  /// Sign changes, and a difference now and then: whole numbers stay whole.
  @Sendable private static func chain(_ x: Tensor<Double>, _ length: Int) -> Tensor<Double> {
    var y = x
    for step in 0..<length { y = step % 10 == 9 ? y - x : -y }
    return y
  }

  /// What the chain makes of 1, and, since it is linear, its slope.
  private static func slope(_ length: Int) -> Double {
    (0..<length).reduce(1) { y, step in step % 10 == 9 ? y - 1 : -y }
  }

  @Test func isTracedAndCompiled() {
    let compiled = compile { (x: Tensor<Double>) in Self.chain(x, Self.length) }
    let slope = Self.slope(Self.length)
    #expect(compiled([5, 7]).scalars == [5 * slope, 7 * slope])
  }

  @Test func hasAGradient() {
    let input = Node(input: [2], .float64)
    let output = Self.chain(Tensor(input), Self.length).sum().node
    let slope = Node.gradient(of: output, by: [input])[0]
    #expect(slope.shape == [2])
    // From the sum back through each step to the argument.
    #expect(Node.reachable(from: [slope]).count > Self.length)
  }

  @Test func computesItsGradient() {
    let length = Self.length / 10
    let slope = gradient(of: { (x: Tensor<Double>) in Self.chain(x, length).sum() })
    let compiled = compile { (x: Tensor<Double>) in slope(x) }
    let expected = [Self.slope(length), Self.slope(length)]
    #expect(slope([5, 7]).scalars == expected)
    #expect(compiled([5, 7]).scalars == expected)
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
