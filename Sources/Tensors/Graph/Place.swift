/// Where each value of a graph lies while the plan runs: the pass after fusion.
///
/// Values that are views of others take no memory, nor do those that only their own step reads, tile by tile. The others
/// share one arena: a place is free again after the last use of what lies there. A result that is done tile by tile may
/// take the place of an operand that nothing needs any more; parts of a concatenation are computed where they belong in
/// the whole; a result that replaces an input (a parameter's new value) is written over it where no later step reads the
/// old one.
package struct Placement: Sendable {
  package enum Memory: Sendable, Hashable {
    /// Bytes of the arena, from this offset on.
    case arena(Int)
    /// What the caller gives for the input of this number.
    case input(Int)
    /// The elements of the constant that the value of this index is.
    case constant(Int)
    /// Scratch memory for a tile of the value of this index, while its step is at that tile.
    case tile(Int)
  }

  /// Memory and the layout in it; the layout's offset counts elements.
  package struct Place: Sendable {
    package var memory: Memory
    package var layout: Layout
  }

  /// The place of each value.
  package var places: [Place] = []
  /// Whether a value is a view of its operand: it takes no call.
  package private(set) var isView: [Bool] = []
  /// The bytes that the arena needs.
  package var arenaByteCount = 0
  /// Copies to make at the end: the value to copy, and the input that it replaces.
  package var closingCopies: [(value: Int, input: Int)] = []

  /// Alignment of places in the arena: a cache line, the widest vector.
  private static let alignment = 64

  /// Places the values of a graph.
  ///
  /// - Parameters:
  ///   - graph: The graph to place.
  ///   - steps: What is done at once, in order.
  ///   - updates: For the number of an input, the value that replaces it at the end.
  package init(_ graph: Graph, steps: [Step], updates: [Int: Int]) {
    let values = graph.values
    let count = values.count
    let views = ViewRoots(graph)
    let (root, layouts) = (views.root, views.layouts)
    isView = values.indices.map { root[$0] != $0 }

    // The step that computes each value, −1 for none, and the last one that reads a root's memory. Outputs are read after
    // the end.
    var position = [Int](repeating: -1, count: count)
    for (number, step) in steps.enumerated() {
      for index in step.members { position[index] = number }
    }
    var lastUse = position
    for (number, step) in steps.enumerated() {
      for operand in step.members.flatMap({ values[$0].operands }) {
        lastUse[root[operand]] = Swift.max(lastUse[root[operand]], number)
      }
    }
    for output in graph.outputs { lastUse[root[output]] = steps.count }
    for value in updates.values { lastUse[root[value]] = steps.count }
    let tileReads = steps.map { TileReads($0, graph, views) }

    // Parts of a concatenation that are computed for it: their memory is a part of the whole's. A whole may be part of
    // a larger one, which therefore comes first.
    var host: [Int: (whole: Int, offset: Int)] = [:]
    for (index, value) in values.enumerated().reversed() {
      guard let concatenate = value.operation as? Concatenate else { continue }
      let (whole, start) = host[index] ?? (index, 0)
      let parts = concatenate.places(
        value.operands.map { values[$0].shape }, in: Layout(value.shape))
      for (operand, part) in zip(value.operands, parts) {
        let source = root[operand]
        let fills =
          part.isContiguous && layouts[operand].isContiguous && layouts[operand].offset == 0
          && values[source].shape.elementCount == values[operand].shape.elementCount
          && values[operand].shape.elementCount > 0
        if fills, values[source].operation != nil, host[source] == nil {
          host[source] = (whole, start + part.offset)
        }
      }
    }
    // The root that each value's memory is found by: the whole, for as long as any of its parts is needed.
    let block = root.map { host[$0]?.whole ?? $0 }
    for (part, place) in host {
      lastUse[place.whole] = Swift.max(lastUse[place.whole], lastUse[part])
    }

    // A value that replaces an input is computed over it if its step reads that tile by tile until then, and nothing
    // reads it later: neither another step nor an output.
    var memory = [Memory?](repeating: nil, count: count)
    for (number, index) in graph.inputs.enumerated() { memory[index] = .input(number) }
    for (input, value) in updates.sorted(by: { $0.key < $1.key }) {
      let target = graph.inputs[input]
      let fits =
        root[value] == value && position[value] >= 0 && host[value] == nil && memory[value] == nil
        && values[value].shape == values[target].shape && values[value].type == values[target].type
        && lastUse[target] <= position[value]
        && tileReads[position[value]].allow(value, over: target, blocks: root)
      if fits { memory[value] = .input(input) } else { closingCopies.append((value, input)) }
    }

    var ending = [[Int]](repeating: [], count: steps.count + 1)
    for index in 0..<count where root[index] == index && lastUse[index] >= 0 {
      ending[lastUse[index]].append(index)
    }
    var offsets: [Int: Int] = [:]
    // The stretch of the arena that each block holds at the time.
    var held: [Int: (offset: Int, bytes: Int)] = [:]
    var free = FreeList()
    for (number, step) in steps.enumerated() {
      for index in step.members where memory[index] == nil {
        let whole = block[index]
        if lastUse[index] == number, step.table != nil, !values[index].isMatrixProduct {
          memory[index] = .tile(index)
        } else if offsets[whole] == nil {
          let source =
            whole != index
            ? nil
            : tileReads[number].sources.first { source in
              held[source]?.bytes == Placement.aligned(values[index].byteCount)
                && values[source].byteCount == values[index].byteCount && lastUse[source] == number
                && tileReads[number].allow(index, over: source, blocks: block)
            }
          if let source, let stretch = held.removeValue(forKey: source) {
            held[index] = stretch
            offsets[index] = stretch.offset
          } else {
            let bytes = Placement.aligned(values[whole].byteCount)
            let offset = free.take(bytes)
            held[whole] = (offset, bytes)
            offsets[whole] = offset
          }
        }
      }
      // What this step read last is kept from its results, unless they took its place, and free afterwards.
      for source in ending[number] {
        if let stretch = held.removeValue(forKey: source) {
          free.release(stretch.offset, stretch.bytes)
        }
      }
    }
    arenaByteCount = free.end

    for index in 0..<count {
      let source = root[index]
      if values[source].constant != nil {
        places.append(Place(memory: .constant(source), layout: layouts[index]))
      } else if let known = memory[source] {
        places.append(Place(memory: known, layout: layouts[index]))
      } else if let offset = offsets[block[index]] {
        let start = offset + (host[source]?.offset ?? 0) * values[source].type.byteCount
        places.append(Place(memory: .arena(start), layout: layouts[index]))
      } else {
        preconditionFailure("value \(index) has no place")
      }
    }
  }

  private static func aligned(_ bytes: Int) -> Int {
    (Swift.max(bytes, 1) + alignment - 1) / alignment * alignment
  }
}

