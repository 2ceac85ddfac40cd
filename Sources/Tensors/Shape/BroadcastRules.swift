extension Shape {
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
