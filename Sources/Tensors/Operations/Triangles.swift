extension Shape {
  /// Checks that a tensor of this shape has triangles, and says how large they are.
  ///
  ///     try Shape([5, 2, 3]).triangle()  // (2, 3)
  ///     try Shape([3]).triangle()        // (3, 3)
  ///
  /// - Returns: The last two axes; of a vector, which is repeated as rows, its extent twice.
  /// - Throws: `ShapeError` if there is no axis.
  /// - SeeAlso: NumPy's `tril` and `triu`.
  public func triangle() throws(ShapeError) -> Shape {
    guard let last = extents.last else {
      throw ShapeError("a triangle is of an array of at least one dimension")
    }
    return [rank > 1 ? self[rank - 2] : last, last]
  }

  /// Returns the shape of the matrix with a vector as its diagonal, or of the diagonal of a matrix.
  ///
  ///     try Shape([3]).diag(offset: 1)     // (4, 4)
  ///     try Shape([2, 3]).diag(offset: 1)  // (2,)
  ///
  /// - Parameter offset: How far right of the main diagonal, left if negative.
  /// - Returns: The shape of a matrix for a vector, of a vector for a matrix.
  /// - Throws: `ShapeError` if the shape is neither.
  /// - SeeAlso: NumPy's `diag`.
  public func diag(offset: Int = 0) throws(ShapeError) -> Shape {
    guard rank == 1 || rank == 2 else { throw ShapeError("Input must be 1- or 2-d.") }
    if rank == 2 { return try diagonal(offset: offset) }
    let (extent, overflow) = self[0].addingReportingOverflow(Int(clamping: offset.magnitude))
    guard !overflow else { throw ShapeError("Maximum allowed dimension exceeded") }
    return try Shape(checking: [extent, extent])
  }
}

extension Tensor {
  /// Returns the tensor without what stands above a diagonal: zeros there.
  ///
  ///     Tensor<Int>([[1, 2], [3, 4]]).lowerTriangle()  // [[1 0]
  ///                                                    //  [3 4]]
  ///
  /// - Parameter offset: How far right of the main diagonal the last elements stand that are kept,
  ///   left if negative.
  /// - Returns: A tensor of the same shape, each matrix of the last two axes so; of a vector a
  ///   matrix.
  /// - SeeAlso: NumPy's `tril`; the rule is ``Shape/triangle()``.
  public func lowerTriangle(offset: Int = 0) -> Tensor {
    select(triangleMask(offset: offset), self, .zero)
  }

  /// Returns the tensor without what stands below a diagonal: zeros there.
  ///
  ///     Tensor<Int>([[1, 2], [3, 4]]).upperTriangle()  // [[1 2]
  ///                                                    //  [0 4]]
  ///
  /// - Parameter offset: How far right of the main diagonal the first elements stand that are kept,
  ///   left if negative.
  /// - Returns: A tensor of the same shape, each matrix of the last two axes so; of a vector a
  ///   matrix.
  /// - SeeAlso: NumPy's `triu`; the rule is ``Shape/triangle()``.
  public func upperTriangle(offset: Int = 0) -> Tensor {
    // All elements stand below the one at the smallest offset there is.
    guard offset > .min else { return select(triangleMask(offset: .max), self, .zero) }
    return select(triangleMask(offset: offset - 1), .zero, self)
  }

  private func triangleMask(offset: Int) -> Tensor<Bool> {
    let matrix = requireShape { () throws(ShapeError) in try shape.triangle() }
    return Tensor<Bool>.tri(matrix[0], columns: matrix[1], offset: offset)
  }

  /// Returns the matrix with a vector as its diagonal and zeros elsewhere, or the diagonal of a
  /// matrix.
  ///
  ///     Tensor<Int>([1, 2]).diag()            // [[1 0]
  ///                                           //  [0 2]]
  ///     Tensor<Int>([[1, 2], [3, 4]]).diag()  // [1 4]
  ///
  /// - Parameter offset: How far right of the main diagonal, left if negative.
  /// - Returns: A matrix for a vector, a view of a matrix's diagonal.
  /// - Precondition: The tensor has one or two axes.
  /// - SeeAlso: NumPy's `diag`; the rule is ``Shape/diag(offset:)``.
  public func diag(offset: Int = 0) -> Tensor {
    let target = requireShape { () throws(ShapeError) in try shape.diag(offset: offset) }
    guard rank == 1 else { return diagonal(offset: offset) }
    return EmbedDiagonal(
      diagonal: Diagonal(offset: offset, rows: 0, columns: 1), target: target)(self)
  }
}
