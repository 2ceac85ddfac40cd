import CKernels

package struct ArcTangent: UnaryPrimitive {
  package init() {}
  package static var name: String { "atan" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.floating(type).pointee.atan }
  package static func reference(_ x: Double) -> Double { CKernels.atan(x) }
  package static var accuracy: Int { 2 }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ dy: Tensor<Scalar>
  ) -> Tensor<Scalar>? {
    dy / (1 + x * x)
  }
}

/// Returns the angle in radians whose tangent each element is.
///
///     atan(Tensor<Double>([0, 1]))  // [0.         0.78539816]
///
/// - Parameter x: Any shape; NaN stays NaN.
/// - Returns: A tensor of the same shape, of numbers from −π/2 to π/2.
/// - SeeAlso: NumPy's `arctan`.
public func atan<Scalar: FloatingScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  ArcTangent()(x)
}
