extension Shape {
  /// Returns the shape of the product of tensors summed over several axes.
  ///
  ///     try Shape.tensorDot([5, 2, 3], [3, 2, 4], axes: ([1, 2], [1, 0]))  // (5, 4)
  ///
  /// - Parameters:
  ///   - a: The first shape.
  ///   - b: The second shape.
  ///   - axes: The axes of `a` to sum over, from the end if negative, and those of `b` that go with
  ///     them.
  /// - Returns: All other axes of `a`, then those of `b`.
  /// - Throws: `ShapeError` if an axis is out of bounds or given twice, or extents differ.
  /// - SeeAlso: NumPy's `tensordot`.
  public static func tensorDot(
    _ a: Shape, _ b: Shape, axes: ([Int], [Int])
  ) throws(ShapeError) -> Shape {
    var sums: ([Int], [Int]) = ([], [])
    for axis in axes.0 { sums.0.append(try a.normalizedAxis(axis)) }
    for axis in axes.1 { sums.1.append(try b.normalizedAxis(axis)) }
    guard Set(sums.0).count == sums.0.count, Set(sums.1).count == sums.1.count else {
      throw ShapeError("duplicate axes are not allowed in tensordot")
    }
    guard sums.0.map({ a[$0] }) == sums.1.map({ b[$0] }) else {
      throw ShapeError("shape-mismatch for sum")
    }
    return Shape(
      a.indices.filter { !sums.0.contains($0) }.map { a[$0] }
        + b.indices.filter { !sums.1.contains($0) }.map { b[$0] })
  }
}

extension Tensor {
  /// Returns the product with another tensor, summed over several axes of both.
  ///
  ///     let a: Tensor<Int> = [[1, 2], [3, 4]]
  ///     a.tensorDot(a, axes: ([0], [1]))  // [[ 7 15]
  ///                                       //  [10 22]]
  ///
  /// - Parameters:
  ///   - other: The tensor to multiply with.
  ///   - axes: The axes here to sum over, from the end if negative, and those of the other tensor
  ///     that go with them.
  /// - Returns: All other axes of this tensor, then those of the other.
  /// - SeeAlso: NumPy's `tensordot`; the rule is ``Shape/tensorDot(_:_:axes:)``.
  public func tensorDot(_ other: Tensor, axes: ([Int], [Int])) -> Tensor {
    let (shape, here, there) = requireShape { () throws(ShapeError) in
      let result = try Shape.tensorDot(self.shape, other.shape, axes: axes)
      return (
        result, try axes.0.map { axis throws(ShapeError) in try self.shape.normalizedAxis(axis) },
        try axes.1.map { axis throws(ShapeError) in try other.shape.normalizedAxis(axis) }
      )
    }
    return contracted(here, with: other, there).reshaped(shape)
  }

  /// Returns the product with another tensor, summed over the last axes here and the first of the
  /// other.
  ///
  /// - Parameters:
  ///   - other: The tensor to multiply with.
  ///   - axes: How many axes; 0 multiplies each element with each.
  /// - Returns: All other axes of this tensor, then those of the other.
  /// - Precondition: Both tensors have as many axes.
  /// - SeeAlso: NumPy's `tensordot` with a number as `axes`.
  public func tensorDot(_ other: Tensor, axes: Int = 2) -> Tensor {
    precondition(
      axes >= 0 && axes <= rank && axes <= other.rank,
      "tensors of \(rank) and \(other.rank) dimensions have no \(axes) axes to sum over")
    return tensorDot(other, axes: (Array(rank - axes..<rank), Array(0..<axes)))
  }
}
