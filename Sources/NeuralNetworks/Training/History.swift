public import Formats

/// The losses and accuracies of a training, epoch by epoch.
public struct History: Sendable {
  /// One time through all rows.
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
  /// - Parameter path: The file; one that is there is replaced.
  /// - Throws: `FormatError` if it can't be written.
  public func write(to path: String) throws(FormatError) {
    try File.replace(path) { (writer) throws(FormatError) in try writer.append(Array(csv.utf8)) }
  }
}
