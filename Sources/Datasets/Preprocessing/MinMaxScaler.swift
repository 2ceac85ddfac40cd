public import Tensors

/// Scales each feature so that the rows it was fitted on fill a range: `x · scale + offset`.
///
///     let scaler = MinMaxScaler(fitting: Tensor<Float>([1, 3]).reshaped(2, 1))
///     scaler.transform(Tensor([2]))  // [0.5]
///
/// To store it, store ``minimum``, ``maximum`` and ``range``.
/// - SeeAlso: scikit-learn's `MinMaxScaler`, which passes over NaN when it is fitted; here it
///   spreads.
public struct MinMaxScaler<Scalar: FloatingScalar>: Scaler {
  /// The least number of each feature.
  public let minimum: Tensor<Scalar>
  /// The greatest number of each feature.
  public let maximum: Tensor<Scalar>
  /// What the rows are scaled to.
  public let range: ClosedRange<Scalar>
  /// What each feature is multiplied by.
  public let scale: Tensor<Scalar>
  /// What is then added to it: scikit-learn's `min_`.
  public let offset: Tensor<Scalar>

  /// Makes a scaler of stored numbers.
  ///
  ///     let scaler = MinMaxScaler<Float>(minimum: [0, 10], maximum: [4, 20], range: -1...1)
  ///     scaler.transform([[1, 10], [4, 15]])  // [[-0.5 -1. ]
  ///                                           //  [ 1.   0. ]]
  ///
  /// - Parameters:
  ///   - minimum: The least number of each feature.
  ///   - maximum: The greatest number of each feature, the same shape.
  ///   - range: What to scale to.
  /// - Precondition: The shapes are equal, and the range isn't a single number.
  public init(
    minimum: Tensor<Scalar>, maximum: Tensor<Scalar>, range: ClosedRange<Scalar> = 0...1
  ) {
    precondition(
      minimum.shape == maximum.shape,
      "a minimum of shape \(minimum.shape) and a maximum of \(maximum.shape)")
    precondition(range.lowerBound < range.upperBound, "\(range) is no range to scale to")
    self.minimum = minimum
    self.maximum = maximum
    self.range = range
    let extents = maximum - minimum
    // Features as good as constant are moved but not stretched: the bound of scikit-learn.
    let isConstant = extents .< Tensor(10 * Scalar.ulpOfOne)
    scale =
      Tensor(range.upperBound - range.lowerBound)
      / select(isConstant, .ones(extents.shape), extents)
    offset = Tensor(range.lowerBound) - minimum * scale
  }

  /// Makes a scaler from rows to train with.
  ///
  ///     let scaler = MinMaxScaler(fitting: Tensor<Float>([[1], [3]]), to: -1...1)
  ///     scaler.transform([[1.5]])        // [[-0.5]]
  ///     scaler.inverseTransform([[-1]])  // [[1.]]
  ///
  /// - Parameters:
  ///   - features: `[count, …]`.
  ///   - range: What to scale to.
  /// - Precondition: There is at least one row.
  public init(fitting features: Tensor<Scalar>, to range: ClosedRange<Scalar> = 0...1) {
    precondition(
      features.rank > 0 && features.shape[0] > 0,
      "a scaler needs at least one row of features to be fitted")
    self.init(minimum: features.min(axis: 0), maximum: features.max(axis: 0), range: range)
  }

  /// Returns features of which those of the rows fitted on fill the range.
  ///
  /// - Parameter features: `[…, features]`: rows, or one row, like those that the scaler was fitted
  ///   on.
  /// - Returns: The same shape; numbers beyond those fitted on lie beyond the range.
  /// - Precondition: The features of a row are as many as the scaler was fitted on.
  public func transform(_ features: Tensor<Scalar>) -> Tensor<Scalar> {
    requireRows(features, of: scale.shape, "the min-max scaler")
    return features * scale + offset
  }

  /// Returns features as they were before ``transform(_:)``.
  ///
  /// - Parameter features: `[…, features]`.
  /// - Returns: The same shape.
  /// - Precondition: The features of a row are as many as the scaler was fitted on.
  public func inverseTransform(_ features: Tensor<Scalar>) -> Tensor<Scalar> {
    requireRows(features, of: scale.shape, "the min-max scaler")
    return (features - offset) / scale
  }
}
