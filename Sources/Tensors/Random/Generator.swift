/// A source of random numbers: NumPy's `Generator`, as `default_rng` makes it, bit for bit.
///
/// The same seed and the same calls give the same numbers as in NumPy, in the same order of draws:
///
///     var random = Generator(seed: 42)  // numpy.random.default_rng(42)
///     random.random()                   // 0.7739560485559633
///     try random.integers(0, 10)        // 6
///     random.permutation(3)             // [2, 0, 1]
///
/// It is a value: a copy goes on by itself and gives the same numbers, and each task that draws
/// needs its own; tasks get unrelated ones from ``spawn(_:)``. Parameters that come from outside
/// are checked and throw ``RandomError``; a shape from outside is checked by
/// ``Shape/init(checking:)``.
/// - SeeAlso: NumPy 2's `numpy.random.Generator` over PCG64, which promises less than `RandomState`
///   does: a later NumPy may draw other numbers. Where a distribution takes `log1p` or `exp`, the
///   bits are NumPy's where the C library's round as NumPy's did.
public struct Generator: RandomSource, Sendable, Hashable {
  var generator: PCG64
  /// What the generator was started from, and what ``spawn(_:)`` spawns from: NumPy's
  /// `bit_generator.seed_seq`.
  ///
  /// It is `nil` for one that was made of a state alone.
  public private(set) var seedSequence: SeedSequence?

  /// Starts from a seed: NumPy's `default_rng(seed)`.
  ///
  /// A seed of more than 128 bits is given as words.
  ///
  ///     var random = Generator(seed: 42)
  ///     random.random()  // 0.7739560485559633
  ///
  /// - Parameter seed: Any number.
  public init(seed: UInt128) {
    self.init(seedSequence: SeedSequence(seed))
  }

  /// Starts from a list of seeds, or from the words of a large one, the lowest first: NumPy's
  /// `default_rng([…])`.
  ///
  ///     var random = Generator(seed: [1, 2])
  ///     random.random()  // 0.44841514333227195
  ///
  /// - Parameter seed: Any number of seeds.
  public init(seed: [UInt32]) {
    self.init(seedSequence: SeedSequence(seed))
  }

  /// Starts from a seed that may be negative: NumPy's `default_rng(seed)`.
  ///
  ///     var random = try Generator(checking: 42)
  ///     random.random()              // 0.7739560485559633
  ///     try Generator(checking: -1)  // throws expected non-negative integer
  ///
  /// - Parameter seed: 0 or more.
  /// - Throws: `RandomError` if the seed is negative.
  public init(checking seed: some BinaryInteger) throws(RandomError) {
    self.init(seedSequence: try SeedSequence(checking: seed))
  }

  /// Starts from a list of seeds that may be negative: NumPy's `default_rng([…])`.
  ///
  ///     var random = try Generator(checking: [1, 2])
  ///     random.random()  // 0.44841514333227195
  ///
  /// - Parameter seed: Any number of seeds, each 0 or more.
  /// - Throws: `RandomError` if a seed is negative.
  public init(checking seed: [some BinaryInteger]) throws(RandomError) {
    self.init(seedSequence: try SeedSequence(checking: seed))
  }

  /// Starts from mixed seeds: NumPy's `default_rng(seed_sequence)`.
  ///
  ///     var random = Generator(seedSequence: SeedSequence(42))
  ///     random.random()  // 0.7739560485559633
  ///
  /// - Parameter seedSequence: What the state is made of, and what ``spawn(_:)`` spawns from.
  public init(seedSequence: SeedSequence) {
    generator = PCG64(seed: seedSequence)
    self.seedSequence = seedSequence
  }

  /// Starts from a seed that is different each time: NumPy's `default_rng()`.
  public init() {
    self.init(seedSequence: SeedSequence())
  }

  /// Makes generators whose numbers have nothing in common with this one's or with each other's.
  ///
  /// Nothing is drawn from this one.
  ///
  ///     var random = Generator(seed: 42)
  ///     var workers = try random.spawn(2)
  ///     workers[0].random()  // 0.9167441575549085
  ///     workers[1].random()  // 0.4674907799518424
  ///
  /// - Parameter count: How many.
  /// - Returns: The generators; the next call makes others.
  /// - Throws: `RandomError` if there is no ``seedSequence`` to spawn from.
  /// - Precondition: `count` is not negative, and not more than 2³² are spawned altogether.
  /// - SeeAlso: NumPy's `spawn(n_children)`.
  public mutating func spawn(_ count: Int) throws(RandomError) -> [Generator] {
    guard let children = seedSequence?.spawn(count) else {
      throw RandomError("The underlying SeedSequence does not implement spawning.")
    }
    return children.map { Generator(seedSequence: $0) }
  }
}

