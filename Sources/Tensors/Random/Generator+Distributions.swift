// Numbers from continuous distributions. Each comes as one number, as a tensor of a shape, and,
// where it has parameters, as a tensor with parameters of its own for each element.

extension Generator {
  /// Returns a number drawn evenly from 0 up to but not including 1.
  ///
  ///     var random = Generator(seed: 42)
  ///     random.random()                // 0.7739560485559633
  ///     random.random(as: Float.self)  // 0.6545715
  ///     random.random([2])             // [0.85859792 0.69736803]
  ///
  /// - Returns: A multiple of 2⁻⁵³.
  /// - SeeAlso: NumPy's `random()`.
  public mutating func random() -> Double { generator.nextDouble() }

  /// Returns a number of single precision drawn evenly from 0 up to but not including 1.
  ///
  /// - Parameter type: `Float`.
  /// - Returns: A multiple of 2⁻²⁴.
  /// - SeeAlso: NumPy's `random(dtype=np.float32)`.
  public mutating func random(as type: Float.Type) -> Float { generator.nextFloat() }

  /// Returns numbers drawn evenly from 0 up to but not including 1.
  ///
  /// - Parameter shape: The shape of the result.
  /// - Returns: A tensor of draws, made in C order.
  /// - SeeAlso: NumPy's `random(size)`.
  public mutating func random(_ shape: Shape) -> Tensor<Double> {
    filled(shape) { $0.nextDouble() }
  }

  /// Returns numbers of single precision drawn evenly from 0 up to but not including 1.
  ///
  /// - Parameters:
  ///   - shape: The shape of the result.
  ///   - type: `Float`.
  /// - Returns: A tensor of draws, made in C order. Two draws share 64 bits.
  /// - SeeAlso: NumPy's `random(size, np.float32)`.
  public mutating func random(_ shape: Shape, as type: Float.Type) -> Tensor<Float> {
    filled(shape) { $0.nextFloat() }
  }
}

extension Generator {
  /// Returns a number drawn evenly from `low` up to but not including `high`.
  ///
  /// `low + (high − low) · u`, with `u` from ``random()``; rounding can make it `high`.
  /// - Parameters:
  ///   - low: The lower bound.
  ///   - high: The upper bound, `low` or more.
  /// - Returns: The draw.
  /// - Throws: `RandomError` if `high − low` is negative (or −0) or not finite; nothing is drawn
  ///   then.
  /// - SeeAlso: NumPy's `uniform(low, high)`.
  public mutating func uniform(
    _ low: Double = 0, _ high: Double = 1
  ) throws(RandomError) -> Double {
    let range = try Self.checkedRange(high - low)
    return low + range * random()
  }

  /// Returns numbers drawn evenly from `low` up to but not including `high`.
  ///
  ///     var random = Generator(seed: 42)
  ///     try random.uniform(-1, 1, shape: [3])  // [ 0.5479121  -0.12224312  0.71719584]
  ///
  /// - Parameters:
  ///   - low: The lower bound.
  ///   - high: The upper bound, `low` or more.
  ///   - shape: The shape of the result.
  /// - Returns: A tensor of draws, made in C order.
  /// - Throws: `RandomError` if `high − low` is negative (or −0) or not finite; nothing is drawn
  ///   then.
  /// - SeeAlso: NumPy's `uniform(low, high, size)`.
  public mutating func uniform(
    _ low: Double = 0, _ high: Double = 1, shape: Shape
  ) throws(RandomError) -> Tensor<Double> {
    let range = try Self.checkedRange(high - low)
    return filled(shape) { low + range * $0.nextDouble() }
  }

  /// Returns numbers drawn evenly between bounds of their own.
  ///
  /// - Parameters:
  ///   - low: The lower bounds; broadcast with `high`.
  ///   - high: The upper bounds, each its `low` or more.
  ///   - shape: The shape of the result, which the bounds must broadcast to; `nil` means theirs.
  /// - Returns: A tensor of draws, made in C order.
  /// - Throws: `RandomError` if the shapes don't fit or a bound's range is negative (or −0) or not
  ///   finite; nothing is drawn then.
  /// - Precondition: The tensors are concrete.
  /// - SeeAlso: NumPy's `uniform(low, high, size)`.
  public mutating func uniform(
    _ low: Tensor<Double>, _ high: Tensor<Double>, shape: Shape? = nil
  ) throws(RandomError) -> Tensor<Double> {
    let parameters = try Self.pair(high.shape, low.shape)
    let ranges = high.broadcast(to: parameters) - low
    if parameters.rank == 0 {
      _ = try Self.checkedRange(ranges.scalar)
    } else {
      guard ranges.withElements({ $0.allSatisfy(\.isFinite) }) else {
        throw RandomError("Range exceeds valid bounds")
      }
      try Self.checkScales(ranges, named: "high - low")
    }
    let shape = try Self.shape(requested: shape, shape, low.shape, parameters)
    return draws(shape, low, ranges) { $1 + $2 * $0.random() }
  }

