#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The memory that tensors share until one of them is written to, or the node that a traced tensor
/// stands for.
///
/// It doesn't know the elements' type: code that isn't specialised for a type would pay for that at
/// every step.
package final class Storage: @unchecked Sendable {
  // Elements are written only while a single tensor holds the storage (see
  // `Tensor.withMutableElements`), so shared storage never changes and may be read from any task.
  package let bytes: UnsafeMutableRawBufferPointer
  package let node: Node?

  /// Memory of so many bytes, not set to anything.
  package init(byteCount: Int) {
    // Little pieces come soonest without a demand on where they lie; vectors read them as fast.
    let alignment = byteCount < 16384 ? 16 : byteCount < largePage ? 64 : largePage
    let start = UnsafeMutableRawPointer.allocate(
      byteCount: Swift.max(byteCount, 1), alignment: alignment)
    #if os(Linux)
      // The system hands out pages of 4 KB one by one as they are first written, unless asked for
      // large ones.
      if alignment == largePage { madvise(start, byteCount, Int32(MADV_HUGEPAGE)) }
    #endif
    bytes = UnsafeMutableRawBufferPointer(start: start, count: byteCount)
    node = nil
  }

  /// Memory for `count` elements, not set to anything.
  package convenience init<Scalar: TensorScalar>(count: Int, of _: Scalar.Type) {
    self.init(byteCount: count * MemoryLayout<Scalar>.stride)
  }

  package init(node: Node) {
    bytes = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    self.node = node
  }

  /// The elements, from the start of the memory on.
  package func elements<Scalar: TensorScalar>(
    as _: Scalar.Type
  ) -> UnsafeMutableBufferPointer<Scalar> {
    bytes.assumingMemoryBound(to: Scalar.self)
  }

  deinit { bytes.baseAddress?.deallocate() }
}

/// The bytes of a large page of memory.
private let largePage = 1 << 21
