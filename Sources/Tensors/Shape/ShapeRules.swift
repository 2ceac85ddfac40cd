// The shape rules of the operations. They are public and throw, for code that takes shapes from
// outside; the operations themselves stop with the same message.

extension Shape {
  /// Makes a shape of extents that may be no shape.
  ///
  ///     try Shape(checking: [2, 3])  // (2, 3)
  ///     try Shape(checking: [-1])    // throws negative dimensions are not allowed
  ///
  /// - Parameter extents: Each 0 or more, and their product within an `Int`.
  /// - Throws: `ShapeError` if an extent is negative or the product is too large.
  public init(checking extents: [Int]) throws(ShapeError) {
    try self.init(checking: Dimensions(extents))
  }

  package init(checking extents: Dimensions) throws(ShapeError) {
    for extent in extents where extent < 0 {
      throw ShapeError("negative dimensions are not allowed")
    }
    self.init(extents)
    guard checkedElementCount != nil else {
      throw ShapeError("Maximum allowed dimension exceeded")
    }
  }

  /// Returns the position of an axis that may be counted from the end.
  ///
  ///     try Shape([2, 3]).normalizedAxis(-1)  // 1
  ///     try Shape([2, 3]).normalizedAxis(2)
  ///     // throws axis 2 is out of bounds for array of dimension 2
  ///
  /// - Parameter axis: From `-rank` to `rank - 1`; −1 is the last.
  /// - Returns: The axis from 0 to `rank - 1`.
  /// - Throws: `ShapeError` if there is no such axis.
  public func normalizedAxis(_ axis: Int) throws(ShapeError) -> Int {
    guard axis >= -rank, axis < rank else {
      throw ShapeError("axis \(axis) is out of bounds for array of dimension \(rank)")
    }
    return axis < 0 ? axis + rank : axis
  }

  /// Returns the positions of several axes, in ascending order.
  ///
  ///     try Shape([2, 3, 4]).normalizedAxes([-1, 0])  // [0, 2]
  ///     try Shape([2, 3, 4]).normalizedAxes([0, -3])  // throws duplicate value in 'axis'
  ///
  /// - Parameter axes: Each from `-rank` to `rank - 1`; `nil` means all.
  /// - Returns: The axes from 0 to `rank - 1`, ascending.
  /// - Throws: `ShapeError` if one is out of bounds or given twice.
  public func normalizedAxes(_ axes: [Int]?) throws(ShapeError) -> [Int] {
    guard let axes else { return Array(0..<rank) }
    if axes.count == 1 { return [try normalizedAxis(axes[0])] }
    var normalized: [Int] = []
    for axis in axes { normalized.append(try normalizedAxis(axis)) }
    guard Set(normalized).count == axes.count else { throw ShapeError("duplicate value in 'axis'") }
    return normalized.sorted()
  }

  /// Returns the shape that two shapes broadcast to.
  ///
  /// Shapes are aligned at the last axis; an extent of 1, or a missing axis, repeats.
  ///
  ///     try Shape.broadcast([2, 1], [3])  // (2, 3)
  ///
  /// - Parameters:
  ///   - a: The first shape.
  ///   - b: The second shape.
  /// - Returns: The common shape.
  /// - Throws: `ShapeError` if two extents differ and neither is 1.
  /// - SeeAlso: NumPy's "General broadcasting rules".
  public static func broadcast(_ a: Shape, _ b: Shape) throws(ShapeError) -> Shape {
    if a.holds(b) { return a }
    if b.holds(a) { return b }
    let rank = Swift.max(a.rank, b.rank)
    var extents = Dimensions(repeating: 1, count: rank)
    for axis in 0..<rank {
      let x = axis - (rank - a.rank) >= 0 ? a[axis - (rank - a.rank)] : 1
      let y = axis - (rank - b.rank) >= 0 ? b[axis - (rank - b.rank)] : 1
      guard x == y || x == 1 || y == 1 else {
        throw ShapeError(
          "operands could not be broadcast together with shapes \(a.compact) \(b.compact) ")
      }
      extents[axis] = x == 1 ? y : x
    }
    return Shape(extents)
  }

  /// Whether another shape broadcasts to this one.
  private func holds(_ other: Shape) -> Bool {
    let lead = rank - other.rank
    if lead < 0 { return false }
    for axis in other.indices where other[axis] != 1 && other[axis] != self[lead + axis] {
      return false
    }
    return true
  }

  /// Returns the shape that several shapes broadcast to.
  package static func broadcast(_ shapes: [Shape]) throws(ShapeError) -> Shape {
    do throws(ShapeError) {
      var common: Shape = []
      for shape in shapes { common = try broadcast(common, shape) }
      return common
    } catch {
      throw ShapeError(
        "operands could not be broadcast together with shapes "
          + shapes.map { $0.compact + " " }.joined())
    }
  }

