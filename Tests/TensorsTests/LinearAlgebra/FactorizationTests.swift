import Foundation
import TestSupport
import Tensors
import Testing

/// Factorizations as exact as NumPy's: on matrices that both make to the bit, no figure is more
/// than ten times NumPy's.
///
/// A figure is a residual or a departure from orthogonality in units of rounding, relative to the
/// largest elements (`make_factorizations.py` has the same formulas); what NumPy happens to get
/// exactly counts as one unit, or as one of the norm for matrices with a structure.
@Suite struct FactorizationTests {
  private static let counts = [
    "cholesky": 64, "eigen": 161, "inverse": 102, "leastSquares": 293, "pseudoinverse": 133,
    "qr": 310,
    "qrComplete": 22, "solve": 103, "svd": 310, "svdFull": 22,
  ]

  private static func cases() throws -> [ReferenceCase] {
    let url = try #require(
      Bundle.module.url(forResource: "Fixtures/numpy/factorizations", withExtension: "json"))
    return try ReferenceFile(url).cases
  }

  @Test func everyOperationOfTheFileIsTested() throws {
    let operations = try Self.cases().compactMap { $0.string("op") }
    #expect(Dictionary(operations.map { ($0, 1) }, uniquingKeysWith: +) == Self.counts)
    #expect(operations.count == 1520)
  }

  @Test(arguments: counts.keys.sorted()) func isAsExactAsNumPy(_ operation: String) throws {
    var ran = 0
    for reference in try Self.cases() where reference.string("op") == operation {
      let trial = try Trial(reference)
      do {
        if reference.string("dtype") == "float32" {
          try trial.run(Float.self)
        } else {
          try trial.run(Double.self)
        }
      } catch let error as LinearAlgebraError {
        Issue.record("\(trial.place): \(error)")
      }
      ran += 1
    }
    #expect(ran == Self.counts[operation])
  }
}

/// A matrix that a seed and exact arithmetic determine to the bit.
private struct TestMatrix {
  var kind: String
  var seed: Int

  func callAsFunction(_ m: Int, _ n: Int) throws -> Tensor<Double> {
    var draws = RandomState(seed: UInt32(seed))
    func normal() -> [Double] { draws.standardNormal([m, n]).scalars }
    func from(_ element: (_ i: Int, _ j: Int) -> Double) -> Tensor<Double> {
      Tensor((0..<m).flatMap { i in (0..<n).map { j in element(i, j) } }, shape: [m, n])
    }
    func scaled(_ exponent: (_ i: Int, _ j: Int) -> Int) -> Tensor<Double> {
      let x = normal()
      return from { i, j in
        Double(sign: .plus, exponent: exponent(i, j), significand: x[i * n + j])
      }
    }
    // The second half of the columns from the first.
    func halved(_ element: (_ first: Double, _ index: Int) -> Double) -> Tensor<Double> {
      let x = normal()
      let half = (n + 1) / 2
      return from { i, j in j < half ? x[i * n + j] : element(x[i * n + j - half], i * n + j) }
    }
    switch kind {
    case "normal": return Tensor(normal(), shape: [m, n])
    case "integers":
      return Tensor<Double>(try draws.randint(-9, 10, shape: [m, n]))
    case "hilbert": return from { i, j in 1 / Double(i + j + 1) }
    case "rowsDown": return scaled { i, _ in -(100 * i / m) }
    case "rowsUp": return scaled { i, _ in 100 * i / m - 100 }
    case "columnsDown": return scaled { _, j in -(100 * j / n) }
    case "graded": return scaled { i, j in -(60 * i / m) - 60 * j / n }
    case "nearlyDependent":
      var later: [Double] = []
      return halved { first, index in
        if later.isEmpty { later = normal() }
        return first + later[index] * 0x1p-46
      }
    case "rankDeficient": return halved { first, _ in 2 * first }
    case "identity": return from { i, j in i == j ? 1 : 0 }
    case "zeros": return from { _, _ in 0 }
    case "ones": return from { _, _ in 1 }
    case "repeated": return from { i, j in i == j ? 4 : 1 }
    case "permutation":
      let order = draws.permutation(max(m, n))
      return from { i, j in order[i] == j ? 1 : 0 }
    case "laplacian": return from { i, j in i == j ? 2 : abs(i - j) == 1 ? -1 : 0 }
    case "wilkinson":
      return from { i, j in
        i == j ? abs(Double(i) - Double(m - 1) / 2) : abs(i - j) == 1 ? 1 : 0
      }
    case "tiny": return Tensor(normal(), shape: [m, n]) * 1e-300
    case "huge": return Tensor(normal(), shape: [m, n]) * 1e300
    default: throw UnknownMatrix(kind: kind)
    }
  }

