import Datasets
import TestSupport
import Testing

@Suite struct ShuffleSplitTests {
  @Test func asTheReference() throws {
    for reference in try referenceCases("ShuffleSplit") {
      let arguments = try #require(reference.child("args"))
      let rule = ShuffleSplit(
        splitCount: arguments.int("n_splits") ?? 10, test: arguments.size("test_size"),
        train: arguments.size("train_size"), seed: try #require(arguments.int("random_state")))
      try expectEqual(rule.splits(of: #require(arguments.int("n"))), of: reference)
    }
  }

  @Test func sizes() throws {
    var random = SeededGenerator(seed: 41)
    for _ in 0..<100 {
      let count = Int.random(in: 2...60, using: &random)
      let test = Int.random(in: 1..<count, using: &random)
      let train = Int.random(in: 1...count - test, using: &random)
      let seed = Int.random(in: 0..<1 << 32, using: &random)
      let rule = ShuffleSplit(
        splitCount: 4, test: .count(test), train: .count(train), seed: seed)
      let splits = Array(try rule.splits(of: count))
      #expect(splits.count == 4)
      for split in splits {
        #expect(split.train.count == train && split.test.count == test)
        #expect(Set(split.train + split.test).count == train + test)
      }
      // The first is the split of a single draw, and reading again draws the same.
      let single = TrainTestSplit(test: .count(test), train: .count(train), seed: seed)
      #expect(try single.rows(of: count) == splits[0])
      #expect(Array(try rule.splits(of: count)) == splits)
    }
    let (train, test) = try ShuffleSplit(seed: 0).sizes(of: 11)
    #expect(train == 9 && test == 2)
  }

  @Test func drawsOnlyWhatIsRead() throws {
    let splits = try ShuffleSplit(splitCount: .max, seed: 0).splits(of: 10)
    #expect(Array(splits.prefix(2)).count == 2)
  }

  @Test func badArguments() {
    expectError("the number of splits is 0, not 1 or more") {
      try ShuffleSplit(splitCount: 0, seed: 0).splits(of: 10)
    }
    expectError("the fraction of rows to test with is 1.0, not between 0 and 1") {
      try ShuffleSplit(test: 1.0, seed: 0).splits(of: 10)
    }
    expectError("the seed is -1, not from 0 to 4294967295") {
      try ShuffleSplit(seed: -1).splits(of: 10)
    }
  }
}
