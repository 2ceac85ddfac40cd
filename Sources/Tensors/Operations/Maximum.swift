import CKernels

package struct Maximum: BinaryPrimitive {
  package init() {}
  package static var name: String { "maximum" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.numeric(type).pointee.maximum }
  package static func reference(_ x: Double, _ y: Double) -> Double {
    x.isNaN || y.isNaN ? .nan : x >= y ? x : y
  }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ z: Tensor<Scalar>, _ dz: Tensor<Scalar>
  ) -> (Tensor<Scalar>, Tensor<Scalar>) {
    (select(x .>= y, dz, 0), select(x .>= y, 0, dz))
  }
}

/// Returns the larger of two elements; a NaN wins, and of equals (0 and −0) `x`.
///
///     maximum(Tensor<Double>([1, 5]), Tensor<Double>([3, 2]))  // [3. 5.]
///
/// The derivative of equal elements goes to `x`.
/// - Parameters:
///   - x: Any shape.
///   - y: A shape that broadcasts with that of `x`.
/// - Returns: A tensor of the common shape.
/// - SeeAlso: NumPy's `maximum`.
public func maximum<Scalar: TensorScalar>(_ x: Tensor<Scalar>, _ y: Tensor<Scalar>) -> Tensor<
  Scalar
> {
  Maximum()(x, y)
}
