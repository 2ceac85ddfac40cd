public import Tensors

/// Adam (Kingma & Ba 2015): each parameter's step is scaled by running means of its gradient and of
/// its square.
///
/// The form is the one at the end of the paper's section 2, which Keras uses: `epsilon` is added to
/// the uncorrected `√v`. Defaults are Keras's: the paper's but for epsilon, there 1e−8.
///
///     var w: Tensor<Double> = [1, 2]
///     var slots: Views<Double> = Views(["m": [0, 0], "v": [0, 0]])
///     Adam(learningRate: 0.1).update(
///       &w, gradient: [3, -0.5], slots: &slots, rate: Tensor(0.1), step: Tensor(1))
///     w  // [0.90000011 2.09999937]
public struct Adam: Optimizer {
  /// `Adam`.
  public static var name: String { "Adam" }

  /// The learning rate, above 0.
  public var learningRate: Double
  /// The decay of the mean of gradients, from 0 up to but not including 1.
  public var beta1: Double
  /// The decay of the mean of squares, from 0 up to but not including 1.
  public var beta2: Double
  /// What keeps the divisor from 0, above 0.
  public var epsilon: Double

  /// Describes Adam.
  ///
  ///     let optimizer = Adam(learningRate: 3e-4, beta1: 0.9, beta2: 0.99, epsilon: 1e-8)
  ///     optimizer.slots  // ["m", "v"]
  ///
  /// - Parameters:
  ///   - learningRate: The learning rate, above 0.
  ///   - beta1: The decay of the mean of gradients, from 0 up to but not including 1.
  ///   - beta2: The decay of the mean of squares, from 0 up to but not including 1.
  ///   - epsilon: What keeps the divisor from 0, above 0.
  public init(
    learningRate: Double = 1e-3, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-7
  ) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
  }

  /// The means of the gradient, `m`, and of its square, `v`.
  public var slots: [String] { ["m", "v"] }

  /// `true`.
  public var isElementwise: Bool { true }

  /// `m += (g − m)(1 − β₁)`, `v += (g² − v)(1 − β₂)`, `w −= α · m / (√v + ε)` with
  /// `α = rate · √(1 − β₂ᵗ) / (1 − β₁ᵗ)`.
  public func update<Scalar: FloatingScalar>(
    _ w: inout Tensor<Scalar>, gradient g: Tensor<Scalar>, slots s: inout Views<Scalar>,
    rate: Tensor<Scalar>, step t: Tensor<Scalar>
  ) {
    let alpha =
      rate * sqrt(1 - power(Tensor(Scalar(beta2)), t)) / (1 - power(Tensor(Scalar(beta1)), t))
    s.m += (g - s.m) * Scalar(1 - beta1)
    s.v += (square(g) - s.v) * Scalar(1 - beta2)
    w -= alpha * s.m / (sqrt(s.v) + Scalar(epsilon))
  }

  /// The rate and epsilon must be above 0, the decays below 1.
  public func problem() -> String? {
    learningRateProblem ?? decayProblem("beta1", beta1) ?? decayProblem("beta2", beta2)
      ?? (epsilon > 0 && epsilon.isFinite
        ? nil : "epsilon is \(epsilon); it must be a number above 0")
  }
}
