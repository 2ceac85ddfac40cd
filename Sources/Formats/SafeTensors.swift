public import Tensors

#if _endian(big)
  #error("safetensors files hold little-endian numbers; this code copies them as they are")
#endif

/// Named tensors and texts in one file: the safetensors format of Hugging Face.
///
///     var file = SafeTensors()
///     file.set("weight", to: Tensor<Float>([1, 2, 3]))
///     file.metadata["epochs"] = "10"
///     try file.write(to: "model.safetensors")
///     try SafeTensors(contentsOf: "model.safetensors").tensor("weight", as: Float.self)
///     // [1. 2. 3.]
///
/// A file is eight bytes with the length of a header, the header (JSON: of each tensor the type,
/// shape and place), and the elements. The types are those of ``ScalarType``. A tensor's elements
/// are copied out of the file's bytes when it is asked for.
/// - SeeAlso: https://github.com/huggingface/safetensors, whose writer gives the same bytes.
public struct SafeTensors: Sendable {
  /// Texts by name.
  public var metadata: [String: String] = [:]
  /// The names of the tensors: in the order of the file, or as they were set.
  public private(set) var names: [String] = []

  private var entries: [String: Entry] = [:]
  private var file = "the tensors in memory"
  private var bytes: [UInt8] = []

  private struct Entry: Sendable {
    var type: ScalarType
    var shape: Shape
    var elements: Elements
  }

  private enum Elements: Sendable {
    /// A part of `bytes`.
    case stored(Range<Int>)
    case tensor(any StorableTensor)
  }

  /// Makes a file without tensors.
  public init() {}

  /// The type of a tensor's elements, or `nil` if there is no tensor of that name.
  ///
  ///     var file = SafeTensors()
  ///     file.set("weight", to: Tensor<Float>([1, 2, 3]))
  ///     file.scalarType(of: "weight") == .float32  // true
  ///     file.scalarType(of: "bias") == nil         // true
  ///
  /// - Parameter name: A tensor's name.
  /// - Returns: The type.
  public func scalarType(of name: String) -> ScalarType? { entries[name]?.type }

  /// The shape of a tensor, or `nil` if there is no tensor of that name.
  ///
  ///     var file = SafeTensors()
  ///     file.set("weight", to: Tensor<Float>([1, 2, 3]))
  ///     file.shape(of: "weight") == [3]  // true
  ///
  /// - Parameter name: A tensor's name.
  /// - Returns: The shape.
  public func shape(of name: String) -> Shape? { entries[name]?.shape }

  /// Sets or replaces a tensor.
  ///
  /// - Parameters:
  ///   - name: Any text but `__metadata__`.
  ///   - tensor: Any shape.
  /// - Precondition: The tensor is concrete, and the name isn't `__metadata__`.
  public mutating func set<Scalar: TensorScalar>(_ name: String, to tensor: Tensor<Scalar>) {
    precondition(!tensor.isTraced, "a traced tensor has no elements to store")
    precondition(name != metadataName, "\(metadataName) is the name of the texts")
    let entry = Entry(type: Scalar.scalarType, shape: tensor.shape, elements: .tensor(tensor))
    if entries.updateValue(entry, forKey: name) == nil { names.append(name) }
  }

  /// Returns a tensor.
  ///
  /// - Parameters:
  ///   - name: A tensor's name.
  ///   - scalar: The type of its elements; there is no conversion.
  /// - Returns: The tensor.
  /// - Throws: `FormatError` if there is none of that name, or its elements are of another type.
  public func tensor<Scalar: TensorScalar>(
    _ name: String, as scalar: Scalar.Type = Scalar.self
  ) throws(FormatError) -> Tensor<Scalar> {
    guard let entry = entries[name] else {
      throw FormatError(
        .malformedData, file: file,
        problem: "there is no tensor \(quoted(name))"
          + (names.isEmpty ? "" : ": the tensors are \(quotedList(names))"))
    }
    guard entry.type == Scalar.scalarType else {
      throw FormatError(
        .malformedData, file: file,
        problem:
          "the tensor \(quoted(name)) holds \(entry.type.name); \(Scalar.scalarType.name) is needed"
      )
    }
    return Tensor(entry.shape) { elements in
      withBytes(of: entry) { UnsafeMutableRawBufferPointer(elements).copyMemory(from: $0) }
    }
  }

