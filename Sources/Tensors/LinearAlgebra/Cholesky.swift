extension Tensor where Scalar: FloatingScalar {
  /// Returns the lower triangle `l` with `l · lᵀ = a`, where `a` is this symmetric positive
  /// definite matrix.
  ///
  ///     let a: Tensor<Double> = [[4, 2], [2, 5]]
  ///     try a.cholesky()  // [[2. 0.]
  ///                       //  [1. 2.]]
  ///
  /// Only the lower triangle of the matrix is read; a stack of matrices is factored one by one.
  ///
  /// - Returns: Lower triangles, of the same shape.
  /// - Throws: `LinearAlgebraError` if a matrix is not square or not positive definite.
  /// - Precondition: The tensor is not traced.
  /// - Complexity: O(*n*³) for each matrix.
  /// - SeeAlso: NumPy's `linalg.cholesky`; for its `upper`, transpose both the matrix and the
  ///   result.
  public func cholesky() throws(LinearAlgebraError) -> Tensor {
    requireConcrete(for: "cholesky")
    try checkSquareMatrices()
    // The upper triangle of the transpose, whose rows lie together, is replaced by that of the
    // factor's.
    let a = MatrixStack(copying: matrixTransposed)
    let workspace = Workspace()
    defer { withExtendedLifetime((a, workspace)) {} }
    for index in 0..<a.count {
      guard a[index].factorCholesky(workspace) else { throw .notPositiveDefinite }
      a[index].clearLower()
    }
    return a.transposed()
  }
}

extension MatrixBlock {
  /// Up to this many rows are factored element by element.
  private static let smallCholesky = 16

  /// Replaces the upper triangle of a symmetric matrix by the `r` with `rᵀ · r` equal to it; tells
  /// whether there is one.
  ///
  /// By halves: most of the work is matrix products.
  fileprivate func factorCholesky(_ workspace: Workspace) -> Bool {
    if rows <= MatrixBlock.smallCholesky {
      for i in 0..<rows {
        for j in 0...i {
          var sum = self[j, i]
          for k in 0..<j { sum -= self[k, i] * self[k, j] }
          if j < i {
            self[j, i] = sum / self[j, j]
          } else if sum > 0 {
            self[i, i] = sum.squareRoot()
          } else {
            return false  // also for NaN
          }
        }
      }
      return true
    }
    let (first, second) = (0..<rows / 2, rows / 2..<rows)
    guard self[first, first].factorCholesky(workspace) else { return false }
    let right = self[first, second]
    self[first, first].transposed.solveLower(right, unit: false, workspace)
    self[second, second].subtractSquare(right, workspace)
    return self[second, second].factorCholesky(workspace)
  }

  /// Subtracts `aᵀ · a` from the upper triangle; what is below it becomes anything.
  private func subtractSquare(_ a: MatrixBlock, _ workspace: Workspace) {
    let all = 0..<a.rows
    if rows <= MatrixBlock.smallCholesky {
      subtract(a.transposed, times: a, workspace)
      return
    }
    let (first, second) = (0..<rows / 2, rows / 2..<rows)
    self[first, first].subtractSquare(a[all, first], workspace)
    self[first, second].subtract(a[all, first].transposed, times: a[all, second], workspace)
    self[second, second].subtractSquare(a[all, second], workspace)
  }
}
