import DocumentationExamples
import Foundation

/// `ExampleGenerator <source file> <test file> <title> <module>…`: writes the test of a source
/// file's examples.
@main struct Main {
  static func main() throws {
    let arguments = CommandLine.arguments
    let source = try String(contentsOfFile: arguments[1], encoding: .utf8)
    let test = testFile(
      for: source, path: arguments[1], title: arguments[3], modules: Array(arguments[4...]))
    try test.write(toFile: arguments[2], atomically: true, encoding: .utf8)
  }
}
