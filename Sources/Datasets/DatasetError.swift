internal import Tensors

/// Arguments that no data set can be made, or split, with.
///
///     try Dataset.moons(count: -3, seed: 42)  // throws the count is -3, not 1 or more
///     try KFold(splitCount: 12).splits(of: 10)
///     // throws 12 splits of 10 rows would leave some without a row: there can be 2 to 10
///     DatasetError("no rows").description     // no rows
public struct DatasetError: Error, Hashable, Sendable, CustomStringConvertible {
  /// One sentence that names the argument, its value and what would be right.
  public let message: String

  /// Makes an error with the sentence to show.
  ///
  /// - Parameter message: The sentence.
  public init(_ message: String) { self.message = message }

  /// The message.
  public var description: String { message }
}

/// What arguments from outside must keep to, checked before anything is allocated.
enum Limits {
  /// The greatest number of rows, and of numbers in a table: 2 GB of `Double`.
  static let elements = 1 << 28
  /// The greatest number of classes, each of which has a name and a column of targets.
  static let classes = 1 << 16
  /// The greatest number of clusters of points.
  static let clusters = 1 << 20

  /// Checks a whole number: `least` or more.
  static func require(_ value: Int, _ name: String, from least: Int = 1) throws(DatasetError) {
    guard value >= least else { throw DatasetError("\(name) is \(value), not \(least) or more") }
  }

  /// Checks a number: finite, and 0 or more.
  static func require(nonnegative value: Double, _ name: String) throws(DatasetError) {
    guard value >= 0, value.isFinite else {
      throw DatasetError("\(name) is \(value), not a finite number of 0 or more")
    }
  }

  /// Checks a number: finite.
  static func require(finite value: Double, _ name: String) throws(DatasetError) {
    guard value.isFinite else { throw DatasetError("\(name) is \(value), not a finite number") }
  }

  /// Checks that rows can be numbered.
  static func require(rows count: Int) throws(DatasetError) {
    guard count <= elements else {
      throw DatasetError("\(count) rows are more than \(elements)")
    }
  }

  /// Checks that a table is not too large; neither count is negative.
  static func require(table rows: Int, by columns: Int, _ name: String) throws(DatasetError) {
    let (product, overflows) = rows.multipliedReportingOverflow(by: columns)
    guard !overflows, product <= elements else {
      throw DatasetError(
        "\(name) of \(rows) × \(columns) numbers are too large: at most \(elements) are made")
    }
  }

  /// The sum of counts of rows, each of which is 0 or more.
  static func total(of counts: [Int]) throws(DatasetError) -> Int {
    var total = 0
    for count in counts {
      guard count >= 0 else { throw DatasetError("a count of rows is \(count), not 0 or more") }
      let (sum, overflows) = total.addingReportingOverflow(count)
      guard !overflows, sum <= elements else {
        throw DatasetError("the counts of rows are more than \(elements) together")
      }
      total = sum
    }
    guard total > 0 else { throw DatasetError("the counts of rows are all 0: there must be a row") }
    return total
  }
}

extension RandomState {
  /// A generator of a seed from outside.
  init(datasetSeed seed: Int) throws(DatasetError) {
    guard let word = UInt32(exactly: seed) else {
      throw DatasetError("the seed is \(seed), not from 0 to \(UInt32.max)")
    }
    self.init(seed: word)
  }
}
