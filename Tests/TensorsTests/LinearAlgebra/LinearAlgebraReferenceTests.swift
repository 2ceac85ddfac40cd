import Foundation
import TestSupport
import Tensors
import Testing

/// NumPy's own answers, case by case.
@Suite struct LinearAlgebraReferenceTests {
  static let operations: Set = [
    "cholesky", "cond", "cross", "det", "diagonal", "dot", "eigh", "eigvalsh", "einsum", "inner",
    "inv",
    "kron", "lstsq", "matmul", "matrix_power", "matrix_rank", "norm", "outer", "pinv", "qr",
    "slogdet",
    "solve", "svd", "tensordot", "trace", "vdot",
  ]

  private func run(_ file: String, count: Int, notExpressible: [String]) throws {
    let cases = try numpyCases(file).filter { Self.operations.contains($0.string("op") ?? "") }
    #expect(cases.count == count)
    var operations: Set<String> = []
    var refused: [String] = []
    var ran = 0
    for reference in cases {
      let operation = try #require(reference.string("op"))
      let id = "\(reference.string("id") ?? "?") \(operation) \(reference.object["args"] ?? "")"
      operations.insert(operation)
      var player = try Player(reference)
      let outcome = try player.play(operation)
      switch (outcome, reference.child("expected"), reference.child("error")?.string("message")) {
      case (.results(let results), let expected?, nil):
        try compare(results, expected, reference, id)
      case (.failed(let message), nil, let expected?):
        #expect(message == expected, "\(id)")
      case (.notExpressible, nil, let expected?):
        refused.append(expected)
      default:
        Issue.record("\(id): \(outcome), expected \(reference.object["error"] ?? "a result")")
      }
      ran += 1
    }
    print("\(file).json, linear algebra: \(ran) cases")
    #expect(ran == count)
    #expect(operations == Self.operations)
    #expect(refused.sorted() == notExpressible)
  }

  @Test func casesOfTheReference() throws {
    // An order that is no number and no name of a norm can't be written.
    try run(
      "indexing", count: 258,
      notExpressible: ["Invalid norm order 'abc' for vectors", "Invalid norm order for matrices."])
  }

  @Test func casesAtTheEdges() throws {
    #expect(try numpyCases("linear_algebra_edges").count == 1946)
    try run("linear_algebra_edges", count: 1946, notExpressible: [])
  }

  /// Compares the results by name; those that are determined up to signs only are given the
  /// expected ones' first.
  private func compare(
    _ results: [String: Player.Result], _ expected: ReferenceCase, _ reference: ReferenceCase,
    _ id: String
  ) throws {
    #expect(results.keys.sorted() == expected.object.keys.sorted(), "\(id)")
    var aligned: [String: Tensor<Double>] = results.mapValues(\.values)
    if reference.string("compare") != nil {
      func align(columns: String, rows: String?) throws {
        guard let got = aligned[columns], let wanted = expected.array(columns)?.tensor,
          got.shape == wanted.shape, got.count > 0
        else { return }
        // With values in the vectors' own order, the sign of what they have in common.
        let signs = sign((got * wanted).sum(axis: -2, keepingAxis: true))
        aligned[columns] = got * signs
        guard let rows, let other = aligned[rows], let wantedRows = expected.array(rows)?.shape,
          other.shape == Shape(wantedRows)
        else { return }
        let extent = other.shape[other.rank - 2]
        let count = min(extent, signs.shape[signs.rank - 1])
        let turned = other[.rest, 0..<count, .all] * signs[.rest, 0..<count].matrixTransposed
        aligned[rows] = concatenate([turned, other[.rest, count..<extent, .all]], axis: -2)
      }
      if aligned["vectors"] != nil { try align(columns: "vectors", rows: nil) }
      if aligned["Q"] != nil { try align(columns: "Q", rows: "R") }
      if aligned["U"] != nil { try align(columns: "U", rows: "Vh") }
    }
    for (name, got) in aligned {
      let place: Comment = "\(id): \(name)"
      let wanted = try #require(expected.array(name))
      #expect(results[name]?.type == wanted.type, place)
      guard got.shape == Shape(wanted.shape) else {
        Issue.record("\(place): shape \(got.shape) instead of \(wanted.shape)")
        continue
      }
      let tolerance = reference.child("tol").map { $0.child(name) ?? $0 }
      let (relative, absolute) = (
        tolerance?.double("rtol") ?? 0, tolerance?.double("atol") ?? 0
      )
      for (index, (x, y)) in zip(got.scalars, wanted.doubles).enumerated() {
        let isClose =
          x == y || x.isNaN && y.isNaN || abs(x - y) <= absolute + relative * abs(y)
        #expect(isClose, "\(id): \(name)[\(index)] is \(x) instead of \(y)")
      }
    }
  }
}

