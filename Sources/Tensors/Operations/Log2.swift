import CKernels

package struct Log2: UnaryPrimitive {
  package init() {}
  package static var name: String { "log2" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.floating(type).pointee.log2 }
  package static func reference(_ x: Double) -> Double { CKernels.log2(x) }
  package static var accuracy: Int { 2 }
  package static var domain: ClosedRange<Double> { 0.1...8 }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ dy: Tensor<Scalar>
  ) -> Tensor<Scalar>? {
    dy / (x * Scalar(CKernels.log(2.0)))
  }
}

/// Returns the logarithm to base 2 of each element.
///
///     log2(Tensor<Double>([1, 8]))  // [0. 3.]
///
/// - Parameter x: Any shape; 0 gives −infinity, a negative number NaN.
/// - Returns: A tensor of the same shape.
/// - SeeAlso: NumPy's `log2`.
public func log2<Scalar: FloatingScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  Log2()(x)
}
