import CKernels

package struct Relu: UnaryPrimitive {
  package init() {}
  package static var name: String { "relu" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.floating(type).pointee.relu }
  package static func reference(_ x: Double) -> Double { x > 0 ? x : x.isNaN ? x : 0 }
  package static var accuracy: Int { 0 }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ dy: Tensor<Scalar>
  ) -> Tensor<Scalar>? {
    // y is above 0 where x is; it is kept for the next layer anyway.
    select(y .> 0, dy, 0)
  }
}

/// Returns each element, or 0 where it is negative: the rectified linear unit.
///
/// The derivative at 0 is 0.
///
///     relu(Tensor<Double>([-1, 2]))  // [0. 2.]
///
/// - Parameter x: Any shape; NaN stays NaN.
/// - Returns: A tensor of the same shape.
/// - SeeAlso: Keras's `relu`; NumPy's `maximum(x, 0)`.
public func relu<Scalar: FloatingScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  Relu()(x)
}
