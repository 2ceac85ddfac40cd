public import Tensors

/// The function that a layer's sums go through.
///
///     Activation.relu(Tensor<Double>([-1, 2]))    // [0. 2.]
///     Activation.softmax(Tensor<Double>([0, 0]))  // [0.5 0.5]
public enum Activation: String, Sendable, Hashable, Codable, CaseIterable {
  /// The sums as they are.
  case identity
  /// ``Tensors/relu(_:)``.
  case relu
  /// ``Tensors/sigmoid(_:)``.
  case sigmoid
  /// ``Tensors/tanh(_:)``.
  case tanh
  /// ``Tensors/softmax(_:axis:)`` over the last axis: probabilities of the classes.
  case softmax

  /// Returns the activation of each element, or, for softmax, of each row.
  ///
  /// - Parameter x: `[batch, …, units]`.
  /// - Returns: A tensor of the same shape.
  public func callAsFunction<Scalar: FloatingScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
    switch self {
    case .identity: x
    case .relu: Tensors.relu(x)
    case .sigmoid: Tensors.sigmoid(x)
    case .tanh: Tensors.tanh(x)
    case .softmax: Tensors.softmax(x)
    }
  }
}
