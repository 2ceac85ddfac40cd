/// Parameters that random numbers can't be drawn with.
///
/// The words are NumPy's.
///
///     var random = Generator(seed: 42)
///     try random.choice(0)
///     // throws a must be a positive integer unless no samples are taken
///     RandomError("no seed").description  // no seed
public struct RandomError: Error, Hashable, Sendable, CustomStringConvertible {
  /// One sentence that names the parameter and what is wrong with it, as NumPy words it.
  public let message: String

  /// Makes an error with the sentence to show.
  ///
  /// - Parameter message: The sentence.
  public init(_ message: String) { self.message = message }

  /// The message.
  public var description: String { message }
}

extension RandomError {
  /// As many numbers as a list can have: of more, Swift's arrays would take the size for another.
  static let longestList = Int.max / MemoryLayout<Int>.stride

  static let listIsTooLong = RandomError(
    "array is too big; `arr.size * arr.dtype.itemsize` is larger than the maximum possible size.")
}
