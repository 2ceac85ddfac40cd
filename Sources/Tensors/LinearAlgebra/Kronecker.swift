extension Tensor {
  /// Returns the Kronecker product: this tensor with each element replaced by its product with the
  /// other tensor.
  ///
  ///     Tensor<Int>([1, 10]).kronecker(Tensor([1, 2, 3]))  // [ 1  2  3 10 20 30]
  ///
  /// - Parameter other: Any shape; axes that one of the two lacks in front have extent 1.
  /// - Returns: A tensor whose extents are the products of the extents.
  /// - SeeAlso: NumPy's `kron`.
  public func kronecker(_ other: Tensor) -> Tensor {
    let rank = Swift.max(self.rank, other.rank)
    let a = [Int](repeating: 1, count: rank - self.rank) + shape.extents
    let b = [Int](repeating: 1, count: rank - other.rank) + other.shape.extents
    let left = reshaped(Shape(a.flatMap { [$0, 1] }))
    let right = other.reshaped(Shape(b.flatMap { [1, $0] }))
    return Multiply()(left, right).reshaped(Shape(zip(a, b).map { $0 * $1 }))
  }
}
