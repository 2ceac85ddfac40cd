package import CKernels

/// An operation on the bits of two whole numbers, or of one.
package protocol BitPrimitive: Primitive {
  init()
  static var name: String { get }
  /// The C loop for a type of whole numbers.
  static func loop(_ type: ScalarType) -> Loop
  /// The definition, on all that a loop may be given; of one operand, `y` is 0.
  static func reference<Scalar: IntegerScalar>(_ x: Scalar, _ y: Scalar) -> Scalar
}

extension BitPrimitive {
  package var name: String { Self.name }
  package func rowWork(_ shapes: [Shape], _ types: [ScalarType]) -> RowWork? {
    .elements(Self.loop(types[0]))
  }
  package func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
    try Shape.broadcast(operands)
  }
  package func lower(_ operands: [Operand], to result: Operand, emit: (my_call) -> Void) {
    Lowering.loop(Self.loop(operands[0].type), [result] + operands, emit: emit)
  }
  package func derivative<Scalar: FloatingScalar>(_ at: Derivation<Scalar>) -> [Node?] {
    at.node.inputs.map { _ in nil }
  }

  /// Broadcasts the operands to one shape and runs or records the operation.
  package func callAsFunction<Scalar: IntegerScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>
  ) -> Tensor<Scalar> {
    let shape = requireShape { () throws(ShapeError) in try Shape.broadcast(x.shape, y.shape) }
    return apply(to: [x.broadcast(to: shape), y.broadcast(to: shape)])
  }
}

package struct BitwiseAnd: BitPrimitive {
  package init() {}
  package static var name: String { "bitwise_and" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.integer(type).pointee.bitwise_and }
  package static func reference<Scalar: IntegerScalar>(_ x: Scalar, _ y: Scalar) -> Scalar { x & y }
}

package struct BitwiseOr: BitPrimitive {
  package init() {}
  package static var name: String { "bitwise_or" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.integer(type).pointee.bitwise_or }
  package static func reference<Scalar: IntegerScalar>(_ x: Scalar, _ y: Scalar) -> Scalar { x | y }
}

package struct BitwiseXor: BitPrimitive {
  package init() {}
  package static var name: String { "bitwise_xor" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.integer(type).pointee.bitwise_xor }
  package static func reference<Scalar: IntegerScalar>(_ x: Scalar, _ y: Scalar) -> Scalar { x ^ y }
}

package struct BitwiseNot: BitPrimitive {
  package init() {}
  package static var name: String { "bitwise_not" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.integer(type).pointee.bitwise_not }
  package static func reference<Scalar: IntegerScalar>(_ x: Scalar, _ y: Scalar) -> Scalar { ~x }
}

package struct ShiftLeft: BitPrimitive {
  package init() {}
  package static var name: String { "shift_left" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.integer(type).pointee.shift_left }
  package static func reference<Scalar: IntegerScalar>(_ x: Scalar, _ y: Scalar) -> Scalar {
    (0..<Scalar(Scalar.bitWidth)).contains(y) ? x &<< y : 0
  }
}

package struct ShiftRight: BitPrimitive {
  package init() {}
  package static var name: String { "shift_right" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.integer(type).pointee.shift_right }
  package static func reference<Scalar: IntegerScalar>(_ x: Scalar, _ y: Scalar) -> Scalar {
    (0..<Scalar(Scalar.bitWidth)).contains(y) ? x &>> y : x < 0 ? ~0 : 0
  }
}

