extension Shape {
  /// Returns the shape of the cross product of vectors in space.
  ///
  ///     try Shape.cross([5, 3], [3])  // (5, 3)
  ///     try Shape.cross([2], [2])
  ///     // throws Both input arrays must be (arrays of) 3-dimensional vectors, but they are 2 …
  ///
  /// - Parameters:
  ///   - a: `[…, 3]`.
  ///   - b: `[…, 3]`; axes in front of the last broadcast.
  /// - Returns: The common shape.
  /// - Throws: `ShapeError` if the vectors don't have three elements, or the shapes don't
  ///   broadcast.
  /// - SeeAlso: NumPy's `linalg.cross`.
  public static func cross(_ a: Shape, _ b: Shape) throws(ShapeError) -> Shape {
    guard let x = a.last, let y = b.last else {
      throw ShapeError("At least one array has zero dimension")
    }
    guard x == 3, y == 3 else {
      throw ShapeError(
        "Both input arrays must be (arrays of) 3-dimensional vectors, but they are \(x) and \(y) "
          + "dimensional instead.")
    }
    do throws(ShapeError) {
      return try broadcast(a, b)
    } catch {
      let (x, y) = (a.removing(axis: a.rank - 1), b.removing(axis: b.rank - 1))
      throw ShapeError(
        "shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between arg 0 "
          + "with shape \(x) and arg 1 with shape \(y).")
    }
  }
}

extension Tensor where Scalar: NumericScalar {
  /// Returns the cross product of vectors in space.
  ///
  ///     Tensor<Int>([1, 0, 0]).cross(Tensor([0, 1, 0]))  // [0 0 1]
  ///
  /// - Parameter other: `[…, 3]`, as this tensor; axes in front of the last broadcast.
  /// - Returns: A vector for each two.
  /// - SeeAlso: NumPy's `linalg.cross`; the rule is ``Shape/cross(_:_:)``.
  public func cross(_ other: Tensor) -> Tensor {
    _ = requireShape { () throws(ShapeError) in try Shape.cross(shape, other.shape) }
    func turned(_ x: Tensor, _ first: Int) -> Tensor {
      concatenate([x[.rest, first..<3], x[.rest, 0..<first]], axis: -1)
    }
    return turned(self, 1) * turned(other, 2) - turned(self, 2) * turned(other, 1)
  }
}
