extension Tensor where Scalar: FloatingScalar {
  /// Returns the inverse of a square matrix, or of each of a stack.
  ///
  ///     let a: Tensor<Double> = [[1, 2], [3, 4]]
  ///     try a.inverse()  // [[-2.   1. ]
  ///                      //  [ 1.5 -0.5]]
  ///
  /// To solve equations, ``solve(_:)`` is faster and more accurate.
  ///
  /// - Returns: A tensor of the same shape.
  /// - Throws: `LinearAlgebraError` if a matrix is not square or has no inverse.
  /// - Precondition: The tensor is not traced.
  /// - Complexity: O(*n*³) for each matrix.
  /// - SeeAlso: NumPy's `linalg.inv`.
  public func inverse() throws(LinearAlgebraError) -> Tensor {
    requireConcrete(for: "inverse")
    try checkSquareMatrices()
    let a = MatrixStack(copying: self)
    let x = MatrixStack(batch: a.batch, rows: a.rows, columns: a.rows)
    for index in 0..<x.count { x[index].setIdentity() }
    try x.solve(a)
    return x.tensor()
  }
}
