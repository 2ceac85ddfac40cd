/// Matrices that an operation of linear algebra can't work on: what the data can bring about.
///
/// The words are NumPy's. Shapes that don't fit each other are a mistake of the program: the
/// operations stop at them, and the rules, such as ``Shape/solve(_:_:)``, throw ``ShapeError``.
///
///     let a: Tensor<Double> = [[1, 2], [2, 4]]
///     try a.inverse()                      // throws Singular matrix
///     LinearAlgebraError.singular.message  // Singular matrix
///
/// - SeeAlso: NumPy's `LinAlgError`.
public enum LinearAlgebraError: Error, Hashable, Sendable {
  /// A matrix has no inverse: a pivot of its elimination is zero.
  case singular
  /// A matrix has no Cholesky factor: it is not positive definite, or holds a NaN.
  case notPositiveDefinite
  /// The last two axes don't have the same extent.
  case notSquare
  /// A tensor of this rank was given where a matrix or a stack of matrices is needed.
  case notMatrices(rank: Int)
  /// A tensor of this rank was given where a single matrix is needed.
  case notOneMatrix(rank: Int)
  /// The equations and the right-hand side differ in the number of rows.
  case incompatibleRows
  /// A condition number was asked for of matrices without elements.
  case emptyMatrix
  /// Singular values were not found: an element is infinite or NaN.
  case singularValuesDidNotConverge
  /// The singular values that least squares need were not found: an element is infinite or NaN.
  case leastSquaresDidNotConverge
  /// Eigenvalues were not found: an element is infinite or NaN.
  case eigenvaluesDidNotConverge

  /// One sentence, as NumPy words it.
  public var message: String {
    switch self {
    case .singular: "Singular matrix"
    case .notPositiveDefinite: "Matrix is not positive definite"
    case .notSquare: "Last 2 dimensions of the array must be square"
    case .notMatrices(let rank):
      "\(rank)-dimensional array given. Array must be at least two-dimensional"
    case .notOneMatrix(let rank):
      "\(rank)-dimensional array given. Array must be two-dimensional"
    case .incompatibleRows: "Incompatible dimensions"
    case .emptyMatrix: "cond is not defined on empty arrays"
    case .singularValuesDidNotConverge: "SVD did not converge"
    case .leastSquaresDidNotConverge: "SVD did not converge in Linear Least Squares"
    case .eigenvaluesDidNotConverge: "Eigenvalues did not converge"
    }
  }
}

extension LinearAlgebraError: CustomStringConvertible {
  /// The message.
  public var description: String { message }
}
