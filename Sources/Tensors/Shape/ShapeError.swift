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

/// Stops with the rule's message if it throws: what a mistake in the program gets.
package func requireShape<Value>(
  _ rule: () throws(ShapeError) -> Value, file: StaticString = #fileID, line: UInt = #line
) -> Value {
  do throws(ShapeError) {
    return try rule()
  } catch {
    preconditionFailure(error.message, file: file, line: line)
  }
}
