/// Checks on a plan, run in debug builds after it is made.
extension Plan {
  /// Stops with what is wrong if the plan can't be right; else returns true.
  package func verified() -> Bool {
    if let problem = problem() {
      preconditionFailure("\(problem)\n\(graph)\n\(self)")
    }
    return true
  }

  /// What is wrong with the plan, in a sentence; `nil` if nothing is.
  package func problem() -> String? {
    if let problem = graph.problem { return problem }
    let check = PlacementCheck(self)
    return check.problemOfPlaces() ?? check.problemOfSteps()
  }
}

private struct PlacementCheck {
  let plan: Plan
  /// The value in whose memory each value lies.
  private let root: [Int]

  private var graph: Graph { plan.graph }
  private var placement: Placement { plan.placement }

  init(_ plan: Plan) {
    self.plan = plan
    var root = Array(plan.graph.values.indices)
    for index in root.indices where plan.placement.isView[index] {
      root[index] = root[plan.graph.values[index].operands[0]]
    }
    self.root = root
  }

  /// Checks that every place is within the memory that its value, or the value it is a view of,
  /// has.
  func problemOfPlaces() -> String? {
    for (index, value) in graph.values.enumerated() {
      let place = placement.places[index]
      if placement.places[root[index]].memory != place.memory {
        return "value \(index) lies elsewhere than value \(root[index]), of which it is a view"
      }
      if placement.isView[index] || value.constant != nil { continue }
      if case .arena(let start) = place.memory,
        start < 0 || start + value.byteCount > placement.arenaByteCount
      {
        return "value \(index) lies outside of the arena"
      }
      if place.layout != Layout(value.shape) { return "value \(index) is not contiguous" }
    }
    for index in graph.values.indices where graph.values[root[index]].constant == nil {
      if !placement.places[index].layout.fits(graph.values[root[index]].shape.elementCount) {
        return "value \(index) lies outside of value \(root[index]), of which it is a view"
      }
    }
    return nil
  }

  /// Runs through the steps with the values marked whose bytes are as they were written: each
  /// operation must find its operands so, and must not write over what its step reads.
  func problemOfSteps() -> String? {
    var intact = IntactBytes()
    // Of this step, held in tiles.
    var inTiles: Set<Int> = []
    func isIntact(_ index: Int) -> Bool {
      let source = graph.values[root[index]]
      if case .tile = placement.places[root[index]].memory { return inTiles.contains(root[index]) }
      return source.constant != nil || source.byteCount == 0 || intact.contains(root[index])
    }
    for index in graph.inputs {
      if let bytes = bytes(of: index) { intact.write(index, over: bytes) }
    }
    for step in plan.steps {
      inTiles = []
      var pending = Set(step.members)
      for index in step.members {
        if let lost = graph.values[index].operands.first(where: { !isIntact($0) }) {
          return "value \(index) reads value \(lost), which has been written over"
        }
        if case .tile = placement.places[index].memory {
          inTiles.insert(index)
          pending.remove(index)
          continue
        }
        guard let target = bytes(of: index) else { return "value \(index) has no memory" }
        let parts = partsInPlace(of: index)
        for reader in step.members {
          for operand in graph.values[reader].operands where !parts.contains(root[operand]) {
            // What the step computes from here on isn't there yet.
            guard !pending.contains(root[operand]), let source = bytes(of: root[operand]),
              source.overlaps(target)
            else { continue }
            if !isTileForTile(index, operand, readBy: reader, in: step) || source != target {
              return "value \(index) is written over value \(operand) while it reads that"
            }
          }
        }
        intact.write(index, over: target, keeping: parts)
        pending.remove(index)
      }
    }
    for (value, input) in placement.closingCopies {
      if !isIntact(value) {
        return "value \(value), to be copied to input \(input), has been written over"
      }
      if let target = bytes(of: graph.inputs[input]) { intact.write(-1 - input, over: target) }
    }
    for (input, value) in plan.updates.sorted(by: { $0.key < $1.key }) {
      let isCopied = placement.closingCopies.contains { $0 == (value, input) }
      if !isCopied && !(placement.places[value].memory == .input(input) && isIntact(value)) {
        return "input \(input) is not replaced by value \(value)"
      }
      let (old, new) = (graph.values[graph.inputs[input]], graph.values[value])
      if old.shape != new.shape || old.type != new.type {
        return "input \(input) is replaced by value \(value) of another shape or type"
      }
    }
    if let lost = graph.outputs.first(where: { !isIntact($0) }) {
      return "output \(lost) has been written over"
    }
    return nil
  }

