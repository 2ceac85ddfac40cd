import CKernels

package struct Truncate: UnaryPrimitive {
  package init() {}
  package static var name: String { "trunc" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.floating(type).pointee.trunc }
  package static func reference(_ x: Double) -> Double { CKernels.trunc(x) }
  package static var accuracy: Int { 0 }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ dy: Tensor<Scalar>
  ) -> Tensor<Scalar>? {
    nil
  }
}

/// Returns each element without its fraction: the nearest whole number toward 0.
///
///     trunc(Tensor<Double>([1.5, -1.5]))  // [ 1. -1.]
///
/// The derivative is 0 everywhere.
/// - Parameter x: Any shape; NaN and infinities stay.
/// - Returns: A tensor of the same shape.
/// - SeeAlso: NumPy's `trunc`.
public func trunc<Scalar: FloatingScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  Truncate()(x)
}
