public import Tensors

/// Comma-separated values (RFC 4180): tables of numbers and text with a line of names at the top.
///
/// Text is UTF-8, with or without a byte order mark; lines end in LF, CRLF or CR. A field in quotes
/// may hold commas, line ends and doubled quotes. Blank lines are passed over. Blanks are part of a
/// field, but those around a number are passed over.
///
///     let table = CSV.Table<Float>(
///       numbers: [[1.5], [2]], names: ["size"], text: [("kind", ["cat", "dog"])])
///     try table.write(to: "animals.csv")
///     let read = try CSV.Table<Float>(contentsOf: "animals.csv", text: ["kind"])
///     read.numbers         // [[1.5]
///                          //  [2. ]]
///     read.text[0].values  // ["cat", "dog"]
public enum CSV {
  /// Which columns of a file to read, and as what; the others are passed over.
  ///
  ///     let bytes = Array("a,b,c\n1,2,x\n3,4,y\n".utf8)
  ///     let table = try CSV.Table<Float>(parsing: bytes, file: "abc") { names in
  ///       CSV.Selection(numbers: [1], text: [2])
  ///     }
  ///     table.numbers         // [[2.]
  ///                           //  [4.]]
  ///     table.text[0].values  // ["x", "y"]
  public struct Selection: Sendable, Hashable {
    /// The positions, from 0, of the columns to read as numbers, in the order wanted.
    public var numbers: [Int]
    /// The positions, from 0, of the columns to read as text, in the order wanted.
    public var text: [Int]

    /// Makes a selection.
    ///
    /// - Parameters:
    ///   - numbers: The positions of the columns to read as numbers.
    ///   - text: The positions of the columns to read as text.
    public init(numbers: [Int], text: [Int] = []) {
      self.numbers = numbers
      self.text = text
    }
  }

  /// A column of text.
  ///
  ///     let bytes = Array("size,kind\n1.5,cat\n2,dog\n".utf8)
  ///     let column: CSV.TextColumn = try CSV.Table<Float>(
  ///       parsing: bytes, file: "animals", text: ["kind"]
  ///     ).text[0]
  ///     column.name      // kind
  ///     column.position  // 1
  ///     column.values    // ["cat", "dog"]
  ///     column.lines     // [2, 3]
  public struct TextColumn: Sendable, Hashable {
    /// The name that the first line gives it.
    public let name: String
    /// The position among the columns of the file, from 0.
    public let position: Int
    /// The fields, one a row.
    public internal(set) var values: [String]
    /// The lines of the file, from 1, where the fields begin; for messages about their values.
    public internal(set) var lines: [Int]
  }

  /// What was read from a file or is to be written to one: numbers, and columns of text.
  ///
  ///     let bytes = Array("size,kind\n1.5,cat\n2,dog\n".utf8)
  ///     let table = try CSV.Table<Float>(parsing: bytes, file: "animals", text: ["kind"])
  ///     table.columnNames  // ["size", "kind"]
  ///     table.numbers      // [[1.5]
  ///                        //  [2. ]]
  ///     table.rowCount     // 2
  public struct Table<Scalar: FloatingScalar>: Sendable {
    /// The file that the table was read from, or what stands for one.
    public let file: String
    /// The names of all columns of the file, also of those that were not read.
    public let columnNames: [String]
    /// The names of the columns of ``numbers``.
    public let numberNames: [String]
    /// `[rows, number columns]`.
    public let numbers: Tensor<Scalar>
    /// The columns of text.
    public let text: [TextColumn]

    /// The number of rows, without the line of names.
    public var rowCount: Int { numbers.shape[0] }