extension Tensor where Scalar: IntegerScalar {
  /// Returns the bits that both of two elements have: NumPy's `bitwise_and`.
  ///
  ///     Tensor<Int>([6, 5]) & Tensor([3, 4])  // [2 4]
  ///     Tensor<Int>([6, 5]) & 4               // [4 4]
  ///
  /// - Parameters:
  ///   - x: Any shape.
  ///   - y: A shape that broadcasts with that of `x`.
  /// - Returns: A tensor of the common shape.
  public static func & (x: Tensor, y: Tensor) -> Tensor { BitwiseAnd()(x, y) }
  /// Returns the bits that both each element and a number have.
  public static func & (x: Tensor, y: Scalar) -> Tensor { BitwiseAnd()(x, Tensor(y)) }
  /// Returns the bits that at least one of two elements has: NumPy's `bitwise_or`.
  ///
  ///     Tensor<Int>([6, 5]) | Tensor([3, 4])  // [7 5]
  ///     Tensor<Int>([6, 5]) | 8               // [14 13]
  ///
  /// - Parameters:
  ///   - x: Any shape.
  ///   - y: A shape that broadcasts with that of `x`.
  /// - Returns: A tensor of the common shape.
  public static func | (x: Tensor, y: Tensor) -> Tensor { BitwiseOr()(x, y) }
  /// Returns the bits that each element or a number has.
  public static func | (x: Tensor, y: Scalar) -> Tensor { BitwiseOr()(x, Tensor(y)) }
  /// Returns the bits that exactly one of two elements has: NumPy's `bitwise_xor`.
  ///
  ///     Tensor<Int>([6, 5]) ^ Tensor([3, 4])  // [5 1]
  ///     Tensor<Int>([6, 5]) ^ 1               // [7 4]
  ///
  /// - Parameters:
  ///   - x: Any shape.
  ///   - y: A shape that broadcasts with that of `x`.
  /// - Returns: A tensor of the common shape.
  public static func ^ (x: Tensor, y: Tensor) -> Tensor { BitwiseXor()(x, y) }
  /// Returns the bits that either each element or a number has, not both.
  public static func ^ (x: Tensor, y: Scalar) -> Tensor { BitwiseXor()(x, Tensor(y)) }
  /// Returns the bits that each element has not: NumPy's `invert`.
  ///
  ///     ~Tensor<Int>([0, 5])    // [-1 -6]
  ///     ~Tensor<UInt8>([0, 5])  // [255 250]
  ///
  /// - Parameter x: Any shape.
  /// - Returns: A tensor of the same shape.
  public static prefix func ~ (x: Tensor) -> Tensor { BitwiseNot().apply(to: [x]) }

  /// Returns the bits of each element moved up by the other's number of places.
  ///
  /// A count of the width or more, or below 0, gives 0; Swift's `<<` takes a negative count as a
  /// shift the other way.
  ///
  ///     Tensor<Int>([1, 3]) << Tensor([4, 64])  // [16  0]
  ///     Tensor<Int>([1, 3]) << 2                // [ 4 12]
  ///
  /// - Parameters:
  ///   - x: Any shape.
  ///   - y: A shape that broadcasts with that of `x`.
  /// - Returns: A tensor of the common shape.
  /// - SeeAlso: NumPy's `left_shift`.
  public static func << (x: Tensor, y: Tensor) -> Tensor { ShiftLeft()(x, y) }
  /// Returns the bits of each element moved up by a number of places.
  public static func << (x: Tensor, y: Scalar) -> Tensor { ShiftLeft()(x, Tensor(y)) }

  /// Returns the bits of each element moved down by the other's number of places; the sign stays.
  ///
  /// A count of the width or more, or below 0, gives 0, or −1 for a negative element.
  ///
  ///     Tensor<Int>([16, -16]) >> Tensor([2, 2])  // [ 4 -4]
  ///     Tensor<Int>([16, -16]) >> 64              // [ 0 -1]
  ///
  /// - Parameters:
  ///   - x: Any shape.
  ///   - y: A shape that broadcasts with that of `x`.
  /// - Returns: A tensor of the common shape.
  /// - SeeAlso: NumPy's `right_shift`.
  public static func >> (x: Tensor, y: Tensor) -> Tensor { ShiftRight()(x, y) }
  /// Returns the bits of each element moved down by a number of places; the sign stays.
  public static func >> (x: Tensor, y: Scalar) -> Tensor { ShiftRight()(x, Tensor(y)) }
}
