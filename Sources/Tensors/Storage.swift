/// The memory that tensors share until one of them is written to, or the node that a traced tensor stands for.
package final class Storage<Scalar: TensorScalar>: @unchecked Sendable {
  // Elements are written only while a single tensor holds the storage (see `Tensor.withMutableElements`), so
  // shared storage never changes and may be read from any task.
  package let elements: UnsafeMutableBufferPointer<Scalar>
  package let node: Node?

  /// Memory for `count` elements, not set to anything.
  package init(count: Int) {
    let bytes = UnsafeMutableRawPointer.allocate(
      byteCount: Swift.max(count, 1) * MemoryLayout<Scalar>.stride, alignment: 64)
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
