import CKernels

package struct Cosine: UnaryPrimitive {
  package init() {}
  package static var name: String { "cos" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.floating(type).pointee.cos }
  package static func reference(_ x: Double) -> Double { CKernels.cos(x) }
  package static var accuracy: Int { 2 }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ dy: Tensor<Scalar>
  ) -> Tensor<Scalar>? {
    -(dy * sin(x))
  }
}

/// Returns the cosine of each element, an angle in radians.
///
///     cos(Tensor<Double>([0, 1]))  // [1.         0.54030231]
///
/// - Parameter x: Any shape; an infinity gives NaN.
/// - Returns: A tensor of the same shape.
/// - SeeAlso: NumPy's `cos`.
public func cos<Scalar: FloatingScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  Cosine()(x)
}
