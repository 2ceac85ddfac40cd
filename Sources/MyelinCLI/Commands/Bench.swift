import ArgumentParser
import Myelin

/// `myelin bench`: how long training steps, a prediction and a start take.
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Time training steps, a prediction and a start.",
    discussion: """
      Jobs, all of them if none is named (features-units-…, rows of a step, rows in all):

        xor      2-3-2 sigmoid, softmax, cross-entropy, 32 of 100 drawn at random
        moons    2-4-1 sigmoid, log loss, all 200
        digits   64-10-10 sigmoid, softmax, cross-entropy, 32 of 1,257 drawn at random
        mnist    784-128-10 relu, sigmoid, mean squared error, 256 of 60,000 in order
        wide     784-1024-1024-10 relu, softmax, cross-entropy, 1,024 of 16,384 drawn at random
        predict  784-128-10 relu, sigmoid: one sample
        start    from the start of the program to a trained network for XOR and its answer

      A step draws its rows, computes the loss and its gradient, and changes all weights by plain SGD, in float32. Data \
      of these shapes are made up; they can be learnt. The time is the median over batches of steps of 10 ms; GFLOP/s \
      count the matrix products. The losses are means over the first and the last steps. The peak is the most memory \
      that the process has held until then.

      With --widths, another network is trained instead:

        myelin bench --widths 37-53-7 --batch 50 --samples 2000 --activation tanh --loss mse
      """)

  /// The jobs by name.
  enum Job: String, CaseIterable {
    case xor, moons, digits, mnist, wide, predict, start
  }

  @Argument(
    help: "Jobs: xor, moons, digits, mnist, wide, predict, start; all if none is named.")
  var jobs: [String] = []

  @Option(
    parsing: .unconditional,
    help: "The features and the units of each layer of another network, such as 37-53-7.")
  var widths: String?

  @Option(
    parsing: .unconditional, help: "The rows in a step of that network, 1 or more (default: 32).",
    transform: Value.wholeNumber)
  var batch: Int?

  @Option(
    parsing: .unconditional,
    help:
      "The rows of its data, as many as in a step or more (default: 1,000, or those of a step).",
    transform: Value.wholeNumber)
  var samples: Int?

  @Option(help: "What its hidden layers' sums go through: relu, tanh or sigmoid (default: relu).")
  var activation: HiddenActivation?

  @Option(
    help: ArgumentHelp(
      "cross-entropy of a softmax, or log or mse of sigmoids (default: cross-entropy; for 1 output log)."
    ))
  var loss: LossChoice?

  @Option(
    parsing: .unconditional, help: "How long each job is timed, above 0, up to 3,600.",
    transform: Value.number)
  var seconds: Double = 1

  @Flag(help: "Print one JSON object on standard output.")
  var json = false

  /// Trains the network for XOR, and answers: what `start` starts.
  @Flag(help: .hidden)
  var answerXor = false

  func validate() throws {
    try Value.check(
      "--seconds", seconds, seconds > 0 && seconds <= 3600, "above 0 and at most 3600")
    _ = try named
    _ = try ownJob
  }

  /// The jobs that are named, each once, or all.
  private var named: [Job] {
    get throws {
      if jobs.isEmpty { return Job.allCases }
      var found: [Job] = []
      for name in jobs {
        guard let job = Job(rawValue: name) else {
          let known = Job.allCases.map(\.rawValue).joined(separator: ", ")
          throw ValidationError("there is no job '\(name)'; there are \(known)")
        }
        if !found.contains(job) { found.append(job) }
      }
      return found
    }
  }

  /// The most memory that a network of one's own may take, in bytes.
  private static var mostBytes: Double { Double(1 << 32) }

  /// The network that the options describe; `nil` without `--widths`.
  private var ownJob: TrainingJob? {
    get throws {
      guard let text = widths else {
        let given = [
          ("--batch", batch != nil), ("--samples", samples != nil),
          ("--activation", activation != nil), ("--loss", loss != nil),
        ]
        if let option = given.first(where: \.1)?.0 {
          throw ValidationError("\(option) needs --widths: the jobs have settings of their own")
        }
        return nil
      }
      if let name = jobs.first {
        throw ValidationError("--widths runs a network of its own; leave out the job '\(name)'")
      }
      let parts = text.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "," }
      let widths = parts.compactMap { Int($0) }.filter { $0 > 0 }
      try Value.check(
        "--widths", text, widths.count == parts.count && widths.count >= 2,
        "2 or more whole numbers from 1 on, such as 37-53-7")
      let batch = batch ?? 32
      try Value.check("--batch", batch, batch > 0, "1 or more")
      let samples = samples ?? max(1_000, batch)
      try Value.check(
        "--samples", samples, samples >= batch, "\(batch) or more, the rows in a step")
      let outputs = widths[widths.count - 1]
      let loss = loss ?? (outputs == 1 ? .log : .crossEntropy)
      if loss == .crossEntropy && outputs == 1 {
        throw ValidationError(
          "--loss is cross-entropy; with the 1 output of --widths \(text) it must be log or mse")
      }
      // The wider the sums, the smaller the step that makes the loss fall.
      let job = TrainingJob(
        samples: samples, widths: widths, activation: activation ?? .relu, loss: loss,
        batch: batch, learningRate: min(0.5, 8 / Double(widths.max() ?? 1)))
      guard job.byteCount <= Bench.mostBytes else {
        throw ValidationError(
          "--widths \(text) with a batch of \(batch) and \(samples) samples would take "
            + "\(decimals(job.byteCount / 1e6, 0)) MB; at most \(decimals(Bench.mostBytes / 1e6, 0)) are taken"
        )
      }
      return job
    }
  }

  func run() throws {
    try reportingFailures {
      if answerXor { return try Terminal.write(StartBenchmark.answer()) }
      var results: [String: BenchmarkResult] = [:]
      if !json { try Terminal.write(BenchmarkResult.head) }
      func note(_ name: String, _ result: BenchmarkResult) throws {
        try result.check(name)
        results[name] = result
        if !json { try Terminal.write(result.line(name)) }
      }
      if let job = try ownJob {
        let name = job.widths.map(String.init).joined(separator: "-")
        try note(name, TrainingBenchmark.run(job, seconds: seconds))
      } else {
        for job in try named { try note(job.rawValue, result(of: job)) }
      }
      if json { try Output.printJSON(results) }
    }
  }

  private func result(of job: Job) throws -> BenchmarkResult {
    switch job {
    case .xor: try TrainingBenchmark.run(.xor, seconds: seconds)
    case .moons: try TrainingBenchmark.run(.moons, seconds: seconds)
    case .digits: try TrainingBenchmark.run(.digits, seconds: seconds)
    case .mnist: try TrainingBenchmark.run(.mnist, seconds: seconds)
    case .wide: try TrainingBenchmark.run(.wide, seconds: seconds)
    case .predict: try PredictBenchmark.run(seconds: seconds)
    case .start: try StartBenchmark.run(seconds: seconds)
    }
  }
}
