/// Numbers for tests that draw them: the same for a seed on every system (SplitMix64).
public struct TestGenerator: RandomNumberGenerator {
  private var state: UInt64

  /// Makes a generator whose draws `seed` determines.
  public init(seed: UInt64) { state = seed }

  /// Draws 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}

/// What a reader made of damaged bytes.
public struct HostileOutcome {
  /// How many files were read.
  public var accepted = 0
  /// How many were refused with an error.
  public var refused = 0
}

/// Runs a reader on every truncation of a valid file.
public func readTruncations(
  of valid: [UInt8], _ read: ([UInt8]) throws -> Void
) -> HostileOutcome {
  outcome(of: (0..<valid.count).lazy.map { Array(valid[..<$0]) }, read)
}

/// Runs a reader on a valid file with one byte changed, each byte `repeats` times.
public func readFlips(
  of valid: [UInt8], repeats: Int, seed: UInt64, _ read: ([UInt8]) throws -> Void
) -> HostileOutcome {
  var generator = TestGenerator(seed: seed)
  var files: [[UInt8]] = []
  for position in valid.indices {
    for _ in 0..<repeats {
      var file = valid
      file[position] ^= UInt8.random(in: 1...255, using: &generator)
      files.append(file)
    }
  }
  return outcome(of: files, read)
}

/// Runs a reader on random bytes, and on random draws of `alphabet`.
public func readNoise(
  alphabet: [UInt8], count: Int, seed: UInt64, _ read: ([UInt8]) throws -> Void
) -> HostileOutcome {
  var generator = TestGenerator(seed: seed)
  var files: [[UInt8]] = []
  for _ in 0..<count {
    let length = Int.random(in: 0...80, using: &generator)
    files.append((0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) })
    files.append(
      (0..<length).map { _ in alphabet.randomElement(using: &generator) ?? 0 })
  }
  return outcome(of: files, read)
}

private func outcome(
  of files: some Sequence<[UInt8]>, _ read: ([UInt8]) throws -> Void
) -> HostileOutcome {
  var outcome = HostileOutcome()
  for file in files {
    do {
      try read(file)
      outcome.accepted += 1
    } catch {
      outcome.refused += 1
    }
  }
  return outcome
}