    /// Makes a table to be written: the numbers first, then the text.
    ///
    ///     let table = CSV.Table<Float>(
    ///       numbers: [[1.5], [2]], names: ["size"], text: [("kind", ["cat", "dog"])])
    ///     table.columnNames  // ["size", "kind"]
    ///
    /// - Parameters:
    ///   - numbers: `[rows, number columns]`.
    ///   - names: The names of the columns of numbers.
    ///   - text: The names and fields of the columns of text.
    /// - Precondition: There is a name for each column and a field for each row; no name is empty
    ///   or given twice.
    public init(
      numbers: Tensor<Scalar>, names: [String], text: [(name: String, values: [String])] = []
    ) {
      precondition(numbers.rank == 2, "a table's numbers have the shape [rows, columns]")
      precondition(
        names.count == numbers.shape[1],
        "\(names.count) names for \(numbers.shape[1]) columns of numbers")
      precondition(
        text.allSatisfy { $0.values.count == numbers.shape[0] },
        "each column of text has as many fields as there are rows of numbers")
      let all = names + text.map(\.name)
      precondition(!all.isEmpty, "a table has a column")
      precondition(
        Set(all).count == all.count && !all.contains(""), "each column has a name of its own")
      file = ""
      columnNames = all
      numberNames = names
      self.numbers = numbers
      self.text = text.enumerated().map { position, column in
        TextColumn(
          name: column.name, position: names.count + position, values: column.values,
          lines: Array(2..<(2 + column.values.count)))
      }
    }

    fileprivate init(
      file: String, columnNames: [String], selection: Selection, numbers: Tensor<Scalar>,
      text: [TextColumn]
    ) {
      self.file = file
      self.columnNames = columnNames
      numberNames = selection.numbers.map { columnNames[$0] }
      self.numbers = numbers
      self.text = text
    }
  }
}

// Reading.
extension CSV.Table {
  /// Reads a file whose columns hold numbers, but for those named.
  ///
  ///     let table = CSV.Table<Double>(numbers: Tensor([1, .nan]).reshaped(2, 1), names: ["size"])
  ///     try table.write(to: "sizes.csv")
  ///     try CSV.Table<Double>(contentsOf: "sizes.csv", allowsNonFinite: true).numbers  // [[ 1.]
  ///                                                                                    //  [nan]]
  ///     try CSV.Table<Double>(contentsOf: "sizes.csv")
  ///     // throws …/sizes.csv: line 3, column 1 (“size”): “nan” is not a finite number
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - text: The names of the columns to read as text.
  ///   - allowsNonFinite: Whether `nan` and `inf` are numbers too.
  /// - Throws: `FormatError` with the line and column, if the file is missing or isn't such a
  ///   table.
  public init(
    contentsOf path: String, text: [String] = [], allowsNonFinite: Bool = false
  ) throws(FormatError) {
    try self.init(contentsOf: path, allowsNonFinite: allowsNonFinite) {
      names throws(FormatError) in
      try CSV.selection(text: text, of: names, file: path)
    }
  }

  /// Reads the columns of a file that `selecting` chooses by their names.
  ///
  ///     let table = CSV.Table<Double>(numbers: [[1, 2], [3, 4]], names: ["a", "b"])
  ///     try table.write(to: "ab.csv")
  ///     let read = try CSV.Table<Double>(contentsOf: "ab.csv", allowsNonFinite: true) { names in
  ///       CSV.Selection(numbers: [names.count - 1])
  ///     }
  ///     read.numbers  // [[2.]
  ///                   //  [4.]]
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - allowsNonFinite: Whether `nan` and `inf` are numbers too.
  ///   - selecting: Takes the names of the columns and tells which to read.
  /// - Throws: `FormatError` with the line and column, if the file is missing or isn't such a
  ///   table, and what `selecting` throws.
  public init(
    contentsOf path: String, allowsNonFinite: Bool = false,
    selecting: ([String]) throws(FormatError) -> CSV.Selection
  ) throws(FormatError) {
    try self.init(
      parsing: File.bytes(of: path), file: path, allowsNonFinite: allowsNonFinite,
      selecting: selecting)
  }

  /// Reads columns of numbers, and of text where named, from the bytes of a file.
  ///
  ///     let bytes = Array("size\n1.5\ntwo\n".utf8)
  ///     try CSV.Table<Float>(parsing: bytes, file: "sizes")
  ///     // throws sizes: line 3, column 1 (“size”): “two” is not a number
  ///     try CSV.Table<Float>(parsing: bytes, file: "sizes", text: ["size"]).text[0].values
  ///     // ["1.5", "two"]
  ///
  /// - Parameters:
  ///   - bytes: What such a file holds.
  ///   - file: What errors call it.
  ///   - text: The names of the columns to read as text.
  ///   - allowsNonFinite: Whether `nan` and `inf` are numbers too.
  /// - Throws: `FormatError` with the line and column, if the bytes aren't such a table.
  public init(
    parsing bytes: [UInt8], file: String, text: [String] = [], allowsNonFinite: Bool = false
  ) throws(FormatError) {
    try self.init(parsing: bytes, file: file, allowsNonFinite: allowsNonFinite) {
      names throws(FormatError) in
      try CSV.selection(text: text, of: names, file: file)
    }
  }

