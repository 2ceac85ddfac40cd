/// Factors `u · diagonal(singularValues) · vTransposed` of matrices: `u` and `v` with orthonormal
/// columns.
///
///     let a: Tensor<Double> = [[3, 0], [4, 5]]
///     let (u, s, vTransposed) = try { ($0.u, $0.singularValues, $0.vTransposed) }(a.svd())
///     (u * s).matmul(vTransposed).allClose(to: a)  // true
public struct SingularValueDecomposition<Scalar: FloatingScalar>: Sendable {
  /// `[…, m, k]`, with `k` the smaller of `m` and `n`, or `[…, m, m]` if all columns were asked
  /// for.
  public let u: Tensor<Scalar>
  /// `[…, k]`, none negative, in descending order.
  public let singularValues: Tensor<Scalar>
  /// `[…, k, n]`, or `[…, n, n]`.
  public let vTransposed: Tensor<Scalar>
}

extension Tensor where Scalar: FloatingScalar {
  /// Returns the singular value decomposition of a matrix, or of each of a stack.
  ///
  ///     let a: Tensor<Double> = [[3, 0], [4, 5]]
  ///     try a.svd().singularValues  // [6.70820393 2.23606798]
  ///
  /// By reduction to two diagonals and the implicit QR iteration, in double precision.
  ///
  /// - Parameter fullMatrices: Whether `u` and `v` are completed to square matrices.
  /// - Returns: The three factors; the sign of a column of `u` and of that row of `vTransposed` is
  ///   arbitrary.
  /// - Throws: `LinearAlgebraError` if the tensor has fewer than two axes, or an element is
  ///   infinite or NaN.
  /// - Precondition: The tensor is not traced.
  /// - Complexity: O(*m* *n* min(*m*, *n*)) for each matrix.
  /// - SeeAlso: NumPy's `linalg.svd`, where `full_matrices` is true by default.
  public func svd(
    fullMatrices: Bool = false
  ) throws(LinearAlgebraError) -> SingularValueDecomposition<Scalar> {
    requireConcrete(for: "svd")
    try checkMatrices()
    let (m, n) = (shape[rank - 2], shape[rank - 1])
    let batch = Shape(Array(shape.extents.dropLast(2)))
    let count = Swift.min(m, n)
    let u = MatrixStack(batch: batch, rows: fullMatrices ? m : count, columns: m)
    let v = MatrixStack(batch: batch, rows: fullMatrices ? n : count, columns: n)
    let values = try singularValues(u, v)
    return SingularValueDecomposition(
      u: u.transposed(), singularValues: values.vectors(), vTransposed: v.tensor())
  }

  /// Returns the singular values of a matrix, or of each of a stack, without the vectors.
  ///
  /// - Returns: `[…, min(m, n)]`, none negative, in descending order.
  /// - Throws: `LinearAlgebraError` if the tensor has fewer than two axes, or an element is
  ///   infinite or NaN.
  /// - Precondition: The tensor is not traced.
  /// - SeeAlso: NumPy's `linalg.svdvals`.
  public func singularValues() throws(LinearAlgebraError) -> Tensor {
    requireConcrete(for: "singularValues")
    try checkMatrices()
    return try singularValues(nil, nil).vectors()
  }

  /// Returns the singular values, and sets the rows of `u` and `v` to the columns of the factors.
  private func singularValues(
    _ u: MatrixStack?, _ v: MatrixStack?
  ) throws(LinearAlgebraError) -> MatrixStack {
    // The transpose of a wide matrix has the factors in each other's place. What is tall is taken
    // column by column.
    let isTall = shape[rank - 2] >= shape[rank - 1]
    let a = MatrixStack(copying: isTall ? matrixTransposed : self)
    let values = MatrixStack(batch: a.batch, rows: 1, columns: a.rows)
    let workspace = Workspace()
    defer { withExtendedLifetime((a, u, v, values, workspace)) {} }
    for index in 0..<a.count {
      let mark = workspace.mark()
      let (left, right) = isTall ? (u, v) : (v, u)
      guard
        a[index].decomposeColumns(
          values: values[index], left: left?[index], right: right?[index], workspace)
      else { throw .singularValuesDidNotConverge }
      workspace.release(mark)
    }
    return values
  }
}

extension MatrixBlock {
  /// Computes the singular value decomposition of the matrix whose columns are these rows, which
  /// are used up.
  ///
  /// - Parameters:
  ///   - values: Set to the singular values: `[1, rows]`.
  ///   - left: Its rows are set to the columns of `u`: `[rows or columns, columns]`; `nil` if they
  ///     aren't wanted.
  ///   - right: Its rows are set to the columns of `v`: `[rows, rows]`; `nil` if they aren't
  ///     wanted.
  ///   - workspace: Memory for what is between.
  /// - Returns: Whether it converged: with elements that are not finite it doesn't.
  /// - Precondition: There are at least as many columns as rows, and the elements lie one after the
  ///   other.
  func decomposeColumns(
    values: MatrixBlock, left: MatrixBlock?, right: MatrixBlock?, _ workspace: Workspace
  ) -> Bool {
    let (n, m) = (rows, columns)
    let largest = largestMagnitude
    guard largest.isFinite else { return false }
    let scales = scaleToSafety(largest)
    // A tall matrix is made triangular first: then the iteration is about a small one.
    let qr = 5 * m >= 8 * n && m > n ? HouseholderQR(self, workspace) : nil
    let core = workspace.matrix(qr == nil ? m : n, n)
    if let qr { qr.setTriangle(core) } else { core.copy(from: transposed) }
    var reduced = Bidiagonal(core, workspace)

    let p = right.map { _ in workspace.matrix(n, n) }
    if let p { reduced.right.setColumns(p, workspace) }
    let q = left.map { left in workspace.matrix(qr == nil ? left.rows : n, core.rows) }
    if let q { reduced.left.setColumns(q, workspace) }
    guard let order = reduced.diagonalize(q, p) else { return false }
    for (i, value) in reduced.diagonal.enumerated() { values[0, i] = value }
    for scale in scales { values.multiply(by: scale) }
    if let p, let right { right.copy(rows: order, of: p) }
    guard let q, let left else { return true }
    if let qr {
      let inner = workspace.matrix(n, n)
      inner.copy(rows: order, of: q)
      let outer = workspace.matrix(left.rows, m)
      qr.reflectors.setColumns(outer, workspace)
      left[0..<n, 0..<m].set(inner, times: outer[0..<n, 0..<m])
      left[n..<left.rows, 0..<m].copy(from: outer[n..<left.rows, 0..<m])
    } else {
      left.copy(rows: order + Array(n..<left.rows), of: q)
    }
    return true
  }
}
