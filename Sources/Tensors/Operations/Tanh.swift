import CKernels

package struct Tanh: UnaryPrimitive {
  package init() {}
  package static var name: String { "tanh" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.floating(type).pointee.tanh }
  package static func reference(_ x: Double) -> Double { CKernels.tanh(x) }
  package static var accuracy: Int { 2 }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ dy: Tensor<Scalar>
  ) -> Tensor<Scalar>? {
    dy * (1 - y * y)
  }
}

/// Returns the hyperbolic tangent of each element.
///
///     tanh(Tensor<Double>([0, 1]))  // [0.         0.76159416]
///
/// - Parameter x: Any shape; NaN stays NaN.
/// - Returns: A tensor of the same shape.
/// - SeeAlso: NumPy's `tanh`.
public func tanh<Scalar: FloatingScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  Tanh()(x)
}
