extension Shape {
  /// Returns the shape of a tensor repeated as a whole along its axes.
  ///
  ///     try Shape([2, 3]).tiled([4, 1, 2])  // (4, 2, 6)
  ///
  /// - Parameter counts: How often along each axis, aligned at the last axis; missing ones are 1.
  /// - Returns: As many axes as the longer of the two has.
  /// - Throws: `ShapeError` if a count is negative or the result too large.
  /// - SeeAlso: NumPy's `tile`.
  public func tiled(_ counts: [Int]) throws(ShapeError) -> Shape {
    let (extents, counts) = aligned(counts)
    _ = try Shape(checking: counts)
    var tiled: [Int] = []
    for (extent, count) in zip(extents, counts) { tiled.append(try Shape.product(extent, count)) }
    return try Shape(checking: tiled)
  }

  /// The extents and the counts, the shorter of the two with ones in front.
  fileprivate func aligned(_ counts: [Int]) -> (extents: [Int], counts: [Int]) {
    let rank = Swift.max(rank, counts.count)
    return (
      [Int](repeating: 1, count: rank - self.rank) + extents,
      [Int](repeating: 1, count: rank - counts.count) + counts
    )
  }

  private static func product(_ extent: Int, _ count: Int) throws(ShapeError) -> Int {
    let (product, overflow) = extent.multipliedReportingOverflow(by: count)
    guard !overflow else { throw ShapeError("Maximum allowed dimension exceeded") }
    return product
  }

  /// Returns the shape of a tensor whose elements along an axis are each repeated.
  ///
  ///     try Shape([2, 3]).repeated(2, axis: 0)  // (4, 3)
  ///     try Shape([2, 3]).repeated(2)           // (12,)
  ///
  /// - Parameters:
  ///   - count: How often.
  ///   - axis: The axis, from the end if negative; `nil` takes all elements in C order.
  /// - Returns: The shape with a longer axis.
  /// - Throws: `ShapeError` if there is no such axis, or the count is negative.
  /// - SeeAlso: NumPy's `repeat`.
  public func repeated(_ count: Int, axis: Int? = nil) throws(ShapeError) -> Shape {
    let source = rank == 0 ? [1] : axis == nil ? [elementCount] : self
    let axis = try source.normalizedAxis(axis ?? 0)
    guard count >= 0 else { throw ShapeError("negative dimensions are not allowed") }
    var extents = source.extents
    extents[axis] = try Shape.product(extents[axis], count)
    return try Shape(checking: extents)
  }

  /// Returns the shape of a tensor whose elements along an axis are repeated, each as often as a
  /// list says.
  ///
  ///     try Shape([2, 3]).repeated([1, 4], axis: 0)  // (5, 3)
  ///     try Shape([2, 3]).repeated([1, 4], axis: 1)
  ///     // throws operands could not be broadcast together with shape (3,) (2,)
  ///
  /// - Parameters:
  ///   - counts: How often, for each position of the axis; a single one is for all.
  ///   - axis: The axis, from the end if negative; `nil` takes all elements in C order.
  /// - Returns: The shape with another extent of the axis.
  /// - Throws: `ShapeError` if there is no such axis, a count is negative, or there are more or
  ///   fewer than positions.
  /// - SeeAlso: NumPy's `repeat`.
  public func repeated(_ counts: [Int], axis: Int? = nil) throws(ShapeError) -> Shape {
    if counts.count == 1 { return try repeated(counts[0], axis: axis) }
    let source = rank == 0 ? [1] : axis == nil ? [elementCount] : self
    let axis = try source.normalizedAxis(axis ?? 0)
    guard counts.count == source[axis] else {
      throw ShapeError(
        "operands could not be broadcast together with shape (\(source[axis]),) (\(counts.count),)")
    }
    var total = 0
    for count in counts {
      guard count >= 0 else { throw ShapeError("repeats may not contain negative values.") }
      let (sum, overflow) = total.addingReportingOverflow(count)
      guard !overflow else { throw ShapeError("Maximum allowed dimension exceeded") }
      total = sum
    }
    var extents = source.extents
    extents[axis] = total
    return try Shape(checking: extents)
  }
}

extension Tensor {
  /// Returns the tensor repeated as a whole along its axes.
  ///
  ///     Tensor<Int>([1, 2]).tiled(2, 2)  // [[1 2 1 2]
  ///                                      //  [1 2 1 2]]
  ///
  /// - Parameter counts: How often along each axis, aligned at the last axis; missing ones are 1.
  /// - Returns: As many axes as the tensor or the counts have.
  /// - SeeAlso: NumPy's `tile`; the rule is ``Shape/tiled(_:)``.
  public func tiled(_ counts: Int...) -> Tensor { tiled(counts) }

  /// Returns the tensor repeated as a whole along its axes.
  ///
  /// - Parameter counts: How often along each axis, aligned at the last axis; missing ones are 1.
  /// - Returns: As many axes as the tensor or the counts have.
  /// - SeeAlso: NumPy's `tile`; the rule is ``Shape/tiled(_:)``.
  public func tiled(_ counts: [Int]) -> Tensor {
    let target = requireShape { () throws(ShapeError) in try shape.tiled(counts) }
    let (extents, counts) = shape.aligned(counts)
    // Between the axes new ones along which everything repeats.
    let spread = Shape(extents.flatMap { [1, $0] })
    let repeated = Shape(zip(counts, extents).flatMap { [$0, $1] })
    return reshaped(spread).broadcast(to: repeated).reshaped(target)
  }

  /// Returns the tensor with each element along an axis repeated.
  ///
  ///     Tensor<Int>([1, 2]).repeated(2)  // [1 1 2 2]
  ///
  /// - Parameters:
  ///   - count: How often.
  ///   - axis: The axis, from the end if negative; `nil` takes all elements in C order.
  /// - Returns: A tensor with a longer axis.
  /// - SeeAlso: NumPy's `repeat`; the rule is ``Shape/repeated(_:axis:)``.
  public func repeated(_ count: Int, axis: Int? = nil) -> Tensor {
    let target = requireShape { () throws(ShapeError) in try shape.repeated(count, axis: axis) }
    guard let axis, rank > 0 else { return reshaped(-1).repeated(count, axis: 0) }
    let place = axis < 0 ? axis + rank : axis
    var extents = shape.extents
    extents.insert(count, at: place + 1)
    return expanded(place + 1).broadcast(to: Shape(extents)).reshaped(target)
  }

  /// Returns the tensor with the elements along an axis repeated, each as often as a list says.
  ///
  ///     Tensor<Int>([1, 2, 3]).repeated([1, 0, 2])  // [1 3 3]
  ///
  /// - Parameters:
  ///   - counts: How often, for each position of the axis; a single one is for all.
  ///   - axis: The axis, from the end if negative; `nil` takes all elements in C order.
  /// - Returns: A tensor with another extent of the axis.
  /// - SeeAlso: NumPy's `repeat`; the rule is ``Shape/repeated(_:axis:)``.
  public func repeated(_ counts: [Int], axis: Int? = nil) -> Tensor {
    _ = requireShape { () throws(ShapeError) in try shape.repeated(counts, axis: axis) }
    if counts.count == 1 { return repeated(counts[0], axis: axis) }
    guard let axis, rank > 0 else { return reshaped(-1).repeated(counts, axis: 0) }
    let positions = counts.enumerated().flatMap { position, count in
      [Int](repeating: position, count: count)
    }
    return take(Tensor<Int>(positions), axis: axis)
  }
}
