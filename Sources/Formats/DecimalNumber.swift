internal import Tensors

/// A floating type that decimal text is read into, rounded once.
///
/// Only `Float` and `Double`: loops over them are compiled for each, which a generic interface used
/// from another module is not.
protocol DecimalScalar: FloatingScalar {
  /// The number nearest to `text`, which is a decimal number without blanks.
  static func parsed(_ text: String) -> Self?
  /// The shortest text that reads back as the same number.
  var shortestText: String { get }
  /// The nearest number to what text says, or `nil` if finding it takes more than a few steps.
  static func nearest(_ number: DecimalNumber) -> Self?
}

/// What decimal text says: `±digits × 10^exponent`.
struct DecimalNumber {
  var digits: UInt64
  var exponent: Int
  var isNegative: Bool

  /// Reads a number from text that ends in a byte that belongs to no number.
  ///
  /// - Parameter position: Where the text begins; moved behind the number.
  /// - Returns: The number, or `nil` if there is none or it is too long to be told so.
  @inline(__always)
  static func scan(_ position: inout UnsafePointer<UInt8>) -> DecimalNumber? {
    var p = position
    let isNegative = p.pointee == UInt8(ascii: "-")
    if isNegative || p.pointee == UInt8(ascii: "+") { p += 1 }
    var digits: UInt64 = 0
    var exponent = 0
    let whole = p
    var digit = p.pointee &- UInt8(ascii: "0")
    while digit < 10 {
      digits = digits &* 10 &+ UInt64(digit)
      p += 1
      digit = p.pointee &- UInt8(ascii: "0")
    }
    var count = p - whole
    if p.pointee == UInt8(ascii: ".") {
      p += 1
      let fraction = p
      digit = p.pointee &- UInt8(ascii: "0")
      while digit < 10 {
        digits = digits &* 10 &+ UInt64(digit)
        p += 1
        digit = p.pointee &- UInt8(ascii: "0")
      }
      exponent = fraction - p
      count -= exponent
    }
    // 19 digits always fit 64 bits; with more, `digits` may have overflowed, but zeros in front
    // don't count.
    if count > 19 { count = max(count - zeros(from: whole), 1) }
    guard count > 0, count <= 19 else { return nil }
    if p.pointee | 0x20 == UInt8(ascii: "e") {
      p += 1
      let isBelowOne = p.pointee == UInt8(ascii: "-")
      if isBelowOne || p.pointee == UInt8(ascii: "+") { p += 1 }
      let power = p
      var value = 0
      digit = p.pointee &- UInt8(ascii: "0")
      while digit < 10 {
        value = value &* 10 &+ Int(digit)
        p += 1
        digit = p.pointee &- UInt8(ascii: "0")
      }
      guard p > power, p - power <= 5 else { return nil }
      exponent += isBelowOne ? -value : value
    }
    position = p
    return DecimalNumber(digits: digits, exponent: exponent, isNegative: isNegative)
  }

  /// How many zeros stand in front of the first other digit.
  private static func zeros(from position: UnsafePointer<UInt8>) -> Int {
    var p = position
    var count = 0
    while p.pointee == UInt8(ascii: "0") || p.pointee == UInt8(ascii: ".") {
      count += p.pointee == UInt8(ascii: "0") ? 1 : 0
      p += 1
    }
    return count
  }

