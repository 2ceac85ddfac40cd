import DocumentationExamples
import Testing

/// The example in a doc comment; a test for each is made when the tests are built.
struct Example: CustomTestStringConvertible, Sendable {
  let name: String
  let run: @Sendable () throws -> Void

  init(_ name: String, run: @escaping @Sendable () throws -> Void) {
    (self.name, self.run) = (name, run)
  }

  var testDescription: String { name }
}

/// Expects that a value prints as the comment behind it says.
func expect<Value>(_ value: Value, _ text: String, at place: SourceLocation = #_sourceLocation) {
  let got = String(describing: value)
  #expect(matches(got, text), "gives\n\(got)\nnot\n\(text)", sourceLocation: place)
}

/// Expects that an expression throws an error that prints as the comment behind it says.
func expectThrows<Value>(
  _ value: @autoclosure () throws -> Value, _ text: String,
  at place: SourceLocation = #_sourceLocation
) {
  do {
    let got = try value()
    Issue.record("gives\n\(got)\nwhere an error was expected", sourceLocation: place)
  } catch {
    expect("\(error)", text, at: place)
  }
}

/// What `print` writes, so that an example can show it.
@discardableResult func print<Value>(_ value: Value) -> String { String(describing: value) }

/// What `debugPrint` writes.
@discardableResult func debugPrint<Value>(_ value: Value) -> String { String(reflecting: value) }
