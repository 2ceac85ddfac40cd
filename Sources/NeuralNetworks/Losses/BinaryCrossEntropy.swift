public import Tensors

/// The mean of `−(t · log p + (1 − t) · log(1 − p))` over all elements, for probabilities `p` and
/// targets `t` from 0 to 1.
///
/// If the predictions are a sigmoid's, the loss is computed from what that was taken of, without
/// loss of accuracy where `p` is close to 0 or 1; else `p` is cut to 1e−7 … 1 − 1e−7.
///
///     BinaryCrossEntropy()(Tensor<Double>([[0.9], [0.2]]), [[1], [0]])  // 0.16425203348601802
///
/// - SeeAlso: Keras's `BinaryCrossentropy`.
public struct BinaryCrossEntropy: Loss {
  /// `binaryCrossEntropy`.
  public static var kind: String { "binaryCrossEntropy" }

  /// Describes the loss.
  public init() {}

  /// `mean(−(t · log p + (1 − t) · log(1 − p)))`.
  public func callAsFunction<Scalar: FloatingScalar>(
    _ prediction: Tensor<Scalar>, _ target: Tensor<Scalar>
  ) -> Tensor<Scalar> {
    if let logits = prediction.logits { return sigmoidCrossEntropy(logits, target).mean() }
    let p = prediction.cutToProbability
    return -(target * log(p) + (1 - target) * log1p(-p)).mean()
  }

  /// Targets must lie from 0 to 1.
  public func problem<Scalar: FloatingScalar>(outputs: Int, targets: Tensor<Scalar>) -> String? {
    targets.scalars.first { !(0...1).contains($0) }.map {
      "binary cross-entropy takes targets from 0 to 1, not \($0)"
    }
  }
}

extension Loss where Self == BinaryCrossEntropy {
  /// The mean of `−(t · log p + (1 − t) · log(1 − p))`.
  ///
  ///     let loss: some Loss = .binaryCrossEntropy
  ///     loss(Tensor<Double>([[0.5]]), [[1]])  // 0.6931471805599453
  public static var binaryCrossEntropy: BinaryCrossEntropy { BinaryCrossEntropy() }
}
