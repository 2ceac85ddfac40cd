internal import Tensors

/// Cross-validation: the rows cut into as many folds as there are splits, each of which is once to
/// test with while all others are to train with.
///
///     for split in try KFold(splitCount: 2).splits(of: 5) { print(split.train, split.test) }
///     let splits = try KFold(splitCount: 3, seed: 42).splits(of: 10)
///     splits.count    // 3
///     splits[0].test  // [0, 1, 5, 8]
///
/// The first `rows % splitCount` folds have one row more than the others.
/// - SeeAlso: scikit-learn's `KFold`: the same rows in the same order. ``StratifiedKFold`` keeps the
///   parts of the classes.
public struct KFold: Sendable, Hashable {
  /// The number of folds, 2 or more: scikit-learn's `n_splits`.
  public var splitCount: Int
  /// What the rows are shuffled with, from 0 to 2³² − 1; `nil` takes them as they stand.
  public var seed: Int?

  /// Makes a rule to split by; what is wrong with it is told when it is applied.
  ///
  /// - Parameters:
  ///   - splitCount: The number of folds, 2 or more and no more than rows.
  ///   - seed: Shuffles the rows, from 0 to 2³² − 1; `nil` takes them as they stand.
  public init(splitCount: Int = 5, seed: Int? = nil) {
    self.splitCount = splitCount
    self.seed = seed
  }

  /// Returns the splits, made one at a time as they are read.
  ///
  /// - Parameter count: The number of rows.
  /// - Returns: As many splits as folds; row numbers ascend in each part.
  /// - Throws: `DatasetError` if there are fewer than two folds or fewer rows than folds, or the seed
  ///   is out of range.
  public func splits(of count: Int) throws(DatasetError) -> FoldSplits {
    try Self.check(splitCount, rows: count)
    var order = Array(0..<count)
    if let seed {
      var random = try RandomState(datasetSeed: seed)
      random.shuffle(&order)
    }
    let (size, longer) = count.quotientAndRemainder(dividingBy: splitCount)
    var folds = [Int](repeating: 0, count: count)
    for (position, row) in order.enumerated() {
      let inLonger = position / (size + 1)
      folds[row] = inLonger < longer ? inLonger : (position - longer) / size
    }
    return FoldSplits(foldOfRow: folds, count: splitCount)
  }

  /// Checks a number of folds of rows.
  static func check(_ splitCount: Int, rows count: Int) throws(DatasetError) {
    try Limits.require(splitCount, "the number of splits", from: 2)
    try Limits.require(count, "the number of rows", from: 0)
    try Limits.require(rows: count)
    guard splitCount <= count else {
      throw DatasetError(
        "\(splitCount) splits of \(rowsInWords(count)) would leave some without a row: there "
          + (count < 2 ? "must be 2 rows or more" : "can be 2 to \(count)"))
    }
  }
}

/// The splits of a cross-validation: each fold once to test with.
///
/// A split is made when it is read, so that many splits of many rows take no memory together.
///
///     let splits = try KFold(splitCount: 2).splits(of: 5)
///     splits[1].train  // [0, 1, 2]
///     splits[1].test   // [3, 4]
///     splits.map(\.test.count)  // [3, 2]
public struct FoldSplits: RandomAccessCollection, Sendable {
  /// The fold in which each row is to test with.
  let foldOfRow: [Int]
  /// The number of splits.
  public let count: Int

  /// The position of the first split: 0.
  public var startIndex: Int { 0 }
  /// The position after the last split: ``count``.
  public var endIndex: Int { count }

  /// The split that tests with a fold.
  ///
  /// - Parameter position: From 0 to ``count`` − 1.
  /// - Precondition: The position is in range.
  public subscript(position: Int) -> RowSplit {
    precondition(indices.contains(position), "there is no split \(position) of \(count)")
    var (train, test): ([Int], [Int]) = ([], [])
    for (row, fold) in foldOfRow.enumerated() {
      if fold == position { test.append(row) } else { train.append(row) }
    }
    return RowSplit(train: train, test: test)
  }
}