/// How the members of a step read memory: what may be written over while they do.
private struct TileReads {
  /// The roots that members read, a matrix product's own result first.
  private(set) var sources: [Int] = []
  private let step: Step
  private let graph: Graph
  private let views: ViewRoots

  init(_ step: Step, _ graph: Graph, _ views: ViewRoots) {
    (self.step, self.graph, self.views) = (step, graph, views)
    sources = step.members.filter { graph.values[$0].isMatrixProduct }
    guard step.table != nil || step.members.contains(where: { graph.rowWork(of: $0) != nil }) else {
      return
    }
    var found = Set(sources)
    for operand in step.members.flatMap({ graph.values[$0].operands }) {
      let root = views.root[operand]
      if found.insert(root).inserted { sources.append(root) }
    }
  }

  /// Whether a member may write over a block of memory: no member reads it later, and those that do until then read it
  /// as it lies, tile by tile.
  func allow(_ member: Int, over source: Int, blocks: [Int]) -> Bool {
    guard member != source else { return false }
    var isWritten = false
    for index in step.members {
      let value = graph.values[index]
      for operand in value.operands where blocks[operand] == source {
        let shape = graph.values[operand].shape
        guard !isWritten, let work = graph.rowWork(of: index),
          step.table != nil || work.isElementwise, views.root[operand] == source,
          graph.values[source].type == graph.values[member].type,
          views.layouts[operand] == Layout(shape),
          shape.elementCount == graph.values[source].shape.elementCount
        else { return false }
      }
      isWritten = isWritten || index == member
    }
    return graph.rowWork(of: member) != nil
  }
}

