extension Tensor where Scalar: FloatingScalar {
  /// Returns the rank of a matrix, or of each of a stack: how many singular values count as more
  /// than zero.
  ///
  ///     let a: Tensor<Double> = [[1, 2], [2, 4]]
  ///     try a.matrixRank()  // 1
  ///
  /// - Parameter relativeTolerance: Singular values up to this times the largest count as zero;
  ///   `nil` means the rounding unit of the type times the larger extent of a matrix.
  /// - Returns: A number for each matrix; for a vector or a number, 1 unless all elements are 0.
  /// - Throws: `LinearAlgebraError` if an element is infinite or NaN.
  /// - Precondition: The tensor is not traced.
  /// - SeeAlso: NumPy's `linalg.matrix_rank`, with `rtol`.
  public func matrixRank(
    relativeTolerance: Scalar? = nil
  ) throws(LinearAlgebraError) -> Tensor<Int> {
    try countOfSingularValues { values in
      let unit = Scalar(Swift.max(shape[rank - 2], shape[rank - 1])) * Scalar.ulpOfOne
      return values.max(axis: -1, keepingAxis: true) * (relativeTolerance ?? unit)
    }
  }

  /// Returns the rank of a matrix, or of each of a stack: how many singular values are larger than
  /// a bound.
  ///
  /// - Parameter tolerance: Singular values up to this count as zero.
  /// - Returns: A number for each matrix; for a vector or a number, 1 unless all elements are 0.
  /// - Throws: `LinearAlgebraError` if an element is infinite or NaN.
  /// - Precondition: The tensor is not traced.
  /// - SeeAlso: NumPy's `linalg.matrix_rank`, with `tol`.
  public func matrixRank(tolerance: Scalar) throws(LinearAlgebraError) -> Tensor<Int> {
    try countOfSingularValues { _ in Tensor(tolerance) }
  }

  private func countOfSingularValues(
    above bound: (Tensor) -> Tensor
  ) throws(LinearAlgebraError) -> Tensor<Int> {
    requireConcrete(for: "matrixRank")
    if rank < 2 { return Tensor<Int>(scalars.contains { $0 != 0 } ? 1 : 0) }
    let values = try singularValues()
    if values.shape.contains(0) { return .zeros(values.shape.removing(axis: values.rank - 1)) }
    return Tensor<Int>(values .> bound(values)).sum(axis: -1)
  }
}
