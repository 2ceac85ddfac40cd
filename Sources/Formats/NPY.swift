public import Tensors

#if _endian(big)
  #error("npy files are taken for little-endian unless they say otherwise, and so is the machine")
#endif

/// One tensor in a file: NumPy's format npy.
///
///     try NPY.write(Tensor<Float>([1, 2, 3]), to: "x.npy")
///     try NPY.tensor(contentsOf: "x.npy", as: Float.self)  // [1. 2. 3.]
///     let file = try NPY(contentsOf: "x.npy")
///     file.scalarType  // float32
///     file.shape       // (3,)
///
/// Where the type isn't known beforehand, the file tells it.
///
/// Versions 1 to 3 are read, in both byte orders and both orders of the axes; the types are those
/// of ``ScalarType``. Whatever else NumPy stores (text, objects, complex numbers, …) is refused,
/// and so is a file with bytes too few or too many. Nothing in a file is evaluated.
/// - SeeAlso: NumPy's `numpy.lib.format`; NumPy ignores bytes behind the elements.
public struct NPY: Sendable {
  /// The type of the elements.
  public let scalarType: ScalarType

  private let header: NPYHeader
  private let bytes: ArraySlice<UInt8>
  private let file: String

  /// The extents of the axes.
  public var shape: Shape { header.shape }

  /// Reads a file.
  ///
  /// - Parameter path: The file.
  /// - Throws: `FormatError` if it is missing, isn't a whole and well-formed npy file, or its
  ///   elements are of another type than those of ``ScalarType``.
  public init(contentsOf path: String) throws(FormatError) {
    try self.init(parsing: File.bytes(of: path), file: path)
  }

  /// Reads the bytes of a file.
  ///
  ///     let bytes = try NPY.encoded(Tensor<Float>([1, 2, 3]))
  ///     try NPY(parsing: bytes, file: "x").tensor(as: Float.self)  // [1. 2. 3.]
  ///     try NPY(parsing: Array(bytes.dropLast()), file: "x")
  ///     // throws x: byte 128: float32 of the shape (3,) takes 12 bytes, but 11 follow: the …
  ///
  /// - Parameters:
  ///   - bytes: What such a file holds.
  ///   - file: What errors call it.
  /// - Throws: `FormatError` if the bytes aren't a whole and well-formed npy file, or the elements
  ///   are of another type than those of ``ScalarType``.
  public init(parsing bytes: [UInt8], file: String) throws(FormatError) {
    try self.init(bytes[...], file: file)
  }

  init(_ bytes: ArraySlice<UInt8>, file: String) throws(FormatError) {
    header = try NPYHeader(bytes, total: bytes.count, file: file)
    self.bytes = bytes
    self.file = file
    switch header.elements {
    case .scalars(let type, _): scalarType = type
    case .unsupported(let problem, let offset):
      throw FormatError(.malformedData, file: file, offset: offset, problem: problem)
    }
    // Any other byte is not a value of `Bool`.
    let data = bytes.dropFirst(header.byteCount)
    if scalarType == .bool, let wrong = data.firstIndex(where: { $0 > 1 }) {
      throw FormatError(
        .malformedData, file: file, offset: wrong - bytes.startIndex,
        problem: "the elements are of type bool, but one is \(bytes[wrong]); "
          + "0 and 1 are truth values")
    }
  }

  /// Returns the tensor.
  ///
  /// - Parameter scalar: The type of its elements; there is no conversion.
  /// - Returns: The tensor; one that was stored in Fortran's order is a transposed view.
  /// - Throws: `FormatError` if its elements are of another type.
  public func tensor<Scalar: TensorScalar>(
    as scalar: Scalar.Type = Scalar.self
  ) throws(FormatError) -> Tensor<Scalar> {
    guard scalarType == Scalar.scalarType else {
      throw FormatError(
        .malformedData, file: file,
        problem: "the file holds \(scalarType.name); \(Scalar.scalarType.name) is needed")
    }
    let stored = header.isFortranOrder ? Shape(shape.reversed()) : shape
    let tensor = Tensor<Scalar>(stored) { elements in
      let elements = UnsafeMutableRawBufferPointer(elements)
      bytes.dropFirst(header.byteCount).withUnsafeBytes { elements.copyMemory(from: $0) }
      guard case .scalars(_, isSwapped: true) = header.elements else { return }
      switch MemoryLayout<Scalar>.size {
      case 2: swapBytes(of: elements, as: UInt16.self)
      case 4: swapBytes(of: elements, as: UInt32.self)
      case 8: swapBytes(of: elements, as: UInt64.self)
      default: break
      }
    }
    return header.isFortranOrder ? tensor.transposed() : tensor
  }

  /// Reads a tensor from a file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - scalar: The type of the elements; there is no conversion.
  /// - Returns: The tensor.
  /// - Throws: `FormatError` if the file is missing, isn't a whole and well-formed npy file, or its
  ///   elements are of another type.
  /// - SeeAlso: NumPy's `load`.
  public static func tensor<Scalar: TensorScalar>(
    contentsOf path: String, as scalar: Scalar.Type = Scalar.self
  ) throws(FormatError) -> Tensor<Scalar> {
    try NPY(contentsOf: path).tensor(as: scalar)
  }
}

// Writing.
extension NPY {
  /// Writes a tensor to a file, whole or not at all.
  ///
  /// - Parameters:
  ///   - tensor: Any shape of up to 64 axes.
  ///   - path: The file; one that exists is replaced.
  /// - Throws: `FormatError` if the system can't write it, or the tensor has too many axes.
  /// - Precondition: The tensor is concrete.
  /// - SeeAlso: NumPy's `save`, which writes the same bytes for an array in C order.
  public static func write<Scalar: TensorScalar>(
    _ tensor: Tensor<Scalar>, to path: String
  ) throws(FormatError) {
    let header = try NPYHeader.encoded(Scalar.scalarType, tensor.shape, file: path)
    try File.replace(path) { writer throws(FormatError) in
      try writer.append(header)
      try tensor.withElements { elements throws(FormatError) in
        try writer.append(UnsafeRawBufferPointer(elements))
      }
    }
  }

  /// Returns the bytes that ``write(_:to:)`` writes.
  ///
  /// - Parameter tensor: Any shape of up to 64 axes.
  /// - Returns: A whole file.
  /// - Throws: `FormatError` if the tensor has too many axes.
  /// - Precondition: The tensor is concrete.
  public static func encoded<Scalar: TensorScalar>(
    _ tensor: Tensor<Scalar>
  ) throws(FormatError) -> [UInt8] {
    var file = try NPYHeader.encoded(Scalar.scalarType, tensor.shape, file: "the tensor in memory")
    tensor.withElements { file += UnsafeRawBufferPointer($0) }
    return file
  }
}

private func swapBytes<Word: FixedWidthInteger & BitwiseCopyable>(
  of elements: UnsafeMutableRawBufferPointer, as word: Word.Type
) {
  for offset in stride(from: 0, to: elements.count, by: MemoryLayout<Word>.size) {
    let swapped = elements.loadUnaligned(fromByteOffset: offset, as: Word.self).byteSwapped
    elements.storeBytes(of: swapped, toByteOffset: offset, as: Word.self)
  }
}
