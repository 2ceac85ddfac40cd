/// Shapes, axes or positions that don't fit an operation.
///
/// The words are NumPy's.
///
///     try Shape.matmul([2, 3], [2, 3])
///     // throws matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc …
///     ShapeError("no rows").description  // no rows
public struct ShapeError: Error, Hashable, Sendable, CustomStringConvertible {
  /// One sentence that names the shapes or values, as NumPy words it.
  public let message: String

  /// Makes an error with the sentence to show.
  ///
  /// - Parameter message: The sentence.
  public init(_ message: String) { self.message = message }

  /// The message.
  public var description: String { message }
}
