public import Datasets
import Tensors

/// How far a training is.
///
///     var model = try Sequential(input: [4]) { Dense(3, activation: .softmax) }
///     var steps: [Int] = []
///     func note(_ progress: TrainingProgress) { steps.append(progress.step) }
///     try model.fit(
///       .iris(), loss: .categoricalCrossEntropy, optimizer: Adam(), batchSize: 64, onStep: note)
///     steps  // [1, 2, 3]
public struct TrainingProgress: Sendable {
  /// The epoch, from 1.
  public var epoch: Int
  /// The number of epochs asked for.
  public var epochs: Int
  /// The step within the epoch, from 1.
  public var step: Int
  /// The number of steps in an epoch.
  public var steps: Int
  /// The mean loss of the epoch's samples so far.
  public var loss: Double
  /// The fraction of the epoch's samples so far that were predicted right; `nil` for regression.
  public var accuracy: Double?
  /// The samples seen since the start.
  public var samples: Int

  package init(
    epoch: Int, epochs: Int, step: Int, steps: Int, loss: Double, accuracy: Double?, samples: Int
  ) {
    self.epoch = epoch
    self.epochs = epochs
    self.step = step
    self.steps = steps
    self.loss = loss
    self.accuracy = accuracy
    self.samples = samples
  }
}

extension Sequential {
  /// Trains the model on a dataset.
  ///
  /// If the task is cancelled, training stops after the step at hand and keeps what was learnt; the
  /// history says so.
  ///
  ///     let (train, test) = Dataset.iris().split(testFraction: 0.2, seed: 42)
  ///     var model = try Sequential(input: [4], seed: 1) {
  ///       Normalization(fitting: train.features)
  ///       Dense(3, activation: .softmax)
  ///     }
  ///     let history = try model.fit(
  ///       train, validation: test, loss: .categoricalCrossEntropy,
  ///       optimizer: Adam(learningRate: 0.1), epochs: 10)
  ///     history.epochs.count                             // 10
  ///     history.epochs[9].loss < history.epochs[0].loss  // true
  ///     history.epochs[9].validationAccuracy ?? 0        // 1.0
  ///
  /// - Parameters:
  ///   - training: The rows to learn from.
  ///   - validation: Rows to evaluate on after each epoch.
  ///   - loss: What to make small.
  ///   - optimizer: How the parameters change.
  ///   - epochs: How often to go through the rows, 1 or more.
  ///   - batchSize: The rows in a step, 1 or more.
  ///   - sampling: How the rows of each step are chosen; an epoch is as many steps as it takes to go
  ///     once through all.
  ///   - seed: The seed of the generator that draws them.
  ///   - onEpoch: Called after each epoch.
  ///   - onStep: Called after each step.
  /// - Returns: The losses and accuracies of each epoch.
  /// - Throws: `TrainingError` if settings make no sense, the data don't fit, or the loss becomes
  ///   infinite or NaN; the model then keeps the parameters of the last epoch that ended well.
  /// - SeeAlso: Keras's `fit`.
  @discardableResult
  public mutating func fit(
    _ training: Dataset<Scalar>, validation: Dataset<Scalar>? = nil, loss: some Loss,
    optimizer: some Optimizer, epochs: Int = 1, batchSize: Int = 32,
    sampling: Sampling = .shuffledEpochs, seed: UInt64 = 0,
    onEpoch: (History.Epoch) -> Void = { _ in }, onStep: (TrainingProgress) -> Void = { _ in }
  ) throws(TrainingError) -> History {
    guard epochs > 0 else { throw .setting("epochs is \(epochs); it must be 1 or more") }
    guard batchSize > 0 else {
      throw .setting("the batch size is \(batchSize); it must be 1 or more")
    }
    try check(training, for: loss)
    if let validation { try check(validation, for: loss) }

    let trainer = try Trainer(
      self, loss: loss, optimizer: optimizer, measuresAccuracy: training.classNames != nil)
    self.loss = loss
    classNames = training.classNames
    featureNames = training.featureNames
    var sampler = BatchSampler(
      count: training.count, batchSize: batchSize, sampling, seed: seed)
    let clock = ContinuousClock()
    let start = clock.now
    let steps = sampler.stepsPerEpoch
    var history = History()
    var samples = 0
    for epoch in 1...epochs {
      var lossSum = 0.0
      var accuracySum = 0.0
      var seen = 0
      for step in 1...steps {
        let loss = trainer.step(training, &sampler)
        let count = trainer.lastRowCount
        guard loss.isFinite else {
          throw .diverged(step: trainer.stepCount, epoch: epoch, loss: Double(loss))
        }
        seen += count
        samples += count
        lossSum += Double(loss) * Double(count)
        accuracySum += Double(trainer.lastAccuracy) * Double(count)
        onStep(
          TrainingProgress(
            epoch: epoch, epochs: epochs, step: step, steps: steps, loss: lossSum / Double(seen),
            accuracy: training.classNames == nil ? nil : accuracySum / Double(seen),
            samples: samples))
        if Task.isCancelled { break }
      }
      // The last step may have spoilt the parameters, which its own loss doesn't show.
      let trained = trainer.model
      let held = try validation.map { data throws(TrainingError) in try trained.evaluate(data) }
      let isLast = epoch == epochs || Task.isCancelled
      var judged = held?.loss ?? 0
      if held == nil, isLast { judged = try trained.evaluate(training).loss }
      guard trainer.isFinite, judged.isFinite else {
        throw .diverged(step: trainer.stepCount, epoch: epoch, loss: judged)
      }
      parameters = trained.parameters
      let record = History.Epoch(
        number: epoch, loss: lossSum / Double(seen),
        accuracy: training.classNames == nil ? nil : accuracySum / Double(seen),
        validationLoss: held?.loss, validationAccuracy: held?.accuracy,
        seconds: (clock.now - start) / .seconds(1))
      history.epochs.append(record)
      onEpoch(record)
      if Task.isCancelled {
        history.wasCancelled = true
        break
      }
    }
    return history
  }

  /// Checks that a dataset can be learnt from, or evaluated on.
  func check(_ data: Dataset<Scalar>, for loss: some Loss) throws(TrainingError) {
    guard data.count > 0 else { throw .data("\(data.name) has no rows") }
    let sample = Array(data.features.shape.extents.dropFirst())
    guard sample == inputShape.extents else {
      throw .data(
        "the model takes samples of shape \(inputShape); those of \(data.name) have shape \(Shape(sample))"
      )
    }
    let target = Array(data.targets.shape.extents.dropFirst())
    guard target == outputShape.extents else {
      throw .data(
        "the model has outputs of shape \(outputShape); the targets of \(data.name) have shape \(Shape(target))"
      )
    }
    for (what, tensor) in [("features", data.features), ("targets", data.targets)] {
      let position = tensor.withElements { $0.firstIndex { !$0.isFinite } }
      if let position {
        let row = position / (tensor.count / data.count)
        throw .data(
          "row \(row) of the \(what) of \(data.name) holds \(tensor.scalars[position]); numbers must be finite"
        )
      }
    }
    if let names = data.classNames, names.count < 2 {
      throw .data("\(data.name) has only the class '\(names.joined())'; there must be 2 or more")
    }
    if let problem = loss.problem(outputs: outputShape.elementCount, targets: data.targets) {
      throw .data(problem)
    }
  }
}