  /// Reads the columns that `selecting` chooses from the bytes of a file.
  ///
  ///     let bytes = Array("a,b\n1,2\n3,4\n".utf8)
  ///     let table = try CSV.Table<Float>(parsing: bytes, file: "ab") { names in
  ///       CSV.Selection(numbers: [names.count - 1])
  ///     }
  ///     table.numbers  // [[2.]
  ///                    //  [4.]]
  ///
  /// - Parameters:
  ///   - bytes: What such a file holds.
  ///   - file: What errors call it.
  ///   - allowsNonFinite: Whether `nan` and `inf` are numbers too.
  ///   - selecting: Takes the names of the columns and tells which to read.
  /// - Throws: `FormatError` with the line and column, if the bytes aren't such a table, and what
  ///   `selecting` throws.
  public init(
    parsing bytes: consuming [UInt8], file: String, allowsNonFinite: Bool = false,
    selecting: ([String]) throws(FormatError) -> CSV.Selection
  ) throws(FormatError) {
    // A zero at the end belongs to no field and no number, so the loops need not look for the end.
    bytes.append(0)
    let parsed: Result<Self, FormatError> = bytes.withUnsafeBufferPointer { bytes in
      do throws(FormatError) {
        var parser = try CSVParser(bytes, file: file, allowsNonFinite: allowsNonFinite)
        let names = try parser.readNames()
        let selection = try selecting(names)
        CSV.check(selection, of: names)
        var text: [CSV.TextColumn] = []
        // Compiled for each scalar: see `DecimalScalar`.
        let numbers: any Sendable =
          switch Scalar.scalarType {
          case .float32: try parser.rows(of: Float.self, selection, names: names, text: &text)
          default: try parser.rows(of: Double.self, selection, names: names, text: &text)
          }
        guard let numbers = numbers as? Tensor<Scalar> else {
          preconditionFailure("\(Scalar.self) is neither Float nor Double")
        }
        return .success(
          Self(
            file: file, columnNames: names, selection: selection, numbers: numbers, text: text))
      } catch {
        return .failure(error)
      }
    }
    self = try parsed.get()
  }
}

extension CSV {
  fileprivate static func selection(
    text: [String], of names: [String], file: String
  ) throws(FormatError) -> Selection {
    var positions: [Int] = []
    for name in text {
      guard let position = names.firstIndex(of: name) else {
        throw FormatError(
          .malformedData, file: file,
          problem: "there is no column \(quoted(name)): the columns are \(quotedList(names))")
      }
      positions.append(position)
    }
    let isText = Set(positions)
    return Selection(numbers: names.indices.filter { !isText.contains($0) }, text: positions)
  }

  fileprivate static func check(_ selection: Selection, of names: [String]) {
    let all = selection.numbers + selection.text
    precondition(
      Set(all).count == all.count && all.allSatisfy(names.indices.contains),
      "a selection names columns of the file, each once")
  }
}

private let comma = UInt8(ascii: ",")
private let quote = UInt8(ascii: "\"")
private let lineFeed = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")

/// Walks over the bytes of a file once.
private struct CSVParser {
  let file: String
  let allowsNonFinite: Bool
  /// Behind the last byte: a zero stands here, and nowhere before it.
  let end: UnsafePointer<UInt8>
  var position: UnsafePointer<UInt8>
  /// The line that `position` is on.
  var line = 1
  /// Line ends in the file: no fewer than its rows but one.
  let lineEndCount: Int

