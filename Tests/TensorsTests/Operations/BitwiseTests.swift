import Tensors
import TestSupport
import Testing

/// The bit primitives on every type of whole numbers against Swift's own.
@Suite struct BitwiseTests {
  @Test(arguments: Catalogue.bits.map(CatalogueEntry.init))
  func agreesWithItsDefinition(_ entry: CatalogueEntry<any BitPrimitive.Type>) {
    func check<Operation: BitPrimitive>(_: Operation.Type) {
      checkDefinition(Operation.self, Int8.self)
      checkDefinition(Operation.self, Int16.self)
      checkDefinition(Operation.self, Int32.self)
      checkDefinition(Operation.self, Int64.self)
      checkDefinition(Operation.self, Int.self)
      checkDefinition(Operation.self, UInt8.self)
      checkDefinition(Operation.self, UInt16.self)
      checkDefinition(Operation.self, UInt32.self)
      checkDefinition(Operation.self, UInt64.self)
      checkDefinition(Operation.self, UInt.self)
    }
    check(entry.type)
  }

  private func checkDefinition<Operation: BitPrimitive, Scalar: IntegerScalar>(
    _: Operation.Type, _: Scalar.Type
  ) {
    var random = SeededGenerator(seed: 41)
    let edges: [Scalar] = [.min, .max, 0, 1, 2, 0 &- 1, Scalar(Scalar.bitWidth), 7]
    func scalars(_ count: Int) -> [Scalar] {
      (0..<count).map { _ in
        random.once(in: 2)
          ? edges[random.int(0...edges.count - 1)] : .random(in: .min ... .max, using: &random)
      }
    }
    func compare(_ x: View<Scalar>, _ y: View<Scalar>) {
      let isUnary = Operation.self == BitwiseNot.self
      let expected = zip(x.scalars, y.scalars).map { Operation.reference($0, isUnary ? 0 : $1) }
      let result: Tensor<Scalar> =
        isUnary ? Operation().apply(to: [x.tensor]) : Operation()(x.tensor, y.tensor)
      #expect(
        difference(result.scalars, from: expected) == nil,
        "\(Operation.name) of \(Scalar.self), \(x.name) and \(y.name)")
    }
    for count in lengthsAroundVectors where count < 100 {
      let y = View.vectors(scalars(count))
      for (x, y) in zip(View.vectors(scalars(count)), y.dropFirst() + y.prefix(1)) { compare(x, y) }
    }
    compare(
      View.vectors(edges.flatMap { x in edges.map { _ in x } })[0],
      View.vectors(edges.flatMap { _ in edges })[0])
  }

  @Test func operators() {
    let x: Tensor<Int> = [12, 10]
    #expect(x & 6 == [4, 2])
    #expect(x | [1, 2] == [13, 10])
    #expect(x ^ 6 == [10, 12])
    #expect(~x == [-13, -11])
    #expect(x << 1 == [24, 20])
    #expect(x >> [[1], [2]] == [[6, 5], [3, 2]])
    #expect(Tensor<Int8>([64, -1, -128]) << 1 == [-128, -2, 0])
    // A negative count shifts all bits out.
    #expect(x << -1 == [0, 0])
    #expect(Tensor([-5, 5]) >> -1 == [-1, 0])
  }

  /// While traced, too.
  @Test func traced() {
    let mixed = compile { (x: Tensor<Int>, y: Tensor<Int>) in (x & y) | ~(x ^ y) << 2 }
    let (x, y): (Tensor<Int>, Tensor<Int>) = ([1, 2, 3, -4], [7, -8, 9, 5])
    #expect(mixed(x, y) == (x & y) | ~(x ^ y) << 2)
  }

  @Test func logic() {
    let (x, y) = (Tensor([false, false, true, true]), Tensor([false, true, false, true]))
    #expect((x .& y).scalars == [false, false, false, true])
    #expect((x .| y).scalars == [false, true, true, true])
    #expect((x .^ y).scalars == [false, true, true, false])
    #expect((.!x).scalars == [true, true, false, false])
    #expect((x .< y).scalars == [false, true, false, false])
    #expect(maximum(x, y).scalars == (x .| y).scalars)
  }
}
