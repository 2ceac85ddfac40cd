extension Tensor where Scalar: FloatingScalar {
  /// Returns the condition number of a matrix, or of each of a stack: how much it can enlarge
  /// relative errors.
  ///
  ///     let a: Tensor<Double> = [[1, 0], [0, 4]]
  ///     try a.conditionNumber()  // 4.0
  ///
  /// - Parameter order: The norm that is meant: `|a| · |a⁻¹|`; `nil` is that of 2, the ratio of the
  ///   largest to the smallest singular value, which need not be of a square matrix.
  /// - Returns: A number for each matrix, infinite where there is no inverse.
  /// - Throws: `LinearAlgebraError` if the tensor has fewer than two axes or no elements, if a norm
  ///   other than 2 is asked for and the matrices are not square, or if an element is infinite or
  ///   NaN and singular values are needed.
  /// - Precondition: There is such a norm of matrices, and the tensor is not traced.
  /// - Complexity: O(*n*³) for each matrix.
  /// - SeeAlso: NumPy's `linalg.cond`.
  public func conditionNumber(_ order: NormOrder? = nil) throws(LinearAlgebraError) -> Tensor {
    requireConcrete(for: "conditionNumber")
    try checkMatrices()
    if shape.suffix(2).contains(0) { throw .emptyMatrix }
    switch order {
    case nil, .p(2): return try ratio { ($0[.rest, 0], $0[.rest, -1]) }
    case .p(-2): return try ratio { ($0[.rest, -1], $0[.rest, 0]) }
    case .p, .frobenius, .nuclear: break
    }
    try checkSquareMatrices()
    let axes = [rank - 2, rank - 1]
    let norms = norm(order, axes: axes)
    let matrices = reshaped(-1, shape[rank - 2], shape[rank - 1])
    let numbers = (0..<norms.count).map { index in
      (try? matrices[index].inverse()).map { $0.norm(order, axes: [0, 1]).scalar } ?? .nan
    }
    return (norms * Tensor(numbers, shape: norms.shape)).infiniteWhereUndefined(for: self)
  }

  private func ratio(
    _ ends: (Tensor<Double>) -> (Tensor<Double>, Tensor<Double>)
  ) throws(LinearAlgebraError) -> Tensor {
    // Of doubles: the smallest may vanish in a smaller type.
    let (x, y) = ends(try Tensor<Double>(self).singularValues())
    return Tensor(x / y).infiniteWhereUndefined(for: self)
  }

  /// Infinities instead of NaN, but for matrices that hold a NaN.
  private func infiniteWhereUndefined(for matrices: Tensor) -> Tensor {
    let sums = Tensor(matrices .!= matrices).sum(axes: [-2, -1])
    return select(self .== self, self, select(sums .!= 0, self, .infinity))
  }
}
