extension Tensor {
  /// Returns a matrix of ones on a diagonal and zeros elsewhere.
  ///
  ///     Tensor<Int>.eye(2, columns: 3)  // [[1 0 0]
  ///                                     //  [0 1 0]]
  ///
  /// - Parameters:
  ///   - rows: The number of rows.
  ///   - columns: The number of columns; `nil` means as many.
  ///   - offset: How far right of the main diagonal the ones stand, left if negative.
  /// - Returns: `[rows, columns]`.
  /// - Precondition: The numbers are not negative: ``Shape/init(checking:)``.
  /// - SeeAlso: NumPy's `eye`.
  public static func eye(_ rows: Int, columns: Int? = nil, offset: Int = 0) -> Tensor {
    matrix(rows, columns) { row, width in
      // The column of the one, if it is one.
      let (column, overflow) = row.addingReportingOverflow(offset)
      return overflow || column < 0 || column >= width ? 0..<0 : column..<column + 1
    }
  }

  /// Returns a square matrix of ones on the main diagonal and zeros elsewhere.
  ///
  ///     Tensor<Int>.identity(2)  // [[1 0]
  ///                              //  [0 1]]
  ///
  /// - Parameter extent: The number of rows and columns.
  /// - Returns: `[extent, extent]`.
  /// - SeeAlso: NumPy's `identity`.
  public static func identity(_ extent: Int) -> Tensor { eye(extent) }

  /// Returns a matrix of ones on and below a diagonal and zeros above.
  ///
  ///     Tensor<Int>.tri(2, columns: 3)  // [[1 0 0]
  ///                                     //  [1 1 0]]
  ///
  /// - Parameters:
  ///   - rows: The number of rows.
  ///   - columns: The number of columns; `nil` means as many.
  ///   - offset: How far right of the main diagonal the last ones stand, left if negative.
  /// - Returns: `[rows, columns]`.
  /// - Precondition: The numbers are not negative: ``Shape/init(checking:)``.
  /// - SeeAlso: NumPy's `tri`, which takes negative numbers for 0.
  public static func tri(_ rows: Int, columns: Int? = nil, offset: Int = 0) -> Tensor {
    matrix(rows, columns) { row, width in
      let (last, overflow) = row.addingReportingOverflow(offset)
      return 0..<(overflow || last >= width ? width : Swift.max(last + 1, 0))
    }
  }

  /// A matrix of zeros, but for ones in a range of the columns of each row.
  private static func matrix(
    _ rows: Int, _ columns: Int?, ones: (_ row: Int, _ width: Int) -> Range<Int>
  ) -> Tensor {
    let shape = requireShape { () throws(ShapeError) in
      try Shape(checking: [rows, columns ?? rows])
    }
    return Tensor(shape) { elements in
      elements.initialize(repeating: .zero)
      for row in 0..<shape[0] {
        for column in ones(row, shape[1]) { elements[row * shape[1] + column] = .one }
      }
    }
  }

  /// Returns a tensor of zeros (or false) of another tensor's shape.
  ///
  ///     Tensor<Int>.zeros(like: Tensor<Double>([1, 2]))  // [0 0]
  ///
  /// - Parameter other: Any tensor, of any type.
  /// - Returns: A tensor of that shape.
  /// - SeeAlso: NumPy's `zeros_like`.
  public static func zeros<Other: TensorScalar>(like other: Tensor<Other>) -> Tensor {
    zeros(other.shape)
  }

  /// Returns a tensor of ones (or true) of another tensor's shape.
  ///
  ///     Tensor<Int>.ones(like: Tensor<Double>([1, 2]))  // [1 1]
  ///
  /// - Parameter other: Any tensor, of any type.
  /// - Returns: A tensor of that shape.
  /// - SeeAlso: NumPy's `ones_like`.
  public static func ones<Other: TensorScalar>(like other: Tensor<Other>) -> Tensor {
    ones(other.shape)
  }

  /// Makes a tensor of another one's shape whose elements are all the same.
  ///
  ///     Tensor<Int>(repeating: 7, like: Tensor<Double>([1, 2]))  // [7 7]
  ///
  /// - Parameters:
  ///   - scalar: The element.
  ///   - other: Any tensor, of any type.
  /// - SeeAlso: NumPy's `full_like`.
  public init<Other: TensorScalar>(repeating scalar: Scalar, like other: Tensor<Other>) {
    self.init(repeating: scalar, shape: other.shape)
  }
}
