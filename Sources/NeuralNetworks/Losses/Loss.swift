public import Tensors

/// How far predictions are from targets, as one number: lower is better.
///
/// A loss is a value that holds settings; it is `Codable`, so that a model's file can describe it.
///
///     struct MeanAbsoluteError: Loss {
///       static var kind: String { "meanAbsoluteError" }
///       func callAsFunction<Scalar: FloatingScalar>(
///         _ prediction: Tensor<Scalar>, _ target: Tensor<Scalar>
///       ) -> Tensor<Scalar> {
///         abs(prediction - target).mean()
///       }
///     }
///     MeanAbsoluteError()(Tensor<Double>([[1], [2]]), [[1], [4]])  // 1.0
public protocol Loss: Sendable, Codable, Hashable {
  /// The name of the kind, such as `categoricalCrossEntropy`.
  ///
  ///     MeanSquaredError.kind  // meanSquaredError
  static var kind: String { get }

  /// Returns the loss of a batch: the mean over its samples.
  ///
  ///     MeanSquaredError().callAsFunction(Tensor<Double>([[1], [2]]), [[1], [4]])  // 2.0
  ///
  /// - Parameters:
  ///   - prediction: `[batch, outputs]`.
  ///   - target: The same shape.
  /// - Returns: A tensor of one element.
  func callAsFunction<Scalar: FloatingScalar>(
    _ prediction: Tensor<Scalar>, _ target: Tensor<Scalar>
  ) -> Tensor<Scalar>

  /// The loss to judge a model by: this one without what only helps the training.
  ///
  ///     CategoricalCrossEntropy(labelSmoothing: 0.1).evaluationLoss.labelSmoothing  // 0.0
  var evaluationLoss: Self { get }

  /// Tells what is wrong with training on such predictions and targets.
  ///
  ///     let loss = BinaryCrossEntropy()
  ///     loss.problem(outputs: 1, targets: Tensor<Float>([[1], [2]])) ?? "none"
  ///     // binary cross-entropy takes targets from 0 to 1, not 2.0
  ///
  /// - Parameters:
  ///   - outputs: The number of outputs of the network.
  ///   - targets: `[count, outputs]`.
  /// - Returns: A sentence, or `nil` if nothing is wrong.
  func problem<Scalar: FloatingScalar>(outputs: Int, targets: Tensor<Scalar>) -> String?
}

extension Loss {
  /// This loss.
  public var evaluationLoss: Self { self }

  /// Nothing is wrong.
  public func problem<Scalar: FloatingScalar>(outputs: Int, targets: Tensor<Scalar>) -> String? {
    nil
  }
}

extension Tensor where Scalar: FloatingScalar {
  /// The tensor cut to 1e−7 … 1 − 1e−7, as Keras cuts probabilities before taking their logarithm.
  var cutToProbability: Tensor {
    minimum(maximum(self, Tensor(1e-7)), Tensor(1 - 1e-7))
  }
}

/// The losses that a model's file can name.
package let lossKinds: [any Loss.Type] = [
  MeanSquaredError.self, BinaryCrossEntropy.self, CategoricalCrossEntropy.self,
]
