import CKernels

/// A function made ready to run: the simplified graph, what is done at once, and a place for every
/// value.
///
/// A plan is a value that never changes; each ``Execution`` of it has an arena of its own.
package struct Plan: Sendable {
  package let graph: Graph
  /// What a run does, in order.
  package let steps: [Step]
  package let placement: Placement
  /// For the number of an input, the value that replaces it at the end.
  package let updates: [Int: Int]
  /// The inputs whose memory the caller gives.
  package let external: Set<Int>

  /// Makes a plan of a traced function.
  ///
  /// - Parameters:
  ///   - inputs: The function's arguments.
  ///   - outputs: What it returns.
  ///   - updates: For the number of an input, the node that replaces it when the plan has run: the caller's
  ///     memory for that input is written over.
  ///   - external: The numbers of the inputs whose memory the caller gives.
  package init(
    inputs: [Node], outputs: [Node], updates: [(input: Int, value: Node)] = [],
    external: Set<Int> = []
  ) {
    var graph = Graph(inputs: inputs, outputs: outputs + updates.map(\.value)).simplified()
    let values = graph.outputs.suffix(updates.count)
    graph.outputs.removeLast(updates.count)
    var replaced = Dictionary(uniqueKeysWithValues: zip(updates.map(\.input), values))
    graph.preserveReplacedInputs(&replaced)
    let steps = Fusion(graph, updates: replaced).steps
    self.init(
      graph, steps, Placement(graph, steps: steps, updates: replaced), updates: replaced,
      external: external)
    assert(verified())
  }

  /// Puts a plan together, which nothing has checked.
  package init(
    _ graph: Graph, _ steps: [Step], _ placement: Placement, updates: [Int: Int],
    external: Set<Int> = []
  ) {
    self.graph = graph
    self.steps = steps
    self.placement = placement
    self.updates = updates
    self.external = external
  }
}

extension Plan: CustomStringConvertible {
  /// A listing: a line for each operation with its type, shape and place, and the size of the arena.
  ///
  /// Operations that are done together, tile by tile, follow their first one behind a bar; what only
  /// they see has no place but a number.
  package var description: String {
    var lines: [String] = []
    for step in steps {
      for (number, index) in step.members.enumerated() {
        lines.append((number == 0 ? "" : "| ") + line(index))
      }
    }
    lines += placement.closingCopies.map { "input \($0.input) = copy  \(name(of: $0.value))" }
    let operations = steps.reduce(0) { $0 + $1.members.count }
    lines.append(
      "\(steps.count) \(steps.count == 1 ? "step" : "steps") of \(operations) operations, arena of \(placement.arenaByteCount) bytes"
    )
    return lines.joined(separator: "\n")
  }

  private func line(_ index: Int) -> String {
    let value = graph.values[index]
    let operands = value.operands.map { "\(graph.values[$0].shape.compact) \(name(of: $0))" }
    return "\(name(of: index)) = \(value.operation?.name ?? "")  "
      + "\(value.type.name)\(value.shape.compact), \(value.byteCount) bytes ← "
      + operands.joined(separator: ", ")
  }

  private func name(of index: Int) -> String {
    let place = placement.places[index]
    let start = place.layout.offset * graph.values[index].type.byteCount
    return switch place.memory {
    case .arena(let offset): "arena+\(offset + start)"
    case .input(let number): start == 0 ? "input \(number)" : "input \(number)+\(start)"
    case .constant: "constant"
    case .tile(let value): "%\(value)"
    }
  }
}

