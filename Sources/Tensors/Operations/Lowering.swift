package import CKernels

/// Memory that a loop reads or writes, and how the elements lie in it.
package struct Operand {
  package var base: UnsafeMutableRawPointer?
  package var layout: Layout
  package var type: ScalarType

  /// The address of the first element.
  package var start: UnsafeMutableRawPointer? { base.map { $0 + layout.offset * type.byteCount } }
}

package typealias Loop =
  @convention(c) (
    UnsafePointer<UnsafeMutableRawPointer>, UnsafePointer<Int>, Int
  ) -> Void

package typealias ReductionLoop =
  @convention(c) (
    UnsafeMutableRawPointer, Int, UnsafeRawPointer, Int, Int, Int, Int
  ) -> Void

/// How work over any number of axes becomes calls of loops over one or two.
package enum Lowering {
  /// Runs a call at once.
  package static func run(_ call: my_call) {
    withUnsafePointer(to: call) { my_run($0, 1) }
  }

  /// Emits `loop` over all elements; all operands have the result's shape, `operands[0]` is the result.
  ///
  /// Axes that lie one after the other in every operand are taken as one.
  package static func loop(_ loop: Loop, _ operands: [Operand], emit: (my_call) -> Void) {
    var axes = coalesced(operands, axes: Array(operands[0].layout.shape.indices))
    let inner = axes.popLast() ?? Axis(extent: 1, strides: operands.map { _ in 0 })
    var call = my_call()
    call.run = my_run_loop
    call.loop = loop
    call.inner_extent.0 = inner.extent
    setInner(&call, inner.strides)
    emitOuter(axes, operands, &call, emit: emit)
  }

  /// Emits `loop` once for each line along `axis`: the loop sees the line's elements, of which there are `extent`.
  package static func lines(
    _ loop: Loop, axis: Int, _ operands: [Operand], emit: (my_call) -> Void
  ) {
    let shape = operands[0].layout.shape
    let axes = coalesced(operands, axes: shape.indices.filter { $0 != axis })
    var call = my_call()
    call.run = my_run_loop
    call.loop = loop
    call.inner_extent.0 = shape[axis]
    setInner(&call, operands.map { $0.layout.strides[axis] })
    emitOuter(axes, operands, &call, emit: emit)
  }

  /// Emits a reduction of one axis; the result has the operand's shape without that axis.
  package static func reduction(
    _ loop: ReductionLoop, axis: Int, of operand: Operand, to result: Operand,
    emit: (my_call) -> Void
  ) {
    var kept = operand
    kept.layout.shape = operand.layout.shape.removing(axis: axis)
    kept.layout.strides.remove(at: axis)
    var axes = coalesced([result, kept], axes: Array(result.layout.shape.indices))
    let inner = axes.popLast() ?? Axis(extent: 1, strides: [0, 0])
    var call = my_call()
    call.run = my_run_reduction
    call.reduction = loop
    call.inner_extent = (inner.extent, operand.layout.shape[axis], 0)
    call.inner_stride.0.0 = inner.strides[0]
    call.inner_stride.1 = (inner.strides[1], operand.layout.strides[axis])
    emitOuter(axes, [result, kept], &call, emit: emit)
  }

  /// Emits the matrix product of the last two axes of `a` and `b`, whose other axes are those of `c`.
  package static func matmul(
    _ a: Operand, _ b: Operand, to c: Operand, emit: (my_call) -> Void
  ) {
    let operands = [c, a, b]
    let rank = c.layout.shape.rank
    let axes = coalesced(operands, axes: Array(0..<rank - 2))
    var call = my_call()
    call.run = my_run_matmul
    call.matmul = Kernels.numeric(c.type).pointee.matmul
    call.inner_extent = (
      c.layout.shape[rank - 2], c.layout.shape[rank - 1], a.layout.shape[rank - 1]
    )
    let steps = operands.map { ($0.layout.strides[rank - 2], $0.layout.strides[rank - 1]) }
    call.inner_stride = (steps[0], steps[1], steps[2], (0, 0))
    emitOuter(axes, operands, &call, emit: emit)
  }

  /// Emits a copy of the elements, in order; both have the same shape.
  package static func copy(_ source: Operand, to result: Operand, emit: (my_call) -> Void) {
    loop(Kernels.numeric(result.type).pointee.copy, [result, source], emit: emit)
  }

  /// Emits zeros for all elements.
  package static func zeros(_ result: Operand, emit: (my_call) -> Void) {
    var zero = result
    zero.base = zeroElement
    zero.layout = Layout(
      shape: result.layout.shape, strides: result.layout.strides.map { _ in 0 }, offset: 0)
    copy(zero, to: result, emit: emit)
  }

  /// Eight zero bytes that live as long as the program: a zero of any type.
  nonisolated(unsafe) private static let zeroElement: UnsafeMutableRawPointer = {
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: 8, alignment: 8)
    bytes.initializeMemory(as: UInt64.self, repeating: 0, count: 1)
    return bytes
  }()

  private struct Axis {
    var extent: Int
    var strides: [Int]
  }

  /// The axes without those of extent 1, neighbours that lie one after the other in every operand taken as one.
  private static func coalesced(_ operands: [Operand], axes: [Int]) -> [Axis] {
    var result: [Axis] = []
    for axis in axes {
      let extent = operands[0].layout.shape[axis]
      if extent == 1 { continue }
      let strides = operands.map { $0.layout.strides[axis] }
      if let outer = result.last, zip(outer.strides, strides).allSatisfy({ $0 == $1 * extent }) {
        result[result.count - 1] = Axis(extent: outer.extent * extent, strides: strides)
      } else {
        result.append(Axis(extent: extent, strides: strides))
      }
    }
    return result
  }

  private static func setInner(_ call: inout my_call, _ strides: [Int]) {
    call.inner_stride.0.0 = strides[0]
    if strides.count > 1 { call.inner_stride.1.0 = strides[1] }
    if strides.count > 2 { call.inner_stride.2.0 = strides[2] }
    if strides.count > 3 { call.inner_stride.3.0 = strides[3] }
  }

  /// Completes `call` with the axes around the innermost work and the operands' addresses, and emits it; more
  /// axes than a call holds are counted through here, a call for each position.
  private static func emitOuter(
    _ axes: [Axis], _ operands: [Operand], _ call: inout my_call, emit: (my_call) -> Void
  ) {
    if operands[0].layout.shape.contains(0) { return }
    let excess = Swift.max(0, axes.count - Int(MY_MAX_RANK))
    call.operands = Int32(operands.count)
    call.rank = Int32(axes.count - excess)
    withUnsafeMutableBytes(of: &call.extent) { bytes in
      let extents = bytes.assumingMemoryBound(to: Int.self)
      for (d, axis) in axes.dropFirst(excess).enumerated() { extents[d] = axis.extent }
    }
    withUnsafeMutableBytes(of: &call.stride) { bytes in
      let strides = bytes.assumingMemoryBound(to: Int.self)
      for (d, axis) in axes.dropFirst(excess).enumerated() {
        for (o, step) in axis.strides.enumerated() { strides[d * Int(MY_MAX_OPERANDS) + o] = step }
      }
    }
    withUnsafeMutableBytes(of: &call.size) { bytes in
      let sizes = bytes.assumingMemoryBound(to: Int32.self)
      for (o, operand) in operands.enumerated() { sizes[o] = Int32(operand.type.byteCount) }
    }
    var position = [Int](repeating: 0, count: excess)
    while true {
      withUnsafeMutableBytes(of: &call.data) { bytes in
        let data = bytes.assumingMemoryBound(to: UnsafeMutableRawPointer?.self)
        for (o, operand) in operands.enumerated() {
          let steps = (0..<excess).reduce(0) { $0 + position[$1] * axes[$1].strides[o] }
          data[o] = operand.start.map { $0 + steps * operand.type.byteCount }
        }
      }
      emit(call)
      guard let axis = (0..<excess).last(where: { position[$0] + 1 < axes[$0].extent }) else {
        return
      }
      position[axis] += 1
      for inner in axis + 1..<excess { position[inner] = 0 }
    }
  }
}
