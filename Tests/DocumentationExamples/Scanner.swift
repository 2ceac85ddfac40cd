extension Declaration {
  /// The declarations in a source file, but those in the bodies of functions.
  ///
  /// No compiler reads the file here, so this relies on the formatter: a declaration begins its
  /// line, two spaces deeper than what it stands in, and its closing brace stands as deep.
  ///
  /// - Parameter text: The source text.
  /// - Returns: The declarations in the order of the file.
  package static func all(in text: String) -> [Declaration] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var declarations: [Declaration] = []
    var scopes: [Scope] = []
    var comment: DocComment?
    for (index, line) in lines.enumerated() {
      let indentation = line.prefix { $0 == " " }.count
      let code = line.dropFirst(indentation)
      if code.hasPrefix("///") {
        comment = comment ?? DocComment()
        comment?.lines.append((String(code.dropFirst(3)), index + 1))
        continue
      }
      // An attribute or a remark may stand between a declaration and its comment.
      if code.hasPrefix("//") || code.hasPrefix("@") && Head(code) == nil { continue }
      defer { comment = nil }
      if code.hasPrefix("}"), scopes.last?.indentation == indentation { scopes.removeLast() }
      guard indentation == scopes.last.map({ $0.indentation + 2 }) ?? 0, let head = Head(code)
      else { continue }
      let scope = scopes.last
      let isRequirement = scope?.isProtocol ?? false
      let isLikeScope = isRequirement || head.keyword == "case"
      let isPublic =
        (isLikeScope || head.modifiers.contains("public")) && scope?.isPublic ?? true
      let isReachable =
        (isLikeScope || isPublic || head.modifiers.contains("package"))
        && scope?.isReachable ?? true
      let name = head.name
      if head.isScope, lines[index...].first(where: Head.isEnd)?.hasSuffix("{") ?? false {
        let isExtension = head.keyword == "extension"
        scopes.append(
          Scope(
            indentation: indentation, owner: (scope?.owner.map { $0 + "." } ?? "") + name,
            isProtocol: head.keyword == "protocol", isPublic: isExtension || isPublic,
            isReachable: isExtension || isReachable))
      }
      guard let kind = head.kind(isGlobal: scope == nil) else { continue }
      declarations.append(
        Declaration(
          kind: kind, baseName: name, labels: head.labels(with: lines[(index + 1)...]),
          owner: scope?.owner, isRequirement: isRequirement, isPublic: isPublic,
          isReachable: isReachable, line: index + 1, comment: comment))
    }
    return declarations
  }

  /// The public declarations among those of a module: no member of a type that isn't public, which
  /// an extension alone doesn't tell.
  package static func visible(_ all: [Declaration]) -> [Declaration] {
    let hidden = Set(all.filter { $0.kind == .type && !$0.isPublic }.map(\.name))
    return all.filter { declaration in
      guard declaration.isPublic else { return false }
      let parts = declaration.owner?.split(separator: ".") ?? []
      return !parts.indices.contains { hidden.contains(parts[...$0].joined(separator: ".")) }
    }
  }
}

/// A type or an extension that is open at a line.
private struct Scope {
  var indentation: Int
  var owner: String?
  var isProtocol: Bool
  var isPublic: Bool
  var isReachable: Bool
}

/// The line in which a declaration begins.
private struct Head {
  var modifiers: Set<Substring> = []
  var keyword: Substring
  /// What follows the keyword.
  var rest: Substring

  private static let types: Set<Substring> = ["struct", "class", "actor", "enum", "protocol"]
  private static let members: Set<Substring> = [
    "func", "init", "subscript", "var", "let", "typealias", "associatedtype", "case",
  ]
  private static let modifiers: Set<Substring> = [
    "public", "package", "internal", "fileprivate", "private", "static", "mutating", "nonmutating",
    "final", "prefix", "infix", "postfix", "indirect", "nonisolated", "lazy", "weak", "override",
  ]

  /// The most lines that a list of parameters takes after the first.
  private static let longest = 30

  init?(_ line: Substring) {
    rest = line
    while true {
      let word = rest.prefix { $0.isLetter || $0 == "@" || $0 == "_" }
      rest = rest[word.endIndex...]
      if Head.types.contains(word) || Head.members.contains(word) || word == "extension" {
        keyword = word
        rest = rest.drop { $0 == " " }
        return
      }
      guard word.hasPrefix("@") || Head.modifiers.contains(word) else { return nil }
      if rest.hasPrefix("(") {  // `private(set)`, `@available(…)`
        rest = rest.drop { $0 != ")" }.dropFirst()
      } else {
        modifiers.insert(word)
      }
      rest = rest.drop { $0 == " " }
    }
  }

  private var isOperator: Bool {
    keyword == "func" && rest.first.map { !$0.isLetter && $0 != "_" } ?? false
  }

  /// Whether declarations may stand in it.
  var isScope: Bool { Head.types.contains(keyword) || keyword == "extension" }

  /// Whether a line, or one after it, can be the last before the members.
  static func isEnd(_ line: Substring) -> Bool { line.hasSuffix("{") || line.hasSuffix("}") }

  /// The kind of the declaration; `nil` for an extension.
  func kind(isGlobal: Bool) -> Declaration.Kind? {
    switch keyword {
    case "extension": nil
    case "func": .function
    case "init": .initializer
    case "subscript": .subscript
    case "var", "let":
      if isGlobal || modifiers.contains("static") {
        .staticProperty
      } else {
        rest.prefix { $0 != "=" }.contains("{") ? .computedProperty : .storedProperty
      }
    case "typealias", "associatedtype", "case": .other
    default: .type
    }
  }

  var name: String {
    switch keyword {
    case "init", "subscript": String(keyword)
    case "func" where isOperator:
      String(rest.prefix { $0 != " " && $0 != "(" })
    case "extension": String(rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." })
    default: String(rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
    }
  }

  /// The labels of the parameters, which may go on over the next lines; `nil` without parameters.
  func labels(with next: ArraySlice<Substring>) -> [String]? {
    guard ["func", "init", "subscript"].contains(keyword) else { return nil }
    var (depth, isOpen) = (0, false)
    var parameters = [""]
    var last: Character = " "
    let skipped = keyword == "func" ? name.count : 0
    let lines = [rest.dropFirst(skipped)] + next.prefix(Head.longest)
    var text = lines.joined(separator: "\n")[...]
    while let character = text.popFirst() {
      defer { last = character }
      switch character {
      case "\"": text = afterString(text)
      case "(" where depth == 0 && !isOpen:
        isOpen = true
        continue
      case "(", "[", "<", "{": depth += 1
      case ">" where last == "-": break
      case ")" where depth == 0: return parameters.compactMap(label)
      case ")", "]", ">", "}": depth -= 1
      case "," where depth == 0 && isOpen:
        parameters.append("")
        continue
      default: break
      }
      if isOpen { parameters[parameters.count - 1].append(character) }
    }
    return nil
  }

  /// The label of a parameter: that of an operator has none, that of a subscript only if it has a
  /// name beside it.
  private func label(_ parameter: String) -> String? {
    let words = parameter.prefix { $0 != ":" }.split { $0 == " " || $0 == "\n" }
      .filter { !$0.hasPrefix("@") }
    return words.first.map {
      isOperator || keyword == "subscript" && words.count == 1 ? "_" : String($0)
    }
  }
}
