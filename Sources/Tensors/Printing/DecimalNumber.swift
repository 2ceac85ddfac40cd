/// A finite number in decimal digits: `±significand · 10^exponent`.
struct DecimalNumber: Hashable {
  private(set) var isNegative: Bool
  /// The digits, without zeros at the end.
  private(set) var significand: UInt64
  /// The power of ten of the last digit; 0 for zero.
  private(set) var exponent: Int

  private init(isNegative: Bool, significand: UInt64, exponent: Int) {
    self.isNegative = isNegative
    self.significand = significand
    self.exponent = significand == 0 ? 0 : exponent
    while self.significand != 0, self.significand.isMultiple(of: 10) {
      self.significand /= 10
      self.exponent += 1
    }
  }

  /// How many digits there are, 1 for zero.
  var digitCount: Int {
    var count = 1
    var rest = significand / 10
    while rest > 0 {
      count += 1
      rest /= 10
    }
    return count
  }

  /// The power of ten of the first digit; 0 for zero.
  var leadingExponent: Int { exponent + digitCount - 1 }

  /// The digits in ASCII, the first one first.
  var digits: [UInt8] { Array(String(significand).utf8) }
}

extension DecimalNumber {
  /// The fewest digits that tell a finite number from its neighbours of the same type.
  init(shortest x: some FloatingScalar) {
    // `description` promises these digits; only their arrangement (point, exponent, zeros) is
    // undone here.
    var significand: UInt64 = 0
    var exponent = 0
    var isFraction = false
    var text = "\(x)".utf8[...]
    if text.first == UInt8(ascii: "-") { text = text.dropFirst() }
    while let byte = text.popFirst() {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        significand = significand * 10 + UInt64(byte - UInt8(ascii: "0"))
        if isFraction { exponent -= 1 }
      case UInt8(ascii: "."):
        isFraction = true
      default:
        exponent += Int(Substring(text)) ?? 0
        text = text[text.endIndex...]
      }
    }
    self.init(isNegative: x.sign == .minus, significand: significand, exponent: exponent)
  }

  /// The shortest digits of a finite number, or the multiple of `10^place` nearest to it if they go
  /// beyond that place.
  ///
  /// - Parameters:
  ///   - x: The number.
  ///   - place: The power of ten to stop at.
  init(shortest x: some FloatingScalar, downTo place: Int) {
    let shortest = DecimalNumber(shortest: x)
    self =
      shortest.exponent >= place
      ? shortest
      : shortest.rounded(to: place) ?? DecimalNumber(nearest: Double(x), place: place)
  }

  /// The multiple of `10^place` nearest to the number that these shortest digits stand for, or
  /// `nil` if the digits lie half-way between two, so that they don't tell.
  ///
  /// No other case is in doubt: were the half-way point between the digits and the number, it would
  /// tell the number from its neighbours too, with fewer digits or closer.
  private func rounded(to place: Int) -> DecimalNumber? {
    let dropped = place - exponent
    guard dropped <= digitCount else {
      return DecimalNumber(isNegative: isNegative, significand: 0, exponent: 0)
    }
    let unit = (0..<dropped).reduce(UInt64(1)) { power, _ in power * 10 }
    let (quotient, remainder) = significand.quotientAndRemainder(dividingBy: unit)
    guard remainder != unit / 2 else { return nil }
    return DecimalNumber(
      isNegative: isNegative, significand: remainder < unit / 2 ? quotient : quotient + 1,
      exponent: place)
  }

  /// The multiple of `10^place` nearest to a finite number, the even one of two that are equally
  /// near.
  ///
  /// - Parameters:
  ///   - x: The number.
  ///   - place: The power of ten to stop at, at most 18 below the number's first digit.
  init(nearest x: Double, place: Int) {
    self.init(ExactDecimal(x), place: place, isNegative: x.sign == .minus)
  }

  /// A finite number rounded to so many digits, to an even last digit if two are equally near.
  ///
  /// - Parameters:
  ///   - x: The number.
  ///   - digitCount: 1 to 19.
  init(nearest x: Double, digitCount: Int) {
    let exact = ExactDecimal(x)
    let place = exact.exponent + exact.digits.count - digitCount
    self.init(exact, place: place, isNegative: x.sign == .minus)
  }

  private init(_ exact: ExactDecimal, place: Int, isNegative: Bool) {
    let kept = exact.digits.count - (place - exact.exponent)
    guard kept < exact.digits.count else {
      self.init(
        isNegative: isNegative, significand: DecimalNumber.value(of: exact.digits[...]),
        exponent: exact.exponent)
      return
    }
    guard kept >= 0 else {
      self.init(isNegative: isNegative, significand: 0, exponent: 0)
      return
    }
    var significand = DecimalNumber.value(of: exact.digits[..<kept])
    let next = exact.digits[kept]
    let isHalf = next == 5 && exact.digits[(kept + 1)...].allSatisfy { $0 == 0 }
    if isHalf ? !significand.isMultiple(of: 2) : next >= 5 { significand += 1 }
    self.init(isNegative: isNegative, significand: significand, exponent: place)
  }

  private static func value(of digits: ArraySlice<UInt8>) -> UInt64 {
    digits.reduce(0) { $0 * 10 + UInt64($1) }
  }
}

/// All decimal digits of a finite binary number's magnitude: `digits · 10^exponent`.
private struct ExactDecimal {
  /// Each 0 to 9, the first one not 0 (but for zero, which has none).
  let digits: [UInt8]
  let exponent: Int

  init(_ x: Double) {
    // |x| = significand · 2^power
    var significand = x.significandBitPattern
    if x.isNormal { significand |= 1 << Double.significandBitCount }
    let bias = 1023 + Double.significandBitCount
    var power = Swift.max(Int(x.exponentBitPattern), 1) - bias
    if significand != 0 {
      power += significand.trailingZeroBitCount
      significand >>= significand.trailingZeroBitCount
    }
    // A negative power of two is a power of five over one of ten.
    var number = LargeInteger(significand)
    if power >= 0 {
      number.multiply(by: 2, times: power)
    } else {
      number.multiply(by: 5, times: -power)
    }
    digits = number.digits
    exponent = Swift.min(power, 0)
  }
}

/// A whole number of any size, in limbs of nine decimal digits, the lowest first.
private struct LargeInteger {
  private static let base: UInt64 = 1_000_000_000
  private var limbs: [UInt64] = []

  init(_ value: UInt64) {
    var rest = value
    while rest > 0 {
      limbs.append(rest % LargeInteger.base)
      rest /= LargeInteger.base
    }
  }

  mutating func multiply(by factor: UInt64, times: Int) {
    var left = times
    while left > 0 {
      var product: UInt64 = 1
      // A limb times the product, plus a carry, then fits 64 bits.
      while left > 0, product < 1 << 30 {
        product *= factor
        left -= 1
      }
      var carry: UInt64 = 0
      for index in limbs.indices {
        let value = limbs[index] * product + carry
        limbs[index] = value % LargeInteger.base
        carry = value / LargeInteger.base
      }
      while carry > 0 {
        limbs.append(carry % LargeInteger.base)
        carry /= LargeInteger.base
      }
    }
  }

  /// The decimal digits, the first one first; none for zero.
  var digits: [UInt8] {
    var result: [UInt8] = []
    for limb in limbs {
      var rest = limb
      for _ in 0..<9 {
        result.append(UInt8(rest % 10))
        rest /= 10
      }
    }
    while result.last == 0 { result.removeLast() }
    return result.reversed()
  }
}
