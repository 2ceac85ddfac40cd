import CKernels

package struct Minimum: BinaryPrimitive {
  package init() {}
  package static var name: String { "minimum" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.numeric(type).pointee.minimum }
  package static func reference(_ x: Double, _ y: Double) -> Double {
    x.isNaN || y.isNaN ? .nan : x <= y ? x : y
  }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ z: Tensor<Scalar>, _ dz: Tensor<Scalar>
  ) -> (Tensor<Scalar>, Tensor<Scalar>) {
    (select(x .<= y, dz, 0), select(x .<= y, 0, dz))
  }
}

/// Returns the smaller of two elements; a NaN wins, and of equals (0 and −0) `x`.
///
///     minimum(Tensor<Double>([1, 5]), Tensor<Double>([3, 2]))  // [1. 2.]
///
/// The derivative of equal elements goes to `x`.
/// - Parameters:
///   - x: Any shape.
///   - y: A shape that broadcasts with that of `x`.
/// - Returns: A tensor of the common shape.
/// - SeeAlso: NumPy's `minimum`.
public func minimum<Scalar: TensorScalar>(_ x: Tensor<Scalar>, _ y: Tensor<Scalar>) -> Tensor<
  Scalar
> {
  Minimum()(x, y)
}
