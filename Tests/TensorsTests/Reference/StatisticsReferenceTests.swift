import Tensors
import TestSupport
import Testing

/// NumPy's quantiles, nan-functions, histograms, further elementary functions and bit operations: every case of the file.
@Suite struct StatisticsReferenceTests {
  /// NumPy's functions and ours are both within 2 units in the last place.
  private static let functions: Set = [
    "exp2", "log2", "log10", "tan", "arcsin", "arccos", "arctan", "sinh", "cosh", "arcsinh",
    "arccosh", "arctanh", "cbrt", "hypot", "arctan2",
  ]

  @Test func everyCase() throws {
    let cases = try numpyCases("statistics")
    #expect(cases.count == 1675)
    var judge = ReferenceJudge(zeroSignsCount: { $0 == "unique" })
    for example in cases {
      let operation = try #require(example.string("op"))
      var object = example.object
      let isFloat = example.child("inputs")?.array("a")?.type == "float32"
      if Self.functions.contains(operation) {
        object["tol"] = ["ulp": 4]
      } else if operation == "histogram" {
        // Edges between Floats are Floats here, Doubles in NumPy where a range is given.
        object["tol"] = isFloat ? ["rtol": 1e-6] : ["ulp": 2]
      } else if operation == "quantile" || operation.hasPrefix("nan") {
        // Some roundings of numbers up to 9, and of sums and squares of up to 30 of them; a Float's q is a Float in NumPy.
        object["tol"] = ["rtol": isFloat ? 1e-6 : 1e-14, "atol": isFloat ? 1e-6 : 1e-14]
      }
      try judge.judge(ReferenceCase(object), run: run)
    }
    judge.expectCounts(
      [
        "arccos": 1,
        "arccosh": 1,
        "arcsin": 1,
        "arcsinh": 1,
        "arctan": 1,
        "arctan2": 1,
        "arctanh": 1,
        "bincount": 1,
        "bitwise_and": 8,
        "bitwise_or": 8,
        "bitwise_xor": 8,
        "cbrt": 1,
        "cosh": 1,
        "digitize": 8,
        "exp2": 1,
        "histogram": 28,
        "histogram_edges": 2,
        "hypot": 1,
        "invert": 8,
        "left_shift": 8,
        "log10": 1,
        "log2": 1,
        "median": 51,
        "nanmax": 39,
        "nanmean": 39,
        "nanmedian": 39,
        "nanmin": 39,
        "nanprod": 39,
        "nanquantile": 39,
        "nanstd": 39,
        "nansum": 39,
        "nanvar": 78,
        "quantile": 1125,
        "right_shift": 8,
        "sinh": 1,
        "tan": 1,
        "unique": 7,
      ], of: "statistics.json")
  }

  private func run(_ example: ReferenceCase) throws -> [String: any AnyTensor] {
    let array = try #require(example.child("inputs")?.array("a"))
    func open<Scalar: TensorScalar>(_: Scalar.Type) throws -> [String: any AnyTensor] {
      try results(of: example, on: array.tensor(of: Scalar.self))
    }
    return try open(array.scalarType.swiftType)
  }

