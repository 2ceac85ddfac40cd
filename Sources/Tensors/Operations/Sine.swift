import CKernels

package struct Sine: UnaryPrimitive {
  package init() {}
  package static var name: String { "sin" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.floating(type).pointee.sin }
  package static func reference(_ x: Double) -> Double { CKernels.sin(x) }
  package static var accuracy: Int { 2 }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ dy: Tensor<Scalar>
  ) -> Tensor<Scalar>? {
    dy * cos(x)
  }
}

/// Returns the sine of each element, an angle in radians.
///
///     sin(Tensor<Double>([0, 1]))  // [0.         0.84147098]
///
/// - Parameter x: Any shape; an infinity gives NaN.
/// - Returns: A tensor of the same shape.
/// - SeeAlso: NumPy's `sin`.
public func sin<Scalar: FloatingScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  Sine()(x)
}
