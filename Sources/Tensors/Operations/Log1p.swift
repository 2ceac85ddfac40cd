import CKernels

package struct Log1p: UnaryPrimitive {
  package init() {}
  package static var name: String { "log1p" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.floating(type).pointee.log1p }
  package static func reference(_ x: Double) -> Double { CKernels.log1p(x) }
  package static var accuracy: Int { 2 }
  package static var domain: ClosedRange<Double> { -0.9...8 }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ dy: Tensor<Scalar>
  ) -> Tensor<Scalar>? {
    dy / (1 + x)
  }
}

/// Returns the natural logarithm of 1 plus each element, without cancellation near 0.
///
/// While traced, `log1p(-sigmoid(x))` is recorded as `-softplus(x)`: the same function, accurate
/// near 1.
///
///     log1p(Tensor<Double>([1e-10]))  // [1.e-10]
///
/// - Parameter x: Any shape; −1 gives −infinity, less NaN.
/// - Returns: A tensor of the same shape.
/// - SeeAlso: NumPy's `log1p`.
public func log1p<Scalar: FloatingScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  Log1p.ofComplement(x) ?? Log1p()(x)
}

extension Log1p {
  /// The logarithm of 1 less a traced sigmoid, from what that was taken of; `nil` for anything
  /// else.
  static func ofComplement<Scalar: FloatingScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar>? {
    guard let node = x.storage.node, node.operation is Negate, node.inputs[0].operation is Sigmoid
    else { return nil }
    return -softplus(Tensor<Scalar>(node.inputs[0].inputs[0]))
  }
}
