import ArgumentParser
import Dispatch
import Myelin

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// `myelin train`: trains a network, reports how well it does, and saves it.
struct Train: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train a network to tell classes apart, and save it.",
    discussion: """
      DATA is a bundled set (digits, iris) or a CSV file whose last column is the class. A part of the rows is held \
      out; features are scaled by what the training rows say, and the scaling is saved with the model. Beside the \
      model a page is written that shows how the training went and where the model is wrong.
      """)

  @Argument(help: "digits, iris, or the path of a CSV file.")
  var data: String

  // Values are taken as they stand, so that a negative number is refused as one, not taken for an
  // option.

  @Option(
    parsing: .unconditional,
    help: "Units of the hidden layers, separated by commas; none for no hidden layer.")
  var hidden: String = "384"

  @Option(help: "What the hidden layers' sums go through: relu, tanh or sigmoid.")
  var activation: HiddenActivation = .relu

  @Option(help: "How the weights change: adam or sgd.")
  var optimizer: OptimizerChoice = .adam

  @Option(parsing: .unconditional, help: "The size of a step, above 0.", transform: Value.number)
  var learningRate: Double?

  @Option(
    parsing: .unconditional,
    help: "How much of the targets is spread over all classes, from 0 up to below 1.",
    transform: Value.number)
  var labelSmoothing: Double = 0.15

  @Option(
    parsing: .unconditional, help: "How often to go through the training rows, 1 or more.",
    transform: Value.wholeNumber)
  var epochs: Int = 30

  @Option(
    parsing: .unconditional, help: "The rows in a step, 1 or more.", transform: Value.wholeNumber)
  var batchSize: Int = 16

  @Option(
    parsing: .unconditional, help: "The part of the rows that is held out, above 0 and below 1.",
    transform: Value.number)
  var testFraction: Double = 0.3

  @Option(
    parsing: .unconditional,
    help: "The seed of the split, the first weights and the order of rows.", transform: Value.seed)
  var seed: UInt32 = 0

  @Option(help: ArgumentHelp("The folder to write to; made if missing.", valueName: "dir"))
  var output: String = "."

  @Flag(help: "Write no report of the training.")
  var noReport = false

  @Flag(help: "Print one JSON object on standard output, and progress on standard error.")
  var json = false

  @Flag(help: "Print no progress.")
  var quiet = false

  @Flag(help: "Print what a training step does, operation by operation, before training.")
  var explain = false

  func validate() throws {
    _ = try hiddenUnits
    try Value.check(
      "--epochs", epochs, epochs > 0 && epochs <= 1_000_000_000, "from 1 to a billion")
    try Value.check("--batch-size", batchSize, batchSize > 0, "1 or more")
    try Value.check(
      "--test-fraction", testFraction, testFraction > 0 && testFraction < 1, "above 0 and below 1")
    try Value.check(
      "--label-smoothing", labelSmoothing, labelSmoothing >= 0 && labelSmoothing < 1,
      "from 0 up to below 1")
    if let learningRate {
      try Value.check(
        "--learning-rate", learningRate, learningRate > 0 && learningRate.isFinite,
        "a number above 0")
    }
  }

  /// The units of the hidden layers.
  private var hiddenUnits: [Int] {
    get throws {
      if hidden == "none" { return [] }
      return try hidden.split(separator: ",", omittingEmptySubsequences: false).map { part in
        guard let units = Int(part), units > 0 else {
          throw ValidationError(
            "--hidden is \(hidden); it must be whole numbers from 1 on, separated by commas, or none"
          )
        }
        return units
      }
    }
  }

  /// The most parameters that are trained: a gibibyte of them, their gradient and the optimizer's
  /// slots.
  private static var mostParameters: Double { Double(1 << 26) }

  /// Refuses a network that would not fit into memory.
  private func checkSize(inputs: Int, outputs: Int) throws {
    let widths = try [inputs] + hiddenUnits + [outputs]
    let count = zip(widths, widths.dropFirst()).reduce(0.0) {
      $0 + (Double($1.0) + 1) * Double($1.1)
    }
    guard count <= Train.mostParameters else {
      throw Failure(
        .usage,
        "--hidden \(hidden) makes a network of \(decimals(count, 0)) parameters; at most "
          + "\(decimals(Train.mostParameters, 0)) are trained")
    }
  }

  func run() async throws {
    try await reportingFailures { try await train() }
  }

  private func train() async throws {
    let source = try DataSource(data)
    let dataset = source.dataset
    let name = dataset.name
    _ = try Dataset<Float>.splitSizes(count: dataset.count, testFraction: testFraction)
    let (training, test) = dataset.split(testFraction: testFraction, seed: Int(seed))
    try checkSize(inputs: dataset.features.shape[1], outputs: dataset.targets.shape[1])
    let hiddenUnits = try hiddenUnits
    let modelPath = Output.path(output, "\(name).safetensors")
    let historyPath = Output.path(output, "\(name)-history.csv")
    let reportPath = noReport ? nil : Output.path(output, "report.html")
    try Output.prepare(output, for: [modelPath, historyPath] + (reportPath.map { [$0] } ?? []))
    let model = try Sequential(input: [dataset.features.shape[1]], seed: seed) {
      Normalization(fitting: training.features, pooling: source.featuresShareUnit ? 1 : 0)
      hiddenUnits.map {
        Dense($0, activation: activation.activation, weightInitializer: activation.initializer)
      }
      Dense(dataset.targets.shape[1], activation: .softmax)
    }
    if !quiet {
      let say = json ? Terminal.writeError : Terminal.writeProgress
      say("\(name): \(training.count) rows to train on, \(test.count) held out\n\n")
      say("\(model.summary)\n\n")
    }
    if explain {
      let plan = try Trainer(
        model, loss: .categoricalCrossEntropy(labelSmoothing: labelSmoothing),
        optimizer: optimizer.optimizer(learningRate: learningRate), measuresAccuracy: true
      ).listing(rows: min(batchSize, training.count))
      (json ? Terminal.writeError : Terminal.writeProgress)(plan + "\n\n")
    }
    let clock = ContinuousClock()
    let start = clock.now
    let (trained, history) = try await fitted(model, on: training, test)
    let seconds = (clock.now - start) / .seconds(1)

    var report = try TrainingReport(trained, history: history, training: training, test: test)
    let (seen, held) = (report.trainingEvaluation, report.testEvaluation)
    try trained.save(to: modelPath)
    try history.write(to: historyPath)
    if let reportPath {
      report.settings = settings(hidden: hiddenUnits)
      report.plannedEpochs = epochs
      report.imageShape = source.imageShape
      report.modelPath = "\(name).safetensors"
      report.command = ["myelin"] + CommandLine.arguments.dropFirst()
      try report.write(to: reportPath)
    }

    if json {
      try Output.printJSON(
        TrainingResult(
          dataset: name, rows: training.count, testRows: test.count, seed: seed,
          parameters: trained.parameterCount, epochs: history.epochs.count, seconds: seconds,
          trainLoss: seen.loss, trainAccuracy: seen.accuracy ?? .nan, testLoss: held.loss,
          testAccuracy: held.accuracy ?? .nan, interrupted: history.wasCancelled,
          model: modelPath, history: historyPath, report: reportPath))
    } else {
      try Terminal.write("\nvalidation \(held)\n")
      if let confusion = held.confusion {
        try Terminal.write("\n" + Output.table(confusion) + "\n")
      }
      try Terminal.write("trained \(history.epochs.count) epochs in \(decimals(seconds, 2)) s\n")
      try Terminal.write("model    \(modelPath)\nhistory  \(historyPath)\n")
      if let reportPath { try Terminal.write("report   \(reportPath)\n") }
    }
    if history.wasCancelled {
      Terminal.writeError(
        "myelin: interrupted in epoch \(history.epochs.count) of \(epochs); the model as it stands "
          + "was written to \(modelPath)\n")
      throw ExitCode(128 + SIGINT)
    }
  }

  /// What the report says of the choices.
  private func settings(hidden: [Int]) -> [(name: String, value: String)] {
    let optimizer = optimizer.optimizer(learningRate: learningRate)
    return [
      ("hidden layers", hidden.isEmpty ? "none" : hidden.map(String.init).joined(separator: ", ")),
      ("activation", hidden.isEmpty ? "none" : activation.rawValue),
      ("optimizer", type(of: optimizer).name), ("learning rate", "\(optimizer.learningRate)"),
      ("loss", "categorical cross-entropy"), ("label smoothing", "\(labelSmoothing)"),
      ("epochs", "\(epochs)"), ("batch size", "\(batchSize)"),
      ("part held out", "\(testFraction)"), ("seed", "\(seed)"),
    ]
  }

  /// Trains in a task that an interrupt cancels.
  private func fitted(
    _ model: Sequential<Float>, on training: Dataset<Float>, _ test: Dataset<Float>
  ) async throws -> (Sequential<Float>, History) {
    let optimizer = self.optimizer.optimizer(learningRate: learningRate)
    let options = self
    let task = Task.detached { () throws -> (Sequential<Float>, History) in
      var model = model
      var display = ProgressDisplay(
        isInteractive: Terminal.isInteractive && !options.json,
        print: options.json ? { Terminal.writeError($0) } : { Terminal.writeProgress($0) })
      defer { display.finish() }
      let history = try model.fit(
        training, validation: test,
        loss: .categoricalCrossEntropy(labelSmoothing: options.labelSmoothing),
        optimizer: optimizer, epochs: options.epochs, batchSize: options.batchSize,
        seed: UInt64(options.seed),
        onEpoch: { if !options.quiet { display.show($0, of: options.epochs) } },
        onStep: { if !options.quiet { display.show($0) } })
      return (model, history)
    }
    let interrupt = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    interrupt.setEventHandler {
      task.cancel()
      Terminal.writeError("\nmyelin: interrupted; finishing the step, then saving\n")
    }
    // From here on to the end an interrupt does no more than that: one that comes while the model
    // is being written must not leave half of it.
    signal(SIGINT, SIG_IGN)
    interrupt.activate()
    defer { interrupt.cancel() }
    do {
      return try await task.value
    } catch let error as TrainingError {
      guard case .diverged = error else { throw error }
      throw Failure(.usage, "\(error): it is \(optimizer.learningRate)")
    }
  }
}

