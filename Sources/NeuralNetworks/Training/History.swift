public import Formats

/// The losses and accuracies of a training, epoch by epoch.
///
///     var model = try Sequential(input: [4], seed: 1) { Dense(3, activation: .softmax) }
///     let history: History = try model.fit(
///       .iris(), loss: .categoricalCrossEntropy, optimizer: Adam(), epochs: 2)
///     history.epochs.map(\.number)  // [1, 2]
///     history.wasCancelled          // false
public struct History: Sendable {
  /// One time through all rows.
  ///
  ///     var model = try Sequential(input: [4], seed: 1) { Dense(3, activation: .softmax) }
  ///     var losses: [Double] = []
  ///     func note(_ epoch: History.Epoch) { losses.append(epoch.loss) }
  ///     try model.fit(
  ///       .iris(), loss: .categoricalCrossEntropy, optimizer: Adam(), epochs: 3, onEpoch: note)
  ///     losses[0] > losses[2]  // true
  public struct Epoch: Sendable, Hashable {
    /// The epoch, from 1.
    public var number: Int
    /// The mean loss of the training rows, each before its step.
    public var loss: Double
    /// The fraction of the training rows predicted right, each before its step; `nil` for
    /// regression.
    public var accuracy: Double?
    /// The loss of the validation rows after the epoch.
    public var validationLoss: Double?
    /// The fraction of the validation rows predicted right after the epoch.
    public var validationAccuracy: Double?
    /// The seconds since the training began.
    public var seconds: Double
  }

  /// The epochs, in order.
  public internal(set) var epochs: [Epoch] = []
  /// Whether the training was cancelled; the last epoch may then be cut short.
  public internal(set) var wasCancelled = false

  /// The history as CSV: a header, then a line an epoch; what was not measured is left empty.
  ///
  ///     var model = try Sequential(input: [4], seed: 1) { Dense(3, activation: .softmax) }
  ///     let history = try model.fit(.iris(), loss: .categoricalCrossEntropy, optimizer: Adam())
  ///     history.csv
  ///     // epoch,loss,accuracy,validation_loss,validation_accuracy,seconds
  ///     // 1,…,…,,,…
  ///     //
  public var csv: String {
    func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
    let lines = epochs.map { epoch in
      [
        String(epoch.number), text(epoch.loss), text(epoch.accuracy), text(epoch.validationLoss),
        text(epoch.validationAccuracy), text(epoch.seconds),
      ].joined(separator: ",")
    }
    let header = "epoch,loss,accuracy,validation_loss,validation_accuracy,seconds"
    return ([header] + lines).map { $0 + "\n" }.joined()
  }

  /// Writes ``csv`` to a file, beside its place and renamed.
  ///
  ///     var model = try Sequential(input: [4], seed: 1) { Dense(3, activation: .softmax) }
  ///     let history = try model.fit(.iris(), loss: .categoricalCrossEntropy, optimizer: Adam())
  ///     try history.write(to: "history.csv")
  ///
  /// - Parameter path: The file; one that is there is replaced.
  /// - Throws: `FormatError` if it can't be written.
  public func write(to path: String) throws(FormatError) {
    try File.replace(path) { (writer) throws(FormatError) in try writer.append(Array(csv.utf8)) }
  }
}
