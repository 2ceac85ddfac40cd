/// Which position among equal elements a search gives.
///
///     Tensor([1, 2, 2, 7]).searchSorted([2], side: SearchSide.left)   // [1]
///     Tensor([1, 2, 2, 7]).searchSorted([2], side: SearchSide.right)  // [3]
public enum SearchSide: Sendable, Hashable {
  /// Before all that are equal.
  case left
  /// After all that are equal.
  case right
}

extension Tensor {
  /// Returns where numbers would have to be put into this sorted vector so that it stays sorted.
  ///
  ///     Tensor([1, 2, 2, 7]).searchSorted([2, 5])                // [1 3]
  ///     Tensor([1, 2, 2, 7]).searchSorted([2, 5], side: .right)  // [3 3]
  ///
  /// - Parameters:
  ///   - values: Any shape.
  ///   - side: Before or after the elements that are equal.
  /// - Returns: Positions from 0 to `count`, in the shape of `values`; NaN belong behind all
  ///   numbers.
  /// - Precondition: The tensors are concrete, and this one is a vector in ascending order.
  /// - SeeAlso: NumPy's `searchsorted`; ``Shape/checkSortedList()`` tells beforehand.
  /// - Complexity: O(*n* + *m* log *n*) for *m* values.
  public func searchSorted(_ values: Tensor, side: SearchSide = .left) -> Tensor<Int> {
    requireShape { () throws(ShapeError) in try shape.checkSortedList() }
    let sorted = sortKeys
    return Tensor<Int>(
      values.sortKeys.map { SortKey.position(of: $0, in: sorted, side) }, shape: values.shape)
  }

  /// Returns the number of the bin that each element falls into.
  ///
  ///     Tensor([0, 1, 5, 9]).digitized(by: [1, 5])  // [0 1 2 2]
  ///
  /// Bin `i` holds `edges[i − 1] ≤ x < edges[i]`; bin 0 all before the first edge, the last all
  /// from the last edge on.
  /// - Parameters:
  ///   - edges: A vector in ascending or descending order; descending ones hold `edges[i − 1] > x ≥
  ///     edges[i]`.
  ///   - closedOnRight: Whether a bin holds its upper edge instead of the lower.
  /// - Returns: Numbers from 0 to the number of edges, in the shape of this tensor.
  /// - Precondition: The tensors are concrete, and the edges in order.
  /// - SeeAlso: NumPy's `digitize`; ``checkBinEdges()`` tells beforehand.
  public func digitized(by edges: Tensor, closedOnRight: Bool = false) -> Tensor<Int> {
    requireShape { () throws(ShapeError) in try edges.checkBinEdges() }
    let side: SearchSide = closedOnRight ? .left : .right
    var keys = edges.sortKeys
    guard let first = keys.first, let last = keys.last, first > last else {
      return edges.searchSorted(self, side: side)
    }
    keys.reverse()
    return Tensor<Int>(
      sortKeys.map { keys.count - SortKey.position(of: $0, in: keys, side) }, shape: shape)
  }

  /// Checks that the elements can be the edges of bins.
  ///
  ///     try Tensor([1, 5, 3]).checkBinEdges()
  ///     // throws bins must be monotonically increasing or decreasing
  ///
  /// - Throws: `ShapeError` if the tensor is no vector, or neither ascends nor descends.
  /// - Precondition: The tensor is concrete.
  public func checkBinEdges() throws(ShapeError) {
    try shape.checkSortedList()
    let pairs = zip(sortKeys, sortKeys.dropFirst())
    guard pairs.allSatisfy({ $0 <= $1 }) || pairs.allSatisfy({ $0 >= $1 }) else {
      throw ShapeError("bins must be monotonically increasing or decreasing")
    }
  }
}

extension Tensor where Scalar: IntegerScalar {
  /// Returns how often each number from 0 up occurs.
  ///
  ///     Tensor([2, 0, 2]).binCounts()  // [1 0 2]
  ///
  /// - Parameter minimumLength: How many counts there are at least.
  /// - Returns: Count `i` is how many elements are `i`, up to the largest element.
  /// - Precondition: The tensor is a concrete vector of numbers from 0 up.
  /// - SeeAlso: NumPy's `bincount`; ``checkBinNumbers()`` tells beforehand.
  public func binCounts(minimumLength: Int = 0) -> Tensor<Int> {
    binned(minimumLength, initial: 0) { counts, bin, _ in counts[bin] += 1 }
  }

  /// Returns for each number from 0 up the sum of the weights of where it occurs.
  ///
  ///     let weights: Tensor<Double> = [0.5, 1, 0.25]
  ///     Tensor([2, 0, 2]).binCounts(weights: weights)  // [1.   0.   0.75]
  ///
  /// - Parameters:
  ///   - weights: As many as there are elements.
  ///   - minimumLength: How many sums there are at least.
  /// - Returns: Sum `i` is over the elements that are `i`, up to the largest element.
  /// - Precondition: The tensors are concrete vectors, and the elements numbers from 0 up.
  /// - SeeAlso: NumPy's `bincount`; ``checkBinNumbers()`` tells beforehand.
  public func binCounts<Weight: FloatingScalar>(
    weights: Tensor<Weight>, minimumLength: Int = 0
  ) -> Tensor<Weight> {
    precondition(weights.shape == shape, "The weights and list don't have the same length.")
    let weights = weights.scalars
    return binned(minimumLength, initial: 0) { $0[$1] += weights[$2] }
  }

  private func binned<Result: TensorScalar>(
    _ minimumLength: Int, initial: Result, _ add: (inout [Result], Int, Int) -> Void
  ) -> Tensor<Result> {
    requireShape { () throws(ShapeError) in try checkBinNumbers() }
    precondition(minimumLength >= 0, "'minlength' must not be negative")
    let bins = scalars.map { Int($0) }
    let length = Swift.max(minimumLength, (bins.max() ?? -1) + 1)
    var result = [Result](repeating: initial, count: length)
    for (position, bin) in bins.enumerated() { add(&result, bin, position) }
    return Tensor<Result>(result)
  }

  /// Checks that the elements can be numbers of bins.
  ///
  ///     try Tensor([2, -1]).checkBinNumbers()
  ///     // throws 'list' argument must have no negative elements
  ///
  /// - Throws: `ShapeError` if the tensor is no vector, or an element is negative or not within an
  ///   `Int`.
  /// - Precondition: The tensor is concrete.
  public func checkBinNumbers() throws(ShapeError) {
    try shape.checkSortedList()
    guard withElements({ $0.allSatisfy { $0 >= 0 } }) else {
      throw ShapeError("'list' argument must have no negative elements")
    }
    guard withElements({ $0.allSatisfy { $0 < Int.max } }) else {
      throw ShapeError("Maximum allowed dimension exceeded")
    }
  }
}