  private static func checkedRange(_ range: Double) throws(RandomError) -> Double {
    guard range.isFinite else { throw RandomError("high - low range exceeds valid bounds") }
    try checkScale(range, named: "high - low")
    return range
  }
}

extension Generator {
  /// Returns a number drawn from the standard normal distribution: mean 0, deviation 1.
  ///
  /// Marsaglia and Tsang's ziggurat method.
  ///
  ///     var random = Generator(seed: 42)
  ///     random.standardNormal()                // 0.30471707975443135
  ///     random.standardNormal(as: Float.self)  // -1.332108
  ///     random.standardNormal([2])             // [0.7504512  0.94056472]
  ///
  /// - Returns: The draw.
  /// - SeeAlso: NumPy's `standard_normal()`.
  public mutating func standardNormal() -> Double {
    Double.normalZiggurat.normal(from: &generator)
  }

  /// Returns a number of single precision drawn from the standard normal distribution: mean 0,
  /// deviation 1.
  ///
  /// - Parameter type: `Float`.
  /// - Returns: The draw.
  /// - SeeAlso: NumPy's `standard_normal(dtype=np.float32)`.
  public mutating func standardNormal(as type: Float.Type) -> Float {
    Float.normalZiggurat.normal(from: &generator)
  }

  /// Returns numbers drawn from the standard normal distribution: mean 0, deviation 1.
  ///
  /// - Parameter shape: The shape of the result.
  /// - Returns: A tensor of draws, made in C order.
  /// - SeeAlso: NumPy's `standard_normal(size)`.
  public mutating func standardNormal(_ shape: Shape) -> Tensor<Double> {
    let ziggurat = Double.normalZiggurat
    return filled(shape) { ziggurat.normal(from: &$0) }
  }

  /// Returns numbers of single precision drawn from the standard normal distribution: mean 0,
  /// deviation 1.
  ///
  /// - Parameters:
  ///   - shape: The shape of the result.
  ///   - type: `Float`.
  /// - Returns: A tensor of draws, made in C order. Two draws share 64 bits.
  /// - SeeAlso: NumPy's `standard_normal(size, np.float32)`.
  public mutating func standardNormal(_ shape: Shape, as type: Float.Type) -> Tensor<Float> {
    let ziggurat = Float.normalZiggurat
    return filled(shape) { ziggurat.normal(from: &$0) }
  }

  /// Returns a number drawn from a normal distribution.
  ///
  /// `mean + deviation · z`, with `z` from ``standardNormal()``.
  /// - Parameters:
  ///   - mean: NumPy's `loc`.
  ///   - deviation: The standard deviation, 0 or more: NumPy's `scale`.
  /// - Returns: The draw.
  /// - Throws: `RandomError` if the deviation is negative (or −0); nothing is drawn then.
  /// - SeeAlso: NumPy's `normal(loc, scale)`.
  public mutating func normal(
    mean: Double = 0, deviation: Double = 1
  ) throws(RandomError) -> Double {
    try Self.checkScale(deviation)
    return mean + deviation * standardNormal()
  }

  /// Returns numbers drawn from a normal distribution.
  ///
  ///     var random = Generator(seed: 42)
  ///     try random.normal(mean: 10, deviation: 2.5, shape: [3])
  ///     // [10.7617927   7.40003973 11.87612799]
  ///
  /// - Parameters:
  ///   - mean: NumPy's `loc`.
  ///   - deviation: The standard deviation, 0 or more: NumPy's `scale`.
  ///   - shape: The shape of the result.
  /// - Returns: A tensor of draws, made in C order.
  /// - Throws: `RandomError` if the deviation is negative (or −0); nothing is drawn then.
  /// - SeeAlso: NumPy's `normal(loc, scale, size)`.
  public mutating func normal(
    mean: Double = 0, deviation: Double = 1, shape: Shape
  ) throws(RandomError) -> Tensor<Double> {
    try Self.checkScale(deviation)
    let ziggurat = Double.normalZiggurat
    return filled(shape) { mean + deviation * ziggurat.normal(from: &$0) }
  }

  /// Returns numbers drawn from normal distributions of their own.
  ///
  /// - Parameters:
  ///   - mean: The means; broadcast with `deviation`.
  ///   - deviation: The standard deviations, each 0 or more.
  ///   - shape: The shape of the result, which the parameters must broadcast to; `nil` means
  ///     theirs.
  /// - Returns: A tensor of draws, made in C order.
  /// - Throws: `RandomError` if a deviation is negative (or −0) or the shapes don't fit; nothing is
  ///   drawn then.
  /// - Precondition: The tensors are concrete.
  /// - SeeAlso: NumPy's `normal(loc, scale, size)`.
  public mutating func normal(
    mean: Tensor<Double>, deviation: Tensor<Double>, shape: Shape? = nil
  ) throws(RandomError) -> Tensor<Double> {
    try Self.checkScales(deviation)
    let shape = try Self.shape(requested: shape, shape, mean.shape, deviation.shape)
    return draws(shape, mean, deviation) { $1 + $2 * $0.standardNormal() }
  }
}

