internal import Tensors

/// Rows to train with and rows to test with, drawn at random, by class, or as they stand.
///
///     let split = try TrainTestSplit(test: 0.2, seed: 42).rows(of: 10)
///     split.train  // [5, 0, 7, 2, 9, 4, 3, 6]
///     split.test   // [8, 1]
///     try TrainTestSplit(test: 3, seed: nil).rows(of: 5).test  // [2, 3, 4]
///
/// - SeeAlso: scikit-learn's `train_test_split`: the same rows in the same order. ``ShuffleSplit``
///   draws several times.
public struct TrainTestSplit: Sendable, Hashable {
  /// The rows to test with, rounded up; `nil` means those not to train with, or a quarter of all if
  /// ``train`` is `nil` too.
  public var test: SplitSize?
  /// The rows to train with, rounded down; `nil` means those not to test with.
  public var train: SplitSize?
  /// What the rows are drawn with, from 0 to 2³² − 1; `nil` draws nothing: the first rows are those
  /// to train with, and those to test with follow.
  public var seed: Int?

  /// Makes a rule to split by; what is wrong with it is told when it is applied.
  ///
  /// - Parameters:
  ///   - test: The rows to test with, a fraction or a count; `nil` means those not to train with,
  ///     or a quarter of all.
  ///   - train: The rows to train with; `nil` means those not to test with.
  ///   - seed: From 0 to 2³² − 1; `nil` takes the rows as they stand.
  public init(test: SplitSize? = nil, train: SplitSize? = nil, seed: Int?) {
    self.test = test
    self.train = train
    self.seed = seed
  }

  /// Returns how many rows each part gets.
  ///
  ///     try TrainTestSplit(test: 0.3, seed: 0).sizes(of: 11)             // (train: 7, test: 4)
  ///     try TrainTestSplit(test: 2, train: 0.5, seed: 0).sizes(of: 11)  // (train: 5, test: 2)
  ///     try TrainTestSplit(test: 11, seed: 0).sizes(of: 11)
  ///     // throws the number of rows to test with is 11, not from 1 to 10
  ///
  /// - Parameter count: The number of rows.
  /// - Returns: Two counts of at least 1; together at most `count`.
  /// - Throws: `DatasetError` if a fraction isn't between 0 and 1, a count not between 0 and `count`,
  ///   both are more than there are, or a part gets no row.
  public func sizes(of count: Int) throws(DatasetError) -> (train: Int, test: Int) {
    try Self.sizes(of: count, test: test, train: train, default: 0.25)
  }

  /// Returns the numbers of the rows of each part.
  ///
  /// - Parameter count: The number of rows.
  /// - Returns: Row numbers in the order drawn.
  /// - Throws: `DatasetError` as ``sizes(of:)`` does, and if the seed is out of range.
  public func rows(of count: Int) throws(DatasetError) -> RowSplit {
    let (train, test) = try sizes(of: count)
    guard let seed else {
      return RowSplit(train: Array(0..<train), test: Array(train..<train + test))
    }
    var random = try RandomState(datasetSeed: seed)
    return RowSplit(drawing: test, and: train, of: count, with: &random)
  }

