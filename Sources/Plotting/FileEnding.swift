import Formats

/// What the end of a file's name says that is in it.
enum FileEnding: String {
  case svg, png, html

  /// Reads the ending of a path.
  ///
  /// - Parameters:
  ///   - path: The file; capital letters count as small ones.
  ///   - possible: The endings that are right, two or more.
  ///   - what: What is to be written, for the message.
  /// - Throws: `FormatError` if it ends otherwise.
  init(of path: String, among possible: [FileEnding], what: String) throws(FormatError) {
    let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    let dot = name.lastIndex(of: ".")
    let ending = dot.map { name[name.index(after: $0)...].lowercased() } ?? ""
    guard let found = FileEnding(rawValue: ending), possible.contains(found) else {
      let endings = possible.map { "." + $0.rawValue }.joined(separator: " or ")
      throw FormatError(
        .inputOutput, file: path.isEmpty ? quoted(path) : path,
        problem: "\(what) is written to a file that ends in \(endings)")
    }
    self = found
  }
}