  private func results<Scalar: TensorScalar>(
    of example: ReferenceCase, on x: Tensor<Scalar>
  ) throws -> [String: any AnyTensor] {
    let arguments = try #require(example.child("args"))
    let axis = arguments.int("axis")
    let axes = axis.map { [$0] } ?? arguments.object["axis"] as? [Int]
    switch try #require(example.string("op")) {
    case "median": return ["result": x.median(axes: axes)]
    case "quantile":
      let method = try method(arguments)
      if let q = arguments.array("q") {
        return ["result": x.quantile(q.doubles, axes: axes, method: method)]
      }
      let q = try #require(arguments.double("q"))
      return ["result": x.quantile(q, axes: axes, method: method)]
    case "histogram":
      let range = arguments.array("range")?.doubles.map { Scalar.Quotient($0) }
      let (counts, edges) = x.histogram(
        bins: try #require(arguments.int("bins")), range: range.map { $0[0]...$0[1] })
      return ["counts": counts, "edges": Tensor<Double>(edges)]
    case "unique":
      let found = x.uniqueElements(axis: axis)
      return [
        "values": found.values, "index": found.firstIndices, "inverse": found.inverse,
        "counts": found.counts,
      ]
    default: break
    }
    if let x = x as? Tensor<Double> { return try floating(of: example, on: x) }
    guard let type = Scalar.self as? any IntegerScalar.Type else { throw Unknown(name: "\(x)") }
    func open<Whole: IntegerScalar>(_: Whole.Type) throws -> [String: any AnyTensor] {
      ["result": try whole(of: example, on: try #require(x as? Tensor<Whole>))]
    }
    return try open(type)
  }

  private func method(_ arguments: ReferenceCase) throws -> QuantileMethod {
    switch try #require(arguments.string("method")) {
    case "linear": .linear
    case "lower": .lower
    case "higher": .higher
    case "midpoint": .midpoint
    case "nearest": .nearest
    case "hazen": .hazen
    case "weibull": .weibull
    case "median_unbiased": .medianUnbiased
    case "normal_unbiased": .normalUnbiased
    case "interpolated_inverted_cdf": .interpolatedInvertedCDF
    case let name: throw Unknown(name: name)
    }
  }

  private func whole<Scalar: IntegerScalar>(
    of example: ReferenceCase, on x: Tensor<Scalar>
  ) throws -> any AnyTensor {
    let inputs = try #require(example.child("inputs"))
    let operation = try #require(example.string("op"))
    if operation == "bincount" {
      return x.binCounts(weights: try #require(inputs.array("weights")).tensor(of: Double.self))
    }
    if operation == "invert" { return ~x }
    let y = try #require(inputs.array("b")).tensor(of: Scalar.self)
    switch operation {
    case "bitwise_and": return x & y
    case "bitwise_or": return x | y
    case "bitwise_xor": return x ^ y
    case "left_shift": return x << y
    case "right_shift": return x >> y
    default: throw Unknown(name: operation)
    }
  }

  private func floating(
    of example: ReferenceCase, on x: Tensor<Double>
  ) throws -> [String: any AnyTensor] {
    let inputs = try #require(example.child("inputs"))
    let arguments = try #require(example.child("args"))
    let axes = arguments.int("axis").map { [$0] } ?? arguments.object["axis"] as? [Int]
    let result: any AnyTensor
    switch try #require(example.string("op")) {
    case "nansum": result = x.nanSum(axes: axes)
    case "nanprod": result = x.nanProduct(axes: axes)
    case "nanmean": result = x.nanMean(axes: axes)
    case "nanvar": result = x.nanVariance(axes: axes, correction: arguments.int("ddof") ?? 0)
    case "nanstd": result = x.nanStandardDeviation(axes: axes)
    case "nanmax": result = x.nanMax(axes: axes)
    case "nanmin": result = x.nanMin(axes: axes)
    case "nanmedian": result = x.nanMedian(axes: axes)
    case "nanquantile":
      result = x.nanQuantile(try #require(arguments.double("q")), axes: axes)
    case "histogram_edges":
      let edges = try #require(inputs.array("edges")).tensor(of: Double.self)
      return ["counts": x.histogram(edges: edges)]
    case "digitize":
      let edges = try #require(inputs.array("bins")).tensor(of: Double.self)
      let isRight = try #require(arguments.bool("right") as Bool?)
      result = x.digitized(by: edges, closedOnRight: isRight)
    case "exp2": result = exp2(x)
    case "log2": result = log2(x)
    case "log10": result = log10(x)
    case "tan": result = tan(x)
    case "arcsin": result = asin(x)
    case "arccos": result = acos(x)
    case "arctan": result = atan(x)
    case "sinh": result = sinh(x)
    case "cosh": result = cosh(x)
    case "arcsinh": result = asinh(x)
    case "arccosh": result = acosh(x)
    case "arctanh": result = atanh(x)
    case "cbrt": result = cbrt(x)
    case "hypot":
      result = hypot(x, try #require(inputs.array("b")).tensor(of: Double.self))
    case "arctan2":
      result = atan2(x, try #require(inputs.array("b")).tensor(of: Double.self))
    case let operation: throw Unknown(name: operation)
    }
    return ["result": result]
  }
}
