package import CKernels

/// The product of matrices, for each position of the axes in front, which both operands share.
package struct MatrixProduct: Primitive {
  package var name: String { "matmul" }
  package func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
    try Shape.matmul(operands[0], operands[1])
  }
  package func lower(_ operands: [Operand], to result: Operand, emit: (my_call) -> Void) {
    Lowering.matmul(operands[0], operands[1], to: result, emit: emit)
  }
  package func derivative<Scalar: FloatingScalar>(_ at: Derivation<Scalar>) -> [Node?] {
    let (a, b, dc) = (at.operand(0), at.operand(1), at.gradient)
    return [dc.matmul(b.matrixTransposed).node, a.matrixTransposed.matmul(dc).node]
  }
}

extension Tensor {
  /// The tensor with its last two axes exchanged.
  package var matrixTransposed: Tensor {
    transposed(Array(0..<rank - 2) + [rank - 1, rank - 2])
  }
}

extension Tensor {
  /// Returns the matrix product.
  ///
  /// A vector on the left is taken as a row, on the right as a column; axes in front of the last
  /// two broadcast.
  ///
  ///     let a: Tensor<Float> = [[1, 2], [3, 4]]
  ///     a.matmul(Tensor([1, 1]))  // [3. 7.]
  ///
  /// - Parameter other: `[…, k, n]` or `[k]`, for `[…, m, k]` or `[k]` here.
  /// - Returns: `[…, m, n]`, without the axis of a vector; whole numbers wrap, of truth values it
  ///   tells whether any pair is true.
  /// - SeeAlso: NumPy's `matmul`; the rule is ``Shape/matmul(_:_:)``.
  public func matmul(_ other: Tensor) -> Tensor {
    let shape = requireShape { () throws(ShapeError) in try Shape.matmul(self.shape, other.shape) }
    if rank == 2, other.rank == 2, !isTraced, !other.isTraced {
      let result = UntypedTensor(shape, Scalar.scalarType)
      Lowering.runMatmul(untyped, other.untyped, to: result)
      return Tensor(result)
    }
    var a = rank == 1 ? expanded(0) : self
    var b = other.rank == 1 ? other.expanded(1) : other
    if a.rank > 2 || b.rank > 2 {
      let batch = Shape(
        Array(shape.extents.dropLast((rank > 1 ? 1 : 0) + (other.rank > 1 ? 1 : 0))))
      a = a.broadcast(to: Shape(batch.extents + a.shape.extents.suffix(2)))
      b = b.broadcast(to: Shape(batch.extents + b.shape.extents.suffix(2)))
    }
    return MatrixProduct().apply(to: [a, b]).reshaped(shape)
  }
}
