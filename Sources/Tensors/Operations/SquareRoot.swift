import CKernels

package struct SquareRoot: UnaryPrimitive {
  package init() {}
  package static var name: String { "sqrt" }
  package static func loop(_ type: ScalarType) -> Loop {
    Kernels.floating(type).pointee.square_root
  }
  package static func reference(_ x: Double) -> Double { x.squareRoot() }
  package static var accuracy: Int { 0 }
  package static var domain: ClosedRange<Double> { 0.1...8 }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ dy: Tensor<Scalar>
  ) -> Tensor<Scalar>? {
    dy / (y + y)
  }
}

/// Returns the square root of each element.
///
///     sqrt(Tensor<Double>([4, 2]))  // [2.         1.41421356]
///
/// - Parameter x: Any shape; a negative number gives NaN.
/// - Returns: A tensor of the same shape.
/// - SeeAlso: NumPy's `sqrt`.
public func sqrt<Scalar: FloatingScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  SquareRoot()(x)
}