  /// Takes the bytes of a file with a zero behind them.
  init(_ bytes: UnsafeBufferPointer<UInt8>, file: String, allowsNonFinite: Bool) throws(FormatError)
  {
    guard let base = bytes.baseAddress, bytes.count > 1 else {
      throw FormatError(.malformedData, file: file, problem: "the file is empty; a table is needed")
    }
    self.file = file
    self.allowsNonFinite = allowsNonFinite
    end = base + (bytes.count - 1)
    let (lineEnds, hasZeros) = CSVParser.survey(base, count: bytes.count - 1)
    lineEndCount = lineEnds
    if bytes.count > 3, bytes[0] == 0xFF && bytes[1] == 0xFE || bytes[0] == 0xFE && bytes[1] == 0xFF
    {
      throw FormatError(
        .malformedData, file: file, line: 1, problem: "the text is UTF-16; UTF-8 is needed")
    }
    let hasMark = bytes.count > 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
    position = base + (hasMark ? 3 : 0)
    if hasZeros, let zero = bytes.firstIndex(of: 0) {
      for byte in bytes[..<zero] where byte == lineFeed { line += 1 }
      throw FormatError(
        .malformedData, file: file, line: line, offset: zero,
        problem: "a NUL byte: this is not a table in text")
    }
  }

