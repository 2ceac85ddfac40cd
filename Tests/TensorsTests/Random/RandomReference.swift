import Foundation
import Tensors
import TestSupport
import Testing

// What the tests of both generators play NumPy's sequences of draws with.

/// A generator that runs the steps of a reference sequence.
protocol SequencePlayer {
  associatedtype Source: Equatable
  var random: Source { get }

  /// A player with the generator that a sequence begins with.
  init(_ sequence: ReferenceCase) throws
  mutating func perform(_ operation: String, _ step: StepArguments) throws -> Outcome
  /// Compares the generator's state with NumPy's.
  func expectState(_ expected: ReferenceCase, _ place: Comment)
}

/// What was done of a file.
struct Played {
  var sequences = 0
  var steps = 0
  var operations: Set<String> = []
  /// The messages of errors whose causes the interface doesn't let through.
  var refused: [String] = []
}

/// Runs all sequences of a file and compares every step with what NumPy did.
func play(_ url: URL, with type: (some SequencePlayer).Type) throws -> Played {
  var played = Played()
  for sequence in try ReferenceFile(url).cases {
    let id = sequence.string("id") ?? "?"
    var player = try type.init(sequence)
    for (number, step) in sequence.children("steps").enumerated() {
      let operation = try #require(step.string("op"))
      let place: Comment = "\(id), step \(number): \(operation)"
      let before = player.random
      let outcome = try outcome(of: operation, step, &player)
      if let error = step.child("error") {
        let message = try #require(error.string("message"))
        switch outcome {
        case .failed(let got): #expect(got == message, place)
        case .notExpressible: played.refused.append(message)
        default: Issue.record("\(place): no error")
        }
        #expect(player.random == before, place)
      } else if let expected = step.array("expected") {
        guard case .drew(let drawn) = outcome else {
          Issue.record("\(place): \(outcome)")
          continue
        }
        #expect(drawn == Drawn(expected), place)
      } else if let expected = step.child("expected_sum") {
        guard case .drew(let drawn) = outcome else {
          Issue.record("\(place): \(outcome)")
          continue
        }
        #expect(drawn.type == expected.string("dtype"), place)
        #expect(drawn.shape == expected.array("shape")?.ints, place)
        #expect("\(drawn.sum)" == expected.string("sum"), place)
      } else if let expected = step.child("expected_state") {
        player.expectState(expected, place)
      } else if case .silent = outcome {
      } else {
        Issue.record("\(place): \(outcome)")
      }
      played.steps += 1
      played.operations.insert(operation)
    }
    played.sequences += 1
  }
  return played
}

private func outcome(
  of operation: String, _ step: ReferenceCase, _ player: inout some SequencePlayer
) throws -> Outcome {
  do {
    return try player.perform(operation, StepArguments(step))
  } catch let error as RandomError {
    return .failed(error.message)
  } catch let error as ShapeError {
    return .failed(error.message)
  }
}

/// Numbers of any type by their bits, so that equal means equal in every bit.
struct Drawn: Equatable {
  var shape: [Int]
  var type: String
  var bits: [UInt64]

  init(_ tensor: Tensor<Double>) {
    shape = tensor.shape.extents
    type = "float64"
    bits = tensor.scalars.map(\.bitPattern)
  }

  init(_ tensor: Tensor<Float>) {
    shape = tensor.shape.extents
    type = "float32"
    bits = tensor.scalars.map { UInt64($0.bitPattern) }
  }

  init<Scalar: NumericScalar & FixedWidthInteger>(_ tensor: Tensor<Scalar>) {
    shape = tensor.shape.extents
    type = Scalar.scalarType.name
    bits = tensor.scalars.map { UInt64(truncatingIfNeeded: $0) }
  }

  init(_ tensor: Tensor<Bool>) {
    shape = tensor.shape.extents
    type = "bool"
    bits = tensor.scalars.map { $0 ? 1 : 0 }
  }

  init(_ array: ReferenceArray) {
    shape = array.shape
    type = array.type
    switch array.type {
    case "float64": bits = array.doubles.map(\.bitPattern)
    case "float32": bits = array.doubles.map { UInt64(Float($0).bitPattern) }
    case "bool": bits = array.bools.map { $0 ? 1 : 0 }
    case "uint64": bits = array.unsigned
    default: bits = array.ints.map { UInt64(bitPattern: Int64($0)) }
    }
  }

  /// A checksum of the bits and their order: Σ (2·i + 1) · bitsᵢ, modulo 2⁶⁴.
  var sum: UInt64 {
    var sum: UInt64 = 0
    for (position, bits) in bits.enumerated() { sum &+= (2 &* UInt64(position) &+ 1) &* bits }
    return sum
  }
}

/// What came of a step.
enum Outcome {
  case drew(Drawn)
  case silent
  case failed(String)
  /// The step's arguments have types that the interface doesn't take.
  case notExpressible
}

/// The arguments of a step.
struct StepArguments {
  let arguments: ReferenceCase
  let inputs: ReferenceCase?

  init(_ step: ReferenceCase) throws {
    arguments = try #require(step.child("args"))
    inputs = step.child("inputs")
  }

  /// The shape under `size` or `dims`; `nil` for one number.
  func shape() throws -> Shape? {
    if let count = arguments.int("size") { return try Shape(checking: [count]) }
    if let dims = arguments.array("dims") { return dims.ints.isEmpty ? nil : Shape(dims.ints) }
    return try arguments.array("size").map { try Shape(checking: $0.ints) }
  }

  /// The array or number under a name.
  func ints(_ name: String) -> Tensor<Int>? {
    inputs?.array(name)?.intTensor ?? arguments.int(name).map { Tensor($0) }
  }

  /// Draws with two parameters: one number, a tensor of numbers, or a tensor with parameters for each.
  func draw(
    _ a: String, _ defaultA: Double, _ b: String, _ defaultB: Double,
    one: (Double, Double) throws -> Double,
    many: (Double, Double, Shape) throws -> Tensor<Double>,
    each: (Tensor<Double>, Tensor<Double>, Shape?) throws -> Tensor<Double>
  ) throws -> Tensor<Double> {
    let shape = try shape()
    let numbers = (arguments.double(a) ?? defaultA, arguments.double(b) ?? defaultB)
    if let inputs {
      let arrays = (inputs.array(a)?.tensor, inputs.array(b)?.tensor)
      return try each(arrays.0 ?? Tensor(numbers.0), arrays.1 ?? Tensor(numbers.1), shape)
    }
    return try shape.map { try many(numbers.0, numbers.1, $0) } ?? Tensor(one(numbers.0, numbers.1))
  }
}

extension ReferenceArray {
  var intTensor: Tensor<Int> { Tensor(ints, shape: Shape(shape)) }
}
