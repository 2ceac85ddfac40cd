/// How long something takes that was done many times.
struct Timing {
  /// The median of the batches' times, for one step each, in microseconds.
  let median: Double
  /// The least of them.
  let least: Double
  /// The steps that were timed.
  let steps: Int

  /// Evaluates the times of batches, in microseconds, of so many steps each.
  init(_ batches: [Double], stepsInBatch: Int) {
    let sorted = batches.sorted()
    let middle = sorted.count / 2
    median =
      (sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2)
      / Double(stepsInBatch)
    least = sorted[0] / Double(stepsInBatch)
    steps = batches.count * stepsInBatch
  }

  /// Times a step for so many seconds after a quarter of them to warm up.
  ///
  /// The clock is read for batches of 10 ms or one step, so that it costs nothing.
  static func of(seconds: Double, _ step: () -> Void) -> Timing {
    let clock = ContinuousClock()
    func microseconds(_ count: Int) -> Double {
      let start = clock.now
      for _ in 0..<count { step() }
      return (clock.now - start) / .microseconds(1)
    }
    step()  // the first one may make its plan
    var count = 1
    while microseconds(count) < 10_000 { count *= 2 }
    let warm = clock.now + .seconds(seconds / 4)
    while clock.now < warm { _ = microseconds(count) }
    var batches: [Double] = []
    let end = clock.now + .seconds(seconds)
    while clock.now < end || batches.count < 3 { batches.append(microseconds(count)) }
    return Timing(batches, stepsInBatch: count)
  }
}
