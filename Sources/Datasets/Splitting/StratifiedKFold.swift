internal import Tensors

/// Cross-validation whose folds have every class as often as the whole, as near as counts can.
///
///     let labels = [0, 0, 0, 1, 1, 1]
///     let splits = try StratifiedKFold(splitCount: 3).splits(stratifiedBy: labels)
///     splits[0].test  // [0, 3]
///
/// - SeeAlso: scikit-learn's `StratifiedKFold`: the same rows in the same order.
public struct StratifiedKFold: Sendable, Hashable {
  /// The number of folds, 2 or more: scikit-learn's `n_splits`.
  public var splitCount: Int
  /// What the rows of each class are shuffled with, from 0 to 2³² − 1; `nil` takes them as they
  /// stand.
  public var seed: Int?

  /// Makes a rule to split by; what is wrong with it is told when it is applied.
  ///
  ///     let rule = StratifiedKFold(splitCount: 3, seed: 0)
  ///     let labels = Dataset.iris().labels ?? []
  ///     try rule.splits(stratifiedBy: labels).map(\.test.count)  // [50, 50, 50]
  ///
  /// - Parameters:
  ///   - splitCount: The number of folds, 2 or more and no more than the rows of the largest class.
  ///   - seed: Shuffles the rows of each class, from 0 to 2³² − 1; `nil` takes them as they stand.
  public init(splitCount: Int = 5, seed: Int? = nil) {
    self.splitCount = splitCount
    self.seed = seed
  }

  /// Returns the splits, made one at a time as they are read.
  ///
  /// A class of fewer rows than folds is missing in some of them.
  /// - Parameter labels: The class of each row.
  /// - Returns: As many splits as folds; row numbers ascend in each part.
  /// - Throws: `DatasetError` if there are fewer than two folds, every class has fewer rows than there
  ///   are folds, or the seed is out of range.
  public func splits<Label: Hashable>(
    stratifiedBy labels: [Label]
  ) throws(DatasetError) -> FoldSplits {
    try KFold.check(splitCount, rows: labels.count)
    // Classes count in the order in which they come up.
    var numbers: [Label: Int] = [:]
    var rowsOfClass: [[Int]] = []
    for (row, label) in labels.enumerated() {
      if let number = numbers[label] {
        rowsOfClass[number].append(row)
      } else {
        numbers[label] = rowsOfClass.count
        rowsOfClass.append([row])
      }
    }
    let largest = rowsOfClass.map(\.count).max() ?? 0
    guard splitCount <= largest else {
      throw DatasetError(
        "\(splitCount) splits are more than the rows of any class: the largest has "
          + rowsInWords(largest))
    }
    var random = try seed.map { seed throws(DatasetError) in try RandomState(datasetSeed: seed) }
    var folds = [Int](repeating: 0, count: labels.count)
    var position = 0
    for rows in rowsOfClass {
      // The rows of all classes in turn are dealt out to the folds like cards; a class gives each
      // fold its rows in one run.
      var dealt = (position..<position + rows.count).map { $0 % splitCount }.sorted()
      random?.shuffle(&dealt)
      for (row, fold) in zip(rows, dealt) { folds[row] = fold }
      position += rows.count
    }
    return FoldSplits(foldOfRow: folds, count: splitCount)
  }
}
