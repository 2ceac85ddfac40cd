public import Tensors

/// A fully connected layer: `activation(x · weight + bias)`; `[batch, inputs]` in, `[batch, units]`
/// out.
///
///     let layer = Dense(2, activation: .relu)
///     let p = Views<Double>(["weight": [[1, -1], [2, -2]], "bias": [0.5, 0]])
///     layer([[1, 1]], p)  // [[3.5 0. ]]
///
/// - SeeAlso: Keras's `Dense`, with the same defaults.
public struct Dense: Layer {
  /// `Dense`.
  public static var kind: String { "Dense" }

  /// The number of outputs, 1 or more.
  public var units: Int
  /// What the sums go through.
  public var activation: Activation
  /// How the weights begin.
  public var weightInitializer: Initializer
  /// How the biases begin.
  public var biasInitializer: Initializer

  /// Describes a fully connected layer.
  ///
  ///     let layer = Dense(
  ///       10, activation: .tanh, weightInitializer: .heNormal, biasInitializer: .ones)
  ///     try layer.parameters(for: [4]).map(\.shape)  // [(4, 10), (10,)]
  ///
  /// - Parameters:
  ///   - units: The number of outputs, 1 or more.
  ///   - activation: What the sums go through.
  ///   - weightInitializer: How the `[inputs, units]` weights begin.
  ///   - biasInitializer: How the `[units]` biases begin.
  public init(
    _ units: Int, activation: Activation = .identity,
    weightInitializer: Initializer = .glorotUniform, biasInitializer: Initializer = .zeros
  ) {
    self.units = units
    self.activation = activation
    self.weightInitializer = weightInitializer
    self.biasInitializer = biasInitializer
  }

  /// `weight` `[inputs, units]` and `bias` `[units]`.
  public func parameters(for input: Shape) throws(ShapeError) -> [Parameter] {
    let inputs = try inputs(of: input)
    return [
      Parameter("weight", [inputs, units], weightInitializer),
      Parameter("bias", [units], biasInitializer),
    ]
  }

  /// `[units]`.
  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    _ = try inputs(of: input)
    return [units]
  }

  /// `activation(x · weight + bias)`.
  public func callAsFunction<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ p: Views<Scalar>
  ) -> Tensor<Scalar> {
    activation(x.matmul(p.weight) + p.bias)
  }

  private func inputs(of input: Shape) throws(ShapeError) -> Int {
    guard units > 0 else { throw ShapeError("Dense has \(units) units; it needs 1 or more") }
    guard input.rank == 1 else {
      throw ShapeError("Dense takes samples of one axis, not of shape \(input)")
    }
    return input[0]
  }
}
