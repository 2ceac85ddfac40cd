import CKernels

package struct ArcCosine: UnaryPrimitive {
  package init() {}
  package static var name: String { "acos" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.floating(type).pointee.acos }
  package static func reference(_ x: Double) -> Double { CKernels.acos(x) }
  package static var accuracy: Int { 2 }
  package static var domain: ClosedRange<Double> { -0.9...0.9 }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ dy: Tensor<Scalar>
  ) -> Tensor<Scalar>? {
    -(dy / sqrt(1 - x * x))
  }
}

/// Returns the angle in radians whose cosine each element is.
///
///     acos(Tensor<Double>([0, 1]))  // [1.57079633 0.        ]
///
/// - Parameter x: Any shape; a number outside of −1 ... 1 gives NaN.
/// - Returns: A tensor of the same shape, of numbers from 0 to π.
/// - SeeAlso: NumPy's `arccos`.
public func acos<Scalar: FloatingScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  ArcCosine()(x)
}
