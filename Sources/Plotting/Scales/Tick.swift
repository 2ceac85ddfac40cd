#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A number that an axis names, or only marks if the label is empty.
package struct Tick: Sendable {
  package var value: Double
  package var label: RichText

  package init(_ value: Double, _ label: RichText) {
    self.value = value
    self.label = label
  }

  package init(_ value: Double, _ label: String) { self.init(value, RichText(label)) }

  /// Round numbers within limits, at most `count` of them, or two if there is no other way.
  package static func round(in limits: ClosedRange<Double>, scale: Scale, atMost count: Int)
    -> [Tick]
  {
    switch scale {
    case .linear: linear(in: limits, atMost: count)
    case .logarithmic: logarithmic(in: limits, atMost: count)
    }
  }

  // MARK: Linear

  /// Multiples of 1, 2, 2½ or 5 times a power of ten.
  private static func linear(in limits: ClosedRange<Double>, atMost count: Int) -> [Tick] {
    let (low, high) = (limits.lowerBound, limits.upperBound)
    // The least step, with halves since the difference of the largest numbers is infinite.
    let least = (high / 2 - low / 2) / Double(max(1, count)) * 2
    guard least > 0, least.isFinite else { return [] }
    var exponent = Int(log10(least).rounded(.down)) - 1
    // A step is `factor` · 10^exponent, a whole number of them.
    while exponent < 308 {
      for factor in [10, 20, 25, 50] {
        guard let step = power(factor, exponent), step >= least * 0.999999 else { continue }
        let first = (low / step).rounded(.up)
        let last = (high / step).rounded(.down)
        guard last - first < Double(count) else { continue }
        return labeled(first: first, last: last, factor: factor, exponent: exponent)
      }
      exponent += 1
    }
    // No step so wide is a number.
    return []
  }

  /// The number with these digits and power of ten, rounded once; nil if it is 0 or infinite.
  private static func power(_ digits: Int, _ exponent: Int) -> Double? {
    guard let value = Double("\(digits)e\(exponent)"), value > 0, value.isFinite else { return nil }
    return value
  }

  private static func labeled(first: Double, last: Double, factor: Int, exponent: Int) -> [Tick] {
    guard first <= last, max(abs(first), abs(last)) < 1e15 else { return [] }
    let numbers = (Int(first)...Int(last)).map { $0 * factor }
    let largest = numbers.map(\.magnitude).max() ?? 0
    // The power of ten of the largest number's first digit.
    let order = exponent + String(largest).count - 1
    let isScientific = largest > 0 && (order >= 6 || order < -3)
    // Decimals that all labels have, so that they line up.
    let shift = isScientific ? order : 0
    let isWhole = { (places: Int) in
      let unit = shift - places - exponent
      return unit <= 0 || numbers.allSatisfy { $0 % Tick.ten(to: min(unit, 18)) == 0 }
    }
    var places = 0
    while places < 20, !isWhole(places) { places += 1 }
    return numbers.map { number in
      let value = Double("\(number)e\(exponent)") ?? 0
      let text = decimal(number, exponent: exponent - shift, places: places)
      guard isScientific, number != 0 else {
        return Tick(value, RichText(number == 0 ? "0" : text))
      }
      return Tick(value, RichText("\(text)×10$^{\(shift)}$"))
    }
  }

  private static func ten(to exponent: Int) -> Int {
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }

  /// `number` · 10^exponent with that many decimals, which must be enough.
  static func decimal(_ number: Int, exponent: Int, places: Int) -> String {
    var digits = String(number.magnitude)
    let missing = exponent + places
    if missing >= 0 {
      digits += String(repeating: "0", count: min(missing, 30))
    } else {
      digits.removeLast(min(-missing, digits.count))
      if digits.isEmpty { digits = "0" }
    }
    if places > 0 {
      if digits.count <= places {
        digits = String(repeating: "0", count: places - digits.count + 1) + digits
      }
      digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -places))
    }
    return (number < 0 ? "\u{2212}" : "") + digits
  }

  /// The shortest decimal that reads back as the number: for what isn't round.
  package static func label(of value: Double) -> String {
    let text = "\(value)"
    let short = text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    guard let exponent = short.firstIndex(of: "e") else {
      return short.replacingMinus()
    }
    let power = short[short.index(after: exponent)...].drop { $0 == "+" }
    return short[..<exponent].replacingMinus() + "×10$^{\(power)}$"
  }

  // MARK: Logarithmic

  private static func logarithmic(in limits: ClosedRange<Double>, atMost count: Int) -> [Tick] {
    let low = Int((log10(limits.lowerBound) - 1e-9).rounded(.up))
    let high = Int((log10(limits.upperBound) + 1e-9).rounded(.down))
    // Less than two powers of ten: round numbers between them say more.
    guard high > low else { return linear(in: limits, atMost: count).filter { $0.value > 0 } }
    let least = (high - low) / max(1, count) + 1
    let stride = [1, 2, 3, 5, 10, 20, 50, 100, 200, 500].first { $0 >= least } ?? least
    var ticks: [Tick] = []
    for exponent in low...high where exponent % stride == 0 {
      ticks.append(Tick(power(1, exponent) ?? 0, RichText("10$^{\(exponent)}$")))
    }
    guard stride == 1, high - low < 8 else { return ticks }
    for exponent in (low - 1)...high {
      for digit in 2...9 {
        if let value = power(digit, exponent), limits.contains(value) {
          ticks.append(Tick(value, RichText("")))
        }
      }
    }
    return ticks
  }
}

extension StringProtocol {
  /// The text with the sign of subtraction in place of the hyphen.
  fileprivate func replacingMinus() -> String {
    String(map { $0 == "-" ? "\u{2212}" : $0 })
  }
}

/// A number to so many digits, short: for cells, bars and legends.
///
/// - Parameters:
///   - value: Any number.
///   - digits: How many digits count, as in C's `%.3g`; 1 to 17.
/// - Returns: The text, which may hold mathematics of ``RichText``.
package func shortLabel(_ value: Double, digits: Int = 3) -> String {
  guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "−∞" : "∞" }
  if value == 0 { return "0" }
  let digits = max(1, min(17, digits))
  var order = Int(log10(abs(value)).rounded(.down))
  let scale = { (order: Int) in pow(10, Double(digits - 1 - order)) }
  var number = (abs(value) * scale(order)).rounded()
  if number >= pow(10, Double(digits)) {
    order += 1
    number = (abs(value) * scale(order)).rounded()
  }
  guard number.isFinite, number < 1e17, order < 6, order >= -4 else {
    return Tick.label(of: value)
  }
  let places = digits - 1 - order
  var text = Tick.decimal(
    Int(value < 0 ? -number : number), exponent: -places, places: max(0, places))
  if places > 0 {
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
  }
  return text
}
