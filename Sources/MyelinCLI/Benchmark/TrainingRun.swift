import Myelin

/// A training that goes on step by step: draws rows, and changes the weights by them.
struct TrainingRun {
  private let trainer: Trainer<Float>
  private let dataset: Dataset<Float>
  private var sampler: RowSampler

  init(_ job: TrainingJob) throws {
    dataset = job.dataset()
    trainer = try Trainer(
      job.model(), loss: job.loss.loss, optimizer: SGD(learningRate: job.learningRate))
    sampler = RowSampler(job)
  }

  /// Does a step; returns the loss of its rows before it.
  mutating func step() -> Float {
    sampler.advance()
    return trainer.step(dataset, rows: sampler.rows)
  }

  /// Does some steps; returns the mean of their losses.
  mutating func meanLoss(steps: Int) -> Double {
    (0..<steps).reduce(0) { sum, _ in sum + Double(step()) } / Double(steps)
  }

  /// The model as it is now.
  var model: Sequential<Float> { trainer.model }
}

/// The rows of one step after the other: all, the next ones, or some drawn anew without repeats.
struct RowSampler {
  /// The rows of the step at hand.
  private(set) var rows: [Int]
  /// All rows; for random draws in the order that the draws so far have left.
  private var order: [Int]
  private var random = NoiseGenerator(seed: 3)
  private let draw: TrainingJob.Draw
  private var start = 0

  init(_ job: TrainingJob) {
    order = Array(0..<job.samples)
    rows = Array(0..<job.batch)
    draw = job.draw
  }

  /// Goes to the next step.
  mutating func advance() {
    if rows.count == order.count { return }
    switch draw {
    case .inOrder:
      // As an epoch that leaves out the rest.
      if start + rows.count > order.count { start = 0 }
      for position in rows.indices { rows[position] = start + position }
      start += rows.count
    case .random:
      for position in rows.indices {
        let other = Int.random(in: position..<order.count, using: &random)
        order.swapAt(position, other)
        rows[position] = order[position]
      }
    }
  }
}
