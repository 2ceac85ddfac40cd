/// Swift code of a test that runs the examples in the comments of a source file.
///
/// - Parameters:
///   - source: The text of the file.
///   - path: Where it lies: failures and the compiler's messages point there.
///   - title: The file's name for the reader: `Tensors/Tensor.swift`.
///   - modules: What the examples may use.
/// - Returns: A source file.
package func testFile(
  for source: String, path: String, title: String, modules: [String]
) -> String {
  var functions = ""
  var list = ""
  for declaration in Declaration.all(in: source) where declaration.isReachable {
    guard let statements = declaration.comment?.statements, !statements.isEmpty else { continue }
    functions += function(statements, path: path, name: "example\(declaration.line)")
    list += "    Example(\(literal(declaration.name)), run: example\(declaration.line)),\n"
  }
  if list.isEmpty { return "// No examples in \(title).\n" }
  let imports = (modules + ["TestSupport", "Testing"]).map { "import \($0)\n" }.joined()
  let type = String(title.map { $0.isLetter || $0.isNumber ? $0 : "_" })
  return """
    // The examples of \(title), made by ExampleGenerator.

    \(imports)
    @Suite struct Examples_\(type) {
      @Test(\(literal(title)), arguments: [
    \(list)  ])
      func example(_ example: Example) throws { try example.run() }
    }

    \(functions)
    """
}

private func function(_ statements: [Statement], path: String, name: String) -> String {
  var usesFiles = false
  var body = ""
  for statement in statements {
    let lines = statement.code.map { line in
      let inFolder = line.replacing(/"[a-z-]+\.(npy|npz|csv|safetensors|idx|svg|html)"/) { match in
        "folder.path(\(match.output.0))"
      }
      if inFolder != line { usesFiles = true }
      return inFolder
    }
    let code = lines.joined(separator: "\n")
    // The compiler tells files apart by their last name alone, which two modules may share.
    let file = path.replacing("/", with: "-")
    body += "#sourceLocation(file: \(literal(file)), line: \(statement.line))\n"
    if let result = statement.result {
      if result.hasPrefix("throws ") {
        body += "expectThrows(\(code), \(literal(String(result.dropFirst(7)))))\n"
      } else {
        body += "expect(\(code), \(literal(result)))\n"
      }
    } else {
      body += code + "\n"
    }
  }
  return "private func \(name)() throws {\n"
    + (usesFiles ? "let folder = try TemporaryFolder()\n" : "")
    + (usesFiles ? "defer { withExtendedLifetime(folder) {} }\n" : "")
    + body + "#sourceLocation()\n}\n\n"
}

private func literal(_ text: String) -> String {
  "\""
    + text.map { character in
      switch character {
      case "\\", "\"": "\\\(character)"
      case "\n": "\\n"
      default: String(character)
      }
    }.joined() + "\""
}
