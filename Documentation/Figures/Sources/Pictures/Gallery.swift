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
    let themes = [(Theme.light, "light"), (.dark, "dark")]
    for (picture, make) in figures {
      let figure = try make()
      for (theme, name) in themes {
        try figure.write(to: "\(folder)/\(picture)-\(name).svg", theme: theme)
      }
    }
    for (picture, make) in animations {
      let animation = try make()
      for (theme, name) in themes {
        try animation.write(to: "\(folder)/\(picture)-\(name).svg", theme: theme)
      }
    }
  }

  static var figures: [(String, () throws -> Figure)] {
    [
      ("loss", loss), ("functions", functions), ("iris", iris), ("fit", fit), ("panels", panels),
      ("accuracy", hiddenUnits), ("petals", petals), ("confusion", confusion), ("digits", digits),
      ("descent", descent), ("surface", peaks), ("topology", topology),
    ]
  }

  static var animations: [(String, () throws -> Animation)] {
    [("regression", regression), ("moons", moons)]
  }
}
