public import Tensors

/// Stochastic gradient descent: `w −= rate · g`, with momentum if wanted.
///
/// With momentum μ: `v = μ · v − rate · g; w += v`; with Nesterov's form `w += μ · v − rate · g`
/// after `v` has changed (Sutskever et al. 2013).
///
///     var w: Tensor<Double> = [1, 2]
///     var slots = Views<Double>(["v": [0.1, 0]])
///     let optimizer = SGD(learningRate: 0.1, momentum: 0.9)
///     optimizer.update(&w, gradient: [1, 1], slots: &slots, rate: Tensor(0.1), step: Tensor(2))
///     w        // [0.99 1.9 ]
///     slots.v  // [-0.01 -0.1 ]
///
/// - SeeAlso: Keras's `SGD`, with the same defaults.
public struct SGD: Optimizer {
  /// `SGD`.
  public static var name: String { "SGD" }

  /// The learning rate, above 0.
  public var learningRate: Double
  /// How much of the last change goes on, from 0 up to but not including 1.
  public var momentum: Double
  /// Whether the gradient's step is taken from where the momentum leads.
  public var isNesterov: Bool

  /// Describes stochastic gradient descent.
  ///
  ///     SGD(learningRate: 0.1, momentum: 0.9, isNesterov: true).slots  // ["v"]
  ///
  /// - Parameters:
  ///   - learningRate: The learning rate, above 0.
  ///   - momentum: How much of the last change goes on, from 0 up to but not including 1.
  ///   - isNesterov: Whether to use Nesterov's form.
  public init(learningRate: Double = 0.01, momentum: Double = 0, isNesterov: Bool = false) {
    self.learningRate = learningRate
    self.momentum = momentum
    self.isNesterov = isNesterov
  }

  /// The velocity `v`, if there is momentum.
  public var slots: [String] { momentum == 0 ? [] : ["v"] }

  /// `true`.
  public var isElementwise: Bool { true }

  /// `w −= rate · g`, or with momentum as the type describes.
  public func update<Scalar: FloatingScalar>(
    _ w: inout Tensor<Scalar>, gradient g: Tensor<Scalar>, slots s: inout Views<Scalar>,
    rate: Tensor<Scalar>, step t: Tensor<Scalar>
  ) {
    guard momentum != 0 else {
      w -= rate * g
      return
    }
    s.v = Scalar(momentum) * s.v - rate * g
    w += isNesterov ? Scalar(momentum) * s.v - rate * g : s.v
  }

  /// The rate must be above 0, the momentum below 1.
  public func problem() -> String? {
    learningRateProblem ?? decayProblem("the momentum", momentum)
  }
}
