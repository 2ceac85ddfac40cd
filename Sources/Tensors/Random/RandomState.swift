/// A source of random numbers: NumPy's `RandomState`, bit for bit.
///
/// The same seed and the same calls give the same numbers as in NumPy, in the same order of draws,
/// so that a NumPy program's numbers come out again:
///
///     var random = RandomState(seed: 42)
///     random.randomSample()      // 0.3745401188473625
///     try random.randint(0, 10)  // 7
///     random.permutation(3)      // [1, 2, 0]
///
/// It is a value: a copy goes on by itself and gives the same numbers, and each task that draws
/// needs its own. What NumPy does with `seed()` is here making a new one. Parameters that come from
/// outside are checked and throw ``RandomError``; a shape from outside is checked by
/// ``Shape/init(checking:)``.
/// - SeeAlso: NumPy's `numpy.random.RandomState` and the functions of `numpy.random` that are named
///   like its methods; the generator is MT19937.
public struct RandomState: RandomSource, Sendable, Hashable {
  var generator: MersenneTwister
  /// Normal numbers are made in pairs: the second of a pair, until it is drawn.
  var keptNormal: Double?

  /// Starts from a seed: NumPy's `RandomState(seed)`.
  ///
  ///     var random = RandomState(seed: 42)
  ///     random.randomSample()  // 0.3745401188473625
  ///
  /// - Parameter seed: Any number.
  public init(seed: UInt32) {
    generator = MersenneTwister(seed: seed)
  }

  /// Starts from a list of seeds: NumPy's `RandomState([…])`.
  ///
  /// A list of one gives other numbers than the number alone.
  /// - Precondition: The list is not empty.
  public init(seed: [UInt32]) {
    precondition(!seed.isEmpty, "Seed must be non-empty")
    generator = MersenneTwister(seed: seed)
  }

  /// Starts from a seed that may be out of range: NumPy's `RandomState(seed)`.
  ///
  ///     var random = try RandomState(checking: 42)
  ///     random.randomSample()          // 0.3745401188473625
  ///     try RandomState(checking: -1)  // throws Seed must be between 0 and 2**32 - 1
  ///
  /// - Parameter seed: From 0 to 2³² − 1.
  /// - Throws: `RandomError` if the seed is out of range.
  public init(checking seed: Int) throws(RandomError) {
    self.init(seed: try Self.checkedSeed(seed))
  }

  /// Starts from a list of seeds that may be out of range: NumPy's `RandomState([…])`.
  ///
  ///     var random = try RandomState(checking: [1, 2])
  ///     random.randomSample()  // 0.5845141492495678
  ///
  /// - Parameter seed: At least one, each from 0 to 2³² − 1.
  /// - Throws: `RandomError` if the list is empty or a seed is out of range.
  public init(checking seed: [Int]) throws(RandomError) {
    guard !seed.isEmpty else { throw RandomError("Seed must be non-empty") }
    self.init(seed: try seed.map { part throws(RandomError) in try Self.checkedSeed(part) })
  }

  private static func checkedSeed(_ seed: Int) throws(RandomError) -> UInt32 {
    guard let word = UInt32(exactly: seed) else {
      throw RandomError("Seed must be between 0 and 2**32 - 1")
    }
    return word
  }
}

extension RandomState {
  /// All that the next numbers depend on: what NumPy's `get_state` returns.
  ///
  ///     let state = RandomState(seed: 42).state
  ///     state.key.count  // 624
  ///     state.key[1]     // 3107752595
  ///     state.position   // 624
  public struct State: Sendable, Hashable {
    /// The generator's 624 words.
    public let key: [UInt32]
    /// How many of the words are drawn, from 0 to 624.
    public let position: Int
    /// The second of a pair of normal numbers, if only the first is drawn: NumPy's
    /// `cached_gaussian`.
    public let keptNormal: Double?

    /// Makes a state of its parts, such as a file holds.
    ///
    /// NumPy takes any parts; here those are refused with which drawing would read past the words
    /// or never end.
    ///
    ///     let words = (0..<624).map { UInt32($0) }
    ///     var random = RandomState(state: try RandomState.State(key: words, position: 624))
    ///     random.randomSample()  // 0.863550485214354
    ///     try RandomState.State(key: [1, 2], position: 0)
    ///     // throws the key of a random state has 2 words instead of 624
    ///
    /// - Parameters:
    ///   - key: 624 words; the highest bit of the first or some other word is not zero.
    ///   - position: How many of the words are drawn, from 0 to 624.
    ///   - keptNormal: NumPy's `cached_gaussian` if its `has_gauss` is 1, else `nil`.
    /// - Throws: `RandomError` if there is no such state.
    public init(key: [UInt32], position: Int, keptNormal: Double? = nil) throws(RandomError) {
      let wordCount = MersenneTwister.wordCount
      guard key.count == wordCount else {
        throw RandomError(
          "the key of a random state has \(key.count) words instead of \(wordCount)")
      }
      guard (0...wordCount).contains(position) else {
        throw RandomError(
          "the position of a random state is \(position) instead of 0 to \(wordCount)")
      }
      // Of the first word the recurrence uses one bit; from zeros it would make zeros for ever.
      guard key[0] >> 31 == 1 || key.dropFirst().contains(where: { $0 != 0 }) else {
        throw RandomError("the key of a random state must not be all zeros")
      }
      self.key = key
      self.position = position
      self.keptNormal = keptNormal
    }

    fileprivate init(_ random: RandomState) {
      key = random.generator.key
      position = random.generator.position
      keptNormal = random.keptNormal
    }
  }

  /// Goes on from a state: NumPy's `set_state`.
  ///
  ///     var random = RandomState(seed: 42)
  ///     var copy = RandomState(state: random.state)
  ///     random.randomSample() == copy.randomSample()  // true
  ///
  /// - Parameter state: What ``state`` gave.
  public init(state: State) {
    generator = MersenneTwister(key: state.key, position: state.position)
    keptNormal = state.keptNormal
  }

  /// All that the next numbers depend on: NumPy's `get_state` and `set_state`.
  ///
  ///     var random = RandomState(seed: 42)
  ///     let start = random.state
  ///     random.randomSample()  // 0.3745401188473625
  ///     random.state = start
  ///     random.randomSample()  // 0.3745401188473625
  public var state: State {
    get { State(self) }
    set { self = RandomState(state: newValue) }
  }
}

extension RandomState: RandomNumberGenerator {
  /// Returns 64 random bits, for Swift's own `random(in:using:)` and `shuffled(using:)`.
  ///
  /// Those make other numbers of the bits than NumPy does; for NumPy's use the methods of this
  /// type.
  /// - Returns: Two draws of 32 bits, the first of them above the second.
  public mutating func next() -> UInt64 { generator.nextPair() }
}
