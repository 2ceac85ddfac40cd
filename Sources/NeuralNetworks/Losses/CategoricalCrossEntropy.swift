public import Tensors

/// The mean over the samples of `−Σ t · log p`, for probabilities `p` of the classes and one-hot
/// targets `t`.
///
/// If the predictions are a softmax's, the loss is computed from what that was taken of, without
/// loss of accuracy where `p` is close to 0; else `p` is cut to 1e−7 … 1 − 1e−7. With label
/// smoothing σ (Szegedy et al. 2016) the targets are `t · (1 − σ) + σ / classes`: the network is
/// not driven to be certain, which often makes it right more often. ``evaluationLoss`` leaves the
/// smoothing out.
///
///     let p: Tensor<Double> = [[0.7, 0.2, 0.1]]
///     CategoricalCrossEntropy()(p, [[1, 0, 0]])                     // 0.35667494393873245
///     CategoricalCrossEntropy(labelSmoothing: 0.1)(p, [[1, 0, 0]])  // 0.46329738119042185
///
/// - SeeAlso: Keras's `CategoricalCrossentropy`, which also divides predictions by their sum and
///   smooths when it evaluates, too.
public struct CategoricalCrossEntropy: Loss {
  /// `categoricalCrossEntropy`.
  public static var kind: String { "categoricalCrossEntropy" }

  /// How much of the targets is spread over all classes, from 0 up to but not including 1.
  public var labelSmoothing: Double

  /// Describes the loss.
  ///
  /// - Parameter labelSmoothing: How much of the targets is spread over all classes, from 0 up to
  ///   but not including 1.
  public init(labelSmoothing: Double = 0) { self.labelSmoothing = labelSmoothing }

  /// The loss without label smoothing.
  public var evaluationLoss: CategoricalCrossEntropy { CategoricalCrossEntropy() }

  /// `mean(−Σ t · log p)`.
  public func callAsFunction<Scalar: FloatingScalar>(
    _ prediction: Tensor<Scalar>, _ target: Tensor<Scalar>
  ) -> Tensor<Scalar> {
    let p = prediction.isSoftmax ? prediction : prediction.cutToProbability
    guard labelSmoothing != 0, let classes = target.shape.last else {
      return -(target * log(p)).sum(axis: -1).mean()
    }
    let smoothed = target * Scalar(1 - labelSmoothing) + Scalar(labelSmoothing / Double(classes))
    return -(smoothed * log(p)).sum(axis: -1).mean()
  }

  /// There must be two classes or more, and each row of targets must be probabilities.
  public func problem<Scalar: FloatingScalar>(outputs: Int, targets: Tensor<Scalar>) -> String? {
    if !(0..<1).contains(labelSmoothing) {
      return "the label smoothing is \(labelSmoothing); it must be from 0 up to but not including 1"
    }
    if outputs < 2 {
      return "categorical cross-entropy needs a network of 2 or more outputs, not \(outputs); "
        + "use binary cross-entropy"
    }
    return targets.scalars.first { !(0...1).contains($0) }.map {
      "categorical cross-entropy takes one-hot targets, not \($0)"
    }
  }
}

extension Loss where Self == CategoricalCrossEntropy {
  /// The mean of `−Σ t · log p`.
  ///
  ///     let loss: some Loss = .categoricalCrossEntropy
  ///     loss(Tensor<Double>([[0.5, 0.5]]), [[1, 0]])  // 0.6931471805599453
  public static var categoricalCrossEntropy: CategoricalCrossEntropy { CategoricalCrossEntropy() }

  /// The mean of `−Σ t · log p`, with a part of the targets spread over all classes.
  ///
  ///     let loss: some Loss = .categoricalCrossEntropy(labelSmoothing: 0.1)
  ///     loss(Tensor<Double>([[0.9, 0.1]]), [[1, 0]])  // 0.21522174452463727
  ///
  /// - Parameter labelSmoothing: That part, from 0 up to but not including 1.
  /// - Returns: The loss.
  public static func categoricalCrossEntropy(labelSmoothing: Double) -> CategoricalCrossEntropy {
    CategoricalCrossEntropy(labelSmoothing: labelSmoothing)
  }
}
