/// Shapes, axes or positions that don't fit an operation.
///
/// The words are NumPy's.
public struct ShapeError: Error, Hashable, Sendable, CustomStringConvertible {
  /// One sentence that names the shapes or values, as NumPy words it.
  public let message: String

  /// Makes an error with the sentence to show.
  public init(_ message: String) { self.message = message }

  /// The message.
  public var description: String { message }
}
