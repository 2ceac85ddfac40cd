import CKernels
import Synchronization

/// Returns a function that gives a function's value and its gradient by every argument.
///
/// The function is traced at each call, so Swift values that it captures are seen as they are then;
/// pass the result to ``compile(_:)`` to trace once per shape instead. Called while traced itself,
/// the gradient becomes part of that trace, so gradients of gradients work.
///
///     let slope = valueAndGradient { (x: Tensor<Double>, y: Tensor<Double>) in (x * y).sum() }
///     let (value, gradient) = slope(Tensor([3, 4]), Tensor([1, 2]))
///     value       // 11.0
///     gradient.0  // [1. 2.]
///     gradient.1  // [3. 4.]
///
/// - Parameter function: Takes any number of floating tensors, returns one with a single element;
///   made of tensor operations alone.
/// - Returns: A function of the same arguments; the gradient has their shapes.
/// - Precondition: The result has one element.
/// - SeeAlso: JAX's `value_and_grad`.
public func valueAndGradient<each Argument: FloatingScalar, Result: FloatingScalar>(
  of function: @escaping @Sendable (repeat Tensor<each Argument>) -> Tensor<Result>
)
  -> @Sendable (repeat Tensor<each Argument>) -> (
    value: Tensor<Result>, gradient: (repeat Tensor<each Argument>)
  )
{
  { (arguments: repeat Tensor<each Argument>) in
    // An argument's node marks it: the same tensor may be used elsewhere in the function.
    let inputs = (repeat (each arguments).asMarked)
    var nodes: [Node] = []
    for input in repeat each inputs { nodes.append(input.node) }
    let output = Marker.tracing(nodes) { function(repeat (each inputs)).node }
    let results = Node.evaluated([output] + Node.gradient(of: output, by: nodes))
    var next = 0
    func take<Scalar: TensorScalar>(_: Scalar.Type) -> Tensor<Scalar> {
      defer { next += 1 }
      return Tensor(evaluated: results[next])
    }
    return (take(Result.self), (repeat take((each Argument).self)))
  }
}

/// Returns a function that gives a function's value and its gradient by its only argument.
///
///     let slope = valueAndGradient(of: { (x: Tensor<Double>) in (x * x).sum() })
///     let (value, gradient) = slope(Tensor([3, 4]))
///     value     // 25.0
///     gradient  // [6. 8.]
///
/// - Parameter function: Takes a floating tensor, returns one with a single element.
/// - Returns: A function of the same argument.
public func valueAndGradient<Argument: FloatingScalar, Result: FloatingScalar>(
  of function: @escaping @Sendable (Tensor<Argument>) -> Tensor<Result>
) -> @Sendable (Tensor<Argument>) -> (value: Tensor<Result>, gradient: Tensor<Argument>) {
  { argument in
    let input = argument.asMarked
    let output = Marker.tracing([input.node]) { function(input).node }
    let results = Node.evaluated([output] + Node.gradient(of: output, by: [input.node]))
    return (Tensor(evaluated: results[0]), Tensor(evaluated: results[1]))
  }
}

/// Returns a function that gives the gradient of a function by its only argument.
///
///     gradient(of: { (x: Tensor<Double>) in (x * x).sum() })(Tensor([3, 4]))  // [6. 8.]
///
/// - Parameter function: Takes a floating tensor, returns one with a single element.
/// - Returns: A function of the same argument.
public func gradient<Argument: FloatingScalar, Result: FloatingScalar>(
  of function: @escaping @Sendable (Tensor<Argument>) -> Tensor<Result>
) -> @Sendable (Tensor<Argument>) -> Tensor<Argument> {
  { argument in valueAndGradient(of: function)(argument).gradient }
}

/// Returns a function that gives the gradient of a function by every argument.
///
///     let slope = gradient { (x: Tensor<Double>, y: Tensor<Double>) in (x * y).sum() }
///     slope(Tensor([3, 4]), Tensor([1, 2])).1  // [3. 4.]
///
/// - Parameter function: As for ``valueAndGradient(of:)``.
/// - Returns: A function of the same arguments.
/// - SeeAlso: JAX's `grad`.
public func gradient<each Argument: FloatingScalar, Result: FloatingScalar>(
  of function: @escaping @Sendable (repeat Tensor<each Argument>) -> Tensor<Result>
) -> @Sendable (repeat Tensor<each Argument>) -> (repeat Tensor<each Argument>) {
  let both = valueAndGradient(of: function)
  return { (arguments: repeat Tensor<each Argument>) in both(repeat each arguments).gradient }
}

