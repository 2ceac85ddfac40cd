extension ScalarType {
  /// Returns the type that an operation on two types has.
  ///
  ///     ScalarType.promoted(.int8, .uint8)     // int16
  ///     ScalarType.promoted(.int32, .float32)  // float64
  ///     ScalarType.promoted(.int64, .uint64)   // float64
  ///
  /// The smallest type that holds all numbers of both; of 64-bit whole numbers `float64` has to do
  /// where no whole type holds both. Tensors are never converted unasked: `Tensor<Double>(x) + y`
  /// says it.
  /// - Parameters:
  ///   - a: A type.
  ///   - b: Another.
  /// - Returns: The common type.
  /// - SeeAlso: NumPy's `result_type` and `promote_types`.
  public static func promoted(_ a: ScalarType, _ b: ScalarType) -> ScalarType {
    if a == b || b == .bool { return a }
    if a == .bool { return b }
    if a.isFloating || b.isFloating {
      // A float holds the whole numbers of half its width.
      let isWide = [a, b].contains { $0 == .float64 || !$0.isFloating && $0.byteCount > 2 }
      return isWide ? .float64 : .float32
    }
    let (narrow, wide) = a.byteCount <= b.byteCount ? (a, b) : (b, a)
    if a.isSigned == b.isSigned { return wide }
    if wide.isSigned && wide.byteCount > narrow.byteCount { return wide }
    return switch wide.byteCount {
    case 1: .int16
    case 2: .int32
    case 4: .int64
    default: .float64
    }
  }

  /// Whether the type has negative numbers.
  ///
  ///     ScalarType.int8.isSigned   // true
  ///     ScalarType.uint8.isSigned  // false
  public var isSigned: Bool {
    switch self {
    case .float32, .float64, .int8, .int16, .int32, .int64: true
    case .uint8, .uint16, .uint32, .uint64, .bool: false
    }
  }

  /// Checks that a whole number from outside is one of the type's.
  ///
  ///     try ScalarType.uint8.check(256)  // throws Python integer 256 out of bounds for uint8
  ///
  /// - Parameter number: Any whole number.
  /// - Throws: `ShapeError` if the type is one of whole numbers and doesn't hold it.
  /// - SeeAlso: What NumPy says of an array beside a number of Python.
  public func check(_ number: some BinaryInteger) throws(ShapeError) {
    let isWithin =
      switch self {
      case .int8: Int8(exactly: number) != nil
      case .int16: Int16(exactly: number) != nil
      case .int32: Int32(exactly: number) != nil
      case .int64: Int64(exactly: number) != nil
      case .uint8: UInt8(exactly: number) != nil
      case .uint16: UInt16(exactly: number) != nil
      case .uint32: UInt32(exactly: number) != nil
      case .uint64: UInt64(exactly: number) != nil
      case .float32, .float64, .bool: true
      }
    guard isWithin else {
      throw ShapeError("Python integer \(number) out of bounds for \(name)")
    }
  }

  /// Checks that the result of an operation may replace an operand of this type: that it is of no
  /// higher kind.
  ///
  ///     try ScalarType.int64.checkInPlace("add", result: .float64)
  ///     // throws Cannot cast ufunc 'add' output from dtype('float64') to dtype('int64') with …
  ///
  /// - Parameters:
  ///   - operation: What the message calls the operation, such as "add".
  ///   - result: The type that the operation has.
  /// - Throws: `ShapeError` if a floating result would be cut to whole numbers, or numbers to truth
  ///   values.
  /// - SeeAlso: NumPy's casting rule "same_kind".
  public func checkInPlace(_ operation: String, result: ScalarType) throws(ShapeError) {
    guard result.kind <= kind else {
      throw ShapeError(
        "Cannot cast ufunc '\(operation)' output from dtype('\(result.name)') to dtype('\(name)') with "
          + "casting rule 'same_kind'")
    }
  }

  /// Truth values, whole numbers from 0 up, whole numbers, floating ones.
  private var kind: Int { self == .bool ? 0 : isFloating ? 3 : isSigned ? 2 : 1 }
}
