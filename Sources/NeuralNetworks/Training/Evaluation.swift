public import Datasets
public import Tensors

/// How well a model does on a dataset.
///
///     let model = try Sequential(input: [4], seed: 1) { Dense(3, activation: .softmax) }
///     let evaluation = try model.evaluate(.iris(), loss: .categoricalCrossEntropy)
///     evaluation.count                    // 150
///     evaluation.confusion?.counts ?? []  // [[0, 50, 0], [0, 50, 0], [0, 50, 0]]
public struct Evaluation: Sendable {
  /// The mean loss.
  public let loss: Double
  /// The fraction predicted right; `nil` for regression.
  public let accuracy: Double?
  /// How often each class was predicted as each; `nil` for regression.
  public let confusion: ConfusionMatrix?
  /// The number of rows.
  public let count: Int
}

extension Evaluation: CustomStringConvertible {
  /// One line: loss, accuracy and the number of rows.
  public var description: String {
    let accuracy = accuracy.map { ", accuracy \(decimals($0 * 100, 2)) %" } ?? ""
    return "loss \(decimals(loss, 4))\(accuracy) on \(count) rows"
  }
}

/// A number with a fixed count of decimals.
package func decimals(_ value: Double, _ digits: Int) -> String {
  guard value.isFinite, value.magnitude < 1e15 else { return "\(value)" }
  let factor = (0..<digits).reduce(1.0) { product, _ in product * 10 }
  let scaled = (value.magnitude * factor).rounded()
  let whole = (scaled / factor).rounded(.down)
  let sign = value < 0 && scaled > 0 ? "-" : ""
  guard digits > 0 else { return sign + String(Int(whole)) }
  let rest = String(Int(scaled - whole * factor))
  return sign + String(Int(whole)) + "." + String(repeating: "0", count: digits - rest.count) + rest
}

extension Sequential {
  /// The most rows that are predicted at once: it bounds the memory that a prediction takes.
  private static var rowsAtOnce: Int { 1024 }

  /// Returns the network's outputs for samples.
  ///
  /// The model may be used from several tasks at once.
  ///
  ///     let model = try Sequential(Double.self, input: [2]) { Dense(1, activation: .sigmoid) }
  ///     model.predict([[0, 0], [1, 1]])  // [[0.5       ]
  ///                                      //  [0.67846203]]
  ///
  /// - Parameter features: `[count, …]`, each of the model's input shape.
  /// - Returns: `[count, …]`.
  /// - Precondition: The samples have the model's input shape.
  public func predict(_ features: Tensor<Scalar>) -> Tensor<Scalar> {
    precondition(
      features.rank == inputShape.rank + 1
        && inputShape.indices.allSatisfy { features.layout.extent($0 + 1) == inputShape[$0] },
      "the model takes samples of shape \(inputShape), not a tensor of shape \(features.shape)")
    let count = features.layout.extent(0)
    if count <= Self.rowsAtOnce { return output(features) }
    return concatenate(
      stride(from: 0, to: count, by: Self.rowsAtOnce).map { start in
        output(features[start..<min(start + Self.rowsAtOnce, count)])
      })
  }

  /// The network's outputs for samples that are predicted at once.
  private func output(_ samples: Tensor<Scalar>) -> Tensor<Scalar> {
    withExecution(on: [samples.contiguous().untyped], loss: nil) { $0.output(0, as: Scalar.self) }
  }

  /// Returns the loss and, for classes, accuracy and confusion matrix of a dataset.
  ///
  ///     var model = try Sequential(input: [4], seed: 1) { Dense(3, activation: .softmax) }
  ///     let iris = Dataset<Float>.iris()
  ///     try model.evaluate(iris)
  ///     // throws the model has not been trained: say which loss to measure
  ///     let adam = Adam(learningRate: 0.1)
  ///     try model.fit(iris, loss: .categoricalCrossEntropy, optimizer: adam, epochs: 5)
  ///     try model.evaluate(iris)  // loss 0.4150, accuracy 87.33 % on 150 rows
  ///
  /// - Parameters:
  ///   - data: The rows to predict and compare.
  ///   - loss: The loss to measure; `nil` takes the `evaluationLoss` of the one that the model was
  ///     trained for.
  /// - Returns: Loss, accuracy and confusion matrix.
  /// - Throws: `TrainingError` if the data don't fit the model, or there is no loss to measure.
  public func evaluate(
    _ data: Dataset<Scalar>, loss: (any Loss)? = nil
  ) throws(TrainingError) -> Evaluation {
    guard let loss = loss ?? self.loss?.evaluationLoss else {
      throw .setting("the model has not been trained: say which loss to measure")
    }
    try check(data, for: loss)
    var lossSum = 0.0
    var predicted: [Int] = []
    for start in stride(from: 0, to: data.count, by: Self.rowsAtOnce) {
      let rows = start..<min(start + Self.rowsAtOnce, data.count)
      let operands = [data.features[rows].untyped, data.targets[rows].untyped]
      withExecution(on: operands, loss: loss) { execution in
        predicted += execution.output(0, as: Scalar.self).classes
        lossSum += Double(execution.scalar(1, as: Scalar.self)) * Double(rows.count)
      }
    }
    let confusion = data.classNames.map {
      ConfusionMatrix(predicted: predicted, actual: data.targets.classes, classNames: $0)
    }
    return Evaluation(
      loss: lossSum / Double(data.count), accuracy: confusion?.accuracy, confusion: confusion,
      count: data.count)
  }

  /// Runs the network on samples; if there is a loss, the operands are samples and targets, and
  /// their loss is the second output.
  ///
  /// - Precondition: The operands are contiguous: they are read where they lie.
  private func withExecution<Result>(
    on operands: [UntypedTensor], loss: (any Loss)?, _ read: (Execution) -> Result
  ) -> Result {
    let key = loss.map { "\(type(of: $0).kind) \($0)" } ?? ""
    return inference.withExecution(for: operands, key) {
      let inputs = operands.map { Tensor<Scalar>(Node(input: $0.shape, Scalar.scalarType)) }
      let vector = Tensor<Scalar>(Node(input: parameters.shape, Scalar.scalarType))
      let prediction = self(inputs[0], parameters: cut(vector))
      var outputs = [prediction.node]
      if let loss { outputs.append(loss(prediction, inputs[1]).node) }
      return Plan(
        inputs: inputs.map(\.node) + [vector.node], outputs: outputs,
        external: Set(0...operands.count))
    } body: { execution in
      let vector = parameters.contiguous().untyped
      for number in operands.indices { execution.read(operands[number], as: number) }
      execution.read(vector, as: operands.count)
      execution.run()
      return withExtendedLifetime((operands, vector)) { read(execution) }
    }
  }
}