/// The test doesn't know an operation of the file.
private struct UnknownOperation: Error {
  let name: String
}

/// Plays one case: the operation on the inputs, in the inputs' type.
private struct Player {
  struct Result {
    var values: Tensor<Double>
    var type: String
  }

  enum Outcome {
    case results([String: Result])
    case failed(String)
    case notExpressible
  }

  let reference: ReferenceCase
  let arguments: ReferenceCase
  let inputs: [ReferenceArray]

  init(_ reference: ReferenceCase) throws {
    self.reference = reference
    arguments = reference.child("args") ?? ReferenceCase([:])
    let object = try #require(reference.child("inputs"))
    // a, b or a0, a1, …
    inputs = try object.object.keys.sorted().map { try #require(object.array($0)) }
  }

  mutating func play(_ operation: String) throws -> Outcome {
    do {
      let types = Set(inputs.map(\.type))
      let products: Set = [
        "dot", "matmul", "inner", "outer", "vdot", "kron", "tensordot", "einsum", "cross", "trace",
        "diagonal",
      ]
      if products.contains(operation) {
        // Types that meet become the wider one, which here is said.
        if types == ["int64"] {
          return try product(operation, inputs.map { Tensor($0.ints, shape: Shape($0.shape)) })
        }
        if types == ["bool"] {
          return try productOfTruth(
            operation, inputs.map { Tensor($0.bools, shape: Shape($0.shape)) })
        }
        if types == ["float32"] {
          return try product(operation, inputs.map { Tensor<Float>($0.tensor) })
        }
        return try product(operation, inputs.map(\.tensor))
      }
      if types == ["float32"] {
        return try matrices(operation, inputs.map { Tensor<Float>($0.tensor) })
      }
      return try matrices(operation, inputs.map(\.tensor))
    } catch let error as ShapeError {
      return .failed(error.message)
    } catch let error as LinearAlgebraError {
      return .failed(error.message)
    }
  }

  private func results<Scalar: TensorScalar>(
    _ pairs: KeyValuePairs<String, Tensor<Scalar>>
  ) -> Outcome {
    .results(
      Dictionary(
        uniqueKeysWithValues: pairs.map {
          ($0.key, Result(values: Tensor<Double>($0.value), type: Scalar.scalarType.name))
        }))
  }

  /// The axes of an argument that is a number or a list of numbers.
  private func list(_ key: String) -> [Int]? {
    arguments.int(key).map { [$0] } ?? arguments.array(key)?.ints
  }

  private func productOfTruth(_ operation: String, _ x: [Tensor<Bool>]) throws -> Outcome {
    switch operation {
    case "dot": results(["result": x[0].dot(x[1])])
    case "matmul": results(["result": x[0].matmul(x[1])])
    default: throw UnknownOperation(name: operation)
    }
  }

  private func product<Scalar: NumericScalar>(
    _ operation: String, _ x: [Tensor<Scalar>]
  ) throws -> Outcome {
    let shapes = x.map(\.shape)
    let shape: Shape
    let result: Tensor<Scalar>
    switch operation {
    case "dot":
      shape = try Shape.dot(shapes[0], shapes[1])
      result = x[0].dot(x[1])
    case "matmul":
      shape = try Shape.matmul(shapes[0], shapes[1])
      result = x[0].matmul(x[1])
    case "inner":
      shape = try Shape.inner(shapes[0], shapes[1])
      result = x[0].inner(x[1])
    case "outer":
      shape = [x[0].count, x[1].count]
      result = x[0].outer(x[1])
    case "vdot":
      _ = try shapes[1].reshaped(to: [x[0].count])
      shape = []
      result = x[0].vectorDot(x[1])
    case "kron":
      result = x[0].kronecker(x[1])
      shape = result.shape
    case "cross":
      shape = try Shape.cross(shapes[0], shapes[1])
      result = x[0].cross(x[1])
    case "tensordot":
      if let axes = arguments.int("axes") {
        if axes > 0 {
          let axes = (Array(shapes[0].rank - axes..<shapes[0].rank), Array(0..<axes))
          _ = try Shape.tensorDot(shapes[0], shapes[1], axes: axes)
        }
        result = x[0].tensorDot(x[1], axes: axes)
        shape = result.shape
      } else {
        let pair = try #require(arguments.object["axes"] as? [[Int]])
        shape = try Shape.tensorDot(shapes[0], shapes[1], axes: (pair[0], pair[1]))
        result = x[0].tensorDot(x[1], axes: (pair[0], pair[1]))
      }
    case "einsum":
      let subscripts = try #require(arguments.string("subscripts"))
      shape = try Shape.einsum(subscripts, shapes)
      switch x.count {
      case 1: result = einsum(subscripts, x[0])
      case 2: result = einsum(subscripts, x[0], x[1])
      case 3: result = einsum(subscripts, x[0], x[1], x[2])
      default: result = einsum(subscripts, x[0], x[1], x[2], x[3])
      }
    case "trace", "diagonal":
      let axes = (arguments.int("axis1") ?? 0, arguments.int("axis2") ?? 1)
      let offset = arguments.int("offset") ?? 0
      let diagonals = try shapes[0].diagonal(offset: offset, axes: axes)
      result =
        operation == "trace"
        ? Tensor<Scalar>(x[0].trace(offset: offset, axes: axes))
        : x[0].diagonal(offset: offset, axes: axes)
      shape = operation == "trace" ? Shape(Array(diagonals.dropLast())) : diagonals
    default: throw UnknownOperation(name: operation)
    }
    #expect(shape == result.shape)
    return results(["result": result])
  }

  private func order() throws -> NormOrder?? {
    let key = arguments.object["ord"] == nil ? "p" : "ord"
    if arguments.object[key] == nil || arguments.object[key] is NSNull { return .some(nil) }
    switch arguments.string(key) {
    case nil: return .p(try #require(arguments.double(key)))
    case "fro": return .frobenius
    case "nuc": return .nuclear
    case "inf": return .infinity
    case "-inf": return .negativeInfinity
    default: return nil
    }
  }

  private func matrices<Scalar: FloatingScalar>(
    _ operation: String, _ x: [Tensor<Scalar>]
  ) throws -> Outcome {
    let a = x[0]
    switch operation {
    case "solve":
      // A matrix that is not square is found first.
      if a.rank >= 2, a.shape[a.rank - 1] == a.shape[a.rank - 2] {
        _ = try Shape.solve(a.shape, x[1].shape)
      }
      return results(["result": try a.solve(x[1])])
    case "inv": return results(["result": try a.inverse()])
    case "det": return results(["result": try a.determinant()])
    case "slogdet":
      let result = try a.logDeterminant()
      return results(["sign": result.sign, "logabsdet": result.logMagnitude])
    case "cholesky": return results(["result": try a.cholesky()])
    case "qr":
      switch arguments.string("mode") {
      case "r": return results(["R": try a.triangularFactor()])
      case let mode:
        let factors = try a.qr(mode == "complete" ? .complete : .reduced)
        return results(["Q": factors.q, "R": factors.r])
      }
    case "svd":
      if arguments.bool("compute_uv") == false {
        return results(["result": try a.singularValues()])
      }
      return try svd(a)
    case "eigh":
      let result = try a.symmetricEigen()
      return results(["values": result.values, "vectors": result.vectors])
    case "eigvalsh": return results(["result": try a.symmetricEigenvalues()])
    case "lstsq":
      let tolerance = arguments.double("rcond").map { Scalar($0) }
      let found = try a.leastSquares(x[1], relativeTolerance: tolerance)
      return .results([
        "x": Result(values: Tensor<Double>(found.solution), type: Scalar.scalarType.name),
        "residuals": Result(values: Tensor<Double>(found.residuals), type: Scalar.scalarType.name),
        "s": Result(values: Tensor<Double>(found.singularValues), type: Scalar.scalarType.name),
        "rank": Result(values: Tensor(Double(found.rank)), type: "int32"),
      ])
    case "pinv": return results(["result": try a.pseudoinverse()])
    case "matrix_rank": return results(["result": try a.matrixRank()])
    case "cond":
      guard let order = try order() else { return .notExpressible }
      return results(["result": try a.conditionNumber(order)])
    case "matrix_power":
      return results(["result": try a.matrixPower(try #require(arguments.int("n")))])
    case "norm": return try norm(a)
    default: throw UnknownOperation(name: operation)
    }
  }

  private func norm<Scalar: FloatingScalar>(_ a: Tensor<Scalar>) throws -> Outcome {
    guard let order = try order() else { return .notExpressible }
    let axes = list("axis")
    let over = try a.shape.normAxes(order, axes)
    let isSmallest = [.p(-2), .p(-1), .negativeInfinity].contains(order)
    if isSmallest, reference.child("error") != nil {
      // A tensor stops at the smallest of nothing.
      #expect(over.contains { a.shape[$0] == 0 })
      return .failed("zero-size array to reduction operation minimum which has no identity")
    }
    let keeping = arguments.bool("keepdims") ?? false
    return results(["result": a.norm(order, axes: axes, keepingAxes: keeping)])
  }

  /// The factors; what completes a square is only known to be orthonormal, so NumPy's own stands
  /// for it once it is.
  private func svd<Scalar: FloatingScalar>(_ a: Tensor<Scalar>) throws -> Outcome {
    let isFull = arguments.bool("full_matrices") ?? true
    let factors = try a.svd(fullMatrices: isFull)
    var (u, vTransposed) = (factors.u, factors.vTransposed)
    if isFull {
      let expected = try #require(reference.child("expected"))
      for (tensor, key) in [(factors.u, "U"), (factors.vTransposed, "Vh")] {
        let wanted = try #require(expected.array(key)).tensor
        #expect(tensor.shape == wanted.shape)
        let x = Tensor<Double>(tensor)
        let identity = try x.matmul(x.matrixTransposed).matrixPower(0)
        let unity = x.matmul(x.matrixTransposed)
        #expect(abs(unity - identity).sum().scalar < 1e-12)
      }
      u = try completed(u.matrixTransposed, "U", factors.singularValues).matrixTransposed
      vTransposed = try completed(vTransposed, "Vh", factors.singularValues)
    }
    return results(["U": u, "S": factors.singularValues, "Vh": vTransposed])
  }

  private func completed<Scalar: FloatingScalar>(
    _ rows: Tensor<Scalar>, _ key: String, _ values: Tensor<Scalar>
  ) throws -> Tensor<Scalar> {
    let count = values.shape[values.rank - 1]
    var wanted = Tensor<Scalar>(try #require(reference.child("expected")?.array(key)).tensor)
    if key == "U" { wanted = wanted.matrixTransposed }
    let extent = rows.shape[rows.rank - 2]
    if extent == count { return rows }
    return concatenate(
      [rows[.rest, 0..<count, .all], wanted[.rest, count..<extent, .all]], axis: -2)
  }
}
