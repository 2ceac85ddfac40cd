import CKernels

package struct Ceiling: UnaryPrimitive {
  package init() {}
  package static var name: String { "ceil" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.floating(type).pointee.ceil }
  package static func reference(_ x: Double) -> Double { CKernels.ceil(x) }
  package static var accuracy: Int { 0 }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ dy: Tensor<Scalar>
  ) -> Tensor<Scalar>? {
    nil
  }
}

/// Returns the smallest whole number not below each element.
///
///     ceil(Tensor<Double>([1.5, -1.5]))  // [ 2. -1.]
///
/// The derivative is 0 everywhere.
/// - Parameter x: Any shape; NaN and infinities stay.
/// - Returns: A tensor of the same shape.
/// - SeeAlso: NumPy's `ceil`.
public func ceil<Scalar: FloatingScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  Ceiling()(x)
}
