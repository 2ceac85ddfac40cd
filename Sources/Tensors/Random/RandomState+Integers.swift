// Whole numbers and bytes.

extension RandomState {
  /// Returns a whole number drawn evenly from `low` up to but not including `high`.
  ///
  ///     try random.randint(1, 7)  // a die
  ///
  /// The type decides how many bits a draw takes, and so which numbers come out.
  /// - Parameters:
  ///   - low: The least number.
  ///   - high: One more than the greatest; it need not fit `type`.
  ///   - type: The type of the number.
  /// - Returns: The draw.
  /// - Throws: `RandomError` if `low` is not less than `high` or the range is not one of `type`; nothing is drawn
  ///   then.
  /// - SeeAlso: NumPy's `randint(low, high, dtype=…)`. Its form with one bound is `randint(0, high)`.
  public mutating func randint<Scalar: NumericScalar & FixedWidthInteger>(
    _ low: some BinaryInteger, _ high: some BinaryInteger, as type: Scalar.Type = Int.self
  ) throws(RandomError) -> Scalar {
    let interval = try Interval(low, high, in: Limits(type))
    var integers = IntegerDraws(bitWidth: Scalar.bitWidth)
    return Scalar(truncatingIfNeeded: integers.next(interval, from: &generator))
  }

  /// Returns whole numbers drawn evenly from `low` up to but not including `high`.
  ///
  ///     try random.randint(0, 10, shape: [3])
  ///     try random.randint(0, 256, shape: [28, 28], as: UInt8.self)
  ///
  /// The type decides how many bits a draw takes, and so which numbers come out: narrow draws of one call share a
  /// 32-bit word.
  /// - Parameters:
  ///   - low: The least number.
  ///   - high: One more than the greatest; it need not fit `type`.
  ///   - shape: The shape of the result; if it holds nothing, the bounds are not looked at.
  ///   - type: The type of the numbers.
  /// - Returns: A tensor of draws, made in C order.
  /// - Throws: `RandomError` if `low` is not less than `high` or the range is not one of `type`; nothing is drawn
  ///   then.
  /// - SeeAlso: NumPy's `randint(low, high, size, dtype)`.
  public mutating func randint<Scalar: NumericScalar & FixedWidthInteger>(
    _ low: some BinaryInteger, _ high: some BinaryInteger, shape: Shape,
    as type: Scalar.Type = Int.self
  ) throws(RandomError) -> Tensor<Scalar> {
    if shape.contains(0) { return Tensor([], shape: shape) }
    let interval = try Interval(low, high, in: Limits(type))
    return integers(shape, bitWidth: Scalar.bitWidth) { _ in interval }
  }

  /// Returns truth values drawn evenly from those between `low` and `high`.
  ///
  ///     try random.randint(0, 2, shape: [8], as: Bool.self)  // eight coins
  ///
  /// - Parameters:
  ///   - low: 0 for false, or 1.
  ///   - high: One more than the greatest: 1 or 2.
  ///   - shape: The shape of the result; if it holds nothing, the bounds are not looked at.
  ///   - type: `Bool`.
  /// - Returns: A tensor of draws, made in C order.
  /// - Throws: `RandomError` if `low` is not less than `high` or they are out of range; nothing is drawn then.
  /// - SeeAlso: NumPy's `randint(low, high, size, bool)`.
  public mutating func randint(
    _ low: some BinaryInteger, _ high: some BinaryInteger, shape: Shape, as type: Bool.Type
  ) throws(RandomError) -> Tensor<Bool> {
    if shape.contains(0) { return Tensor([], shape: shape) }
    let interval = try Interval(low, high, in: Limits(type))
    return integers(shape, bitWidth: 1) { _ in interval }
  }