/// Which values of a graph are views of others.
package struct ViewRoots {
  /// The value in whose memory each value lies: itself if it is no view.
  package private(set) var root: [Int]
  /// How each value lies in its root's memory; the offset counts from the root's first element.
  package private(set) var layouts: [Layout]

  package init(_ graph: Graph) {
    root = Array(graph.values.indices)
    layouts = graph.values.map { Layout($0.shape) }
    for (index, value) in graph.values.enumerated() {
      if let constant = value.constant {
        layouts[index] = constant.operand.layout
      } else if let operation = value.operation, value.operands.count == 1,
        let view = operation.view(of: layouts[value.operands[0]])
      {
        root[index] = root[value.operands[0]]
        layouts[index] = view
      }
    }
  }
}

extension Graph {
  /// Copies what is read after the inputs it lies in have been replaced: outputs, and values that replace other inputs.
  ///
  /// - Parameter updates: For the number of an input, the value that replaces it; an input that replaces itself is
  ///   dropped, a copied value is the copy afterwards.
  package mutating func preserveReplacedInputs(_ updates: inout [Int: Int]) {
    updates = updates.filter { inputs[$0.key] != $0.value }
    let replaced = Set(updates.keys.map { inputs[$0] })
    let root = ViewRoots(self).root
    var copies: [Int: Int] = [:]
    func preserve(_ index: Int) -> Int {
      guard replaced.contains(root[index]) else { return index }
      if let copy = copies[index] { return copy }
      let source = values[index]
      copies[index] = values.count
      values.append(
        Value(
          source: .operation(Copy()), operands: [index], shape: source.shape, type: source.type))
      return values.count - 1
    }
    outputs = outputs.map { preserve($0) }
    for (input, value) in updates.sorted(by: { $0.key < $1.key }) {
      updates[input] = preserve(value)
    }
  }
}

/// Free stretches of the arena: the first that is large enough is taken.
private struct FreeList {
  private var stretches: [(offset: Int, bytes: Int)] = []
  /// One past the last byte ever taken.
  private(set) var end = 0

  mutating func take(_ bytes: Int) -> Int {
    if let index = stretches.firstIndex(where: { $0.bytes >= bytes }) {
      let offset = stretches[index].offset
      stretches[index].offset += bytes
      stretches[index].bytes -= bytes
      if stretches[index].bytes == 0 { stretches.remove(at: index) }
      return offset
    }
    // The last stretch may reach the end: it is taken and the arena grows by the rest.
    if let last = stretches.last, last.offset + last.bytes == end {
      stretches.removeLast()
      end = last.offset + bytes
      return last.offset
    }
    defer { end += bytes }
    return end
  }

  mutating func release(_ offset: Int, _ bytes: Int) {
    let index = stretches.firstIndex { $0.offset > offset } ?? stretches.count
    stretches.insert((offset, bytes), at: index)
    if index + 1 < stretches.count,
      stretches[index].offset + stretches[index].bytes == stretches[index + 1].offset
    {
      stretches[index].bytes += stretches.remove(at: index + 1).bytes
    }
    if index > 0, stretches[index - 1].offset + stretches[index - 1].bytes == offset {
      stretches[index - 1].bytes += stretches.remove(at: index).bytes
    }
  }
}
