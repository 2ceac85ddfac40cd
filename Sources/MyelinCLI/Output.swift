import Foundation
import Myelin

/// Where and how results are written.
enum Output {
  /// The path of a file in a folder.
  static func path(_ folder: String, _ name: String) -> String {
    folder == "." ? name : folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  /// Makes a folder, with those above it, if it is missing.
  static func makeFolder(_ folder: String) throws(Failure) {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Failure(
        .inputOutput,
        "\(folder): the folder to write to can't be made: \(error.localizedDescription)")
    }
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
    Terminal.write(String(decoding: try encoder.encode(value), as: UTF8.self) + "\n")
  }
}
