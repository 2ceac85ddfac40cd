import CKernels

package struct ArcHyperbolicTangent: UnaryPrimitive {
  package init() {}
  package static var name: String { "atanh" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.floating(type).pointee.atanh }
  package static func reference(_ x: Double) -> Double { CKernels.atanh(x) }
  package static var accuracy: Int { 3 }
  package static var domain: ClosedRange<Double> { -0.9...0.9 }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ dy: Tensor<Scalar>
  ) -> Tensor<Scalar>? {
    dy / ((1 - x) * (1 + x))
  }
}

/// Returns the number whose hyperbolic tangent each element is.
///
///     atanh(Tensor<Double>([0, 0.5]))  // [0.         0.54930614]
///
/// - Parameter x: Any shape; ±1 gives an infinity, a number beyond NaN.
/// - Returns: A tensor of the same shape.
/// - SeeAlso: NumPy's `arctanh`.
public func atanh<Scalar: FloatingScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  ArcHyperbolicTangent()(x)
}
