import CKernels

package struct Hypotenuse: BinaryPrimitive {
  package init() {}
  package static var name: String { "hypot" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.floating(type).pointee.hypot }
  package static func reference(_ x: Double, _ y: Double) -> Double { CKernels.hypot(x, y) }
  package static var accuracy: Int { 2 }
  package static var domain: ClosedRange<Double> { 0.5...4 }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ z: Tensor<Scalar>, _ dz: Tensor<Scalar>
  ) -> (Tensor<Scalar>, Tensor<Scalar>) {
    (dz * (x / z), dz * (y / z))
  }
}

/// Returns `sqrt(x² + y²)` of each pair of elements, without overflow between.
///
///     hypot(Tensor<Double>([3]), Tensor<Double>([4]))  // [5.]
///
/// The derivative where both are 0 is NaN.
/// - Parameters:
///   - x: Any shape.
///   - y: A shape that broadcasts with that of `x`.
/// - Returns: A tensor of the common shape; an infinity beside a NaN gives infinity.
/// - SeeAlso: NumPy's `hypot`.
public func hypot<Scalar: FloatingScalar>(_ x: Tensor<Scalar>, _ y: Tensor<Scalar>) -> Tensor<
  Scalar
> {
  Hypotenuse()(x, y)
}

/// Returns `sqrt(x² + y²)` of each element and a number.
public func hypot<Scalar: FloatingScalar>(_ x: Tensor<Scalar>, _ y: Scalar) -> Tensor<Scalar> {
  Hypotenuse()(x, Tensor(y))
}
