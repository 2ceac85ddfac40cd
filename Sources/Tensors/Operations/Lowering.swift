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

package typealias LineLoop =
  @convention(c) (
    UnsafeMutableRawPointer, Int, Int, UnsafeRawPointer, Int, Int, Int, Int
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

  /// Emits `loop` over all elements; `operands[0]` is the result, to whose shape the others are broadcast.
  ///
  /// Axes that lie one after the other in every operand are taken as one.
  package static func loop(_ loop: Loop, _ operands: [Operand], emit: (my_call) -> Void) {
    var axes = Axes(operands)
    var call = my_call()
    call.run = my_run_loop
    call.loop = loop
    axes.takeInner(&call)
    emitOuter(axes, operands, &call, emit: emit)
  }

  /// Emits `loop` over the lines along `axis`; both have the same shape.
  package static func lines(
    _ loop: LineLoop, axis: Int, of operand: Operand, to result: Operand, emit: (my_call) -> Void
  ) {
    var axes = Axes([result, operand], except: axis)
    var call = my_call()
    call.run = my_run_lines
    call.lines = loop
    axes.takeInner(&call)
    call.inner_extent.1 = operand.layout.extent(axis)
    call.inner_stride.0.1 = result.layout.stride(axis)
    call.inner_stride.1.1 = operand.layout.stride(axis)
    emitOuter(axes, [result, operand], &call, emit: emit)
  }

  /// Emits a reduction of one axis; the result has the operand's shape without that axis.
  package static func reduction(
    _ loop: ReductionLoop, axis: Int, of operand: Operand, to result: Operand,
    emit: (my_call) -> Void
  ) {
    var axes = Axes(reducing: axis, of: operand, to: result)
    var call = my_call()
    call.run = my_run_reduction
    call.reduction = loop
    axes.takeInner(&call)
    call.inner_extent.1 = operand.layout.extent(axis)
    call.inner_stride.1.1 = operand.layout.stride(axis)
    emitOuter(axes, [result, operand], &call, emit: emit)
  }

  /// Emits the matrix product of the last two axes of `a` and `b`, whose other axes are those of `c`.
  package static func matmul(
    _ a: Operand, _ b: Operand, to c: Operand, emit: (my_call) -> Void
  ) {
    let operands = [c, a, b]
    let rank = c.layout.rank
    var call = my_call()
    call.run = my_run_matmul
    call.matmul = Kernels.numeric(c.type).pointee.matmul
    call.inner_extent = (
      c.layout.extent(rank - 2), c.layout.extent(rank - 1), a.layout.extent(rank - 1)
    )
    func steps(_ operand: Operand) -> (Int, Int) {
      (operand.layout.stride(rank - 2), operand.layout.stride(rank - 1))
    }
    call.inner_stride = (steps(c), steps(a), steps(b), (0, 0))
    emitOuter(Axes(operands, upTo: rank - 2), operands, &call, emit: emit)
  }

  /// Emits a copy of the elements, in order; both have the same shape.
  package static func copy(_ source: Operand, to result: Operand, emit: (my_call) -> Void) {
    let kernels = Kernels.numeric(result.type)
    let operands = [result, source]
    var axes = Axes(operands)
    // Where the source lies one after the other along an axis that isn't the result's last one.
    if let last = (0..<axes.count).last, axes.stride(last, 0) == 1, axes.stride(last, 1) != 1,
      let rows = (0..<last).first(where: { axes.stride($0, 1) == 1 })
    {
      var call = my_call()
      call.run = my_run_transpose
      call.transpose = kernels.pointee.transpose
      call.inner_extent = (axes.extent(rows), axes.extent(last), 0)
      call.inner_stride.0.0 = axes.stride(rows, 0)
      call.inner_stride.1 = (1, axes.stride(last, 1))
      axes.remove(last)
      axes.remove(rows)
      emitOuter(axes, operands, &call, emit: emit)
      return
    }
    loop(kernels.pointee.copy, operands, emit: emit)
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

  /// The axes that work goes over, outermost first, without those of extent 1; neighbours that lie one after the other
  /// in every operand are taken as one.
  private struct Axes {
    /// For each axis its extent and the step of each operand.
    private var numbers: [Int] = []
    /// The numbers of one axis.
    private let width: Int

    /// The axes of `operands[0]`, to which the others are broadcast.
    init(_ operands: [Operand], upTo end: Int? = nil, except left: Int? = nil) {
      let rank = operands[0].layout.rank
      self.init(
        end ?? rank, operands.count, except: left, extent: operands[0].layout.extent
      ) { axis, o in operands[o].layout.step(axis, ofRank: rank) }
    }

    /// The axes of an operand but one, which the result doesn't have.
    init(reducing reduced: Int, of operand: Operand, to result: Operand) {
      self.init(operand.layout.rank, 2, except: reduced, extent: operand.layout.extent) { axis, o in
        o == 1 ? operand.layout.stride(axis) : result.layout.stride(axis - (axis > reduced ? 1 : 0))
      }
    }

    @inline(__always)
    private init(
      _ rank: Int, _ operands: Int, except left: Int?, extent: (Int) -> Int,
      step: (_ axis: Int, _ operand: Int) -> Int
    ) {
      width = 1 + operands
      numbers.reserveCapacity(width * rank)
      for axis in 0..<rank where axis != left {
        let extent = extent(axis)
        if extent == 1 { continue }
        let last = numbers.count - width
        var follows = last >= 0
        for o in 0..<operands where follows {
          follows = numbers[last + 1 + o] == step(axis, o) * extent
        }
        if follows {
          numbers[last] *= extent
          for o in 0..<operands { numbers[last + 1 + o] = step(axis, o) }
        } else {
          numbers.append(extent)
          for o in 0..<operands { numbers.append(step(axis, o)) }
        }
      }
    }

    var count: Int { numbers.count / width }
    func extent(_ axis: Int) -> Int { numbers[axis * width] }
    func stride(_ axis: Int, _ operand: Int) -> Int { numbers[axis * width + 1 + operand] }

    mutating func remove(_ axis: Int) {
      numbers.removeSubrange(axis * width..<(axis + 1) * width)
    }

    /// Moves the last axis into a call, or one of extent 1 if there is none.
    mutating func takeInner(_ call: inout my_call) {
      call.inner_extent.0 = 1
      guard let last = (0..<count).last else { return }
      call.inner_extent.0 = extent(last)
      call.setInner(numbers[(last * width + 1)...])
      remove(last)
    }
  }

  /// Completes `call` with the axes around the innermost work and the operands' addresses, and emits it; more
  /// axes than a call holds are counted through here, a call for each position.
  private static func emitOuter(
    _ axes: Axes, _ operands: [Operand], _ call: inout my_call, emit: (my_call) -> Void
  ) {
    if operands[0].layout.elementCount == 0 { return }
    let excess = Swift.max(0, axes.count - Int(MY_MAX_RANK))
    call.operands = Int32(operands.count)
    call.rank = Int32(axes.count - excess)
    withUnsafeMutableBytes(of: &call.extent) { bytes in
      let extents = bytes.assumingMemoryBound(to: Int.self)
      for axis in excess..<axes.count { extents[axis - excess] = axes.extent(axis) }
    }
    withUnsafeMutableBytes(of: &call.stride) { bytes in
      let strides = bytes.assumingMemoryBound(to: Int.self)
      for axis in excess..<axes.count {
        for o in operands.indices {
          strides[(axis - excess) * Int(MY_MAX_OPERANDS) + o] = axes.stride(axis, o)
        }
      }
    }
    withUnsafeMutableBytes(of: &call.size) { bytes in
      let sizes = bytes.assumingMemoryBound(to: Int32.self)
      for o in operands.indices { sizes[o] = Int32(operands[o].type.byteCount) }
    }
    var position = [Int](repeating: 0, count: excess)
    while true {
      withUnsafeMutableBytes(of: &call.data) { bytes in
        let data = bytes.assumingMemoryBound(to: UnsafeMutableRawPointer?.self)
        for o in operands.indices {
          let steps = (0..<excess).reduce(0) { $0 + position[$1] * axes.stride($1, o) }
          data[o] = operands[o].start.map { $0 + steps * operands[o].type.byteCount }
        }
      }
      emit(call)
      if excess == 0 { return }
      guard let axis = (0..<excess).last(where: { position[$0] + 1 < axes.extent($0) }) else {
        return
      }
      position[axis] += 1
      for inner in axis + 1..<excess { position[inner] = 0 }
    }
  }
}

// Calls that are run at once and need no description of any number of axes: for small tensors that
// would take longer than the work itself. They are the same calls that the general way gives.
extension Lowering {
  /// Up to so many elements a loop is called as it stands: there is nothing to share among threads.
  static let smallCount = 16384

  /// Runs a loop over one or two operands, which are broadcast to the result's shape.
  package static func runLoop(
    _ loop: Loop, _ result: UntypedTensor, _ x: UntypedTensor, _ y: UntypedTensor?
  ) {
    let rank = result.layout.rank
    guard rank <= Int(MY_MAX_RANK) else {
      let operands = [result.operand, x.operand] + (y.map { [$0.operand] } ?? [])
      Lowering.loop(loop, operands) { run($0) }
      return
    }
    guard result.layout.elementCount > 0 else { return }
    var call = my_call()
    call.run = my_run_loop
    call.loop = loop
    call.data = (result.start, x.start, y?.start, nil)
    call.operands = y == nil ? 2 : 3
    let size = Int32(x.scalarType.byteCount)
    call.size = (Int32(result.scalarType.byteCount), size, size, 0)
    // From the first axis to the last: one that the next follows in every operand is taken into
    // it, the last one is the innermost dimension.
    var inner = (extent: 1, steps: (0, 0, 0))
    for axis in 0..<rank {
      let extent = result.layout.extent(axis)
      if extent == 1 { continue }
      let steps = (
        result.layout.stride(axis), x.layout.step(axis, ofRank: rank),
        y?.layout.step(axis, ofRank: rank) ?? 0
      )
      let follows =
        inner.steps == (steps.0 * extent, steps.1 * extent, steps.2 * extent)
      if inner.extent > 1, !follows { call.appendOuter(inner.extent, inner.steps) }
      inner = (inner.extent > 1 && follows ? inner.extent * extent : extent, steps)
    }
    call.inner_extent.0 = inner.extent
    call.inner_stride.0.0 = inner.steps.0
    call.inner_stride.1.0 = inner.steps.1
    call.inner_stride.2.0 = inner.steps.2
    my_run(&call, 1)
  }

  /// Copies the elements in order; the result is contiguous.
  package static func runCopy(_ source: UntypedTensor, to result: UntypedTensor) {
    let layout = source.layout
    let count = result.layout.elementCount
    let isTransposed = layout.rank == 2 && layout.stride(0) == 1
    if isTransposed, count <= smallCount, let out = result.start, let x = source.start {
      Kernels.numeric(result.scalarType).pointee.transpose(
        out, layout.extent(1), x, layout.stride(1), layout.extent(0), layout.extent(1))
    } else if isTransposed, count > 0 {
      var call = my_call()
      call.run = my_run_transpose
      call.transpose = Kernels.numeric(result.scalarType).pointee.transpose
      call.data = (result.start, source.start, nil, nil)
      call.operands = 2
      let size = Int32(result.scalarType.byteCount)
      call.size = (size, size, 0, 0)
      call.inner_extent = (layout.extent(0), layout.extent(1), 0)
      call.inner_stride.0.0 = layout.extent(1)
      call.inner_stride.1 = (1, layout.stride(1))
      my_run(&call, 1)
    } else {
      copy(source.operand, to: result.operand) { run($0) }
    }
    withExtendedLifetime((source, result)) {}
  }

  /// Reduces an axis of a contiguous tensor.
  package static func runReduction(
    _ loop: ReductionLoop, axis: Int, of operand: UntypedTensor, to result: UntypedTensor
  ) {
    guard result.layout.elementCount > 0 else { return }
    var outer = 1
    for before in 0..<axis { outer *= operand.layout.extent(before) }
    let reduced = operand.layout.extent(axis)
    let inner = result.layout.elementCount / outer
    var call = my_call()
    call.run = my_run_reduction
    call.reduction = loop
    call.data.0 = result.start
    call.data.1 = operand.start
    call.operands = 2
    let size = Int32(operand.scalarType.byteCount)
    call.size = (size, size, 0, 0)
    if inner == 1 {
      call.inner_extent = (outer, reduced, 0)
      call.inner_stride.0.0 = 1
      call.inner_stride.1 = (reduced, 1)
    } else {
      call.inner_extent = (inner, reduced, 0)
      call.inner_stride.0.0 = 1
      call.inner_stride.1 = (1, inner)
      if outer > 1 {
        call.rank = 1
        call.extent.0 = outer
        call.stride.0 = (inner, inner * reduced, 0, 0)
      }
    }
    my_run(&call, 1)
    withExtendedLifetime((operand, result)) {}
  }

  /// The product of two matrices.
  package static func runMatmul(
    _ a: UntypedTensor, _ b: UntypedTensor, to c: UntypedTensor
  ) {
    guard c.layout.elementCount > 0 else { return }
    var call = my_call()
    call.run = my_run_matmul
    call.matmul = Kernels.numeric(c.scalarType).pointee.matmul
    call.data = (c.start, a.start, b.start, nil)
    call.operands = 3
    call.inner_extent = (c.layout.extent(0), c.layout.extent(1), a.layout.extent(1))
    call.inner_stride.0 = (c.layout.stride(0), c.layout.stride(1))
    call.inner_stride.1 = (a.layout.stride(0), a.layout.stride(1))
    call.inner_stride.2 = (b.layout.stride(0), b.layout.stride(1))
    my_run(&call, 1)
    withExtendedLifetime((a, b, c)) {}
  }
}

extension my_call {
  /// Adds a dimension within the others around the innermost one.
  fileprivate mutating func appendOuter(_ extent: Int, _ steps: (Int, Int, Int)) {
    let axis = Int(rank)
    withUnsafeMutableBytes(of: &self.extent) { bytes in
      bytes.assumingMemoryBound(to: Int.self)[axis] = extent
    }
    withUnsafeMutableBytes(of: &stride) { bytes in
      let strides = bytes.assumingMemoryBound(to: (Int, Int, Int, Int).self)
      strides[axis] = (steps.0, steps.1, steps.2, 0)
    }
    rank += 1
  }

  /// Sets the steps of the innermost dimension, one for each operand.
  fileprivate mutating func setInner(_ strides: some Collection<Int>) {
    withUnsafeMutableBytes(of: &inner_stride) { bytes in
      let steps = bytes.assumingMemoryBound(to: Int.self)
      for (o, stride) in strides.enumerated() { steps[2 * o] = stride }
    }
  }
}
