import Datasets
import TestSupport
import Testing

@Suite struct KFoldTests {
  @Test func asTheReference() throws {
    for reference in try referenceCases("KFold") {
      let arguments = try #require(reference.child("args"))
      let rule = KFold(
        splitCount: arguments.int("n_splits") ?? 5,
        seed: arguments.bool("shuffle") == true ? arguments.int("random_state") : nil)
      try expectEqual(rule.splits(of: #require(arguments.int("n"))), of: reference)
    }
  }

  @Test func foldsCoverAllRows() throws {
    var random = SeededGenerator(seed: 21)
    for _ in 0..<200 {
      let count = Int.random(in: 2...60, using: &random)
      let folds = Int.random(in: 2...count, using: &random)
      let seed = Bool.random(using: &random) ? Int.random(in: 0..<1 << 32, using: &random) : nil
      let splits = try KFold(splitCount: folds, seed: seed).splits(of: count)
      #expect(splits.count == folds)
      #expect(splits.flatMap(\.test).sorted() == Array(0..<count))
      let sizes = splits.map(\.test.count)
      #expect(sizes == sizes.sorted(by: >) && sizes[0] - sizes[folds - 1] <= 1)
      for split in splits {
        #expect((split.train + split.test).sorted() == Array(0..<count))
        #expect(split.train == split.train.sorted() && split.test == split.test.sorted())
      }
    }
  }

  @Test func manySplitsTakeNoMemory() throws {
    // All at once they would be 10¹² row numbers.
    let splits = try KFold(splitCount: 1_000_000).splits(of: 1_000_000)
    #expect(splits[999_999].test == [999_999])
  }

  @Test func badArguments() {
    for (splits, rows, message) in [
      (1, 10, "the number of splits is 1, not 2 or more"),
      (-5, 10, "the number of splits is -5, not 2 or more"),
      (11, 10, "11 splits of 10 rows would leave some without a row: there can be 2 to 10"),
      (
        .max, 10,
        "\(Int.max) splits of 10 rows would leave some without a row: there can be 2 to 10"
      ),
      (2, 1, "2 splits of 1 row would leave some without a row: there must be 2 rows or more"),
      (2, 0, "2 splits of 0 rows would leave some without a row: there must be 2 rows or more"),
      (2, -1, "the number of rows is -1, not 0 or more"),
      (2, .max, "\(Int.max) rows are more than 268435456"),
    ] {
      expectError(message) { try KFold(splitCount: splits).splits(of: rows) }
    }
    expectError("the seed is -1, not from 0 to 4294967295") { try KFold(seed: -1).splits(of: 9) }
  }
}