  /// Whether what is written over an operand in memory replaces just what has been read of that.
  private func isTileForTile(
    _ index: Int, _ operand: Int, readBy reader: Int, in step: Step
  ) -> Bool {
    guard let work = graph.rowWork(of: reader), graph.rowWork(of: index) != nil else {
      return false
    }
    return (step.table != nil || work.isElementwise)
      && graph.values[operand].type == graph.values[index].type
      && placement.places[operand].layout == Layout(graph.values[operand].shape)
      && graph.values[operand].shape.elementCount == graph.values[root[operand]].shape.elementCount
  }

  /// The bytes that a value which is no view takes; `nil` for a constant.
  private func bytes(of index: Int) -> Bytes? {
    let count = graph.values[index].byteCount
    return switch placement.places[index].memory {
    case .arena(let offset): Bytes(space: -1, range: offset..<offset + count)
    case .input(let number): Bytes(space: number, range: 0..<count)
    case .constant, .tile: nil
    }
  }

  /// The values that lie where they belong in a concatenation, and so on in their parts: the whole
  /// keeps them.
  private func partsInPlace(of index: Int) -> Set<Int> {
    var parts: Set<Int> = []
    var pending = [index]
    while let whole = pending.popLast() {
      guard let concatenate = graph.values[whole].operation as? Concatenate,
        let target = bytes(of: whole)
      else { continue }
      let operands = graph.values[whole].operands
      let spots = concatenate.places(
        operands.map { graph.values[$0].shape }, in: Layout(graph.values[whole].shape))
      for (operand, spot) in zip(operands, spots) {
        let source = root[operand]
        let start = target.range.lowerBound + spot.offset * graph.values[whole].type.byteCount
        if let lies = bytes(of: source), lies.space == target.space, lies.range.lowerBound == start,
          spot.isContiguous, placement.places[operand].layout.isContiguous,
          placement.places[operand].layout.offset == 0, parts.insert(source).inserted
        {
          pending.append(source)
        }
      }
    }
    return parts
  }
}

extension Graph {
  /// What is wrong with the graph, in a sentence; `nil` if nothing is.
  package var problem: String? {
    for (index, value) in values.enumerated() {
      if let late = value.operands.first(where: { $0 >= index }) {
        return "value \(index) is computed before its operand \(late)"
      }
      guard let operation = value.operation else { continue }
      if (try? operation.shape(of: value.operands.map { values[$0].shape })) != value.shape {
        return
          "value \(index) (\(operation.name)) has shape \(value.shape), which its rule doesn't give"
      }
      if operation.scalarType(of: value.operands.map { values[$0].type }) != value.type {
        return
          "value \(index) (\(operation.name)) is \(value.type.name), which its rule doesn't give"
      }
    }
    return nil
  }
}

extension Layout {
  /// Whether every element lies within memory for `count` of them.
  fileprivate func fits(_ count: Int) -> Bool {
    if shape.contains(0) { return true }
    var (lowest, highest) = (offset, offset)
    for (extent, step) in zip(shape, strides) {
      lowest += Swift.min(0, (extent - 1) * step)
      highest += Swift.max(0, (extent - 1) * step)
    }
    return lowest >= 0 && highest < count
  }
}

/// Bytes of the arena (space −1) or of an input.
private struct Bytes: Equatable {
  var space: Int
  var range: Range<Int>

  func overlaps(_ other: Bytes) -> Bool { space == other.space && range.overlaps(other.range) }
}

/// The values whose bytes nothing has written over, found by where they lie.
private struct IntactBytes {
  private struct Page: Hashable {
    var space: Int
    var number: Int
  }

  private var bytes: [Int: Bytes] = [:]
  /// The values that lie on each page; those that are no longer intact are dropped when the page is
  /// written to.
  private var pages: [Page: [Int]] = [:]

  func contains(_ value: Int) -> Bool { bytes[value] != nil }

  /// Marks a value's bytes as written: other values there are lost, but for those kept.
  mutating func write(_ value: Int, over target: Bytes, keeping kept: Set<Int> = []) {
    if target.range.isEmpty { return }
    for number in target.range.lowerBound / 4096...(target.range.upperBound - 1) / 4096 {
      let page = Page(space: target.space, number: number)
      pages[page, default: []].removeAll { other in
        guard let place = bytes[other] else { return true }
        guard place.overlaps(target), !kept.contains(other) else { return false }
        bytes[other] = nil
        return true
      }
      pages[page, default: []].append(value)
    }
    bytes[value] = target
  }
}
