public import Tensors

/// How the first values of a parameter are drawn.
///
/// `fanIn` and `fanOut` are the numbers of inputs and outputs that a weight connects: the two
/// extents of a matrix. Draws are in double precision from NumPy's legacy generator, in C order.
///
///     var random = RandomState(seed: 42)
///     Initializer.glorotUniform([2, 3], random: &random)
///     // [[-0.27486883  0.98746557  0.50827326]
///     //  [ 0.21614991 -0.7536254  -0.75367824]]
///     Initializer.zeros([2], random: &random)  // [0. 0.]
public enum Initializer: Sendable, Hashable, Codable {
  /// All 0.
  case zeros
  /// All 1.
  case ones
  /// Uniform from `low` up to but not including `high`.
  case uniform(Double, Double)
  /// Normal with this mean and standard deviation.
  case normal(mean: Double, deviation: Double)
  /// Uniform within ±√(6 / (fanIn + fanOut)) (Glorot & Bengio 2010): Keras's default.
  case glorotUniform
  /// Normal with deviation √(2 / (fanIn + fanOut)) (Glorot & Bengio 2010); not truncated, as
  /// Keras's is.
  case glorotNormal
  /// Uniform within ±√(6 / fanIn) (He et al. 2015).
  case heUniform
  /// Normal with deviation √(2 / fanIn) (He et al. 2015); not truncated, as Keras's is.
  case heNormal

  /// Returns first values.
  ///
  /// - Parameters:
  ///   - shape: The parameter's shape; fan-in is its first extent, fan-out its last.
  ///   - random: The generator to draw from, left after the draws.
  /// - Returns: A tensor of that shape.
  public func callAsFunction(_ shape: Shape, random: inout RandomState) -> Tensor<Double> {
    let fanIn = Double(shape.first ?? 1)
    let fanOut = Double(shape.last ?? 1)
    switch self {
    case .zeros: return .zeros(shape)
    case .ones: return .ones(shape)
    case .uniform(let low, let high): return random.uniform(low, high, shape)
    case .normal(let mean, let deviation):
      return random.standardNormal(shape) * deviation + mean
    case .glorotUniform:
      let limit = (6 / (fanIn + fanOut)).squareRoot()
      return random.uniform(-limit, limit, shape)
    case .glorotNormal:
      return random.standardNormal(shape) * (2 / (fanIn + fanOut)).squareRoot()
    case .heUniform:
      let limit = (6 / fanIn).squareRoot()
      return random.uniform(-limit, limit, shape)
    case .heNormal:
      return random.standardNormal(shape) * (2 / fanIn).squareRoot()
    }
  }
}

extension RandomState {
  /// What NumPy's `uniform` draws.
  fileprivate mutating func uniform(_ low: Double, _ high: Double, _ shape: Shape) -> Tensor<Double>
  {
    low + (high - low) * randomSample(shape)
  }
}
