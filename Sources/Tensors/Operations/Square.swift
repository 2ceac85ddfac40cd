import CKernels

package struct Square: UnaryPrimitive {
  package init() {}
  package static var name: String { "square" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.numeric(type).pointee.square }
  package static func reference(_ x: Double) -> Double { x * x }
  package static var accuracy: Int { 0 }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ dy: Tensor<Scalar>
  ) -> Tensor<Scalar>? {
    dy * (x + x)
  }
}

/// Returns the square of each element; whole numbers wrap.
///
///     square(Tensor<Double>([-3, 2]))  // [9. 4.]
///
/// - Parameter x: Any shape.
/// - Returns: A tensor of the same shape.
/// - SeeAlso: NumPy's `square`.
public func square<Scalar: NumericScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  Square()(x)
}
