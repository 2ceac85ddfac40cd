internal import Tensors

/// Rows to train with and to test with, drawn anew for each split.
///
///     let rule = ShuffleSplit(splitCount: 3, test: 0.2, seed: 0)
///     for split in try rule.splits(of: 10) { print(split.test) }
///     try rule.splits(of: 10).map(\.test)  // [[2, 8], [3, 5], [2, 3]]
///
/// - SeeAlso: scikit-learn's `ShuffleSplit`: the same rows in the same order.
public struct ShuffleSplit: Sendable, Hashable {
  /// The number of splits, 1 or more: scikit-learn's `n_splits`.
  public var splitCount: Int
  /// The rows to test with, rounded up; `nil` means those not to train with, or a tenth of all if
  /// ``train`` is `nil` too.
  public var test: SplitSize?
  /// The rows to train with, rounded down; `nil` means those not to test with.
  public var train: SplitSize?
  /// What the rows are drawn with, from 0 to 2³² − 1.
  public var seed: Int

  /// Makes a rule to split by; what is wrong with it is told when it is applied.
  ///
  ///     let rule = ShuffleSplit(splitCount: 4, test: 20, train: 0.5, seed: 1)
  ///     try rule.splits(of: 100).map(\.train.count)  // [50, 50, 50, 50]
  ///
  /// - Parameters:
  ///   - splitCount: The number of splits, 1 or more.
  ///   - test: The rows to test with, a fraction or a count; `nil` means those not to train with,
  ///     or a tenth of all.
  ///   - train: The rows to train with; `nil` means those not to test with.
  ///   - seed: From 0 to 2³² − 1.
  public init(
    splitCount: Int = 10, test: SplitSize? = nil, train: SplitSize? = nil, seed: Int
  ) {
    self.splitCount = splitCount
    self.test = test
    self.train = train
    self.seed = seed
  }

  /// Returns how many rows each part gets.
  ///
  ///     try ShuffleSplit(train: 0.5, seed: 0).sizes(of: 11)  // (train: 5, test: 6)
  ///
  /// - Parameter count: The number of rows.
  /// - Returns: Two counts of at least 1; together at most `count`.
  /// - Throws: `DatasetError` if a fraction isn't between 0 and 1, a count not between 0 and `count`,
  ///   both are more than there are, or a part gets no row.
  public func sizes(of count: Int) throws(DatasetError) -> (train: Int, test: Int) {
    try TrainTestSplit.sizes(of: count, test: test, train: train, default: 0.1)
  }

  /// Returns the splits, drawn one at a time as they are read.
  ///
  /// - Parameter count: The number of rows.
  /// - Returns: A sequence of splits, the same each time it is read; row numbers in the order drawn.
  /// - Throws: `DatasetError` as ``sizes(of:)`` does, and if there is no split or the seed is out of
  ///   range.
  public func splits(of count: Int) throws(DatasetError) -> ShuffledSplits {
    try Limits.require(splitCount, "the number of splits")
    let (train, test) = try sizes(of: count)
    return ShuffledSplits(
      random: try RandomState(datasetSeed: seed), left: splitCount, rows: count, train: train,
      test: test)
  }
}

/// Splits drawn one after the other.
///
///     let splits = try ShuffleSplit(splitCount: 2, test: 1, seed: 0).splits(of: 4)
///     splits.map(\.train)  // [[3, 1, 0], [2, 1, 3]]
///     var drawn = splits.makeIterator()
///     drawn.next()?.train  // Optional([3, 1, 0])
public struct ShuffledSplits: Sequence, IteratorProtocol, Sendable {
  private var random: RandomState
  private var left: Int
  private let rows: Int
  private let train: Int
  private let test: Int

  init(random: RandomState, left: Int, rows: Int, train: Int, test: Int) {
    self.random = random
    self.left = left
    self.rows = rows
    self.train = train
    self.test = test
  }

  /// Draws the next split; `nil` when all are drawn.
  public mutating func next() -> RowSplit? {
    guard left > 0 else { return nil }
    left -= 1
    return RowSplit(drawing: test, and: train, of: rows, with: &random)
  }
}