  /// Returns the shape that any number of shapes broadcast to.
  ///
  ///     try Shape.broadcast(all: [[2, 1], [3], [1, 1, 1]])  // (1, 2, 3)
  ///
  /// - Parameter shapes: Any number; of none, the shape of a number.
  /// - Returns: The common shape.
  /// - Throws: `ShapeError` that names the first two shapes that don't fit.
  /// - SeeAlso: NumPy's `broadcast_shapes`.
  public static func broadcast(all shapes: [Shape]) throws(ShapeError) -> Shape {
    let rank = shapes.reduce(0) { Swift.max($0, $1.rank) }
    var extents = [Int](repeating: 1, count: rank)
    for axis in 0..<rank {
      var source = 0
      for (position, shape) in shapes.enumerated() where axis >= rank - shape.rank {
        let extent = shape[axis - (rank - shape.rank)]
        if extent == 1 || extent == extents[axis] { continue }
        guard extents[axis] == 1 else {
          throw ShapeError(
            "shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between arg "
              + "\(source) with shape \(shapes[source]) and arg \(position) with shape \(shape).")
        }
        extents[axis] = extent
        source = position
      }
    }
    return try Shape(checking: extents)
  }

  /// Checks that an operation with another operand leaves this shape as it is, so that its result
  /// can replace the first operand.
  ///
  ///     try Shape([3]).checkInPlace(with: [2, 3])
  ///     // throws non-broadcastable output operand with shape (3,) doesn't match the broadcast …
  ///
  /// - Parameter other: The other operand's shape.
  /// - Throws: `ShapeError` if the two don't broadcast, or not to this shape.
  /// - SeeAlso: NumPy's `a += b`.
  public func checkInPlace(with other: Shape) throws(ShapeError) {
    if holds(other) { return }
    // The result's shape counts as a third one.
    let common = try Shape.broadcast([self, other, self])
    throw ShapeError(
      "non-broadcastable output operand with shape \(compact) doesn't match the broadcast shape "
        + common.compact)
  }

  /// Returns the shape of these extents if this shape can be broadcast to it.
  ///
  ///     try Shape([3]).broadcastTarget([2, 3])  // (2, 3)
  ///     try Shape([3]).broadcastTarget([2, -3])
  ///     // throws all elements of broadcast shape must be non-negative
  ///
  /// - Parameter extents: Extents that may be no shape.
  /// - Returns: The shape.
  /// - Throws: `ShapeError` if an extent is negative or this shape can't be broadcast.
  /// - SeeAlso: NumPy's `broadcast_to`.
  public func broadcastTarget(_ extents: [Int]) throws(ShapeError) -> Shape {
    guard !extents.isEmpty || rank == 0 else {
      throw ShapeError("cannot broadcast a non-scalar to a scalar array")
    }
    guard extents.allSatisfy({ $0 >= 0 }) else {
      throw ShapeError("all elements of broadcast shape must be non-negative")
    }
    let target = try Shape(checking: extents)
    try checkBroadcast(to: target)
    return target
  }

  /// The axes that a reduction takes together, ascending; a number lets its missing axis 0 be
  /// reduced, as in NumPy.
  package func reductionAxes(_ axes: [Int]?) throws(ShapeError) -> [Int] {
    rank == 0 && (axes == [0] || axes == [-1]) ? [] : try normalizedAxes(axes)
  }

  /// Returns the shape that is left when some axes are reduced.
  ///
  ///     try Shape([2, 3, 4]).reduced(axes: [1])                     // (2, 4)
  ///     try Shape([2, 3, 4]).reduced(axes: [1], keepingAxes: true)  // (2, 1, 4)
  ///
  /// - Parameters:
  ///   - axes: The axes to reduce, from the end if negative; `nil` means all.
  ///   - keepingAxes: Whether they stay, with extent 1.
  /// - Returns: The shape of the result.
  /// - Throws: `ShapeError` if an axis is out of bounds or given twice.
  public func reduced(axes: [Int]?, keepingAxes: Bool = false) throws(ShapeError) -> Shape {
    let axes = try reductionAxes(axes)
    return Shape(
      keepingAxes
        ? indices.map { axes.contains($0) ? 1 : extents[$0] }
        : indices.filter { !axes.contains($0) }.map { extents[$0] })
  }

