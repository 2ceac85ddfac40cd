extension Shape {
  /// Returns the shape of a tensor with elements added at the ends of its axes.
  ///
  ///     try Shape([2, 3]).padded([(1, 1), (0, 2)])  // (4, 5)
  ///
  /// - Parameter widths: How many before and after, for each axis; a single pair is for all.
  /// - Returns: A shape of longer axes.
  /// - Throws: `ShapeError` if a number is negative, or there are more or fewer pairs than axes.
  /// - SeeAlso: NumPy's `pad`.
  public func padded(_ widths: [(before: Int, after: Int)]) throws(ShapeError) -> Shape {
    let widths = try perAxis(widths)
    guard widths.allSatisfy({ $0.before >= 0 && $0.after >= 0 }) else {
      throw ShapeError("index can't contain negative values")
    }
    var padded: [Int] = []
    for (extent, width) in zip(extents, widths) {
      let (first, isTooLong) = extent.addingReportingOverflow(width.before)
      let (sum, isStillTooLong) = first.addingReportingOverflow(width.after)
      guard !isTooLong, !isStillTooLong else {
        throw ShapeError("Maximum allowed dimension exceeded")
      }
      padded.append(sum)
    }
    return try Shape(checking: padded)
  }

  /// Returns a pair for each axis, from one for each or one for all.
  fileprivate func perAxis<Value>(
    _ pairs: [(before: Value, after: Value)]
  ) throws(ShapeError) -> [(before: Value, after: Value)] {
    if pairs.count == rank { return pairs }
    guard pairs.count == 1 else {
      throw ShapeError(
        "operands could not be broadcast together with remapped shapes [original->remapped]: "
          + "(\(pairs.count),2)  and requested shape (\(rank),2)")
    }
    return [(before: Value, after: Value)](repeating: pairs[0], count: rank)
  }
}

extension Tensor {
  /// Returns the tensor with as many equal elements at every end of its axes.
  ///
  ///     Tensor<Int>([1, 2]).padded(by: 1)  // [0 1 2 0]
  ///
  /// - Parameters:
  ///   - width: How many.
  ///   - scalar: The element to add.
  /// - Returns: A larger tensor.
  /// - SeeAlso: NumPy's `pad` with the mode `constant`; the rule is ``Shape/padded(_:)``.
  public func padded(by width: Int, with scalar: Scalar = .zero) -> Tensor {
    padded([(width, width)], with: scalar)
  }

  /// Returns the tensor with equal elements at the ends of its axes.
  ///
  ///     Tensor<Int>([1, 2]).padded([(1, 2)])  // [0 1 2 0 0]
  ///
  /// - Parameters:
  ///   - widths: How many before and after, for each axis; a single pair is for all.
  ///   - scalar: The element to add.
  /// - Returns: A larger tensor.
  /// - SeeAlso: NumPy's `pad` with the mode `constant`; the rule is ``Shape/padded(_:)``.
  public func padded(
    _ widths: [(before: Int, after: Int)], with scalar: Scalar = .zero
  ) -> Tensor {
    padded(widths, withEach: [(scalar, scalar)])
  }

  /// Returns the tensor with elements of their own at each end of its axes.
  ///
  /// Corners get the elements of the last axis.
  ///
  /// - Parameters:
  ///   - widths: How many before and after, for each axis; a single pair is for all.
  ///   - scalars: The elements to add before and after, for each axis; a single pair is for all.
  /// - Returns: A larger tensor.
  /// - SeeAlso: NumPy's `pad` with the mode `constant`; the rule is ``Shape/padded(_:)``.
  public func padded(
    _ widths: [(before: Int, after: Int)], withEach scalars: [(before: Scalar, after: Scalar)]
  ) -> Tensor {
    let (widths, scalars) = requireShape { () throws(ShapeError) in
      _ = try shape.padded(widths)
      return (try shape.perAxis(widths), try shape.perAxis(scalars))
    }
    return shape.indices.reduce(self) { tensor, axis in
      func edge(_ scalar: Scalar, _ count: Int) -> [Tensor] {
        guard count > 0 else { return [] }
        return [Tensor(repeating: scalar, shape: tensor.shape.replacing(axis: axis, by: count))]
      }
      return concatenate(
        edge(scalars[axis].before, widths[axis].before) + [tensor]
          + edge(scalars[axis].after, widths[axis].after), axis: axis)
    }
  }
}
