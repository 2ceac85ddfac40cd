package import CKernels

/// The type of a tensor's elements: NumPy's `dtype`.
///
///     let type = Tensor<Float>([1, 2]).scalarType
///     type             // float32
///     type.name        // float32
///     type.byteCount   // 4
///     type.isFloating  // true
///     type.isInteger   // false
public enum ScalarType: Int32, Sendable, Hashable, CaseIterable {
  /// IEEE single precision: `Float`.
  case float32
  /// IEEE double precision: `Double`.
  case float64
  /// `Int8`.
  case int8
  /// `Int16`.
  case int16
  /// `Int32`.
  case int32
  /// `Int` and `Int64`.
  case int64
  /// `UInt8`.
  case uint8
  /// `UInt16`.
  case uint16
  /// `UInt32`.
  case uint32
  /// `UInt` and `UInt64`.
  case uint64
  /// `Bool`, one byte.
  case bool

  /// The bytes that one element takes.
  public var byteCount: Int {
    switch self {
    case .bool, .int8, .uint8: 1
    case .int16, .uint16: 2
    case .float32, .int32, .uint32: 4
    case .float64, .int64, .uint64: 8
    }
  }

  /// NumPy's name of the type, such as `float32`.
  public var name: String { String(describing: self) }

  /// Whether the type is `float32` or `float64`.
  public var isFloating: Bool { self == .float32 || self == .float64 }

  /// Whether the type is one of whole numbers.
  public var isInteger: Bool { !isFloating && self != .bool }
}

/// A type that a tensor's elements can have: numbers of fixed width, and `Bool`.
///
///     func mean<Scalar: TensorScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar.Quotient> { x.mean() }
///     mean(Tensor<UInt8>([1, 2]))  // 1.5
///     UInt8.scalarType             // uint8
///     UInt8.zero                   // 0
///     Bool.one                     // true
public protocol TensorScalar: Sendable, Hashable, BitwiseCopyable {
  /// The element type's name at run time.
  static var scalarType: ScalarType { get }
  /// Zero, or false.
  static var zero: Self { get }
  /// One, or true.
  static var one: Self { get }
  /// The type of sums and products: `Int` or `UInt` for narrower whole numbers, `Int` for `Bool`,
  /// else the type itself.
  associatedtype Accumulator: NumericScalar
  /// The type of quotients and means: the type itself if it is floating, else `Double`.
  associatedtype Quotient: FloatingScalar
}

/// A type of numbers that a tensor's elements can have.
///
///     func doubled<Scalar: NumericScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> { x + x }
///     doubled(Tensor<Int32>([7, -7]))  // [ 14 -14]
public protocol NumericScalar: TensorScalar, Numeric, Comparable {}

/// A floating type that a tensor's elements can have, and that gradients are taken in: `Float` or
/// `Double`.
///
///     func unit<Scalar: FloatingScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> { x / x.norm() }
///     unit(Tensor<Double>([3, 4]))  // [0.6 0.8]
public protocol FloatingScalar: NumericScalar, BinaryFloatingPoint
where Accumulator == Self, Quotient == Self {}

/// A type of whole numbers that a tensor's elements can have.
///
///     func evens<Scalar: IntegerScalar>(_ x: Tensor<Scalar>) -> Tensor<Bool> { x % 2 .== 0 }
///     evens(Tensor<UInt8>([1, 2]))  // [False  True]
public protocol IntegerScalar: NumericScalar, FixedWidthInteger where Quotient == Double {}

extension NumericScalar {
  /// One.
  public static var one: Self { 1 }
}

