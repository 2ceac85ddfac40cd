import Myelin

/// Writes the pictures of `Documentation/Figures.md`, each light and dark, into the folder that the
/// argument names.
///
/// The lines between `// picture` and `// end` in this package's sources stand in that page, word for
/// word: a test compares them.
@main struct Gallery {
  static func main() throws {
    guard CommandLine.arguments.count == 2 else {
      print("usage: Pictures <folder>")
      return
    }
    let folder = CommandLine.arguments[1]
    for (theme, name) in [(Theme.light, "light"), (.dark, "dark")] {
      for (picture, make) in try figures() {
        try make().write(to: "\(folder)/\(picture)-\(name).svg", theme: theme)
      }
      for (picture, make) in try animations() {
        try make().write(to: "\(folder)/\(picture)-\(name).svg", theme: theme)
      }
    }
  }

  static func figures() throws -> [(String, () throws -> Figure)] {
    [
      ("loss", loss), ("functions", functions), ("iris", iris), ("fit", fit), ("panels", panels),
    ]
  }

  static func animations() throws -> [(String, () throws -> Animation)] {
    [("regression", regression)]
  }
}
