import CKernels

package struct ArcHyperbolicCosine: UnaryPrimitive {
  package init() {}
  package static var name: String { "acosh" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.floating(type).pointee.acosh }
  package static func reference(_ x: Double) -> Double { CKernels.acosh(x) }
  package static var accuracy: Int { 3 }
  package static var domain: ClosedRange<Double> { 1.2...8 }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ dy: Tensor<Scalar>
  ) -> Tensor<Scalar>? {
    dy / sqrt((x - 1) * (x + 1))
  }
}

/// Returns the number, 0 or more, whose hyperbolic cosine each element is.
///
///     acosh(Tensor<Double>([1, 2]))  // [0.        1.3169579]
///
/// - Parameter x: Any shape; a number below 1 gives NaN.
/// - Returns: A tensor of the same shape.
/// - SeeAlso: NumPy's `arccosh`.
public func acosh<Scalar: FloatingScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  ArcHyperbolicCosine()(x)
}
