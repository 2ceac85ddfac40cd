/// Writes a page element by element, as HTML that XML readers understand too.
///
/// All text and every attribute goes through ``escaped(_:)``; only ``markup(_:)`` doesn't.
struct HTML: Sendable {
  private(set) var text = ""

  /// Text with what has a meaning in HTML written so that it has none.
  ///
  /// Characters that no XML document may hold (all control characters but tab and line ends) become
  /// the replacement character.
  static func escaped(_ text: some StringProtocol) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\t", "\n", "\r": result.unicodeScalars.append(scalar)
      case "\0"..<" ", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Adds markup as it is.
  mutating func markup(_ markup: String) { text += markup }

  /// Adds an element and what it holds.
  mutating func element(
    _ name: String, with attributes: KeyValuePairs<String, String> = [:],
    _ content: (inout HTML) throws -> Void
  ) rethrows {
    open(name, attributes)
    try content(&self)
    text += "</\(name)>\n"
  }

  /// Adds an element that holds text.
  mutating func element(
    _ name: String, with attributes: KeyValuePairs<String, String> = [:], _ content: String
  ) {
    open(name, attributes)
    text += HTML.escaped(content) + "</\(name)>\n"
  }

  private mutating func open(_ name: String, _ attributes: KeyValuePairs<String, String>) {
    text += "<\(name)"
    for (key, value) in attributes { text += " \(key)=\"\(HTML.escaped(value))\"" }
    text += ">"
  }

  /// Adds a table.
  ///
  /// - Parameters:
  ///   - head: The names of the columns; none if empty.
  ///   - rows: The cells, row by row.
  ///   - numbers: The columns of numbers, which are set to the right.
  ///   - caption: What stands above; nothing if empty.
  mutating func table(
    _ head: [String], _ rows: [[String]], numbers: Set<Int> = [], caption: String = ""
  ) {
    func cells(_ name: String, _ cells: [String], _ html: inout HTML) {
      for (column, cell) in cells.enumerated() {
        html.element(name, with: numbers.contains(column) ? ["class": "number"] : [:], cell)
      }
    }
    element("div", with: ["class": "table"]) { html in
      html.element("table") { html in
        if !caption.isEmpty { html.element("caption", caption) }
        if !head.isEmpty {
          html.element("thead") { html in html.element("tr") { cells("th", head, &$0) } }
        }
        html.element("tbody") { html in
          for row in rows { html.element("tr") { cells("td", row, &$0) } }
        }
      }
    }
  }

  /// Adds a table of names and what they stand for.
  mutating func list(_ entries: [(name: String, value: String)]) {
    element("div", with: ["class": "table"]) { html in
      html.element("table") { html in
        html.element("tbody") { html in
          for entry in entries {
            html.element("tr") {
              $0.element("th", with: ["scope": "row"], entry.name)
              $0.element("td", entry.value)
            }
          }
        }
      }
    }
  }
}
