import Tensors
import TestSupport
import Testing

/// NumPy's reductions: every case of the file.
@Suite struct ReductionsReferenceTests {
  /// The operations that sum, where 0 and −0 are the same.
  private static let sums: Set = [
    "sum", "mean", "std", "var", "cumsum", "nansum", "nanmean",
  ]

  @Test func everyCase() throws {
    let cases = try numpyCases("reductions")
    #expect(cases.count == 1539)
    var judge = ReferenceJudge(zeroSignsCount: { !Self.sums.contains($0) })
    for example in cases { try judge.judge(example, run: run) }
    judge.expectCounts(
      [
        "sum": 140, "mean": 134, "min": 113, "max": 116, "prod": 113, "any": 113, "all": 113,
        "std": 197, "var": 195, "argmin": 73, "argmax": 75, "cumsum": 53, "cumprod": 36,
        "count_nonzero": 12, "nansum": 14, "nanmean": 14, "nanmax": 14, "nanmin": 14,
      ], of: "reductions.json")
  }

  private func run(_ example: ReferenceCase) throws -> [String: any AnyTensor] {
    let array = try #require(example.child("inputs")?.array("a"))
    func open<Scalar: TensorScalar>(_: Scalar.Type) throws -> any AnyTensor {
      try result(of: example, on: array.tensor(of: Scalar.self))
    }
    return ["result": try open(array.scalarType.swiftType)]
  }

  private func result<Scalar: TensorScalar>(
    of example: ReferenceCase, on x: Tensor<Scalar>
  ) throws -> any AnyTensor {
    let operation = try #require(example.string("op"))
    let arguments = try #require(example.child("args"))
    let known: Set = ["axis", "keepdims", "ddof", "dtype"]
    try #require(known.isSuperset(of: arguments.object.keys))
    let axis = arguments.int("axis")
    let axes = axis.map { [$0] } ?? arguments.object["axis"] as? [Int]
    let keeps = arguments.bool("keepdims") ?? false
    let correction = arguments.int("ddof") ?? 0
    switch operation {
    case "max": try x.shape.checkReduction("maximum", axes: axes)
    case "min": try x.shape.checkReduction("minimum", axes: axes)
    case "argmax", "argmin": try x.shape.checkPosition(operation, axis: axis)
    default: _ = try x.shape.reduced(axes: axes)
    }
    if let type = arguments.string("dtype").flatMap(ScalarType.init(name:))?.swiftType
      as? any NumericScalar.Type
    {
      func open<Result: NumericScalar>(_: Result.Type) -> any AnyTensor {
        x.sum(axes: axes, keepingAxes: keeps, as: Result.self)
      }
      try #require(operation == "sum")
      return open(type)
    }
    switch operation {
    case "sum": return x.sum(axes: axes, keepingAxes: keeps)
    case "mean": return x.mean(axes: axes, keepingAxes: keeps)
    case "min": return x.min(axes: axes, keepingAxes: keeps)
    case "max": return x.max(axes: axes, keepingAxes: keeps)
    case "prod": return x.product(axes: axes, keepingAxes: keeps)
    case "any": return x.any(axes: axes, keepingAxes: keeps)
    case "all": return x.all(axes: axes, keepingAxes: keeps)
    case "std":
      return x.standardDeviation(axes: axes, keepingAxes: keeps, correction: correction)
    case "var": return x.variance(axes: axes, keepingAxes: keeps, correction: correction)
    case "argmin": return x.argMin(axis: axis, keepingAxis: keeps)
    case "argmax": return x.argMax(axis: axis, keepingAxis: keeps)
    case "cumsum": return x.cumulativeSum(axis: axis)
    case "cumprod": return x.cumulativeProduct(axis: axis)
    case "count_nonzero": return x.countNonzero(axes: axes, keepingAxes: keeps)
    default: break
    }
    func floating<Number: FloatingScalar>(_ x: Tensor<Number>) throws -> any AnyTensor {
      switch operation {
      case "nansum": return x.nanSum(axes: axes, keepingAxes: keeps)
      case "nanmean": return x.nanMean(axes: axes, keepingAxes: keeps)
      case "nanmax": return x.nanMax(axes: axes, keepingAxes: keeps)
      case "nanmin": return x.nanMin(axes: axes, keepingAxes: keeps)
      default: throw Unknown(name: operation)
      }
    }
    if let x = x as? Tensor<Float> { return try floating(x) }
    return try floating(try #require(x as? Tensor<Double>))
  }

  /// The true sums, rounded once: as near as NumPy's own answers must be.
  @Test func exactSums() throws {
    var count = 0
    for example in try numpyCases("reductions") {
      guard let exact = example.array("exact") else { continue }
      let tolerance = try #require(example.child("tol")?.double("atol"))
      let result = try #require(try run(example)["result"])
      let wanted = exact.doubles
      let allowed = wanted.map { _ in tolerance }
      let problem =
        switch result {
        case let sum as Tensor<Float>: difference(sum, from: wanted, tolerance: allowed)
        case let sum as Tensor<Double>: difference(sum, from: wanted, tolerance: allowed)
        default: "\(result.scalarType)" as String?
        }
      #expect(problem == nil, "\(example.string("id") ?? "")")
      count += 1
    }
    #expect(count == 38)
  }
}
