import CKernels

// Numbers from continuous distributions. Each comes as one number, as a tensor of a shape, and,
// where it has parameters, as a tensor with parameters of its own for each element.

extension RandomState {
  /// Returns a number drawn evenly from 0 up to but not including 1.
  ///
  ///     var random = RandomState(seed: 42)
  ///     random.randomSample()     // 0.3745401188473625
  ///     random.randomSample([2])  // [0.95071431 0.73199394]
  ///
  /// - Returns: A multiple of 2⁻⁵³.
  /// - SeeAlso: NumPy's `random_sample()`, `rand()`.
  public mutating func randomSample() -> Double { generator.nextDouble() }

  /// Returns numbers drawn evenly from 0 up to but not including 1.
  ///
  /// - Parameter shape: The shape of the result.
  /// - Returns: A tensor of draws, made in C order.
  /// - SeeAlso: NumPy's `random_sample(size)`, `rand(…)`.
  public mutating func randomSample(_ shape: Shape) -> Tensor<Double> {
    samples(shape) { $0 }
  }
}

extension RandomState {
  /// Returns a number drawn evenly from `low` up to but not including `high`.
  ///
  /// `low + (high − low) · u`, with `u` from ``randomSample()``; rounding can make it `high`.
  /// - Parameters:
  ///   - low: The lower bound, or the upper if it is greater than `high`.
  ///   - high: The other bound.
  /// - Returns: The draw.
  /// - Throws: `RandomError` if `high − low` is not finite; nothing is drawn then.
  /// - SeeAlso: NumPy's `uniform(low, high)`.
  public mutating func uniform(
    _ low: Double = 0, _ high: Double = 1
  ) throws(RandomError) -> Double {
    let range = try Self.checkedRange(high - low)
    return low + range * randomSample()
  }

  /// Returns numbers drawn evenly from `low` up to but not including `high`.
  ///
  ///     var random = RandomState(seed: 42)
  ///     try random.uniform(-1, 1, shape: [3])  // [-0.25091976  0.90142861  0.46398788]
  ///
  /// - Parameters:
  ///   - low: The lower bound, or the upper if it is greater than `high`.
  ///   - high: The other bound.
  ///   - shape: The shape of the result.
  /// - Returns: A tensor of draws, made in C order.
  /// - Throws: `RandomError` if `high − low` is not finite; nothing is drawn then.
  /// - SeeAlso: NumPy's `uniform(low, high, size)`.
  public mutating func uniform(
    _ low: Double = 0, _ high: Double = 1, shape: Shape
  ) throws(RandomError) -> Tensor<Double> {
    let range = try Self.checkedRange(high - low)
    return samples(shape) { low + range * $0 }
  }

  /// Returns numbers drawn evenly between bounds of their own.
  ///
  /// - Parameters:
  ///   - low: The lower bounds; broadcast with `high`.
  ///   - high: The upper bounds.
  ///   - shape: The shape of the result, which the bounds must broadcast to; `nil` means theirs.
  /// - Returns: A tensor of draws, made in C order.
  /// - Throws: `RandomError` if the shapes don't fit or a bound's range is not finite; nothing is
  ///   drawn then.
  /// - Precondition: The tensors are concrete.
  /// - SeeAlso: NumPy's `uniform(low, high, size)`.
  public mutating func uniform(
    _ low: Tensor<Double>, _ high: Tensor<Double>, shape: Shape? = nil
  ) throws(RandomError) -> Tensor<Double> {
    let parameters = try Self.pair(high.shape, low.shape)
    try (high.broadcast(to: parameters) - low).withElements { ranges throws(RandomError) in
      for range in ranges { _ = try Self.checkedRange(range) }
    }
    let shape = try Self.shape(requested: shape, shape, low.shape, parameters)
    return draws(shape, low, high) { $1 + ($2 - $1) * $0.randomSample() }
  }

  private static func checkedRange(_ range: Double) throws(RandomError) -> Double {
    guard range.isFinite else { throw RandomError("Range exceeds valid bounds") }
    return range
  }
}

