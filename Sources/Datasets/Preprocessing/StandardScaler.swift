public import Tensors

/// Scales each feature to mean 0 and variance 1: `(x − mean) / scale`.
///
///     let scaler = StandardScaler(fitting: Tensor<Float>([1, 3]).reshaped(2, 1))
///     scaler.mean   // [2.]
///     scaler.scale  // [1.]
///
/// To store it, store ``mean`` and ``scale``.
/// - SeeAlso: scikit-learn's `StandardScaler`, which passes over NaN when it is fitted; here it
///   spreads.
public struct StandardScaler<Scalar: FloatingScalar>: Scaler {
  /// The mean of each feature.
  public let mean: Tensor<Scalar>
  /// The standard deviation of each feature (of the whole, not of a sample); 1 where it is
  /// constant.
  public let scale: Tensor<Scalar>

  /// Makes a scaler of stored numbers.
  ///
  ///     StandardScaler<Float>(mean: [2], scale: [4]).transform([[2], [6]])  // [[0.]
  ///                                                                         //  [1.]]
  ///
  /// - Parameters:
  ///   - mean: The mean of each feature.
  ///   - scale: What to divide each feature by, the same shape.
  /// - Precondition: The shapes are equal.
  public init(mean: Tensor<Scalar>, scale: Tensor<Scalar>) {
    precondition(
      mean.shape == scale.shape, "a mean of shape \(mean.shape) and a scale of \(scale.shape)")
    self.mean = mean
    self.scale = scale
  }

  /// Makes a scaler from rows to train with.
  ///
  /// - Parameter features: `[count, …]`.
  /// - Precondition: There is at least one row.
  public init(fitting features: Tensor<Scalar>) {
    let moments = Moments(features)
    let count = Double(features.shape[0])
    let epsilon = Double.ulpOfOne
    let scale = zip(moments.mean, moments.variance).map { mean, variance in
      // The variance of equal numbers isn't quite 0 when their mean is rounded: the bound of
      // scikit-learn.
      let rounding = count * mean * epsilon
      let isConstant = variance <= count * epsilon * variance + rounding * rounding
      return isConstant ? 1 : variance.squareRoot()
    }
    let shape = Shape(Array(features.shape.dropFirst()))
    self.init(
      mean: Tensor(Tensor<Double>(moments.mean, shape: shape)),
      scale: Tensor(Tensor<Double>(scale, shape: shape)))
  }

  /// Returns features of mean 0 and variance 1.
  ///
  /// - Parameter features: `[…, features]`: rows, or one row, like those that the scaler was fitted
  ///   on.
  /// - Returns: The same shape.
  /// - Precondition: The features of a row are as many as the scaler was fitted on.
  public func transform(_ features: Tensor<Scalar>) -> Tensor<Scalar> {
    requireRows(features, of: mean.shape, "the standard scaler")
    return (features - mean) / scale
  }

  /// Returns features as they were before ``transform(_:)``.
  ///
  /// - Parameter features: `[…, features]`.
  /// - Returns: The same shape.
  /// - Precondition: The features of a row are as many as the scaler was fitted on.
  public func inverseTransform(_ features: Tensor<Scalar>) -> Tensor<Scalar> {
    requireRows(features, of: mean.shape, "the standard scaler")
    return features * scale + mean
  }
}

/// The mean and the variance of each column of rows, summed in `Double`.
struct Moments {
  var mean: [Double]
  var variance: [Double]

  init<Scalar: FloatingScalar>(_ rows: Tensor<Scalar>) {
    precondition(
      rows.rank > 0 && rows.shape[0] > 0, "a scaler needs at least one row of features to be fitted"
    )
    // Compiled for each scalar: a loop over the generic interface is many times slower.
    switch Scalar.scalarType {
    case .float32: self.init(summing: Tensor<Float>(rows))
    default: self.init(summing: Tensor<Double>(rows))
    }
  }

  private init<Scalar: FloatingScalar>(summing rows: Tensor<Scalar>) {
    let count = rows.shape[0]
    let width = rows.count / count
    // Three rows of sums: the mean, the deviations from it and their squares.
    var sums = [Double](repeating: 0, count: 3 * width)
    rows.withElements { elements in
      sums.withUnsafeMutableBufferPointer { sums in
        let mean = UnsafeMutableBufferPointer(rebasing: sums[..<width])
        let deviations = UnsafeMutableBufferPointer(rebasing: sums[width..<2 * width])
        let squares = UnsafeMutableBufferPointer(rebasing: sums[(2 * width)...])
        for row in 0..<count {
          let row = UnsafeBufferPointer(rebasing: elements[row * width..<(row + 1) * width])
          for column in 0..<width { mean[column] += Double(row[column]) }
        }
        for column in 0..<width { mean[column] /= Double(count) }
        for row in 0..<count {
          let row = UnsafeBufferPointer(rebasing: elements[row * width..<(row + 1) * width])
          for column in 0..<width {
            let deviation = Double(row[column]) - mean[column]
            deviations[column] += deviation
            squares[column] += deviation * deviation
          }
        }
      }
    }
    let mean = sums[..<width]
    let deviations = sums[width..<2 * width]
    let squares = sums[(2 * width)...]
    // The deviations sum up to what rounding took from the mean, and mend both results (Chan, Golub
    // & LeVeque 1983).
    variance = zip(deviations, squares).map { deviation, square in
      max(square - deviation * deviation / Double(count), 0) / Double(count)
    }
    self.mean = zip(mean, deviations).map { $0 + $1 / Double(count) }
  }
}
