package import CKernels

/// The elements of two axes at equal positions, as a last axis.
package struct Diagonal: Primitive {
  package var offset: Int
  package var rows: Int
  package var columns: Int
  package var name: String { "diagonal(offset: \(offset), axes: \(rows), \(columns))" }
  package func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
    try operands[0].diagonal(offset: offset, axes: (rows, columns))
  }
  package func view(of layout: Layout) -> Layout? {
    let rest = layout.shape.indices.filter { $0 != rows && $0 != columns }
    let shape = Shape(
      rest.map { layout.shape[$0] } + [layout.shape.diagonalCount(offset, rows, columns)])
    // Without elements there is nowhere to go, and the offset can be any number.
    var start = layout.offset
    if !shape.contains(0) {
      start += offset >= 0 ? offset * layout.strides[columns] : -offset * layout.strides[rows]
    }
    return Layout(
      shape: shape,
      strides: rest.map { layout.strides[$0] } + [layout.strides[rows] + layout.strides[columns]],
      offset: start)
  }
  package func lower(_ operands: [Operand], to result: Operand, emit: (my_call) -> Void) {
    var source = operands[0]
    source.layout = view(of: source.layout) ?? source.layout
    Lowering.copy(source, to: result, emit: emit)
  }
  package func derivative<Scalar: FloatingScalar>(_ at: Derivation<Scalar>) -> [Node?] {
    [Node(EmbedDiagonal(diagonal: self, target: at.node.inputs[0].shape), [at.gradient.node])]
  }
}

/// Zeros, but for a diagonal that holds the operand: the derivative of ``Diagonal``.
package struct EmbedDiagonal: Primitive {
  package var diagonal: Diagonal
  package var target: Shape
  package var name: String { "embedDiagonal(\(diagonal.name), shape: \(target))" }
  package func shape(of operands: [Shape]) -> Shape { target }
  package func lower(_ operands: [Operand], to result: Operand, emit: (my_call) -> Void) {
    Lowering.zeros(result, emit: emit)
    var place = result
    place.layout = diagonal.view(of: result.layout) ?? result.layout
    Lowering.copy(operands[0], to: place, emit: emit)
  }
  package func derivative<Scalar: FloatingScalar>(_ at: Derivation<Scalar>) -> [Node?] {
    [Node(diagonal, [at.gradient.node])]
  }
}

extension Shape {
  /// Returns the shape of the diagonals of matrices.
  ///
  ///     try Shape([2, 3, 4]).diagonal(offset: 1)  // (4, 2)
  ///
  /// - Parameters:
  ///   - offset: How far right of the main diagonal, left if negative.
  ///   - axes: The axes of the matrices' rows and columns, from the end if negative.
  /// - Returns: The other axes, then one along the diagonal.
  /// - Throws: `ShapeError` if there are no such axes.
  /// - SeeAlso: NumPy's `diagonal`.
  public func diagonal(
    offset: Int = 0, axes: (Int, Int) = (0, 1)
  ) throws(ShapeError) -> Shape {
    guard rank >= 2 else {
      throw ShapeError("diag requires an array of at least two dimensions")
    }
    let (rows, columns) = try diagonalAxes(axes)
    let rest = indices.filter { $0 != rows && $0 != columns }
    return Shape(rest.map { self[$0] } + [diagonalCount(offset, rows, columns)])
  }

  fileprivate func diagonalAxes(_ axes: (Int, Int)) throws(ShapeError) -> (Int, Int) {
    var normalized: [Int] = []
    for (number, axis) in [axes.0, axes.1].enumerated() {
      do throws(ShapeError) {
        normalized.append(try normalizedAxis(axis))
      } catch {
        throw ShapeError("axis\(number + 1): \(error.message)")
      }
    }
    guard normalized[0] != normalized[1] else {
      throw ShapeError("axis1 and axis2 cannot be the same")
    }
    return (normalized[0], normalized[1])
  }

  fileprivate func diagonalCount(_ offset: Int, _ rows: Int, _ columns: Int) -> Int {
    // Of offsets beyond the matrix only the sign matters.
    let (height, width) = (self[rows], self[columns])
    let count =
      offset >= 0
      ? Swift.min(height, width - Swift.min(offset, width))
      : Swift.min(height - Int(clamping: Swift.min(offset.magnitude, height.magnitude)), width)
    return Swift.max(count, 0)
  }
}

extension Tensor {
  /// Returns the diagonal of a matrix, or of each of a stack, as a view.
  ///
  ///     let a: Tensor<Int> = [[1, 2, 3], [4, 5, 6]]
  ///     a.diagonal()           // [1 5]
  ///     a.diagonal(offset: 1)  // [2 6]
  ///
  /// - Parameters:
  ///   - offset: How far right of the main diagonal, left if negative.
  ///   - axes: The axes of the matrices' rows and columns, from the end if negative.
  /// - Returns: The other axes, then one along the diagonal.
  /// - SeeAlso: NumPy's `diagonal`; the rule is ``Shape/diagonal(offset:axes:)``.
  public func diagonal(offset: Int = 0, axes: (Int, Int) = (0, 1)) -> Tensor {
    let (rows, columns) = requireShape { () throws(ShapeError) in
      _ = try shape.diagonal(offset: offset, axes: axes)
      return try shape.diagonalAxes(axes)
    }
    return Diagonal(offset: offset, rows: rows, columns: columns)(self)
  }
}

extension Tensor where Scalar: NumericScalar {
  /// Returns the sum of the diagonal of a matrix, or of each of a stack.
  ///
  ///     let a: Tensor<Int> = [[1, 2], [3, 4]]
  ///     a.trace()  // 5
  ///
  /// - Parameters:
  ///   - offset: How far right of the main diagonal, left if negative.
  ///   - axes: The axes of the matrices' rows and columns, from the end if negative.
  /// - Returns: The other axes; whole numbers wrap.
  /// - SeeAlso: NumPy's `trace`, which widens small whole numbers first.
  public func trace(offset: Int = 0, axes: (Int, Int) = (0, 1)) -> Tensor {
    diagonal(offset: offset, axes: axes).sum(axis: -1)
  }
}