  /// Whether text is a decimal number of any length: `-1`, `2.`, `.5`, `6e-7`.
  static func isValid(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var rest = text[...]
    func dropDigits() -> Int {
      let count = rest.prefix { $0 &- UInt8(ascii: "0") < 10 }.count
      rest = rest.dropFirst(count)
      return count
    }
    func dropSign() {
      if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") {
        rest = rest.dropFirst()
      }
    }
    dropSign()
    var count = dropDigits()
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      count += dropDigits()
    }
    guard count > 0 else { return false }
    if let letter = rest.first, letter | 0x20 == UInt8(ascii: "e") {
      rest = rest.dropFirst()
      dropSign()
      guard dropDigits() > 0 else { return false }
    }
    return rest.isEmpty
  }

  /// The number in binary with at least 63 exact bits, the last of them set if any below is.
  ///
  /// Rounding such a significand to 53 bits or fewer gives what rounding the exact number would:
  /// the last bit stands for everything below it ("round to odd").
  ///
  /// - Precondition: `digits` isn't 0 and `exponent` is from -27 to 27: 5^27 fits 63 bits.
  var roundedToOdd: (significand: UInt64, power: Int) {
    if exponent >= 0 {
      let (high, low) = digits.multipliedFullWidth(by: DecimalNumber.powerOfFive(exponent))
      guard high != 0 else { return (low, exponent) }
      let shift = high.leadingZeroBitCount
      let joined = shift == 0 ? high : high << shift | low >> (64 - shift)
      let isInexact = low << shift != 0
      return (joined | (isInexact ? 1 : 0), 64 - shift + exponent)
    }
    let shift = digits.leadingZeroBitCount
    let dividend = digits << shift
    let power = DecimalNumber.powerOfFive(-exponent)
    let divisorShift = power.leadingZeroBitCount
    // dividend · 2^63 / divisor has 63 or 64 bits, as both have 64.
    let (quotient, remainder) = (power << divisorShift)
      .dividingFullWidth((dividend >> 1, dividend << 63))
    return (quotient | (remainder != 0 ? 1 : 0), divisorShift - shift - 63 + exponent)
  }

  private static func powerOfFive(_ exponent: Int) -> UInt64 {
    var result: UInt64 = 1
    var base: UInt64 = 5
    var rest = exponent
    while rest > 0 {
      if rest & 1 == 1 { result &*= base }
      base &*= base
      rest >>= 1
    }
    return result
  }

  /// 10^exponent for an exponent from 0 to 22: these are exact.
  @inline(__always)
  static func powerOfTen(_ exponent: Int) -> Double {
    powersOfTen.withUnsafeBufferPointer { $0[exponent] }
  }

  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]
}

extension Double: DecimalScalar {
  static func parsed(_ text: String) -> Double? { Double(text) }
  var shortestText: String { description }

  @inline(__always)
  static func nearest(_ number: DecimalNumber) -> Double? {
    guard let size = magnitude(number) else { return nil }
    return number.isNegative ? -size : size
  }

  @inline(__always)
  fileprivate static func magnitude(_ number: DecimalNumber) -> Double? {
    // Both factors are exact, so the one operation rounds once.
    if number.digits <= 1 << 53, number.exponent >= -22, number.exponent <= 22 {
      return number.exponent < 0
        ? Double(number.digits) / DecimalNumber.powerOfTen(-number.exponent)
        : Double(number.digits) * DecimalNumber.powerOfTen(number.exponent)
    }
    guard number.digits != 0 else { return 0 }
    guard number.exponent >= -27, number.exponent <= 27 else { return nil }
    let (significand, power) = number.roundedToOdd
    return Double(significand) * Double(sign: .plus, exponent: power, significand: 1)
  }
}

extension Float: DecimalScalar {
  static func parsed(_ text: String) -> Float? { Float(text) }
  var shortestText: String { description }

  @inline(__always)
  static func nearest(_ number: DecimalNumber) -> Float? {
    guard let size = magnitude(number) else { return nil }
    return number.isNegative ? -size : size
  }

  @inline(__always)
  private static func magnitude(_ number: DecimalNumber) -> Float? {
    if number.digits <= 1 << 53, number.exponent >= -22, number.exponent <= 22,
      let wide = Double.magnitude(number)
    {
      // Rounding twice errs only where the first rounding ends halfway between two floats.
      if wide.bitPattern & 0x1FFF_FFFF != 0x1000_0000 { return Float(wide) }
    }
    guard number.digits != 0 else { return 0 }
    guard number.exponent >= -27, number.exponent <= 27 else { return nil }
    let (significand, power) = number.roundedToOdd
    // Rounded to 24 bits first; the product with a power of two is exact in `Double`.
    return Float(
      Double(Float(significand)) * Double(sign: .plus, exponent: power, significand: 1))
  }
}
