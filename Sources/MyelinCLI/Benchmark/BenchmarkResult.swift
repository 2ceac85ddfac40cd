import Myelin

/// What is printed of a job.
struct BenchmarkResult: Encodable {
  /// The median of the time of a step, in microseconds.
  var stepUs: Double
  /// The least time of a step, in microseconds.
  var minUs: Double
  /// The steps that were timed.
  var steps: Int
  /// The operations of the matrix products in a nanosecond.
  var gflops: Double
  /// The mean loss of the first steps, before any was timed.
  var lossFirst: Double
  /// The mean loss of the last steps.
  var lossLast: Double
  /// The most memory that the process has held until then, in 10⁶ bytes.
  var peakMb: Double?

  init(
    _ timing: Timing, operations: Double, lossFirst: Double, lossLast: Double, peakMb: Double?
  ) {
    stepUs = timing.median
    minUs = timing.least
    steps = timing.steps
    gflops = operations / timing.median / 1e3
    self.lossFirst = lossFirst
    self.lossLast = lossLast
    self.peakMb = peakMb
  }

  /// Refuses what isn't a training: a time says nothing if the numbers have run away.
  func check(_ name: String) throws(Failure) {
    guard lossFirst.isFinite, lossLast.isFinite else {
      throw Failure(.software, "\(name): the loss went from \(lossFirst) to \(lossLast)")
    }
  }

  /// The names of the columns.
  static let head = row([
    "job", "µs a step", "least", "steps", "GFLOP/s", "first loss", "last loss", "peak MB",
  ])

  /// A row of the table.
  func line(_ name: String) -> String {
    BenchmarkResult.row([
      name, decimals(stepUs, 2), decimals(minUs, 2), String(steps), decimals(gflops, 2),
      decimals(lossFirst, 5), decimals(lossLast, 5), peakMb.map { decimals($0, 0) } ?? "–",
    ])
  }

  private static func row(_ cells: [String]) -> String {
    let widths = [8, 12, 12, 10, 9, 11, 11, 9]
    let padded = zip(cells, widths).enumerated().map { column, cell in
      let padding = String(repeating: " ", count: max(0, cell.1 - cell.0.count))
      return column == 0 ? cell.0 + padding : padding + cell.0
    }
    return padded.joined(separator: " ") + "\n"
  }
}
