/// The distinct elements (or rows) of a tensor in ascending order, and where they stand.
///
///     let found = Tensor([30, 10, 30]).uniqueElements()
///     found.values                              // [10 30]
///     found.values.rows(found.inverse.scalars)  // [30 10 30]
public struct UniqueElements<Scalar: TensorScalar>: Sendable {
  /// The distinct elements, or slices along the axis, each once.
  public let values: Tensor<Scalar>
  /// For each value where it occurs first: a position in C order, or along the axis.
  public let firstIndices: Tensor<Int>
  /// For each element of the tensor (or position along the axis) which value it is.
  public let inverse: Tensor<Int>
  /// For each value how often it occurs.
  public let counts: Tensor<Int>
}

extension Tensor {
  /// Returns the distinct elements in ascending order.
  ///
  ///     Tensor([3, 1, 3]).unique()  // [1 3]
  ///
  /// - Parameter axis: The axis whose slices are to be distinct, from the end if negative; `nil`
  ///   takes single elements.
  /// - Returns: A vector, or a tensor with fewer slices; all NaN are one, and of 0 and −0 the first
  ///   stands for both.
  /// - Precondition: The tensor is concrete.
  /// - SeeAlso: NumPy's `unique`.
  public func unique(axis: Int? = nil) -> Tensor {
    guard axis == nil else { return uniqueElements(axis: axis).values }
    // Equal ones stay in their order, so the first of them is the first of the tensor.
    let sorted = sorted(axis: nil)
    let keys = sorted.sortKeys
    return sorted.rows(keys.indices.filter { $0 == 0 || keys[$0 - 1] != keys[$0] })
  }

  /// Returns the distinct elements in ascending order, where they stand and how often they occur.
  ///
  ///     let found = Tensor([3, 1, 3]).uniqueElements()
  ///     found.values        // [1 3]
  ///     found.firstIndices  // [1 0]
  ///     found.inverse       // [1 0 1]
  ///     found.counts        // [1 2]
  ///
  /// - Parameter axis: The axis whose slices are to be distinct, from the end if negative; `nil`
  ///   takes single elements.
  /// - Returns: The values and what is known of them; `inverse` has the tensor's shape, or is a
  ///   vector along the axis.
  /// - Precondition: The tensor is concrete.
  /// - SeeAlso: NumPy's `unique` with all of its options, and `unique_all`.
  public func uniqueElements(axis: Int? = nil) -> UniqueElements<Scalar> {
    guard let given = axis else {
      let flat = reshaped(-1)
      let keys = flat.sortKeys
      let groups = Groups(SortKey.order(keys)) { keys[$0] == keys[$1] }
      return UniqueElements(
        values: flat.rows(groups.first), firstIndices: Tensor<Int>(groups.first),
        inverse: Tensor<Int>(groups.inverse, shape: shape), counts: Tensor<Int>(groups.counts))
    }
    let axis = requireShape { () throws(ShapeError) in try shape.normalizedAxis(given) }
    let others = shape.indices.filter { $0 != axis }
    let slices = transposed([axis] + others).contiguous()
    let width = others.reduce(1) { $0 * shape[$1] }
    let keys = slices.sortKeys
    func slice(_ index: Int) -> ArraySlice<UInt64> { keys[index * width..<(index + 1) * width] }
    let order = Array(0..<shape[axis]).sorted { a, b in
      let (x, y) = (slice(a), slice(b))
      return x.lexicographicallyPrecedes(y) || (a < b && x == y)
    }
    let groups = Groups(order) { slice($0) == slice($1) }
    var back = Array(1..<rank)
    back.insert(0, at: axis)
    return UniqueElements(
      values: slices.rows(groups.first).transposed(back), firstIndices: Tensor<Int>(groups.first),
      inverse: Tensor<Int>(groups.inverse), counts: Tensor<Int>(groups.counts))
  }

  /// Tells for each element whether it is one of some others.
  ///
  ///     Tensor([1, 2, 3]).isIn([3, 5])  // [False False  True]
  ///
  /// - Parameter others: Any shape.
  /// - Returns: Truth values in the shape of this tensor; NaN is equal to nothing.
  /// - Precondition: The tensors are concrete.
  /// - SeeAlso: NumPy's `isin`.
  public func isIn(_ others: Tensor) -> Tensor<Bool> {
    // A NaN is not equal to itself: kept out of the set, where many of them would look for each
    // other.
    let wanted = Set(others.scalars.filter { $0 == $0 })
    return Tensor<Bool>(scalars.map(wanted.contains), shape: shape)
  }
}

/// Positions in order, cut where neighbours differ.
private struct Groups {
  /// The first position of each group.
  var first: [Int] = []
  /// For each position the number of its group.
  var inverse: [Int]
  var counts: [Int] = []

  init(_ order: [Int], areEqual: (Int, Int) -> Bool) {
    inverse = [Int](repeating: 0, count: order.count)
    for (rank, position) in order.enumerated() {
      if rank == 0 || !areEqual(order[rank - 1], position) {
        first.append(position)
        counts.append(0)
      }
      counts[counts.count - 1] += 1
      inverse[position] = counts.count - 1
    }
  }
}
