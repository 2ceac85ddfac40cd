import Tensors
import TestSupport
import Testing

/// Functions made up at random: their plans must compute what running them at once computes, to the bit.
@Suite struct RandomGraphTests {
  /// How often the placement's ways to save memory were taken: a test of none of them would prove little.
  private struct Tally {
    var inPlace = 0
    var overInput = 0
    var closingCopies = 0
    var partsInPlace = 0
    var views = 0
    var inTiles = 0
  }

  @Test(arguments: 0..<8 as Range<UInt64>) func plansComputeTheSame(_ group: UInt64) {
    var tally = Tally()
    for seed in group * 50..<(group + 1) * 50 {
      check(seed, Float.self, &tally)
      check(seed, Double.self, &tally)
    }
    #expect(
      tally.inPlace > 10 && tally.overInput > 5 && tally.closingCopies > 20
        && tally.partsInPlace > 10 && tally.views > 100 && tally.inTiles > 100, "\(tally)")
  }

  /// Tables of several tiles, and of more columns than a tile has.
  @Test(arguments: 0..<4 as Range<UInt64>) func plansOfLargeTablesComputeTheSame(_ group: UInt64) {
    var tally = Tally()
    for seed in group * 25 + 1000..<(group + 1) * 25 + 1000 {
      check(seed, Float.self, &tally, extents: 1...60)
      check(seed, Double.self, &tally, extents: 1...60)
    }
    #expect(tally.inTiles > 50, "\(tally)")
  }

  private func check<Scalar: FloatingScalar>(
    _ seed: UInt64, _: Scalar.Type, _ tally: inout Tally, extents: ClosedRange<Int> = 1...4
  ) {
    let program = RandomProgram(seed: seed, extents: extents)
    var random = SeededGenerator(seed: seed &+ 1000)
    let last = program.shapes.count - 1
    // The last value, some others, an input now and then; one may be returned twice.
    let outputs = [last] + (0..<random.int(0...3)).map { _ in random.int(0...last) }
    var updates: [Int: Int] = [:]
    for input in program.inputs.indices where random.once(in: 2) {
      let candidates = program.shapes.indices.filter { program.shapes[$0] == program.inputs[input] }
      updates[input] = candidates[random.int(0...candidates.count - 1)]
    }
    let external = Set(program.inputs.indices.filter { _ in random.once(in: 2) })

    let inputs = program.inputs.map { Node(input: $0, Scalar.scalarType) }
    let traced = program.values(of: inputs.map { Tensor<Scalar>($0) })
    let plan = Plan(
      inputs: inputs, outputs: outputs.map { traced[$0].node },
      updates: updates.map { (input: $0.key, value: traced[$0.value].node) }, external: external)
    let comment: Comment = "seed \(seed), \(Scalar.self)"
    #expect(plan.problem() == nil, comment)
    count(plan, &tally)

    var state: [Tensor<Scalar>] = program.arguments(seed: seed)
    let execution = Execution(plan)
    let memory = program.inputs.map { Storage(count: $0.elementCount, of: Scalar.self) }
    for (number, tensor) in state.enumerated() {
      if external.contains(number), let start = memory[number].bytes.baseAddress {
        execution.bind(number, to: start)
      }
      let input = execution.input(number, as: Scalar.self)
      _ = input.update(from: tensor.scalars)
    }
    for run in 0..<3 {
      execution.run()
      let values = program.values(of: state)
      for (number, value) in outputs.enumerated() {
        let problem = difference(execution.output(number, as: Scalar.self), from: values[value])
        #expect(problem == nil, "\(comment), run \(run), output \(number)\n\(plan.graph)\n\(plan)")
        if problem != nil { return }
      }
      for (input, value) in updates { state[input] = values[value].contiguous() }
      for number in program.inputs.indices {
        let problem = difference(
          Array(execution.input(number, as: Scalar.self)), from: state[number].scalars)
        #expect(problem == nil, "\(comment), run \(run), input \(number)\n\(plan.graph)\n\(plan)")
        if problem != nil { return }
      }
    }
    withExtendedLifetime(memory) {}
  }

  private func count(_ plan: Plan, _ tally: inout Tally) {
    let places = plan.placement.places
    tally.closingCopies += plan.placement.closingCopies.count
    tally.views += plan.placement.isView.count { $0 }
    for index in plan.computed {
      let value = plan.graph.values[index]
      if case .input = places[index].memory { tally.overInput += 1 }
      if case .tile = places[index].memory { tally.inTiles += 1 }
      if value.operation is Concatenate {
        // A part that is computed where it belongs begins on none of the arena's boundaries of 64 bytes.
        tally.partsInPlace += value.operands.count { operand in
          if case .arena(let start) = places[operand].memory { start % 64 != 0 } else { false }
        }
      } else {
        tally.inPlace +=
          value.operands.contains { places[$0].memory == places[index].memory } ? 1 : 0
      }
    }
  }
}
