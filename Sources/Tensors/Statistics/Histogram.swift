extension Tensor {
  /// Returns how many elements fall into each of some bins of equal width.
  ///
  ///     let (counts, edges) = Tensor([1, 2, 2, 5]).histogram(bins: 2)
  ///     counts  // [3 1]
  ///     edges   // [1. 3. 5.]
  ///
  /// A bin holds its lower edge, the last one the upper edge too.
  /// - Parameters:
  ///   - bins: How many, at least 1.
  ///   - range: From the first edge to the last; elements outside are left out. `nil` means from
  ///     the smallest to the largest element; a range of no width is widened by 1/2 on both sides.
  /// - Returns: `[bins]` counts and `[bins + 1]` edges.
  /// - Precondition: The tensor is concrete, and the range finite.
  /// - SeeAlso: NumPy's `histogram`.
  public func histogram(
    bins: Int = 10, range: ClosedRange<Scalar.Quotient>? = nil
  ) -> (counts: Tensor<Int>, edges: Tensor<Scalar.Quotient>) {
    typealias Number = Scalar.Quotient
    precondition(bins >= 1, "`bins` must be positive, when an integer")
    let numbers = Tensor<Number>(self).scalars
    var (first, last): (Number, Number) = (0, 1)
    if let range {
      (first, last) = (range.lowerBound, range.upperBound)
    } else if !numbers.isEmpty {
      let x = Tensor<Number>(numbers)
      (first, last) = (x.min().scalar, x.max().scalar)
    }
    precondition(
      first.isFinite && last.isFinite,
      range == nil
        ? "autodetected range of [\(first), \(last)] is not finite"
        : "supplied range of [\(first), \(last)] is not finite")
    if first == last { (first, last) = (first - 0.5, last + 0.5) }
    let step = (last - first) / Number(bins)
    precondition(
      step.isFinite && first + step > first,
      "Too many bins for data range. Cannot create \(bins) finite-sized bins.")
    let edges = (0...bins).map { $0 == bins ? last : first + Number($0) * step }
    var counts = [Int](repeating: 0, count: bins)
    for x in numbers where x >= first && x <= last {
      // The quotient may be rounded over an edge: the edges themselves decide.
      var bin = Swift.min(Int((x - first) / (last - first) * Number(bins)), bins - 1)
      if x < edges[bin] {
        bin -= 1
      } else if bin < bins - 1 && x >= edges[bin + 1] {
        bin += 1
      }
      counts[bin] += 1
    }
    return (Tensor<Int>(counts), Tensor<Number>(edges))
  }

  /// Returns how many elements fall into each of some bins.
  ///
  ///     Tensor([1, 2, 2, 5]).histogram(edges: [0, 2, 6])  // [1 3]
  ///
  /// - Parameter edges: A vector in ascending order; a bin lies between two neighbours and holds
  ///   the lower, the last one both.
  /// - Returns: A count less than there are edges; elements outside and NaN are left out.
  /// - Precondition: The tensors are concrete, and there are two edges at least.
  /// - SeeAlso: NumPy's `histogram` with given bins.
  public func histogram(edges: Tensor) -> Tensor<Int> {
    requireShape { () throws(ShapeError) in try edges.checkBinEdges() }
    let keys = edges.sortKeys
    guard let first = keys.first, let last = keys.last, keys.count > 1, first <= last else {
      preconditionFailure("`bins` must increase monotonically, when an array")
    }
    var counts = [Int](repeating: 0, count: keys.count - 1)
    for key in sortKeys where key >= first && key <= last {
      let bin = SortKey.position(of: key, in: keys, .right) - 1
      counts[Swift.min(bin, counts.count - 1)] += 1
    }
    return Tensor<Int>(counts)
  }
}
