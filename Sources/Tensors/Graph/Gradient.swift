/// Reverse-mode differentiation: the gradient of a function is more of the same graph.
extension Node {
  /// Returns the gradient of a scalar by some of the nodes that it depends on.
  ///
  /// The nodes are walked from the output back, each operation's derivative given what has come in
  /// for its result.
  /// - Parameters:
  ///   - output: A node of one floating element.
  ///   - inputs: Floating nodes; not looked behind.
  /// - Returns: A node of the same shape as each input.
  /// - SeeAlso: Griewank & Walther 2008, "Evaluating Derivatives", §3.2.
  package static func gradient(of output: Node, by inputs: [Node]) -> [Node] {
    require(
      output.type.isFloating, "a gradient is of floating numbers, not \(output.type.name)")
    require(
      output.shape.elementCount == 1, "a gradient is of one number, not of shape \(output.shape)")
    let wanted = Set(inputs.map(\.id))
    let nodes = reachable(from: [output], stopAt: wanted)
    var depends = wanted
    for node in nodes where node.inputs.contains(where: { depends.contains($0.id) }) {
      depends.insert(node.id)
    }
    var gradients: [Int: Node] = [:]
    if depends.contains(output.id) {
      gradients[output.id] = output.ones()
    }
    for node in nodes.reversed() where depends.contains(node.id) && !wanted.contains(node.id) {
      guard let gradient = gradients.removeValue(forKey: node.id), let operation = node.operation
      else { continue }
      for (operand, part) in zip(node.inputs, node.derivative(of: operation, gradient)) {
        guard let part, depends.contains(operand.id) else { continue }
        gradients[operand.id] = gradients[operand.id].map { Node(Add(), [$0, part]) } ?? part
      }
    }
    return inputs.map { gradients[$0.id] ?? $0.zeros() }
  }

  private func derivative(of operation: any Primitive, _ gradient: Node) -> [Node?] {
    switch type {
    case .float32:
      operation.derivative(Derivation<Float>(node: self, gradient: Tensor(gradient)))
    case .float64:
      operation.derivative(Derivation<Double>(node: self, gradient: Tensor(gradient)))
    case .bool, .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64:
      []
    }
  }

  private func ones() -> Node {
    type == .float32
      ? Tensor<Float>(repeating: 1, shape: shape).node
      : Tensor<Double>(repeating: 1, shape: shape).node
  }

  private func zeros() -> Node {
    type == .float32
      ? Tensor<Float>(repeating: 0, shape: shape).node
      : Tensor<Double>(repeating: 0, shape: shape).node
  }
}
