extension Tensor where Scalar: FloatingScalar {
  /// Returns a square matrix, or each of a stack, multiplied with itself.
  ///
  ///     let a: Tensor<Double> = [[1, 1], [0, 1]]
  ///     try a.matrixPower(5)  // [[1. 5.]
  ///                           //  [0. 1.]]
  ///
  /// - Parameter exponent: How often; 0 gives the identity matrix, a negative number powers of the
  ///   inverse.
  /// - Returns: A tensor of the same shape.
  /// - Throws: `LinearAlgebraError` if a matrix is not square, or the exponent is negative and it
  ///   has no inverse.
  /// - Precondition: The tensor is not traced, or the exponent not negative.
  /// - Complexity: O(log(*exponent*)) matrix products.
  /// - SeeAlso: NumPy's `linalg.matrix_power`.
  public func matrixPower(_ exponent: Int) throws(LinearAlgebraError) -> Tensor {
    try checkSquareMatrices()
    if exponent == 0 {
      let n = shape[rank - 1]
      return Tensor<Scalar>.oneHot(Array(0..<n), classes: n).broadcast(to: shape)
    }
    var square = exponent < 0 ? try inverse() : self
    var result: Tensor?
    var bits = exponent.magnitude
    while true {
      if bits & 1 == 1 { result = result.map { $0.matmul(square) } ?? square }
      bits >>= 1
      if bits == 0 { return result ?? square }
      square = square.matmul(square)
    }
  }
}
