/// A traced function as a list: each value computed from earlier ones.
package struct Graph: Sendable {
  package struct Value: Sendable {
    package var source: Node.Source
    package var operands: [Int]
    package var shape: Shape
    package var type: ScalarType

    package var operation: (any Primitive)? {
      if case .operation(let operation) = source { operation } else { nil }
    }
    package var constant: UntypedTensor? {
      if case .constant(let tensor) = source { tensor } else { nil }
    }
    package var byteCount: Int { shape.elementCount * type.byteCount }
  }

  package var values: [Value]
  /// The values that come from outside, in the order of the function's arguments.
  package var inputs: [Int]
  /// The values that the function returns.
  package var outputs: [Int]

  /// Lists the nodes that `outputs` depend on, operands first.
  ///
  /// - Precondition: Every input node that is reached is one of `inputs`.
  package init(inputs: [Node], outputs: [Node]) {
    var nodes = Node.reachable(from: outputs)
    let reached = Set(nodes.map(\.id))
    nodes += inputs.filter { !reached.contains($0.id) }
    nodes.sort { $0.id < $1.id }
    let position = Dictionary(uniqueKeysWithValues: nodes.enumerated().map { ($1.id, $0) })
    let given = Set(inputs.map(\.id))
    func at(_ node: Node) -> Int {
      guard let index = position[node.id] else { preconditionFailure("a node is out of reach") }
      return index
    }
    values = nodes.map { node in
      if case .input = node.source {
        require(given.contains(node.id), "a traced tensor was used outside of its function")
      }
      return Value(
        source: node.source, operands: node.inputs.map(at), shape: node.shape, type: node.type)
    }
    self.inputs = inputs.map(at)
    self.outputs = outputs.map(at)
  }
}

extension Graph: CustomStringConvertible {
  /// A line for each value: its number, type and shape, and what it is computed from.
  package var description: String {
    var lines: [String] = []
    for (index, value) in values.enumerated() {
      let operands = value.operands.map { "%\($0)" }.joined(separator: ", ")
      let what =
        switch value.source {
        case .input: "input \(inputs.firstIndex(of: index) ?? -1)"
        case .constant: "constant"
        case .operation(let operation): "\(operation.name) \(operands)"
        }
      lines.append("%\(index): \(value.type.name)\(value.shape.compact) = \(what)")
    }
    lines.append("return " + outputs.map { "%\($0)" }.joined(separator: ", "))
    return lines.joined(separator: "\n")
  }
}
