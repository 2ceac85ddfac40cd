extension Shape {
  /// Returns the shape of the dot product.
  ///
  ///     try Shape.dot([5, 2, 3], [3, 4])  // (5, 2, 4)
  ///
  /// - Parameters:
  ///   - a: `[…, k]`, or a number.
  ///   - b: `[…, k, n]`, `[k]`, or a number.
  /// - Returns: All other axes of `a`, then those of `b`.
  /// - Throws: `ShapeError` if `k` differs.
  /// - SeeAlso: NumPy's `dot`.
  public static func dot(_ a: Shape, _ b: Shape) throws(ShapeError) -> Shape {
    if a.rank == 0 { return b }
    if b.rank == 0 { return a }
    return try a.contracted(a.rank - 1, with: b, Swift.max(b.rank - 2, 0))
  }

  /// Returns the shape of the inner product.
  ///
  ///     try Shape.inner([5, 2, 3], [4, 3])  // (5, 2, 4)
  ///
  /// - Parameters:
  ///   - a: `[…, k]`, or a number.
  ///   - b: `[…, k]`, or a number.
  /// - Returns: All other axes of `a`, then those of `b`.
  /// - Throws: `ShapeError` if `k` differs.
  /// - SeeAlso: NumPy's `inner`.
  public static func inner(_ a: Shape, _ b: Shape) throws(ShapeError) -> Shape {
    if a.rank == 0 { return b }
    if b.rank == 0 { return a }
    if b.rank == 1 { return try a.contracted(a.rank - 1, with: b, 0) }
    // NumPy takes it as a dot product, and names the shape of that in its message.
    var turned = b.extents
    turned.swapAt(b.rank - 2, b.rank - 1)
    return try a.contracted(a.rank - 1, with: Shape(turned), b.rank - 2)
  }

  /// The shape of the product summed over an axis of each.
  private func contracted(_ axis: Int, with b: Shape, _ other: Int) throws(ShapeError) -> Shape {
    guard self[axis] == b[other] else {
      throw ShapeError(
        "shapes \(compact) and \(b.compact) not aligned: \(self[axis]) (dim \(axis)) != "
          + "\(b[other]) (dim \(other))")
    }
    return Shape(removing(axis: axis).extents + b.removing(axis: other).extents)
  }
}

extension Tensor {
  /// Returns the dot product: products summed over the last axis here and the last but one of the
  /// other.
  ///
  ///     Tensor<Int>([1, 2, 3]).dot(Tensor([4, 5, 6]))  // 32
  ///
  /// For two vectors or two matrices that is the usual product; a number multiplies all elements.
  /// Unlike ``matmul(_:)``, axes in front are combined each with each.
  ///
  /// - Parameter other: `[…, k, n]`, `[k]` or a number, for `[…, k]` or a number here.
  /// - Returns: All other axes of this tensor, then those of the other; whole numbers wrap, of
  ///   truth values it tells whether any pair is true.
  /// - SeeAlso: NumPy's `dot`; the rule is ``Shape/dot(_:_:)``.
  public func dot(_ other: Tensor) -> Tensor {
    let shape = requireShape { () throws(ShapeError) in try Shape.dot(self.shape, other.shape) }
    if rank == 0 || other.rank == 0 { return Multiply()(self, other) }
    return contracted([rank - 1], with: other, [Swift.max(other.rank - 2, 0)]).reshaped(shape)
  }

  /// Returns the inner product: products summed over the last axes.
  ///
  ///     let a: Tensor<Int> = [[1, 2], [3, 4]]
  ///     a.inner(Tensor([1, 10]))  // [21 43]
  ///
  /// - Parameter other: `[…, k]` or a number, for `[…, k]` or a number here.
  /// - Returns: All other axes of this tensor, then those of the other.
  /// - SeeAlso: NumPy's `inner`; the rule is ``Shape/inner(_:_:)``.
  public func inner(_ other: Tensor) -> Tensor {
    let shape = requireShape { () throws(ShapeError) in try Shape.inner(self.shape, other.shape) }
    if rank == 0 || other.rank == 0 { return Multiply()(self, other) }
    return contracted([rank - 1], with: other, [other.rank - 1]).reshaped(shape)
  }

  /// Returns the products of each element here with each of the other tensor.
  ///
  ///     Tensor<Int>([1, 2]).outer(Tensor([3, 4, 5]))  // [[ 3  4  5]
  ///                                                   //  [ 6  8 10]]
  ///
  /// - Parameter other: Any shape; both are taken in C order as vectors.
  /// - Returns: `[count, other.count]`.
  /// - SeeAlso: NumPy's `outer`.
  public func outer(_ other: Tensor) -> Tensor {
    Multiply()(reshaped(Shape([count, 1])), other.reshaped(Shape([1, other.count])))
  }

  /// Returns the sum of the products of the elements, both tensors taken in C order as vectors.
  ///
  ///     let a: Tensor<Int> = [[1, 2], [3, 4]]
  ///     a.vectorDot(.ones([4]))  // 10
  ///
  /// - Parameter other: As many elements.
  /// - Returns: One number.
  /// - Precondition: The counts are equal.
  /// - SeeAlso: NumPy's `vdot`.
  public func vectorDot(_ other: Tensor) -> Tensor {
    let flat = requireShape { () throws(ShapeError) in try other.shape.reshaped(to: [count]) }
    return reshaped(flat).dot(other.reshaped(flat))
  }

  /// The products summed over some axes of each, as a matrix product: `[others here, others
  /// there]`.
  func contracted(_ axes: [Int], with other: Tensor, _ otherAxes: [Int]) -> Tensor {
    let kept = shape.indices.filter { !axes.contains($0) }
    let otherKept = other.shape.indices.filter { !otherAxes.contains($0) }
    func size(_ shape: Shape, _ axes: [Int]) -> Int { axes.reduce(1) { $0 * shape[$1] } }
    let depth = size(shape, axes)
    let a = transposed(kept + axes).reshaped(Shape([size(shape, kept), depth]))
    let b = other.transposed(otherAxes + otherKept)
      .reshaped(Shape([depth, size(other.shape, otherKept)]))
    return a.matmul(b)
  }
}
