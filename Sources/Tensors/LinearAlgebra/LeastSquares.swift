/// The solution of a system of equations in the sense of least squares, and what was found on the
/// way.
///
///     let a: Tensor<Double> = [[0, 1], [1, 1], [2, 1]]
///     let fit = try a.leastSquares(Tensor([1, 3, 6]))
///     fit.solution        // [2.5        0.83333333]
///     fit.residuals       // [0.16666667]
///     fit.rank            // 2
///     fit.singularValues  // [2.6762432  0.91527173]
public struct LeastSquaresSolution<Scalar: FloatingScalar>: Sendable {
  /// `[n]` or `[n, k]`: of all `x` for which `|a · x − b|` is least, the shortest.
  public let solution: Tensor<Scalar>
  /// The squares of `|a · x − b|`, one for each column of `b`; none if the rank is less than *n* or
  /// *m* ≤ *n*.
  public let residuals: Tensor<Scalar>
  /// How many singular values count as more than zero.
  public let rank: Int
  /// The singular values of the matrix, in descending order.
  public let singularValues: Tensor<Scalar>
}

extension Tensor where Scalar: FloatingScalar {
  /// Returns the `x` for which `|a · x − b|` is least, where `a` is this matrix.
  ///
  ///     let a: Tensor<Double> = [[0, 1], [1, 1], [2, 1]]
  ///     try a.leastSquares(Tensor([1, 3, 5])).solution  // [2. 1.]
  ///
  /// By the singular value decomposition, in double precision, so that dependent columns don't
  /// matter.
  ///
  /// - Parameters:
  ///   - b: `[m]` or `[m, k]`, for a matrix of `[m, n]`.
  ///   - relativeTolerance: Singular values up to this times the largest count as zero; `nil` means
  ///     the rounding unit of `Double` times the larger of *m* and *n*, a number that is not
  ///     between 0 and 1 half that unit.
  /// - Returns: The solution, the residuals, the rank and the singular values.
  /// - Throws: `LinearAlgebraError` if the tensor is not a matrix, `b` has another number of rows,
  ///   or an element of the matrix is infinite or NaN.
  /// - Precondition: Neither operand is traced.
  /// - Complexity: O(*m* *n* min(*m*, *n*)).
  /// - SeeAlso: NumPy's `linalg.lstsq`.
  public func leastSquares(
    _ b: Tensor, relativeTolerance: Scalar? = nil
  ) throws(LinearAlgebraError) -> LeastSquaresSolution<Scalar> {
    requireConcrete(for: "leastSquares")
    b.requireConcrete(for: "leastSquares")
    guard rank == 2 else { throw .notOneMatrix(rank: rank) }
    let rightSides = b.rank == 1 ? b.expanded(1) : b
    guard rightSides.rank == 2 else { throw .notOneMatrix(rank: b.rank) }
    let (m, n) = (shape[0], shape[1])
    guard rightSides.shape[0] == m else { throw .incompatibleRows }
    let unit = Double.ulpOfOne
    var tolerance = relativeTolerance.map { Double($0) } ?? Double(Swift.max(m, n)) * unit
    if !(tolerance > 0 && tolerance < 1) { tolerance = unit / 2 }

    // Columns as rows: of the matrix, the right-hand sides and the solutions.
    let a = MatrixStack(copying: m >= n ? matrixTransposed : self)
    let sides = MatrixStack(copying: rightSides.matrixTransposed)
    let count = Swift.min(m, n)
    let values = MatrixStack(batch: [], rows: 1, columns: count)
    let x = MatrixStack(batch: [], rows: sides.rows, columns: n)
    let residuals = MatrixStack(batch: [], rows: 1, columns: sides.rows)
    let workspace = Workspace()
    defer { withExtendedLifetime((a, sides, values, x, residuals, workspace)) {} }

    let largest = a[0].largestMagnitude
    guard largest.isFinite else { throw .leastSquaresDidNotConverge }
    let scales = a[0].scaleToSafety(largest)
    // a = q · r, or its transpose; r = u · diagonal(values) · vᵀ.
    let qr = HouseholderQR(a[0], workspace)
    let r = workspace.matrix(count, count)
    qr.setTriangle(r)
    let (u, v) = (workspace.matrix(count, count), workspace.matrix(count, count))
    let columnsOfR = workspace.matrix(count, count)
    columnsOfR.copy(from: r.transposed)
    guard columnsOfR.decomposeColumns(values: values[0], left: u, right: v, workspace) else {
      throw .leastSquaresDidNotConverge
    }
    let cutoff = tolerance * (count > 0 ? values[0][0, 0] : 0)
    let kept = (0..<count).prefix { values[0][0, $0] > cutoff }

    let (all, first) = (0..<sides.rows, 0..<count)
    let mixed = workspace.matrix(sides.rows, count)
    let solved = workspace.matrix(sides.rows, count)
    let part = sides[0][all, 0..<m]
    if m >= n { qr.reflectors.apply(to: part, workspace) }
    let (before, after) = m >= n ? (u, v) : (v, u)
    mixed.set(part[all, first], times: before.transposed)
    for i in kept { mixed.column(i, all).divide(by: values[0][0, i]) }
    solved.set(mixed[all, kept], times: after[kept, first])
    for scale in scales { solved.divide(by: scale) }
    if m >= n {
      x[0].copy(from: solved)
    } else {
      let q = workspace.matrix(count, n)
      qr.reflectors.setColumns(q, workspace)
      x[0].set(solved, times: q)
    }
    for i in all {
      let rest = part.row(i, count..<m)
      residuals[0][0, i] = rest.dot(rest)
    }
    for scale in scales { values[0].multiply(by: scale) }

    let solution: Tensor = x.transposed()
    let hasResiduals = kept.count == n && m > n
    return LeastSquaresSolution(
      solution: b.rank == 1 ? solution.reshaped(n) : solution,
      residuals: hasResiduals ? residuals.vectors() : Tensor([Scalar]()), rank: kept.count,
      singularValues: values.vectors())
  }
}
