import CKernels

package struct HyperbolicCosine: UnaryPrimitive {
  package init() {}
  package static var name: String { "cosh" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.floating(type).pointee.cosh }
  package static func reference(_ x: Double) -> Double { CKernels.cosh(x) }
  package static var accuracy: Int { 3 }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ dy: Tensor<Scalar>
  ) -> Tensor<Scalar>? {
    dy * sinh(x)
  }
}

/// Returns the hyperbolic cosine of each element.
///
///     cosh(Tensor<Double>([0, 1]))  // [1.         1.54308063]
///
/// - Parameter x: Any shape; NaN stays NaN, overflow gives infinity.
/// - Returns: A tensor of the same shape.
/// - SeeAlso: NumPy's `cosh`.
public func cosh<Scalar: FloatingScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  HyperbolicCosine()(x)
}
