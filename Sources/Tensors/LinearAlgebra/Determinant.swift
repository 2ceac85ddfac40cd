#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Determinants by their signs and the logarithms of their magnitudes: `sign · exp(logMagnitude)`.
///
///     let a: Tensor<Double> = [[0, 2], [3, 0]]
///     let found = try a.logDeterminant()
///     found.sign          // -1.0
///     found.logMagnitude  // 1.791759469228055
public struct LogDeterminant<Scalar: FloatingScalar>: Sendable {
  /// 1, −1, or 0 where the matrix is singular.
  public let sign: Tensor<Scalar>
  /// The natural logarithms of the magnitudes, −∞ where the matrix is singular.
  public let logMagnitude: Tensor<Scalar>
}

extension Tensor where Scalar: FloatingScalar {
  /// Returns the determinant of a square matrix, or of each of a stack.
  ///
  ///     let a: Tensor<Double> = [[1, 2], [3, 4]]
  ///     try a.determinant()  // -2.0
  ///
  /// - Returns: A number for each matrix; 1 for a matrix without elements.
  /// - Throws: `LinearAlgebraError` if the matrices are not square.
  /// - Precondition: The tensor is not traced.
  /// - Complexity: O(*n*³) for each matrix.
  /// - SeeAlso: NumPy's `linalg.det`; ``logDeterminant()`` for what no number of this type can
  ///   hold.
  public func determinant() throws(LinearAlgebraError) -> Tensor {
    let result = try determinants("determinant", width: 1) { determinant, result in
      result[0, 0] =
        determinant.sign
        * Double(
          sign: .plus, exponent: determinant.exponent, significand: determinant.significand)
    }
    return result.numbers()
  }

  /// Returns the sign and the logarithm of the determinant of a square matrix, or of each of a
  /// stack.
  ///
  /// They can't overflow as the determinant itself can:
  ///
  ///     let a = Tensor<Double>(repeating: 1e-200, shape: [1, 1])
  ///     try a.logDeterminant().logMagnitude  // -460.51701859880916
  ///
  /// - Returns: Both for each matrix; 1 and 0 for a matrix without elements.
  /// - Throws: `LinearAlgebraError` if the matrices are not square.
  /// - Precondition: The tensor is not traced.
  /// - Complexity: O(*n*³) for each matrix.
  /// - SeeAlso: NumPy's `linalg.slogdet`.
  public func logDeterminant() throws(LinearAlgebraError) -> LogDeterminant<Scalar> {
    let result = try determinants("logDeterminant", width: 2) { determinant, result in
      result[0, 0] = determinant.sign
      // The logarithm of 2 in two parts, the first exact when multiplied by an exponent.
      let exponent = Double(determinant.exponent)
      result[0, 1] =
        exponent * 0x1.62e42fefa38p-1
        + (log(determinant.significand) + exponent * 0x1.ef35793c7673p-45)
    }
    let both: Tensor = result.vectors()
    return LogDeterminant(sign: both[.rest, 0], logMagnitude: both[.rest, 1])
  }

  private func determinants(
    _ operation: String, width: Int,
    _ set: ((sign: Double, significand: Double, exponent: Int), MatrixBlock) -> Void
  ) throws(LinearAlgebraError) -> MatrixStack {
    requireConcrete(for: operation)
    try checkSquareMatrices()
    let a = MatrixStack(copying: self)
    let result = MatrixStack(batch: a.batch, rows: 1, columns: width)
    let workspace = Workspace()
    defer { withExtendedLifetime((a, result, workspace)) {} }
    for index in 0..<a.count {
      let mark = workspace.mark()
      set(LUFactors(a[index], workspace).determinant, result[index])
      workspace.release(mark)
    }
    return result
  }
}