/// A plan with an arena of its own, run as often as wanted: a list of calls with their addresses filled in.
///
/// Running allocates nothing. An execution is used by one task at a time.
package final class Execution {
  package let plan: Plan
  private let arena: UnsafeMutableRawPointer
  private let inputs: [InputMemory]
  private var calls = UnsafeMutableBufferPointer<my_call>(start: nil, count: 0)
  /// What the calls of steps done tile by tile point to.
  private var programs: [TileProgram] = []
  /// How each output lies, and the address of its first element.
  private var outputs: [(layout: Layout, type: ScalarType)] = []
  private let outputStarts: UnsafeMutableBufferPointer<UnsafeMutableRawPointer?>
  private var isLowered = false

  /// The memory of an input, and where its address stands.
  private final class InputMemory {
    private(set) var start: UnsafeMutableRawPointer?
    let isExternal: Bool
    /// Where in calls and programs the address stands, and what is added to it there.
    private var addresses: [my_address] = []

    init(_ start: UnsafeMutableRawPointer?) {
      self.start = start
      isExternal = start == nil
    }

    func note(_ place: UnsafeMutablePointer<UnsafeMutableRawPointer?>, offset: Int) {
      addresses.append(my_address(place: place, offset: offset))
      place.pointee = start.map { $0 + offset }
    }

    func move(to memory: UnsafeMutableRawPointer) {
      start = memory
      addresses.withUnsafeBufferPointer {
        if let first = $0.baseAddress { my_fill(first, $0.count, memory) }
      }
    }
  }

  /// Prepares a plan to run; inputs that are not external get memory here.
  package init(_ plan: Plan) {
    self.plan = plan
    var byteCount = plan.placement.arenaByteCount
    var starts: [Int?] = []
    for (number, index) in plan.graph.inputs.enumerated() {
      starts.append(plan.external.contains(number) ? nil : byteCount)
      if starts[number] != nil {
        byteCount += (plan.graph.values[index].byteCount + 63) / 64 * 64
      }
    }
    let memory = UnsafeMutableRawPointer.allocate(byteCount: max(byteCount, 1), alignment: 64)
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
    arena = memory
    inputs = starts.map { start in InputMemory(start.map { memory + $0 }) }
    outputStarts = .allocate(capacity: plan.graph.outputs.count)
    outputStarts.initialize(repeating: nil)
  }

  deinit {
    arena.deallocate()
    outputStarts.deallocate()
    calls.deallocate()
  }

  /// Takes the caller's memory for an external input, which must outlive its use.
  package func bind(_ number: Int, to memory: UnsafeMutableRawPointer) {
    let input = inputs[number]
    precondition(input.isExternal, "input \(number) has memory of its own")
    if input.start != memory { input.move(to: memory) }
  }

  /// Has an external input read where a tensor lies, which must outlive the run.
  ///
  /// - Precondition: The tensor is concrete and contiguous, and the plan replaces no such input.
  package func read(_ tensor: UntypedTensor, as number: Int) {
    guard tensor.layout.isContiguous, let start = tensor.start else {
      preconditionFailure(
        "input \(number) must be a concrete tensor whose elements follow each other")
    }
    bind(number, to: start)
  }

  /// The memory of an input, contiguous.
  package func input<Scalar: TensorScalar>(
    _ number: Int, as _: Scalar.Type
  ) -> UnsafeMutableBufferPointer<Scalar> {
    let value = plan.graph.values[plan.graph.inputs[number]]
    precondition(value.type == Scalar.scalarType, "input \(number) is \(value.type.name)")
    return UnsafeMutableBufferPointer(
      start: inputs[number].start?.assumingMemoryBound(to: Scalar.self),
      count: value.shape.elementCount)
  }

  /// Copies tensors to the inputs, from the first on.
  package func load(_ operands: [some AnyTensor]) {
    for (number, tensor) in operands.enumerated() {
      var target = tensor.operand
      target.base = inputs[number].start
      target.layout = Layout(tensor.shape)
      Lowering.copy(tensor.operand, to: target) { Lowering.run($0) }
    }
    withExtendedLifetime(operands) {}
  }

  /// Runs the plan on what the inputs hold now.
  ///
  /// - Precondition: Every external input is bound.
  package func run() {
    if !isLowered { lower() }
    if let first = calls.baseAddress { my_run(first, calls.count) }
  }

  /// Reads the first element of an output: a loss, say.
  ///
  /// - Precondition: The plan has been run.
  package func scalar<Scalar: TensorScalar>(_ output: Int, as _: Scalar.Type) -> Scalar {
    guard let start = outputStarts[output] else {
      preconditionFailure("output \(output) has no element")
    }
    return start.assumingMemoryBound(to: Scalar.self).pointee
  }

  /// A copy of an output.
  ///
  /// - Precondition: The plan has been run.
  package func output<Scalar: TensorScalar>(_ number: Int, as _: Scalar.Type) -> Tensor<Scalar> {
    precondition(isLowered, "a plan has no outputs before it has run")
    let (layout, type) = outputs[number]
    precondition(type == Scalar.scalarType, "output \(number) is \(type.name)")
    guard layout.isContiguous, layout.offset == 0, let start = outputStarts[number] else {
      let result = UntypedTensor(layout.shape, type)
      Lowering.copy(
        operand(plan.graph.outputs[number]), to: result.operand, emit: Lowering.run)
      return Tensor(result)
    }
    let bytes = layout.elementCount * type.byteCount
    let storage = Storage(byteCount: bytes)
    storage.bytes.copyMemory(from: UnsafeRawBufferPointer(start: start, count: bytes))
    return Tensor(storage: storage, layout: layout)
  }

  /// Where a value lies, given the addresses of the inputs.
  private func operand(
    _ index: Int, _ address: (Int) -> UnsafeMutableRawPointer?
  ) -> Operand {
    let place = plan.placement.places[index]
    let base: UnsafeMutableRawPointer? =
      switch place.memory {
      case .arena(let offset): arena + offset
      case .input(let number): address(number)
      case .constant(let value): plan.graph.values[value].constant?.operand.base
      case .tile: nil
      }
    return Operand(base: base, layout: place.layout, type: plan.graph.values[index].type)
  }

  private func operand(_ index: Int) -> Operand { operand(index) { inputs[$0].start } }

  // Inputs may be bound to other memory before each run. So calls are made for addresses that no
  // memory has, which tell the input; where they stand is noted, and filled in at each binding.

  private static let standInBits = 48
  private static func standIn(_ number: Int) -> UnsafeMutableRawPointer? {
    precondition(number < 0x4000, "a plan has too many inputs")
    return UnsafeMutableRawPointer(bitPattern: (0x4000 + number) << standInBits)
  }

  private func lower() {
    precondition(
      inputs.allSatisfy { $0.start != nil }, "every external input must be bound before a run")
    isLowered = true
    var list: [my_call] = []
    let views = ViewRoots(plan.graph)
    for step in plan.steps {
      let hasHead = step.members.first.map { plan.graph.values[$0].isMatrixProduct } ?? false
      // Done by itself: an operation that doesn't go over tiles, or the product at a step's head.
      if let index = step.members.first, step.table == nil || hasHead,
        let operation = plan.graph.values[index].operation
      {
        let operands = plan.graph.values[index].operands.map { operand($0, Execution.standIn) }
        operation.lower(operands, to: operand(index, Execution.standIn)) { list.append($0) }
      }
      guard let table = step.table else { continue }
      let program = TileProgram(step, over: table, of: plan, views: views) { [self] in
        operand($0, Execution.standIn)
      }
      programs.append(program)
      // As the epilogue of the product, block after block, where that is one call.
      if let last = list.indices.last, hasHead, list[last].rank == 0 {
        program.finish(&list[last])
      } else {
        list.append(program.call)
      }
    }
    for copy in plan.placement.closingCopies {
      var target = operand(copy.value, Execution.standIn)
      target.base = Execution.standIn(copy.input)
      target.layout = Layout(target.layout.shape)
      Lowering.copy(operand(copy.value, Execution.standIn), to: target) { list.append($0) }
    }
    calls = .allocate(capacity: list.count)
    _ = calls.initialize(from: list)
    for index in calls.indices {
      guard let call = calls.baseAddress.map({ UnsafeMutableRawPointer($0 + index) }) else { break }
      let data = MemoryLayout<my_call>.offset(of: \.data) ?? 0
      for operand in 0..<Int(MY_MAX_OPERANDS) {
        let place = call + data + operand * MemoryLayout<UnsafeMutableRawPointer?>.stride
        note(place.assumingMemoryBound(to: UnsafeMutableRawPointer?.self))
      }
    }
    for program in programs { program.addresses.forEach(note) }
    for (number, index) in plan.graph.outputs.enumerated() {
      let operand = operand(index, Execution.standIn)
      outputs.append((operand.layout, operand.type))
      outputStarts[number] = operand.start
    }
    for start in outputStarts.indices {
      if let place = outputStarts.baseAddress { note(place + start) }
    }
  }

  /// Notes where an address stands, if it is a stand-in for an input's.
  private func note(_ place: UnsafeMutablePointer<UnsafeMutableRawPointer?>) {
    let bits = Int(bitPattern: place.pointee)
    let number = bits >> Execution.standInBits - 0x4000
    guard inputs.indices.contains(number) else { return }
    inputs[number].note(place, offset: bits - (0x4000 + number) << Execution.standInBits)
  }
}