  /// Counts the line ends and looks for zeros, eight bytes in one step.
  private static func survey(
    _ base: UnsafePointer<UInt8>, count: Int
  ) -> (lineEnds: Int, hasZeros: Bool) {
    // The lowest bit of each byte that equals that of `pattern`.
    @inline(__always) func equal(_ word: UInt64, _ pattern: UInt64) -> UInt64 {
      let difference = word ^ pattern
      let low = difference & 0x7F7F_7F7F_7F7F_7F7F &+ 0x7F7F_7F7F_7F7F_7F7F
      return ~(low | difference | 0x7F7F_7F7F_7F7F_7F7F) &>> 7
    }
    let lineFeeds = UInt64(lineFeed) &* 0x0101_0101_0101_0101
    let returns = UInt64(carriageReturn) &* 0x0101_0101_0101_0101
    let bytes = UnsafeRawPointer(base)
    var total = 0
    var zeros: UInt64 = 0
    var start = 0
    while start &+ 8 <= count {
      // So few steps that each byte of `counts` holds its count.
      let stop = min(start &+ 255 &* 8, count)
      var counts: UInt64 = 0
      while start &+ 8 <= stop {
        let word = bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self)
        let next = bytes.loadUnaligned(fromByteOffset: start &+ 1, as: UInt64.self)
        counts &+= equal(word, lineFeeds) | equal(word, returns) & ~equal(next, lineFeeds)
        zeros |= equal(word, 0)
        start &+= 8
      }
      for shift in stride(from: 0, to: 64, by: 8) { total += Int(counts >> UInt64(shift) & 0xFF) }
    }
    var hasZeros = zeros != 0
    while start < count {
      let isLineEnd =
        base[start] == lineFeed
        || (base[start] == carriageReturn && base[start + 1] != lineFeed)
      total += isLineEnd ? 1 : 0
      hasZeros = hasZeros || base[start] == 0
      start += 1
    }
    return (total, hasZeros)
  }

  func failure(_ problem: String, column: Int? = nil, names: [String] = []) -> FormatError {
    FormatError(
      .malformedData, file: file, line: line, column: column.map { $0 + 1 },
      columnName: column.flatMap { names.indices.contains($0) ? names[$0] : nil }, problem: problem)
  }

  /// Moves behind a line end, if one is here.
  @inline(__always)
  private mutating func skipLineEnd() -> Bool {
    if position.pointee == lineFeed {
      position += 1
    } else if position.pointee == carriageReturn {
      position += position[1] == lineFeed ? 2 : 1
    } else {
      return false
    }
    line += 1
    return true
  }

  /// A field as it stands in the file.
  private struct Field {
    var raw: UnsafeBufferPointer<UInt8>
    var hasDoubledQuotes = false

    /// The text, with a replacement character for what isn't UTF-8: for messages.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The text, or `nil` if it isn't UTF-8.
    var validText: String? { String(validating: bytes, as: UTF8.self) }

    private var bytes: [UInt8] {
      guard hasDoubledQuotes else { return Array(raw) }
      var bytes: [UInt8] = []
      var isSecond = false
      for byte in raw {
        isSecond = byte == quote && !isSecond
        if !isSecond { bytes.append(byte) }
      }
      return bytes
    }
  }

  /// The text of a field.
  private func text(of field: Field, column: Int, names: [String]) throws(FormatError) -> String {
    guard let text = field.validText else {
      throw failure("\(quoted(field.text)) is not UTF-8 text", column: column, names: names)
    }
    return text
  }

  /// Reads the field that begins here and moves to the comma or line end behind it.
  ///
  /// `line` stays that of the field; the line ends in it are added to `lineEnds`.
  private mutating func field(
    column: Int, names: [String], lineEnds: inout Int
  ) throws(FormatError) -> Field {
    var p = position
    guard p.pointee == quote else {
      while p.pointee != comma, p.pointee != lineFeed, p.pointee != carriageReturn, p < end {
        guard p.pointee != quote else {
          throw failure(
            "a quote inside a field; the whole field has to stand in quotes, with this one doubled",
            column: column, names: names)
        }
        p += 1
      }
      defer { position = p }
      return Field(raw: UnsafeBufferPointer(start: position, count: p - position))
    }
    p += 1
    let start = p
    var hasDoubledQuotes = false
    while true {
      switch p.pointee {
      case quote where p[1] == quote:
        hasDoubledQuotes = true
        p += 2
      case quote:
        let raw = UnsafeBufferPointer(start: start, count: p - start)
        p += 1
        guard p == end || p.pointee == comma || p.pointee == lineFeed || p.pointee == carriageReturn
        else {
          throw failure(
            "text behind the closing quote; a comma or the end of the line is needed there",
            column: column, names: names)
        }
        position = p
        return Field(raw: raw, hasDoubledQuotes: hasDoubledQuotes)
      case lineFeed:
        lineEnds += 1
        p += 1
      case carriageReturn:
        lineEnds += 1
        p += p[1] == lineFeed ? 2 : 1
      case 0:
        throw failure("the quote that opens here is never closed", column: column, names: names)
      default:
        p += 1
      }
    }
  }

  /// Reads the first line.
  mutating func readNames() throws(FormatError) -> [String] {
    while skipLineEnd() {}
    guard position < end else {
      throw FormatError(.malformedData, file: file, problem: "the file is empty; a table is needed")
    }
    var names: [String] = []
    var seen: [String: Int] = [:]
    var hasRepeats = false
    let header = line
    var lineEnds = 0
    while true {
      let name = try text(
        of: field(column: names.count, names: [], lineEnds: &lineEnds), column: names.count,
        names: [])
      hasRepeats = hasRepeats || seen[name] != nil
      names.append(name)
      if seen[name] == nil { seen[name] = names.count }
      guard position.pointee == comma else { break }
      position += 1
    }
    // Without a line of names the first row would be lost without a word. Whole numbers may be
    // names: 0, 1, 2, …
    if names.allSatisfy({ Double($0) != nil }), hasRepeats || !names.allSatisfy({ Int($0) != nil })
    {
      throw failure("the first line holds numbers; it has to name the columns")
    }
    for (column, name) in names.enumerated() {
      guard !name.isEmpty else {
        throw failure("the column has no name; the first line names every column", column: column)
      }
      if let first = seen[name], first != column + 1 {
        throw failure(
          "the name \(quoted(name)) is taken by column \(first); each column needs its own",
          column: column)
      }
    }
    line = header + lineEnds
    _ = skipLineEnd()
    return names
  }

  /// Reads all rows.
  mutating func rows<Element: DecimalScalar>(
    of element: Element.Type, _ selection: CSV.Selection, names: [String],
    text: inout [CSV.TextColumn]
  ) throws(FormatError) -> Tensor<Element> {
    text = selection.text.map {
      CSV.TextColumn(name: names[$0], position: $0, values: [], lines: [])
    }
    let width = selection.numbers.count
    // Where each column goes: a number's place in its row, or -1 to pass it over, or -2 - the place
    // among the text.
    var places = [Int](repeating: -1, count: names.count)
    for (place, column) in selection.numbers.enumerated() { places[column] = place }
    for (place, column) in selection.text.enumerated() { places[column] = -2 - place }
    // A row has a line, a byte behind each field and a digit for each number, so a file can't claim
    // more than it holds. One row more, as the row with which the file breaks off may begin with
    // numbers.
    let capacity = min(lineEndCount + 1, (end - position + 1) / (names.count + width))
    let storage = Storage(count: (capacity + 1) * width, of: Element.self)
    let elements = storage.elements(as: Element.self)
    let placesPointer = UnsafeMutableBufferPointer<Int>.allocate(capacity: places.count)
    _ = placesPointer.initialize(from: places)
    defer { placesPointer.deallocate() }
    var row = 0
    while true {
      while skipLineEnd() {}
      guard position < end else { break }
      precondition(row <= capacity, "more rows than bytes for them")
      let numbers = UnsafeMutableBufferPointer(
        rebasing: elements[row * width..<(row + 1) * width])
      try readRow(
        into: numbers, text: &text, places: UnsafeBufferPointer(placesPointer), names: names)
      row += 1
    }
    guard row > 0 else {
      throw FormatError(
        .malformedData, file: file, line: line,
        problem: "there are no rows below the names of the columns")
    }
    let result = Tensor<Element>(storage: storage, layout: Layout([row, width]))
    // After many blank lines or line ends in quotes much of the memory isn't needed.
    return row < capacity - capacity / 4 ? result.copied() : result
  }

  /// Reads the row that begins here and moves to the end of its line.
  @inline(__always)
  private mutating func readRow<Element: DecimalScalar>(
    into numbers: UnsafeMutableBufferPointer<Element>, text: inout [CSV.TextColumn],
    places: UnsafeBufferPointer<Int>, names: [String]
  ) throws(FormatError) {
    var lineEnds = 0
    var column = 0
    var p = position
    while true {
      guard column < places.count else {
        position = p
        throw try raggedRow(fields: column, lineEnds: lineEnds, names: names)
      }
      let place = places[column]
      if place >= 0 {
        var next = p
        if let number = DecimalNumber.scan(&next), isEndOfField(next),
          let value = Element.nearest(number), value.isFinite
        {
          numbers[place] = value
          p = next
        } else {
          position = p
          numbers[place] = try number(column: column, names: names, lineEnds: &lineEnds)
          p = position
        }
      } else {
        position = p
        let field = try field(column: column, names: names, lineEnds: &lineEnds)
        p = position
        if place < -1 {
          text[-2 - place].values.append(
            try self.text(of: field, column: column, names: names))
          text[-2 - place].lines.append(line)
        }
      }
      column += 1
      guard p.pointee == comma else { break }
      p += 1
    }
    position = p
    guard column == places.count else {
      throw failure(
        "the row has \(fields(column)), but the first line names \(places.count) columns")
    }
    line += lineEnds
  }

  @inline(__always)
  private func isEndOfField(_ p: UnsafePointer<UInt8>) -> Bool {
    let byte = p.pointee
    return byte == comma || byte == lineFeed || byte == carriageReturn || p == end
  }

  /// Reads a number that isn't plain, or tells why it is none.
  ///
  /// It may stand in quotes or among blanks, have many digits or not be finite.
  @inline(never)
  private mutating func number<Element: DecimalScalar>(
    column: Int, names: [String], lineEnds: inout Int
  ) throws(FormatError) -> Element {
    let field = try field(column: column, names: names, lineEnds: &lineEnds)
    var start = 0
    var stop = field.raw.count
    while start < stop, isBlank(field.raw[start]) { start += 1 }
    while start < stop, isBlank(field.raw[stop - 1]) { stop -= 1 }
    let content = UnsafeBufferPointer(rebasing: field.raw[start..<stop])
    guard !content.isEmpty else {
      throw failure("the field is empty; a number is needed", column: column, names: names)
    }
    guard DecimalNumber.isValid(content) else {
      if let value = CSVParser.nonFinite(content) {
        guard allowsNonFinite else {
          throw failure(
            "\(quoted(field.text)) is not a finite number", column: column, names: names)
        }
        return Element(value)
      }
      let hint =
        names.count == 1 && names[0].contains(where: { ";\t|".contains($0) })
        ? " (columns are separated by commas)" : ""
      throw failure(
        "\(quoted(field.text)) is not a number\(hint)", column: column, names: names)
    }
    guard let value = Element.parsed(String(decoding: content, as: UTF8.self)),
      value.isFinite || allowsNonFinite
    else {
      throw failure(
        "\(quoted(field.text)) is too large for a \(Element.scalarType.name)", column: column,
        names: names)
    }
    return value
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }

  /// What `nan`, `inf` and `infinity` mean, with or without a sign and in letters of any case.
  private static func nonFinite(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    guard text.count <= 9 else { return nil }
    var word = String(decoding: text, as: UTF8.self).lowercased()
    let isNegative = word.hasPrefix("-")
    if isNegative || word.hasPrefix("+") { word.removeFirst() }
    switch word {
    case "nan": return .nan
    case "inf", "infinity": return isNegative ? -.infinity : .infinity
    default: return nil
    }
  }

  private func fields(_ count: Int) -> String { count == 1 ? "1 field" : "\(count) fields" }

  /// What is wrong with a row that goes on behind its last column.
  private mutating func raggedRow(
    fields count: Int, lineEnds: Int, names: [String]
  ) throws(FormatError) -> FormatError {
    var count = count
    var lineEnds = lineEnds
    while true {
      _ = try field(column: count, names: names, lineEnds: &lineEnds)
      count += 1
      guard position.pointee == comma else { break }
      position += 1
    }
    return failure("the row has \(fields(count)), but the first line names \(names.count) columns")
  }
}

