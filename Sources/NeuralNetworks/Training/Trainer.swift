public import Datasets
public import Tensors

/// Trains a model step by step.
///
/// The step (forward, loss, gradient, update) is traced once for each number of rows and run from a
/// plan afterwards; parameters and the optimizer's slots are changed in place.
/// ``Sequential/fit(_:validation:loss:optimizer:epochs:batchSize:sampling:seed:onEpoch:onStep:)`` is a loop
/// around this.
///
///     let iris = Dataset<Float>.iris()
///     var model = try Sequential(input: [4], seed: 1) { Dense(3, activation: .softmax) }
///     let trainer = try Trainer(model, loss: .categoricalCrossEntropy, optimizer: SGD())
///     var sampler = BatchSampler(count: iris.count, batchSize: 32, .draws, seed: 42)
///     for _ in 0..<100 { trainer.step(iris, &sampler) }
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
  /// What is updated at once: all parameters as one vector, or each of them by itself.
  private let parts: [Part]
  private let isSeparate: Bool
  private let measuresAccuracy: Bool
  private var steps: [Batch: Step] = [:]
  /// The step that was done last: most are as the one before.
  private var lastStep: Step?

  /// Parameters that are updated at once.
  private struct Part {
    var name: String
    var range: Range<Int>
    var shape: Shape
  }

  /// The bytes of parameters from which on each is updated as soon as its gradient is there, still in the cache; fewer
  /// are sooner done in one pass.
  private static var separateBytes: Int { 1 << 16 }
  /// The parameters and slots that are inputs of a plan of their own, at most.
  private static var mostSeparate: Int { 1 << 10 }

  /// What a plan is made for.
  private struct Batch: Hashable {
    var rows: Int
    /// Whether the rows are read where they lie in the dataset, not copied first.
    var isInPlace: Bool
  }

  /// A plan, and where what changes from step to step lies.
  private final class Step {
    let batch: Batch
    let execution: Execution
    /// Empty if the rows are read where they lie.
    let features, targets: UnsafeMutableRawBufferPointer
    let rate, number: UnsafeMutableBufferPointer<Scalar>

    init(_ execution: Execution, _ batch: Batch) {
      self.batch = batch
      self.execution = execution
      func memory(_ input: Int) -> UnsafeMutableRawBufferPointer {
        batch.isInPlace
          ? UnsafeMutableRawBufferPointer(start: nil, count: 0)
          : UnsafeMutableRawBufferPointer(execution.input(input, as: Scalar.self))
      }
      features = memory(Input.features)
      targets = memory(Input.targets)
      rate = execution.input(Input.rate, as: Scalar.self)
      number = execution.input(Input.step, as: Scalar.self)
    }
  }

  /// Prepares to train a model.
  ///
  /// - Parameters:
  ///   - model: Where to begin.
  ///   - loss: What to make small.
  ///   - optimizer: How the parameters change.
  /// - Throws: `TrainingError` if the optimizer's settings make no sense.
  public convenience init(
    _ model: Sequential<Scalar>, loss: some Loss, optimizer: some Optimizer
  ) throws(TrainingError) {
    try self.init(model, loss: loss, optimizer: optimizer, measuresAccuracy: false)
  }

  /// Prepares to train a model; the steps may measure the accuracy of their rows, too.
  package init(
    _ model: Sequential<Scalar>, loss: some Loss, optimizer: some Optimizer,
    measuresAccuracy: Bool
  ) throws(TrainingError) {
    if let problem = optimizer.problem() { throw .setting(problem) }
    guard model.parameterCount > 0 else { throw .setting("the model has no parameters to train") }
    base = model
    base.loss = loss
    self.loss = loss
    self.optimizer = optimizer
    self.measuresAccuracy = measuresAccuracy
    learningRate = optimizer.learningRate
    let count = model.parameterCount
    state = .allocate(capacity: count * (1 + optimizer.slots.count))
    state.initialize(repeating: 0)
    isSeparate =
      optimizer.isElementwise && count * MemoryLayout<Scalar>.stride >= Trainer.separateBytes
      && model.parameterLayout.count * (1 + optimizer.slots.count) <= Trainer.mostSeparate
    parts =
      isSeparate
      ? model.parameterLayout.map {
        Part(name: $0.name, range: $0.range, shape: $0.parameter.shape)
      } : [Part(name: "parameters", range: 0..<count, shape: [count])]
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
    rows.withUnsafeBufferPointer { rows in
      let count = dataset.count
      var isWithin = true
      for row in rows { isWithin = isWithin && row >= 0 && row < count }
      precondition(isWithin, "a row is out of bounds: there are \(count)")
      return run(dataset, rows)
    }
  }

  /// Does one step on rows that follow each other: they are read where they lie.
  ///
  ///     let iris = Dataset<Float>.iris()
  ///     let model = try Sequential(input: [4]) { Dense(3, activation: .softmax) }
  ///     let trainer = try Trainer(model, loss: .categoricalCrossEntropy, optimizer: SGD())
  ///     trainer.step(iris, rows: 0..<50) == trainer.step(iris, rows: 50..<100)  // false
  ///
  /// - Parameters:
  ///   - dataset: The data to learn from.
  ///   - rows: The rows to learn from now.
  /// - Returns: The loss of these rows before the step.
  /// - Precondition: The dataset fits the model, and every row exists.
  @discardableResult
  public func step(_ dataset: Dataset<Scalar>, rows: Range<Int>) -> Scalar {
    precondition(
      rows.lowerBound >= 0 && rows.upperBound <= dataset.count,
      "rows \(rows) are out of bounds: there are \(dataset.count)")
    return run(dataset, rows)
  }

  /// Does one step on the rows that a sampler chooses.
  ///
  /// - Parameters:
  ///   - dataset: The data to learn from.
  ///   - sampler: Chooses the rows; left after its choice.
  /// - Returns: The loss of these rows before the step.
  /// - Precondition: The dataset fits the model, and has as many rows as the sampler chooses from.
  @discardableResult
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  public func step(_ dataset: Dataset<Scalar>, _ sampler: inout BatchSampler) -> Scalar {
    precondition(
      sampler.count == dataset.count,
      "the sampler chooses from \(sampler.count) rows; there are \(dataset.count)")
    switch sampler.advance() {
    case .consecutive(let rows): return run(dataset, rows)
    case .listed(let places):
      return sampler.order.withUnsafeBufferPointer {
        run(dataset, UnsafeBufferPointer(rebasing: $0[places]))
      }
    }
  }

  /// The accuracy of the last step's rows before it, if that is measured.
  var lastAccuracy: Scalar {
    guard measuresAccuracy, let lastStep else { return 0 }
    return lastStep.execution.scalar(1, as: Scalar.self)
  }

  /// How many rows the last step learnt from.
  var lastRowCount: Int { lastStep?.batch.rows ?? 0 }

  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  private func run(_ dataset: Dataset<Scalar>, _ rows: UnsafeBufferPointer<Int>) -> Scalar {
    let step = step(Batch(rows: rows.count, isInPlace: false))
    dataset.features.untyped.gatherRows(rows, into: step.features)
    dataset.targets.untyped.gatherRows(rows, into: step.targets)
    return run(step)
  }

  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  private func run(_ dataset: Dataset<Scalar>, _ rows: Range<Int>) -> Scalar {
    // Other rows than the model's would be read from beyond the dataset's end.
    require(
      dataset.features.count == dataset.count * base.inputShape.elementCount
        && dataset.targets.count == dataset.count * base.outputShape.elementCount,
      "the model takes samples of shape \(base.inputShape) and targets of shape "
        + "\(base.outputShape), not those of \(dataset.name)")
    // A dataset's rows lie one after the other.
    guard let x = dataset.features.untyped.start, let y = dataset.targets.untyped.start else {
      preconditionFailure("a dataset has elements")
    }
    let step = step(Batch(rows: rows.count, isInPlace: true))
    // The plan only reads them.
    let size = MemoryLayout<Scalar>.stride
    step.execution.bind(
      Input.features, to: x + rows.lowerBound * base.inputShape.elementCount * size)
    step.execution.bind(
      Input.targets, to: y + rows.lowerBound * base.outputShape.elementCount * size)
    return withExtendedLifetime(dataset) { run(step) }
  }

  private func run(_ step: Step) -> Scalar {
    stepCount += 1
    lastStep = step
    step.rate[0] = Scalar(learningRate)
    step.number[0] = Scalar(stepCount)
    step.execution.run()
    return step.execution.scalar(0, as: Scalar.self)
  }

  /// The plan of a step with this many rows, as a listing.
  ///
  ///     let model = try Sequential(input: [2], seed: 7) { Dense(1) }
  ///     let trainer = try Trainer(model, loss: .meanSquaredError, optimizer: SGD())
  ///     trainer.listing(rows: 32)
  ///     // input 0: features, input 1: targets, input 2: learning rate, input 3: number of the step
  ///     // input 4: parameters (dense1.weight at 0, dense1.bias at 8 bytes)
  ///     // arena+0 = matmul  float32(32,1), 128 bytes ← (32,2) input 0, (2,1) input 4
  ///     // …
  ///
  /// - Parameter rows: The number of rows in a step.
  /// - Returns: What the inputs are, then a line for each operation; those that go over their table
  ///   together, tile by tile, follow the first of them behind a bar.
  public func listing(rows: Int) -> String {
    let places = base.parameterLayout.map {
      "\($0.name) at \($0.offset * MemoryLayout<Scalar>.stride)"
    }
    let state = (["parameters"] + optimizer.slots).enumerated().map { row, name in
      guard isSeparate else {
        return "input \(input(0, row)): "
          + (row == 0 ? "parameters (\(places.joined(separator: ", ")) bytes)" : name)
      }
      return parts.indices.map { part in
        "input \(input(part, row)): " + (row == 0 ? "" : "\(name) of ") + parts[part].name
      }.joined(separator: ", ")
    }
    return "input \(Input.features): features, input \(Input.targets): targets, "
      + "input \(Input.rate): learning rate, input \(Input.step): number of the step\n"
      + state.joined(separator: isSeparate ? "\n" : ", ") + "\n"
      + step(Batch(rows: rows, isInPlace: false)).execution.plan.description
  }

  private func step(_ batch: Batch) -> Step {
    if let lastStep, lastStep.batch == batch { return lastStep }
    let step = steps[batch] ?? Step(execution(batch), batch)
    steps[batch] = step
    return step
  }

  private func execution(_ batch: Batch) -> Execution {
    let execution = Execution(tracedStep(batch))
    guard let start = state.baseAddress else { preconditionFailure("a model has parameters") }
    for row in 0...optimizer.slots.count {
      for (number, part) in parts.enumerated() {
        execution.bind(
          input(number, row), to: start + row * base.parameterCount + part.range.lowerBound)
      }
    }
    return execution
  }

  /// The number of a part's input, of the parameters (row 0) or a slot.
  private func input(_ part: Int, _ row: Int) -> Int { Input.state + row * parts.count + part }

  private func tracedStep(_ batch: Batch) -> Plan {
    func input(_ shape: Shape) -> Tensor<Scalar> { Tensor(Node(input: shape, Scalar.scalarType)) }
    let x = input(Shape([batch.rows] + base.inputShape.extents))
    let y = input(Shape([batch.rows] + base.outputShape.extents))
    let rate = input([])
    let step = input([])
    let state = (0...optimizer.slots.count).map { _ in parts.map { input($0.shape) } }

    let views = isSeparate ? state[0] : base.cut(state[0][0])
    let prediction = base(x, parameters: views)
    let loss = self.loss(prediction, y)
    var gradients: [Tensor<Scalar>] = Node.gradient(of: loss.node, by: views.map(\.node))
      .map { Tensor($0) }
    if !isSeparate { gradients = [concatenate(gradients.map { $0.reshaped(-1) })] }
    var updates: [(input: Int, value: Node)] = []
    for (part, gradient) in gradients.enumerated() {
      var w = state[0][part]
      let slots = zip(optimizer.slots, state.dropFirst()).map { ($0, $1[part]) }
      var s = Views(Dictionary(uniqueKeysWithValues: slots))
      optimizer.update(&w, gradient: gradient, slots: &s, rate: rate, step: step)
      updates.append((self.input(part, 0), w.node))
      for (row, name) in optimizer.slots.enumerated() {
        updates.append((self.input(part, row + 1), s[dynamicMember: name].node))
      }
    }
    let inputs = [x, y, rate, step] + state.joined()
    return Plan(
      inputs: inputs.map(\.node),
      outputs: [loss.node] + (measuresAccuracy ? [accuracy(prediction, y).node] : []),
      updates: updates,
      external: Set(Input.state..<inputs.count)
        .union(batch.isInPlace ? [Input.features, Input.targets] : []))
  }
}

/// The positions of the inputs of a step's plan; the parts of the parameters and of each slot follow from the last on.
private enum Input {
  static let features = 0
  static let targets = 1
  static let rate = 2
  static let step = 3
  static let state = 4
}
