/// A step of an example.
package struct Statement: Equatable {
  /// The code, over one or more lines.
  package var code: [String]
  /// The line in the source file where it begins.
  package var line: Int
  /// What the comment behind or under it says that it gives; `nil` for what is only run.
  package var result: String?

  package init(code: [String], line: Int, result: String? = nil) {
    (self.code, self.line, self.result) = (code, line, result)
  }
}

extension DocComment {
  /// The examples' steps, in order.
  ///
  /// A step goes on to the line in which its brackets are closed. A comment behind an expression,
  /// and the lines with only a comment that follow, are what it gives; a comment anywhere else is a
  /// remark.
  package var statements: [Statement] {
    var statements: [Statement] = []
    var depth = 0
    var takesResult = false
    for (line, number) in code {
      let (code, comment) = splitComment(line)
      if depth == 0 && code.isEmpty {
        guard let comment else {
          takesResult = false
          continue
        }
        if takesResult {
          let last = statements.count - 1
          statements[last].result = statements[last].result.map { $0 + "\n" + comment } ?? comment
        }
        continue
      }
      let goesOn = code.first { $0 != " " } == "." && !statements.isEmpty
      if depth > 0 || goesOn {
        statements[statements.count - 1].code.append(code)
      } else {
        statements.append(Statement(code: [code], line: number))
      }
      depth += bracketDepth(code)
      if depth == 0 {
        let last = statements.count - 1
        takesResult = isExpression(statements[last].code)
        if takesResult { statements[last].result = comment }
      }
    }
    return statements
  }
}

/// The code of a line without blanks at its end, and the comment behind it without its slashes and
/// one space.
private func splitComment(_ line: String) -> (code: String, comment: String?) {
  var rest = line[...]
  while let quoteOrSlash = rest.firstIndex(where: { $0 == "\"" || $0 == "/" }) {
    let next = rest.index(after: quoteOrSlash)
    if rest[quoteOrSlash] == "\"" {
      rest = afterString(line[next...])
    } else if rest[next...].hasPrefix("/") {
      let comment = rest[next...].dropFirst()
      return (
        trimmed(line[..<quoteOrSlash]),
        String(comment.hasPrefix(" ") ? comment.dropFirst() : comment)
      )
    } else {
      rest = rest[next...]
    }
  }
  return (trimmed(line[...]), nil)
}

private func trimmed(_ text: Substring) -> String {
  var text = text
  while text.last == " " { text.removeLast() }
  return String(text)
}

/// What follows the string whose first quote is in front of `text`.
func afterString(_ text: Substring) -> Substring {
  var rest = text
  while let character = rest.popFirst(), character != "\"" {
    if character == "\\" { rest = rest.dropFirst() }
  }
  return rest
}

/// The code without what stands in brackets or in quotes.
private func outline(_ code: String) -> String {
  var (outline, depth) = ("", 0)
  var rest = code[...]
  while let character = rest.popFirst() {
    switch character {
    case "\"": rest = afterString(rest)
    case "(", "[", "{": depth += 1
    case ")", "]", "}": depth -= 1
    default: if depth == 0 { outline.append(character) }
    }
  }
  return outline
}

/// How many more brackets a line opens than it closes.
private func bracketDepth(_ code: String) -> Int {
  var depth = 0
  var rest = code[...]
  while let character = rest.popFirst() {
    switch character {
    case "\"": rest = afterString(rest)
    case "(", "[", "{": depth += 1
    case ")", "]", "}": depth -= 1
    default: break
    }
  }
  return depth
}

/// Whether a step gives a value: it's no declaration, no other statement and no assignment.
private func isExpression(_ code: [String]) -> Bool {
  let words = outline(code.joined(separator: "\n")).split { $0 == " " || $0 == "\n" }
  let statements: Set<Substring> = [
    "let", "var", "func", "struct", "enum", "extension", "for", "while", "repeat", "if", "guard",
    "switch", "do", "defer", "import", "@discardableResult",
  ]
  let assignments: Set<Substring> = ["=", "+=", "-=", "*=", "/=", "%="]
  return words.first.map { !statements.contains($0) } ?? true
    && !words.contains(where: assignments.contains)
}

/// Whether a text is what an example says, in which … stands for anything.
package func matches(_ text: String, _ expected: String) -> Bool {
  let parts = expected.split(separator: "…", omittingEmptySubsequences: false)
  guard parts.count > 1 else { return text == expected }
  guard text.hasPrefix(parts[0]) else { return false }
  var rest = text.dropFirst(parts[0].count)
  for part in parts[1..<(parts.count - 1)] where !part.isEmpty {
    guard let found = rest.firstRange(of: part) else { return false }
    rest = rest[found.upperBound...]
  }
  return rest.hasSuffix(parts[parts.count - 1])
}
