import TestSupport
import Tensors
import Testing

/// What the factorizations have in common: stacks, views, types, and what they say of matrices they
/// can't work on.
@Suite struct SolveTests {
  private func draw(_ shape: Shape, seed: UInt32 = 1) -> Tensor<Double> {
    var random = RandomState(seed: seed)
    return random.standardNormal(shape)
  }

  @Test func examplesOfTheDocumentation() throws {
    #expect(try Shape.solve([5, 3, 3], [3]) == [5, 3])
    let a: Tensor<Double> = [[3, 1], [1, 2]]
    #expect(relativeDifference(try a.solve(Tensor([9, 8])).scalars, [2, 3]) < 1e-15)
    let b: Tensor<Double> = [[1, 2], [3, 4]]
    #expect(relativeDifference(try b.inverse().scalars, [-2, 1, 1.5, -0.5]) < 1e-15)
    #expect(abs(try b.determinant().scalar + 2) < 1e-15)
    let tiny = Tensor<Double>(repeating: 1e-200, shape: [1, 1])
    #expect(try tiny.logDeterminant().logMagnitude.scalar == -460.51701859880916)
    let c: Tensor<Double> = [[4, 2], [2, 5]]
    #expect(try c.cholesky() == [[2, 0], [1, 2]])
    let d: Tensor<Double> = [[3, 1], [4, 2]]
    #expect(relativeDifference(try d.qr().r.scalars, [-5, -2.2, 0, 0.4]) < 1e-15)
    let e: Tensor<Double> = [[3, 0], [4, 5]]
    let values = [6.708203932499369, 2.23606797749979]
    #expect(relativeDifference(try e.svd().singularValues.scalars, values) < 1e-15)
    let f: Tensor<Double> = [[2, 1], [1, 2]]
    #expect(relativeDifference(try f.symmetricEigen().values.scalars, [1, 3]) < 1e-15)
    let g: Tensor<Double> = [[0, 1], [1, 1], [2, 1]]
    let line = try g.leastSquares(Tensor([1, 3, 5])).solution
    #expect(relativeDifference(line.scalars, [2, 1]) < 1e-14)
    let h: Tensor<Double> = [[1], [2]]
    #expect(relativeDifference(try h.pseudoinverse().scalars, [0.2, 0.4]) < 1e-15)
    let i: Tensor<Double> = [[1, 2], [2, 4]]
    #expect(try i.matrixRank() == Tensor(1))
    let j: Tensor<Double> = [[1, 1], [0, 1]]
    #expect(try j.matrixPower(5) == [[1, 5], [0, 1]])
  }

  /// All operations on a stack, as tensors.
  private static func results(_ a: Tensor<Double>) throws -> [Tensor<Double>] {
    let qr = try a.qr(.complete)
    let svd = try a.svd(fullMatrices: true)
    let definite = a.matmul(a.matrixTransposed) + Tensor<Double>.oneHot([0, 1, 2], classes: 3)
    let eigen = try definite.symmetricEigen()
    let determinant = try a.logDeterminant()
    return [
      try a.solve(Tensor([1, 2, 3])), try a.inverse(), try a.determinant(), determinant.sign,
      determinant.logMagnitude, qr.q, qr.r, try a.triangularFactor(), svd.u, svd.singularValues,
      svd.vTransposed, try a.singularValues(), eigen.values, eigen.vectors,
      try definite.symmetricEigenvalues(), try definite.cholesky(), try a.pseudoinverse(),
      Tensor<Double>(try a.matrixRank()), try a.conditionNumber(), try a.conditionNumber(1),
      try a.matrixPower(-3), a.norm(2, axes: [-2, -1]), a.norm(.nuclear, axes: [-2, -1]),
    ]
  }

