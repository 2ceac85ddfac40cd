import CKernels

// Reading and writing the elements that an index names.

// The indices that are used most, done without a plan. Where these find a mistake it is the one
// that a plan would find; what they are not for they leave to it.
extension Tensor {
  /// The layout of a part that positions and slices name, or `nil` if there are other parts or too
  /// many.
  func layout(at index: some Collection<TensorIndex>) throws(ShapeError) -> Layout? {
    guard !isTraced, index.count <= rank else { return nil }
    // What other parts have wrong is said first.
    for part in index {
      switch part {
      case .position, .slice: break
      case .ellipsis, .newAxis, .array, .mask: return nil
      }
    }
    var extents = Dimensions()
    var strides = Dimensions()
    var offset = layout.offset
    var axis = 0
    for part in index {
      let extent = layout.extent(axis)
      let stride = layout.stride(axis)
      switch part {
      case .position(let position):
        guard position >= -extent, position < extent else {
          throw ShapeError.outOfBounds(position, axis: axis, extent: extent)
        }
        offset += (position < 0 ? position + extent : position) * stride
      case .slice(let start, let stop, let step):
        let taken = try TensorIndex.positions(start: start, stop: stop, step: step, of: extent)
        offset += taken.start * stride
        extents.append(taken.count)
        // The step of a single position has no meaning, and may be too large to count with.
        strides.append(taken.count > 1 ? stride * step : stride)
      case .ellipsis, .newAxis, .array, .mask: return nil
      }
      axis += 1
    }
    for rest in axis..<rank {
      extents.append(layout.extent(rest))
      strides.append(layout.stride(rest))
    }
    // A layout without elements stays where it is: a step from there could lead out of the memory.
    let part = Shape(extents)
    return Layout(
      shape: part, strides: strides, offset: part.contains(0) ? layout.offset : offset)
  }
}

extension UntypedTensor {
  /// The part that an array of positions of the first axis takes, or a mask of the first axes, or
  /// `nil` if it is another part, or if one of the tensors is traced or jumps in memory.
  func rows(at part: TensorIndex) throws(ShapeError) -> UntypedTensor? {
    switch part {
    case .array(let positions): return try rows(at: positions)
    case .mask(let mask):
      if let taken = elements(where: mask.untyped) { return taken }
      guard storage.node == nil, layout.isContiguous, !mask.isTraced, mask.layout.rank > 0,
        mask.layout.rank < layout.rank, mask.shape.elementsEqual(layout.shape.prefix(mask.rank))
      else { return nil }
      return rows(where: mask)
    case .position, .slice, .ellipsis, .newAxis: return nil
    }
  }

  /// The part that positions of the first axis take, or `nil` if it is empty, or if one of the
  /// tensors is traced or has no axis, or this one jumps in memory.
  func rows(at positions: Tensor<Int>) throws(ShapeError) -> UntypedTensor? {
    guard storage.node == nil, layout.isContiguous, !positions.isTraced,
      positions.layout.rank > 0, layout.rank > 0
    else { return nil }
    let extent = layout.extent(0)
    // As many rows as there are leave the shape as it is.
    var target: Shape?
    if positions.layout.rank != 1 || positions.layout.extent(0) != extent {
      var extents = positions.layout.shape.dimensions
      for axis in 1..<layout.rank { extents.append(layout.extent(axis)) }
      target = try Shape(checking: extents)
    }
    if (target?.elementCount ?? layout.elementCount) == 0 { return nil }
    let numbers = try positions.normalizedPositions(axis: 0, extent: extent)
    let result = UntypedTensor(
      memoryFor: target.map { Layout($0) } ?? layout.inNewMemory, scalarType)
    copyRows(numbers.untyped, of: extent, to: result)
    return result
  }

  /// The parts at which a mask of the first axes is true.
  private func rows(where mask: Tensor<Bool>) -> UntypedTensor {
    mask.nonzeroPositions.withElements { numbers in
      let result = UntypedTensor(
        Shape([numbers.count] + layout.shape.extents[mask.rank...]), scalarType)
      copyRows(numbers, of: mask.count, to: result.storage.bytes)
      return result
    }
  }

