public import Tensors

/// Named tensors in one file: NumPy's format npz, a zip archive of npy files.
///
///     var file = NPZ()
///     file.set("weight", to: Tensor<Float>([1, 2, 3]))
///     try file.write(to: "model.npz", compressing: true)
///     try NPZ(contentsOf: "model.npz").tensor("weight", as: Float.self)  // [1. 2. 3.]
///
/// When a file is read, its directory and the header of each array are checked. A tensor's elements
/// are unpacked and checked when it is asked for, and never to more bytes than its header calls
/// for. Arrays of other types than those of ``ScalarType``, such as text, are listed but can't be
/// had as tensors; they are kept when the file is written again.
/// - SeeAlso: NumPy's `savez`, `savez_compressed` and `load`, which also takes archives with two
///   members of a name, names that lead out of a folder, and members that are no npy files.
public struct NPZ: Sendable {
  /// The names of the arrays: in the order of the file, or as they were set.
  public private(set) var names: [String] = []

  private var entries: [String: Entry] = [:]
  private var file = "the tensors in memory"
  private var archive: ZipArchive?

  private struct Entry: Sendable {
    /// `nil` for a type that the package lacks.
    var type: ScalarType?
    var shape: Shape
    var elements: Elements
  }

  private enum Elements: Sendable {
    /// A member of `archive`.
    case stored(ZipArchive.Member)
    case tensor(any StorableTensor)
  }

  /// Makes a file without tensors.
  public init() {}

  /// Reads a file.
  ///
  /// - Parameter path: The file.
  /// - Throws: `FormatError` if it is missing, or isn't a whole and well-formed archive of npy
  ///   files.
  public init(contentsOf path: String) throws(FormatError) {
    try self.init(parsing: File.bytes(of: path), file: path)
  }

  /// Reads the bytes of a file.
  ///
  ///     var file = NPZ()
  ///     file.set("weight", to: Tensor<Float>([1, 2, 3]))
  ///     let bytes = try file.encoded(compressing: false)
  ///     try NPZ(parsing: bytes, file: "model").names  // ["weight"]
  ///     try NPZ(parsing: [], file: "model")
  ///     // throws model: byte 0: this isn't a zip archive, as npz files are: it doesn't begin …
  ///
  /// - Parameters:
  ///   - bytes: What such a file holds.
  ///   - file: What errors call it.
  /// - Throws: `FormatError` if the bytes aren't a whole and well-formed archive of npy files.
  public init(parsing bytes: [UInt8], file: String) throws(FormatError) {
    self.file = file
    let archive = try ZipArchive(bytes, file: file)
    self.archive = archive
    for member in archive.members {
      guard member.name.hasSuffix(suffix) else {
        throw FormatError(
          .malformedData, file: file,
          problem: "the member \(quoted(member.name)) is no array: that has a name in \(suffix)")
      }
      let name = String(member.name.dropLast(suffix.count))
      let start = try archive.beginning(of: member, limit: NPYHeader.longest)
      let header = try inArray(name) { () throws(FormatError) in
        try NPYHeader(start, total: member.size, file: file)
      }
      var type: ScalarType?
      if case .scalars(let known, _) = header.elements { type = known }
      entries[name] = Entry(type: type, shape: header.shape, elements: .stored(member))
      names.append(name)
    }
  }

  /// The type of an array's elements.
  ///
  ///     var file = NPZ()
  ///     file.set("weight", to: Tensor<Float>([1, 2, 3]))
  ///     file.scalarType(of: "weight") == .float32  // true
  ///     file.scalarType(of: "bias") == nil         // true
  ///
  /// - Parameter name: An array's name.
  /// - Returns: The type, or `nil` if there is no array of that name, or of a type that can't be
  ///   read.
  public func scalarType(of name: String) -> ScalarType? { entries[name]?.type }

  /// The shape of an array, or `nil` if there is none of that name.
  ///
  ///     var file = NPZ()
  ///     file.set("weight", to: Tensor<Float>([1, 2, 3]))
  ///     file.shape(of: "weight") == [3]  // true
  ///
  /// - Parameter name: An array's name.
  /// - Returns: The shape.
  public func shape(of name: String) -> Shape? { entries[name]?.shape }

  /// Sets or replaces a tensor.
  ///
  /// - Parameters:
  ///   - name: Any text that can be a relative path: not one such as `../weight`.
  ///   - tensor: Any shape of up to 64 axes.
  /// - Precondition: The tensor is concrete.
  public mutating func set<Scalar: TensorScalar>(_ name: String, to tensor: Tensor<Scalar>) {
    precondition(!tensor.isTraced, "a traced tensor has no elements to store")
    let entry = Entry(type: Scalar.scalarType, shape: tensor.shape, elements: .tensor(tensor))
    if entries.updateValue(entry, forKey: name) == nil { names.append(name) }
  }

