import Synchronization

/// One step of a traced function: an operation on earlier nodes, an input of the function, or a
/// constant.
///
/// Nodes form a directed graph without cycles that never changes; a node keeps its operands alive.
/// `id` grows with each new node, so ascending ids are an order in which everything is computed
/// before its use.
package final class Node: @unchecked Sendable {
  package enum Source: Sendable {
    case input
    case constant(UntypedTensor)
    case operation(any Primitive)
  }

  package let id: Int
  package let source: Source
  // Set once, and emptied in `deinit` only.
  package private(set) var inputs: [Node]
  package let shape: Shape
  package let type: ScalarType

  private static let nextID = Atomic<Int>(0)

  private init(_ source: Source, _ inputs: [Node], _ shape: Shape, _ type: ScalarType) {
    id = Node.nextID.wrappingAdd(1, ordering: .relaxed).oldValue
    self.source = source
    self.inputs = inputs
    self.shape = shape
    self.type = type
  }

  /// An input of a traced function.
  package convenience init(input shape: Shape, _ type: ScalarType) {
    self.init(.input, [], shape, type)
  }

  package convenience init(constant: UntypedTensor) {
    self.init(.constant(constant), [], constant.shape, constant.scalarType)
  }

  /// An operation on nodes.
  ///
  /// - Precondition: The shapes fit the operation.
  package convenience init(_ operation: some Primitive, _ inputs: [Node]) {
    let shape = requireShape { () throws(ShapeError) in
      try operation.shape(of: inputs.map(\.shape))
    }
    self.init(.operation(operation), inputs, shape, operation.scalarType(of: inputs.map(\.type)))
  }

  /// The operation, if the node is one.
  package var operation: (any Primitive)? {
    if case .operation(let operation) = source { operation } else { nil }
  }

  /// A long chain of nodes is let go in a loop: each releasing the next would overflow the stack.
  deinit {
    var pending = inputs
    inputs = []
    while var node = pending.popLast() {
      if isKnownUniquelyReferenced(&node) {
        pending += node.inputs
        node.inputs = []
      }
    }
  }
}

extension Node {
  /// All nodes that `outputs` depend on and themselves, operands first.
  package static func reachable(from outputs: [Node], stopAt stop: Set<Int> = []) -> [Node] {
    var found: [Int: Node] = [:]
    var pending = outputs
    while let node = pending.popLast() {
      if found.updateValue(node, forKey: node.id) == nil, !stop.contains(node.id) {
        pending += node.inputs
      }
    }
    return found.values.sorted { $0.id < $1.id }
  }
}
