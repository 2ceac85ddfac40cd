public import Tensors

/// The mean of `(prediction − target)²` over all elements.
///
/// - SeeAlso: Keras's `MeanSquaredError`.
public struct MeanSquaredError: Loss {
  /// `meanSquaredError`.
  public static var kind: String { "meanSquaredError" }

  /// Describes the loss.
  public init() {}

  /// `mean((prediction − target)²)`.
  public func callAsFunction<Scalar: FloatingScalar>(
    _ prediction: Tensor<Scalar>, _ target: Tensor<Scalar>
  ) -> Tensor<Scalar> {
    square(prediction - target).mean()
  }
}

extension Loss where Self == MeanSquaredError {
  /// The mean of `(prediction − target)²`.
  public static var meanSquaredError: MeanSquaredError { MeanSquaredError() }
}
