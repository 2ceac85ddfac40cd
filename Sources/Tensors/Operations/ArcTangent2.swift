import CKernels

package struct ArcTangent2: BinaryPrimitive {
  package init() {}
  package static var name: String { "atan2" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.floating(type).pointee.atan2 }
  package static func reference(_ y: Double, _ x: Double) -> Double { CKernels.atan2(y, x) }
  package static var accuracy: Int { 2 }
  package static var domain: ClosedRange<Double> { 0.5...4 }
  package static func derivative<Scalar: FloatingScalar>(
    _ y: Tensor<Scalar>, _ x: Tensor<Scalar>, _ z: Tensor<Scalar>, _ dz: Tensor<Scalar>
  ) -> (Tensor<Scalar>, Tensor<Scalar>) {
    let scaled = dz / (x * x + y * y)
    return (scaled * x, -(scaled * y))
  }
}

/// Returns the angle in radians of each point `(x, y)`, from −π to π.
///
///     atan2(Tensor<Double>([1]), Tensor<Double>([-1]))  // [2.35619449]
///
/// - Parameters:
///   - y: Any shape.
///   - x: A shape that broadcasts with that of `y`.
/// - Returns: A tensor of the common shape.
/// - SeeAlso: NumPy's `arctan2`.
public func atan2<Scalar: FloatingScalar>(_ y: Tensor<Scalar>, _ x: Tensor<Scalar>) -> Tensor<
  Scalar
> {
  ArcTangent2()(y, x)
}
