/// A mixer of seeds: from any numbers it makes words to start generators with, and seeds for
/// generators beside them.
///
/// Seeds that differ little, such as 1 and 2, give words that have nothing in common:
///
///     var seeds = SeedSequence(42)
///     seeds.generateState(2)  // [3444837047, 2669555309]
///     let children = seeds.spawn(2)
///     children[0].generateState(2)  // [2684470948, 3757501821]
///     var random = Generator(seedSequence: children[1])
///     random.random()  // 0.4674907799518424
///
/// - SeeAlso: NumPy's `SeedSequence`, with its pool of four words; the algorithm is M. E. O'Neill's
///   ("Developing a seed_seq Alternative", 2015).
public struct SeedSequence: Sendable, Hashable {
  /// The seed, as 32-bit words.
  ///
  /// A number of more than 32 bits is several words, the lowest first.
  public let entropy: [UInt32]
  /// The place among the spawned: which child of the first sequence, which child of that one, and
  /// so on.
  public let spawnKey: [UInt32]
  /// How many children have been spawned: NumPy's `n_children_spawned`.
  public private(set) var spawnedCount: Int
  /// The seed and the key, mixed: all that the words are made of.
  private let pool: [UInt32]

  /// Mixes a number.
  ///
  ///     let child = SeedSequence(42, spawnKey: [0])
  ///     child.generateState(2)                          // [2684470948, 3757501821]
  ///     SeedSequence(42, spawnedCount: 3).spawnedCount  // 3
  ///
  /// - Parameters:
  ///   - entropy: The seed. One of more than 128 bits is given as words.
  ///   - spawnKey: The place among the spawned.
  ///   - spawnedCount: How many children have been spawned, for going on from a sequence written
  ///     down.
  /// - Precondition: `spawnedCount` is from 0 to 2³².
  /// - SeeAlso: NumPy's `SeedSequence(entropy, spawn_key=…, n_children_spawned=…)`.
  public init(_ entropy: UInt128, spawnKey: [UInt32] = [], spawnedCount: Int = 0) {
    self.init(Self.words(of: entropy), spawnKey: spawnKey, spawnedCount: spawnedCount)
  }

  /// Mixes any number of words.
  ///
  ///     let words: [UInt32] = [1, 2]
  ///     SeedSequence(words, spawnKey: [7], spawnedCount: 1).generateState(2)
  ///     // [2825260441, 1375241888]
  ///
  /// - Parameters:
  ///   - entropy: The seeds, or the words of one large seed, the lowest first.
  ///   - spawnKey: The place among the spawned.
  ///   - spawnedCount: How many children have been spawned, for going on from a sequence written
  ///     down.
  /// - Precondition: `spawnedCount` is from 0 to 2³².
  /// - SeeAlso: NumPy's `SeedSequence([…], spawn_key=…, n_children_spawned=…)`.
  public init(_ entropy: [UInt32], spawnKey: [UInt32] = [], spawnedCount: Int = 0) {
    precondition(
      (0...Self.mostChildren).contains(spawnedCount),
      "the number of spawned children is \(spawnedCount) instead of 0 to \(Self.mostChildren)")
    self.entropy = entropy
    self.spawnKey = spawnKey
    self.spawnedCount = spawnedCount
    pool = Self.pool(of: entropy, spawnKey)
  }

  /// Mixes a number that may be negative.
  ///
  ///     try SeedSequence(checking: 42).generateState(2)  // [3444837047, 2669555309]
  ///     try SeedSequence(checking: -1)                   // throws expected non-negative integer
  ///
  /// - Parameter entropy: The seed, 0 or more.
  /// - Throws: `RandomError` if the seed is negative.
  /// - SeeAlso: NumPy's `SeedSequence(entropy)`.
  public init(checking entropy: some BinaryInteger) throws(RandomError) {
    try self.init(checking: [entropy])
  }

  /// Mixes numbers that may be negative.
  ///
  ///     try SeedSequence(checking: [1, 1 << 40]).entropy  // [1, 0, 256]
  ///
  /// - Parameter entropy: The seeds, each 0 or more. One of more than 32 bits counts as several.
  /// - Throws: `RandomError` if a seed is negative.
  /// - SeeAlso: NumPy's `SeedSequence([…])`.
  public init(checking entropy: [some BinaryInteger]) throws(RandomError) {
    guard entropy.allSatisfy({ $0 >= 0 }) else {
      throw RandomError("expected non-negative integer")
    }
    self.init(entropy.flatMap { Self.words(of: $0) })
  }

