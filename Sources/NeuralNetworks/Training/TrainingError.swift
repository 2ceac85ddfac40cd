/// Why a model can't be trained, or its training stopped.
///
///     var model = try Sequential(input: [4]) { Dense(3, activation: .softmax) }
///     try model.fit(.iris(), loss: .categoricalCrossEntropy, optimizer: SGD(), epochs: 0)
///     // throws epochs is 0; it must be 1 or more
///     TrainingError.diverged(step: 7, epoch: 1, loss: .nan)
///     // the loss became nan at step 7 (epoch 1); a smaller learning rate may help
public enum TrainingError: Error, Sendable, CustomStringConvertible {
  /// A setting makes no sense; the sentence names it and says what would be right.
  case setting(String)
  /// The data don't fit the model; the sentence says in what.
  case data(String)
  /// The loss became infinite or NaN. The model keeps the parameters of the last epoch that ended
  /// well.
  case diverged(step: Int, epoch: Int, loss: Double)

  /// One sentence.
  public var description: String {
    switch self {
    case .setting(let sentence), .data(let sentence): sentence
    case .diverged(let step, let epoch, let loss):
      "the loss became \(loss.isFinite ? .nan : loss) at step \(step) (epoch \(epoch)); a smaller learning rate "
        + "may help"
    }
  }
}
