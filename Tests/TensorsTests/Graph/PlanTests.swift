import Tensors
import TestSupport
import Testing

@Suite struct PlanTests {
  /// Traces a function of vectors and matrices of `Float`, and plans it.
  private func plan(
    _ shapes: [Shape], updates: [Int: Int] = [:], external: Set<Int> = [],
    _ function: ([Tensor<Float>]) -> [Tensor<Float>]
  ) -> Plan {
    let inputs = shapes.map { Node(input: $0, .float32) }
    let results = function(inputs.map { Tensor<Float>($0) })
    // What replaces an input is returned after the outputs.
    let outputs = results.dropLast(updates.count)
    return Plan(
      inputs: inputs, outputs: outputs.map(\.node),
      updates: updates.map { (input: $0.key, value: results[outputs.count + $0.value].node) },
      external: external)
  }

  // MARK: Listings

  @Test func listingOfADenseStep() {
    let step = plan([[4, 3], [3, 2], [2], [4, 2]], updates: [1: 0, 2: 1], external: [1, 2]) { x in
      let (features, target) = (x[0], x[3])
      let loss = { (weight: Tensor<Float>, bias: Tensor<Float>) in
        square(tanh(features.matmul(weight) + bias) - target).mean()
      }
      let weight = x[1]
      let bias = x[2]
      let output = loss(weight, bias)
      let slopes = Node.gradient(of: output.node, by: [weight.node, bias.node])
      return [
        output, weight - Tensor<Float>(slopes[0]) * 0.5, bias - Tensor<Float>(slopes[1]) * 0.5,
      ]
    }
    #expect(
      step.description == """
        arena+0 = matmul  float32(4,2), 32 bytes ← (4,3) input 0, (3,2) input 1
        | %6 = add  float32(4,2), 32 bytes ← (4,2) arena+0, (4,2) input 2
        | %7 = tanh  float32(4,2), 32 bytes ← (4,2) %6
        | %8 = subtract  float32(4,2), 32 bytes ← (4,2) %7, (4,2) input 3
        | arena+0 = square  float32(4,2), 32 bytes ← (4,2) %8
        | %15 = add  float32(4,2), 32 bytes ← (4,2) %8, (4,2) %8
        | %16 = multiply  float32(4,2), 32 bytes ← (4,2) constant, (4,2) %15
        | %17 = multiply  float32(4,2), 32 bytes ← (4,2) %7, (4,2) %7
        | %19 = subtract  float32(4,2), 32 bytes ← (4,2) constant, (4,2) %17
        | arena+64 = multiply  float32(4,2), 32 bytes ← (4,2) %16, (4,2) %19
        %11 = sum(axis: 0)  float32(), 4 bytes ← (8,) arena+0
        | arena+128 = divide  float32(), 4 bytes ← () %11, () constant
        arena+0 = sum(axis: 0)  float32(2,), 8 bytes ← (4,2) arena+64
        arena+192 = matmul  float32(3,2), 24 bytes ← (3,4) input 0, (4,2) arena+64
        | %25 = multiply  float32(3,2), 24 bytes ← (3,2) arena+192, (3,2) constant
        | input 1 = subtract  float32(3,2), 24 bytes ← (3,2) input 1, (3,2) %25
        %28 = multiply  float32(2,), 8 bytes ← (2,) arena+0, (2,) constant
        | input 2 = subtract  float32(2,), 8 bytes ← (2,) input 2, (2,) %28
        5 steps of 18 operations, arena of 256 bytes
        """)
  }

  @Test func listingOfAnElementwiseChain() {
    let chain = plan([[100], [1]]) { x in [relu(tanh(x[0] * x[1]) + 1) * x[0]] }
    #expect(
      chain.description == """
        %3 = multiply  float32(100,), 400 bytes ← (100,) input 0, (100,) input 1
        | %4 = tanh  float32(100,), 400 bytes ← (100,) %3
        | %6 = add  float32(100,), 400 bytes ← (100,) %4, (100,) constant
        | %7 = relu  float32(100,), 400 bytes ← (100,) %6
        | arena+0 = multiply  float32(100,), 400 bytes ← (100,) %7, (100,) input 0
        1 step of 5 operations, arena of 448 bytes
        """)
    #expect(
      chain.graph.description == """
        %0: float32(100,) = input 0
        %1: float32(1,) = input 1
        %2: float32(100,) = broadcast(100,) %1
        %3: float32(100,) = multiply %0, %2
        %4: float32(100,) = tanh %3
        %5: float32(100,) = constant
        %6: float32(100,) = add %4, %5
        %7: float32(100,) = relu %6
        %8: float32(100,) = multiply %7, %0
        return %8
        """)
  }

  // MARK: Placement

  @Test func partsAreComputedInTheWhole() {
    let plan = plan([[3], [3]]) { x in
      [concatenate([tanh(x[0]), concatenate([exp(x[1]), x[0]]), (x[1] + 1).reshaped(3)])]
    }
    #expect(plan.problem() == nil)
    let whole = plan.graph.outputs[0]
    let starts = plan.computed.map { index -> Int in
      if case .arena(let start) = plan.placement.places[index].memory { start } else { -1 }
    }
    // tanh, exp, the inner whole, the sum and the outer whole: 3 floats are 12 bytes.
    let names = plan.computed.map { plan.graph.values[$0].operation?.name ?? "" }
    let start = starts[names.count - 1]
    #expect(plan.computed.last == whole)
    #expect(zip(names, starts).first { $0.0 == "tanh" }?.1 == start)
    #expect(zip(names, starts).first { $0.0 == "exp" }?.1 == start + 12)
    #expect(zip(names, starts).first { $0.0.hasPrefix("concatenate") }?.1 == start + 12)
    #expect(zip(names, starts).first { $0.0 == "add" }?.1 == start + 36)
    #expect(plan.placement.arenaByteCount == 64)
    #expect(run(plan, [[1, 2, 3], [4, 5, 6]])[0].count == 12)
  }

  @Test func aPartUsedTwiceIsCopiedOnce() {
    let plan = plan([[2]]) { x in
      let part = x[0] + 1
      return [concatenate([part, part]), part]
    }
    #expect(run(plan, [[1, 2]]) == [[2, 3, 2, 3], [2, 3]])
  }

  /// A result may not take the memory of a whole whose part it reads in another order.
  @Test func aPartIsNotWrittenOverThroughItsWhole() {
    let plan = plan([[2], [2]]) { x in
      let part = -x[0]
      return [part.broadcast(to: [2, 2]) / concatenate([part, x[1]]).reshaped(2, 2)]
    }
    #expect(run(plan, [[2, 4], [1, 8]]) == [[1, 1, -2, -0.5]])
  }

  // MARK: Updates

  @Test func updatesAreWrittenOverTheirInputs() {
    let step = plan([[3], [3]], updates: [0: 0]) { x in [x[0].sum(), x[0] - x[1] * 0.5] }
    #expect(step.placement.closingCopies.isEmpty)
    let execution = Execution(step)
    execution.load([Tensor<Float>([1, 2, 3]), Tensor<Float>([2, 2, 2])])
    for run in 0..<3 {
      execution.run()
      #expect(execution.scalar(0, as: Float.self) == Float(6 - 3 * run))
      let expected = [1, 2, 3].map { $0 - Float(run + 1) }
      #expect(Array(execution.input(0, as: Float.self)) == expected)
    }
  }

  @Test func inputsMayReplaceEachOther() {
    let swap = plan([[2], [2]], updates: [0: 0, 1: 1]) { x in [x[1], x[0]] }
    let execution = Execution(swap)
    execution.load([Tensor<Float>([1, 2]), Tensor<Float>([3, 4])])
    execution.run()
    #expect(Array(execution.input(0, as: Float.self)) == [3, 4])
    #expect(Array(execution.input(1, as: Float.self)) == [1, 2])
  }

  @Test func anInputMayBeReplacedByItsOwnView() {
    let reverse = plan([[3], [2, 2]], updates: [0: 0, 1: 1]) { x in
      [x[0][.stride(by: -1)], x[1].transposed()]
    }
    let execution = Execution(reverse)
    execution.load([Tensor<Float>([1, 2, 3]), Tensor<Float>([1, 2, 3, 4], shape: [2, 2])])
    execution.run()
    #expect(Array(execution.input(0, as: Float.self)) == [3, 2, 1])
    #expect(Array(execution.input(1, as: Float.self)) == [1, 3, 2, 4])
  }

  /// An output that is the old value of an input is that after the run too.
  @Test func outputsKeepWhatWasReplaced() {
    let step = plan([[2]], updates: [0: 0]) { x in [x[0], x[0][1], x[0] + 1] }
    let execution = Execution(step)
    execution.load([Tensor<Float>([1, 2])])
    execution.run()
    #expect(execution.output(0, as: Float.self).scalars == [1, 2])
    #expect(execution.output(1, as: Float.self).scalars == [2])
    #expect(Array(execution.input(0, as: Float.self)) == [2, 3])
  }

  @Test func anInputMayStayAsItIs() {
    let step = plan([[2], [2]], updates: [0: 0, 1: 1]) { x in [x[0] * x[1], x[0], x[1] + x[0]] }
    #expect(step.updates.keys.sorted() == [1])
    let execution = Execution(step)
    execution.load([Tensor<Float>([1, 2]), Tensor<Float>([3, 4])])
    execution.run()
    #expect(execution.output(0, as: Float.self).scalars == [3, 8])
    #expect(Array(execution.input(0, as: Float.self)) == [1, 2])
    #expect(Array(execution.input(1, as: Float.self)) == [4, 6])
  }

  @Test func boundMemoryIsReadAndWritten() {
    let step = plan([[2], [2]], updates: [0: 0], external: [0]) { x in [x[0] + x[1]] }
    let execution = Execution(step)
    let storages = (0..<2).map { _ in Storage(count: 2, of: Float.self) }
    let memories = storages.map { $0.elements(as: Float.self) }
    execution.input(1, as: Float.self).initialize(repeating: 1)
    for (number, memory) in memories.enumerated() {
      _ = memory.initialize(from: [Float(number), 10])
      if let start = memory.baseAddress {
        execution.bind(0, to: UnsafeMutableRawPointer(start))
      }
      execution.run()
      execution.run()
    }
    #expect(Array(memories[0]) == [2, 12])
    #expect(Array(memories[1]) == [3, 12])
    withExtendedLifetime(storages) {}
  }

  // MARK: The verifier

  @Test func verifierFindsOverlaps() {
    let plan = plan([[4, 4]]) { x in
      let a = x[0].matmul(x[0])
      let b = a.matmul(x[0])
      return [a + b, a.sum()]
    }
    #expect(plan.problem() == nil)
    var placement = plan.placement
    let (a, b) = (plan.computed[0], plan.computed[1])
    placement.places[b].memory = placement.places[a].memory
    expect("value \(b) is written over value \(a) while it reads that", from: plan, placement)
    // Overlapping a value by a part only, when it is read later again.
    let sum = plan.computed[2]
    guard case .arena(let start) = plan.placement.places[a].memory else {
      Issue.record("a value of its own lies elsewhere than in the arena")
      return
    }
    placement = plan.placement
    placement.arenaByteCount += 64
    placement.places[sum].memory = .arena(start + 32)
    expect("value \(sum) is written over value \(a) while it reads that", from: plan, placement)
  }

  @Test func verifierFindsLostValues() {
    let plan = plan([[4, 4]]) { x in
      let a = x[0].matmul(x[0])
      let b = x[0] + 1
      return [a.matmul(b)]
    }
    let (a, b, product) = (plan.computed[0], plan.computed[1], plan.computed[2])
    var placement = plan.placement
    placement.places[b].memory = placement.places[a].memory
    expect("value \(product) reads value \(a), which has been written over", from: plan, placement)
    placement = plan.placement
    placement.places[b].memory = .input(0)
    #expect(Plan(plan.graph, plan.steps, placement, updates: [:]).problem() == nil)
  }

  @Test func verifierFindsLostOutputs() {
    let plan = plan([[4]]) { x in [x[0] + 1, x[0] * 3] }
    var placement = plan.placement
    let (first, second) = (plan.graph.outputs[0], plan.graph.outputs[1])
    placement.places[second].memory = placement.places[first].memory
    expect("output \(first) has been written over", from: plan, placement)
  }

  @Test func verifierFindsPlacesOutside() {
    let plan = plan([[4]]) { x in [(x[0] + 1)[.stride(by: 2)]] }
    let sum = plan.computed[0]
    var placement = plan.placement
    placement.arenaByteCount = 15
    expect("value \(sum) lies outside of the arena", from: plan, placement)
    placement = plan.placement
    let view = plan.graph.outputs[0]
    let inside = placement.places[view].layout
    placement.places[view].layout = Layout(
      shape: inside.shape, strides: inside.strides, offset: inside.offset + 2)
    expect(
      "value \(view) lies outside of value \(sum), of which it is a view", from: plan, placement)
    placement = plan.placement
    placement.places[view].memory = .input(0)
    expect(
      "value \(view) lies elsewhere than value \(sum), of which it is a view", from: plan, placement
    )
    placement = plan.placement
    placement.places[sum].layout = Layout(shape: [4], strides: [2], offset: 0)
    expect("value \(sum) is not contiguous", from: plan, placement)
  }

  @Test func verifierFindsMisplacedParts() {
    let plan = plan([[4], [4]]) { x in [concatenate([-x[0], -x[1]])] }
    let whole = plan.graph.outputs[0]
    let parts = plan.graph.values[whole].operands
    var placement = plan.placement
    (placement.places[parts[0]], placement.places[parts[1]]) = (
      placement.places[parts[1]], placement.places[parts[0]]
    )
    expect(
      "value \(whole) is written over value \(parts[0]) while it reads that", from: plan, placement)
  }

  @Test func verifierFindsWrongUpdates() {
    let plan = plan([[4], [4]], updates: [0: 0]) { x in
      let new = x[0] + x[1]
      return [x[0] * 2, new]
    }
    let (value, target, reader) = (
      plan.updates[0] ?? -1, plan.graph.inputs[0], plan.graph.outputs[0]
    )
    // The old value is read after the new one is computed: only a copy at the end is right.
    #expect(plan.placement.closingCopies.count == 1)
    var placement = plan.placement
    placement.places[value].memory = .input(0)
    expect(
      "value \(reader) reads value \(target), which has been written over", from: plan, placement)
    placement = plan.placement
    placement.closingCopies = []
    expect("input 0 is not replaced by value \(value)", from: plan, placement)
    let mixed = Plan(plan.graph, plan.steps, plan.placement, updates: [0: reader])
    #expect(mixed.problem() == "input 0 is not replaced by value \(reader)")
  }

  @Test func verifierFindsUpdatesOfAnotherShape() {
    let inputs = [Node(input: [4], .float32)]
    let graph = Graph(inputs: inputs, outputs: [Tensor<Float>(inputs[0]).sum().node])
    let updates = [0: graph.outputs[0]]
    #expect(
      unchecked(graph, updates).problem()
        == "input 0 is replaced by value \(graph.outputs[0]) of another shape or type")
  }

  @Test func verifierFindsCopiesInTheWrongOrder() {
    // Without copies made first, the first of the two would be read after it has been written over.
    let inputs = (0..<2).map { _ in Node(input: [2], .float32) }
    var graph = Graph(inputs: inputs, outputs: [])
    let updates = [0: graph.inputs[1], 1: graph.inputs[0]]
    let swap = unchecked(graph, updates)
    #expect(
      swap.problem()
        == "value \(graph.inputs[0]), to be copied to input 1, has been written over")
    var copied = updates
    graph.preserveReplacedInputs(&copied)
    #expect(unchecked(graph, copied).problem() == nil)
  }

  @Test func verifierFindsWrongGraphs() {
    let plan = plan([[2, 3]]) { x in [tanh(x[0]).transposed()] }
    var graph = plan.graph
    let last = graph.outputs[0]
    graph.values[last].operands = [last]
    expect("value \(last) is computed before its operand \(last)", from: graph, plan)
    graph = plan.graph
    graph.values[last].shape = [2, 3]
    expect(
      "value \(last) (transpose[1, 0]) has shape (2, 3), which its rule doesn't give",
      from: graph, plan)
    graph = plan.graph
    graph.values[last].type = .float64
    expect(
      "value \(last) (transpose[1, 0]) is float64, which its rule doesn't give", from: graph, plan)
  }

  // MARK: Helpers

  private func run(_ plan: Plan, _ inputs: [[Float]]) -> [[Float]] {
    let execution = Execution(plan)
    for (number, scalars) in inputs.enumerated() {
      _ = execution.input(number, as: Float.self).update(from: scalars)
    }
    execution.run()
    return plan.graph.outputs.indices.map { execution.output($0, as: Float.self).scalars }
  }

  private func unchecked(_ graph: Graph, _ updates: [Int: Int]) -> Plan {
    let steps = Fusion(graph, updates: updates).steps
    return Plan(
      graph, steps, Placement(graph, steps: steps, updates: updates), updates: updates)
  }

  private func expect(
    _ problem: String, from plan: Plan, _ placement: Placement,
    at location: SourceLocation = #_sourceLocation
  ) {
    #expect(
      Plan(plan.graph, plan.steps, placement, updates: plan.updates).problem() == problem,
      sourceLocation: location)
  }

  private func expect(
    _ problem: String, from graph: Graph, _ plan: Plan,
    at location: SourceLocation = #_sourceLocation
  ) {
    #expect(
      Plan(graph, plan.steps, plan.placement, updates: plan.updates).problem() == problem,
      sourceLocation: location)
  }
}

extension Plan {
  /// The values that a run computes, in order.
  var computed: [Int] { steps.flatMap(\.members) }
}
