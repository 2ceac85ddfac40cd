import CKernels

extension Tensor {
  /// Returns the elements of each line along an axis in ascending order.
  ///
  ///     Tensor<Int>([[3, 1, 2], [9, 7, 8]]).sorted()  // [[1 2 3]
  ///                                                   //  [7 8 9]]
  ///
  /// - Parameter axis: The axis to sort along, from the end if negative; `nil` takes all elements
  ///   as one line.
  /// - Returns: A tensor of the same shape, or a vector; equal elements (0 and −0 too) stay in
  ///   their order, NaN come last.
  /// - Precondition: The tensor is concrete.
  /// - SeeAlso: NumPy's `sort` with `kind="stable"`.
  public func sorted(axis: Int? = -1) -> Tensor {
    requireConcrete()
    guard let axis else { return reshaped(-1).sorted() }
    let normalized = requireShape { () throws(ShapeError) in try shape.normalizedAxis(axis) }
    guard normalized == rank - 1 else {
      var order = Array(0..<rank)
      order.swapAt(normalized, rank - 1)
      return transposed(order).sorted().transposed(order)
    }
    return Tensor(contiguous().untyped.sortedLines())
  }

  /// Returns the positions of the elements of each line along an axis in ascending order.
  ///
  ///     Tensor([30, 10, 20]).argSorted()  // [1 2 0]
  ///
  /// - Parameter axis: The axis to sort along, from the end if negative; `nil` takes all elements
  ///   as one line.
  /// - Returns: Positions on the line, from 0: a tensor of the same shape, or a vector; those of
  ///   equal elements (0 and −0 too) ascend, those of NaN come last.
  /// - Precondition: The tensor is concrete.
  /// - SeeAlso: NumPy's `argsort` with `kind="stable"`.
  public func argSorted(axis: Int? = -1) -> Tensor<Int> {
    // As in NumPy a number is a vector of one element here.
    let source = axis == nil || rank == 0 ? reshaped(-1) : self
    let axis = requireShape { () throws(ShapeError) in try source.shape.normalizedAxis(axis ?? 0) }
    return source.mappingLines(axis: axis, count: source.shape[axis]) { line, out in
      SortKey.order(line, to: out)
    }
  }

  /// Returns the largest elements of each line along an axis, in descending order, and where they
  /// stand.
  ///
  ///     let (values, indices) = Tensor([10, 40, 30]).topK(2)
  ///     values   // [40 30]
  ///     indices  // [1 2]
  ///
  /// - Parameters:
  ///   - count: How many, from 0 to the axis's extent.
  ///   - axis: The axis to look along, from the end if negative.
  /// - Returns: The elements, and their positions on the line; of equal elements the first comes
  ///   first, NaN are larger than all numbers.
  /// - Precondition: The tensor is concrete, and the axis has as many elements.
  /// - SeeAlso: PyTorch's `topk`.
  public func topK(_ count: Int, axis: Int = -1) -> (values: Tensor, indices: Tensor<Int>) {
    let axis = requireShape { () throws(ShapeError) in try shape.normalizedAxis(axis) }
    precondition(
      (0...shape[axis]).contains(count), "selected index k out of range: \(count) of \(shape[axis])"
    )
    let indices: Tensor<Int> = mappingLines(axis: axis, count: count) { line, out in
      withUnsafeTemporaryAllocation(of: Int.self, capacity: line.count) { order in
        SortKey.order(line, descends: true, to: order)
        _ = out.update(fromContentsOf: order.prefix(count))
      }
    }
    return (takeAlongAxis(indices, axis: axis), indices)
  }
}

extension UntypedTensor {
  /// The elements of each line of the last axis in ascending order; the tensor is contiguous.
  fileprivate func sortedLines() -> UntypedTensor {
    let result = UntypedTensor(inNewMemory: layout, scalarType)
    let count = layout.extent(layout.rank - 1)
    guard layout.elementCount > 0, let from = start, let to = result.start else { return result }
    let sort = Kernels.numeric(scalarType).pointee.sort
    let bytes = count * scalarType.byteCount
    func sortLines(_ scratch: UnsafeMutableRawPointer?) {
      guard let scratch else { return }
      for line in 0..<layout.elementCount / count {
        sort(to + line * bytes, from + line * bytes, count, scratch)
      }
    }
    // As much memory again: short lines find it on the stack, long ones where tensors have theirs,
    // in large pages.
    if bytes <= 8192 {
      withUnsafeTemporaryAllocation(byteCount: bytes, alignment: 16) { sortLines($0.baseAddress) }
    } else {
      let scratch = Storage(byteCount: bytes)
      sortLines(scratch.bytes.baseAddress)
      withExtendedLifetime(scratch) {}
    }
    withExtendedLifetime((self, result)) {}
    return result
  }
}

/// Returns the positions in ascending order of several keys at once: by the last, equal ones by the
/// last but one, and so on.
///
///     argSorted(byLast: [Tensor([1, 2, 3]), Tensor([1, 0, 0])])  // [1 2 0]
///
/// - Parameter keys: At least one vector; all of the same length.
/// - Returns: Positions from 0; those that are equal in all keys ascend.
/// - Precondition: The tensors are concrete vectors of one length.
/// - SeeAlso: NumPy's `lexsort`.
public func argSorted<Scalar: TensorScalar>(byLast keys: [Tensor<Scalar>]) -> Tensor<Int> {
  precondition(!keys.isEmpty, "need sequence of keys with len > 0 in lexsort")
  for key in keys {
    precondition(key.rank == 1 && key.count == keys[0].count, "all keys need to be the same shape")
  }
  // A stable sort by the first key, then by the second, and so on.
  var order = Array(0..<keys[0].count)
  for key in keys {
    let keys = key.sortKeys
    order = SortKey.order(order.map { keys[$0] }).map { order[$0] }
  }
  return Tensor(order)
}
