package import CKernels

/// Rows of a table by number.
///
/// A number out of range means the nearest row: no number reads elsewhere.
package struct TakeRows: Primitive {
  package init() {}
  package var name: String { "takeRows" }
  package func shape(of operands: [Shape]) -> Shape {
    operands[0].replacing(axis: 0, by: operands[1].elementCount)
  }
  package func lower(_ operands: [Operand], to result: Operand, emit: (my_call) -> Void) {
    // There is nothing to take rows of, whatever the numbers.
    if operands[0].layout.elementCount == 0 { return Lowering.zeros(result, emit: emit) }
    Lowering.rows(
      Kernels.numeric(result.type).pointee.take_rows, rows: result, table: operands[0],
      index: operands[1], emit: emit)
  }
  package func derivative<Scalar: FloatingScalar>(_ at: Derivation<Scalar>) -> [Node?] {
    let extent = at.node.inputs[0].shape[0]
    return [
      Node(AddRows(extent: extent), [at.gradient.contiguous().node, at.node.inputs[1]]), nil,
    ]
  }
}

/// Zeros, with rows added at the numbers given: the derivative of ``TakeRows``.
package struct AddRows: Primitive {
  package var extent: Int
  package init(extent: Int) { self.extent = extent }
  package var name: String { "addRows(extent: \(extent))" }
  package func shape(of operands: [Shape]) -> Shape { operands[0].replacing(axis: 0, by: extent) }
  package func lower(_ operands: [Operand], to result: Operand, emit: (my_call) -> Void) {
    Lowering.zeros(result, emit: emit)
    Lowering.rows(
      Kernels.numeric(result.type).pointee.add_rows, rows: operands[0], table: result,
      index: operands[1], emit: emit)
  }
  package func derivative<Scalar: FloatingScalar>(_ at: Derivation<Scalar>) -> [Node?] {
    [Node(TakeRows(), [at.gradient.contiguous().node, at.node.inputs[1]]), nil]
  }
}

extension Lowering {
  /// Emits a gather or scatter of rows; all operands are contiguous.
  fileprivate static func rows(
    _ loop: RowLoop, rows: Operand, table: Operand, index: Operand, emit: (my_call) -> Void
  ) {
    let shape = rows.layout.shape
    if shape.contains(0) || table.layout.shape.contains(0) { return }
    var call = my_call()
    call.run = my_run_rows
    call.rows = loop
    call.operands = 3
    call.data = (rows.start, table.start, index.start, nil)
    call.size = (
      Int32(rows.type.byteCount), Int32(table.type.byteCount), Int32(index.type.byteCount), 0
    )
    call.inner_extent = (shape[0], shape.elementCount / shape[0], table.layout.shape[0])
    emit(call)
  }
}

private typealias RowLoop =
  @convention(c) (
    UnsafeMutableRawPointer, UnsafeMutableRawPointer, UnsafePointer<Int64>, Int, Int, Int
  ) -> Void

extension Tensor {
  /// Returns rows by their numbers, in the order given.
  ///
  ///     Tensor<Int>([[1, 2], [3, 4], [5, 6]]).rows([2, 0])  // [[5 6]
  ///                                                         //  [1 2]]
  ///
  /// - Parameter numbers: Any number of row numbers, each from 0 to `shape[0] - 1`; repeats are
  ///   allowed.
  /// - Returns: `[numbers.count, …]`.
  /// - Precondition: The tensor has an axis, and every number is in range.
  /// - SeeAlso: NumPy's `take(numbers, axis: 0)`.
  public func rows(_ numbers: [Int]) -> Tensor {
    require(rank > 0, "too many indices for array: array is 0-dimensional, but 1 were indexed")
    for number in numbers {
      require(
        shape.first.map { (0..<$0).contains(number) } == true,
        "index \(number) is out of bounds for axis 0 with size \(shape[0])")
    }
    return TakeRows().apply(to: [contiguous(), Tensor<Int>(numbers)] as [any AnyTensor])
  }
}

extension UntypedTensor {
  /// Copies rows by their numbers to memory: what ``Tensor/rows(_:)`` does, without memory of its
  /// own.
  ///
  /// - Precondition: The tensor is contiguous, every number is in range (of others the nearest in
  ///   range is taken) and the memory has room for the rows.
  package func gatherRows(
    _ numbers: UnsafeBufferPointer<Int>, into memory: UnsafeMutableRawBufferPointer
  ) {
    let extent = layout.extent(0)
    let width = layout.elementCount / Swift.max(extent, 1)
    precondition(
      layout.isContiguous && memory.count == numbers.count * width * scalarType.byteCount,
      "\(numbers.count) rows of \(width) elements don't fit in \(memory.count) bytes")
    copyRows(numbers, of: extent, to: memory)
  }

  /// Copies parts by their numbers, which count from 0 to `extent - 1` through some of the first
  /// axes.
  ///
  /// - Precondition: The tensor is contiguous, every number is in range and the memory has room for
  ///   the parts.
  func copyRows(
    _ numbers: UnsafeBufferPointer<Int>, of extent: Int, to memory: UnsafeMutableRawBufferPointer
  ) {
    let count = layout.elementCount
    guard count > 0, let index = numbers.baseAddress, let to = memory.baseAddress,
      let table = start
    else { return }
    index.withMemoryRebound(to: Int64.self, capacity: numbers.count) { index in
      Kernels.numeric(scalarType).pointee.take_rows(
        to, table, index, numbers.count, count / extent, extent)
    }
    withExtendedLifetime(self) {}
  }
}
