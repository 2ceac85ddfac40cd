import Foundation
import Testing

/// `Documentation/Figures.md` shows the pictures that are there, and beside each the lines of the program
/// that made it, word for word.
@Suite(.enabled(if: Documentation.isHere, "the documentation is not beside the tests"))
struct FiguresPageTests {
  /// The lines between `// picture name` and `// end` in the sources, by the picture's name.
  private static func examples() throws -> [String: String] {
    let sources = Documentation.figures.appendingPathComponent("Sources/Pictures")
    var examples: [String: String] = [:]
    for file in try FileManager.default.contentsOfDirectory(atPath: sources.path).sorted() {
      let text = try String(contentsOf: sources.appendingPathComponent(file), encoding: .utf8)
      var (name, indentation) = ("", 0)
      var lines: [Substring]?
      for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
        let words = line.split(separator: " ")
        if words.starts(with: ["//", "picture"]), words.count == 3 {
          name = String(words[2])
          indentation = line.count - line.drop { $0 == " " }.count
          lines = []
        } else if words == ["//", "end"], let found = lines {
          #expect(examples[name] == nil, "\(name) is there twice")
          examples[name] = found.joined(separator: "\n")
          lines = nil
        } else {
          lines?.append(line.dropFirst(indentation))
        }
      }
      #expect(lines == nil, "\(name) has no end")
    }
    return examples
  }

  @Test func eachPictureStandsBeforeItsLines() throws {
    let text = try String(contentsOf: Documentation.page, encoding: .utf8)
    let examples = try Self.examples()
    #expect(examples.count > 4)
    for (name, code) in examples {
      let path = "Figures/Pictures/\(name)"
      let parts = text.components(separatedBy: "srcset=\"\(path)-dark.svg\">\n")
      #expect(parts.count == 2, "\(name) is shown \(parts.count - 1) times")
      let rest = parts.last ?? ""
      #expect(rest.hasPrefix("  <img src=\"\(path)-light.svg\" alt=\""), "\(name)")
      let afterPicture = rest.components(separatedBy: "</picture>\n\n").dropFirst().first ?? ""
      #expect(afterPicture.hasPrefix("```swift\n\(code)\n```"), "\(name)")
    }
    #expect(text.components(separatedBy: "```swift\n").count - 1 == examples.count)
    #expect(text.components(separatedBy: "<picture>").count - 1 == examples.count)
    #expect(!text.contains("alt=\"\""))
  }

  @Test func thePicturesAreThoseOfTheProgramAndSmall() throws {
    let folder = Documentation.figures.appendingPathComponent("Pictures")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    let expected = try Self.examples().keys.flatMap { ["\($0)-dark.svg", "\($0)-light.svg"] }
    #expect(files == expected.sorted())
    var total = 0
    for file in files {
      let size = try Data(contentsOf: folder.appendingPathComponent(file)).count
      #expect(size < 60_000, "\(file) has \(size) bytes")
      total += size
    }
    #expect(total < 1_000_000)
  }
}

private enum Documentation {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Documentation")
  static let figures = folder.appendingPathComponent("Figures")
  static let page = folder.appendingPathComponent("Figures.md")
  static let isHere = FileManager.default.fileExists(atPath: page.path)
}