  /// Mixes a seed that is different each time, from the system.
  ///
  /// - SeeAlso: NumPy's `SeedSequence()`. The same numbers come again from one made of ``entropy``.
  public init() {
    var system = SystemRandomNumberGenerator()
    self.init((0..<Self.poolSize).map { _ in system.next() })
  }

  /// Returns words to start a generator with.
  ///
  /// - Parameters:
  ///   - count: How many; more of them begin with the same ones.
  ///   - type: `UInt32`.
  /// - Returns: The words, the same each time.
  /// - Precondition: `count` is not negative.
  /// - SeeAlso: NumPy's `generate_state(n_words)`.
  public func generateState(_ count: Int, as type: UInt32.Type = UInt32.self) -> [UInt32] {
    precondition(count >= 0, "negative dimensions are not allowed")
    var hash = Hash(start: 0x8b51_f9dd, factor: 0x58f3_8ded)
    return (0..<count).map { hash(pool[$0 % pool.count]) }
  }

  /// Returns words of 64 bits to start a generator with.
  ///
  /// - Parameters:
  ///   - count: How many; each is two of the 32-bit words, the first of them below the second.
  ///   - type: `UInt64`.
  /// - Returns: The words, the same each time.
  /// - Precondition: `count` is not negative.
  /// - SeeAlso: NumPy's `generate_state(n_words, np.uint64)`.
  public func generateState(_ count: Int, as type: UInt64.Type) -> [UInt64] {
    precondition(count >= 0, "negative dimensions are not allowed")
    let halves = generateState(2 * count)
    return (0..<count).map { UInt64(halves[2 * $0 + 1]) << 32 | UInt64(halves[2 * $0]) }
  }

  /// Makes sequences that have nothing in common with this one or with each other.
  ///
  /// - Parameter count: How many.
  /// - Returns: The next children: each has one more number in its key.
  /// - Precondition: `count` is not negative, and not more than 2³² are spawned altogether.
  /// - SeeAlso: NumPy's `spawn(n_children)`.
  public mutating func spawn(_ count: Int) -> [SeedSequence] {
    precondition(count >= 0, "n_children must be non-negative")
    precondition(
      count <= Self.mostChildren - spawnedCount,
      "a seed sequence spawns at most \(Self.mostChildren) children")
    let first = spawnedCount
    spawnedCount += count
    return (first..<spawnedCount).map {
      SeedSequence(entropy, spawnKey: spawnKey + [UInt32($0)])
    }
  }
}

extension SeedSequence {
  private static let poolSize = 4
  /// A child's number is a word.
  private static let mostChildren = 1 << 32

  /// The 32-bit words of a number that is not negative, the lowest first and no zeros at the end; 0
  /// is one word.
  private static func words(of number: some BinaryInteger) -> [UInt32] {
    var words = number.words.flatMap {
      [UInt32(truncatingIfNeeded: $0), UInt32(truncatingIfNeeded: UInt64($0) >> 32)]
    }
    while words.count > 1, words.last == 0 { words.removeLast() }
    return words
  }

  private static func pool(of entropy: [UInt32], _ spawnKey: [UInt32]) -> [UInt32] {
    var words = entropy
    // Zeros keep a short seed with a key apart from a longer seed without one.
    if !spawnKey.isEmpty, words.count < poolSize {
      words += [UInt32](repeating: 0, count: poolSize - words.count)
    }
    words += spawnKey
    var hash = Hash(start: 0x43b0_d7e5, factor: 0x931e_8875)
    var pool = (0..<poolSize).map { hash($0 < words.count ? words[$0] : 0) }
    for source in pool.indices {
      for target in pool.indices where target != source {
        pool[target] = mixed(pool[target], hash(pool[source]))
      }
    }
    for word in words.dropFirst(poolSize) {
      for target in pool.indices { pool[target] = mixed(pool[target], hash(word)) }
    }
    return pool
  }

  private static func mixed(_ x: UInt32, _ y: UInt32) -> UInt32 {
    let difference = 0xca01_f9dd &* x &- 0x4973_f715 &* y
    return difference ^ (difference >> 16)
  }

  /// A hash of words whose multiplier changes with each.
  private struct Hash {
    private var multiplier: UInt32
    private let factor: UInt32

    init(start: UInt32, factor: UInt32) {
      multiplier = start
      self.factor = factor
    }

    mutating func callAsFunction(_ word: UInt32) -> UInt32 {
      var word = word ^ multiplier
      multiplier &*= factor
      word &*= multiplier
      return word ^ (word >> 16)
    }
  }
}
