import CKernels

package struct Floor: UnaryPrimitive {
  package init() {}
  package static var name: String { "floor" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.floating(type).pointee.floor }
  package static func reference(_ x: Double) -> Double { CKernels.floor(x) }
  package static var accuracy: Int { 0 }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ dy: Tensor<Scalar>
  ) -> Tensor<Scalar>? {
    nil
  }
}

/// Returns the largest whole number not above each element.
///
///     floor(Tensor<Double>([1.5, -1.5]))  // [ 1. -2.]
///
/// The derivative is 0 everywhere.
/// - Parameter x: Any shape; NaN and infinities stay.
/// - Returns: A tensor of the same shape.
/// - SeeAlso: NumPy's `floor`.
public func floor<Scalar: FloatingScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  Floor()(x)
}
