import CKernels

/// Numbers that are ordered as elements are, for all types alike: false before true, −0 equal to 0,
/// NaN last.
///
/// Sorting and searching work on them, so that there is one order and one code for all types.
enum SortKey {
  /// The keys of elements that lie one after the other.
  static func keys<Scalar: TensorScalar>(of elements: UnsafeBufferPointer<Scalar>) -> [UInt64] {
    let bytes = UnsafeRawBufferPointer(elements)
    func all<Element>(_: Element.Type, _ key: (Element) -> UInt64) -> [UInt64] {
      (0..<elements.count).map {
        key(bytes.load(fromByteOffset: $0 * MemoryLayout<Element>.stride, as: Element.self))
      }
    }
    return switch Scalar.scalarType {
    case .float32: all(Float.self) { floating(Double($0)) }
    case .float64: all(Double.self, floating)
    case .int8: all(Int8.self) { signed(Int64($0)) }
    case .int16: all(Int16.self) { signed(Int64($0)) }
    case .int32: all(Int32.self) { signed(Int64($0)) }
    case .int64: all(Int64.self, signed)
    case .uint8, .bool: all(UInt8.self) { UInt64($0) }
    case .uint16: all(UInt16.self) { UInt64($0) }
    case .uint32: all(UInt32.self) { UInt64($0) }
    case .uint64: all(UInt64.self) { $0 }
    }
  }

  /// The bits with the order of the negative numbers turned round, and these put before the others.
  private static func floating(_ x: Double) -> UInt64 {
    if x.isNaN { return .max }
    let bits = x == 0 ? 0 : x.bitPattern
    return bits >> 63 == 1 ? ~bits : bits | 1 << 63
  }

  private static func signed(_ x: Int64) -> UInt64 { UInt64(bitPattern: x) ^ 1 << 63 }

  /// The positions in the order of their keys, equal ones in their own order.
  static func order(_ keys: [UInt64]) -> [Int] {
    [Int](unsafeUninitializedCapacity: keys.count) { order, count in
      keys.withUnsafeBufferPointer { self.order($0, to: order) }
      count = keys.count
    }
  }

  /// Sets positions to the order of their elements, equal ones in their own order; NaN are larger
  /// than all numbers.
  static func order<Scalar: TensorScalar>(
    _ elements: UnsafeBufferPointer<Scalar>, descends: Bool = false,
    to order: UnsafeMutableBufferPointer<Int>
  ) {
    let count = elements.count
    withUnsafeTemporaryAllocation(of: my_entry.self, capacity: 2 * count) { scratch in
      guard let from = elements.baseAddress, let to = order.baseAddress,
        let scratch = scratch.baseAddress
      else { return }
      to.withMemoryRebound(to: Int64.self, capacity: count) { to in
        Kernels.numeric(Scalar.scalarType).pointee.argsort(to, from, count, descends, scratch)
      }
    }
  }

  /// The position of the first of sorted keys that doesn't belong before a key: for `.right`, of
  /// the first that is greater.
  static func position(of key: UInt64, in sorted: [UInt64], _ side: SearchSide) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = low + (high - low) / 2
      let isBefore = side == .left ? sorted[middle] < key : sorted[middle] <= key
      if isBefore { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension Tensor {
  /// The keys of the elements in C order.
  var sortKeys: [UInt64] { withElements { SortKey.keys(of: $0) } }

  /// Replaces each line along an axis by another of any length.
  ///
  /// - Parameters:
  ///   - axis: From 0 to `rank - 1`.
  ///   - count: The elements of each line of the result.
  ///   - body: Sets all elements of a line of the result.
  /// - Returns: A tensor with that extent on the axis.
  func mappingLines<Result: TensorScalar>(
    axis: Int, count: Int,
    _ body: (UnsafeBufferPointer<Scalar>, UnsafeMutableBufferPointer<Result>) -> Void
  ) -> Tensor<Result> {
    guard axis == rank - 1 else {
      let others = shape.indices.filter { $0 != axis }
      var back = Array(0..<rank - 1)
      back.insert(rank - 1, at: axis)
      return transposed(others + [axis]).mappingLines(axis: rank - 1, count: count, body)
        .transposed(back)
    }
    let extent = shape[axis]
    let lines = shape.dropLast().reduce(1, *)
    return Tensor<Result>(extent == count ? shape : shape.replacing(axis: axis, by: count)) { out in
      withElements { elements in
        for line in 0..<lines {
          body(
            UnsafeBufferPointer(rebasing: elements[line * extent..<(line + 1) * extent]),
            UnsafeMutableBufferPointer(rebasing: out[line * count..<(line + 1) * count]))
        }
      }
    }
  }
}