  /// Checks that each result of a reduction has an element to come from, if there is a result.
  ///
  ///     try Shape([2, 0]).checkReduction("maximum", axes: [1])
  ///     // throws zero-size array to reduction operation maximum which has no identity
  ///
  /// - Parameters:
  ///   - operation: What the message calls the reduction, such as "maximum".
  ///   - axes: The axes to reduce, from the end if negative; `nil` means all.
  /// - Throws: `ShapeError` if an axis is out of bounds or given twice, or there is nothing to
  ///   reduce.
  public func checkReduction(_ operation: String, axes: [Int]?) throws(ShapeError) {
    let kept = try reduced(axes: axes)
    guard !contains(0) || kept.contains(0) else {
      throw ShapeError("zero-size array to reduction operation \(operation) which has no identity")
    }
  }

  /// Checks that there is a position to find along an axis.
  ///
  ///     try Shape([0]).checkPosition("argmax", axis: nil)
  ///     // throws attempt to get argmax of an empty sequence
  ///
  /// - Parameters:
  ///   - operation: What the message calls the search, such as "argmax".
  ///   - axis: The axis, from the end if negative; `nil` takes all elements.
  /// - Throws: `ShapeError` if the axis is out of bounds or has no elements.
  public func checkPosition(_ operation: String, axis: Int?) throws(ShapeError) {
    // As in NumPy a number is a vector of one element here.
    let source: Shape = rank == 0 ? [1] : self
    let extent = if let axis { source[try source.normalizedAxis(axis)] } else { elementCount }
    guard extent > 0 else { throw ShapeError("attempt to get \(operation) of an empty sequence") }
  }

  /// Checks that a sorted list to search in is a vector.
  ///
  ///     try Shape([2, 2]).checkSortedList()  // throws object too deep for desired array
  ///
  /// - Throws: `ShapeError` if the rank is not 1.
  /// - SeeAlso: NumPy's `searchsorted`.
  public func checkSortedList() throws(ShapeError) {
    guard rank == 1 else {
      throw ShapeError(
        rank == 0
          ? "object of too small depth for desired array"
          : "object too deep for desired array")
    }
  }

  /// Checks that this shape can be broadcast to another.
  ///
  ///     try Shape([3]).checkBroadcast(to: [2])
  ///     // throws operands could not be broadcast together with remapped shapes …
  ///
  /// - Parameter target: The shape to reach.
  /// - Throws: `ShapeError` if it can't.
  public func checkBroadcast(to target: Shape) throws(ShapeError) {
    guard rank == 0 || target.rank > 0 else {
      throw ShapeError("cannot broadcast a non-scalar to a scalar array")
    }
    guard rank <= target.rank else {
      throw ShapeError("input operand has more dimensions than allowed by the axis remapping")
    }
    guard zip(extents, target.extents.suffix(rank)).allSatisfy({ $0 == $1 || $0 == 1 }) else {
      throw ShapeError(
        "operands could not be broadcast together with remapped shapes [original->remapped]: "
          + "\(compact)  and requested shape \(target.compact)")
    }
  }

  /// Returns the shape of a matrix product.
  ///
  /// A vector on the left is taken as a row, on the right as a column, and the added axis is
  /// dropped again; axes before the last two are a batch and broadcast.
  ///
  ///     try Shape.matmul([5, 2, 3], [3, 4])  // (5, 2, 4)
  ///
  /// - Parameters:
  ///   - a: `[…, m, k]` or `[k]`.
  ///   - b: `[…, k, n]` or `[k]`.
  /// - Returns: `[…, m, n]`, without `m` or `n` where the operand is a vector.
  /// - Throws: `ShapeError` if an operand is a scalar, `k` differs, or the batches don't broadcast.
  /// - SeeAlso: NumPy's `matmul`.
  public static func matmul(_ a: Shape, _ b: Shape) throws(ShapeError) -> Shape {
    if a.rank == 2, b.rank == 2, a[1] == b[0] { return a.replacing(axis: 1, by: b[1]) }
    let signature = "(n?,k),(k,m?)->(n?,m?)"
    for (position, shape) in [a, b].enumerated() where shape.rank == 0 {
      throw ShapeError(
        "matmul: Input operand \(position) does not have enough dimensions (has 0, gufunc core with "
          + "signature \(signature) requires 1)")
    }
    let left = a.rank == 1 ? [1] + a.extents : a.extents
    let right = b.rank == 1 ? b.extents + [1] : b.extents
    let k = left[left.count - 1]
    guard right[right.count - 2] == k else {
      throw ShapeError(
        "matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature "
          + "\(signature) (size \(right[right.count - 2]) is different from \(k))")
    }
    let (batchA, batchB) = (left.dropLast(2), right.dropLast(2))
    let (m, n) = (left[left.count - 2], right[right.count - 1])
    guard let batch = try? broadcast(Shape(Array(batchA)), Shape(Array(batchB))) else {
      func remapped(_ shape: Shape, _ batch: ArraySlice<Int>) -> String {
        "\(shape.compact)->(\(batch.map { "\($0)," }.joined())newaxis,newaxis)"
      }
      throw ShapeError(
        "operands could not be broadcast together with remapped shapes [original->remapped]: "
          + "\(remapped(a, batchA)) \(remapped(b, batchB))  and requested shape (\(m),\(n))")
    }
    return Shape(batch.extents + (a.rank > 1 ? [m] : []) + (b.rank > 1 ? [n] : []))
  }

