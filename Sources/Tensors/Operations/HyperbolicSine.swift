import CKernels

package struct HyperbolicSine: UnaryPrimitive {
  package init() {}
  package static var name: String { "sinh" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.floating(type).pointee.sinh }
  package static func reference(_ x: Double) -> Double { CKernels.sinh(x) }
  package static var accuracy: Int { 3 }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ dy: Tensor<Scalar>
  ) -> Tensor<Scalar>? {
    dy * cosh(x)
  }
}

/// Returns the hyperbolic sine of each element.
///
///     sinh(Tensor<Double>([0, 1]))  // [0.         1.17520119]
///
/// - Parameter x: Any shape; NaN stays NaN, overflow gives an infinity.
/// - Returns: A tensor of the same shape.
/// - SeeAlso: NumPy's `sinh`.
public func sinh<Scalar: FloatingScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  HyperbolicSine()(x)
}
