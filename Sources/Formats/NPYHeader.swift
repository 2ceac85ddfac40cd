internal import Tensors

/// What the header of an npy file says: the elements' type, order and shape.
///
/// The header is the text of a Python dictionary. It is read by a parser that knows the few forms
/// which can stand there; nothing is ever evaluated.
struct NPYHeader: Sendable {
  /// The type of the elements, or why the package holds none such.
  enum Elements: Sendable {
    case scalars(ScalarType, isSwapped: Bool)
    case unsupported(problem: String, offset: Int)
  }

  var elements: Elements
  var isFortranOrder: Bool
  var shape: Shape
  /// Where the elements begin.
  var byteCount: Int

  /// The longest text that is read, as in NumPy: what NumPy itself writes stays under 2,000 bytes.
  static let longestText = 10_000
  /// As many bytes of a file as a header can take.
  static let longest = 12 + longestText
  /// The most axes that NumPy has.
  static let mostAxes = 64
  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// Reads a header.
  ///
  /// - Parameters:
  ///   - bytes: The file, or its first bytes: `longest` or more of them.
  ///   - total: The bytes that the whole file has.
  ///   - file: What errors call the file.
  /// - Throws: `FormatError` if this isn't the beginning of an npy file, or if the file's size
  ///   isn't what the header asks for.
  init(_ bytes: ArraySlice<UInt8>, total: Int, file: String) throws(FormatError) {
    func failure(_ problem: String, at offset: Int) -> FormatError {
      FormatError(.malformedData, file: file, offset: offset, problem: problem)
    }
    let start = bytes.startIndex
    guard bytes.starts(with: NPYHeader.magic) else {
      guard !NPYHeader.magic.starts(with: bytes) else {
        throw failure("the file is cut off: an npy file begins with 8 bytes", at: bytes.count)
      }
      // Python's pickles begin so, from protocol 2 on.
      throw failure(
        bytes.first == 0x80
          ? "this is a pickle of Python, which is never loaded; np.save writes npy files"
          : "this isn't an npy file: it doesn't begin with the bytes 93 4E 55 4D 50 59", at: 0)
    }
    guard bytes.count >= 8 else {
      throw failure("the file is cut off: the format's version is missing", at: bytes.count)
    }
    let version = (bytes[start + 6], bytes[start + 7])
    guard (1...3).contains(version.0), version.1 == 0 else {
      throw failure(
        "version \(version.0).\(version.1) of the format; 1.0, 2.0 and 3.0 can be read", at: 6)
    }
    let width = version.0 == 1 ? 2 : 4
    guard bytes.count >= 8 + width else {
      throw failure("the file is cut off: the header's length is missing", at: bytes.count)
    }
    let length = Int(bytes.littleEndian(at: start + 8, count: width))
    guard length <= NPYHeader.longestText else {
      throw failure(
        "a header of \(length) bytes; \(NPYHeader.longestText) are the most that are read", at: 8)
    }
    byteCount = 8 + width + length
    guard byteCount <= total else {
      throw failure(
        "a header of \(length) bytes, but only \(total - 8 - width) follow: the file is cut off",
        at: 8)
    }
    precondition(byteCount <= bytes.count, "the beginning of a file is too short")
    var reader = PythonReader(bytes[(start + 8 + width)..<(start + byteCount)]) {
      failure($0, at: $1 - start)
    }
    (elements, isFortranOrder, shape) = try reader.header()
    guard case .scalars(let type, _) = elements else { return }
    // Extents of 0 count as 1 here: the strides of an empty tensor have to fit too.
    var size = type.byteCount
    for extent in shape {
      let (product, overflow) = size.multipliedReportingOverflow(by: max(extent, 1))
      guard !overflow else { throw failure("the shape \(shape) is too large", at: 8 + width) }
      size = product
    }
    if shape.contains(0) { size = 0 }
    guard size == total - byteCount else {
      throw failure(
        "\(type.name) of the shape \(shape) takes \(size) bytes, but \(total - byteCount) follow"
          + (size > total - byteCount ? ": the file is cut off" : ""), at: byteCount)
    }
  }

  /// Returns the header of an array in C order, as NumPy writes it.
  ///
  /// - Parameters:
  ///   - type: The type of the elements.
  ///   - shape: Up to 64 axes.
  ///   - file: What errors call the file.
  /// - Returns: All bytes before the elements.
  /// - Throws: `FormatError` if there are more axes than NumPy reads.
  static func encoded(
    _ type: ScalarType, _ shape: Shape, file: String
  ) throws(FormatError) -> [UInt8] {
    guard shape.rank <= mostAxes else {
      throw FormatError(
        .inputOutput, file: file,
        problem: "a tensor with \(shape.rank) axes; NumPy reads \(mostAxes) at most")
    }
    var text = "{'descr': '\(type.descr)', 'fortran_order': False, 'shape': \(shape), }"
    // NumPy leaves room for the first extent to grow in place.
    if let first = shape.first { text += String(repeating: " ", count: 21 - "\(first)".count) }
    let unpadded = magic.count + 4 + text.utf8.count + 1
    text += String(repeating: " ", count: 64 - unpadded % 64) + "\n"
    let length = text.utf8.count
    return magic + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)] + Array(text.utf8)
  }
}

