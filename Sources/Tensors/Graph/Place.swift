/// Where each value of a graph lies while the plan runs: the pass after simplification.
///
/// Values that are views of others take no memory. The others share one arena: a place is free again after the last
/// use of what lies there. An elementwise result may take the place of an operand that nothing needs any more; parts
/// of a concatenation are computed where they belong in the whole; a result that replaces an input (a parameter's new
/// value) is written over it where no later step reads the old one.
package struct Placement: Sendable {
  package enum Memory: Sendable, Hashable {
    /// Bytes of the arena, from this offset on.
    case arena(Int)
    /// What the caller gives for the input of this number.
    case input(Int)
    /// The elements of the constant that the value of this index is.
    case constant(Int)
  }

  /// Memory and the layout in it; the layout's offset counts elements.
  package struct Place: Sendable {
    package var memory: Memory
    package var layout: Layout
  }

  /// The place of each value.
  package private(set) var places: [Place] = []
  /// Whether a value is a view of its operand: it takes no call.
  package private(set) var isView: [Bool] = []
  /// The bytes that the arena needs.
  package private(set) var arenaByteCount = 0
  /// Copies to make at the end: the value to copy, and the input that it replaces.
  package private(set) var closingCopies: [(value: Int, input: Int)] = []

  /// Alignment of places in the arena: a cache line, the widest vector.
  private static let alignment = 64

  /// Places the values of a graph.
  ///
  /// - Parameters:
  ///   - graph: The graph to place.
  ///   - updates: For the number of an input, the value that replaces it at the end.
  package init(_ graph: Graph, updates: [Int: Int]) {
    let values = graph.values
    let count = values.count
    isView = [Bool](repeating: false, count: count)

    // The value whose memory each value lies in, and what that needs of a view: the layouts are worked out in order,
    // with the offset counted from the root's first element.
    var root = Array(0..<count)
    var layouts = values.map { Layout($0.shape) }
    for (index, value) in values.enumerated() {
      if let constant = value.constant {
        layouts[index] = constant.operand.layout
      } else if let operation = value.operation, value.operands.count == 1,
        let view = operation.view(of: layouts[value.operands[0]])
      {
        isView[index] = true
        root[index] = root[value.operands[0]]
        layouts[index] = view
      }
    }

    // The last step at which a root's memory is read. Outputs are read after the end.
    var lastUse = Array(0..<count)
    for (index, value) in values.enumerated() where !isView[index] {
      for operand in value.operands {
        lastUse[root[operand]] = Swift.max(lastUse[root[operand]], index)
      }
    }
    for output in graph.outputs { lastUse[root[output]] = count }
    for value in updates.values { lastUse[root[value]] = count }

    // Parts of a concatenation that are computed for it: their memory is a part of the whole's.
    var host: [Int: (whole: Int, offset: Int)] = [:]
    for (index, value) in values.enumerated() {
      guard let concatenate = value.operation as? Concatenate else { continue }
      let parts = concatenate.places(
        value.operands.map { values[$0].shape }, in: Layout(value.shape))
      for (operand, part) in zip(value.operands, parts) {
        let source = root[operand]
        let fills =
          part.isContiguous && layouts[operand].isContiguous && layouts[operand].offset == 0
          && values[source].shape.elementCount == values[operand].shape.elementCount
          && values[operand].shape.elementCount > 0
        if fills, values[source].operation != nil, host[source] == nil, host[index] == nil {
          host[source] = (index, part.offset)
        }
      }
    }
    // The whole's memory is needed from its first part on, and a part's for as long as the whole's.
    var firstUse = Array(0..<count)
    for (part, place) in host {
      firstUse[place.whole] = Swift.min(firstUse[place.whole], part)
      lastUse[place.whole] = Swift.max(lastUse[place.whole], lastUse[part])
    }

    // A value that replaces an input is computed over it if it is elementwise on the input itself, which nothing
    // reads later: neither another step nor an output.
    var overInput: [Int: Int] = [:]
    for (input, value) in updates {
      let target = graph.inputs[input]
      let fits =
        root[value] == value && values[value].operation?.isElementwise == true
        && host[value] == nil && !overInput.keys.contains(value)
        && values[value].shape == values[target].shape && values[value].type == values[target].type
        && lastUse[target] <= value
        && values[value].operands.allSatisfy {
          root[$0] != target || layouts[$0] == layouts[target]
        }
        && !graph.outputs.contains(where: { root[$0] == target })
      if fits { overInput[value] = input } else { closingCopies.append((value, input)) }
    }
    closingCopies.sort { $0.input < $1.input }

    var memory = [Memory?](repeating: nil, count: count)
    for (number, index) in graph.inputs.enumerated() { memory[index] = .input(number) }
    for (value, input) in overInput { memory[value] = .input(input) }
    var offsets: [Int: Int] = [:]
    var free = FreeList()
    var taken: [(root: Int, offset: Int, bytes: Int)] = []
    for index in 0..<count {
      // What was last read before this step is free; what this step reads last is kept from its result, unless
      // that may lie in its place.
      taken.removeAll { block in
        guard lastUse[block.root] < index else { return false }
        free.release(block.offset, block.bytes)
        return true
      }
      if values[index].constant != nil {
        memory[index] = .constant(index)
        continue
      }
      for whole in [index] + (host[index].map { [$0.whole] } ?? []) {
        guard root[whole] == whole, memory[whole] == nil, host[whole] == nil, offsets[whole] == nil,
          firstUse[whole] == index || whole == index
        else { continue }
        let bytes = Placement.aligned(values[whole].byteCount)
        if whole == index,
          let over = Placement.reusable(
            index, graph, root: root, layouts: layouts, lastUse: lastUse, taken: taken)
        {
          offsets[whole] = taken[over].offset
          taken[over].root = whole
        } else {
          let offset = free.take(bytes)
          offsets[whole] = offset
          taken.append((whole, offset, bytes))
        }
      }
    }
    arenaByteCount = free.end

    for index in 0..<count {
      let source = root[index]
      if let known = memory[source] {
        places.append(Place(memory: known, layout: layouts[index]))
      } else if let place = host[source], let whole = offsets[place.whole] {
        let start = whole + place.offset * values[source].type.byteCount
        places.append(Place(memory: .arena(start), layout: layouts[index]))
      } else if let offset = offsets[source] {
        places.append(Place(memory: .arena(offset), layout: layouts[index]))
      } else {
        preconditionFailure("value \(index) has no place")
      }
    }
  }

  private static func aligned(_ bytes: Int) -> Int {
    (Swift.max(bytes, 1) + alignment - 1) / alignment * alignment
  }

  /// The block of an operand that an elementwise result may take over.
  private static func reusable(
    _ index: Int, _ graph: Graph, root: [Int], layouts: [Layout], lastUse: [Int],
    taken: [(root: Int, offset: Int, bytes: Int)]
  ) -> Int? {
    let value = graph.values[index]
    guard value.operation?.isElementwise == true else { return nil }
    for operand in value.operands {
      let source = root[operand]
      // Every use of the memory by this step must be element for element.
      let isSafe = value.operands.allSatisfy {
        root[$0] != source || layouts[$0] == Layout(value.shape)
      }
      guard isSafe, lastUse[source] == index, graph.values[source].byteCount == value.byteCount
      else {
        continue
      }
      if let block = taken.firstIndex(where: { $0.root == source }) { return block }
    }
    return nil
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
