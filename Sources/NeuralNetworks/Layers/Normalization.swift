import Datasets
public import Tensors

/// A layer that shifts and scales each feature by constants, `(x − mean) / scale`.
///
/// It trains nothing. As the first layer it lets a model take raw data: the constants come from the
/// training rows and are saved with the model.
///
///     let layer = Normalization(mean: [1, 10], scale: [2, 5])
///     layer(Tensor<Double>([[1, 10], [3, 0]]), Views([:]))  // [[ 0.  0.]
///                                                           //  [ 1. -2.]]
///
/// - SeeAlso: Keras's `Normalization`, scikit-learn's `StandardScaler`.
public struct Normalization: Layer {
  /// `Normalization`.
  public static var kind: String { "Normalization" }

  /// What is subtracted from each feature.
  public var mean: [Double]
  /// What each feature is divided by then, not 0.
  public var scale: [Double]

  /// Describes a normalization.
  ///
  /// - Parameters:
  ///   - mean: One number a feature.
  ///   - scale: One number a feature, none of them 0.
  public init(mean: [Double], scale: [Double]) {
    self.mean = mean
    self.scale = scale
  }

  /// Describes a normalization by the features of training rows: each gets mean 0 and, without
  /// pooling, deviation 1.
  ///
  /// With pooling the scale is `√(variance + pooling · mean variance of all features)`: for
  /// features that share a unit, such as pixels, it keeps those that hardly ever vary from being
  /// blown up.
  ///
  ///     let rows: Tensor<Double> = [[1, 10], [3, 10]]
  ///     Normalization(fitting: rows).scale              // [1.0, 1.0]
  ///     Normalization(fitting: rows, pooling: 1).scale  // [1.224744871391589, 0.7071067811865476]
  ///
  /// - Parameters:
  ///   - features: `[count, features]`, finite; the training rows only.
  ///   - pooling: How much of the mean variance is added, 0 or more; 0 for features of different
  ///     units.
  public init<Scalar: FloatingScalar>(fitting features: Tensor<Scalar>, pooling: Double = 0) {
    let x = Tensor<Double>(features)
    let scaler = StandardScaler(fitting: x)
    var scale = scaler.scale
    if pooling > 0 {
      let variance = square(x - scaler.mean).mean(axis: 0)
      scale = sqrt(variance + pooling * variance.mean().scalar)
    }
    self.init(
      mean: scaler.mean.scalars, scale: scale.scalars.map { $0 < Normalization.leastScale ? 1 : $0 }
    )
  }

  /// What is smaller counts as 0: in single precision its inverse is infinite.
  private static var leastScale: Double { Double(Float.leastNormalMagnitude) }

  /// None.
  public func parameters(for input: Shape) throws(ShapeError) -> [Parameter] {
    _ = try outputShape(for: input)
    return []
  }

  /// The shape of the input.
  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    guard input == [mean.count], mean.count == scale.count else {
      throw ShapeError(
        "Normalization has \(mean.count) means and \(scale.count) scales for samples of shape \(input)"
      )
    }
    guard mean.allSatisfy(\.isFinite),
      scale.allSatisfy({ $0.isFinite && $0.magnitude >= Normalization.leastScale })
    else {
      throw ShapeError("Normalization needs finite means and finite scales other than 0")
    }
    return input
  }

  /// `(x − mean) / scale`.
  public func callAsFunction<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ p: Views<Scalar>
  ) -> Tensor<Scalar> {
    (x - Tensor(Tensor(mean))) / Tensor(Tensor(scale))
  }
}
