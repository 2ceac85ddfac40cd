import CKernels

package struct Negate: UnaryPrimitive {
  package init() {}
  package static var name: String { "negative" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.numeric(type).pointee.negate }
  package static func reference(_ x: Double) -> Double { -x }
  package static var accuracy: Int { 0 }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ dy: Tensor<Scalar>
  ) -> Tensor<Scalar>? {
    -dy
  }
}

extension Tensor where Scalar: NumericScalar {
  /// Returns each element with the other sign; whole numbers wrap.
  ///
  ///     -Tensor<Int>([1, -2])  // [-1  2]
  ///
  /// - Parameter x: Any shape.
  /// - Returns: A tensor of the same shape.
  /// - SeeAlso: NumPy's `negative`.
  public static prefix func - (x: Tensor) -> Tensor { Negate()(x) }
}