  /// Copies the rows whose numbers are given, all within the first axis, to new memory.
  private func copyRows(_ numbers: UntypedTensor, of extent: Int, to result: UntypedTensor) {
    guard numbers.layout.isContiguous else {
      return copyRows(numbers.copied(), of: extent, to: result)
    }
    let first = numbers.start.map { UnsafePointer($0.assumingMemoryBound(to: Int.self)) }
    copyRows(
      UnsafeBufferPointer(start: first, count: numbers.layout.elementCount), of: extent,
      to: result.storage.bytes)
    withExtendedLifetime((numbers, result)) {}
  }

  /// The elements at which a mask of the same shape is true, or `nil` if the mask has another shape
  /// or none, or if one of the tensors is traced or this one jumps in memory.
  func elements(where mask: UntypedTensor) -> UntypedTensor? {
    guard storage.node == nil, mask.storage.node == nil, layout.isContiguous,
      mask.layout.rank > 0, mask.layout.hasShape(of: layout)
    else { return nil }
    guard mask.layout.isContiguous else {
      return elements(where: mask.copied())
    }
    let truths = mask.start?.assumingMemoryBound(to: Bool.self)
    let count = layout.elementCount
    let found = truths.map { Kernels.numeric(.bool).pointee.count_nonzero($0, count) } ?? 0
    let result = UntypedTensor(memoryFor: Layout(count: found), scalarType)
    if let to = result.start, let from = start, let truths {
      Kernels.numeric(scalarType).pointee.compress(to, from, truths, found)
    }
    withExtendedLifetime((self, mask)) {}
    return result
  }
}

extension IndexPlan {
  /// The part of a tensor that the index names: a view if no arrays stand in it.
  func part<Scalar: TensorScalar>(of tensor: Tensor<Scalar>) -> Tensor<Scalar> {
    let sliced = slices.reduce(tensor) { $1.isWhole(of: $0.shape[$1.axis]) ? $0 : $1($0) }
    guard hasArrays else { return sliced.reshaped(shape) }
    let isTraced = tensor.isTraced || arrays.contains { $0.positions.isTraced }
    let rows = isTraced ? tracedRows(of: sliced) : gatheredRows(of: sliced)
    return rows.transposed(orderOfPart)
  }

  /// A value that broadcasts to the part as rows: the arrays' axes in front, in memory one after
  /// the other.
  func rows<Scalar: TensorScalar>(of value: Tensor<Scalar>) -> Tensor<Scalar> {
    let whole = value.broadcast(to: shape)
    guard hasArrays else { return whole }
    var order = orderOfPart
    for (axis, row) in orderOfPart.enumerated() { order[row] = axis }
    return whole.transposed(order).contiguous()
  }

  /// Writes rows, made by ``rows(of:)``, over the part of a tensor whose memory nothing else
  /// shares.
  func assign<Scalar: TensorScalar>(_ rows: Tensor<Scalar>, to tensor: Tensor<Scalar>) {
    let sliced = slices.reduce(tensor.layout) { $1.view(of: $0) ?? $0 }
    if hasArrays {
      let places = offsets(in: sliced)
      Block(keptLayout(of: sliced)).move(
        .toTable, tensor.operand, at: places, rows: rows.operand)
    } else {
      var place = tensor.operand
      place.layout = sliced.reshaped(to: shape) ?? sliced
      Lowering.copy(rows.operand, to: place) { Lowering.run($0) }
    }
    withExtendedLifetime((rows, tensor)) {}
  }

  /// For each axis of the part its axis in the rows, which have the arrays' axes in front.
  private var orderOfPart: [Int] {
    let arrayAxes = Array(positionsShape.indices)
    let keptAxes = kept.indices.map { $0 + positionsShape.rank }
    return keptAxes[..<lead] + arrayAxes + keptAxes[lead...]
  }

  /// The axes that no array makes, of the sliced tensor.
  private func keptLayout(of sliced: Layout) -> Layout {
    Layout(
      shape: Shape(kept.map { $0.map { sliced.shape[$0] } ?? 1 }),
      strides: kept.map { $0.map { sliced.strides[$0] } ?? 0 }, offset: 0)
  }

  /// Where in memory the element lies that each position of the arrays names, with 0 on all kept
  /// axes.
  private func offsets(in sliced: Layout) -> [Int] {
    var offsets = [Int](repeating: sliced.offset, count: positionsShape.elementCount)
    for (axis, positions) in arrays {
      let step = sliced.strides[axis]
      positions.broadcast(to: positionsShape).withElements { positions in
        for (number, position) in positions.enumerated() { offsets[number] += position * step }
      }
    }
    return offsets
  }

