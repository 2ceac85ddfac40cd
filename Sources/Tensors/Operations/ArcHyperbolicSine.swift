import CKernels

package struct ArcHyperbolicSine: UnaryPrimitive {
  package init() {}
  package static var name: String { "asinh" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.floating(type).pointee.asinh }
  package static func reference(_ x: Double) -> Double { CKernels.asinh(x) }
  package static var accuracy: Int { 3 }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ dy: Tensor<Scalar>
  ) -> Tensor<Scalar>? {
    dy / hypot(x, 1)
  }
}

/// Returns the number whose hyperbolic sine each element is.
///
///     asinh(Tensor<Double>([0, 1]))  // [0.         0.88137359]
///
/// - Parameter x: Any shape; NaN stays NaN.
/// - Returns: A tensor of the same shape.
/// - SeeAlso: NumPy's `arcsinh`.
public func asinh<Scalar: FloatingScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  ArcHyperbolicSine()(x)
}
