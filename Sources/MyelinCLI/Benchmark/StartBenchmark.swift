import Myelin
import Tensors

/// Times the program from its start to a trained network for XOR and its answer.
enum StartBenchmark {
  private static let steps = 1_000
  private static let job = TrainingJob(
    samples: 4, widths: [2, 3, 2], activation: .sigmoid, loss: .crossEntropy, batch: 4,
    learningRate: 5)

  /// Starts the program again and again, at least 5 times after once to warm up.
  static func run(seconds: Double) throws -> BenchmarkResult {
    _ = try StartedProgram.run(["bench", "--answer-xor"])
    let clock = ContinuousClock()
    let end = clock.now + .seconds(seconds)
    var times: [Double] = []
    var numbers: [Double] = []
    while clock.now < end || times.count < 5 {
      let (output, microseconds) = try StartedProgram.run(["bench", "--answer-xor"])
      let words = output.split(whereSeparator: \.isWhitespace)
      numbers = words.dropFirst().compactMap { Double($0) }
      guard words.first == "0110", numbers.count == 3 else {
        throw Failure(.software, "start: the network for XOR answered '\(output)', not 0110")
      }
      times.append(microseconds)
    }
    return BenchmarkResult(
      Timing(times, stepsInBatch: 1), operations: Double(steps) * job.stepOperations,
      lossFirst: numbers[0], lossLast: numbers[1], peakMb: numbers[2] > 0 ? numbers[2] : nil)
  }

  /// Trains the network; returns its answers for 00, 01, 10 and 11, the first and the last loss, and
  /// the peak of the memory.
  static func answer() throws -> String {
    let inputs: Tensor<Float> = [[0, 0], [0, 1], [1, 0], [1, 1]]
    let dataset = Dataset(
      name: "xor", features: inputs, labels: [0, 1, 1, 0], classNames: ["0", "1"])
    let trainer = try Trainer(
      job.model(), loss: job.loss.loss, optimizer: SGD(learningRate: job.learningRate))
    let rows = 0..<4
    let first = trainer.step(dataset, rows: rows)
    for _ in 0..<steps - 2 { trainer.step(dataset, rows: rows) }
    let last = trainer.step(dataset, rows: rows)
    let answers = trainer.model.predict(inputs).argMax(axis: 1).scalars
    return answers.map(String.init).joined() + " \(first) \(last) \(peakMegabytes() ?? 0)\n"
  }
}
