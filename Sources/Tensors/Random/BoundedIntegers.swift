// Whole numbers between bounds: the checks of the bounds, and how draws fill a tensor.

/// The numbers that a type has, as bounds are checked against them.
struct IntegerLimits {
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
  ///
  /// `closed` tells whether the upper bound is the greatest number itself rather than one more.
  func check(
    _ low: [some FixedWidthInteger], _ high: [some FixedWidthInteger], closed: Bool = false
  ) throws(RandomError) {
    guard low.allSatisfy({ Int128($0) >= least }) else {
      throw RandomError("low is out of bounds for \(type.name)")
    }
    guard high.allSatisfy({ Int128($0) <= (closed ? greatest : greatest + 1) }) else {
      throw RandomError("high is out of bounds for \(type.name)")
    }
  }

  /// Checks that each interval has a number.
  static func checkOrder<Bound: FixedWidthInteger>(
    _ low: [Bound], _ high: [Bound], closed: Bool = false
  ) throws(RandomError) {
    guard zip(low, high).allSatisfy({ closed ? $0 <= $1 : $0 < $1 }) else {
      throw RandomError(
        low.allSatisfy { $0 == 0 }
          ? (closed ? "high < 0" : "high <= 0") : (closed ? "low > high" : "low >= high"))
    }
  }
}

/// Whole numbers from `low` on: `low`, `low + 1`, …, `low + extent`, in 64-bit arithmetic that
/// wraps around.
struct IntegerInterval {
  var low: UInt64
  var extent: UInt64

  /// - Precondition: There is a number, and there are at most 2⁶⁴.
  init(low: some FixedWidthInteger, high: some FixedWidthInteger, closed: Bool = false) {
    self.low = UInt64(truncatingIfNeeded: low)
    extent = UInt64(truncatingIfNeeded: high) &- self.low &- (closed ? 0 : 1)
  }

  init(
    _ low: some BinaryInteger, _ high: some BinaryInteger, closed: Bool = false,
    in limits: IntegerLimits
  ) throws(RandomError) {
    let low = Int128(clamping: low)
    let high = Int128(clamping: high)
    try limits.check([low], [high], closed: closed)
    try IntegerLimits.checkOrder([low], [high], closed: closed)
    self.init(low: low, high: high, closed: closed)
  }
}

/// Random bits in pieces of a type's width: pieces narrower than 32 bits share a word, lowest
/// first.
struct WordPieces {
  let bitWidth: Int
  private var word: UInt32 = 0
  /// How many pieces of the word are not yet drawn.
  private var left = 0

  init(bitWidth: Int) { self.bitWidth = bitWidth }

  /// The next piece, in the lowest of 32 bits; those above are not zero.
  @inline(__always)
  mutating func next(from generator: inout some BitGenerator) -> UInt32 {
    if bitWidth >= 32 { return generator.nextWord() }
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

extension RandomSource {
  /// The shape of whole numbers between bounds of their own, once all is checked in NumPy's order.
  static func checkedBounds(
    _ low: Tensor<Int>, _ high: Tensor<Int>, shape: Shape?, closed: Bool = false,
    in limits: IntegerLimits
  ) throws(RandomError) -> Shape {
    try limits.check(low.scalars, high.scalars, closed: closed)
    let parameters = try pair(low.shape, high.shape)
    try IntegerLimits.checkOrder(
      low.broadcast(to: parameters).scalars, high.broadcast(to: parameters).scalars, closed: closed)
    return try self.shape(requested: shape, low.shape, high.shape, shape)
  }

  /// A tensor of whole numbers from intervals by position, made in C order.
  ///
  /// `draw` makes a number of an interval, by its lowest bits. The loop is compiled for each width
  /// rather than for each type, so that a caller's type costs nothing.
  @inline(__always)
  static func integers<Scalar: TensorScalar>(
    _ shape: Shape, bitWidth: Int, from generator: inout Bits,
    _ interval: (Int) -> IntegerInterval,
    draw: (IntegerInterval, inout WordPieces, inout Bits) -> UInt64
  ) -> Tensor<Scalar> {
    let storage = Storage(count: shape.elementCount, of: Scalar.self)
    let elements = storage.bytes
    switch bitWidth {
    case 1, 8: fill(elements, as: UInt8.self, bitWidth: bitWidth, from: &generator, interval, draw)
    case 16: fill(elements, as: UInt16.self, bitWidth: 16, from: &generator, interval, draw)
    case 32: fill(elements, as: UInt32.self, bitWidth: 32, from: &generator, interval, draw)
    default: fill(elements, as: UInt64.self, bitWidth: 64, from: &generator, interval, draw)
    }
    return Tensor(storage: storage, layout: Layout(shape))
  }

  @inline(__always)
  private static func fill<Word: FixedWidthInteger>(
    _ elements: UnsafeMutableRawBufferPointer, as type: Word.Type, bitWidth: Int,
    from generator: inout Bits, _ interval: (Int) -> IntegerInterval,
    _ draw: (IntegerInterval, inout WordPieces, inout Bits) -> UInt64
  ) {
    var pieces = WordPieces(bitWidth: bitWidth)
    for position in 0..<elements.count / MemoryLayout<Word>.stride {
      let number = draw(interval(position), &pieces, &generator)
      elements.storeBytes(
        of: Word(truncatingIfNeeded: number), toByteOffset: position * MemoryLayout<Word>.stride,
        as: type)
    }
  }
}
