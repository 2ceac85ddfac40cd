/// Stops the program with a message if what its author had to see to doesn't hold.
///
/// Unlike `precondition`, which says nothing in an optimised build, it always prints the message.
package func require(
  _ condition: @autoclosure () -> Bool, _ message: @autoclosure () -> String,
  file: StaticString = #fileID, line: UInt = #line
) {
  if !condition() { fatalError(message(), file: file, line: line) }
}

/// Stops with the rule's message if it throws: what a mistake in the program gets.
package func requireShape<Value>(
  _ rule: () throws(ShapeError) -> Value, file: StaticString = #fileID, line: UInt = #line
) -> Value {
  do throws(ShapeError) {
    return try rule()
  } catch {
    fatalError(error.message, file: file, line: line)
  }
}
