import CKernels

package struct Expm1: UnaryPrimitive {
  package init() {}
  package static var name: String { "expm1" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.floating(type).pointee.expm1 }
  package static func reference(_ x: Double) -> Double { CKernels.expm1(x) }
  package static var accuracy: Int { 2 }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ dy: Tensor<Scalar>
  ) -> Tensor<Scalar>? {
    dy * (y + 1)
  }
}

/// Returns e to the power of each element, less 1, without cancellation near 0.
///
///     expm1(Tensor<Double>([1e-10]))  // [1.e-10]
///
/// - Parameter x: Any shape; NaN stays NaN.
/// - Returns: A tensor of the same shape.
/// - SeeAlso: NumPy's `expm1`.
public func expm1<Scalar: FloatingScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  Expm1()(x)
}