// Writing.
extension CSV.Table {
  /// Writes the table: a line of names, then the rows, numbers before text.
  ///
  /// Numbers are as short as reads back exactly. The file appears whole or not at all.
  ///
  ///     let table = CSV.Table<Float>(numbers: [[0.1], [2]], names: ["size"])
  ///     try table.write(to: "sizes.csv")
  ///     try CSV.Table<Float>(contentsOf: "sizes.csv").numbers  // [[0.1]
  ///                                                            //  [2. ]]
  ///
  /// - Parameter path: The file; one that exists is replaced.
  /// - Throws: `FormatError` if the system can't write it, or if a text holds a NUL, which no table
  ///   can.
  public func write(to path: String) throws(FormatError) {
    try File.replace(path) { writer throws(FormatError) in
      var line: [UInt8] = []
      let names = numberNames + text.map(\.name)
      for (column, name) in names.enumerated() {
        if column > 0 { line.append(comma) }
        try CSV.append(name, to: &line, isOnly: names.count == 1, file: path)
      }
      line.append(lineFeed)
      try writer.append(line)
      // Compiled for each scalar: see `DecimalScalar`.
      switch Scalar.scalarType {
      case .float32: try CSV.append(Tensor<Float>(numbers), text, to: &writer, path: path)
      default: try CSV.append(Tensor<Double>(numbers), text, to: &writer, path: path)
      }
    }
  }
}

