import CKernels

package struct Remainder: BinaryPrimitive {
  package init() {}
  package static var name: String { "remainder" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.numeric(type).pointee.remainder }
  package static func reference(_ x: Double, _ y: Double) -> Double {
    let remainder = CKernels.fmod(x, y)
    if remainder == 0 { return CKernels.copysign(0, y) }
    return (remainder < 0) != (y < 0) ? remainder + y : remainder
  }
  package static var accuracy: Int { 1 }
  package static var domain: ClosedRange<Double> { 0.5...4 }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ z: Tensor<Scalar>, _ dz: Tensor<Scalar>
  ) -> (Tensor<Scalar>, Tensor<Scalar>) {
    (dz, -(dz * floorDivide(x, y)))
  }
}

/// Returns what ``floorDivide(_:_:)`` of each pair of elements leaves: it has the sign of the
/// divisor.
///
///     remainder(Tensor([7, -7]), Tensor([3, 3]))  // [1 2]
///
/// Of whole numbers, a divisor of 0 gives 0; of floating ones NaN.
/// - Parameters:
///   - x: Any shape.
///   - y: A shape that broadcasts with that of `x`.
/// - Returns: A tensor of the common shape.
/// - SeeAlso: NumPy's `remainder` and `mod`, Python's `%`; Swift's `%` has the sign of `x` instead.
public func remainder<Scalar: NumericScalar>(
  _ x: Tensor<Scalar>, _ y: Tensor<Scalar>
) -> Tensor<Scalar> {
  Remainder()(x, y)
}

/// Returns what ``floorDivide(_:_:)`` of each element and a number leaves: it has the sign of the
/// divisor.
public func remainder<Scalar: NumericScalar>(_ x: Tensor<Scalar>, _ y: Scalar) -> Tensor<Scalar> {
  Remainder()(x, Tensor(y))
}

extension Tensor where Scalar: NumericScalar {
  /// Returns the remainder of floor division of each pair of elements: ``remainder(_:_:)``, with
  /// the sign of `y`.
  ///
  ///     let x: Tensor<Int> = [7, -7]
  ///     x % [3, 3]  // [1 2]
  ///     x % -3      // [-2 -1]
  public static func % (x: Tensor, y: Tensor) -> Tensor { Remainder()(x, y) }

  /// Returns the remainder of floor division of each element and a number, with the sign of `y`.
  public static func % (x: Tensor, y: Scalar) -> Tensor { Remainder()(x, Tensor(y)) }
}
