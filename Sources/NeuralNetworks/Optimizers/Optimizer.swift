public import Tensors

/// How the parameters change by their gradient.
///
/// An update is written in operations over vectors that hold all parameters; what an optimizer
/// remembers from step to step are further such vectors, its slots, which begin at 0.
///
///     struct SignDescent: Optimizer {
///       static var name: String { "SignDescent" }
///       var learningRate = 0.01
///       var slots: [String] { [] }
///       func update<Scalar: FloatingScalar>(
///         _ w: inout Tensor<Scalar>, gradient g: Tensor<Scalar>, slots s: inout Views<Scalar>,
///         rate: Tensor<Scalar>, step t: Tensor<Scalar>
///       ) {
///         w -= rate * sign(g)
///       }
///     }
///     SignDescent(learningRate: -1).problem() ?? "none"
///     // the learning rate is -1.0; it must be a number above 0
public protocol Optimizer: Sendable {
  /// The name, such as `Adam`.
  ///
  ///     Adam.name  // Adam
  static var name: String { get }

  /// The rate of the first step, above 0.
  ///
  ///     Adam().learningRate  // 0.001
  var learningRate: Double { get set }

  /// The names of the slots.
  ///
  ///     Adam().slots  // ["m", "v"]
  ///     SGD().slots   // []
  var slots: [String] { get }

  /// Whether what becomes of a parameter depends on its own gradient and slots alone; `false` unless
  /// it is said.
  ///
  /// Then ``update(_:gradient:slots:rate:step:)`` may get each tensor of a large model by itself, in
  /// its own shape, as soon as its gradient is there.
  ///
  ///     Adam().isElementwise  // true
  var isElementwise: Bool { get }

  /// Changes the parameters.
  ///
  ///     var w: Tensor<Double> = [1, 2]
  ///     var slots = Views<Double>([:])
  ///     SGD().update(&w, gradient: [10, 20], slots: &slots, rate: Tensor(0.01), step: Tensor(1))
  ///     w  // [0.9 1.8]
  ///
  /// - Parameters:
  ///   - w: The parameters, `[count]`, or some of them if ``isElementwise``.
  ///   - g: The gradient of the loss by them, of their shape.
  ///   - s: The slots by name, each of their shape.
  ///   - rate: The learning rate, one element: an input of the step, so that it may change.
  ///   - t: The number of the step, from 1, one element.
  func update<Scalar: FloatingScalar>(
    _ w: inout Tensor<Scalar>, gradient g: Tensor<Scalar>, slots s: inout Views<Scalar>,
    rate: Tensor<Scalar>, step t: Tensor<Scalar>)

  /// Tells what is wrong with the settings.
  ///
  ///     SGD(momentum: 1).problem() ?? "none"
  ///     // the momentum is 1.0; it must be from 0 up to but not including 1
  ///
  /// - Returns: A sentence, or `nil` if nothing is wrong.
  func problem() -> String?
}

extension Optimizer {
  /// Every parameter may depend on all.
  public var isElementwise: Bool { false }

  /// The learning rate must be finite and above 0.
  public func problem() -> String? { learningRateProblem }

  var learningRateProblem: String? {
    learningRate > 0 && learningRate.isFinite
      ? nil : "the learning rate is \(learningRate); it must be a number above 0"
  }
}

/// What is wrong with a rate of decay, which must be from 0 up to but not including 1.
func decayProblem(_ name: String, _ value: Double) -> String? {
  (0..<1).contains(value) ? nil : "\(name) is \(value); it must be from 0 up to but not including 1"
}
