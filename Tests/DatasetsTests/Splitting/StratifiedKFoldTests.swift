import Datasets
import TestSupport
import Testing

@Suite struct StratifiedKFoldTests {
  @Test func asTheReference() throws {
    for reference in try referenceCases("StratifiedKFold") {
      let arguments = try #require(reference.child("args"))
      let labels = try #require(reference.child("inputs")?.array("y")).ints
      let rule = StratifiedKFold(
        splitCount: arguments.int("n_splits") ?? 5,
        seed: arguments.bool("shuffle") == true ? arguments.int("random_state") : nil)
      try expectEqual(rule.splits(stratifiedBy: labels), of: reference)
    }
  }

  @Test func foldsHaveEveryClass() throws {
    var random = SeededGenerator(seed: 31)
    for _ in 0..<200 {
      let classes = Int.random(in: 1...5, using: &random)
      let labels = (0..<Int.random(in: 20...80, using: &random)).map { _ in
        Int.random(in: 0..<classes, using: &random)
      }
      let counts = (0..<classes).map { label in labels.count { $0 == label } }
      let folds = Int.random(in: 2...max(2, counts.max() ?? 2), using: &random)
      let seed = Bool.random(using: &random) ? Int.random(in: 0..<1 << 32, using: &random) : nil
      let splits = try StratifiedKFold(splitCount: folds, seed: seed).splits(stratifiedBy: labels)
      #expect(splits.flatMap(\.test).sorted() == Array(labels.indices))
      for split in splits {
        #expect((split.train + split.test).sorted() == Array(labels.indices))
        for (label, count) in counts.enumerated() {
          let part = split.test.count { labels[$0] == label }
          #expect(part == count / folds || part == count / folds + 1)
        }
      }
    }
  }

  @Test func badArguments() {
    expectError("4 splits are more than the rows of any class: the largest has 3 rows") {
      try StratifiedKFold(splitCount: 4).splits(stratifiedBy: [0, 0, 0, 1, 1])
    }
    expectError("the number of splits is 0, not 2 or more") {
      try StratifiedKFold(splitCount: 0).splits(stratifiedBy: [0, 0])
    }
    expectError("5 splits of 0 rows would leave some without a row: there must be 2 rows or more") {
      try StratifiedKFold().splits(stratifiedBy: [Int]())
    }
    expectError("the seed is 4294967296, not from 0 to 4294967295") {
      try StratifiedKFold(splitCount: 2, seed: 1 << 32).splits(stratifiedBy: ["a", "a"])
    }
  }
}