  /// Returns whole numbers drawn evenly between bounds of their own.
  ///
  /// - Parameters:
  ///   - low: The least numbers; broadcast with `high`.
  ///   - high: One more than the greatest of each.
  ///   - shape: The shape of the result, which the bounds must broadcast to; `nil` means theirs. If it holds
  ///     nothing, the bounds are not looked at.
  ///   - type: The type of the numbers.
  /// - Returns: A tensor of draws, made in C order.
  /// - Throws: `RandomError` if a `low` is not less than its `high`, a range is not one of `type`, or the shapes
  ///   don't fit; nothing is drawn then.
  /// - Precondition: The tensors are concrete.
  /// - SeeAlso: NumPy's `randint(low, high, size, dtype)`. Where the bounds broadcast to more than `size`, NumPy
  ///   draws with a part of them; here that throws.
  public mutating func randint<Scalar: NumericScalar & FixedWidthInteger>(
    _ low: Tensor<Int>, _ high: Tensor<Int>, shape: Shape? = nil, as type: Scalar.Type = Int.self
  ) throws(RandomError) -> Tensor<Scalar> {
    if let shape, shape.contains(0) { return Tensor([], shape: shape) }
    try Limits(type).check(low.scalars, high.scalars)
    let parameters = try Self.pair(low.shape, high.shape)
    try Limits.checkOrder(
      low.broadcast(to: parameters).scalars, high.broadcast(to: parameters).scalars)
    let shape = try Self.shape(requested: shape, low.shape, high.shape, shape)
    return low.broadcast(to: shape).withElements { low in
      high.broadcast(to: shape).withElements { high in
        integers(shape, bitWidth: Scalar.bitWidth) { Interval(low: low[$0], high: high[$0]) }
      }
    }
  }

  /// A tensor of whole numbers from intervals by position, made in C order.
  ///
  /// The loop is compiled for each width rather than for each type, so that a caller's type costs nothing.
  private mutating func integers<Scalar: TensorScalar>(
    _ shape: Shape, bitWidth: Int, _ interval: (Int) -> Interval
  ) -> Tensor<Scalar> {
    let storage = Storage<Scalar>(count: shape.elementCount)
    let elements = UnsafeMutableRawBufferPointer(storage.elements)
    switch bitWidth {
    case 1, 8: fill(elements, as: UInt8.self, bitWidth: bitWidth, interval)
    case 16: fill(elements, as: UInt16.self, bitWidth: bitWidth, interval)
    case 32: fill(elements, as: UInt32.self, bitWidth: bitWidth, interval)
    default: fill(elements, as: UInt64.self, bitWidth: bitWidth, interval)
    }
    return Tensor(storage: storage, layout: Layout(shape))
  }

  @inline(__always)
  private mutating func fill<Bits: FixedWidthInteger>(
    _ elements: UnsafeMutableRawBufferPointer, as type: Bits.Type, bitWidth: Int,
    _ interval: (Int) -> Interval
  ) {
    var integers = IntegerDraws(bitWidth: bitWidth)
    for position in 0..<elements.count / MemoryLayout<Bits>.stride {
      let bits = Bits(truncatingIfNeeded: integers.next(interval(position), from: &generator))
      elements.storeBytes(of: bits, toByteOffset: position * MemoryLayout<Bits>.stride, as: type)
    }
  }

  /// Returns a whole number drawn evenly from `low` through `high`.
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
  /// - Parameters:
  ///   - low: The least number.
  ///   - high: The greatest.
  ///   - shape: The shape of the result.
  /// - Returns: A tensor of draws, made in C order.
  /// - Throws: `RandomError` if `low` is greater than `high`; nothing is drawn then.
  /// - SeeAlso: NumPy's `random_integers(low, high, size)`. Its form with one bound is `randomIntegers(1, high, …)`.
  public mutating func randomIntegers(
    _ low: Int, _ high: Int, shape: Shape
  ) throws(RandomError) -> Tensor<Int> {
    try randint(low, Int128(high) + 1, shape: shape)
  }