  private func withBytes<Failure: Error>(
    of entry: Entry, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    switch entry.elements {
    case .tensor(let tensor): try tensor.withBytes(body)
    case .stored(let range):
      // `withUnsafeBytes` passes on any error, not one of the caller's type.
      var failure: Failure?
      bytes.withUnsafeBytes { all in
        do throws(Failure) {
          try body(UnsafeRawBufferPointer(rebasing: all[range]))
        } catch { failure = error }
      }
      if let failure { throw failure }
    }
  }
}

private let metadataName = "__metadata__"

/// A tensor whose bytes can be had whatever its scalar.
package protocol StorableTensor: Sendable {
  var scalarType: ScalarType { get }
  func withBytes<Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure)
}

extension Tensor: StorableTensor {
  package func withBytes<Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    try withElements { elements throws(Failure) in try body(UnsafeRawBufferPointer(elements)) }
  }
}

extension ScalarType {
  /// The format's name of the type, and its place in the order of the elements.
  ///
  /// That is the order of the reference writer: wide types first, so that all lie aligned.
  fileprivate var stored: (name: String, order: Int) {
    switch self {
    case .uint64: ("U64", 0)
    case .int64: ("I64", 1)
    case .float64: ("F64", 2)
    case .float32: ("F32", 3)
    case .uint32: ("U32", 4)
    case .int32: ("I32", 5)
    case .uint16: ("U16", 6)
    case .int16: ("I16", 7)
    case .int8: ("I8", 8)
    case .uint8: ("U8", 9)
    case .bool: ("BOOL", 10)
    }
  }
}

// Reading.
extension SafeTensors {
  /// The longest header that is read: what the reference reader takes too.
  private static let longestHeader = 100_000_000
  /// The most axes of a tensor: NumPy's limit.
  private static let mostAxes = 64

  /// Reads a file.
  ///
  /// - Parameter path: The file.
  /// - Throws: `FormatError` if it is missing, or isn't a whole and well-formed safetensors file.
  public init(contentsOf path: String) throws(FormatError) {
    try self.init(parsing: File.bytes(of: path), file: path)
  }

  /// Reads the bytes of a file.
  ///
  ///     var file = SafeTensors()
  ///     file.set("weight", to: Tensor<Float>([1, 2, 3]))
  ///     let bytes = try file.encoded()
  ///     try SafeTensors(parsing: bytes, file: "model").names  // ["weight"]
  ///     try SafeTensors(parsing: [1], file: "model")
  ///     // throws model: 1 bytes are too few for a safetensors file, which begins with 8
  ///
  /// - Parameters:
  ///   - bytes: What such a file holds.
  ///   - file: What errors call it.
  /// - Throws: `FormatError` if the bytes aren't a whole and well-formed safetensors file.
  public init(parsing bytes: [UInt8], file: String) throws(FormatError) {
    self.file = file
    self.bytes = bytes
    guard bytes.count >= 8 else {
      throw FormatError(
        .malformedData, file: file,
        problem: "\(bytes.count) bytes are too few for a safetensors file, which begins with 8")
    }
    let claimed = bytes[..<8].reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
    guard claimed <= UInt64(min(bytes.count - 8, SafeTensors.longestHeader)) else {
      throw FormatError(
        .malformedData, file: file, offset: 0,
        problem: claimed > UInt64(SafeTensors.longestHeader)
          ? "a header of \(claimed) bytes; this isn't a safetensors file, or a damaged one"
          : "a header of \(claimed) bytes, but only \(bytes.count - 8) follow: the file is cut off")
    }
    let dataStart = 8 + Int(claimed)
    guard bytes[8..<dataStart].first == UInt8(ascii: "{") else {
      throw FormatError(
        .malformedData, file: file, offset: 8, problem: "the header has to begin with {")
    }
    var reader = JSONReader(bytes[8..<dataStart], file: file, offset: 8)
    var hasMetadata = false
    try reader.object { reader, name throws(FormatError) in
      if name == metadataName {
        guard !hasMetadata else { throw reader.failure("\(metadataName) stands here twice") }
        hasMetadata = true
        try readMetadata(&reader)
      } else {
        guard entries[name] == nil else {
          throw reader.failure("the name \(quoted(name)) is given twice")
        }
        entries[name] = try readEntry(name, &reader, dataStart: dataStart)
        names.append(name)
      }
    }
    try reader.end()
    try checkPlaces(dataStart: dataStart)
  }

