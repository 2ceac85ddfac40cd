import CKernels

package struct FloorDivide: BinaryPrimitive {
  package init() {}
  package static var name: String { "floor_divide" }
  // On whole numbers and truth values, the loop "divide" rounds down.
  package static func loop(_ type: ScalarType) -> Loop {
    type.isFloating
      ? Kernels.floating(type).pointee.floor_divide : Kernels.numeric(type).pointee.divide
  }
  package static func reference(_ x: Double, _ y: Double) -> Double {
    if y == 0 { return x / y }
    let remainder = CKernels.fmod(x, y)
    let isLow = remainder != 0 && (remainder < 0) != (y < 0)
    let quotient = (x - remainder) / y - (isLow ? 1 : 0)
    if quotient == 0 { return CKernels.copysign(0, x / y) }
    let whole = quotient.rounded(.down)
    return quotient - whole > 0.5 ? whole + 1 : whole
  }
  package static var accuracy: Int { 1 }
  package static var domain: ClosedRange<Double> { 0.5...4 }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ z: Tensor<Scalar>, _ dz: Tensor<Scalar>
  ) -> (Tensor<Scalar>, Tensor<Scalar>) {
    let none = Tensor<Scalar>(repeating: 0, shape: dz.shape)
    return (none, none)
  }
}

/// Returns the quotient of each pair of elements, rounded down to a whole number.
///
///     floorDivide(Tensor([7, -7]), Tensor([2, 2]))  // [ 3 -4]
///
/// Together with ``remainder(_:_:)`` it gives `x` back: `x = floorDivide(x, y) * y + remainder(x,
/// y)`. Of whole numbers, division by 0 gives 0, and the smallest number over −1 wraps to itself.
/// The derivative is 0 everywhere.
/// - Parameters:
///   - x: Any shape.
///   - y: A shape that broadcasts with that of `x`.
/// - Returns: A tensor of the common shape.
/// - SeeAlso: NumPy's `floor_divide`, Python's `//`; Swift's `/` of whole numbers rounds toward 0
///   instead.
public func floorDivide<Scalar: NumericScalar>(
  _ x: Tensor<Scalar>, _ y: Tensor<Scalar>
) -> Tensor<Scalar> {
  FloorDivide()(x, y)
}

/// Returns the quotient of each element and a number, rounded down to a whole number.
public func floorDivide<Scalar: NumericScalar>(
  _ x: Tensor<Scalar>, _ y: Scalar
) -> Tensor<Scalar> {
  FloorDivide()(x, Tensor(y))
}
