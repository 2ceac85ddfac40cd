import CKernels

/// A number as the sum of two doubles, the lower at most half a unit in the last place of the
/// higher: some 100 bits.
///
/// With it, tables can be formed to the last bit of a `Double` on any system, whatever its `log`
/// and `exp` round to.
/// - SeeAlso: Dekker 1971, "A floating-point technique for extending the available precision".
struct DoubleDouble {
  /// The nearest double.
  var high: Double
  var low: Double

  init(_ high: Double, _ low: Double = 0) {
    self.high = high
    self.low = low
  }

  static func + (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let sum = exactSum(a.high, b.high)
    return normalized(sum.high, sum.low + (a.low + b.low))
  }

  static prefix func - (a: DoubleDouble) -> DoubleDouble { DoubleDouble(-a.high, -a.low) }

  static func * (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let product = a.high * b.high
    let error = (-product).addingProduct(a.high, b.high)
    return normalized(product, error + (a.high * b.low + a.low * b.high))
  }

  static func / (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let quotient = a.high / b.high
    let rest = a + -(b * DoubleDouble(quotient))
    return normalized(quotient, rest.high / b.high)
  }

  /// Scaled by a power of two.
  func scaled(by power: Double) -> DoubleDouble { DoubleDouble(high * power, low * power) }

  /// The greatest whole number up to this one, which must be below 2⁶³.
  var floor: Int {
    let whole = high.rounded(.down)
    return whole == high && low < 0 ? Int(whole) - 1 : Int(whole)
  }

  /// e to the power of `x`: its series, for what is left of `x` without whole multiples of log 2.
  static func exp(_ x: DoubleDouble) -> DoubleDouble {
    let logarithmOf2 = DoubleDouble(0x1.62e4_2fef_a39efp-1, 0x1.abc9_e3b3_9803fp-56)
    let count = (x.high / logarithmOf2.high).rounded()
    let rest = x + -(logarithmOf2 * DoubleDouble(count))
    var sum = DoubleDouble(1)
    // |rest| ≤ 0.35: the first term left out, 0.35²⁵ / 25!, is below 2⁻¹²⁰.
    for divisor in stride(from: 24.0, through: 1, by: -1) {
      sum = DoubleDouble(1) + sum * rest / DoubleDouble(divisor)
    }
    return sum.scaled(by: Double(sign: .plus, exponent: Int(count), significand: 1))
  }

  /// The natural logarithm: the C library's, and a step of Newton's method, which squares its
  /// error.
  static func log(_ x: DoubleDouble) -> DoubleDouble {
    let start = DoubleDouble(CKernels.log(x.high))
    return start + (x * exp(-start) + DoubleDouble(-1))
  }

  private static func exactSum(_ a: Double, _ b: Double) -> DoubleDouble {
    let sum = a + b
    let part = sum - a
    return DoubleDouble(sum, (a - (sum - part)) + (b - part))
  }

  /// The sum of a double and a much smaller one.
  private static func normalized(_ high: Double, _ low: Double) -> DoubleDouble {
    let sum = high + low
    return DoubleDouble(sum, low - (sum - high))
  }
}
