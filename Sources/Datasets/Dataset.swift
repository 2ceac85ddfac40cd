public import Tensors

/// Rows of features, and what is to be learnt about each: the targets.
///
///     let digits = Dataset.digits()
///     digits.features.shape  // (1797, 64)
///     digits.targets.shape   // (1797, 10)
///     let (train, test) = digits.split(testFraction: 0.3, seed: 42)
///     train.count  // 1257
///     test.count   // 540
public struct Dataset<Scalar: FloatingScalar>: Sendable {
  /// What the data set is called.
  public let name: String
  /// `[count, …]`: a row a sample.
  public let features: Tensor<Scalar>
  /// `[count, outputs]`: for classes a one in the column of the class and zeros elsewhere, else the
  /// numbers to predict.
  public let targets: Tensor<Scalar>
  /// A name for each feature of a row in C order, or none at all.
  public let featureNames: [String]
  /// The names of the classes, one a column of ``targets``; `nil` if the targets are numbers.
  public let classNames: [String]?

  /// Makes a data set.
  ///
  ///     let houses = Dataset<Float>(
  ///       name: "houses", features: [[120, 5], [60, 2]], targets: [[300], [150]],
  ///       featureNames: ["area", "rooms"])
  ///     houses.count  // 2
  ///
  /// - Parameters:
  ///   - name: What it is called.
  ///   - features: `[count, …]`.
  ///   - targets: `[count, outputs]`; one-hot if `classNames` are given.
  ///   - featureNames: A name for each feature of a row, or none.
  ///   - classNames: The names of the classes, or `nil` if the targets are numbers.
  /// - Precondition: The shapes and counts fit each other.
  public init(
    name: String, features: Tensor<Scalar>, targets: Tensor<Scalar>, featureNames: [String] = [],
    classNames: [String]? = nil
  ) {
    precondition(features.rank >= 2, "features have the shape [count, …], not \(features.shape)")
    precondition(targets.rank == 2, "targets have the shape [count, outputs], not \(targets.shape)")
    precondition(
      features.shape[0] == targets.shape[0],
      "\(features.shape[0]) rows of features, but \(targets.shape[0]) of targets")
    let width = features.shape.dropFirst().reduce(1, *)
    precondition(
      featureNames.isEmpty || featureNames.count == width,
      "\(featureNames.count) names for \(width) features")
    if let classNames {
      precondition(
        classNames.count == targets.shape[1],
        "\(classNames.count) names of classes for \(targets.shape[1]) columns of targets")
    }
    self.name = name
    // Rows are taken by number in every step of a training: they lie one after the other.
    self.features = features.contiguous()
    self.targets = targets.contiguous()
    self.featureNames = featureNames
    self.classNames = classNames
  }

  /// Makes a data set of classes from their labels.
  ///
  ///     let animals = Dataset<Float>(
  ///       name: "animals", features: [[4], [30]], labels: [0, 1], classNames: ["cat", "dog"],
  ///       featureNames: ["weight"])
  ///     animals.targets       // [[1. 0.]
  ///                           //  [0. 1.]]
  ///     animals.labels ?? []  // [0, 1]
  ///
  /// - Parameters:
  ///   - name: What it is called.
  ///   - features: `[count, …]`.
  ///   - labels: `[count]`, each a position in `classNames`.
  ///   - classNames: The names of the classes.
  ///   - featureNames: A name for each feature of a row, or none.
  /// - Precondition: The counts fit each other, and every label is in range.
  public init(
    name: String, features: Tensor<Scalar>, labels: [Int], classNames: [String],
    featureNames: [String] = []
  ) {
    self.init(
      name: name, features: features, targets: .oneHot(labels, classes: classNames.count),
      featureNames: featureNames, classNames: classNames)
  }

  /// The number of rows.
  public var count: Int { features.layout.extent(0) }

  /// The class of each row, a position in ``classNames``; `nil` if the targets are numbers.
  public var labels: [Int]? {
    guard let classNames else { return nil }
    return classNames.isEmpty ? [] : targets.argMax(axis: 1).scalars
  }

  /// Returns the rows of these numbers, in the order given.
  ///
  ///     Dataset.iris().rows([0, 149]).labels ?? []  // [0, 2]
  ///
  /// - Parameter numbers: Row numbers from 0 to `count - 1`; repeats are allowed.
  /// - Returns: A data set of `numbers.count` rows.
  /// - Precondition: Every number is in range.
  public func rows(_ numbers: [Int]) -> Dataset {
    Dataset(
      name: name, features: features.rows(numbers), targets: targets.rows(numbers),
      featureNames: featureNames, classNames: classNames)
  }

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
  ///   ``splitSizes(count:testFraction:)``.
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
}
