public import Tensors

/// The mean of `(prediction − target)²` over all elements.
///
///     MeanSquaredError()(Tensor<Double>([[1], [2]]), [[1], [4]])  // 2.0
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
  ///
  ///     let loss: some Loss = .meanSquaredError
  ///     loss(Tensor<Double>([[1, 2]]), [[1, 4]])  // 2.0
  public static var meanSquaredError: MeanSquaredError { MeanSquaredError() }
}