extension Generator {
  /// Returns a number drawn from the exponential distribution of mean 1.
  ///
  /// Marsaglia and Tsang's ziggurat method.
  ///
  ///     var random = Generator(seed: 42)
  ///     random.standardExponential()                // 2.4042086039659947
  ///     random.standardExponential(as: Float.self)  // 2.3619742
  ///     random.standardExponential([2])             // [2.384761   0.27979429]
  ///
  /// - Returns: The draw.
  /// - SeeAlso: NumPy's `standard_exponential()`, with its default method.
  public mutating func standardExponential() -> Double {
    Double.exponentialZiggurat.exponential(from: &generator)
  }

  /// Returns a number of single precision drawn from the exponential distribution of mean 1.
  ///
  /// - Parameter type: `Float`.
  /// - Returns: The draw.
  /// - SeeAlso: NumPy's `standard_exponential(dtype=np.float32)`, with its default method.
  public mutating func standardExponential(as type: Float.Type) -> Float {
    Float.exponentialZiggurat.exponential(from: &generator)
  }

  /// Returns numbers drawn from the exponential distribution of mean 1.
  ///
  /// - Parameter shape: The shape of the result.
  /// - Returns: A tensor of draws, made in C order.
  /// - SeeAlso: NumPy's `standard_exponential(size)`, with its default method.
  public mutating func standardExponential(_ shape: Shape) -> Tensor<Double> {
    let ziggurat = Double.exponentialZiggurat
    return filled(shape) { ziggurat.exponential(from: &$0) }
  }

  /// Returns numbers of single precision drawn from the exponential distribution of mean 1.
  ///
  /// - Parameters:
  ///   - shape: The shape of the result.
  ///   - type: `Float`.
  /// - Returns: A tensor of draws, made in C order. Two draws share 64 bits.
  /// - SeeAlso: NumPy's `standard_exponential(size, np.float32)`, with its default method.
  public mutating func standardExponential(_ shape: Shape, as type: Float.Type) -> Tensor<Float> {
    let ziggurat = Float.exponentialZiggurat
    return filled(shape) { ziggurat.exponential(from: &$0) }
  }

  /// Returns a number drawn from an exponential distribution.
  ///
  ///     var random = Generator(seed: 42)
  ///     try random.exponential(scale: 2)              // 4.808417207931989
  ///     try random.exponential(scale: 2, shape: [2])  // [4.67237931 4.769522  ]
  ///     try random.exponential(scale: -1)             // throws scale < 0
  ///
  /// - Parameter scale: The mean, 0 or more.
  /// - Returns: The draw.
  /// - Throws: `RandomError` if the scale is negative (or −0); nothing is drawn then.
  /// - SeeAlso: NumPy's `exponential(scale)`.
  public mutating func exponential(scale: Double = 1) throws(RandomError) -> Double {
    try Self.checkScale(scale)
    return scale * standardExponential()
  }

  /// Returns numbers drawn from an exponential distribution.
  ///
  /// - Parameters:
  ///   - scale: The mean, 0 or more.
  ///   - shape: The shape of the result.
  /// - Returns: A tensor of draws, made in C order.
  /// - Throws: `RandomError` if the scale is negative (or −0); nothing is drawn then.
  /// - SeeAlso: NumPy's `exponential(scale, size)`.
  public mutating func exponential(
    scale: Double = 1, shape: Shape
  ) throws(RandomError) -> Tensor<Double> {
    try Self.checkScale(scale)
    let ziggurat = Double.exponentialZiggurat
    return filled(shape) { scale * ziggurat.exponential(from: &$0) }
  }

  /// Returns numbers drawn from exponential distributions of their own.
  ///
  ///     var random = Generator(seed: 42)
  ///     try random.exponential(scale: Tensor([1, 100]))  // [  2.4042086  233.61896558]
  ///
  /// - Parameters:
  ///   - scale: The means, each 0 or more.
  ///   - shape: The shape of the result, which the scales must broadcast to; `nil` means theirs.
  /// - Returns: A tensor of draws, made in C order.
  /// - Throws: `RandomError` if a scale is negative (or −0) or the shapes don't fit; nothing is
  ///   drawn then.
  /// - Precondition: The tensor is concrete.
  /// - SeeAlso: NumPy's `exponential(scale, size)`.
  public mutating func exponential(
    scale: Tensor<Double>, shape: Shape? = nil
  ) throws(RandomError) -> Tensor<Double> {
    try Self.checkScales(scale)
    let shape = try Self.shape(requested: shape, shape, scale.shape)
    return draws(shape, scale) { $1 * $0.standardExponential() }
  }
}
