import CKernels

package struct Log10: UnaryPrimitive {
  package init() {}
  package static var name: String { "log10" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.floating(type).pointee.log10 }
  package static func reference(_ x: Double) -> Double { CKernels.log10(x) }
  package static var accuracy: Int { 2 }
  package static var domain: ClosedRange<Double> { 0.1...8 }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ dy: Tensor<Scalar>
  ) -> Tensor<Scalar>? {
    dy / (x * Scalar(CKernels.log(10.0)))
  }
}

/// Returns the logarithm to base 10 of each element.
///
///     log10(Tensor<Double>([1, 1000]))  // [0. 3.]
///
/// - Parameter x: Any shape; 0 gives −infinity, a negative number NaN.
/// - Returns: A tensor of the same shape.
/// - SeeAlso: NumPy's `log10`.
public func log10<Scalar: FloatingScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  Log10()(x)
}
