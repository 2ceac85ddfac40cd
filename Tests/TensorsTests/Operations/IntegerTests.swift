import CKernels
import Tensors
import TestSupport
import Testing

/// The primitives on whole numbers and truth values, against Swift's own arithmetic.
@Suite struct IntegerTests {
  /// The unary primitives that whole numbers have too.
  static let unary: [any UnaryPrimitive.Type] = [
    Absolute.self, Negate.self, Sign.self, Square.self,
  ]
  /// The loops on two numbers, of which division and remainder are not operators of whole numbers.
  static let binary = [
    "add", "subtract", "multiply", "divide", "remainder", "maximum", "minimum", "power",
  ]

  private static func loop(_ name: String, _ type: ScalarType) -> Loop? {
    let loops = Kernels.numeric(type).pointee
    return switch name {
    case "add": loops.add
    case "subtract": loops.subtract
    case "multiply": loops.multiply
    case "divide": loops.divide
    case "remainder": loops.remainder
    case "maximum": loops.maximum
    case "minimum": loops.minimum
    case "power": loops.power
    default: nil
    }
  }

  @Test(.enabled(if: Sources.areHere, "the sources are not beside the tests"))
  func coversAllNumericPrimitives() throws {
    let numeric = try Sources.primitives().filter { $0.text.contains("Kernels.numeric(type)") }
    #expect(
      Self.unary.map { "\($0)" }
        == numeric.filter { $0.family == "UnaryPrimitive" }.map(\.name).sorted())
    let binary = Set(numeric.filter { $0.family == "BinaryPrimitive" }.map(\.name))
    // The others are of floating numbers only.
    let others: Set = ["ArcTangent2", "Hypotenuse"]
    #expect(binary.union(others) == Set(Catalogue.binary.map { "\($0)" }))
    #expect(binary.isDisjoint(with: others))
    // Floor division has the loop "divide".
    let names = Catalogue.binary.filter { !others.contains("\($0)") && $0 != FloorDivide.self }
      .map { $0.name }
    #expect(Set(names).isSubset(of: Self.binary))
  }

  @Test func wholeNumbers() throws {
    try check(Int8.self)
    try check(Int16.self)
    try check(Int32.self)
    try check(Int64.self)
    try check(Int.self)
    try check(UInt8.self)
    try check(UInt16.self)
    try check(UInt32.self)
    try check(UInt64.self)
    try check(UInt.self)
  }

  private func check<Scalar: NumericScalar & FixedWidthInteger>(_: Scalar.Type) throws {
    var random = SeededGenerator(seed: 3)
    let edges: [Scalar] = [.min, .min + 1, .max, .max - 1, 0, 1, 2, 3, 7, 0 &- 1, 0 &- 2, 0 &- 3]
    func scalars(_ count: Int) -> [Scalar] {
      (0..<count).map { _ in
        switch random.int(0...3) {
        case 0: edges[random.int(0...edges.count - 1)]
        case 1: Scalar(random.int(0...20))
        default: Scalar.random(in: .min ... .max, using: &random)
        }
      }
    }
    for operation in Self.unary {
      for count in lengthsAroundVectors {
        for view in View.all(scalars(count)) {
          try check(operation, view)
        }
      }
      try check(operation, View.vectors(edges)[0])
    }
    let left = View.vectors(edges.flatMap { x in edges.map { _ in x } })[0]
    let right = View.vectors(edges.flatMap { _ in edges })[0]
    for name in Self.binary {
      try check(name, left, right)
      for count in lengthsAroundVectors {
        let (x, y) = (View.vectors(scalars(count)), View.vectors(scalars(count)))
        for (left, right) in zip(x, y) { try check(name, left, right) }
        let one = scalars(1)[0]
        let repeated = View(
          name: "a scalar", tensor: Tensor(repeating: one, shape: [count]),
          scalars: [Scalar](repeating: one, count: count))
        try check(name, x[0], repeated)
        try check(name, repeated, x[0])
      }
    }
  }

  private func check<Scalar: NumericScalar & FixedWidthInteger>(
    _ operation: any UnaryPrimitive.Type, _ x: View<Scalar>
  ) throws {
    let expected = try x.scalars.map { x -> Scalar in
      switch operation.name {
      case "absolute": Scalar(truncatingIfNeeded: x.magnitude)
      case "negative": 0 &- x
      case "sign": x.signum()
      case "square": x &* x
      default: throw Missing(name: operation.name)
      }
    }
    let result = operation.init().run(x.tensor)
    let problem = difference(result.scalars, from: expected)
    #expect(problem == nil, "\(operation.name) of \(Scalar.self), \(x.name)")
  }

  private func check<Scalar: NumericScalar & FixedWidthInteger>(
    _ name: String, _ x: View<Scalar>, _ y: View<Scalar>
  ) throws {
    let expected = try zip(x.scalars, y.scalars).map { x, y -> Scalar in
      switch name {
      case "add": x &+ y
      case "subtract": x &- y
      case "multiply": x &* y
      case "divide": floorDivision(x, y).quotient
      case "remainder": floorDivision(x, y).remainder
      case "maximum": Swift.max(x, y)
      case "minimum": Swift.min(x, y)
      case "power": power(x, y)
      default: throw Missing(name: name)
      }
    }
    let loop = try #require(Self.loop(name, Scalar.scalarType))
    let problem = difference(run(loop, x.tensor, y.tensor).scalars, from: expected)
    #expect(problem == nil, "\(name) of \(Scalar.self), \(x.name) and \(y.name)")
  }

  /// Division that rounds down, as Python's; by 0 both are 0, and the smallest number over −1 wraps.
  private func floorDivision<Scalar: FixedWidthInteger>(
    _ x: Scalar, _ y: Scalar
  ) -> (quotient: Scalar, remainder: Scalar) {
    if y == 0 { return (0, 0) }
    let (quotient, overflow) = x.dividedReportingOverflow(by: y)
    if overflow { return (x, 0) }
    let remainder = x - quotient * y
    return remainder != 0 && (remainder < 0) != (y < 0)
      ? (quotient - 1, remainder + y) : (quotient, remainder)
  }

  /// x · x · …, wrapping; what 1 / x to the power of −y rounds to if y is negative.
  private func power<Scalar: FixedWidthInteger>(_ x: Scalar, _ y: Scalar) -> Scalar {
    if y == 0 { return 1 }
    if y < 0 {
      if x == 1 { return 1 }
      if x == 0 &- 1 { return y % 2 == 0 ? 1 : x }
      return 0
    }
    let half = power(x, y / 2)
    return y % 2 == 0 ? half &* half : half &* half &* x
  }

  @Test func truthValues() throws {
    let x = Tensor([false, false, true, true])
    let y = Tensor([false, true, false, true])
    let expected: [String: [Bool]] = [
      "add": [false, true, true, true], "subtract": [false, true, true, false],
      "multiply": [false, false, false, true], "divide": [false, false, false, true],
      "remainder": [false, false, true, false], "maximum": [false, true, true, true],
      "minimum": [false, false, false, true], "power": [true, false, true, true],
    ]
    for name in Self.binary {
      let loop = try #require(Self.loop(name, .bool))
      #expect(run(loop, x, y).scalars == expected[name], "\(name)")
    }
    #expect(Negate()(y).scalars == [true, false, true, false])
    for operation in Self.unary where operation != Negate.self {
      #expect(operation.init().run(y).scalars == y.scalars, "\(operation)")
    }
    #expect((x .== y).scalars == [true, false, false, true])
    #expect((x .!= y).scalars == [false, true, true, false])
    #expect(Less()(x, y).scalars == [false, true, false, false])
    #expect(LessOrEqual()(x, y).scalars == [true, true, false, true])
    #expect(select(x, y, Tensor(false)).scalars == [false, false, false, true])
    let table = Tensor([false, false, true, false, true, true], shape: [3, 2])
    #expect(Sum(axis: 1).apply(to: [table]) == Tensor([false, true, true]))
    #expect(Product(axis: 1).apply(to: [table]) == Tensor([false, false, true]))
    #expect(Largest(axis: 0).apply(to: [table]) == Tensor([true, true]))
    #expect(Smallest(axis: 0).apply(to: [table]) == Tensor([false, false]))
    #expect(IndexOfLargest(axis: 0).apply(to: [table]) == Tensor([1, 2]))
  }

  @Test func comparisonsOfWholeNumbers() {
    func check<Scalar: NumericScalar & FixedWidthInteger>(_: Scalar.Type) {
      let edges: [Scalar] = [.min, .max, 0, 1, 0 &- 1, 2]
      let x = Tensor(edges.flatMap { x in edges.map { _ in x } })
      let y = Tensor(edges.flatMap { _ in edges })
      let pairs = Array(zip(x.scalars, y.scalars))
      #expect((x .== y).scalars == pairs.map { $0 == $1 })
      #expect((x .!= y).scalars == pairs.map { $0 != $1 })
      #expect((x .< y).scalars == pairs.map { $0 < $1 })
      #expect((x .<= y).scalars == pairs.map { $0 <= $1 })
      #expect((x .> y).scalars == pairs.map { $0 > $1 })
      #expect((x .>= y).scalars == pairs.map { $0 >= $1 })
    }
    check(Int8.self)
    check(Int16.self)
    check(Int32.self)
    check(Int64.self)
    check(UInt8.self)
    check(UInt16.self)
    check(UInt32.self)
    check(UInt64.self)
  }

  /// Runs a loop of two operands of the same shape as an operation would.
  private func run<Scalar: TensorScalar>(
    _ loop: Loop, _ x: Tensor<Scalar>, _ y: Tensor<Scalar>
  ) -> Tensor<Scalar> {
    let result = Tensor<Scalar>(UntypedTensor(x.shape, Scalar.scalarType))
    Lowering.loop(loop, [result.operand, x.operand, y.operand]) { Lowering.run($0) }
    withExtendedLifetime((x, y)) {}
    return result
  }

  private struct Missing: Error {
    var name: String
  }
}

extension UnaryPrimitive {
  fileprivate func run<Scalar: TensorScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> { self(x) }
}
