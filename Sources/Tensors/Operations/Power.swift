import CKernels

package struct Power: BinaryPrimitive {
  package init() {}
  package static var name: String { "power" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.numeric(type).pointee.power }
  package static func reference(_ x: Double, _ y: Double) -> Double { CKernels.pow(x, y) }
  package static var accuracy: Int { 2 }
  package static var domain: ClosedRange<Double> { 0.5...3 }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ z: Tensor<Scalar>, _ dz: Tensor<Scalar>
  ) -> (Tensor<Scalar>, Tensor<Scalar>) {
    // x⁰ is 1 everywhere, 0⁰ too: its derivative is 0, not 0 · 0⁻¹.
    (dz * select(y .== 0, 0, y * power(x, y - 1)), dz * (z * log(x)))
  }
}

/// Returns `x` to the power of `y`, element by element; whole numbers wrap.
///
///     power(Tensor<Double>([2, 3]), Tensor<Double>([3, 2]))  // [8. 9.]
///
/// - Parameters:
///   - x: Any shape.
///   - y: A shape that broadcasts with that of `x`; for whole numbers 0 or more.
/// - Returns: A tensor of the common shape.
/// - Precondition: No exponent of a whole number is negative (in a trace, where that can't be
///   known, it gives 0, or ±1 for bases 1 and −1).
/// - SeeAlso: NumPy's `power`; ``Tensor/checkExponents()`` tells beforehand.
public func power<Scalar: NumericScalar>(_ x: Tensor<Scalar>, _ y: Tensor<Scalar>) -> Tensor<Scalar>
{
  requireShape { () throws(ShapeError) in try y.checkExponents() }
  return Power()(x, y)
}

/// Returns each element of `x` to the power of a number.
public func power<Scalar: NumericScalar>(_ x: Tensor<Scalar>, _ y: Scalar) -> Tensor<Scalar> {
  power(x, Tensor(y))
}

extension Tensor where Scalar: NumericScalar {
  /// Checks that the elements can be exponents of whole numbers of the same type.
  ///
  ///     try Tensor<Int>([2, -1]).checkExponents()
  ///     // throws Integers to negative integer powers are not allowed.
  ///
  /// - Throws: `ShapeError` if they are whole numbers and one is negative; of a traced tensor
  ///   nothing is known.
  public func checkExponents() throws(ShapeError) {
    if scalarType.isFloating || isTraced { return }
    guard withElements({ $0.allSatisfy { $0 >= 0 } }) else {
      throw ShapeError("Integers to negative integer powers are not allowed.")
    }
  }
}
