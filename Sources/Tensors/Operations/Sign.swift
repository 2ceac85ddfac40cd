import CKernels

package struct Sign: UnaryPrimitive {
  package init() {}
  package static var name: String { "sign" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.numeric(type).pointee.sign }
  package static func reference(_ x: Double) -> Double { x.isNaN ? x : x > 0 ? 1 : x < 0 ? -1 : 0 }
  package static var accuracy: Int { 0 }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ dy: Tensor<Scalar>
  ) -> Tensor<Scalar>? {
    nil
  }
}

/// Returns −1, 0 or 1 by the sign of each element.
///
///     sign(Tensor<Double>([-3, 0, 2]))  // [-1.  0.  1.]
///
/// - Parameter x: Any shape; NaN stays NaN.
/// - Returns: A tensor of the same shape.
/// - SeeAlso: NumPy's `sign`.
public func sign<Scalar: NumericScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  Sign()(x)
}
