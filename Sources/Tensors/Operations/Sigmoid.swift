import CKernels

package struct Sigmoid: UnaryPrimitive {
  package init() {}
  package static var name: String { "sigmoid" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.floating(type).pointee.sigmoid }
  package static func reference(_ x: Double) -> Double {
    x < 0 ? CKernels.exp(x) / (1 + CKernels.exp(x)) : 1 / (1 + CKernels.exp(-x))
  }
  package static var accuracy: Int { 3 }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ dy: Tensor<Scalar>
  ) -> Tensor<Scalar>? {
    dy * (y * (1 - y))
  }
}

/// Returns the logistic function of each element, `1 / (1 + exp(-x))`, between 0 and 1.
///
///     sigmoid(Tensor<Double>([0, 1]))  // [0.5        0.73105858]
///
/// - Parameter x: Any shape; NaN stays NaN.
/// - Returns: A tensor of the same shape.
/// - SeeAlso: SciPy's `expit`.
public func sigmoid<Scalar: FloatingScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  Sigmoid()(x)
}
