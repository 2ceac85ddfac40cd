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

  /// The bar: epoch, step, loss, accuracy, samples a second and the time left, cut to the
  /// terminal's width.
  static func bar(_ progress: TrainingProgress, seconds: Double, width: Int) -> String {
    let steps = progress.steps * progress.epochs
    let done = (progress.epoch - 1) * progress.steps + progress.step
    let left = seconds / Double(done) * Double(steps - done)
    var text = "epoch \(progress.epoch)/\(progress.epochs)  step \(progress.step)/\(progress.steps)"
    text += "  loss \(decimals(progress.loss, 4))"
    if let accuracy = progress.accuracy { text += "  accuracy \(decimals(accuracy * 100, 2)) %" }
    text += "  \(decimals(Double(progress.samples) / max(seconds, 1e-9), 0)) samples/s"
    text += "  \(decimals(left, 1)) s left"
    let room = min(20, width - text.count - 4)
    guard room >= 5 else { return String(text.prefix(max(width - 1, 1))) }
    let filled = room * done / steps
    return "[" + String(repeating: "█", count: filled)
      + String(repeating: "·", count: room - filled) + "] " + text
  }
}
