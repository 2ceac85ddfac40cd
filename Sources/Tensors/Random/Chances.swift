/// The chances of the numbers from 0 on, for a choice among them.
struct Chances {
  private var probabilities: [Double]

  /// - Precondition: The probabilities are not faulty.
  init(_ probabilities: [Double]) { self.probabilities = probabilities }

  /// What can be wrong with probabilities, in the order in which it is looked for.
  enum Fault {
    case count
    case notANumber
    case negative
    case sum
  }

  /// What is wrong with the probabilities of `count` numbers, if anything.
  static func fault(of probabilities: [Double], count: Int) -> Fault? {
    if probabilities.count != count { return .count }
    // Kahan's compensated sum, as in NumPy.
    var sum = probabilities.first ?? 0
    var compensation = 0.0
    for probability in probabilities.dropFirst() {
      let term = probability - compensation
      let next = sum + term
      compensation = (next - sum) - term
      sum = next
    }
    if sum.isNaN { return .notANumber }
    if probabilities.contains(where: { $0 < 0 }) { return .negative }
    return (sum - 1).magnitude <= Double.ulpOfOne.squareRoot() ? nil : .sum
  }

  /// `size` numbers, each from a sample between 0 and 1.
  func positions(_ size: Int, sample: () -> Double) -> [Int] {
    let cumulative = cumulative
    return (0..<size).map { _ in Self.position(of: sample(), in: cumulative) }
  }

  /// `size` different numbers: those drawn twice are drawn again, in rounds, with what is left of
  /// the chances.
  ///
  /// - Precondition: As many probabilities are greater than 0.
  func distinctPositions(_ size: Int, sample: () -> Double) -> [Int] {
    var left = self
    var found: [Int] = []
    while found.count < size {
      let cumulative = left.cumulative
      for _ in found.count..<size {
        let position = Self.position(of: sample(), in: cumulative)
        // The chance is 0 from the moment a position is found.
        if left.probabilities[position] == 0 { continue }
        left.probabilities[position] = 0
        found.append(position)
      }
    }
    return found
  }

  /// The sums of the chances up to and with each, over the sum of all.
  private var cumulative: [Double] {
    var sum = 0.0
    let sums = probabilities.map { probability in
      sum += probability
      return sum
    }
    return sums.map { $0 / sum }
  }

  /// The first position whose sum is greater than `sample`: NumPy's `searchsorted` with
  /// `side='right'`.
  private static func position(of sample: Double, in cumulative: [Double]) -> Int {
    var low = 0
    var high = cumulative.count
    while low < high {
      let middle = low + (high - low) / 2
      if cumulative[middle] > sample { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