/// What `myelin train --json` prints.
struct TrainingResult: Encodable {
  var dataset: String
  var rows: Int
  var testRows: Int
  var seed: UInt32
  var parameters: Int
  var epochs: Int
  var seconds: Double
  var trainLoss: Double
  var trainAccuracy: Double
  var testLoss: Double
  var testAccuracy: Double
  var interrupted: Bool
  var model: String
  var history: String
  var report: String?
}

/// The activations of hidden layers, with the initializer that suits each.
enum HiddenActivation: String, ExpressibleByArgument, CaseIterable {
  case relu, tanh, sigmoid

  var activation: Activation {
    switch self {
    case .relu: .relu
    case .tanh: .tanh
    case .sigmoid: .sigmoid
    }
  }

  var initializer: Initializer { self == .relu ? .heUniform : .glorotUniform }
}

/// The optimizers by name.
enum OptimizerChoice: String, ExpressibleByArgument, CaseIterable {
  case adam, sgd

  func optimizer(learningRate: Double?) -> any Optimizer {
    switch self {
    case .adam: Adam(learningRate: learningRate ?? 1e-3)
    case .sgd: SGD(learningRate: learningRate ?? 0.05, momentum: 0.9)
    }
  }
}

/// What `train` learns from.
private struct DataSource {
  var dataset: Dataset<Float>
  /// Whether all features are of one unit, as pixels are.
  var featuresShareUnit: Bool
  /// The rows and columns of a sample that is an image.
  var imageShape: (rows: Int, columns: Int)?

  /// Finds a bundled set by its name, or reads a CSV file.
  init(_ name: String) throws {
    switch name {
    case "digits": (dataset, featuresShareUnit, imageShape) = (.digits(), true, (8, 8))
    case "iris": (dataset, featuresShareUnit) = (.iris(), false)
    default:
      guard name.contains("/") || name.hasSuffix(".csv") else {
        throw Failure(
          .noInput,
          "there is no bundled set '\(name)'; there are digits and iris, or give the path of a CSV file"
        )
      }
      (dataset, featuresShareUnit) = (try Dataset(csv: name), false)
      if let classes = dataset.classNames, classes.count < 2 {
        throw Failure(
          .data,
          "\(name): there is only the class '\(classes.joined())'; there must be 2 or more")
      }
    }
  }
}