extension CSV {
  /// Writes rows: numbers, then text.
  fileprivate static func append<Element: DecimalScalar>(
    _ numbers: Tensor<Element>, _ text: [TextColumn], to writer: inout File.Writer, path: String
  ) throws(FormatError) {
    let width = numbers.shape[1]
    let elements = numbers.contiguous()
    var line: [UInt8] = []
    for row in 0..<numbers.shape[0] {
      line.removeAll(keepingCapacity: true)
      elements.withElements { elements in
        for column in 0..<width {
          if column > 0 { line.append(comma) }
          CSV.append(elements[row * width + column], to: &line)
        }
      }
      for (place, column) in text.enumerated() {
        if place > 0 || width > 0 { line.append(comma) }
        try CSV.append(
          column.values[row], to: &line, isOnly: width == 0 && text.count == 1, file: path)
      }
      line.append(lineFeed)
      try writer.append(line)
    }
  }

  @inline(__always)
  fileprivate static func append<Element: DecimalScalar>(_ value: Element, to line: inout [UInt8]) {
    // Whole numbers without the ".0"; -0 keeps its sign.
    if value.magnitude < 1e6, let whole = Int32(exactly: value), whole != 0 || value.sign == .plus {
      line.append(contentsOf: whole.description.utf8)
    } else {
      line.append(contentsOf: value.shortestText.utf8)
    }
  }

  /// Writes a field, in quotes where it would else be read as something different.
  fileprivate static func append(
    _ text: String, to line: inout [UInt8], isOnly: Bool, file: String
  ) throws(FormatError) {
    var needsQuotes =
      (isOnly && text.isEmpty) || text.first == " " || text.last == " "
      || text.unicodeScalars.first == "\u{FEFF}"
    for byte in text.utf8 {
      guard byte != 0 else {
        throw FormatError(
          .malformedData, file: file, problem: "\(quoted(text)) holds a NUL, which no table can")
      }
      needsQuotes =
        needsQuotes || byte == comma || byte == quote || byte == lineFeed || byte == carriageReturn
    }
    guard needsQuotes else {
      line.append(contentsOf: text.utf8)
      return
    }
    line.append(quote)
    for byte in text.utf8 {
      if byte == quote { line.append(quote) }
      line.append(byte)
    }
    line.append(quote)
  }
}