  private func gatheredRows<Scalar: TensorScalar>(of sliced: Tensor<Scalar>) -> Tensor<Scalar> {
    let block = keptLayout(of: sliced.layout)
    let rowsShape = Shape(positionsShape.extents + block.shape.extents)
    let rows = Tensor<Scalar>(UntypedTensor(rowsShape, Scalar.scalarType))
    Block(block).move(
      .fromTable, sliced.operand, at: offsets(in: sliced.layout), rows: rows.operand)
    withExtendedLifetime(sliced) {}
    return rows
  }

  /// The rows by operations that can be traced: the arrays' axes are taken as one, whose rows are
  /// taken by number.
  private func tracedRows<Scalar: TensorScalar>(of sliced: Tensor<Scalar>) -> Tensor<Scalar> {
    let arrayAxes = arrays.map(\.axis)
    let keptAxes = kept.compactMap { $0 }
    let dropped = source.indices.filter { !arrayAxes.contains($0) && !keptAxes.contains($0) }
    let extents = arrayAxes.map { sliced.shape[$0] }
    let rowsShape = Shape(
      positionsShape.extents + kept.map { $0.map { sliced.shape[$0] } ?? 1 })
    let table = sliced.transposed(arrayAxes + keptAxes + dropped).reshaped(
      Shape([
        extents.reduce(1, *), keptAxes.reduce(1) { $0 * sliced.shape[$1] },
      ]))
    var numbers = Tensor<Int>.zeros(positionsShape)
    for (extent, (_, positions)) in zip(extents, arrays) {
      numbers = numbers * extent + positions
    }
    let rows: Tensor<Scalar> = TakeRows().apply(
      to: [table.contiguous(), numbers.reshaped(-1).contiguous()] as [any AnyTensor])
    return rows.reshaped(rowsShape)
  }
}

extension Slice {
  /// Whether the slice is all of an axis of that extent, in order.
  fileprivate func isWhole(of extent: Int) -> Bool {
    start == 0 && step == 1 && count == extent
  }
}

/// Elements at equal distances from each of many places in a table: what one number of an index
/// names.
private struct Block {
  enum Direction {
    case fromTable, toTable
  }

  /// Where each run begins, from the place on.
  private var starts: [Int]
  /// The elements of a run.
  private var count: Int
  /// From one element of a run to the next.
  private var step: Int

  init(_ layout: Layout) {
    // The last axes that lie one after the other in memory are a run.
    var outer = zip(layout.shape, layout.strides).filter { $0.0 != 1 }
    (count, step) = outer.popLast() ?? (1, 1)
    while let (extent, stride) = outer.last, stride == step * count {
      count *= extent
      outer.removeLast()
    }
    starts = outer.reduce([0]) { starts, axis in
      starts.flatMap { start in (0..<axis.0).map { start + $0 * axis.1 } }
    }
  }

  /// Copies the block at each place of the table to the next of the rows, which lie one after the
  /// other, or back.
  func move(_ direction: Direction, _ table: Operand, at places: [Int], rows: Operand) {
    guard let base = table.base, let row = rows.start, count > 0 else { return }
    switch table.type.byteCount {
    case 1: move(direction, base, places, row, as: UInt8.self)
    case 2: move(direction, base, places, row, as: UInt16.self)
    case 4: move(direction, base, places, row, as: UInt32.self)
    default: move(direction, base, places, row, as: UInt64.self)
    }
  }

  private func move<Word: BitwiseCopyable>(
    _ direction: Direction, _ table: UnsafeMutableRawPointer, _ places: [Int],
    _ rows: UnsafeMutableRawPointer, as _: Word.Type
  ) {
    let size = MemoryLayout<Word>.size
    var row = rows
    for place in places {
      for start in starts {
        let run = table + (place + start) * size
        if step == 1 && count > 4 {
          let (source, target) = direction == .fromTable ? (run, row) : (row, run)
          target.copyMemory(from: source, byteCount: count * size)
        } else {
          for number in 0..<count {
            let (element, next) = (run + number * step * size, row + number * size)
            let (source, target) = direction == .fromTable ? (element, next) : (next, element)
            target.storeBytes(of: source.load(as: Word.self), as: Word.self)
          }
        }
        row += count * size
      }
    }
  }
}
