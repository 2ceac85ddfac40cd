/// The form that all floating numbers of one tensor are shown in, so that they line up.
///
/// The numbers decide together whether exponents are used and how many characters stand before and
/// after the point.
struct FloatFormat<Scalar: FloatingScalar> {
  private enum Notation {
    case positional(precision: Int)
    case scientific(fractionDigits: Int, exponentDigits: Int)
  }
  private let notation: Notation
  /// The characters before the point, with the sign.
  private let wholeWidth: Int
  /// The characters after the point.
  private let fractionWidth: Int

  /// The characters that each number takes.
  var width: Int { wholeWidth + 1 + fractionWidth }

  /// The form for these numbers.
  init(_ values: [Scalar], _ options: PrintOptions) {
    // No number has digits beyond this place, and sums with it can't overflow.
    let precision = Swift.min(options.precision, 1100)
    var wholeWidth = 0
    var fractionWidth = 0
    if FloatFormat.needsExponents(values, options) {
      var fractionDigits = 0
      var exponentDigits = 2
      for value in values where value.isFinite {
        let number = FloatFormat.scientific(value, precision: precision)
        wholeWidth = Swift.max(wholeWidth, number.isNegative ? 2 : 1)
        fractionDigits = Swift.max(fractionDigits, number.digitCount - 1)
        exponentDigits = Swift.max(
          exponentDigits, String(number.leadingExponent.magnitude).utf8.count)
      }
      notation = .scientific(fractionDigits: fractionDigits, exponentDigits: exponentDigits)
      fractionWidth = fractionDigits + 2 + exponentDigits
    } else {
      for value in values where value.isFinite {
        let number = DecimalNumber(shortest: value, downTo: -precision)
        let digits = Swift.max(number.leadingExponent, 0) + 1
        wholeWidth = Swift.max(wholeWidth, digits + (number.isNegative ? 1 : 0))
        fractionWidth = Swift.max(fractionWidth, -number.exponent)
      }
      notation = .positional(precision: precision)
    }
    for value in values where !value.isFinite {
      wholeWidth = Swift.max(
        wholeWidth, FloatFormat.name(ofNonFinite: value).utf8.count - 1 - fractionWidth)
    }
    self.wholeWidth = wholeWidth
    self.fractionWidth = fractionWidth
  }

  private static func needsExponents(_ values: [Scalar], _ options: PrintOptions) -> Bool {
    var least = Scalar.infinity
    var greatest = Scalar.zero
    for value in values where value.isFinite && value != 0 {
      least = Swift.min(least, value.magnitude)
      greatest = Swift.max(greatest, value.magnitude)
    }
    guard greatest > 0 else { return false }
    // From here on positions before the point would show more digits than the type holds, or too
    // many to read.
    let large: Scalar = Scalar.scalarType == .float32 ? 1e6 : 1e8
    return greatest >= large
      || !options.suppressSmall && (least < Scalar(0.0001) || greatest / least > 1000)
  }

  private static func scientific(_ value: Scalar, precision: Int) -> DecimalNumber {
    let shortest = DecimalNumber(shortest: value)
    return shortest.digitCount - 1 <= precision
      ? shortest
      : DecimalNumber(shortest: value, downTo: shortest.leadingExponent - precision)
  }

  fileprivate static func name(ofNonFinite value: Scalar) -> String {
    value.isNaN ? "nan" : value < 0 ? "-inf" : "inf"
  }

  /// Appends a number in this form: one of those that the form was made for.
  ///
  /// - Parameters:
  ///   - value: The number.
  ///   - text: The text to append to.
  func append(_ value: Scalar, to text: inout [UInt8]) {
    guard value.isFinite else {
      text.append(FloatFormat.name(ofNonFinite: value), width: width)
      return
    }
    let start = text.count
    switch notation {
    case .positional(let precision):
      let number = DecimalNumber(shortest: value, downTo: -precision)
      let digits = Swift.max(number.leadingExponent, 0) + 1 + (number.isNegative ? 1 : 0)
      text.append(spaces: wholeWidth - digits)
      text.append(positional: number, fractionDigits: 0)
    case .scientific(let fractionDigits, let exponentDigits):
      var number = FloatFormat.scientific(value, precision: fractionDigits)
      // Where another number needs more digits, these are the number's own, not zeros put behind
      // the shortest.
      if value != 0, number.digitCount <= fractionDigits {
        number = DecimalNumber(nearest: Double(value), digitCount: fractionDigits + 1)
      }
      text.append(spaces: wholeWidth - (number.isNegative ? 2 : 1))
      text.append(
        scientific: number, fractionDigits: fractionDigits, exponentDigits: exponentDigits)
    }
    text.append(spaces: width - (text.count - start))
  }
}

