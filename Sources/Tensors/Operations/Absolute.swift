import CKernels

package struct Absolute: UnaryPrimitive {
  package init() {}
  package static var name: String { "absolute" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.numeric(type).pointee.absolute }
  package static func reference(_ x: Double) -> Double { Swift.abs(x) }
  package static var accuracy: Int { 0 }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ dy: Tensor<Scalar>
  ) -> Tensor<Scalar>? {
    dy * Sign()(x)
  }
}

/// Returns the absolute value of each element; the smallest signed whole number stays as it is.
///
///     abs(Tensor<Double>([-1, 2]))  // [1. 2.]
///
/// The derivative at 0 is 0.
/// - Parameter x: Any shape.
/// - Returns: A tensor of the same shape.
/// - SeeAlso: NumPy's `absolute`.
public func abs<Scalar: NumericScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  Absolute()(x)
}
