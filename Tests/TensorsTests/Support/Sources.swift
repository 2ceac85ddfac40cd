import Foundation

/// The Swift files of the target that is tested, read to compare them with what the tests cover.
enum Sources {
  /// Sources/Tensors, found from this file.
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Sources/Tensors")

  /// Whether the sources stand beside the tests: not where only the built tests were copied to.
  static let areHere = FileManager.default.fileExists(atPath: folder.path)

  /// A type that is declared as a primitive: its name, the protocol named first, and its text.
  struct Declaration {
    var name: String
    var family: String
    var text: Substring
  }

  /// Every `struct X: SomePrimitive` of the sources.
  static func primitives() throws -> [Declaration] {
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    var found: [Declaration] = []
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "swift" else { continue }
      let text = try String(contentsOf: file, encoding: .utf8)
      let starts = text.matches(of: /struct (\w+): (\w*Primitive)\b/)
      for (match, next) in zip(starts, starts.dropFirst().map(\.range.lowerBound) + [text.endIndex])
      {
        found.append(
          Declaration(
            name: String(match.1), family: String(match.2),
            text: text[match.range.lowerBound..<next]))
      }
    }
    return found
  }
}
