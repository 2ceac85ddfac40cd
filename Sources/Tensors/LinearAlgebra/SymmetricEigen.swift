/// Eigenvalues and eigenvectors of symmetric matrices: `a · vectors = vectors · diagonal(values)`.
///
///     let a: Tensor<Double> = [[2, 1], [1, 2]]
///     let eigen = try a.symmetricEigen()
///     a.matmul(eigen.vectors).allClose(to: eigen.vectors * eigen.values)  // true
public struct SymmetricEigen<Scalar: FloatingScalar>: Sendable {
  /// `[…, n]`, in ascending order.
  public let values: Tensor<Scalar>
  /// `[…, n, n]`: column `i` belongs to value `i`; the columns are orthonormal.
  public let vectors: Tensor<Scalar>
}

extension Tensor where Scalar: FloatingScalar {
  /// Returns the eigenvalues and eigenvectors of a symmetric matrix, or of each of a stack.
  ///
  ///     let a: Tensor<Double> = [[2, 1], [1, 2]]
  ///     try a.symmetricEigen().values  // [1. 3.]
  ///
  /// Only the lower triangle is read. By reduction to three diagonals and the implicit QL
  /// iteration, in double precision.
  ///
  /// - Returns: Both; the sign of each vector is arbitrary.
  /// - Throws: `LinearAlgebraError` if the matrices are not square, or an element is infinite or
  ///   NaN.
  /// - Precondition: The tensor is not traced.
  /// - Complexity: O(*n*³) for each matrix.
  /// - SeeAlso: NumPy's `linalg.eigh`, which gives NaN for NaN; for its `UPLO="U"`, transpose the
  ///   matrix.
  public func symmetricEigen() throws(LinearAlgebraError) -> SymmetricEigen<Scalar> {
    requireConcrete(for: "symmetricEigen")
    try checkSquareMatrices()
    let batch = Shape(Array(shape.extents.dropLast(2)))
    let vectors = MatrixStack(batch: batch, rows: shape[rank - 1], columns: shape[rank - 1])
    let values = try eigenvalues(vectors)
    return SymmetricEigen(values: values.vectors(), vectors: vectors.transposed())
  }

  /// Returns the eigenvalues of a symmetric matrix, or of each of a stack, without the vectors.
  ///
  ///     let a: Tensor<Double> = [[2, 1], [1, 2]]
  ///     try a.symmetricEigenvalues()  // [1. 3.]
  ///
  /// - Returns: `[…, n]`, in ascending order.
  /// - Throws: `LinearAlgebraError` if the matrices are not square, or an element is infinite or
  ///   NaN.
  /// - Precondition: The tensor is not traced.
  /// - SeeAlso: NumPy's `linalg.eigvalsh`.
  public func symmetricEigenvalues() throws(LinearAlgebraError) -> Tensor {
    requireConcrete(for: "symmetricEigenvalues")
    try checkSquareMatrices()
    return try eigenvalues(nil).vectors()
  }

  /// Returns the eigenvalues, and sets the rows of `vectors` to the eigenvectors.
  private func eigenvalues(_ vectors: MatrixStack?) throws(LinearAlgebraError) -> MatrixStack {
    let a = MatrixStack(copying: self)
    let n = a.rows
    let values = MatrixStack(batch: a.batch, rows: 1, columns: n)
    let workspace = Workspace()
    defer { withExtendedLifetime((a, vectors, values, workspace)) {} }
    for index in 0..<a.count {
      let mark = workspace.mark()
      defer { workspace.release(mark) }
      let matrix = a[index]
      for i in 0..<n { matrix.column(i, 0..<i).transposed.copy(from: matrix.row(i, 0..<i)) }
      let largest = matrix.largestMagnitude
      guard largest.isFinite else { throw .eigenvaluesDidNotConverge }
      let scales = matrix.scaleToSafety(largest)
      var reduced = Tridiagonal(matrix, workspace)
      let q = vectors.map { _ in workspace.matrix(n, n) }
      if let q { reduced.reflectors.setColumns(q, workspace) }
      guard let order = reduced.diagonalize(q) else { throw .eigenvaluesDidNotConverge }
      for (i, value) in reduced.diagonal.enumerated() { values[index][0, i] = value }
      for scale in scales { values[index].multiply(by: scale) }
      if let q, let vectors { vectors[index].copy(rows: order, of: q) }
    }
    return values
  }
}
