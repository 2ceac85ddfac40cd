public import Tensors

/// Brings each feature to a common range, and back.
///
/// A scaler is fitted on the rows to train with and nothing else: what it knows of the test rows
/// would flatter the score.
///
///     let (train, test) = Dataset.iris().split(testFraction: 0.2, seed: 42)
///     let scaler = StandardScaler(fitting: train.features)
///     let (scaledTrain, scaledTest) = (train.scaled(by: scaler), test.scaled(by: scaler))
///     scaledTrain.features.mean().scalar.magnitude < 1e-6  // true
///     scaledTest.features.shape                            // (30, 4)
public protocol Scaler<Scalar>: Sendable {
  /// The type of the numbers.
  associatedtype Scalar: FloatingScalar

  /// Returns features in the common range.
  ///
  ///     let scaler: some Scaler<Float> = StandardScaler(mean: [2], scale: [4])
  ///     scaler.transform([[2], [6]])  // [[0.]
  ///                                   //  [1.]]
  ///
  /// - Parameter features: `[…, features]`: rows, or one row, like those that the scaler was fitted
  ///   on.
  /// - Returns: The same shape.
  /// - Precondition: The features of a row are as many as the scaler was fitted on.
  func transform(_ features: Tensor<Scalar>) -> Tensor<Scalar>

  /// Returns features as they were before ``transform(_:)``.
  ///
  ///     let scaler: some Scaler<Float> = StandardScaler(mean: [2], scale: [4])
  ///     scaler.inverseTransform([[0], [1]])  // [[2.]
  ///                                          //  [6.]]
  ///
  /// - Parameter features: `[…, features]`.
  /// - Returns: The same shape.
  /// - Precondition: The features of a row are as many as the scaler was fitted on.
  func inverseTransform(_ features: Tensor<Scalar>) -> Tensor<Scalar>
}

extension Dataset {
  /// Returns the data set with its features scaled.
  ///
  ///     let iris = Dataset.iris()
  ///     iris.scaled(by: MinMaxScaler(fitting: iris.features)).features.max()  // 1.0000001
  ///
  /// - Parameter scaler: Fitted on rows of the same shape.
  /// - Returns: The same targets and names.
  /// - Precondition: The features of a row are as many as the scaler was fitted on.
  public func scaled(by scaler: some Scaler<Scalar>) -> Dataset {
    Dataset(
      name: name, features: scaler.transform(features), targets: targets,
      featureNames: featureNames, classNames: classNames)
  }
}

/// Stops unless rows have the shape that a scaler was fitted on; without the check some would
/// broadcast.
func requireRows<Scalar>(_ features: Tensor<Scalar>, of shape: Shape, _ scaler: String) {
  precondition(
    Array(features.shape.suffix(shape.rank)) == shape.extents,
    "\(scaler) was fitted on rows of the shape \(shape), not \(features.shape)")
}