extension ScalarType {
  /// NumPy's `descr` of the type in little-endian order.
  fileprivate var descr: String { (byteCount == 1 ? "|" : "<") + "\(kind)\(byteCount)" }

  private var kind: Character {
    switch self {
    case .float32, .float64: "f"
    case .int8, .int16, .int32, .int64: "i"
    case .uint8, .uint16, .uint32, .uint64: "u"
    case .bool: "b"
    }
  }

  /// The type of a `descr` without its order, or of a type's name.
  fileprivate init?(descr: Substring) {
    let found = ScalarType.allCases.first {
      descr == "\($0.kind)\($0.byteCount)" || descr == $0.name || descr == "?" && $0 == .bool
    }
    guard let found else { return nil }
    self = found
  }
}

extension Collection<UInt8> {
  /// The little-endian number of `count` bytes, up to eight, at an index.
  func littleEndian(at index: Index, count: Int) -> UInt64 {
    self[index...].prefix(count).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}

/// Reads the few Python literals that stand in a header.
private struct PythonReader {
  private var rest: ArraySlice<UInt8>
  private let fail: (String, Int) -> FormatError

  init(_ text: ArraySlice<UInt8>, fail: @escaping (String, Int) -> FormatError) {
    rest = text
    self.fail = fail
  }

  private func failure(_ problem: String, at index: Int? = nil) -> FormatError {
    fail(problem, index ?? rest.startIndex)
  }

  private func unexpected(_ what: String) -> FormatError {
    guard !rest.isEmpty else { return failure("the header breaks off; \(what) is needed") }
    var here = rest.prefix(16)
    while here.count > 1, here.last == 0x20 { here.removeLast() }
    return failure("\(quoted(String(decoding: here, as: UTF8.self))) where \(what) is needed")
  }

  private mutating func skipBlanks() {
    rest = rest.drop { $0 == 0x20 || 0x09...0x0D ~= $0 }
  }

  /// Moves behind a word if it is next.
  private mutating func take(_ word: StaticString) -> Bool {
    skipBlanks()
    let isNext = word.withUTF8Buffer { rest.starts(with: $0) }
    if isNext { rest.removeFirst(word.utf8CodeUnitCount) }
    return isNext
  }

  private mutating func require(_ word: StaticString, _ what: String) throws(FormatError) {
    guard take(word) else { throw unexpected(what) }
  }

  /// Reads the whole text: a dictionary with the three keys, each once.
  mutating func header() throws(FormatError) -> (NPYHeader.Elements, Bool, Shape) {
    var elements: NPYHeader.Elements?
    var isFortranOrder: Bool?
    var shape: Shape?
    let start = rest.startIndex
    try require("{", "a dictionary, which begins with {,")
    while !take("}") {
      skipBlanks()
      let place = rest.startIndex
      let key = try string("a key in quotes or the end of the dictionary")
      try require(":", "a colon")
      switch key {
      case "descr" where elements == nil: elements = try descr()
      case "fortran_order" where isFortranOrder == nil: isFortranOrder = try truth()
      case "shape" where shape == nil: shape = try tuple()
      case "descr", "fortran_order", "shape":
        throw failure("the header has two of \(quoted(key))", at: place)
      default:
        throw failure(
          "the header has an unknown key \(quoted(key)); descr, fortran_order, shape are known",
          at: place)
      }
      guard take(",") else {
        try require("}", "a comma or the end of the dictionary")
        break
      }
    }
    skipBlanks()
    guard rest.isEmpty else { throw unexpected("the end of the header") }
    guard let elements, let isFortranOrder, let shape else {
      let missing = [
        elements == nil ? "descr" : nil, isFortranOrder == nil ? "fortran_order" : nil,
        shape == nil ? "shape" : nil,
      ].compactMap { $0 }
      throw failure("the header lacks \(missing.joined(separator: " and "))", at: start)
    }
    return (elements, isFortranOrder, shape)
  }

  /// Reads text in single or double quotes, without escapes: none stands in what is known.
  private mutating func string(_ what: String) throws(FormatError) -> String {
    skipBlanks()
    guard let quote = rest.first, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
      throw unexpected(what)
    }
    let body = rest.dropFirst()
    guard let end = body.firstIndex(where: { $0 == quote || !(0x20...0x7E ~= $0) || $0 == 0x5C })
    else { throw failure("a text without its closing quote") }
    guard body[end] == quote else {
      throw failure("a byte that can't stand in a text here: only plain ASCII can", at: end)
    }
    defer { rest = rest[(end + 1)...] }
    return String(decoding: body[..<end], as: UTF8.self)
  }