  private mutating func readMetadata(_ reader: inout JSONReader) throws(FormatError) {
    try reader.object { reader, key throws(FormatError) in
      let value = try reader.string("a text, as all of \(metadataName) is,")
      guard metadata.updateValue(value, forKey: key) == nil else {
        throw reader.failure("\(quoted(key)) stands twice in \(metadataName)")
      }
    }
  }

  private func readEntry(
    _ name: String, _ reader: inout JSONReader, dataStart: Int
  ) throws(FormatError) -> Entry {
    let tensor = "the tensor \(quoted(name))"
    let start = reader
    var type: ScalarType?
    var extents: [Int]?
    var offsets: [Int]?
    try reader.object { reader, key throws(FormatError) in
      switch key {
      case "dtype" where type == nil:
        let text = try reader.string("a type")
        type = ScalarType.allCases.first { $0.stored.name == text }
        guard type != nil else {
          throw reader.failure(
            "\(tensor) is of type \(quoted(text)); the types that can be read are "
              + ScalarType.allCases.map(\.stored.name).joined(separator: ", "))
        }
      case "shape" where extents == nil:
        extents = try SafeTensors.naturals(
          &reader, "an extent of \(tensor)", most: SafeTensors.mostAxes)
      case "data_offsets" where offsets == nil:
        offsets = try SafeTensors.naturals(&reader, "an offset of \(tensor)", most: 2)
      case "dtype", "shape", "data_offsets":
        throw reader.failure("\(tensor) has two of \(quoted(key))")
      default:
        throw reader.failure(
          "\(tensor) has an unknown property \(quoted(key)); dtype, shape, data_offsets are known"
        )
      }
    }
    guard let type, let extents, let offsets else {
      let missing = [
        type == nil ? "dtype" : nil, extents == nil ? "shape" : nil,
        offsets == nil ? "data_offsets" : nil,
      ].compactMap { $0 }
      throw start.failure("\(tensor) lacks \(missing.joined(separator: " and "))")
    }
    guard offsets.count == 2, offsets[0] <= offsets[1], offsets[1] <= bytes.count - dataStart else {
      throw start.failure(
        "\(tensor) has the offsets \(offsets), but \(bytes.count - dataStart) bytes follow"
      )
    }
    // Extents of 0 count as 1 here: the strides of an empty tensor have to fit too.
    var size = type.byteCount
    for extent in extents {
      let (product, overflow) = size.multipliedReportingOverflow(by: max(extent, 1))
      guard !overflow else {
        throw start.failure("\(tensor) has a shape \(extents) that is too large")
      }
      size = product
    }
    if extents.contains(0) { size = 0 }
    guard size == offsets[1] - offsets[0] else {
      throw start.failure(
        "\(tensor) of \(type.name) and shape \(Shape(extents)) takes \(size) bytes, but has "
          + "\(offsets[1] - offsets[0])")
    }
    let range = dataStart + offsets[0]..<dataStart + offsets[1]
    // Any other byte is not a value of `Bool`.
    if type == .bool, let wrong = bytes[range].firstIndex(where: { $0 > 1 }) {
      throw FormatError(
        .malformedData, file: file, offset: wrong,
        problem: "\(tensor) is of type BOOL, but holds \(bytes[wrong]); 0 and 1 are truth values")
    }
    return Entry(type: type, shape: Shape(extents), elements: .stored(range))
  }

  private static func naturals(
    _ reader: inout JSONReader, _ what: String, most: Int
  ) throws(FormatError) -> [Int] {
    var numbers: [Int] = []
    try reader.array { reader throws(FormatError) in
      let number = try reader.integer(what)
      guard number >= 0 else { throw reader.failure("\(what) is \(number); it can't be negative") }
      guard numbers.count < most else {
        throw reader.failure("\(what) is one too many: \(most) are allowed")
      }
      numbers.append(number)
    }
    return numbers
  }

