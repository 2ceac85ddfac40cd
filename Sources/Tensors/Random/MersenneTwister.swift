/// The Mersenne Twister MT19937: random 32-bit words.
///
/// The state is a block of 624 words. Each is tempered as it is drawn; when all are drawn, the
/// block makes the next.
/// - SeeAlso: Matsumoto & Nishimura 1998, "Mersenne Twister: a 623-dimensionally equidistributed
///   uniform pseudo-random number generator". Seeds, doubles and bounded numbers are made as NumPy
///   makes them.
struct MersenneTwister: BitGenerator, Sendable, Hashable {
  /// The words of a block.
  static let wordCount = 624
  /// A word is mixed with the one this far ahead.
  private static let lag = 397

  /// The block.
  private(set) var key: [UInt32]
  /// How many words of the block are drawn.
  private(set) var position: Int

  /// Goes on from a block of which `position` words are drawn.
  ///
  /// - Precondition: `key` has 624 words, not all zero, and `position` is from 0 to 624.
  init(key: [UInt32], position: Int) {
    precondition(key.count == Self.wordCount && (0...Self.wordCount).contains(position))
    self.key = key
    self.position = position
  }

  init(seed: UInt32) {
    key = []
    key.reserveCapacity(Self.wordCount)
    var word = seed
    for index in 1...UInt32(Self.wordCount) {
      key.append(word)
      word = 1_812_433_253 &* (word ^ (word >> 30)) &+ index
    }
    position = Self.wordCount
  }

  /// Starts from any number of words: the reference code's `init_by_array`.
  ///
  /// - Precondition: `seed` is not empty.
  init(seed: [UInt32]) {
    self.init(seed: 19_650_218)
    let count = Self.wordCount
    var i = 1
    // Mixes the word before into word `i`; word 0 takes over the last one at the end of a round.
    func mix(_ key: inout [UInt32], factor: UInt32, adding term: UInt32) {
      key[i] = (key[i] ^ ((key[i - 1] ^ (key[i - 1] >> 30)) &* factor)) &+ term
      i += 1
      if i == count {
        key[0] = key[count - 1]
        i = 1
      }
    }
    for step in 0..<Swift.max(count, seed.count) {
      let j = step % seed.count
      mix(&key, factor: 1_664_525, adding: seed[j] &+ UInt32(truncatingIfNeeded: j))
    }
    for _ in 1..<count {
      mix(&key, factor: 1_566_083_941, adding: 0 &- UInt32(i))
    }
    key[0] = 0x8000_0000
  }

  @inline(__always)
  mutating func nextWord() -> UInt32 {
    if position == Self.wordCount { makeNextBlock() }
    let word = key[position]
    position += 1
    return Self.tempered(word)
  }

  @inline(__always)
  private static func tempered(_ word: UInt32) -> UInt32 {
    var word = word
    word ^= word >> 11
    word ^= (word << 7) & 0x9d2c_5680
    word ^= (word << 15) & 0xefc6_0000
    return word ^ (word >> 18)
  }

  /// The next 64 random bits: two words, the first of them above the second.
  @inline(__always)
  mutating func nextPair() -> UInt64 {
    let high = UInt64(nextWord())
    return high << 32 | UInt64(nextWord())
  }

  /// A number from 0 up to but not including 1, a multiple of 2⁻⁵³.
  @inline(__always)
  mutating func nextDouble() -> Double {
    let high = nextWord()
    return Self.double(high, nextWord())
  }

  @inline(__always)
  private static func double(_ high: UInt32, _ low: UInt32) -> Double {
    (Double(high >> 5) * 0x1p26 + Double(low >> 6)) * 0x1p-53
  }

  /// Fills memory with ``nextDouble()``, the words of a block in one loop.
  mutating func fill(_ doubles: UnsafeMutableBufferPointer<Double>) {
    var filled = 0
    while filled < doubles.count {
      let pairs = Swift.min((Self.wordCount - position) / 2, doubles.count - filled)
      key.withUnsafeBufferPointer { key in
        for pair in 0..<pairs {
          let word = position + 2 * pair
          doubles.initializeElement(
            at: filled + pair,
            to: Self.double(Self.tempered(key[word]), Self.tempered(key[word + 1])))
        }
      }
      position += 2 * pairs
      filled += pairs
      // The block is used up, or a pair lies across its end.
      if filled < doubles.count {
        doubles.initializeElement(at: filled, to: nextDouble())
        filled += 1
      }
    }
  }

  @inline(never)
  private mutating func makeNextBlock() {
    let count = Self.wordCount
    let lag = Self.lag
    key.withUnsafeMutableBufferPointer { key in
      for i in 0..<count - lag {
        key[i] = key[i + lag] ^ Self.twisted(key[i], key[i + 1])
      }
      for i in count - lag..<count - 1 {
        key[i] = key[i + lag - count] ^ Self.twisted(key[i], key[i + 1])
      }
      key[count - 1] = key[lag - 1] ^ Self.twisted(key[count - 1], key[0])
    }
    position = 0
  }

  /// The highest bit of one word before the others of the next, times the matrix of the recurrence.
  @inline(__always)
  private static func twisted(_ word: UInt32, _ next: UInt32) -> UInt32 {
    let joined = (word & 0x8000_0000) | (next & 0x7fff_ffff)
    return (joined >> 1) ^ (0x9908_b0df & (0 &- (joined & 1)))
  }
}
