import Myelin

/// Shows how far a training is: a bar on a terminal, a line an epoch elsewhere.
struct ProgressDisplay {
  private let isInteractive: Bool
  private let print: (String) -> Void
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var lastDrawn: ContinuousClock.Instant?

  /// Shows progress through `print`; the bar is drawn over and over in one line if the output is a
  /// terminal.
  init(isInteractive: Bool, print: @escaping (String) -> Void) {
    self.isInteractive = isInteractive
    self.print = print
    start = clock.now
  }

  /// Draws the bar, at most 15 times a second.
  mutating func show(_ progress: TrainingProgress) {
    guard isInteractive else { return }
    let now = clock.now
    if let lastDrawn, now - lastDrawn < .milliseconds(66), progress.step < progress.steps { return }
    lastDrawn = now
    let seconds = (now - start) / .seconds(1)
    print(
      "\r" + ProgressDisplay.bar(progress, seconds: seconds, width: Terminal.width) + "\u{1B}[K")
  }

  /// Ends the bar's line, or prints the epoch's.
  mutating func show(_ epoch: History.Epoch, of epochs: Int) {
    if isInteractive {
      if epoch.number == epochs { finish() }
      return
    }
    var line = "epoch \(epoch.number)/\(epochs)  loss \(decimals(epoch.loss, 4))"
    if let accuracy = epoch.accuracy { line += "  accuracy \(decimals(accuracy * 100, 2)) %" }
    if let loss = epoch.validationLoss { line += "  validation loss \(decimals(loss, 4))" }
    if let accuracy = epoch.validationAccuracy {
      line += "  validation accuracy \(decimals(accuracy * 100, 2)) %"
    }
    print(line + "\n")
  }

  /// Leaves the bar's line.
  mutating func finish() {
    if isInteractive, lastDrawn != nil { print("\n") }
    lastDrawn = nil
  }

  /// A bar, and beside it epoch, step, loss, accuracy, samples a second and the time left.
  ///
  /// Where the terminal is too narrow, what matters least is left out.
  static func bar(_ progress: TrainingProgress, seconds: Double, width: Int) -> String {
    let epochs = Double(progress.epochs)
    let done = Double(progress.epoch - 1) + Double(progress.step) / Double(progress.steps)
    let left = seconds / done * (epochs - done)
    // The fields in their order, each with its rank: the highest is left out first.
    var fields: [(text: String, rank: Int)] = [
      ("epoch \(progress.epoch)/\(progress.epochs)", 1),
      ("step \(progress.step)/\(progress.steps)", 5), ("loss \(decimals(progress.loss, 4))", 2),
    ]
    if let accuracy = progress.accuracy {
      fields.append(("accuracy \(decimals(accuracy * 100, 2)) %", 4))
    }
    let speed = Double(progress.samples) / max(seconds, 1e-9)
    fields.append(("\(decimals(speed, 0)) samples/s", 6))
    fields.append(("\(decimals(left, 1)) s left", 3))
    func length() -> Int { fields.reduce(0) { $0 + $1.text.count + 2 } }
    let leastBar = 10
    while length() + leastBar + 2 > width, fields.count > 1,
      let last = fields.indices.max(by: { fields[$0].rank < fields[$1].rank })
    {
      fields.remove(at: last)
    }
    let text = fields.map(\.text).joined(separator: "  ")
    let room = min(20, width - length() - 2)
    guard room >= leastBar else { return String(text.prefix(max(width - 1, 1))) }
    let filled = Int(Double(room) * done / epochs)
    return "[" + String(repeating: "█", count: filled)
      + String(repeating: "·", count: room - filled) + "] " + text
  }
}
