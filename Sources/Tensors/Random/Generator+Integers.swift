// Whole numbers and bytes.

extension Generator {
  /// Returns a whole number drawn evenly from `low` up to but not including `high`.
  ///
  ///     var random = Generator(seed: 42)
  ///     try random.integers(1, 7)                  // 1
  ///     try random.integers(1, 6, endpoint: true)  // 5
  ///
  /// The type decides how many bits a draw takes, and so which numbers come out.
  /// - Parameters:
  ///   - low: The least number.
  ///   - high: One more than the greatest; it need not fit `type`.
  ///   - endpoint: Whether `high` is the greatest number itself.
  ///   - type: The type of the number.
  /// - Returns: The draw.
  /// - Throws: `RandomError` if there is no number between the bounds or the range is not one of
  ///   `type`; nothing is drawn then.
  /// - SeeAlso: NumPy's `integers(low, high, dtype=…, endpoint=…)`. Its form with one bound is
  ///   `integers(0, high)`.
  public mutating func integers<Scalar: NumericScalar & FixedWidthInteger>(
    _ low: some BinaryInteger, _ high: some BinaryInteger, endpoint: Bool = false,
    as type: Scalar.Type = Int.self
  ) throws(RandomError) -> Scalar {
    let interval = try IntegerInterval(low, high, closed: endpoint, in: IntegerLimits(type))
    var pieces = WordPieces(bitWidth: Scalar.bitWidth)
    return Scalar(truncatingIfNeeded: pieces.next(interval, from: &generator))
  }

  /// Returns whole numbers drawn evenly from `low` up to but not including `high`.
  ///
  ///     var random = Generator(seed: 42)
  ///     try random.integers(0, 10, shape: [3])  // [0 7 6]
  ///     try random.integers(0, 255, shape: [4], endpoint: true, as: UInt8.self)
  ///     // [ 97  86  90 112]
  ///
  /// The type decides how many bits a draw takes, and so which numbers come out: narrow draws of
  /// one call share a 32-bit word.
  /// - Parameters:
  ///   - low: The least number.
  ///   - high: One more than the greatest; it need not fit `type`.
  ///   - shape: The shape of the result; if it holds nothing, the bounds are not looked at.
  ///   - endpoint: Whether `high` is the greatest number itself.
  ///   - type: The type of the numbers.
  /// - Returns: A tensor of draws, made in C order.
  /// - Throws: `RandomError` if there is no number between the bounds or the range is not one of
  ///   `type`; nothing is drawn then.
  /// - SeeAlso: NumPy's `integers(low, high, size, dtype, endpoint)`.
  public mutating func integers<Scalar: NumericScalar & FixedWidthInteger>(
    _ low: some BinaryInteger, _ high: some BinaryInteger, shape: Shape, endpoint: Bool = false,
    as type: Scalar.Type = Int.self
  ) throws(RandomError) -> Tensor<Scalar> {
    if shape.contains(0) { return Tensor([], shape: shape) }
    let interval = try IntegerInterval(low, high, closed: endpoint, in: IntegerLimits(type))
    return integers(shape, bitWidth: Scalar.bitWidth) { _ in interval }
  }

  /// Returns truth values drawn evenly from those between `low` and `high`.
  ///
  ///     var random = Generator(seed: 42)
  ///     try random.integers(0, 2, shape: [4], as: Bool.self)  // [False False False  True]
  ///
  /// - Parameters:
  ///   - low: 0 for false, or 1.
  ///   - high: One more than the greatest: 1 or 2.
  ///   - shape: The shape of the result; if it holds nothing, the bounds are not looked at.
  ///   - endpoint: Whether `high` is the greatest itself: 0 or 1.
  ///   - type: `Bool`.
  /// - Returns: A tensor of draws, made in C order.
  /// - Throws: `RandomError` if there is no value between the bounds or they are out of range;
  ///   nothing is drawn then.
  /// - SeeAlso: NumPy's `integers(low, high, size, bool, endpoint)`.
  public mutating func integers(
    _ low: some BinaryInteger, _ high: some BinaryInteger, shape: Shape, endpoint: Bool = false,
    as type: Bool.Type
  ) throws(RandomError) -> Tensor<Bool> {
    if shape.contains(0) { return Tensor([], shape: shape) }
    let interval = try IntegerInterval(low, high, closed: endpoint, in: IntegerLimits(type))
    return integers(shape, bitWidth: 1) { _ in interval }
  }