/// Returns the function, traced once for each combination of argument shapes and run from a plan
/// afterwards.
///
/// Swift values that the function captures, and what it prints or decides, are fixed when it is
/// traced: what is to change from call to call must be an argument.
///
///     let norm = compile { (x: Tensor<Double>) in sqrt((x * x).sum()) }
///     norm(Tensor([3, 4]))  // 5.0
///
/// - Parameter function: Takes and returns any number of tensors; made of tensor operations alone.
/// - Returns: A function of the same arguments; it may be called from several tasks at once.
/// - SeeAlso: JAX's `jit`.
public func compile<each Argument: TensorScalar, each Result: TensorScalar>(
  _ function: @escaping @Sendable (repeat Tensor<each Argument>) -> (repeat Tensor<each Result>)
) -> @Sendable (repeat Tensor<each Argument>) -> (repeat Tensor<each Result>) {
  let cache = PlanCache()
  return { (arguments: repeat Tensor<each Argument>) in
    var operands: [UntypedTensor] = []
    for argument in repeat each arguments { operands.append(argument.untyped) }
    if operands.contains(where: \.isTraced) { return function(repeat each arguments) }
    return cache.run(on: operands) {
      let inputs = (repeat (each arguments).asInput)
      var nodes: [Node] = []
      for input in repeat each inputs { nodes.append(input.node) }
      var outputs: [Node] = []
      for result in repeat each function(repeat (each inputs)) { outputs.append(result.node) }
      return Plan(inputs: nodes, outputs: outputs)
    } results: { execution in
      var next = 0
      func take<Scalar: TensorScalar>(_: Scalar.Type) -> Tensor<Scalar> {
        defer { next += 1 }
        return execution.output(next, as: Scalar.self)
      }
      return (repeat take((each Result).self))
    }
  }
}

/// Returns the function, traced once for each combination of argument shapes and run from a plan
/// afterwards.
///
/// - Parameter function: Takes any number of tensors, returns one.
/// - Returns: A function of the same arguments.
public func compile<each Argument: TensorScalar, Result: TensorScalar>(
  _ function: @escaping @Sendable (repeat Tensor<each Argument>) -> Tensor<Result>
) -> @Sendable (repeat Tensor<each Argument>) -> Tensor<Result> {
  let cache = PlanCache()
  return { (arguments: repeat Tensor<each Argument>) in
    var operands: [UntypedTensor] = []
    for argument in repeat each arguments { operands.append(argument.untyped) }
    if operands.contains(where: \.isTraced) { return function(repeat each arguments) }
    return cache.run(on: operands) {
      let inputs = (repeat (each arguments).asInput)
      var nodes: [Node] = []
      for input in repeat each inputs { nodes.append(input.node) }
      return Plan(inputs: nodes, outputs: [function(repeat (each inputs)).node])
    } results: {
      $0.output(0, as: Result.self)
    }
  }
}

/// Returns the function, traced once for each argument shape and run from a plan afterwards.
///
/// - Parameter function: Takes a tensor, returns one.
/// - Returns: A function of the same argument.
public func compile<Argument: TensorScalar, Result: TensorScalar>(
  _ function: @escaping @Sendable (Tensor<Argument>) -> Tensor<Result>
) -> @Sendable (Tensor<Argument>) -> Tensor<Result> {
  let cache = PlanCache()
  return { argument in
    if argument.isTraced { return function(argument) }
    return cache.run(on: [argument.untyped]) {
      let input = argument.asInput
      return Plan(inputs: [input.node], outputs: [function(input).node])
    } results: {
      $0.output(0, as: Result.self)
    }
  }
}