extension Float: FloatingScalar {
  /// Sums and products are `Float`.
  public typealias Accumulator = Float
  /// Quotients and means are `Float`.
  public typealias Quotient = Float
  /// `float32`.
  public static var scalarType: ScalarType { .float32 }
}
extension Double: FloatingScalar {
  /// Sums and products are `Double`.
  public typealias Accumulator = Double
  /// Quotients and means are `Double`.
  public typealias Quotient = Double
  /// `float64`.
  public static var scalarType: ScalarType { .float64 }
}
extension Int8: IntegerScalar {
  /// Sums and products are `Int`.
  public typealias Accumulator = Int
  /// Quotients and means are `Double`.
  public typealias Quotient = Double
  /// `int8`.
  public static var scalarType: ScalarType { .int8 }
}
extension Int16: IntegerScalar {
  /// Sums and products are `Int`.
  public typealias Accumulator = Int
  /// Quotients and means are `Double`.
  public typealias Quotient = Double
  /// `int16`.
  public static var scalarType: ScalarType { .int16 }
}
extension Int32: IntegerScalar {
  /// Sums and products are `Int`.
  public typealias Accumulator = Int
  /// Quotients and means are `Double`.
  public typealias Quotient = Double
  /// `int32`.
  public static var scalarType: ScalarType { .int32 }
}
extension Int64: IntegerScalar {
  /// Sums and products are `Int64`.
  public typealias Accumulator = Int64
  /// Quotients and means are `Double`.
  public typealias Quotient = Double
  /// `int64`.
  public static var scalarType: ScalarType { .int64 }
}
extension Int: IntegerScalar {
  /// Sums and products are `Int`.
  public typealias Accumulator = Int
  /// Quotients and means are `Double`.
  public typealias Quotient = Double
  /// `int64`.
  public static var scalarType: ScalarType { .int64 }
}
extension UInt8: IntegerScalar {
  /// Sums and products are `UInt`.
  public typealias Accumulator = UInt
  /// Quotients and means are `Double`.
  public typealias Quotient = Double
  /// `uint8`.
  public static var scalarType: ScalarType { .uint8 }
}
extension UInt16: IntegerScalar {
  /// Sums and products are `UInt`.
  public typealias Accumulator = UInt
  /// Quotients and means are `Double`.
  public typealias Quotient = Double
  /// `uint16`.
  public static var scalarType: ScalarType { .uint16 }
}
extension UInt32: IntegerScalar {
  /// Sums and products are `UInt`.
  public typealias Accumulator = UInt
  /// Quotients and means are `Double`.
  public typealias Quotient = Double
  /// `uint32`.
  public static var scalarType: ScalarType { .uint32 }
}
extension UInt64: IntegerScalar {
  /// Sums and products are `UInt64`.
  public typealias Accumulator = UInt64
  /// Quotients and means are `Double`.
  public typealias Quotient = Double
  /// `uint64`.
  public static var scalarType: ScalarType { .uint64 }
}
extension UInt: IntegerScalar {
  /// Sums and products are `UInt`.
  public typealias Accumulator = UInt
  /// Quotients and means are `Double`.
  public typealias Quotient = Double
  /// `uint64`.
  public static var scalarType: ScalarType { .uint64 }
}
extension Bool: TensorScalar {
  /// Sums and products are `Int`.
  public typealias Accumulator = Int
  /// Quotients and means are `Double`.
  public typealias Quotient = Double
  /// `bool`.
  public static var scalarType: ScalarType { .bool }
  /// False.
  public static var zero: Bool { false }
  /// True.
  public static var one: Bool { true }
}

/// The C loops in use, by scalar type.
package enum Kernels {
  nonisolated(unsafe) private static let table = my_kernels_in_use()

  nonisolated(unsafe) private static let numericStart: UnsafeRawPointer =
    UnsafeRawPointer(table) + (MemoryLayout<my_kernels>.offset(of: \.numeric) ?? 0)

  /// The instruction set that the loops are compiled for, as `MYELIN_ISA` spells it.
  package static var instructionSet: String { String(cString: table.pointee.name) }

  /// The instruction sets that this processor has loops for, best first.
  package static var instructionSets: [String] {
    var names: [String] = []
    while let table = my_kernels_available(names.count) {
      names.append(String(cString: table.pointee.name))
    }
    return names
  }

  /// The loops that every type has.
  package static func numeric(_ type: ScalarType) -> UnsafePointer<my_numeric> {
    (numericStart + Int(type.rawValue) * MemoryLayout<my_numeric>.stride)
      .assumingMemoryBound(to: my_numeric.self)
  }

  /// The loops that only whole numbers have.
  ///
  /// - Precondition: `type` is one of whole numbers.
  package static func integer(_ type: ScalarType) -> UnsafePointer<my_integer> {
    precondition(type.isInteger, "\(type.name) has no bits to work on")
    let start = MemoryLayout<my_kernels>.offset(of: \.integer) ?? 0
    let index = Int(type.rawValue - ScalarType.int8.rawValue)
    return (UnsafeRawPointer(table) + start + index * MemoryLayout<my_integer>.stride)
      .assumingMemoryBound(to: my_integer.self)
  }

  /// The loops that only floating types have.
  ///
  /// - Precondition: `type` is floating.
  package static func floating(_ type: ScalarType) -> UnsafePointer<my_floating> {
    precondition(type.isFloating, "\(type.name) has no elementary functions")
    let start = MemoryLayout<my_kernels>.offset(of: \.floating) ?? 0
    return (UnsafeRawPointer(table) + start + Int(type.rawValue) * MemoryLayout<my_floating>.stride)
      .assumingMemoryBound(to: my_floating.self)
  }
}
