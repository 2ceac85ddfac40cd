import CKernels

package struct ErrorFunction: UnaryPrimitive {
  package init() {}
  package static var name: String { "erf" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.floating(type).pointee.erf }
  package static func reference(_ x: Double) -> Double { CKernels.erf(x) }
  package static var accuracy: Int { 2 }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ dy: Tensor<Scalar>
  ) -> Tensor<Scalar>? {
    dy * (2 / Scalar.pi.squareRoot()) * exp(-(x * x))
  }
}

/// Returns the error function of each element.
///
///     erf(Tensor<Double>([0, 1]))  // [0.         0.84270079]
///
/// `2/√π · ∫ exp(-t²) dt` from 0 to the element.
/// - Parameter x: Any shape; NaN stays NaN.
/// - Returns: A tensor of the same shape, of numbers from −1 to 1.
/// - SeeAlso: SciPy's `special.erf`.
public func erf<Scalar: FloatingScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  ErrorFunction()(x)
}