  /// Returns whole numbers drawn evenly between bounds of their own.
  ///
  /// - Parameters:
  ///   - low: The least numbers; broadcast with `high`.
  ///   - high: One more than the greatest of each.
  ///   - shape: The shape of the result, which the bounds must broadcast to; `nil` means theirs. If
  ///     it holds nothing, the bounds are not looked at.
  ///   - endpoint: Whether `high` is the greatest numbers themselves.
  ///   - type: The type of the numbers.
  /// - Returns: A tensor of draws, made in C order.
  /// - Throws: `RandomError` if there is no number between a pair of bounds, a range is not one of
  ///   `type`, or the shapes don't fit; nothing is drawn then.
  /// - Precondition: The tensors are concrete.
  /// - SeeAlso: NumPy's `integers(low, high, size, dtype, endpoint)`. Where the bounds broadcast to
  ///   more than `size`, NumPy draws with a part of them; here that throws.
  public mutating func integers<Scalar: NumericScalar & FixedWidthInteger>(
    _ low: Tensor<Int>, _ high: Tensor<Int>, shape: Shape? = nil, endpoint: Bool = false,
    as type: Scalar.Type = Int.self
  ) throws(RandomError) -> Tensor<Scalar> {
    if let shape, shape.contains(0) { return Tensor([], shape: shape) }
    let shape = try Self.checkedBounds(
      low, high, shape: shape, closed: endpoint, in: IntegerLimits(type))
    return low.broadcast(to: shape).withElements { low in
      high.broadcast(to: shape).withElements { high in
        integers(shape, bitWidth: Scalar.bitWidth) {
          IntegerInterval(low: low[$0], high: high[$0], closed: endpoint)
        }
      }
    }
  }

  /// A tensor of whole numbers from intervals by position, made in C order.
  private mutating func integers<Scalar: TensorScalar>(
    _ shape: Shape, bitWidth: Int, _ interval: (Int) -> IntegerInterval
  ) -> Tensor<Scalar> {
    withLocalGenerator { generator in
      Self.integers(shape, bitWidth: bitWidth, from: &generator, interval) {
        $1.next($0, from: &$2)
      }
    }
  }

  /// Returns random bytes.
  ///
  ///     var random = Generator(seed: 42)
  ///     random.bytes(3)  // [136, 38, 217]
  ///
  /// - Parameter count: How many.
  /// - Returns: The bytes of 32-bit draws, the lowest of each first; what the last has left over is
  ///   lost.
  /// - Precondition: `count` is not negative.
  /// - SeeAlso: NumPy's `bytes(length)`; like there, no bytes take a draw too.
  public mutating func bytes(_ count: Int) -> [UInt8] { generator.bytes(count) }
}

extension WordPieces {
  /// A number of the interval, by its lowest bits; an interval of one number takes no draw.
  @inline(__always)
  fileprivate mutating func next(
    _ interval: IntegerInterval, from generator: inout PCG64
  ) -> UInt64 {
    if bitWidth == 64 { return interval.low &+ generator.nextEven(through: interval.extent) }
    if interval.extent == 0 { return interval.low }
    if bitWidth == 1 { return UInt64(next(from: &generator) & 1) }
    return interval.low
      &+ scaled(through: interval.extent, bitWidth: UInt64(bitWidth)) {
        next(from: &generator)
      }
  }
}

extension PCG64 {
  /// A whole number from 0 to `bound`, with 32 random bits if they suffice and else with 64:
  /// Lemire's method.
  @inline(__always)
  mutating func nextEven(through bound: UInt64) -> UInt64 {
    if bound == 0 { return 0 }
    if bound <= UInt64(UInt32.max) { return scaled(through: bound, bitWidth: 32) { nextWord() } }
    if bound == .max { return nextPair() }
    let count = bound + 1
    var product = nextPair().multipliedFullWidth(by: count)
    if product.low < count {
      let leftOver = (UInt64.max - bound) % count
      while product.low < leftOver { product = nextPair().multipliedFullWidth(by: count) }
    }
    return product.high
  }
}

/// A whole number from 0 to `bound` from the lowest `bitWidth` bits, at most 32, of what `draw`
/// makes.
///
/// The bits times the count of numbers, over the count of patterns of bits, is a number. As many
/// patterns make each number once those are drawn again whose product has a lower part less than
/// the patterns left over.
/// - SeeAlso: Lemire 2019, "Fast Random Integer Generation in an Interval".
@inline(__always)
private func scaled(through bound: UInt64, bitWidth: UInt64, draw: () -> UInt32) -> UInt64 {
  let mask = UInt64.max &>> (64 &- bitWidth)
  let count = bound + 1
  var product = (UInt64(draw()) & mask) &* count
  if product & mask < count {
    let leftOver = (mask - bound) % count
    while product & mask < leftOver { product = (UInt64(draw()) & mask) &* count }
  }
  return product &>> bitWidth
}