  /// Each matrix of a stack, also of one that jumps through memory, is worked on as if it were
  /// alone.
  @Test func stacksAndViews() throws {
    let stack = draw([3, 4, 3, 3]).transposed([3, 1, 2, 0])[.stride(by: -1), .stride(by: 2)]
    #expect(stack.shape == [3, 2, 3, 3])
    let together = try Self.results(stack)
    for i in 0..<3 {
      for j in 0..<2 {
        let alone = try Self.results(
          Tensor(stack[i, j].scalars, shape: [3, 3]))
        for (whole, part) in zip(together, alone) { #expect(whole[i, j] == part) }
      }
    }
  }

  /// Matrices that are repeated are factored once, right-hand sides that are repeated are not
  /// written to.
  @Test func solutionsBroadcast() throws {
    let a = draw([4, 1, 3, 3])
    let b = draw([5, 3, 2], seed: 2)
    let copy = b * 1
    let x = try a.solve(b)
    #expect(x.shape == [4, 5, 3, 2])
    #expect(b == copy)
    for i in 0..<4 {
      for j in 0..<5 { #expect(x[i, j] == (try a[i, 0].solve(b[j]))) }
    }
    let repeated = try a[0, 0].solve(Tensor<Double>(repeating: 1, shape: [2, 3, 3]))
    #expect(repeated[0] == repeated[1])
  }

  @Test func inputsAreLeftAlone() throws {
    let a = draw([3, 3])
    let copy = a * 1
    _ = try Self.results(a)
    _ = try a.leastSquares(a)
    #expect(a == copy)
  }

  /// `Float` is worked on in double precision, as NumPy does: each result is the nearest `Float`.
  @Test func singlePrecision() throws {
    let a = Tensor<Float>(draw([6, 4]))
    let d = Tensor<Double>(a)
    #expect(try a.svd().singularValues == Tensor<Float>(try d.svd().singularValues))
    #expect(try a.qr().r == Tensor<Float>(try d.qr().r))
    #expect(try a[..<4].inverse() == Tensor<Float>(try d[..<4].inverse()))
    #expect(try a.pseudoinverse() == Tensor<Float>(try d.pseudoinverse(relativeTolerance: 1e-15)))
    #expect(try a.leastSquares(a).solution == Tensor<Float>(try d.leastSquares(d).solution))
    let tiny: Tensor<Float> = [[1e-30, 0], [0, 1e-30]]
    #expect(try tiny.determinant().scalar == 0)
    #expect(try tiny.logDeterminant().sign.scalar == 1)
    #expect(try tiny.pseudoinverse().scalars == [1e30, 0, 0, 1e30].map { Float($0) })
  }

  /// A determinant whose factors overflow but that doesn't itself, and one that does.
  @Test func determinantsBeyondRange() throws {
    func diagonal(_ x: [Double]) -> Tensor<Double> {
      .oneHot(Array(x.indices), classes: x.count) * Tensor(x)
    }
    let balanced = diagonal([1e200, 1e-200, 1e200, 1e-200, 3])
    #expect(abs(try balanced.determinant().scalar - 3) < 1e-14)
    let large = diagonal([Double](repeating: -1e200, count: 3))
    #expect(try large.determinant().scalar == -.infinity)
    let logarithm = try large.logDeterminant()
    #expect(logarithm.sign.scalar == -1)
    #expect(abs(logarithm.logMagnitude.scalar - 600 * 2.302585092994046) < 1e-12)
    let least = Double.leastNonzeroMagnitude
    #expect(try diagonal([least, 0.5]).determinant().scalar == 0)
    #expect(try diagonal([least, 4]).determinant().scalar == 4 * least)
  }

  @Test func matricesThatCannotBeWorkedOn() throws {
    func expect(
      _ error: LinearAlgebraError, _ message: String, _ call: () throws -> Void,
      at location: SourceLocation = #_sourceLocation
    ) {
      #expect(throws: error, sourceLocation: location, performing: call)
      #expect(error.message == message && "\(error)" == message, sourceLocation: location)
    }
    let singular = Tensor<Double>.ones([3, 3])
    let wide = Tensor<Double>.ones([2, 3])
    let vector = Tensor<Double>.ones([3])
    expect(.singular, "Singular matrix") { _ = try singular.solve(vector) }
    expect(.singular, "Singular matrix") { _ = try singular.inverse() }
    expect(.notPositiveDefinite, "Matrix is not positive definite") {
      _ = try (-singular).cholesky()
    }
    expect(.notSquare, "Last 2 dimensions of the array must be square") {
      _ = try wide.symmetricEigen()
    }
    expect(
      .notMatrices(rank: 1), "1-dimensional array given. Array must be at least two-dimensional"
    ) { _ = try vector.qr() }
    expect(.notOneMatrix(rank: 3), "3-dimensional array given. Array must be two-dimensional") {
      _ = try Tensor<Double>.ones([1, 3, 3]).leastSquares(vector)
    }
    expect(.incompatibleRows, "Incompatible dimensions") { _ = try wide.leastSquares(vector) }
    expect(.emptyMatrix, "cond is not defined on empty arrays") {
      _ = try Tensor<Double>.zeros([0, 0]).conditionNumber()
    }
    // Nothing to solve for needs no inverse, but a matrix beside it does.
    expect(.singular, "Singular matrix") {
      _ = try singular.solve(Tensor<Double>.zeros([0, 3, 1]))
    }
  }

  /// NaN and infinities, wherever they stand, give an error or NaN, and an answer in any case.
  @Test func elementsThatAreNotFinite() throws {
    for n in [1, 2, 5, 40] {
      for bad in [Double.nan, .infinity, -.infinity] {
        for (i, j) in [(0, 0), (n - 1, 0), (n / 2, n - 1), (n - 1, n - 1)] {
          var a = draw([n, n])
          a[i, j] = Tensor(bad)
          a[j, i] = Tensor(bad)
          #expect(throws: LinearAlgebraError.singularValuesDidNotConverge) { try a.svd() }
          #expect(throws: LinearAlgebraError.singularValuesDidNotConverge) {
            try a.singularValues()
          }
          #expect(throws: LinearAlgebraError.singularValuesDidNotConverge) {
            try a.pseudoinverse()
          }
          #expect(throws: LinearAlgebraError.singularValuesDidNotConverge) { try a.matrixRank() }
          #expect(throws: LinearAlgebraError.eigenvaluesDidNotConverge) {
            try a.symmetricEigen()
          }
          #expect(throws: LinearAlgebraError.eigenvaluesDidNotConverge) {
            try a.symmetricEigenvalues()
          }
          #expect(throws: LinearAlgebraError.leastSquaresDidNotConverge) {
            try a.leastSquares(.ones([n]))
          }
          let qr = try a.qr()
          #expect(qr.r.scalars.contains { !$0.isFinite })
          let solution = try? a.solve(.ones([n]))
          if bad.isNaN { #expect(solution?.scalars.contains { $0.isNaN } != false) }
          if bad.isNaN {
            #expect(throws: LinearAlgebraError.notPositiveDefinite) { try a.cholesky() }
            #expect(try a.determinant().scalar.isNaN)
          }
        }
      }
    }
  }

  /// Elements from 2⁻¹⁰⁰⁰ to 2¹⁰⁰⁰ in one matrix.
  @Test func elementsOfAllMagnitudes() throws {
    var random = RandomState(seed: 7)
    let identity = Tensor<Double>.oneHot(Array(0..<5), classes: 5)
    func departure(_ q: Tensor<Double>) -> Double {
      abs(q.transposed().matmul(q) - identity).max().scalar
    }
    for trial in 0..<400 {
      let elements = try (0..<25).map { _ in
        Double(
          sign: .plus, exponent: try random.randomInteger(-1000, 1000),
          significand: random.standardNormal())
      }
      let a = Tensor(elements, shape: [5, 5])
      // A few roundings of numbers up to 1 for each of 25 elements.
      let tolerance = 25 * Double.ulpOfOne
      #expect(departure(try a.symmetricEigen().vectors) < tolerance, "trial \(trial)")
      let factors = try a.svd()
      #expect(departure(factors.u) < tolerance, "trial \(trial)")
      #expect(departure(factors.vTransposed) < tolerance, "trial \(trial)")
      #expect(departure(try a.qr().q) < tolerance, "trial \(trial)")
      #expect(try a.singularValues() == factors.singularValues, "trial \(trial)")
    }
  }

  /// Only the lower triangle of a symmetric matrix is read.
  @Test func upperTrianglesAreNotRead() throws {
    let a = draw([20, 20])
    let whole = a.matmul(a.transposed()) + Tensor<Double>.oneHot(Array(0..<20), classes: 20)
    var lower = whole
    for i in 0..<20 { lower[i, (i + 1)...] = Tensor(.nan) }
    #expect(try lower.cholesky() == whole.cholesky())
    // Rounding makes the product's triangles differ in last places: the lower one counts.
    var mirrored = whole
    for i in 0..<20 { mirrored[..<i, i] = whole[i, ..<i] }
    #expect(try lower.symmetricEigen().values == mirrored.symmetricEigen().values)
  }

  @Test func ranksByBounds() throws {
    let a: Tensor<Double> = [[4, 0, 0], [0, 1, 0], [0, 0, 0.5]]
    #expect(try a.matrixRank(tolerance: 0.5).scalar == 2)
    #expect(try a.matrixRank(relativeTolerance: 0.25).scalar == 1)
    #expect(try Tensor<Double>.zeros([4]).matrixRank().scalar == 0)
    #expect(try Tensor<Double>([0, 2]).matrixRank().scalar == 1)
    #expect(try Tensor<Double>.zeros([2, 0, 3]).matrixRank() == Tensor([0, 0]))
    #expect(try a.pseudoinverse(relativeTolerance: 0.2) == [[0.25, 0, 0], [0, 1, 0], [0, 0, 0]])
  }

  /// What a traced operand gets is a sentence.
  @Test func tracedOperandsStop() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let solve = compile { (a: Tensor<Double>) in
        (try? a.solve(Tensor<Double>.ones([2]))) ?? a
      }
      _ = solve(.ones([2, 2]))
    }
    let text = result.map { String(decoding: $0.standardErrorContent, as: UTF8.self) } ?? ""
    #expect(
      text.contains(
        "solve needs the elements of its operands and can't be traced: call it outside of compile, "
          + "gradient and valueAndGradient"))
  }

  @Test func rightSidesThatDoNotFitStop() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let a: Tensor<Double> = [[2, 0], [0, 2]]
      _ = try a.solve(Tensor([1, 2, 3]))
    }
    let text = result.map { String(decoding: $0.standardErrorContent, as: UTF8.self) } ?? ""
    #expect(text.contains("solve1: Input operand 1 has a mismatch in its core dimension 0"))
  }
}
