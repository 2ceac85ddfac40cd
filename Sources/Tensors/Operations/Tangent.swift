import CKernels

package struct Tangent: UnaryPrimitive {
  package init() {}
  package static var name: String { "tan" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.floating(type).pointee.tan }
  package static func reference(_ x: Double) -> Double { CKernels.tan(x) }
  package static var accuracy: Int { 2 }
  package static var domain: ClosedRange<Double> { -1.2...1.2 }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ dy: Tensor<Scalar>
  ) -> Tensor<Scalar>? {
    dy * (1 + y * y)
  }
}

/// Returns the tangent of each element, an angle in radians.
///
///     tan(Tensor<Double>([0, 1]))  // [0.         1.55740772]
///
/// - Parameter x: Any shape; an infinity gives NaN.
/// - Returns: A tensor of the same shape.
/// - SeeAlso: NumPy's `tan`.
public func tan<Scalar: FloatingScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  Tangent()(x)
}
