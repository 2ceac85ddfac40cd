public import Tensors

extension Dataset {
  /// Returns rows to train with and rows to test with, drawn at random.
  ///
  ///     let (train, test) = Dataset.iris().split(testFraction: 0.2, seed: 42)
  ///     train.count  // 120
  ///     test.count   // 30
  ///
  /// - Parameters:
  ///   - testFraction: The part of the rows to test with, between 0 and 1; rounded up to whole
  ///     rows.
  ///   - seed: From 0 to 2³² − 1; the same seed draws the same rows.
  /// - Returns: Two data sets that have no row in common and all rows together.
  /// - Precondition: The seed is in range, and both parts get a row: see
  ///   ``splitSizes(count:testFraction:)``. ``split(test:train:seed:stratified:)`` throws instead.
  /// - SeeAlso: scikit-learn's `train_test_split(…, test_size=testFraction, random_state=seed)`:
  ///   the same rows in the same order.
  public func split(testFraction: Double, seed: Int) -> (train: Dataset, test: Dataset) {
    guard let word = UInt32(exactly: seed) else {
      preconditionFailure("Seed must be between 0 and 2**32 - 1")
    }
    let testCount: Int
    do throws(ShapeError) {
      testCount = try Dataset.splitSizes(count: count, testFraction: testFraction).test
    } catch {
      preconditionFailure(error.message)
    }
    var random = RandomState(seed: word)
    let order = random.permutation(count)
    return (rows(Array(order[testCount...])), rows(Array(order[..<testCount])))
  }

  /// Returns how many rows a split gives to each part.
  ///
  ///     try Dataset<Float>.splitSizes(count: 11, testFraction: 0.3)  // (train: 7, test: 4)
  ///
  /// - Parameters:
  ///   - count: The number of rows.
  ///   - testFraction: The part of the rows to test with.
  /// - Returns: Two counts of at least 1 that sum up to `count`.
  /// - Throws: `ShapeError` if the fraction isn't between 0 and 1, or a part gets no row.
  /// - SeeAlso: scikit-learn's `train_test_split`.
  public static func splitSizes(
    count: Int, testFraction: Double
  ) throws(ShapeError) -> (train: Int, test: Int) {
    guard testFraction > 0, testFraction < 1 else {
      throw ShapeError("the fraction of rows to test with is \(testFraction), not between 0 and 1")
    }
    let test = Int((Double(count) * testFraction).rounded(.up))
    guard test > 0, test < count else {
      throw ShapeError(
        "\(count == 1 ? "1 row" : "\(count) rows") can't be split: testing with \(testFraction) "
          + "of them leaves none to \(test > 0 ? "train" : "test") with")
    }
    return (count - test, test)
  }

  /// Returns rows to train with and rows to test with: drawn at random, by class, or as they stand.
  ///
  ///     let iris = Dataset.iris()
  ///     let (train, test) = try iris.split(test: 0.2, seed: 42, stratified: true)
  ///     train.count  // 120
  ///     test.targets.sum(axis: 0)                         // [10. 10. 10.]
  ///     try iris.split(test: 15, train: 30, seed: 1).train.count  // 30
  ///     try iris.split(test: 0.5, seed: nil).test.labels?[0]      // Optional(1)
  ///
  /// - Parameters:
  ///   - test: The rows to test with, a fraction or a count; `nil` means those not to train with,
  ///     or a quarter of all.
  ///   - train: The rows to train with; `nil` means those not to test with.
  ///   - seed: From 0 to 2³² − 1; `nil` draws nothing: the first rows are those to train with, and
  ///     those to test with follow.
  ///   - stratified: Whether each part gets every class as often as the whole, as near as counts
  ///     can.
  /// - Returns: Two data sets that have no row in common.
  /// - Throws: `DatasetError` as ``TrainTestSplit/rows(of:)`` and
  ///   ``TrainTestSplit/rows(stratifiedBy:)`` do, and if a split is to be stratified but the targets
  ///   are numbers.
  /// - SeeAlso: scikit-learn's `train_test_split`: the same rows in the same order.
  public func split(
    test: SplitSize? = nil, train: SplitSize? = nil, seed: Int?, stratified: Bool = false
  ) throws(DatasetError) -> (train: Dataset, test: Dataset) {
    let rule = TrainTestSplit(test: test, train: train, seed: seed)
    let split: RowSplit
    if stratified {
      guard let labels else {
        throw DatasetError(
          "a stratified split needs classes, but the targets of “\(name)” are numbers")
      }
      split = try rule.rows(stratifiedBy: labels)
    } else {
      split = try rule.rows(of: count)
    }
    return (rows(split.train), rows(split.test))
  }
}
