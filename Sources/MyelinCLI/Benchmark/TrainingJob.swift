import ArgumentParser
import Myelin

/// A network and how it is trained: what a benchmark times.
struct TrainingJob: Sendable {
  /// What the samples are of.
  enum Data: Sendable {
    /// Points of the unit square; the class is whether they lie in its first or third quarter.
    case xor
    /// Points on two half circles, one a class.
    case moons
    /// A template for each class, half hidden by noise.
    case templates
  }

  /// How the rows of a step are taken.
  enum Draw: Sendable {
    case random
    case inOrder
  }

  var data = Data.templates
  var samples: Int
  /// The number of features, the units of each layer.
  var widths: [Int]
  var activation: HiddenActivation
  var loss: LossChoice
  var batch: Int
  var draw = Draw.random
  /// Of plain SGD.
  var learningRate: Double

  static let xor = TrainingJob(
    data: .xor, samples: 100, widths: [2, 3, 2], activation: .sigmoid, loss: .crossEntropy,
    batch: 32, learningRate: 0.5)
  static let moons = TrainingJob(
    data: .moons, samples: 200, widths: [2, 4, 1], activation: .sigmoid, loss: .log, batch: 200,
    learningRate: 0.5)
  static let digits = TrainingJob(
    samples: 1_257, widths: [64, 10, 10], activation: .sigmoid, loss: .crossEntropy, batch: 32,
    learningRate: 0.1)
  static let mnist = TrainingJob(
    samples: 60_000, widths: [784, 128, 10], activation: .relu, loss: .mse, batch: 256,
    draw: .inOrder, learningRate: 0.1)
  static let wide = TrainingJob(
    samples: 16_384, widths: [784, 1024, 1024, 10], activation: .relu, loss: .crossEntropy,
    batch: 1024, learningRate: 0.01)

  /// Pairs of inputs and units, layer by layer.
  var layers: [(inputs: Int, units: Int)] {
    zip(widths, widths.dropFirst()).map { (inputs: $0, units: $1) }
  }

  /// The operations of the matrix products of a forward pass over so many rows: a multiplication and
  /// an addition each.
  func forwardOperations(rows: Int) -> Double {
    layers.reduce(0) { $0 + 2 * Double(rows) * Double($1.inputs) * Double($1.units) }
  }

  /// The operations of the matrix products of a step: forward, gradients of the weights, and
  /// gradients of each layer's input but the first's.
  var stepOperations: Double {
    let forward = forwardOperations(rows: batch)
    return 3 * forward - 2 * Double(batch) * Double(widths[0]) * Double(widths[1])
  }

  /// An estimate of the bytes that a training takes: data with the numbers of their rows, parameters
  /// with what an update needs, and what a batch needs on its way forth and back.
  var byteCount: Double {
    let outer = Double(widths[0]) + Double(widths[widths.count - 1])
    let parameters = layers.reduce(0.0) { $0 + (Double($1.inputs) + 1) * Double($1.units) }
    let sums = widths.reduce(0.0) { $0 + Double($1) }
    let rows = 8 * (2 * Double(samples) + Double(batch))
    return rows + 4 * (Double(samples) * outer + 4 * parameters + 4 * Double(batch) * sums)
  }

  /// The network before any training, the same each time.
  func model() throws(ShapeError) -> Sequential<Float> {
    try Sequential(input: [widths[0]], seed: 1) {
      for units in widths.dropFirst().dropLast() {
        Dense(
          units, activation: activation.activation, weightInitializer: activation.initializer)
      }
      Dense(widths[widths.count - 1], activation: loss.outputActivation)
    }
  }
}

/// The losses by name, each with the activation of the last layer that belongs to it.
enum LossChoice: String, ExpressibleByArgument, CaseIterable {
  case crossEntropy = "cross-entropy"
  case log
  case mse

  var loss: any Loss {
    switch self {
    case .crossEntropy: .categoricalCrossEntropy
    case .log: .binaryCrossEntropy
    case .mse: .meanSquaredError
    }
  }

  var outputActivation: Activation { self == .crossEntropy ? .softmax : .sigmoid }
}
