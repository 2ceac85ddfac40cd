/// Reads JSON (RFC 8259) in order, value by value, as the caller expects it.
///
/// Nothing is built that wasn't asked for, so text of any size or depth takes no more memory than
/// the values the caller keeps, and an unexpected value stops at once. A name that an object gives
/// twice is handed over twice.
package struct JSONReader {
  private var rest: ArraySlice<UInt8>
  private let file: String
  /// Where `rest`'s indices begin in the file.
  private let base: Int

  /// Reads from text.
  ///
  /// - Parameters:
  ///   - text: UTF-8.
  ///   - file: What errors call the file.
  ///   - offset: The position of the text in the file.
  package init(_ text: ArraySlice<UInt8>, file: String, offset: Int = 0) {
    rest = text
    self.file = file
    base = offset - text.startIndex
  }

  /// An error at the next byte, or at the one given.
  package func failure(_ problem: String, at index: Int? = nil) -> FormatError {
    FormatError(
      .malformedData, file: file, offset: base + (index ?? rest.startIndex), problem: problem)
  }

  private mutating func skipBlanks() {
    while let byte = rest.first, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      rest.removeFirst()
    }
  }

  /// Moves behind `byte` if it is next.
  private mutating func take(_ byte: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard rest.first == UInt8(ascii: byte) else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func require(_ byte: Unicode.Scalar, _ what: String) throws(FormatError) {
    guard take(byte) else { throw unexpected(what) }
  }

  /// What is here instead of `what`.
  private func unexpected(_ what: String) -> FormatError {
    guard !rest.isEmpty else { return failure("the JSON breaks off; \(what) is needed") }
    return failure(
      "\(quoted(String(decoding: rest.prefix(16), as: UTF8.self))) where \(what) is needed")
  }

  /// Reads an object.
  ///
  /// - Parameter member: Takes each name and reads its value.
  /// - Throws: `FormatError` if there is no object here, and what `member` throws.
  package mutating func object(
    _ member: (inout JSONReader, String) throws(FormatError) -> Void
  ) throws(FormatError) {
    try require("{", "an object")
    if take("}") { return }
    while true {
      let name = try string("a name in quotes")
      try require(":", "a colon")
      try member(&self, name)
      if take("}") { return }
      try require(",", "a comma or the end of the object")
    }
  }

  /// Reads an array.
  ///
  /// - Parameter element: Reads each element.
  /// - Throws: `FormatError` if there is no array here, and what `element` throws.
  package mutating func array(
    _ element: (inout JSONReader) throws(FormatError) -> Void
  ) throws(FormatError) {
    try require("[", "an array")
    if take("]") { return }
    while true {
      try element(&self)
      if take("]") { return }
      try require(",", "a comma or the end of the array")
    }
  }

  /// Reads a whole number.
  ///
  /// - Parameter what: What errors call it.
  /// - Returns: The number.
  /// - Throws: `FormatError` if there is none here, or one that doesn't fit.
  package mutating func integer(_ what: String = "a whole number") throws(FormatError) -> Int {
    skipBlanks()
    let start = rest.startIndex
    let isNegative = take("-")
    var value = 0
    var count = 0
    var fits = true
    while let byte = rest.first, byte &- UInt8(ascii: "0") < 10 {
      let digit = Int(byte - UInt8(ascii: "0"))
      let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) =
        isNegative
        ? tens.subtractingReportingOverflow(digit) : tens.addingReportingOverflow(digit)
      fits = fits && !overflow && !carry
      // A number begins with 0 only if it is 0.
      if count > 0, value == 0, fits {
        throw failure("a whole number with a 0 in front", at: start)
      }
      value = sum
      count += 1
      rest.removeFirst()
    }
    guard count > 0 else { throw unexpected(what) }
    guard fits else { throw failure("a whole number that doesn't fit 64 bits", at: start) }
    if let next = rest.first, next == UInt8(ascii: ".") || next | 0x20 == UInt8(ascii: "e") {
      throw failure("a number with a fraction or exponent where \(what) is needed", at: start)
    }
    return value
  }

  /// Reads a text.
  ///
  /// - Parameter what: What errors call it.
  /// - Returns: The text.
  /// - Throws: `FormatError` if there is none here, or one that isn't UTF-8.
  package mutating func string(_ what: String = "a text in quotes") throws(FormatError) -> String {
    try require("\"", what)
    let start = rest.startIndex
    var bytes: [UInt8] = []
    while let byte = rest.first {
      switch byte {
      case UInt8(ascii: "\""):
        rest.removeFirst()
        guard let text = String(validating: bytes, as: UTF8.self) else {
          throw failure("text that isn't UTF-8", at: start)
        }
        return text
      case UInt8(ascii: "\\"):
        try escape(into: &bytes)
      case 0..<0x20:
        throw failure("a control character in a text; it has to be escaped")
      default:
        let run = rest.prefix { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        bytes += run
        rest.removeFirst(run.count)
      }
    }
    throw failure("the text that begins here is never closed", at: start)
  }

  private mutating func escape(into bytes: inout [UInt8]) throws(FormatError) {
    let start = rest.startIndex
    rest.removeFirst()
    switch rest.popFirst().map({ Unicode.Scalar($0) }) {
    case "\"": bytes.append(UInt8(ascii: "\""))
    case "\\": bytes.append(UInt8(ascii: "\\"))
    case "/": bytes.append(UInt8(ascii: "/"))
    case "b": bytes.append(0x08)
    case "f": bytes.append(0x0C)
    case "n": bytes.append(0x0A)
    case "r": bytes.append(0x0D)
    case "t": bytes.append(0x09)
    case "u":
      var value = try codeUnit()
      if (0xD800..<0xDC00).contains(value),
        rest.starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")])
      {
        rest.removeFirst(2)
        let low = try codeUnit()
        guard (0xDC00..<0xE000).contains(low) else {
          throw failure("half of a surrogate pair without the other", at: start)
        }
        value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(value) else {
        throw failure("half of a surrogate pair without the other", at: start)
      }
      bytes += Array(String(Character(scalar)).utf8)
    default:
      throw failure("an escape that JSON doesn't know", at: start)
    }
  }

  private mutating func codeUnit() throws(FormatError) -> UInt32 {
    let digits = rest.prefix(4)
    var value: UInt32 = 0
    for byte in digits {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw failure("an escape without four hexadecimal digits")
      }
      value = value << 4 | UInt32(digit)
    }
    guard digits.count == 4 else { throw failure("an escape without four hexadecimal digits") }
    rest.removeFirst(4)
    return value
  }

  /// Checks that nothing but blanks is left.
  ///
  /// - Throws: `FormatError` if there is more.
  package mutating func end() throws(FormatError) {
    skipBlanks()
    guard rest.isEmpty else { throw unexpected("the end of the JSON") }
  }

  /// Returns text as JSON writes it: in quotes, with what needs it escaped.
  ///
  /// - Parameter text: Any text.
  /// - Returns: The bytes with their quotes.
  package static func bytes(of text: String) -> [UInt8] {
    var bytes: [UInt8] = [UInt8(ascii: "\"")]
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "\"")]
      case UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "\\")]
      case 0x08: bytes += [UInt8(ascii: "\\"), UInt8(ascii: "b")]
      case 0x09: bytes += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
      case 0x0A: bytes += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
      case 0x0C: bytes += [UInt8(ascii: "\\"), UInt8(ascii: "f")]
      case 0x0D: bytes += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
      case 0..<0x20:
        bytes += Array((byte < 0x10 ? "\\u000" : "\\u00").utf8)
        bytes += Array(String(byte, radix: 16).utf8)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
    return bytes
  }
}
