// Whole numbers and bytes.

extension RandomState {
  /// Returns a whole number drawn evenly from `low` up to but not including `high`.
  ///
  ///     var random = RandomState(seed: 42)
  ///     try random.randint(1, 7)  // 4
  ///
  /// The type decides how many bits a draw takes, and so which numbers come out.
  /// - Parameters:
  ///   - low: The least number.
  ///   - high: One more than the greatest; it need not fit `type`.
  ///   - type: The type of the number.
  /// - Returns: The draw.
  /// - Throws: `RandomError` if `low` is not less than `high` or the range is not one of `type`;
  ///   nothing is drawn then.
  /// - SeeAlso: NumPy's `randint(low, high, dtype=…)`. Its form with one bound is `randint(0,
  ///   high)`.
  public mutating func randint<Scalar: NumericScalar & FixedWidthInteger>(
    _ low: some BinaryInteger, _ high: some BinaryInteger, as type: Scalar.Type = Int.self
  ) throws(RandomError) -> Scalar {
    let interval = try IntegerInterval(low, high, in: IntegerLimits(type))
    var pieces = WordPieces(bitWidth: Scalar.bitWidth)
    return Scalar(truncatingIfNeeded: pieces.next(interval, from: &generator))
  }

  /// Returns whole numbers drawn evenly from `low` up to but not including `high`.
  ///
  ///     var random = RandomState(seed: 42)
  ///     try random.randint(0, 10, shape: [3])                   // [6 3 7]
  ///     try random.randint(0, 256, shape: [4], as: UInt8.self)  // [188 174  65 153]
  ///
  /// The type decides how many bits a draw takes, and so which numbers come out: narrow draws of
  /// one call share a 32-bit word.
  /// - Parameters:
  ///   - low: The least number.
  ///   - high: One more than the greatest; it need not fit `type`.
  ///   - shape: The shape of the result; if it holds nothing, the bounds are not looked at.
  ///   - type: The type of the numbers.
  /// - Returns: A tensor of draws, made in C order.
  /// - Throws: `RandomError` if `low` is not less than `high` or the range is not one of `type`;
  ///   nothing is drawn then.
  /// - SeeAlso: NumPy's `randint(low, high, size, dtype)`.
  public mutating func randint<Scalar: NumericScalar & FixedWidthInteger>(
    _ low: some BinaryInteger, _ high: some BinaryInteger, shape: Shape,
    as type: Scalar.Type = Int.self
  ) throws(RandomError) -> Tensor<Scalar> {
    if shape.contains(0) { return Tensor([], shape: shape) }
    let interval = try IntegerInterval(low, high, in: IntegerLimits(type))
    return integers(shape, bitWidth: Scalar.bitWidth) { _ in interval }
  }

  /// Returns truth values drawn evenly from those between `low` and `high`.
  ///
  ///     var random = RandomState(seed: 42)
  ///     try random.randint(0, 2, shape: [4], as: Bool.self)  // [False  True  True False]
  ///
  /// - Parameters:
  ///   - low: 0 for false, or 1.
  ///   - high: One more than the greatest: 1 or 2.
  ///   - shape: The shape of the result; if it holds nothing, the bounds are not looked at.
  ///   - type: `Bool`.
  /// - Returns: A tensor of draws, made in C order.
  /// - Throws: `RandomError` if `low` is not less than `high` or they are out of range; nothing is
  ///   drawn then.
  /// - SeeAlso: NumPy's `randint(low, high, size, bool)`.
  public mutating func randint(
    _ low: some BinaryInteger, _ high: some BinaryInteger, shape: Shape, as type: Bool.Type
  ) throws(RandomError) -> Tensor<Bool> {
    if shape.contains(0) { return Tensor([], shape: shape) }
    let interval = try IntegerInterval(low, high, in: IntegerLimits(type))
    return integers(shape, bitWidth: 1) { _ in interval }
  }

