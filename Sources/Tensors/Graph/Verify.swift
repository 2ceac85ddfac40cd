/// Checks on a plan, run in debug builds after it is made.
extension Plan {
  /// Stops with what is wrong if the plan can't be right; else returns true.
  package func verified(updates: [Int: Int]) -> Bool {
    if let problem = problem(updates: updates) {
      preconditionFailure("\(problem)\n\(graph)\n\(self)")
    }
    return true
  }

  /// What is wrong with the plan, in a sentence; `nil` if nothing is.
  package func problem(updates: [Int: Int] = [:]) -> String? {
    for (index, value) in graph.values.enumerated() {
      if let late = value.operands.first(where: { $0 >= index }) {
        return "value \(index) is computed before its operand \(late)"
      }
      guard let operation = value.operation else { continue }
      let shapes = value.operands.map { graph.values[$0].shape }
      if (try? operation.shape(of: shapes)) != value.shape {
        return
          "value \(index) (\(operation.name)) has shape \(value.shape), which its rule doesn't give"
      }
    }
    return overlap(updates: updates)
  }

  /// Runs through the steps with the arena's bytes marked by the value that wrote them last: each step must find
  /// its operands' bytes as they were written.
  private func overlap(updates: [Int: Int]) -> String? {
    var root = Array(graph.values.indices)
    for index in graph.values.indices where placement.isView[index] {
      root[index] = root[graph.values[index].operands[0]]
    }
    // What lies where: the roots written so far whose bytes nothing has written over, by memory.
    var present: [(root: Int, space: Int, range: Range<Int>)] = []
    func range(_ index: Int) -> (space: Int, range: Range<Int>)? {
      let bytes = graph.values[index].byteCount
      switch placement.places[index].memory {
      case .arena(let offset):
        guard offset >= 0, offset + bytes <= placement.arenaByteCount else { return nil }
        return (-1, offset..<offset + bytes)
      case .input(let number): return (number, 0..<bytes)
      case .constant: return nil
      }
    }
    func isIntact(_ source: Int) -> Bool {
      if graph.values[source].constant != nil || graph.values[source].byteCount == 0 { return true }
      return present.contains { $0.root == source }
    }
    for index in graph.inputs {
      if let (space, bytes) = range(index) { present.append((index, space, bytes)) }
    }
    for index in steps {
      for operand in graph.values[index].operands where !isIntact(root[operand]) {
        return "value \(index) reads value \(operand), which has been written over"
      }
      guard let (space, bytes) = range(index) else {
        return "value \(index) lies outside of the arena"
      }
      // A whole keeps its parts: they are what is written.
      let parts =
        graph.values[index].operation is Concatenate
        ? Set(graph.values[index].operands.map { root[$0] }) : []
      present.removeAll {
        $0.space == space && $0.range.overlaps(bytes) && !parts.contains($0.root)
      }
      present.append((index, space, bytes))
    }
    for output in graph.outputs + Array(updates.values) where !isIntact(root[output]) {
      return "output \(output) has been written over"
    }
    return nil
  }
}
