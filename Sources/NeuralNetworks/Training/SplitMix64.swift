/// A small fast generator, where no other's numbers are asked for: SplitMix64 (Steele, Lea & Flood
/// 2014).
package struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number from 0 to `count − 1` (Lemire 2019, "Fast random integer generation in an interval").
  mutating func below(_ count: Int) -> Int {
    let count = UInt64(count)
    var product = next().multipliedFullWidth(by: count)
    if product.low < count {
      let excess = (0 &- count) % count
      while product.low < excess { product = next().multipliedFullWidth(by: count) }
    }
    return Int(product.high)
  }
}