  private mutating func truth() throws(FormatError) -> Bool {
    if take("True") { return true }
    try require("False", "True or False for fortran_order")
    return false
  }

  private mutating func tuple() throws(FormatError) -> Shape {
    skipBlanks()
    let start = rest.startIndex
    try require("(", "a tuple for the shape, such as (2, 3) or (3,),")
    var extents: [Int] = []
    while !take(")") {
      guard extents.count < NPYHeader.mostAxes else {
        throw failure("an axis too many: NumPy has \(NPYHeader.mostAxes) at most")
      }
      extents.append(try natural())
      if take(",") { continue }
      try require(")", "a comma or the end of the shape")
      // To Python this is a number in parentheses.
      guard extents.count > 1 else {
        throw failure("(\(extents[0])) is a number; (\(extents[0]),) is a shape", at: start)
      }
      break
    }
    return Shape(extents)
  }

  /// Reads an extent: decimal digits, with the `L` that Python 2 wrote behind them.
  private mutating func natural() throws(FormatError) -> Int {
    skipBlanks()
    let start = rest.startIndex
    guard rest.first != UInt8(ascii: "-") else {
      throw failure("an extent is negative; it has to be 0 or more")
    }
    let digits = rest.prefix { 0x30...0x39 ~= $0 }
    guard let first = digits.first else { throw unexpected("an extent, a whole number,") }
    guard first != 0x30 || digits.count == 1 else {
      throw failure("a whole number with a 0 in front")
    }
    guard let number = Int(String(decoding: digits, as: UTF8.self)) else {
      throw failure("an extent that doesn't fit 64 bits", at: start)
    }
    rest = rest[digits.endIndex...]
    if rest.first == UInt8(ascii: "L") { rest.removeFirst() }
    if let next = rest.first, next == UInt8(ascii: ".") || next | 0x20 == UInt8(ascii: "e") {
      throw failure("an extent has to be a whole number", at: start)
    }
    return number
  }

  private mutating func descr() throws(FormatError) -> NPYHeader.Elements {
    skipBlanks()
    let start = rest.startIndex
    if rest.first == UInt8(ascii: "[") {
      try skipBrackets()
      return unsupported("of a structured type", at: start)
    }
    let text = try string("a type such as '<f8' for descr")
    let order = text.first.flatMap { "<>=|".contains($0) ? $0 : nil }
    let plain = order == nil ? text[...] : text.dropFirst()
    if let type = ScalarType(descr: plain) {
      guard order != "|" || type.byteCount == 1 else {
        throw failure("the type \(quoted(text)) lacks its byte order, < or >", at: start)
      }
      return .scalars(type, isSwapped: order == ">" && type.byteCount > 1)
    }
    let size = Int(plain.dropFirst().prefix { $0.isASCII && $0.isNumber })
    switch (plain.first, size) {
    case ("O", _):
      return unsupported("objects of Python (\(quoted(text))), which are never loaded", at: start)
    case ("f", 2), ("e", nil): return unsupported("float16 (\(quoted(text)))", at: start)
    case ("f", 12), ("f", 16), ("g", nil):
      return unsupported("long doubles (\(quoted(text)))", at: start)
    case ("c", _?), ("F", nil), ("D", nil), ("G", nil):
      return unsupported("complex numbers (\(quoted(text)))", at: start)
    case ("S", _), ("U", _), ("a", _?): return unsupported("text (\(quoted(text)))", at: start)
    case ("V", _): return unsupported("raw bytes (\(quoted(text)))", at: start)
    case ("M", _), ("m", _): return unsupported("dates or times (\(quoted(text)))", at: start)
    default:
      throw failure("there is no type \(quoted(text)); \(PythonReader.types)", at: start)
    }
  }

  private func unsupported(_ what: String, at index: Int) -> NPYHeader.Elements {
    let error = failure("the elements are \(what); \(PythonReader.types)", at: index)
    return .unsupported(problem: error.problem, offset: error.offset ?? 0)
  }

  private static let types =
    "the types that can be read are "
    + ScalarType.allCases.map(\.name).joined(separator: ", ")

  /// Moves behind a list: the fields of a structured type, which nobody asks for.
  private mutating func skipBrackets() throws(FormatError) {
    let start = rest.startIndex
    var depth = 0
    repeat {
      switch rest.first {
      case UInt8(ascii: "["), UInt8(ascii: "("): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: ")"): depth -= 1
      case UInt8(ascii: "'"), UInt8(ascii: "\""):
        _ = try string("a text")
        continue
      case nil: throw failure("a list without its end", at: start)
      default: break
      }
      rest.removeFirst()
    } while depth > 0
  }
}
