import Datasets
import Tensors
import TestSupport
import Testing

@Suite struct TrainTestSplitTests {
  @Test func asTheReference() throws {
    for reference in try referenceCases("train_test_split") {
      let arguments = try #require(reference.child("args"))
      let id = try #require(reference.string("id"))
      let count = try #require(arguments.int("n"))
      let labels = reference.child("inputs")?.array("stratify")?.ints
      let seed = arguments.bool("shuffle") == false ? nil : arguments.int("random_state")
      let rule = TrainTestSplit(
        test: arguments.size("test_size"), train: arguments.size("train_size"), seed: seed)
      let split = try labels.map { try rule.rows(stratifiedBy: $0) } ?? rule.rows(of: count)
      let expected = try #require(reference.child("expected"))
      #expect(split.train == expected.array("train")?.ints, "\(id) train")
      #expect(split.test == expected.array("test")?.ints, "\(id) test")
      // The same of a data set, whose first feature is the row's number.
      let numbers = Tensor((0..<count).map(Double.init)).reshaped(count, 1)
      let classes = labels.map { $0.max() ?? 0 }.map { (0...$0).map(String.init) }
      let dataset =
        if let labels, let classes, !labels.contains(where: { $0 < 0 }) {
          Dataset(name: id, features: numbers, labels: labels, classNames: classes)
        } else {
          Dataset(name: id, features: numbers, targets: numbers)
        }
      let parts = try dataset.split(
        test: rule.test, train: rule.train, seed: seed, stratified: dataset.labels != nil)
      if dataset.labels != nil || labels == nil {
        #expect(parts.train.features.scalars == split.train.map(Double.init), "\(id)")
        #expect(parts.test.features.scalars == split.test.map(Double.init), "\(id)")
      }
    }
  }

  @Test func partsAreDisjoint() throws {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<200 {
      let count = Int.random(in: 2...60, using: &random)
      let test = Int.random(in: 1..<count, using: &random)
      let train = Int.random(in: 1...count - test, using: &random)
      let seed = Bool.random(using: &random) ? Int.random(in: 0..<1 << 32, using: &random) : nil
      let rule = TrainTestSplit(test: .count(test), train: .count(train), seed: seed)
      let split = try rule.rows(of: count)
      #expect(split.train.count == train && split.test.count == test)
      #expect(Set(split.train + split.test).count == train + test)
      #expect((split.train + split.test).allSatisfy { (0..<count).contains($0) })
    }
  }

  @Test func classesKeepTheirParts() throws {
    var random = SeededGenerator(seed: 12)
    for _ in 0..<200 {
      let classes = Int.random(in: 1...5, using: &random)
      var labels = (0..<Int.random(in: 4 * classes...80, using: &random)).map { _ in
        Int.random(in: 0..<classes, using: &random)
      }
      labels += (0..<classes).flatMap { [$0, $0] }
      let fraction = Double.random(in: 0.3...0.7, using: &random)
      let seed = Int.random(in: 0..<1000, using: &random)
      let rule = TrainTestSplit(test: .fraction(fraction), seed: seed)
      let (trainCount, testCount) = try rule.sizes(of: labels.count)
      let split = try rule.rows(stratifiedBy: labels)
      #expect(split.train.count == trainCount && split.test.count == testCount)
      #expect((split.train + split.test).sorted() == Array(labels.indices))
      for label in 0..<classes {
        let all = labels.count { $0 == label }
        let train = split.train.count { labels[$0] == label }
        let share = Double(all) * Double(trainCount) / Double(labels.count)
        // Rounded down or one more.
        #expect(abs(Double(train) - share) < 1 + 1e-9)
      }
    }
  }

  @Test func labelsOfAnyKind() throws {
    let rule = TrainTestSplit(test: 0.5, seed: 3)
    let words = ["b", "a", "a", "b", "c", "c", "c", "c"]
    let split = try rule.rows(stratifiedBy: words)
    #expect(try rule.rows(stratifiedBy: [1, 0, 0, 1, 2, 2, 2, 2]) == split)
    // A class that no row has doesn't count.
    #expect(try rule.rows(stratifiedBy: [5, -1, -1, 5, 9, 9, 9, 9]) == split)
  }