/// The plans of a compiled function by the shapes of its arguments, and executions of them that are
/// not in use.
package final class PlanCache: Sendable {
  /// A plan and executions of it that no task uses.
  private final class Entry: @unchecked Sendable {
    let layouts: [Layout]
    let variant: String
    let plan: Plan
    /// Read and changed under the lock only.
    var idle: [Idle] = []

    init(_ operands: [UntypedTensor], _ variant: String, _ plan: Plan) {
      layouts = operands.map(\.layout)
      self.variant = variant
      self.plan = plan
    }

    func fits(_ operands: [UntypedTensor], _ variant: String) -> Bool {
      guard operands.count == layouts.count, variant == self.variant else { return false }
      return layouts.indices.allSatisfy { layouts[$0].hasShape(of: operands[$0].layout) }
    }
  }

  /// How many plans are kept; for a caller whose shapes never repeat, more would only fill memory.
  private static let limit = 32

  /// The one used last comes first: most calls are as the one before.
  private let entries = Mutex<[Entry]>([])

  package init() {}

  /// Runs the plan for the operands' shapes, made first if there is none yet, and reads its
  /// results.
  package func run<Results>(
    on operands: [UntypedTensor], make: () -> Plan, results: (Execution) -> Results
  ) -> Results {
    withExecution(for: operands, make: make) { execution in
      execution.load(operands)
      execution.run()
      return results(execution)
    }
  }

  /// Lends an execution of the plan for operands of these shapes, made first if there is none yet.
  ///
  /// - Parameters:
  ///   - operands: The arguments; all have the same types each time.
  ///   - variant: Tells plans apart that have the same shapes.
  ///   - make: Makes the plan.
  ///   - body: Has the execution to itself.
  /// - Returns: What `body` returns.
  package func withExecution<Results>(
    for operands: [UntypedTensor], _ variant: String = "", make: () -> Plan,
    body: (Execution) -> Results
  ) -> Results {
    let known = entries.withLock { entries in
      PlanCache.find(operands, variant, in: &entries).map { ($0, $0.idle.popLast()) }
    }
    let (entry, idle) = known ?? (added(Entry(operands, variant, make()), operands), nil)
    let execution = idle?.execution ?? Execution(entry.plan)
    defer {
      let idle = Idle(execution: execution)
      entries.withLock { _ in entry.idle.append(idle) }
    }
    return body(execution)
  }

  private static func find(
    _ operands: [UntypedTensor], _ variant: String, in entries: inout [Entry]
  ) -> Entry? {
    guard let place = entries.firstIndex(where: { $0.fits(operands, variant) }) else { return nil }
    if place > 0 { entries.insert(entries.remove(at: place), at: 0) }
    return entries[0]
  }

  /// Keeps a plan, unless another task has made one meanwhile; one too many drives out another.
  private func added(_ entry: Entry, _ operands: [UntypedTensor]) -> Entry {
    entries.withLock { entries in
      if let known = PlanCache.find(operands, entry.variant, in: &entries) { return known }
      if entries.count >= PlanCache.limit { entries.removeLast() }
      entries.insert(entry, at: 0)
      return entry
    }
  }

  /// An execution that no task uses: it is handed from one to the next.
  private struct Idle: @unchecked Sendable {
    let execution: Execution
  }
}

extension Tensor {
  /// An input of a trace with this tensor's shape.
  fileprivate var asInput: Tensor { Tensor(Node(input: shape, Scalar.scalarType)) }

  /// The tensor as an argument of a function that is traced, also if its elements are known.
  fileprivate var asMarked: Tensor { Tensor(Node(Marker(), [node])) }

  /// What ``Node/evaluated(_:)`` left: elements if it is a constant.
  fileprivate init(evaluated node: Node) {
    if case .constant(let tensor) = node.source {
      self.init(tensor)
    } else {
      self.init(node)
    }
  }
}

/// The same elements: marks an argument of a function within a trace.
private struct Marker: Primitive {
  /// The ids of the markers of functions that are being traced: what depends on them is not known
  /// yet.
  @TaskLocal static var active: Set<Int> = []

  /// Runs `function`, whose arguments are these markers.
  static func tracing(_ markers: [Node], _ function: () -> Node) -> Node {
    $active.withValue(active.union(markers.map(\.id)), operation: function)
  }

  var name: String { "argument" }
  func shape(of operands: [Shape]) -> Shape { operands[0] }
  func view(of layout: Layout) -> Layout? { layout }
  func lower(_ operands: [Operand], to result: Operand, emit: (my_call) -> Void) {
    Lowering.copy(operands[0], to: result, emit: emit)
  }
  func derivative<Scalar: FloatingScalar>(_ at: Derivation<Scalar>) -> [Node?] {
    [at.gradient.node]
  }
}

extension Node {
  /// The nodes as constants, if they depend on no argument that is being traced; else themselves.
  fileprivate static func evaluated(_ nodes: [Node]) -> [Node] {
    let isOpen = reachable(from: nodes).contains { node in
      if case .input = node.source { true } else { Marker.active.contains(node.id) }
    }
    if isOpen { return nodes }
    let graph = Graph(inputs: [], outputs: nodes).simplified()
    return graph.outputs.map { index in
      guard let constant = graph.values[index].constant else {
        preconditionFailure("an operation on constants was not done")
      }
      return Node(constant: constant)
    }
  }
}
