/// The memory that tensors share until one of them is written to, or the node that a traced tensor
/// stands for.
///
/// It doesn't know the elements' type: code that isn't specialised for a type would pay for that at
/// every step.
package struct Storage: @unchecked Sendable {
  // Elements are written only while a single tensor holds the storage (see
  // `Tensor.withMutableElements`), so shared storage never changes and may be read from any task.
  private struct Header {
    let bytes: UnsafeMutableRawBufferPointer
    let node: Node?
    /// Whether the bytes are memory of their own, rather than what follows the header.
    let isApart: Bool
  }

  private final class Memory: ManagedBuffer<Header, UInt64> {
    deinit {
      withUnsafeMutablePointerToHeader { header in
        let bytes = header.pointee.bytes
        guard header.pointee.isApart, let start = bytes.baseAddress else { return }
        if bytes.count < LargeMemory.pageBytes {
          start.deallocate()
        } else {
          LargeMemory.deallocate(start, byteCount: bytes.count)
        }
      }
    }
  }

  private var memory: ManagedBuffer<Header, UInt64>

  package var bytes: UnsafeMutableRawBufferPointer {
    memory.withUnsafeMutablePointerToHeader { $0.pointee.bytes }
  }
  package var node: Node? { memory.withUnsafeMutablePointerToHeader { $0.pointee.node } }

  /// Memory of so many bytes, not set to anything.
  package init(byteCount: Int) {
    // Little pieces come soonest as one with what counts their owners. Where a vector would often
    // lie across two lines of the cache, the elements begin at the next line.
    guard byteCount >= 16384 else {
      let isLong = byteCount >= 4 * cacheLine
      let room = byteCount + (isLong ? cacheLine - MemoryLayout<UInt64>.alignment : 0)
      memory = Memory.create(minimumCapacity: (room + 7) / 8) { memory in
        memory.withUnsafeMutablePointerToElements { elements in
          let first = UnsafeMutableRawPointer(elements)
          return Header(
            bytes: UnsafeMutableRawBufferPointer(
              start: isLong ? first.alignedUp(toMultipleOf: cacheLine) : first, count: byteCount),
            node: nil, isApart: false)
        }
      }
      return
    }
    let start =
      byteCount < LargeMemory.pageBytes
      ? UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: cacheLine)
      : LargeMemory.allocate(byteCount: byteCount)
    memory = Memory.create(minimumCapacity: 0) { _ in
      Header(
        bytes: UnsafeMutableRawBufferPointer(start: start, count: byteCount), node: nil,
        isApart: true)
    }
  }

  /// Memory for `count` elements, not set to anything.
  package init<Scalar: TensorScalar>(count: Int, of _: Scalar.Type) {
    self.init(byteCount: count * MemoryLayout<Scalar>.stride)
  }

  package init(node: Node) {
    memory = Memory.create(minimumCapacity: 0) { _ in
      Header(
        bytes: UnsafeMutableRawBufferPointer(start: nil, count: 0), node: node, isApart: false)
    }
  }

  /// The elements, from the start of the memory on.
  package func elements<Scalar: TensorScalar>(
    as _: Scalar.Type
  ) -> UnsafeMutableBufferPointer<Scalar> {
    bytes.assumingMemoryBound(to: Scalar.self)
  }

  /// Whether nothing else holds the memory.
  package mutating func isUniquelyReferenced() -> Bool { isKnownUniquelyReferenced(&memory) }

  /// Whether both are the same memory.
  package static func === (a: Storage, b: Storage) -> Bool { a.memory === b.memory }
  package static func !== (a: Storage, b: Storage) -> Bool { a.memory !== b.memory }
}

/// The bytes that a cache reads and keeps together, and that the longest vectors have.
private let cacheLine = 64
