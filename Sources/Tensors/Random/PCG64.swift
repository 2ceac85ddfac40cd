/// The permuted congruential generator PCG XSL RR 128/64: random 64-bit words.
///
/// A linear congruential generator of 128 bits; the halves of its state, combined and rotated, are
/// a word.
/// - SeeAlso: O'Neill 2014, "PCG: A Family of Simple Fast Space-Efficient Statistically Good
///   Algorithms for Random Number Generation". Seeds, doubles and halves are made as NumPy makes
///   them.
struct PCG64: BitGenerator, Sendable, Hashable {
  private static let multiplier: UInt128 = 0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645

  private(set) var state: UInt128
  /// Which of 2¹²⁷ streams the words are from.
  let increment: UInt128
  /// 32-bit words are made in pairs: the second of a pair, until it is drawn.
  private(set) var keptWord: UInt32?

  /// Goes on from a state.
  ///
  /// - Precondition: `increment` is odd.
  init(state: UInt128, increment: UInt128, keptWord: UInt32?) {
    precondition(increment & 1 == 1)
    self.state = state
    self.increment = increment
    self.keptWord = keptWord
  }

  init(seed: SeedSequence) {
    let words = seed.generateState(4, as: UInt64.self).map { UInt128($0) }
    increment = (words[2] << 64 | words[3]) << 1 | 1
    state = increment &+ (words[0] << 64 | words[1])
    step()
  }

  @inline(__always)
  private mutating func step() { state = state &* Self.multiplier &+ increment }

  @inline(__always)
  mutating func nextPair() -> UInt64 {
    step()
    let folded = UInt64(truncatingIfNeeded: state >> 64) ^ UInt64(truncatingIfNeeded: state)
    let rotation = UInt64(truncatingIfNeeded: state >> 122)
    return folded &>> rotation | folded &<< (0 &- rotation)
  }

  @inline(__always)
  mutating func nextWord() -> UInt32 {
    if let kept = keptWord {
      keptWord = nil
      return kept
    }
    let pair = nextPair()
    keptWord = UInt32(truncatingIfNeeded: pair >> 32)
    return UInt32(truncatingIfNeeded: pair)
  }

  /// A number from 0 up to but not including 1, a multiple of 2⁻⁵³.
  @inline(__always)
  mutating func nextDouble() -> Double { Double(nextPair() >> 11) * 0x1p-53 }

  /// A number from 0 up to but not including 1, a multiple of 2⁻²⁴.
  @inline(__always)
  mutating func nextFloat() -> Float { Float(nextWord() >> 8) * 0x1p-24 }
}
