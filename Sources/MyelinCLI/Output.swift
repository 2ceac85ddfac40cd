import Foundation
import Myelin

/// Where and how results are written.
enum Output {
  /// The path of a file in a folder.
  static func path(_ folder: String, _ name: String) -> String {
    folder == "." ? name : folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  /// Makes a folder, with those above it, if it is missing, and checks that the files can be
  /// written there.
  static func prepare(_ folder: String, for files: [String]) throws(Failure) {
    guard !folder.isEmpty else { throw Failure(.usage, "--output is empty; it must name a folder") }
    var path = ""
    for part in folder.split(separator: "/", omittingEmptySubsequences: false) {
      path += part + "/"
      if mkdir(path, 0o777) != 0, errno != EEXIST, errno != EISDIR { throw problem(folder) }
    }
    guard access(path, W_OK | X_OK) == 0, isFolder(path) else { throw problem(folder) }
    for file in files where isFolder(file) {
      throw Failure(.inputOutput, "\(file): this is a folder; a file is to be written there")
    }
  }

  private static func isFolder(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
      && isDirectory.boolValue
  }

  private static func problem(_ folder: String) -> Failure {
    let reason =
      errno == 0 || errno == EEXIST ? "Not a directory" : String(cString: strerror(errno))
    return Failure(.inputOutput, "\(folder): results can't be written to this folder: \(reason)")
  }

  /// A confusion matrix under a line that says how to read it.
  static func table(_ confusion: ConfusionMatrix) -> String {
    "true class down, predicted class across:\n\(confusion)\n"
  }

  /// Text as a field of CSV: in quotes if it needs them.
  static func field(_ text: String) -> String {
    let isPlain = !text.contains { $0 == "," || $0 == "\"" || $0.isNewline }
    return isPlain ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  /// Prints a value as one line of JSON on standard output, its keys in snake case and sorted.
  static func printJSON(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    try Terminal.write(String(decoding: try encoder.encode(value), as: UTF8.self) + "\n")
  }
}
