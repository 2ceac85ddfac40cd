import CKernels

package struct CubeRoot: UnaryPrimitive {
  package init() {}
  package static var name: String { "cbrt" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.floating(type).pointee.cbrt }
  package static func reference(_ x: Double) -> Double { CKernels.cbrt(x) }
  // The GNU C library's has been seen 2.8 units off.
  package static var accuracy: Int { 3 }
  package static var domain: ClosedRange<Double> { 0.1...8 }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ dy: Tensor<Scalar>
  ) -> Tensor<Scalar>? {
    dy / (3 * (y * y))
  }
}

/// Returns the cube root of each element, negative for a negative one.
///
///     cbrt(Tensor<Double>([-8, 27]))  // [-2.  3.]
///
/// - Parameter x: Any shape; NaN stays NaN.
/// - Returns: A tensor of the same shape.
/// - SeeAlso: NumPy's `cbrt`.
public func cbrt<Scalar: FloatingScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  CubeRoot()(x)
}