extension Generator {
  /// All that the next numbers depend on: what NumPy's `bit_generator.state` holds.
  ///
  ///     let state = Generator(seed: 42).state
  ///     state.increment        // 332724090758049132448979897138935081983
  ///     state.keptWord == nil  // true
  public struct State: Sendable, Hashable {
    /// The state of PCG64: NumPy's `state`.
    public let state: UInt128
    /// Which of PCG64's streams the numbers are from: NumPy's `inc`.
    public let increment: UInt128
    /// The second of a pair of 32-bit words, if only the first is drawn: NumPy's `uinteger`.
    public let keptWord: UInt32?

    /// Makes a state of its parts, such as a file holds.
    ///
    /// NumPy takes any increment; here an even one is refused, with which drawing might never end.
    ///
    ///     let state = try Generator.State(state: 1, increment: 3)
    ///     var random = Generator(state: state)
    ///     random.random()  // 0.9233535049438616
    ///     try Generator.State(state: 1, increment: 2)
    ///     // throws the increment of a generator's state is 2 instead of odd
    ///
    /// - Parameters:
    ///   - state: Any number.
    ///   - increment: An odd number.
    ///   - keptWord: NumPy's `uinteger` if its `has_uint32` is 1, else `nil`.
    /// - Throws: `RandomError` if the increment is even.
    public init(state: UInt128, increment: UInt128, keptWord: UInt32? = nil) throws(RandomError) {
      guard increment & 1 == 1 else {
        throw RandomError("the increment of a generator's state is \(increment) instead of odd")
      }
      self.state = state
      self.increment = increment
      self.keptWord = keptWord
    }

    fileprivate init(_ generator: PCG64) {
      state = generator.state
      increment = generator.increment
      keptWord = generator.keptWord
    }
  }

  /// Goes on from a state, without a seed sequence to spawn from.
  ///
  ///     var random = Generator(seed: 42)
  ///     var copy = Generator(state: random.state)
  ///     random.random() == copy.random()  // true
  ///
  /// - Parameter state: What ``state`` gave.
  public init(state: State) {
    generator = PCG64(state)
    seedSequence = nil
  }

  /// All that the next numbers depend on: NumPy's `bit_generator.state`.
  ///
  /// Setting it keeps the ``seedSequence``.
  ///
  ///     var random = Generator(seed: 42)
  ///     let start = random.state
  ///     random.random()  // 0.7739560485559633
  ///     random.state = start
  ///     random.random()  // 0.7739560485559633
  public var state: State {
    get { State(generator) }
    set { generator = PCG64(newValue) }
  }
}

extension Generator {
  /// Calls `body` with the source of bits in a local variable, which loops keep in registers.
  @inline(__always)
  mutating func withLocalGenerator<Result>(_ body: (inout PCG64) -> Result) -> Result {
    var local = generator
    defer { generator = local }
    return body(&local)
  }

  /// A tensor of draws, made one after the other in C order.
  @inline(__always)
  mutating func filled<Scalar: TensorScalar>(
    _ shape: Shape, _ draw: (inout PCG64) -> Scalar
  ) -> Tensor<Scalar> {
    withLocalGenerator { generator in
      Tensor(shape) { elements in
        for position in elements.indices {
          elements.initializeElement(at: position, to: draw(&generator))
        }
      }
    }
  }
}

extension PCG64 {
  fileprivate init(_ state: Generator.State) {
    self.init(state: state.state, increment: state.increment, keptWord: state.keptWord)
  }
}

extension Generator: RandomNumberGenerator {
  /// Returns 64 random bits, for Swift's own `random(in:using:)` and `shuffled(using:)`.
  ///
  /// Those make other numbers of the bits than NumPy does; for NumPy's use the methods of this
  /// type.
  /// - Returns: One draw.
  /// - SeeAlso: NumPy's `bit_generator.random_raw()`.
  public mutating func next() -> UInt64 { generator.nextPair() }
}