  /// Returns the shape that a reshape gives.
  ///
  ///     try Shape([2, 6]).reshaped(to: [3, -1])  // (3, 4)
  ///
  /// - Parameter extents: The new extents; one of them may be −1 and is worked out from the others.
  /// - Returns: A shape of as many elements.
  /// - Throws: `ShapeError` if there is none.
  /// - SeeAlso: NumPy's `reshape`, whose message leaves out a −1 in front.
  public func reshaped(to extents: [Int]) throws(ShapeError) -> Shape {
    let unknown = extents.indices.filter { extents[$0] < 0 }
    guard unknown.count <= 1 else { throw ShapeError("can only specify one unknown dimension") }
    let failure = ShapeError(
      "cannot reshape array of size \(elementCount) into shape "
        + (extents.count == 1
          ? "(\(extents[0]),)"
          : "(" + extents.map { $0 < 0 ? "newaxis" : "\($0)" }.joined(separator: ",") + ")"))
    var known = 1
    for extent in extents where extent >= 0 {
      let (product, overflow) = known.multipliedReportingOverflow(by: extent)
      guard !overflow else { throw failure }
      known = product
    }
    guard let position = unknown.first else {
      guard known == elementCount else { throw failure }
      return Shape(extents)
    }
    guard known > 0, elementCount % known == 0 else { throw failure }
    var complete = extents
    complete[position] = elementCount / known
    return Shape(complete)
  }

  /// Returns the shape of tensors joined along an axis.
  ///
  ///     try Shape.concatenate([[2, 3], [2, 1]], axis: 1)  // (2, 4)
  ///
  /// - Parameters:
  ///   - shapes: At least one; equal but for the extent on `axis`.
  ///   - axis: The axis to join along, from the end if negative.
  /// - Returns: The shape of the joined tensor.
  /// - Throws: `ShapeError` if the shapes don't fit.
  /// - SeeAlso: NumPy's `concatenate`.
  public static func concatenate(_ shapes: [Shape], axis: Int) throws(ShapeError) -> Shape {
    guard let first = shapes.first else {
      throw ShapeError("need at least one array to concatenate")
    }
    guard first.rank > 0 else {
      throw ShapeError("zero-dimensional arrays cannot be concatenated")
    }
    let axis = try first.normalizedAxis(axis)
    var total = 0
    for (position, shape) in shapes.enumerated() {
      guard shape.rank == first.rank else {
        throw ShapeError(
          "all the input arrays must have same number of dimensions, but the array at index 0 has "
            + "\(first.rank) dimension(s) and the array at index \(position) has \(shape.rank) dimension(s)"
        )
      }
      for other in 0..<first.rank where other != axis && shape[other] != first[other] {
        throw ShapeError(
          "all the input array dimensions except for the concatenation axis must match exactly, but along "
            + "dimension \(other), the array at index 0 has size \(first[other]) and the array at index "
            + "\(position) has size \(shape[other])")
      }
      let (sum, overflow) = total.addingReportingOverflow(shape[axis])
      guard !overflow else { throw ShapeError("Maximum allowed dimension exceeded") }
      total = sum
    }
    return first.replacing(axis: axis, by: total)
  }

  /// Returns the shape with its axes in another order.
  ///
  ///     try Shape([2, 3, 4]).transposed([2, 0, 1])  // (4, 2, 3)
  ///
  /// - Parameter axes: Each axis once, from the end if negative; axis `i` of the result is axis
  ///   `axes[i]`.
  /// - Returns: The permuted shape.
  /// - Throws: `ShapeError` if `axes` is no permutation.
  /// - SeeAlso: NumPy's `transpose`.
  public func transposed(_ axes: [Int]) throws(ShapeError) -> Shape {
    guard axes.count == rank else { throw ShapeError("axes don't match array") }
    var order: [Int] = []
    for axis in axes { order.append(try normalizedAxis(axis)) }
    guard Set(order).count == rank else { throw ShapeError("repeated axis in transpose") }
    return Shape(order.map { extents[$0] })
  }
}