  func symmetric(_ n: Int) throws -> Tensor<Double> {
    let a = try self(n, n)
    let isSymmetric = [
      "hilbert", "identity", "zeros", "ones", "repeated", "laplacian", "wilkinson",
    ].contains(kind)
    return isSymmetric ? a : a + a.transposed()
  }

  /// A symmetric matrix whose diagonal outweighs the rest.
  func definite(_ n: Int) throws -> Tensor<Double> {
    if ["hilbert", "identity", "laplacian", "repeated"].contains(kind) { return try self(n, n) }
    let a = try TestMatrix(kind: "normal", seed: seed)(n, n)
    let sums = (a + a.transposed()).scalars
    let scales: [String: Double] = ["tiny": 1e-300, "huge": 1e300]
    let scale = scales[kind] ?? 1
    let elements = (0..<n * n).map { index in
      let (i, j) = (index / n, index % n)
      let element = sums[index] + (i == j ? 8 + 2 * Double(n) : 0)
      let exponent = kind == "graded" ? -(60 * i / n) - 60 * j / n : 0
      return Double(sign: .plus, exponent: exponent, significand: element) * scale
    }
    return Tensor(elements, shape: [n, n])
  }
}

private struct UnknownMatrix: Error {
  let kind: String
}

/// One operation on one matrix.
private struct Trial {
  let operation: String
  let place: String
  let reference: ReferenceCase
  let figures: ReferenceCase
  let seed: Int
  let matrix: Tensor<Double>

  init(_ reference: ReferenceCase) throws {
    self.reference = reference
    operation = try #require(reference.string("op"))
    figures = try #require(reference.child("figures"))
    seed = try #require(reference.int("seed"))
    let kind = try #require(reference.string("matrix"))
    let (m, n) = (try #require(reference.int("rows")), try #require(reference.int("columns")))
    let source = TestMatrix(kind: kind, seed: seed)
    matrix =
      switch operation {
      case "eigen": try source.symmetric(n)
      case "cholesky": try source.definite(n)
      default: try source(m, n)
      }
    place =
      "\(reference.string("id") ?? "?"): \(operation) of \(kind) \(m) × \(n), "
      + "\(reference.string("dtype") ?? "")"
  }

  func run<Scalar: FloatingScalar>(_: Scalar.Type) throws {
    let a = Tensor<Scalar>(matrix)
    let d = Tensor<Double>(a)
    let (m, n) = (d.shape[0], d.shape[1])
    var found: [String: Double] = [:]
    switch operation {
    case "solve":
      let scale = (1e-100..<1e100).contains(size(d)) ? 1 : size(d)
      let b = Tensor<Double>(Tensor<Scalar>(rightSides(m, 3) * scale))
      let x = Tensor<Double>(try a.solve(Tensor<Scalar>(b)))
      found["residual"] = difference(d.matmul(x), b) / (size(d) * size(x) + size(b))
    case "inverse":
      let x = Tensor<Double>(try a.inverse())
      found["residual"] = difference(d.matmul(x), identity(n)) / (size(d) * size(x))
    case "cholesky":
      let factor = Tensor<Double>(try a.cholesky())
      #expect(isLower(factor), "\(place): not a lower triangle")
      found["residual"] = difference(factor.matmul(factor.transposed()), d) / size(d)
    case "qr", "qrComplete":
      let factors = try a.qr(operation == "qr" ? .reduced : .complete)
      let (q, r) = (Tensor<Double>(factors.q), Tensor<Double>(factors.r))
      #expect(isLower(r.transposed()), "\(place): not an upper triangle")
      #expect(try a.triangularFactor() == factors.r[..<min(m, n)], "\(place): r alone differs")
      found["residual"] = difference(q.matmul(r), d) / size(d)
      found["orthogonality"] = orthogonality(q)
    case "svd", "svdFull":
      let factors = try a.svd(fullMatrices: operation == "svdFull")
      let (u, s, vt) = (
        Tensor<Double>(factors.u), Tensor<Double>(factors.singularValues),
        Tensor<Double>(factors.vTransposed)
      )
      let values = s.scalars
      #expect(values.allSatisfy { $0 >= 0 }, "\(place): a negative singular value")
      #expect(values == values.sorted(by: >), "\(place): not in order")
      let k = values.count
      found["residual"] = difference((u[.all, ..<k] * s).matmul(vt[..<k]), d) / size(d)
      found["orthogonality"] = max(orthogonality(u), orthogonality(vt.transposed()))
      if let expected = reference.array("values")?.tensor {
        let alone = Tensor<Double>(try a.singularValues())
        found["values"] = difference(s, expected) / size(expected)
        found["valuesAlone"] = difference(alone, expected) / size(expected)
      }
    case "eigen":
      let eigen = try a.symmetricEigen()
      let (w, v) = (Tensor<Double>(eigen.values), Tensor<Double>(eigen.vectors))
      #expect(w.scalars == w.scalars.sorted(), "\(place): not in order")
      found["residual"] = difference(d.matmul(v), v * w) / size(d)
      found["orthogonality"] = orthogonality(v)
      if let expected = reference.array("values")?.tensor {
        let alone = Tensor<Double>(try a.symmetricEigenvalues())
        found["values"] = difference(w, expected) / size(expected)
        found["valuesAlone"] = difference(alone, expected) / size(expected)
      }
    case "leastSquares":
      let b = Tensor<Double>(Tensor<Scalar>(rightSides(m, 2)))
      let result = try a.leastSquares(Tensor<Scalar>(b))
      let x = Tensor<Double>(result.solution)
      // Where a singular value is near the bound, either count is right.
      let bound =
        Double(max(m, n)) * .ulpOfOne
        * (result.singularValues.scalars.first.map { Double($0) } ?? 0)
      let isClear = result.singularValues.scalars.allSatisfy {
        !(bound / 2...bound * 2).contains(Double($0))
      }
      #expect(result.rank == figures.int("rank") || !isClear && bound > 0, "\(place)")
      if result.rank != figures.int("rank") { return }
      if figures.double("residual") != nil {
        let rest = d.matmul(x) - b
        let scale = size(d) * (size(d) * size(x) + size(b))
        found["residual"] = size(d.transposed().matmul(rest), orOne: false) / scale
        if result.residuals.count > 0 {
          let sums = square(rest).sum(axis: 0)
          let largest = (Double(m) * size(d) * size(x) + size(b)) * Double(Scalar.ulpOfOne)
          // The sum of the squares of m numbers, each of which is known to some units of the
          // largest part.
          let tolerance = 10 * largest * Double(m) * (largest + sqrt(sums).max().scalar)
          #expect(
            difference(Tensor<Double>(result.residuals), sums) <= tolerance, "\(place): residuals")
        }
      }
      // Of all that leave the same residual it is the shortest.
      let length = sqrt(square(x / size(x)).sum()).scalar * size(x)
      let expected = try #require(figures.double("length"))
      let condition = conditionOfTheKeptPart(Tensor<Double>(result.singularValues), result.rank)
      let tolerance = 100 * condition * condition * Double(Scalar.ulpOfOne)
      #expect(
        length == expected || abs(length - expected) <= tolerance * expected,
        "\(place): length \(length) instead of \(expected)")
    case "pseudoinverse":
      let x = Tensor<Double>(
        try a.pseudoinverse(relativeTolerance: Scalar(max(m, n)) * Scalar.ulpOfOne))
      let (ax, xa) = (d.matmul(x), x.matmul(d))
      found["residual"] = difference(ax.matmul(d), d) / (size(d) * size(x) * size(d))
      found["reverse"] = difference(xa.matmul(x), x) / (size(x) * size(d) * size(x))
      found["symmetry"] =
        max(difference(ax, ax.transposed()), difference(xa, xa.transposed())) / (size(d) * size(x))
    default: Issue.record("no operation \(operation)")
    }
    let expected = figures.object.keys.filter { !["rank", "length", "one"].contains($0) }
    #expect(found.keys.sorted() == expected.sorted(), "\(place)")
    for (name, figure) in found {
      let units = figure / Double(Scalar.ulpOfOne)
      let one = figures.child("one")?.double(name) ?? 1
      let allowed = 10 * max(try #require(figures.double(name)), one)
      #expect(units <= allowed, "\(place): \(name) of \(units) units instead of \(allowed / 10)")
    }
  }

