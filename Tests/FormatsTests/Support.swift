import Formats
import Foundation
import Testing

/// A folder of its own for a test, gone afterwards.
func withTemporaryFolder(_ body: (String) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("myelin-tests-" + UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try body(folder.path)
}

/// The error that `body` throws.
func formatError(
  _ body: () throws(FormatError) -> Void, sourceLocation: SourceLocation = #_sourceLocation
) -> FormatError? {
  do throws(FormatError) {
    try body()
    Issue.record("no error was thrown", sourceLocation: sourceLocation)
    return nil
  } catch {
    return error
  }
}

/// The folder of the tests' files.
func fixture(_ name: String) throws -> URL {
  try #require(Bundle.module.resourceURL).appendingPathComponent("Fixtures/" + name)
}
