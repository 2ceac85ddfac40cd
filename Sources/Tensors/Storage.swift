#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The memory that tensors share until one of them is written to, or the node that a traced tensor stands for.
package final class Storage<Scalar: TensorScalar>: @unchecked Sendable {
  // Elements are written only while a single tensor holds the storage (see `Tensor.withMutableElements`), so
  // shared storage never changes and may be read from any task.
  package let elements: UnsafeMutableBufferPointer<Scalar>
  package let node: Node?

  /// Memory for `count` elements, not set to anything.
  package init(count: Int) {
    let byteCount = Swift.max(count, 1) * MemoryLayout<Scalar>.stride
    // Little pieces come soonest without a demand on where they lie; vectors read them as fast.
    let alignment = byteCount < 2048 ? 16 : byteCount < largePage ? 64 : largePage
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: alignment)
    #if os(Linux)
      // The system hands out pages of 4 KB one by one as they are first written, unless asked for large ones.
      if alignment == largePage { madvise(bytes, byteCount, Int32(MADV_HUGEPAGE)) }
    #endif
    elements = UnsafeMutableBufferPointer(
      start: bytes.bindMemory(to: Scalar.self, capacity: count), count: count)
    node = nil
  }

  package init(node: Node) {
    elements = UnsafeMutableBufferPointer(start: nil, count: 0)
    self.node = node
  }

  deinit {
    elements.baseAddress.map { UnsafeMutableRawPointer($0).deallocate() }
  }
}

/// The bytes of a large page of memory.
private let largePage = 1 << 21
