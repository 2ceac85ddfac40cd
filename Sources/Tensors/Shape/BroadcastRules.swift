extension Shape {
  /// Returns the shape that several shapes broadcast to.
  ///
  ///     try Shape.broadcastShapes([[2, 1], [3], [1, 1, 1]])  // (1, 2, 3)
  ///
  /// - Parameter shapes: Any number; none broadcast to a scalar's shape.
  /// - Returns: The common shape.
  /// - Throws: `ShapeError` that names the first two shapes that don't fit.
  /// - SeeAlso: NumPy's `broadcast_shapes`.
  public static func broadcastShapes(_ shapes: [Shape]) throws(ShapeError) -> Shape {
    let rank = shapes.map(\.rank).max() ?? 0
    var extents = [Int](repeating: 1, count: rank)
    for axis in 0..<rank {
      var first: Int?
      for (number, shape) in shapes.enumerated() {
        let own = axis - (rank - shape.rank)
        guard own >= 0, shape[own] != 1 else { continue }
        guard let other = first else {
          extents[axis] = shape[own]
          first = number
          continue
        }
        guard extents[axis] == shape[own] else {
          throw ShapeError(
            "shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between arg "
              + "\(other) with shape \(shapes[other]) and arg \(number) with shape \(shape).")
        }
      }
    }
    return Shape(extents)
  }

  /// Returns the shape that a tensor of this one is broadcast to, from extents that may be no
  /// shape.
  ///
  ///     try Shape([3]).broadcast(to: [2, 3])  // (2, 3)
  ///     try Shape([3]).broadcast(to: [2])
  ///     // throws operands could not be broadcast together with remapped shapes …
  ///
  /// - Parameter extents: The extents to reach.
  /// - Returns: A shape of these extents.
  /// - Throws: `ShapeError` if an extent is negative or this shape can't be broadcast to it.
  /// - SeeAlso: NumPy's `broadcast_to`.
  public func broadcast(to extents: [Int]) throws(ShapeError) -> Shape {
    guard extents.allSatisfy({ $0 >= 0 }) else {
      throw ShapeError("all elements of broadcast shape must be non-negative")
    }
    let target = try Shape(checking: extents)
    try checkBroadcast(to: target)
    return target
  }
}
