import CKernels

package struct ArcSine: UnaryPrimitive {
  package init() {}
  package static var name: String { "asin" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.floating(type).pointee.asin }
  package static func reference(_ x: Double) -> Double { CKernels.asin(x) }
  package static var accuracy: Int { 2 }
  package static var domain: ClosedRange<Double> { -0.9...0.9 }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ dy: Tensor<Scalar>
  ) -> Tensor<Scalar>? {
    dy / sqrt(1 - x * x)
  }
}

/// Returns the angle in radians whose sine each element is.
///
///     asin(Tensor<Double>([0, 1]))  // [0.         1.57079633]
///
/// - Parameter x: Any shape; a number outside of −1 ... 1 gives NaN.
/// - Returns: A tensor of the same shape, of numbers from −π/2 to π/2.
/// - SeeAlso: NumPy's `arcsin`.
public func asin<Scalar: FloatingScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  ArcSine()(x)
}
