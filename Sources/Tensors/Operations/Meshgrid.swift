/// Which axis of a grid runs along which vector.
///
///     let axes: [Tensor<Int>] = [[1, 2], [3, 4, 5]]
///     meshgrid(axes, indexing: GridIndexing.cartesian)[0].shape  // (3, 2)
///     meshgrid(axes, indexing: .matrix)[0].shape                 // (2, 3)
public enum GridIndexing: String, Sendable, CaseIterable {
  /// The first vector runs along the second axis, the second along the first, as x and y in a
  /// picture.
  case cartesian = "xy"
  /// Each vector runs along the axis of its own number.
  case matrix = "ij"
}

/// Returns the coordinates of the points of a grid, as views.
///
///     let grid = meshgrid([Tensor<Int>([1, 2, 3]), Tensor<Int>([4, 5])])
///     grid[0]  // [[1 2 3]
///              //  [1 2 3]]
///     grid[1]  // [[4 4 4]
///              //  [5 5 5]]
///
/// - Parameters:
///   - vectors: The coordinates along each axis; other tensors are taken in C order.
///   - indexing: Which axis runs along which vector.
/// - Returns: For each vector a tensor with an axis for each.
/// - SeeAlso: NumPy's `meshgrid`.
public func meshgrid<Scalar: TensorScalar>(
  _ vectors: [Tensor<Scalar>], indexing: GridIndexing = .cartesian
) -> [Tensor<Scalar>] {
  var axes = Array(vectors.indices)
  if indexing == .cartesian, axes.count > 1 { axes.swapAt(0, 1) }
  let extents = axes.map { vectors[$0].count }
  let shape = requireShape { () throws(ShapeError) in try Shape(checking: extents) }
  return zip(vectors, axes).map { vector, axis in
    let own = extents.indices.map { $0 == axis ? extents[axis] : 1 }
    return vector.reshaped(Shape(own)).broadcast(to: shape)
  }
}
