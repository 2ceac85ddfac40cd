/// A source file of a module.
package struct SourceFile {
  package var title: String
  package var declarations: [Declaration]

  package init(title: String, text: String) {
    (self.title, declarations) = (title, Declaration.all(in: text))
  }
}

/// Says what is missing in the documentation of a library's public declarations, one line each.
///
/// Every one has a doc comment. A type, function, initializer, subscript, operator, static or
/// computed property has an example that uses it: in its own comment, in that of its type, or in
/// that of another member of its type in the same file (for a global: of another global there).
/// What a protocol of the library or of the standard library requires needs it in the protocol
/// alone; stored properties, aliases and cases of enumerations need none.
///
/// - Parameter files: All files of the library.
/// - Returns: What is missing, in the order of the files.
package func missingDocumentation(in files: [SourceFile]) -> [String] {
  let all = Declaration.visible(files.flatMap(\.declarations))
  let required = Set(all.filter(\.isRequirement).map(\.member)).union(standardRequirements)
  let typeComments = Dictionary(
    all.filter { $0.kind == .type }.map { ($0.name, $0.example) }, uniquingKeysWith: +)
  let visible = Set(all.map { "\($0.name) \($0.line)" })
  var missing: [String] = []
  for file in files {
    let declarations = file.declarations.filter { visible.contains("\($0.name) \($0.line)") }
    for declaration in declarations {
      if !declaration.isRequirement && required.contains(declaration.member) { continue }
      let place = "\(file.title):\(declaration.line): \(declaration.name)"
      if declaration.comment == nil {
        missing.append(place + " has no comment")
      } else if declaration.needsExample && declaration.example.isEmpty {
        let siblings = declarations.filter { other in
          other.owner == declaration.owner
            && (declaration.kind != .subscript || other.kind == .subscript)
        }
        let texts =
          siblings.map(\.example)
          + (declaration.owner.flatMap { typeComments[$0] }.map { [$0] } ?? [])
        if !texts.contains(where: declaration.isUsed) { missing.append(place + " has no example") }
      }
    }
  }
  return missing
}

/// What protocols of the standard library require, and what they are known to do.
private let standardRequirements: Set<String> = [
  "description", "debugDescription", "==(_:_:)", "<(_:_:)", "hash(into:)", "encode(to:)",
  "init(from:)", "rawValue", "init(rawValue:)", "allCases", "id", "errorDescription", "next()",
  "makeIterator()", "startIndex", "endIndex", "index(after:)", "index(before:)",
  "customMirror", "init(arrayLiteral:)", "init(integerLiteral:)",
  "init(floatLiteral:)", "init(booleanLiteral:)", "init(stringLiteral:)", "init(nilLiteral:)",
]

extension Declaration {
  fileprivate var needsExample: Bool {
    switch kind {
    case .type, .function, .initializer, .subscript, .staticProperty, .computedProperty: true
    case .storedProperty, .other: false
    }
  }

  /// The code of its own example.
  fileprivate var example: String {
    (comment?.statements ?? []).map { $0.code.joined(separator: "\n") + "\n" }.joined()
  }

  /// Whether the language calls it without its name, so that a name can't be looked for.
  private var isCalledUnnamed: Bool {
    baseName == "callAsFunction" || labels == ["dynamicMember"]
      || owner?.hasSuffix("Builder") == true && baseName.hasPrefix("build")
  }

  /// Whether an example uses it, by its name and, for an initializer, its labels.
  fileprivate func isUsed(in example: String) -> Bool {
    if isCalledUnnamed { return !example.isEmpty }
    return switch kind {
    case .subscript: example.contains(/\w\[/)
    case .initializer:
      contains(example, word: owner?.split(separator: ".").last ?? "")
        && (labels ?? []).allSatisfy { $0 == "_" || contains(example, word: $0[...]) }
    default: contains(example, word: baseName[...])
    }
  }
}

/// Whether a text contains a name that is no part of a longer one.
private func contains(_ text: String, word: Substring) -> Bool {
  let isName = word.first.map { $0.isLetter || $0 == "_" } ?? false
  return text.ranges(of: word).contains { range in
    let neighbours = [text[..<range.lowerBound].last, text[range.upperBound...].first]
    return neighbours.allSatisfy { neighbour in
      guard let neighbour else { return true }
      return isName
        ? !neighbour.isLetter && !neighbour.isNumber && neighbour != "_"
        : neighbour == " " || neighbour.isLetter || neighbour == "("
    }
  }
}
