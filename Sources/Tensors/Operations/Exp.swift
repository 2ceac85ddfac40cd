import CKernels

package struct Exp: UnaryPrimitive {
  package init() {}
  package static var name: String { "exp" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.floating(type).pointee.exp }
  package static func reference(_ x: Double) -> Double { CKernels.exp(x) }
  package static var accuracy: Int { 2 }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ dy: Tensor<Scalar>
  ) -> Tensor<Scalar>? {
    dy * y
  }
}

/// Returns e to the power of each element.
///
///     exp(Tensor<Double>([0, 1]))  // [1.         2.71828183]
///
/// - Parameter x: Any shape; NaN stays NaN, overflow gives infinity.
/// - Returns: A tensor of the same shape.
/// - SeeAlso: NumPy's `exp`.
public func exp<Scalar: FloatingScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  Exp()(x)
}
