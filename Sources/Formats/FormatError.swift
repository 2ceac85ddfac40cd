/// What is wrong with a file, where, and what would be right.
///
///     let error = FormatError(
///       .malformedData, file: "iris", line: 7, column: 3, columnName: "petal_length", offset: nil,
///       problem: "“abc” is not a number")
///     error  // iris: line 7, column 3 (“petal_length”): “abc” is not a number
///     error.kind == FormatError.Kind.malformedData  // true
public struct FormatError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Whose fault it is, for the exit status of a command.
  public enum Kind: Sendable, Hashable, CaseIterable {
    /// An input that doesn't exist or may not be read (`EX_NOINPUT`).
    case missingFile
    /// An input that isn't what it should be (`EX_DATAERR`).
    case malformedData
    /// The system failed to read or write (`EX_IOERR`).
    case inputOutput
  }

  /// Whose fault it is.
  public let kind: Kind
  /// The path of the file, or what stands for one.
  public let file: String
  /// The line of the file, from 1.
  public let line: Int?
  /// The number of the column of a table, from 1.
  public let column: Int?
  /// The name of the column of a table.
  public let columnName: String?
  /// The byte of the file, from 0.
  public let offset: Int?
  /// What is wrong and what would be right, without the place.
  public let problem: String

  /// Makes an error.
  ///
  /// - Parameters:
  ///   - kind: Whose fault it is.
  ///   - file: The path of the file.
  ///   - line: The line, from 1.
  ///   - column: The number of the column, from 1.
  ///   - columnName: The name of the column.
  ///   - offset: The byte, from 0.
  ///   - problem: What is wrong and what would be right: a clause without the place and without a
  ///     full stop.
  public init(
    _ kind: Kind, file: String, line: Int? = nil, column: Int? = nil, columnName: String? = nil,
    offset: Int? = nil, problem: String
  ) {
    self.kind = kind
    self.file = file
    self.line = line
    self.column = column
    self.columnName = columnName
    self.offset = offset
    self.problem = problem
  }

  /// The place and the problem.
  ///
  /// For example `iris.csv: line 7, column 3 (“petal_length”): “abc” is not a number`.
  public var description: String {
    var place: [String] = []
    if let line { place.append("line \(line)") }
    if let column {
      place.append("column \(column)" + (columnName.map { " (\(quoted($0)))" } ?? ""))
    }
    if let offset { place.append("byte \(offset)") }
    return ([file] + (place.isEmpty ? [] : [place.joined(separator: ", ")]) + [problem])
      .joined(separator: ": ")
  }
}

/// Text of a file as a message shows it: in quotes, shortened, and with controls escaped.
package func quoted(_ text: some StringProtocol, limit: Int = 40) -> String {
  var shown = "“"
  for (position, scalar) in text.unicodeScalars.enumerated() {
    guard position < limit else {
      shown += "…"
      break
    }
    switch scalar {
    case "\n": shown += "\\n"
    case "\r": shown += "\\r"
    case "\t": shown += "\\t"
    // Controls, line separators, and marks that turn the direction of the text or take no room.
    case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{200B}"..."\u{200F}", "\u{2028}"..."\u{202E}",
      "\u{2060}"..."\u{206F}", "\u{FEFF}":
      shown += "\\u{" + String(scalar.value, radix: 16) + "}"
    default: shown.unicodeScalars.append(scalar)
    }
  }
  return shown + "”"
}

/// Names as a message lists them: the first few in quotes, and how many more there are.
package func quotedList(_ names: [String], limit: Int = 10) -> String {
  let shown = names.prefix(limit).map { quoted($0) }.joined(separator: ", ")
  return names.count > limit ? shown + " and \(names.count - limit) more" : shown
}