  /// Returns random bytes.
  ///
  /// - Parameter count: How many.
  /// - Returns: The bytes of 32-bit draws, the lowest of each first; what the last has left over is lost.
  /// - Precondition: `count` is not negative.
  /// - SeeAlso: NumPy's `bytes(length)`; like there, no bytes take a draw too.
  public mutating func bytes(_ count: Int) -> [UInt8] {
    precondition(count >= 0, "negative dimensions are not allowed")
    return [UInt8](unsafeUninitializedCapacity: count) { bytes, initialized in
      var word: UInt32 = 0
      for position in 0..<Swift.max(count, 1) {
        word = position % 4 == 0 ? generator.nextWord() : word >> 8
        if position < count {
          bytes.initializeElement(at: position, to: UInt8(truncatingIfNeeded: word))
        }
      }
      initialized = count
    }
  }
}

/// The numbers that a type has, as bounds are checked against them.
private struct Limits {
  var least: Int128
  var greatest: Int128
  var type: ScalarType

  init<Scalar: NumericScalar & FixedWidthInteger>(_ type: Scalar.Type) {
    least = Int128(Scalar.min)
    greatest = Int128(Scalar.max)
    self.type = Scalar.scalarType
  }

  init(_ type: Bool.Type) {
    least = 0
    greatest = 1
    self.type = .bool
  }

  /// Checks that bounds are within the type, all lower ones first.
  func check(
    _ low: [some FixedWidthInteger], _ high: [some FixedWidthInteger]
  ) throws(RandomError) {
    guard low.allSatisfy({ Int128($0) >= least }) else {
      throw RandomError("low is out of bounds for \(type.name)")
    }
    guard high.allSatisfy({ Int128($0) <= greatest + 1 }) else {
      throw RandomError("high is out of bounds for \(type.name)")
    }
  }

  /// Checks that each interval has a number.
  static func checkOrder<Bound: FixedWidthInteger>(
    _ low: [Bound], _ high: [Bound]
  ) throws(RandomError) {
    guard zip(low, high).allSatisfy({ $0 < $1 }) else {
      throw RandomError(low.allSatisfy { $0 == 0 } ? "high <= 0" : "low >= high")
    }
  }
}

/// Whole numbers from `low` on: `low`, `low + 1`, …, `low + extent`, in 64-bit arithmetic that wraps around.
private struct Interval {
  var low: UInt64
  var extent: UInt64

  /// - Precondition: `low < high`, and there are at most 2⁶⁴ numbers between them.
  init(low: some FixedWidthInteger, high: some FixedWidthInteger) {
    self.low = UInt64(truncatingIfNeeded: low)
    extent = UInt64(truncatingIfNeeded: high) &- self.low &- 1
  }

  init(
    _ low: some BinaryInteger, _ high: some BinaryInteger, in limits: Limits
  ) throws(RandomError) {
    let low = Int128(clamping: low)
    let high = Int128(clamping: high)
    try limits.check([low], [high])
    try Limits.checkOrder([low], [high])
    self.init(low: low, high: high)
  }
}

/// Whole numbers drawn in pieces of a type's width: pieces narrower than 32 bits share a word, lowest first.
private struct IntegerDraws {
  private let bitWidth: Int
  private var word: UInt32 = 0
  /// How many pieces of the word are not yet drawn.
  private var left = 0

  init(bitWidth: Int) { self.bitWidth = bitWidth }

  /// A number of the interval, by its lowest bits; an interval of one number takes no draw.
  @inline(__always)
  mutating func next(_ interval: Interval, from generator: inout MersenneTwister) -> UInt64 {
    if bitWidth >= 32 { return interval.low &+ generator.nextInteger(through: interval.extent) }
    if interval.extent == 0 { return interval.low }
    let mask = UInt64.max &>> UInt64(interval.extent.leadingZeroBitCount)
    while true {
      let value = UInt64(nextPiece(from: &generator)) & mask
      if value <= interval.extent { return interval.low &+ value }
    }
  }

  private mutating func nextPiece(from generator: inout MersenneTwister) -> UInt32 {
    if left == 0 {
      word = generator.nextWord()
      left = 32 / bitWidth
    } else {
      word >>= UInt32(bitWidth)
    }
    left -= 1
    return word
  }
}