  /// Returns whole numbers drawn evenly between bounds of their own.
  ///
  /// - Parameters:
  ///   - low: The least numbers; broadcast with `high`.
  ///   - high: One more than the greatest of each.
  ///   - shape: The shape of the result, which the bounds must broadcast to; `nil` means theirs. If
  ///     it holds nothing, the bounds are not looked at.
  ///   - type: The type of the numbers.
  /// - Returns: A tensor of draws, made in C order.
  /// - Throws: `RandomError` if a `low` is not less than its `high`, a range is not one of `type`,
  ///   or the shapes don't fit; nothing is drawn then.
  /// - Precondition: The tensors are concrete.
  /// - SeeAlso: NumPy's `randint(low, high, size, dtype)`. Where the bounds broadcast to more than
  ///   `size`, NumPy draws with a part of them; here that throws.
  public mutating func randint<Scalar: NumericScalar & FixedWidthInteger>(
    _ low: Tensor<Int>, _ high: Tensor<Int>, shape: Shape? = nil, as type: Scalar.Type = Int.self
  ) throws(RandomError) -> Tensor<Scalar> {
    if let shape, shape.contains(0) { return Tensor([], shape: shape) }
    let shape = try Self.checkedBounds(low, high, shape: shape, in: IntegerLimits(type))
    return low.broadcast(to: shape).withElements { low in
      high.broadcast(to: shape).withElements { high in
        integers(shape, bitWidth: Scalar.bitWidth) {
          IntegerInterval(low: low[$0], high: high[$0])
        }
      }
    }
  }

  /// A tensor of whole numbers from intervals by position, made in C order.
  private mutating func integers<Scalar: TensorScalar>(
    _ shape: Shape, bitWidth: Int, _ interval: (Int) -> IntegerInterval
  ) -> Tensor<Scalar> {
    Self.integers(shape, bitWidth: bitWidth, from: &generator, interval) {
      $1.next($0, from: &$2)
    }
  }

  /// Returns a whole number drawn evenly from `low` through `high`.
  ///
  ///     var random = RandomState(seed: 42)
  ///     try random.randomInteger(1, 6)  // 4
  ///
  /// - Parameters:
  ///   - low: The least number.
  ///   - high: The greatest.
  /// - Returns: The draw.
  /// - Throws: `RandomError` if `low` is greater than `high`; nothing is drawn then.
  /// - SeeAlso: NumPy's `random_integers(low, high)`.
  public mutating func randomInteger(_ low: Int, _ high: Int) throws(RandomError) -> Int {
    try randint(low, Int128(high) + 1)
  }

  /// Returns whole numbers drawn evenly from `low` through `high`.
  ///
  ///     var random = RandomState(seed: 42)
  ///     try random.randomIntegers(1, 6, shape: [4])  // [4 5 3 5]
  ///
  /// - Parameters:
  ///   - low: The least number.
  ///   - high: The greatest.
  ///   - shape: The shape of the result.
  /// - Returns: A tensor of draws, made in C order.
  /// - Throws: `RandomError` if `low` is greater than `high`; nothing is drawn then.
  /// - SeeAlso: NumPy's `random_integers(low, high, size)`. Its form with one bound is
  ///   `randomIntegers(1, high, …)`.
  public mutating func randomIntegers(
    _ low: Int, _ high: Int, shape: Shape
  ) throws(RandomError) -> Tensor<Int> {
    try randint(low, Int128(high) + 1, shape: shape)
  }

  /// Returns random bytes.
  ///
  ///     var random = RandomState(seed: 42)
  ///     random.bytes(3)  // [102, 220, 225]
  ///
  /// - Parameter count: How many.
  /// - Returns: The bytes of 32-bit draws, the lowest of each first; what the last has left over is
  ///   lost.
  /// - Precondition: `count` is not negative.
  /// - SeeAlso: NumPy's `bytes(length)`; like there, no bytes take a draw too.
  public mutating func bytes(_ count: Int) -> [UInt8] {
    generator.bytes(count)
  }
}

extension WordPieces {
  /// A number of the interval, by its lowest bits; an interval of one number takes no draw.
  ///
  /// Bits under the smallest mask that covers the extent, drawn again while too large.
  @inline(__always)
  fileprivate mutating func next(
    _ interval: IntegerInterval, from generator: inout MersenneTwister
  ) -> UInt64 {
    if bitWidth >= 32 { return interval.low &+ generator.nextInteger(through: interval.extent) }
    if interval.extent == 0 { return interval.low }
    let mask = UInt64.max &>> UInt64(interval.extent.leadingZeroBitCount)
    while true {
      let value = UInt64(next(from: &generator)) & mask
      if value <= interval.extent { return interval.low &+ value }
    }
  }
}
