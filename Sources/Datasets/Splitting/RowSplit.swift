/// The numbers of the rows to train with and of those to test with.
///
///     let iris = Dataset.iris()
///     for split in try KFold(splitCount: 5, seed: 42).splits(of: iris.count) {
///       let (train, test) = (iris.rows(split.train), iris.rows(split.test))
///       assert(train.count == 120 && test.count == 30)
///     }
///     RowSplit(train: [0, 2], test: [1]).test  // [1]
public struct RowSplit: Sendable, Hashable {
  /// Row numbers from 0, each once.
  public let train: [Int]
  /// Row numbers from 0, each once and none of those in ``train``.
  public let test: [Int]

  /// Makes a split of row numbers.
  ///
  /// - Parameters:
  ///   - train: The rows to train with.
  ///   - test: The rows to test with.
  public init(train: [Int], test: [Int]) {
    self.train = train
    self.test = test
  }
}

/// How many rows a part of a split gets: a fraction of all, or a count.
///
/// A literal with a point is a fraction, one without is a count, as in scikit-learn:
///
///     try TrainTestSplit(test: 0.25, seed: 0).sizes(of: 10)  // (train: 7, test: 3)
///     try TrainTestSplit(test: 4, seed: 0).sizes(of: 10)     // (train: 6, test: 4)
///     SplitSize.count(4) == 4                                // true
///     SplitSize.fraction(0.25) == 0.25                       // true
public enum SplitSize: Sendable, Hashable, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
  /// A part of the rows, between 0 and 1.
  case fraction(Double)
  /// A number of rows, from 1 to one less than there are.
  case count(Int)

  /// Makes a count of a whole number.
  public init(integerLiteral value: Int) { self = .count(value) }

  /// Makes a fraction of a number with a point.
  public init(floatLiteral value: Double) { self = .fraction(value) }

  /// The rows of `count` that this is, rounded if it is a fraction.
  ///
  /// `count` is 2 or more and at most ``Limits/elements``.
  func rows(
    of count: Int, to purpose: String, rounded rule: FloatingPointRoundingRule
  ) throws(DatasetError) -> Int {
    switch self {
    case .fraction(let fraction):
      guard fraction > 0, fraction < 1 else {
        throw DatasetError(
          "the fraction of rows to \(purpose) with is \(fraction), not between 0 and 1")
      }
      return Int((Double(count) * fraction).rounded(rule))
    case .count(let rows):
      guard rows > 0, rows < count else {
        throw DatasetError(
          "the number of rows to \(purpose) with is \(rows), not from 1 to \(count - 1)")
      }
      return rows
    }
  }
}
