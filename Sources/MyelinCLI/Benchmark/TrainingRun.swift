import Myelin

/// A training that goes on step by step: chooses rows, and changes the weights by them.
struct TrainingRun {
  private let trainer: Trainer<Float>
  let dataset: Dataset<Float>
  private let draw: TrainingJob.Draw
  /// Draws rows from all.
  private var sampler: BatchSampler
  /// The rows of a step that takes them in order: the next ones, and from the start once fewer than
  /// a whole step's are left.
  private(set) var rows: Range<Int>

  init(_ job: TrainingJob) throws {
    dataset = job.dataset()
    trainer = try Trainer(
      job.model(), loss: job.loss.loss, optimizer: SGD(learningRate: job.learningRate))
    draw = job.draw
    sampler = BatchSampler(count: job.samples, batchSize: job.batch, .draws, seed: 3)
    rows = 0..<job.batch
  }

  /// Does a step; returns the loss of its rows before it.
  mutating func step() -> Float {
    switch draw {
    case .random: return trainer.step(dataset, &sampler)
    case .inOrder:
      defer { advance() }
      return trainer.step(dataset, rows: rows)
    }
  }

  private mutating func advance() {
    let next = rows.upperBound + rows.count > dataset.count ? 0 : rows.upperBound
    rows = next..<next + rows.count
  }

  /// Does some steps; returns the mean of their losses.
  mutating func meanLoss(steps: Int) -> Double {
    (0..<steps).reduce(0) { sum, _ in sum + Double(step()) } / Double(steps)
  }

  /// The model as it is now.
  var model: Sequential<Float> { trainer.model }
}