  /// Checks that the tensors fill the data, each byte belonging to one.
  private func checkPlaces(dataStart: Int) throws(FormatError) {
    var places: [(name: String, range: Range<Int>)] = []
    for (name, entry) in entries {
      if case .stored(let range) = entry.elements { places.append((name, range)) }
    }
    places.sort {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    var end = dataStart
    for (name, range) in places {
      guard range.lowerBound == end else {
        throw FormatError(
          .malformedData, file: file, offset: min(end, range.lowerBound),
          problem: range.lowerBound < end
            ? "the tensor \(quoted(name)) lies over another one"
            : "\(range.lowerBound - end) bytes before the tensor \(quoted(name)) belong to none")
      }
      end = range.upperBound
    }
    guard end == bytes.count else {
      throw FormatError(
        .malformedData, file: file, offset: end,
        problem: "\(bytes.count - end) bytes at the end belong to no tensor")
    }
  }
}

// Writing.
extension SafeTensors {
  /// Writes the file, whole or not at all; the same tensors and texts give the same bytes.
  ///
  /// - Parameter path: The file; one that exists is replaced.
  /// - Throws: `FormatError` if the system can't write it, or if the header is longer than a reader
  ///   takes.
  public func write(to path: String) throws(FormatError) {
    let (header, order) = try layOut(for: path)
    try File.replace(path) { writer throws(FormatError) in
      try writer.append(header)
      for entry in order {
        try withBytes(of: entry) { bytes throws(FormatError) in try writer.append(bytes) }
      }
    }
  }

  /// Returns the bytes that ``write(to:)`` writes.
  ///
  ///     var file = SafeTensors()
  ///     file.set("weight", to: Tensor<Float>([1, 2, 3]))
  ///     try file.encoded().count  // 84
  ///
  /// - Returns: A whole file.
  /// - Throws: `FormatError` if the header is longer than a reader takes.
  public func encoded() throws(FormatError) -> [UInt8] {
    var (file, order) = try layOut(for: self.file)
    for entry in order { withBytes(of: entry) { file += $0 } }
    return file
  }

  /// The length of the header and the header, and the tensors as they follow it.
  private func layOut(for path: String) throws(FormatError) -> ([UInt8], [Entry]) {
    let order = entries.sorted { a, b in
      a.value.type == b.value.type
        ? a.key.utf8.lexicographicallyPrecedes(b.key.utf8)
        : a.value.type.stored.order < b.value.type.stored.order
    }
    var members: [[UInt8]] = []
    if !metadata.isEmpty {
      let texts = metadata.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        .map { JSONReader.bytes(of: $0.key) + [UInt8(ascii: ":")] + JSONReader.bytes(of: $0.value) }
      members.append(
        Array("\"\(metadataName)\":{".utf8) + texts.joined(separator: [UInt8(ascii: ",")])
          + [UInt8(ascii: "}")])
    }
    var offset = 0
    for (name, entry) in order {
      let end = offset + entry.shape.elementCount * entry.type.byteCount
      let shape = entry.shape.extents.map(String.init).joined(separator: ",")
      members.append(
        JSONReader.bytes(of: name)
          + Array(
            (":{\"dtype\":\"\(entry.type.stored.name)\",\"shape\":[\(shape)],"
              + "\"data_offsets\":[\(offset),\(end)]}").utf8))
      offset = end
    }
    var header = [UInt8(ascii: "{")] + members.joined(separator: [UInt8(ascii: ",")])
    header.append(UInt8(ascii: "}"))
    // Blanks up to a multiple of eight: the elements lie aligned for every type.
    header += [UInt8](repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
    guard header.count <= SafeTensors.longestHeader else {
      throw FormatError(
        .inputOutput, file: path,
        problem: "the names and texts take \(header.count) bytes; "
          + "\(SafeTensors.longestHeader) are the most that readers take")
    }
    let length = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) }
    return (length + header, order.map(\.value))
  }
}
