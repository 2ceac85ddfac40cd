public import Datasets
public import Tensors

/// Trains a model step by step.
///
/// The step (forward, loss, gradient, update) is traced once for each number of rows and run from a
/// plan afterwards; parameters and the optimizer's slots are changed in place.
/// ``Sequential/fit(_:validation:loss:optimizer:epochs:batchSize:seed:onEpoch:onStep:)`` is a loop
/// around this.
///
///     let iris = Dataset<Float>.iris()
///     var model = try Sequential(input: [4], seed: 1) { Dense(3, activation: .softmax) }
///     let trainer = try Trainer(model, loss: .categoricalCrossEntropy, optimizer: SGD())
///     var random = Generator(seed: 42)
///     for _ in 0..<100 {
///       trainer.step(iris, rows: try random.choice(iris.count, size: 32, replacing: false))
///     }
///     model = trainer.model
///     trainer.stepCount  // 100
public final class Trainer<Scalar: FloatingScalar> {
  /// The learning rate of the steps to come.
  public var learningRate: Double
  /// The steps done.
  public private(set) var stepCount = 0

  private var base: Sequential<Scalar>
  private let loss: any Loss
  private let optimizer: any Optimizer
  /// All parameters, then each slot: `[1 + slots, parameterCount]`.
  private let state: UnsafeMutableBufferPointer<Scalar>
  private var executions: [Int: Execution] = [:]

  /// Prepares to train a model.
  ///
  /// - Parameters:
  ///   - model: Where to begin.
  ///   - loss: What to make small.
  ///   - optimizer: How the parameters change.
  /// - Throws: `TrainingError` if the optimizer's settings make no sense.
  public init(
    _ model: Sequential<Scalar>, loss: some Loss, optimizer: some Optimizer
  ) throws(TrainingError) {
    if let problem = optimizer.problem() { throw .setting(problem) }
    guard model.parameterCount > 0 else { throw .setting("the model has no parameters to train") }
    base = model
    base.loss = loss
    self.loss = loss
    self.optimizer = optimizer
    learningRate = optimizer.learningRate
    let count = model.parameterCount
    state = .allocate(capacity: count * (1 + optimizer.slots.count))
    state.initialize(repeating: 0)
    load(model.parameters)
  }

  deinit { state.deallocate() }

  /// The model with the parameters as they are now.
  public var model: Sequential<Scalar> {
    var model = base
    model.parameters = parameters
    return model
  }

  /// All parameters as they are now.
  ///
  ///     let model = try Sequential(input: [2], seed: 7) { Dense(1) }
  ///     let trainer = try Trainer(model, loss: .meanSquaredError, optimizer: SGD())
  ///     trainer.parameters == model.parameters  // true
  public var parameters: Tensor<Scalar> {
    Tensor(Array(state.prefix(base.parameterCount)))
  }

  /// Takes other parameters.
  func load(_ parameters: Tensor<Scalar>) {
    parameters.withElements { values in
      for (index, value) in values.enumerated() { state[index] = value }
    }
  }

  /// Whether all parameters are finite.
  var isFinite: Bool { state.prefix(base.parameterCount).allSatisfy(\.isFinite) }

  /// Does one step on some rows of a dataset.
  ///
  /// - Parameters:
  ///   - dataset: The data to learn from.
  ///   - rows: The rows to learn from now.
  /// - Returns: The loss of these rows before the step.
  /// - Precondition: The dataset fits the model, and every row exists.
  @discardableResult
  public func step(_ dataset: Dataset<Scalar>, rows: [Int]) -> Scalar {
    rows.withUnsafeBufferPointer { step(dataset, rows: $0).loss }
  }

  /// What one step reports: the loss and accuracy of its rows before the update.
  struct Report {
    var loss: Scalar
    var accuracy: Scalar
  }

  func step(_ dataset: Dataset<Scalar>, rows: UnsafeBufferPointer<Int>) -> Report {
    let execution = execution(rows: rows.count)
    gather(dataset.features, rows, into: execution.input(Input.features, as: Scalar.self))
    gather(dataset.targets, rows, into: execution.input(Input.targets, as: Scalar.self))
    stepCount += 1
    execution.input(Input.rate, as: Scalar.self)[0] = Scalar(learningRate)
    execution.input(Input.step, as: Scalar.self)[0] = Scalar(stepCount)
    execution.run()
    return Report(
      loss: execution.scalar(0, as: Scalar.self), accuracy: execution.scalar(1, as: Scalar.self))
  }

  /// The plan of a step with this many rows, as a listing.
  ///
  ///     let model = try Sequential(input: [2], seed: 7) { Dense(1) }
  ///     let trainer = try Trainer(model, loss: .meanSquaredError, optimizer: SGD())
  ///     trainer.listing(rows: 32)  // arena+0 = matmul…
  ///
  /// - Parameter rows: The number of rows in a step.
  /// - Returns: A line for each instruction.
  public func listing(rows: Int) -> String { execution(rows: rows).plan.description }

  private func execution(rows: Int) -> Execution {
    if let known = executions[rows] { return known }
    let plan = tracedStep(rows: rows)
    let execution = Execution(plan)
    guard let start = state.baseAddress else { preconditionFailure("a model has parameters") }
    for slot in 0...optimizer.slots.count {
      execution.bind(Input.parameters + slot, to: start + slot * base.parameterCount)
    }
    executions[rows] = execution
    return execution
  }

  private func tracedStep(rows: Int) -> Plan {
    func input(_ shape: Shape) -> Tensor<Scalar> { Tensor(Node(input: shape, Scalar.scalarType)) }
    let x = input(Shape([rows] + base.inputShape.extents))
    let y = input(Shape([rows] + base.outputShape.extents))
    let rate = input([])
    let step = input([])
    let parameters = input([base.parameterCount])
    let slots = optimizer.slots.map { _ in input([base.parameterCount]) }

    let views = base.cut(parameters)
    let prediction = base(x, parameters: views)
    let loss = self.loss(prediction, y)
    let gradients: [Tensor<Scalar>] = Node.gradient(of: loss.node, by: views.map(\.node))
      .map { Tensor($0).reshaped(-1) }
    var w = parameters
    var s = Views(Dictionary(uniqueKeysWithValues: zip(optimizer.slots, slots)))
    optimizer.update(&w, gradient: concatenate(gradients), slots: &s, rate: rate, step: step)

    var updates = [(input: Input.parameters, value: w.node)]
    for (position, name) in optimizer.slots.enumerated() {
      updates.append((Input.slots + position, s[dynamicMember: name].node))
    }
    return Plan(
      inputs: [x, y, rate, step, parameters].map(\.node) + slots.map(\.node),
      outputs: [loss.node, accuracy(prediction, y).node], updates: updates,
      external: Set(Input.parameters...Input.parameters + slots.count))
  }

  private func gather(
    _ table: Tensor<Scalar>, _ rows: UnsafeBufferPointer<Int>,
    into batch: UnsafeMutableBufferPointer<Scalar>
  ) {
    table.gatherRows(rows, into: batch)
  }
}

/// The positions of the inputs of a step's plan; the slots follow from the last on.
private enum Input {
  static let features = 0
  static let targets = 1
  static let rate = 2
  static let step = 3
  static let parameters = 4
  static let slots = 5
}
