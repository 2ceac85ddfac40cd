extension Tensor where Scalar: FloatingScalar {
  /// Returns the Moore–Penrose pseudoinverse of a matrix, or of each of a stack.
  ///
  ///     let a: Tensor<Double> = [[1], [2]]
  ///     try a.pseudoinverse()  // [[0.2 0.4]]
  ///
  /// - Parameter relativeTolerance: Singular values up to this times the largest count as zero.
  /// - Returns: `[…, n, m]`, for matrices of `[…, m, n]`.
  /// - Throws: `LinearAlgebraError` if the tensor has fewer than two axes, or an element is
  ///   infinite or NaN.
  /// - Precondition: The tensor is not traced.
  /// - Complexity: O(*m* *n* min(*m*, *n*)) for each matrix.
  /// - SeeAlso: NumPy's `linalg.pinv`.
  public func pseudoinverse(
    relativeTolerance: Scalar = 1e-15
  ) throws(LinearAlgebraError) -> Tensor {
    requireConcrete(for: "pseudoinverse")
    try checkMatrices()
    if shape[rank - 1] == 0 || shape[rank - 2] == 0 { return matrixTransposed }
    // Of doubles: what is less than the rounding of `Scalar` must not be lost before it is
    // inverted.
    let factors = try Tensor<Double>(self).svd()
    let values = factors.singularValues
    let cutoff = values.max(axis: -1, keepingAxis: true) * Double(relativeTolerance)
    let inverses = select(values .> cutoff, 1 / values, 0)
    let scaled = factors.vTransposed.matrixTransposed * inverses.expanded(inverses.rank - 1)
    return Tensor(scaled.matmul(factors.u.matrixTransposed))
  }
}