  /// Returns a tensor.
  ///
  /// - Parameters:
  ///   - name: An array's name.
  ///   - scalar: The type of its elements; there is no conversion.
  /// - Returns: The tensor.
  /// - Throws: `FormatError` if there is none of that name, its elements are of another type, or
  ///   its data is damaged.
  public func tensor<Scalar: TensorScalar>(
    _ name: String, as scalar: Scalar.Type = Scalar.self
  ) throws(FormatError) -> Tensor<Scalar> {
    guard let entry = entries[name] else {
      throw FormatError(
        .malformedData, file: file,
        problem: "there is no array \(quoted(name))"
          + (names.isEmpty ? "" : ": the arrays are \(quotedList(names))"))
    }
    if let type = entry.type, type != Scalar.scalarType {
      throw FormatError(
        .malformedData, file: file,
        problem:
          "the array \(quoted(name)) holds \(type.name); \(Scalar.scalarType.name) is needed")
    }
    switch entry.elements {
    case .tensor(let tensor):
      return Tensor(entry.shape) { elements in
        tensor.withBytes { UnsafeMutableRawBufferPointer(elements).copyMemory(from: $0) }
      }
    case .stored(let member):
      let contents = try contents(of: member)
      return try inArray(name) { () throws(FormatError) in
        try NPY(contents, file: file).tensor()
      }
    }
  }

  private func contents(of member: ZipArchive.Member) throws(FormatError) -> ArraySlice<UInt8> {
    guard let archive else { preconditionFailure("a member without its archive") }
    return try archive.contents(of: member)
  }

  /// Tells in an error which array it is about: its offset counts from the array's own beginning.
  private func inArray<Result>(
    _ name: String, _ body: () throws(FormatError) -> Result
  ) throws(FormatError) -> Result {
    do throws(FormatError) {
      return try body()
    } catch {
      throw FormatError(
        error.kind, file: file,
        problem: "the array \(quoted(name))" + (error.offset.map { ", byte \($0)" } ?? "")
          + ": \(error.problem)")
    }
  }
}

private let suffix = ".npy"

// Writing.
extension NPZ {
  /// Writes the file, whole or not at all; the same tensors in the same order give the same bytes.
  ///
  /// - Parameters:
  ///   - path: The file; one that exists is replaced.
  ///   - compressing: Whether to compress: seldom worth it for trained weights, whose bits are
  ///     nearly random, and much for whole numbers and images.
  /// - Throws: `FormatError` if the system can't write it, a name can't be a relative path, a
  ///   tensor has too many axes, or what was read and is written again is damaged.
  /// - SeeAlso: NumPy's `savez` and `savez_compressed`.
  public func write(to path: String, compressing: Bool = false) throws(FormatError) {
    try File.replace(path) { writer throws(FormatError) in
      try encode(file: path, compressing: compressing) { bytes throws(FormatError) in
        try writer.append(bytes)
      }
    }
  }

  /// Returns the bytes that ``write(to:compressing:)`` writes.
  ///
  ///     var file = NPZ()
  ///     file.set("zeros", to: Tensor<Int>.zeros([1000]))
  ///     try file.encoded().count > 8000                   // true
  ///     try file.encoded(compressing: true).count < 1000  // true
  ///
  /// - Parameter compressing: Whether to compress.
  /// - Returns: A whole file.
  /// - Throws: `FormatError` if a name can't be a relative path, a tensor has too many axes, or
  ///   what was read and is written again is damaged.
  public func encoded(compressing: Bool = false) throws(FormatError) -> [UInt8] {
    var file: [UInt8] = []
    try encode(file: self.file, compressing: compressing) { file += $0 }
    return file
  }

  private func encode(
    file: String, compressing: Bool,
    _ write: (UnsafeRawBufferPointer) throws(FormatError) -> Void
  ) throws(FormatError) {
    var writer = ZipWriter(file: file)
    for name in names {
      guard let entry = entries[name] else { continue }
      switch entry.elements {
      case .tensor(let tensor):
        let header = try NPYHeader.encoded(tensor.scalarType, entry.shape, file: file)
        try writer.append(
          name + suffix, header[...], tensor, compressing: compressing, write: write)
      case .stored(let member):
        let contents = try contents(of: member)
        try writer.append(name + suffix, contents, nil, compressing: compressing, write: write)
      }
    }
    try writer.finish(write: write)
  }
}