  /// Returns the numbers of rows of which each part has every class as often as the whole, as near
  /// as counts can.
  ///
  ///     let split = try TrainTestSplit(test: 0.5, seed: 0).rows(stratifiedBy: [0, 0, 0, 0, 1, 1])
  ///     split.train  // [2, 4, 3]
  ///     split.test   // [5, 1, 0]
  ///     try TrainTestSplit(test: 0.5, seed: 0).rows(stratifiedBy: ["a", "b", "a"])
  ///     // throws a stratified split needs two rows of each class, but “b” has one
  ///
  /// - Parameter labels: The class of each row: numbers, text or what else has an order, which
  ///   decides the order of the draws.
  /// - Returns: Row numbers in the order drawn.
  /// - Throws: `DatasetError` as ``rows(of:)`` does, and if there is no seed, a class has a single
  ///   row, or a part has fewer rows than there are classes.
  /// - SeeAlso: scikit-learn's `train_test_split(…, stratify=labels)`.
  public func rows<Label: Hashable & Comparable>(
    stratifiedBy labels: [Label]
  ) throws(DatasetError) -> RowSplit {
    guard let seed else {
      throw DatasetError("a stratified split draws its rows, so its seed can't be nil")
    }
    let (trainCount, testCount) = try sizes(of: labels.count)
    let classes = Dictionary(grouping: labels.indices) { labels[$0] }.sorted { $0.key < $1.key }
    if let single = classes.first(where: { $0.value.count < 2 }) {
      throw DatasetError(
        "a stratified split needs two rows of each class, but “\(single.key)” has one")
    }
    for (count, purpose) in [(trainCount, "train"), (testCount, "test")]
    where count < classes.count {
      throw DatasetError(
        "\(rowsInWords(count)) to \(purpose) with can't hold one of each of \(classes.count) "
          + "classes")
    }
    var random = try RandomState(datasetSeed: seed)
    let counts = classes.map(\.value.count)
    let trainCounts = Self.shares(of: trainCount, among: counts, with: &random)
    let left = zip(counts, trainCounts).map { $0 - $1 }
    let testCounts = Self.shares(of: testCount, among: left, with: &random)
    var (train, test): ([Int], [Int]) = ([], [])
    for (rows, (trainCount, testCount)) in zip(classes.map(\.value), zip(trainCounts, testCounts)) {
      let drawn = random.permutation(rows.count).map { rows[$0] }
      train += drawn.prefix(trainCount)
      test += drawn.dropFirst(trainCount).prefix(testCount)
    }
    random.shuffle(&train)
    random.shuffle(&test)
    return RowSplit(train: train, test: test)
  }

  /// The sizes of two parts, and what a test part gets if no size is given.
  static func sizes(
    of count: Int, test: SplitSize?, train: SplitSize?, default fallback: SplitSize
  ) throws(DatasetError) -> (train: Int, test: Int) {
    try Limits.require(count, "the number of rows", from: 0)
    try Limits.require(rows: count)
    guard count > 1 else {
      throw DatasetError("\(rowsInWords(count)) can't be split: each part needs one")
    }
    let test = train == nil ? test ?? fallback : test
    var testCount = try test?.rows(of: count, to: "test", rounded: .up)
    var trainCount = try train?.rows(of: count, to: "train", rounded: .down)
    if case .fraction(let a)? = train, case .fraction(let b)? = test, a + b > 1 {
      throw DatasetError(
        "the fractions of rows to train and test with, \(a) and \(b), are more than 1 together")
    }
    if trainCount == nil { trainCount = count - (testCount ?? 0) }
    if testCount == nil { testCount = count - (trainCount ?? 0) }
    guard let trainCount, let testCount, trainCount + testCount <= count else {
      throw DatasetError(
        "\(trainCount ?? 0) rows to train with and \(testCount ?? 0) to test with are more than "
          + "the \(count) there are")
    }
    guard trainCount > 0, testCount > 0 else {
      throw DatasetError(
        "\(rowsInWords(count)) can't be split: "
          + (trainCount > 0
            ? "training with \(trainCount) of them leaves none to test with"
            : "testing with \(testCount) of them leaves none to train with"))
    }
    return (trainCount, testCount)
  }

  /// How many of `total` draws each class gets: its share rounded down, and one more for those of
  /// the greatest remainders, where equal remainders are drawn from.
  private static func shares(
    of total: Int, among counts: [Int], with random: inout RandomState
  ) -> [Int] {
    let all = Double(counts.reduce(0, +))
    let shares = counts.map { Double($0) / all * Double(total) }
    var whole = shares.map { Int($0.rounded(.down)) }
    var missing = total - whole.reduce(0, +)
    let remainders = zip(shares, whole).map { $0 - Double($1) }
    for remainder in Set(remainders).sorted(by: >) where missing > 0 {
      let equal = remainders.indices.filter { remainders[$0] == remainder }
      let chosen = random.permutation(equal.count).prefix(missing)
      for position in chosen { whole[equal[position]] += 1 }
      missing -= chosen.count
    }
    return whole
  }
}

extension RowSplit {
  /// The first rows of a permutation to test with, those that follow to train with.
  init(drawing test: Int, and train: Int, of count: Int, with random: inout RandomState) {
    let order = random.permutation(count)
    self.init(train: Array(order[test..<test + train]), test: Array(order[..<test]))
  }
}

/// “1 row”, “2 rows”.
func rowsInWords(_ count: Int) -> String { count == 1 ? "1 row" : "\(count) rows" }