extension RandomState {
  /// Returns a number drawn from the standard normal distribution: mean 0, deviation 1.
  ///
  /// Marsaglia's polar method, which makes two at once: the second is kept for the next draw.
  ///
  ///     var random = RandomState(seed: 42)
  ///     random.standardNormal()  // 0.4967141530112327
  ///
  /// - Returns: The draw.
  /// - SeeAlso: NumPy's `standard_normal()`, `randn()`. Its bits are NumPy's where the C library's
  ///   `log` rounds as NumPy's did; elsewhere it can be 2 units in the last place off.
  public mutating func standardNormal() -> Double {
    if let kept = keptNormal {
      keptNormal = nil
      return kept
    }
    var x: Double
    var y: Double
    var squares: Double
    repeat {
      x = 2 * randomSample() - 1
      y = 2 * randomSample() - 1
      squares = x * x + y * y
    } while squares >= 1 || squares == 0
    let factor = (-2 * CKernels.log(squares) / squares).squareRoot()
    keptNormal = factor * x
    return factor * y
  }

  /// Returns numbers drawn from the standard normal distribution: mean 0, deviation 1.
  ///
  ///     var random = RandomState(seed: 42)
  ///     random.standardNormal([3])  // [ 0.49671415 -0.1382643   0.64768854]
  ///
  /// - Parameter shape: The shape of the result.
  /// - Returns: A tensor of draws, made in C order.
  /// - SeeAlso: NumPy's `standard_normal(size)`, `randn(…)`.
  public mutating func standardNormal(_ shape: Shape) -> Tensor<Double> {
    draws(shape) { $0.standardNormal() }
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
  ///     var random = RandomState(seed: 42)
  ///     try random.normal(mean: 10, deviation: 2.5, shape: [3])
  ///     // [11.24178538  9.65433925 11.61922135]
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
    return draws(shape) { mean + deviation * $0.standardNormal() }
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

extension RandomState {
  /// Returns a number drawn from the exponential distribution of mean 1.
  ///
  /// `−log(1 − u)`, with `u` from ``randomSample()``.
  ///
  ///     var random = RandomState(seed: 42)
  ///     random.standardExponential()     // 0.4692680899768591
  ///     random.standardExponential([2])  // [3.01012143 1.31674569]
  ///
  /// - Returns: The draw.
  /// - SeeAlso: NumPy's `standard_exponential()`.
  public mutating func standardExponential() -> Double { -CKernels.log(1 - randomSample()) }

  /// Returns numbers drawn from the exponential distribution of mean 1.
  ///
  /// - Parameter shape: The shape of the result.
  /// - Returns: A tensor of draws, made in C order.
  /// - SeeAlso: NumPy's `standard_exponential(size)`.
  public mutating func standardExponential(_ shape: Shape) -> Tensor<Double> {
    samples(shape) { -CKernels.log(1 - $0) }
  }

  /// Returns a number drawn from an exponential distribution.
  ///
  ///     var random = RandomState(seed: 42)
  ///     try random.exponential(scale: 2)              // 0.9385361799537182
  ///     try random.exponential(scale: 2, shape: [2])  // [6.02024286 2.63349139]
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
    return samples(shape) { scale * -CKernels.log(1 - $0) }
  }

  /// Returns numbers drawn from exponential distributions of their own.
  ///
  ///     var random = RandomState(seed: 42)
  ///     try random.exponential(scale: Tensor([1, 100]))  // [  0.46926809 301.01214309]
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

  /// A tensor of numbers made each of one ``randomSample()``.
  @inline(__always)
  private mutating func samples(_ shape: Shape, _ transform: (Double) -> Double) -> Tensor<Double> {
    let storage = Storage(count: shape.elementCount, of: Double.self)
    let elements = storage.elements(as: Double.self)
    generator.fill(elements)
    for position in elements.indices { elements[position] = transform(elements[position]) }
    return Tensor(storage: storage, layout: Layout(shape))
  }
}
