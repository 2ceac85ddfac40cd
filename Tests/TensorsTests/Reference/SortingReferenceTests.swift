import Tensors
import TestSupport
import Testing

/// NumPy's sorting, sets, rounding and closeness: their cases of the file, whose others are tested elsewhere.
@Suite struct SortingReferenceTests {
  static let counts = [
    "unique": 15, "sort": 20, "argsort": 18, "lexsort": 1, "searchsorted": 7, "digitize": 2,
    "bincount": 3, "isin": 1, "clip": 9, "round": 11, "floor": 1, "ceil": 1, "trunc": 1, "rint": 1,
    "sign": 1, "abs": 1, "square": 1, "negative": 1, "isclose": 6, "allclose": 6, "array_equal": 3,
    "isnan": 1, "isinf": 1, "isfinite": 1, "diff": 2, "ptp": 2, "median": 2, "percentile": 5,
  ]

  @Test func everyCase() throws {
    let cases = try numpyCases("indexing").filter { Self.counts[$0.string("op") ?? ""] != nil }
    #expect(cases.count == 124)
    var judge = ReferenceJudge()
    for example in cases { try judge.judge(example, run: run) }
    judge.expectCounts(Self.counts, of: "indexing.json, sorting and sets")
  }

  private func run(_ example: ReferenceCase) throws -> [String: any AnyTensor] {
    let inputs = try #require(example.child("inputs"))
    if example.string("op") == "lexsort" {
      let keys = try ["a0", "a1"].map { try #require(inputs.array($0)).tensor(of: Int.self) }
      return ["result": argSorted(byLast: keys)]
    }
    let array = try #require(inputs.array("a") ?? inputs.array("x"))
    let others = ["b", "v", "bins", "test", "min", "max"].compactMap(inputs.array)
    try #require(others.count == inputs.object.count - 1)
    func open<Scalar: TensorScalar>(_: Scalar.Type) throws -> [String: any AnyTensor] {
      try results(
        of: example, on: array.tensor(of: Scalar.self),
        others.map { try $0.tensor(of: Scalar.self) })
    }
    return try open(array.scalarType.swiftType)
  }

  /// The operations of all types.
  private func results<Scalar: TensorScalar>(
    of example: ReferenceCase, on x: Tensor<Scalar>, _ others: [Tensor<Scalar>]
  ) throws -> [String: any AnyTensor] {
    let arguments = try #require(example.child("args"))
    let axis = arguments.int("axis")
    let axes = axis.map { [$0] }
    switch try #require(example.string("op")) {
    case "unique":
      let found = x.uniqueElements(axis: axis)
      #expect(found.values.count == x.unique(axis: axis).count)
      var results: [String: any AnyTensor] = [:]
      if arguments.bool("return_index") == true { results["index"] = found.firstIndices }
      if arguments.bool("return_inverse") == true { results["inverse"] = found.inverse }
      if arguments.bool("return_counts") == true { results["counts"] = found.counts }
      results[results.isEmpty ? "result" : "values"] = found.values
      return results
    case "sort":
      if let axis { _ = try x.shape.normalizedAxis(axis) }
      return ["result": x.sorted(axis: axis)]
    case "argsort": return ["result": x.argSorted(axis: axis)]
    case "searchsorted":
      try x.shape.checkSortedList()
      let side: SearchSide = arguments.string("side") == "right" ? .right : .left
      return ["result": x.searchSorted(others[0], side: side)]
    case "digitize":
      return [
        "result": x.digitized(
          by: others[0], closedOnRight: try #require(arguments.bool("right") as Bool?))
      ]
    case "isin": return ["result": x.isIn(others[0])]
    case "array_equal": return ["result": Tensor(x == others[0])]
    case "median": return ["result": x.median(axes: axes)]
    case "percentile":
      return ["result": x.percentile(try #require(arguments.double("q")), axes: axes)]
    default: break
    }
    if let x = x as? Tensor<Int> { return ["result": try whole(of: example, on: x)] }
    if let x = x as? Tensor<Float> {
      try #require(example.string("op") == "round")
      return ["result": x.rounded(decimals: try #require(arguments.int("decimals")))]
    }
    let numbers = try #require(x as? Tensor<Double>)
    return [
      "result": try floating(of: example, on: numbers, others.compactMap { $0 as? Tensor<Double> })
    ]
  }

  private func whole(of example: ReferenceCase, on x: Tensor<Int>) throws -> any AnyTensor {
    let arguments = try #require(example.child("args"))
    switch try #require(example.string("op")) {
    case "bincount":
      try x.checkBinNumbers()
      return x.binCounts(minimumLength: arguments.int("minlength") ?? 0)
    case "round": return x.rounded(decimals: try #require(arguments.int("decimals")))
    case "clip":
      if let low = arguments.integer("min"), let high = arguments.integer("max") {
        return x.clipped(min: Int(low), max: Int(high))
      }
      return try floating(of: example, on: Tensor<Double>(x), [])
    case let operation: throw Unknown(name: operation)
    }
  }

  private func floating(
    of example: ReferenceCase, on x: Tensor<Double>, _ others: [Tensor<Double>]
  ) throws -> any AnyTensor {
    let arguments = try #require(example.child("args"))
    let axis = arguments.int("axis")
    let axes = axis.map { [$0] }
    switch try #require(example.string("op")) {
    case "clip":
      let low = arguments.double("min").map { Tensor($0) } ?? others.first
      let high = arguments.double("max").map { Tensor($0) }
      _ = try Shape.broadcast([x.shape] + [low, high].compactMap { $0?.shape })
      return x.clipped(min: low, max: high)
    case "round": return x.rounded(decimals: try #require(arguments.int("decimals")))
    case "floor": return floor(x)
    case "ceil": return ceil(x)
    case "trunc": return trunc(x)
    case "rint": return x.rounded()
    case "sign": return sign(x)
    case "abs": return abs(x)
    case "square": return square(x)
    case "negative": return -x
    case "isclose":
      return x.isClose(
        to: others[0], relativeTolerance: arguments.double("rtol") ?? 1e-5,
        absoluteTolerance: arguments.double("atol") ?? 1e-8,
        equalNaN: arguments.bool("equal_nan") ?? false)
    case "allclose":
      return Tensor(
        x.allClose(
          to: others[0], relativeTolerance: arguments.double("rtol") ?? 1e-5,
          absoluteTolerance: arguments.double("atol") ?? 1e-8,
          equalNaN: arguments.bool("equal_nan") ?? false))
    case "isnan": return x.isNaN
    case "isinf": return x.isInfinite
    case "isfinite": return x.isFinite
    case "diff": return x.differences(axis: axis ?? -1)
    case "ptp": return x.peakToPeak(axes: axes)
    case let operation: throw Unknown(name: operation)
    }
  }
}