extension FloatingScalar {
  /// The number by itself, with all digits that tell it from its neighbours: NumPy's `str` of a
  /// scalar.
  var scalarDescription: String {
    guard isFinite else { return FloatFormat.name(ofNonFinite: self) }
    let number = DecimalNumber(shortest: self)
    // The limits hold in double precision: the `Float` nearest to 0.0001 is below it.
    let size = Double(magnitude)
    var text: [UInt8] = []
    if size == 0 || (size >= 1e-4 && size < (Self.scalarType == .float32 ? 1e6 : 1e16)) {
      text.append(positional: number, fractionDigits: 1)
    } else {
      text.append(scientific: number, fractionDigits: 0, exponentDigits: 2)
      // A point with nothing behind it is left out.
      if let point = text.firstIndex(of: UInt8(ascii: ".")), text[point + 1] == UInt8(ascii: "e") {
        text.remove(at: point)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}

extension [UInt8] {
  /// Appends that many spaces, none if the count is negative.
  mutating func append(spaces count: Int) {
    append(contentsOf: repeatElement(UInt8(ascii: " "), count: Swift.max(count, 0)))
  }

  /// Appends a text of ASCII characters, with spaces before it to fill the width.
  ///
  /// - Parameters:
  ///   - string: The text.
  ///   - width: The least number of characters to append.
  mutating func append(_ string: String, width: Int = 0) {
    append(spaces: width - string.utf8.count)
    append(contentsOf: string.utf8)
  }

  fileprivate mutating func append(zeros count: Int) {
    append(contentsOf: repeatElement(UInt8(ascii: "0"), count: Swift.max(count, 0)))
  }

  /// Appends a number with a point and no exponent: `-12.5`, `3.`.
  ///
  /// - Parameters:
  ///   - number: The number.
  ///   - fractionDigits: The least number of digits after the point.
  mutating func append(positional number: DecimalNumber, fractionDigits: Int) {
    if number.isNegative { append(UInt8(ascii: "-")) }
    let digits = number.digits
    // How many of the digits stand before the point: none or less for a fraction.
    let whole = digits.count + number.exponent
    if whole > 0 {
      append(contentsOf: digits.prefix(whole))
      append(zeros: number.exponent)
    } else {
      append(UInt8(ascii: "0"))
    }
    append(UInt8(ascii: "."))
    let start = count
    append(zeros: Swift.min(-whole, -number.exponent))
    append(contentsOf: digits.dropFirst(Swift.max(whole, 0)))
    append(zeros: fractionDigits - (count - start))
  }

  /// Appends a number with one digit before the point and an exponent: `-1.25e+03`.
  ///
  /// - Parameters:
  ///   - number: The number.
  ///   - fractionDigits: The least number of digits after the point.
  ///   - exponentDigits: The least number of digits of the exponent.
  mutating func append(
    scientific number: DecimalNumber, fractionDigits: Int, exponentDigits: Int
  ) {
    if number.isNegative { append(UInt8(ascii: "-")) }
    let digits = number.digits
    append(digits[0])
    append(UInt8(ascii: "."))
    append(contentsOf: digits.dropFirst())
    append(zeros: fractionDigits - (digits.count - 1))
    append(UInt8(ascii: "e"))
    let exponent = number.leadingExponent
    append(exponent < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
    let exponentText = String(exponent.magnitude)
    append(zeros: exponentDigits - exponentText.utf8.count)
    append(exponentText)
  }
}
