import Myelin

/// Times the prediction of one sample.
enum PredictBenchmark {
  /// Trains the network of `mnist` for some steps on few rows, and has it predict one of them over
  /// and over.
  static func run(seconds: Double) throws -> BenchmarkResult {
    var job = TrainingJob.mnist
    job.samples = 1024
    var training = try TrainingRun(job)
    let first = training.meanLoss(steps: 8)
    _ = training.meanLoss(steps: 32)
    let last = training.meanLoss(steps: 8)
    let model = training.model
    let sample = training.dataset.features[0..<1].contiguous()
    let timing = Timing.of(seconds: seconds) { _ = model.predict(sample) }
    return BenchmarkResult(
      timing, operations: job.forwardOperations(rows: 1), lossFirst: first, lossLast: last,
      peakMb: peakMegabytes())
  }
}
