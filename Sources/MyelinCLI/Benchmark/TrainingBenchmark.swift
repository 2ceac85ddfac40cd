/// Times training steps.
enum TrainingBenchmark {
  /// The steps over which a loss is the mean.
  private static let lossSteps = 8

  /// Trains while it takes the time.
  static func run(_ job: TrainingJob, seconds: Double) throws -> BenchmarkResult {
    var training = try TrainingRun(job)
    let first = training.meanLoss(steps: lossSteps)
    let timing = Timing.of(seconds: seconds) { _ = training.step() }
    let last = training.meanLoss(steps: lossSteps)
    return BenchmarkResult(
      timing, operations: job.stepOperations, lossFirst: first, lossLast: last,
      peakMb: peakMegabytes())
  }
}
