import CKernels

package struct Softplus: UnaryPrimitive {
  package init() {}
  package static var name: String { "softplus" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.floating(type).pointee.softplus }
  package static func reference(_ x: Double) -> Double {
    x > 0 ? x + CKernels.log1p(CKernels.exp(-x)) : CKernels.log1p(CKernels.exp(x))
  }
  package static var accuracy: Int { 3 }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ dy: Tensor<Scalar>
  ) -> Tensor<Scalar>? {
    dy * sigmoid(x)
  }
}

/// Returns `log(1 + exp(x))` of each element, without overflow.
///
///     softplus(Tensor<Double>([0, 100]))  // [  0.69314718 100.        ]
///
/// - Parameter x: Any shape; NaN stays NaN.
/// - Returns: A tensor of the same shape.
/// - SeeAlso: NumPy's `logaddexp(0, x)`.
public func softplus<Scalar: FloatingScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  Softplus()(x)
}