  private func rightSides(_ m: Int, _ count: Int) -> Tensor<Double> {
    var draws = RandomState(seed: UInt32(seed + 1))
    return draws.standardNormal([m, count])
  }

  private func conditionOfTheKeptPart(_ values: Tensor<Double>, _ rank: Int) -> Double {
    let kept = values.scalars.prefix(rank)
    guard let first = kept.first, let last = kept.last else { return 1 }
    return first / last
  }

  private func size(_ x: Tensor<Double>, orOne: Bool = true) -> Double {
    let largest = x.count == 0 ? 0 : abs(x).max().scalar
    return largest == 0 && orOne ? 1 : largest
  }

  private func difference(_ x: Tensor<Double>, _ y: Tensor<Double>) -> Double {
    #expect(x.shape == y.shape, "\(place)")
    return size(x - y, orOne: false)
  }

  private func identity(_ n: Int) -> Tensor<Double> { .oneHot(Array(0..<n), classes: n) }

  private func orthogonality(_ q: Tensor<Double>) -> Double {
    difference(q.transposed().matmul(q), identity(q.shape[1]))
  }

  private func isLower(_ x: Tensor<Double>) -> Bool {
    let (m, n) = (x.shape[0], x.shape[1])
    let elements = x.scalars
    return (0..<m).allSatisfy { i in
      elements[(i * n + min(i + 1, n))..<(i + 1) * n].allSatisfy { $0 == 0 }
    }
  }
}
