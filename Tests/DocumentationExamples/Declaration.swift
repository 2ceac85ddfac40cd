/// A declaration in a source file, with the comment above it.
package struct Declaration {
  package enum Kind {
    /// A struct, class, actor, enumeration or protocol.
    case type
    case function
    case initializer
    case `subscript`
    /// A property that belongs to the type, or to no type.
    case staticProperty
    case computedProperty
    case storedProperty
    /// An alias, an associated type or a case of an enumeration.
    case other
  }

  package var kind: Kind
  /// The name without the type and the labels: `sum`, `init`, `subscript`, `.>`.
  package var baseName: String
  /// The labels of the parameters; `nil` if the declaration takes none.
  package var labels: [String]?
  /// The full name of the type that it stands in: `CSV.Table`; `nil` for a global.
  package var owner: String?
  /// Whether it stands in a protocol.
  package var isRequirement: Bool
  /// Whether it and what it stands in are public, or a requirement of a public protocol.
  package var isPublic: Bool
  /// Whether code of the package can use it.
  package var isReachable: Bool
  /// The line of the declaration, from 1.
  package var line: Int
  package var comment: DocComment?

  /// The name as documentation writes it: `Tensor.sum(axis:)`.
  package var name: String { (owner.map { $0 + "." } ?? "") + member }

  /// The name within its type: `sum(axis:)`.
  package var member: String {
    baseName + (labels.map { "(" + $0.map { $0 + ":" }.joined() + ")" } ?? "")
  }
}

/// A doc comment: its lines without the slashes, and where they stand.
package struct DocComment {
  package var lines: [(text: String, number: Int)] = []

  package init() {}

  /// The examples: the indented code, without its indentation.
  ///
  /// Code begins after an empty line (or at the top) and is indented by four spaces; what continues
  /// an item of a list is indented too, but isn't code. An empty line stands between two blocks.
  package var code: [(text: String, number: Int)] {
    var code: [(text: String, number: Int)] = []
    var (isInList, canBegin) = (false, true)
    for line in lines {
      let text = line.text.dropFirst()  // the space after the slashes
      if text.allSatisfy({ $0 == " " }) {
        if canBegin { continue }
        canBegin = true
        if code.last?.text.isEmpty == false { code.append(("", line.number)) }
      } else if text.hasPrefix("    "), canBegin || code.last?.number == line.number - 1, !isInList
      {
        code.append((String(text.dropFirst(4)), line.number))
        canBegin = false
      } else {
        if !text.hasPrefix(" ") { isInList = text.hasPrefix("- ") }
        canBegin = false
      }
    }
    while code.last?.text.isEmpty == true { code.removeLast() }
    return code
  }
}