  @Test func badArguments() {
    func error(
      _ message: String, _ count: Int, test: SplitSize? = nil, train: SplitSize? = nil,
      seed: Int? = 0, sourceLocation: SourceLocation = #_sourceLocation
    ) {
      expectError(message, sourceLocation: sourceLocation) {
        try TrainTestSplit(test: test, train: train, seed: seed).rows(of: count)
      }
    }
    for fraction in [0, 1, -0.5, 1.5, .nan, .infinity] {
      error(
        "the fraction of rows to test with is \(fraction), not between 0 and 1", 10,
        test: .fraction(fraction))
      error(
        "the fraction of rows to train with is \(fraction), not between 0 and 1", 10,
        test: 0.3, train: .fraction(fraction))
    }
    for rows in [0, -1, 10, .max, .min] {
      error(
        "the number of rows to test with is \(rows), not from 1 to 9", 10, test: .count(rows))
      error(
        "the number of rows to train with is \(rows), not from 1 to 9", 10, test: 1,
        train: .count(rows))
    }
    error(
      "the fractions of rows to train and test with, 0.8 and 0.3, are more than 1 together", 10,
      test: 0.3, train: 0.8)
    error(
      "6 rows to train with and 5 to test with are more than the 10 there are", 10, test: 5,
      train: 6)
    error(
      "8 rows to train with and 3 to test with are more than the 10 there are", 10, test: 0.25,
      train: 8)
    error("3 rows can't be split: testing with 3 of them leaves none to train with", 3, test: 0.9)
    error("1 row can't be split: each part needs one", 1, test: 0.5)
    error("0 rows can't be split: each part needs one", 0)
    error("the number of rows is -4, not 0 or more", -4)
    error("\(Int.max) rows are more than 268435456", .max)
    error("the seed is -1, not from 0 to 4294967295", 10, seed: -1)
  }

  @Test func badStrata() throws {
    func error(
      _ message: String, _ labels: [Int], test: SplitSize? = nil, seed: Int? = 0,
      sourceLocation: SourceLocation = #_sourceLocation
    ) {
      expectError(message, sourceLocation: sourceLocation) {
        try TrainTestSplit(test: test, seed: seed).rows(stratifiedBy: labels)
      }
    }
    error("a stratified split draws its rows, so its seed can't be nil", [0, 0, 1, 1], seed: nil)
    error("a stratified split needs two rows of each class, but “7” has one", [0, 0, 7, 0])
    error(
      "2 rows to test with can't hold one of each of 3 classes", [0, 0, 1, 1, 2, 2, 2], test: 2)
    error(
      "2 rows to train with can't hold one of each of 3 classes", [0, 0, 1, 1, 2, 2, 2], test: 5)
    error("0 rows can't be split: each part needs one", [])
    expectError("a stratified split needs classes, but the targets of “diabetes” are numbers") {
      try Dataset.diabetes().split(test: 0.5, seed: 0, stratified: true)
    }
  }
}

extension ReferenceCase {
  /// A size as scikit-learn takes it: a whole number is a count, another a fraction.
  func size(_ key: String) -> SplitSize? {
    if let count = integer(key) { return .count(Int(count)) }
    return double(key).map { .fraction($0) }
  }
}

/// Records an issue if splits differ from a case's `train0`, `test0`, `train1` and so on.
func expectEqual(
  _ splits: some Sequence<RowSplit>, of reference: ReferenceCase,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let expected = try #require(reference.child("expected"), sourceLocation: sourceLocation)
  var count = 0
  for (number, split) in splits.enumerated() {
    let id = "\(reference.string("id") ?? "?") split \(number)"
    #expect(
      split.train == expected.array("train\(number)")?.ints, "\(id)",
      sourceLocation: sourceLocation)
    #expect(
      split.test == expected.array("test\(number)")?.ints, "\(id)", sourceLocation: sourceLocation)
    count += 1
  }
  #expect(2 * count == expected.object.count, sourceLocation: sourceLocation)
}
