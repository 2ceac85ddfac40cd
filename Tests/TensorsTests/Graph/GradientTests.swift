import Tensors
import TestSupport
import Testing

/// Gradients against differences, ⟨v, Jᵀu⟩ = ⟨Jv, u⟩ for random v and u, and against themselves: compiled, and again.
@Suite struct GradientTests {
  /// How the two sides of the test may differ.
  ///
  /// Jv is (4 · D(h/2) − D(h)) / 3 with the central difference D(h): off by h⁴ / 480 · f⁽⁵⁾, and by the rounding of
  /// f, 4 ε / h each. Within the domains no fifth derivative is above 480 · 10⁵ times the function's own scale.
  private static let h = 0x1p-12
  private static let tolerance = 1e5 * h * h * h * h + 16 * Double.ulpOfOne / h

  /// Numbers on a grid as coarse as that of the points: a conversion to `Float` leaves them.
  private func direction(_ count: Int, _ random: inout SeededGenerator) -> Tensor<Double> {
    Tensor((0..<count).map { _ in Double(random.int(-8...8)) / 8 })
  }

  /// Tests the gradient of ⟨u, function(x)⟩ at `x`.
  private func check(
    _ name: String, at x: Tensor<Double>, seed: UInt64,
    _ function: @escaping @Sendable (Tensor<Double>) -> Tensor<Double>
  ) {
    var random = SeededGenerator(seed: seed)
    let value = function(x)
    let u = direction(value.count, &random).reshaped(value.shape)
    let v = direction(x.count, &random)
    let slope = gradient(of: { (x: Tensor<Double>) in (function(x) * u).sum() })(x)
    #expect(slope.shape == x.shape, "\(name)")

    func difference(_ h: Double) -> Double {
      ((function(x + v * h) - function(x - v * h)) * u).sum().scalar / (2 * h)
    }
    let forward = (4 * difference(Self.h / 2) - difference(Self.h)) / 3
    let backward = (slope * v).sum().scalar
    let scale = (abs(u) * maximum(abs(value), Tensor(1))).sum().scalar
    #expect(
      Swift.abs(forward - backward) <= Self.tolerance * scale,
      "\(name): ⟨Jv, u⟩ is \(forward), ⟨v, Jᵀu⟩ is \(backward), \(Self.tolerance * scale) allowed")
  }

  @Test(arguments: GradientCase.all) func gradientAgreesWithDifferences(_ example: GradientCase) {
    for seed in 0..<3 as Range<UInt64> {
      check(example.name, at: example.point(seed: seed), seed: seed + 100) { example($0) }
    }
  }

  @Test(arguments: GradientCase.all.filter(\.isSmooth))
  func secondDerivativeAgreesWithDifferences(_ example: GradientCase) {
    for seed in 0..<3 as Range<UInt64> {
      var random = SeededGenerator(seed: seed + 200)
      let x = example.point(seed: seed)
      let value = example(x)
      let w = direction(value.count, &random).reshaped(value.shape)
      check(example.name, at: x, seed: seed + 300) { x in
        gradient(of: { (x: Tensor<Double>) in (example(x) * w).sum() })(x)
      }
    }
  }

  @Test(arguments: GradientCase.all) func compiledAgreesWithEager(_ example: GradientCase) {
    let compiled = compile { (x: Tensor<Double>) in example(x) }
    let slope = gradient(of: { (x: Tensor<Double>) in example(x).sum() })
    let compiledSlope = compile { (x: Tensor<Double>) in slope(x) }
    let second = gradient(of: { (x: Tensor<Double>) in square(slope(x)).sum() })
    let compiledSecond = compile { (x: Tensor<Double>) in second(x) }
    for seed in 0..<3 as Range<UInt64> {
      let x = example.point(seed: seed)
      // log(softmax(x)) run at once loses what the traced form keeps: both are right within some roundings of the
      // softmax or sigmoid, whose logarithm has an absolute error of as many ε, and of the result.
      let eager = example(x)
      if example.isRewritten {
        let allowed = eager.scalars.map { 16 * Double.ulpOfOne * (1 + Swift.abs($0)) }
        #expect(difference(compiled(x), from: eager.scalars, tolerance: allowed) == nil)
      } else {
        #expect(difference(compiled(x), from: eager) == nil)
      }
      #expect(difference(compiledSlope(x), from: slope(x)) == nil)
      #expect(difference(compiledSecond(x), from: second(x)) == nil)
    }
  }

  // MARK: Coverage

  /// The primitives that no gradient flows through, each with a test below.
  static let notDifferentiable: Set<String> = [
    "Equal", "NotEqual", "Less", "LessOrEqual", "IndexOfLargest", "IndexOfSmallest",
    "StopGradient", "BitwiseAnd", "BitwiseOr", "BitwiseXor", "BitwiseNot", "ShiftLeft",
    "ShiftRight",
  ]

  @Test(.enabled(if: Sources.areHere, "the sources are not beside the tests"))
  func everyPrimitiveHasACase() throws {
    var covered: Set<String> = []
    func cover(_ output: Node) {
      for node in Node.reachable(from: [output]) {
        if let operation = node.operation { covered.insert("\(type(of: operation))") }
      }
    }
    for example in GradientCase.all {
      let x = Tensor<Double>(Node(input: [example.count], .float64))
      let value = example(x)
      cover(value.node)
      // What the gradient is made of is differentiated by the test of second derivatives.
      if example.isSmooth {
        cover(gradient(of: { (x: Tensor<Double>) in example(x).sum() })(x).node)
      }
    }
    let declared = Set(try Sources.primitives().map(\.name))
    #expect(declared.subtracting(covered).subtracting(Self.notDifferentiable) == [])
    #expect(Self.notDifferentiable.isSubset(of: declared))
    #expect(declared.count > 40)
  }

  @Test func nothingFlowsThroughComparisons() {
    let x: Tensor<Double> = [-1, 0.5, 2]
    for operation in Catalogue.comparisons {
      let slope = gradient(of: { (x: Tensor<Double>) in
        (Tensor<Double>(operation.result(x, square(x))) + x * 3).sum()
      })
      #expect(slope(x).scalars == [3, 3, 3], "\(operation)")
    }
    let position = gradient(of: { (x: Tensor<Double>) in
      (Tensor<Double>(x.argMax()) + Tensor<Double>(x.argMin()) + x.sum()).sum()
    })
    #expect(position(x).scalars == [1, 1, 1])
    let whole = gradient(of: { (x: Tensor<Double>) in (Tensor<Double>(Tensor<Int>(x)) * x).sum() })
    #expect(whole(x).scalars == [-1, 0, 2])
  }

  @Test func nothingFlowsThroughAStop() {
    let slope = gradient(of: { (x: Tensor<Double>) in (x * square(x).stoppingGradient()).sum() })
    #expect(slope(Tensor([1, 2, 3])).scalars == [1, 4, 9])
    #expect(Tensor([1, 2]).stoppingGradient().scalars == [1, 2])
  }

  // MARK: Kinks, ties and ends

  @Test func kinks() {
    let x: Tensor<Double> = [-1, 0, 2]
    func slope(
      _ function: @escaping @Sendable (Tensor<Double>) -> Tensor<Double>
    ) -> [Double] {
      gradient(of: { (x: Tensor<Double>) in function(x).sum() })(x).scalars
    }
    #expect(slope { relu($0) } == [0, 0, 1])
    #expect(slope { abs($0) } == [-1, 0, 1])
    #expect(slope { sign($0) } == [0, 0, 0])
    // Of equals, maximum and minimum take the first.
    #expect(slope { maximum($0, Tensor(0)) } == [0, 1, 1])
    #expect(slope { maximum(Tensor(0), $0) } == [0, 0, 1])
    #expect(slope { minimum($0, Tensor(0)) } == [1, 1, 0])
    #expect(slope { minimum(Tensor(0), $0) } == [1, 0, 0])
    #expect(slope { maximum($0, $0) } == [1, 1, 1])
  }

  @Test func tiesAreSharedEvenly() {
    let x: Tensor<Double> = [[3, 1, 3], [2, 2, 2], [0, -1, -1]]
    let largest = gradient(of: { (x: Tensor<Double>) in x.max(axis: 1).sum() })
    let third = 1.0 / 3
    let upper: [Double] = [0.5, 0, 0.5, third, third, third, 1, 0, 0]
    #expect(largest(x).scalars == upper)
    let smallest = gradient(of: { (x: Tensor<Double>) in x.min(axis: 1).sum() })
    let lower: [Double] = [0, 1, 0, third, third, third, 0, 0.5, 0.5]
    #expect(smallest(x).scalars == lower)
  }

  @Test func roots() {
    let slope = gradient(of: { (x: Tensor<Double>) in sqrt(x).sum() })
    #expect(slope(Tensor([0, 4])).scalars == [.infinity, 0.25])
    let square = gradient(of: { (x: Tensor<Double>) in power(x, 2).sum() })
    #expect(square(Tensor([0, -3])).scalars == [0, -6])
  }

  /// What a select does not choose takes no gradient, however wild it is.
  @Test func selectKeepsWhatItDoesNotChooseOut() {
    let slope = gradient(of: { (x: Tensor<Double>) in select(x .> 0, x, 1).sum() })
    #expect(slope(Tensor([.nan, -.infinity, 2])).scalars == [0, 0, 1])
  }

  // MARK: The functions that give gradients

  @Test func valueAndGradientOfOne() {
    let slope = valueAndGradient(of: { (x: Tensor<Double>) in (x * x).sum() })
    let result = slope(Tensor([3, 4]))
    #expect(result.value.scalar == 25)
    #expect(result.gradient.scalars == [6, 8])
  }

  @Test func gradientsOfSeveralArgumentsAndTypes() {
    let both = valueAndGradient(of: { (x: Tensor<Double>, w: Tensor<Float>) in
      (x.matmul(Tensor<Double>(w)) * 2).sum()
    })
    let (value, (dx, dw)) = both([[1, 2], [3, 4]], [[1], [10]])
    #expect(value.scalar == 128)
    #expect(dx == [[2, 20], [2, 20]])
    #expect(dw == [[8], [12]])
    let parts = gradient(of: { (x: Tensor<Double>, y: Tensor<Double>, z: Tensor<Double>) in
      (x * y).sum()
    })
    let (a, b, c) = parts(Tensor([1, 2]), Tensor([3, 4]), Tensor([5]))
    #expect(a.scalars == [3, 4])
    #expect(b.scalars == [1, 2])
    #expect(c.scalars == [0])
  }

  @Test func theSameTensorInAndOutsideOfTheArgument() {
    let w = Tensor<Double>([2, 3])
    // Only the argument counts, not the same elements that the function captures.
    let slope = gradient(of: { (x: Tensor<Double>) in (x * w * w).sum() })
    #expect(slope(w).scalars == [4, 9])
  }

  @Test func seesCapturedValuesAtEachCall() {
    final class Box: @unchecked Sendable { var factor = 1.0 }
    let box = Box()
    let slope = gradient(of: { (x: Tensor<Double>) in (x * box.factor).sum() })
    #expect(slope(Tensor([1])).scalars == [1])
    box.factor = 5
    #expect(slope(Tensor([1])).scalars == [5])
  }

  @Test func gradientOfTheArgumentItself() {
    let slope = gradient(of: { (x: Tensor<Double>) in x })
    #expect(slope(Tensor(3)) == Tensor(1))
    #expect(slope([[3]]) == [[1]])
    let constant = gradient(of: { (x: Tensor<Double>) in Tensor<Double>(2) })
    #expect(constant(Tensor([1, 2])).scalars == [0, 0])
  }

  @Test func gradientsOfGradients() {
    let cube: @Sendable (Tensor<Double>) -> Tensor<Double> = { ($0 * $0 * $0).sum() }
    let first = gradient(of: cube)
    let second = gradient(of: { (x: Tensor<Double>) in first(x).sum() })
    let third = gradient(of: { (x: Tensor<Double>) in second(x).sum() })
    let fourth = gradient(of: { (x: Tensor<Double>) in third(x).sum() })
    let x = Tensor<Double>([1, 2])
    #expect(first(x).scalars == [3, 12])
    #expect(second(x).scalars == [6, 12])
    #expect(third(x).scalars == [6, 6])
    #expect(fourth(x).scalars == [0, 0])
    // A gradient within a function of another argument.
    let mixed = gradient(of: { (y: Tensor<Double>) in
      (gradient(of: { (x: Tensor<Double>) in (x * x * y).sum() })(y) * y).sum()
    })
    // d/dy (2 y · y · y) = 6 y².
    #expect(mixed(x).scalars == [6, 24])
  }
}

extension ComparisonPrimitive {
  static func result<Scalar: TensorScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>
  ) -> Tensor<Bool> {
    Self()(x, y)
  }
}
