import CKernels

package struct Exp2: UnaryPrimitive {
  package init() {}
  package static var name: String { "exp2" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.floating(type).pointee.exp2 }
  package static func reference(_ x: Double) -> Double { CKernels.exp2(x) }
  package static var accuracy: Int { 2 }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ dy: Tensor<Scalar>
  ) -> Tensor<Scalar>? {
    dy * y * Scalar(CKernels.log(2.0))
  }
}

/// Returns 2 to the power of each element.
///
///     exp2(Tensor<Double>([0, 0.5]))  // [1.         1.41421356]
///
/// - Parameter x: Any shape; NaN stays NaN, overflow gives infinity.
/// - Returns: A tensor of the same shape.
/// - SeeAlso: NumPy's `exp2`.
public func exp2<Scalar: FloatingScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  Exp2()(x)
}
