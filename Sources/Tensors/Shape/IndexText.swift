// Indexes written as text, for programs that take them from a command line, a file or a request.

/// Text that is no index: where, and what would be right there.
///
///     try [TensorIndex](parsing: "1, x")  // throws character 4: …
///     IndexSyntaxError(position: 3, message: "no index")  // character 4: no index
public struct IndexSyntaxError: Error, Hashable, Sendable {
  /// How many characters stand before the mistake.
  public let position: Int
  /// One sentence that says what is wrong or would be right, in NumPy's or Python's words where
  /// they have some.
  public let message: String

  /// Makes an error with the place and the sentence to show.
  public init(position: Int, message: String) {
    self.position = position
    self.message = message
  }
}

extension IndexSyntaxError: CustomStringConvertible {
  /// The place, counted from 1, and the message.
  public var description: String { "character \(position + 1): \(message)" }
}

extension [TensorIndex] {
  /// The most parts of an index, as in NumPy: as many for new axes as for those that a tensor can
  /// have there.
  private static var limit: Int { 128 }

  /// Reads an index as NumPy writes it between the brackets.
  ///
  ///     let x: Tensor<Int> = [[1, 2], [3, 4], [5, 6]]
  ///     try x.part(at: [TensorIndex](parsing: "1:3, ::-1"))  // [[4 3]
  ///                                                          //  [6 5]]
  ///
  /// The parts stand between commas: whole numbers, slices `start:stop:step` of which any number
  /// may be missing or `None`, `...` or `Ellipsis`, and `None`, `newaxis` or `np.newaxis`. Blanks
  /// may stand around them, and a comma at the end. A bound or step beyond the range of `Int`
  /// becomes the last number in range, which means the same.
  ///
  /// - Parameter text: The index, of any length.
  /// - Throws: ``IndexSyntaxError`` at the first mistake. Whether the index fits a shape is told by
  ///   ``Shape/indexed(by:)`` and ``Tensor/part(at:)``.
  /// - SeeAlso: NumPy's basic indexing; arrays and masks can't be written.
  public init(parsing text: String) throws(IndexSyntaxError) {
    // What stands before the first mistake is ASCII, so that bytes count as characters.
    let bytes = Array<UInt8>(text.utf8)
    self = []
    var pieces = bytes.split(
      separator: UInt8(ascii: ","), maxSplits: Self.limit, omittingEmptySubsequences: false)
    if pieces.count > 1, let last = pieces.last, IndexField(last).isEmpty { pieces.removeLast() }
    for piece in pieces {
      guard count < Self.limit else {
        throw IndexSyntaxError(position: piece.startIndex, message: "too many indices for array")
      }
      let part = try TensorIndex(parsing: piece)
      guard part != .ellipsis || !contains(.ellipsis) else {
        throw IndexSyntaxError(
          position: IndexField(piece).start,
          message: "an index can only have a single ellipsis ('...')")
      }
      append(part)
    }
  }
}

extension TensorIndex {
  fileprivate init(parsing piece: ArraySlice<UInt8>) throws(IndexSyntaxError) {
    let fields = piece.split(
      separator: UInt8(ascii: ":"), maxSplits: 3, omittingEmptySubsequences: false
    ).map { IndexField($0) }
    guard fields.count > 1 else {
      self = try fields[0].part()
      return
    }
    let bounds = try fields.prefix(3).map { (field) throws(IndexSyntaxError) in try field.bound() }
    guard fields.count <= 3 else {
      throw IndexSyntaxError(
        position: fields[3].whole.startIndex - 1,
        message: "a slice has no more than three parts, start:stop:step")
    }
    let step = bounds.count == 3 ? bounds[2] ?? 1 : 1
    guard step != 0 else {
      throw IndexSyntaxError(position: fields[2].start, message: "slice step cannot be zero")
    }
    self = .slice(start: bounds[0], stop: bounds[1], step: step)
  }
}

/// What stands between two commas or colons.
private struct IndexField {
  let whole: ArraySlice<UInt8>
  /// The field without the blanks around it.
  private let trimmed: ArraySlice<UInt8>

  init(_ whole: ArraySlice<UInt8>) {
    self.whole = whole
    func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    var rest = whole.drop(while: isBlank)
    while let last = rest.last, isBlank(last) { rest.removeLast() }
    trimmed = rest
  }

  var isEmpty: Bool { trimmed.isEmpty }
  var start: Int { trimmed.startIndex }
  private var text: String { String(decoding: trimmed, as: UTF8.self) }

  /// The field as a part of its own.
  func part() throws(IndexSyntaxError) -> TensorIndex {
    switch text {
    case "...", "Ellipsis": return .ellipsis
    case "None", "newaxis", "np.newaxis": return .newAxis
    default:
      let (value, isCut) = try number()
      guard !isCut else {
        throw IndexSyntaxError(
          position: start, message: "cannot fit 'int' into an index-sized integer")
      }
      return .position(value)
    }
  }

  /// The field as a number of a slice, which may be missing.
  func bound() throws(IndexSyntaxError) -> Int? {
    isEmpty || text == "None" ? nil : try number().value
  }

  /// The field as a whole number, cut to the range of `Int`.
  private func number() throws(IndexSyntaxError) -> (value: Int, isCut: Bool) {
    let isNegative = trimmed.first == UInt8(ascii: "-")
    let digits = isNegative || trimmed.first == UInt8(ascii: "+") ? trimmed.dropFirst() : trimmed
    let zero = UInt8(ascii: "0")
    guard !digits.isEmpty, digits.allSatisfy({ zero <= $0 && $0 <= UInt8(ascii: "9") }) else {
      throw IndexSyntaxError(
        position: start,
        message: "only integers, slices (`:`), ellipsis (`...`) and numpy.newaxis (`None`) are "
          + "valid indices")
    }
    guard digits.first != zero || digits.allSatisfy({ $0 == zero }) else {
      throw IndexSyntaxError(
        position: digits.startIndex,
        message: "leading zeros in decimal integer literals are not permitted")
    }
    // A sign and digits fail only where the number is too large.
    if let value = Int(text) { return (value, false) }
    return (isNegative ? .min : .max, true)
  }
}

extension Tensor {
  /// The part of the tensor that an index written as NumPy writes it names; a view when read.
  ///
  ///     let x: Tensor<Int> = [[1, 2, 3], [4, 5, 6]]
  ///     x[slice: "1, ::-1"]   // [6 5 4]
  ///     x[slice: "..., -1"]   // [3 6]
  ///
  /// - Precondition: The text is an index, and fits the shape. For text from outside take
  ///   ``part(at:)`` with what `[TensorIndex](parsing:)` gives: both throw.
  /// - SeeAlso: NumPy's basic indexing.
  public subscript(slice text: String) -> Tensor {
    get { self[Self.index(text)] }
    set { self[Self.index(text)] = newValue }
  }

  private static func index(_ text: String) -> [TensorIndex] {
    do throws(IndexSyntaxError) {
      return try [TensorIndex](parsing: text)
    } catch {
      fatalError("\(text.debugDescription): \(error)")
    }
  }
}
