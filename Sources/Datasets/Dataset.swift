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
}
