import CKernels

package struct Log: UnaryPrimitive {
  package init() {}
  package static var name: String { "log" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.floating(type).pointee.log }
  package static func reference(_ x: Double) -> Double { CKernels.log(x) }
  package static var accuracy: Int { 2 }
  package static var domain: ClosedRange<Double> { 0.1...8 }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ dy: Tensor<Scalar>
  ) -> Tensor<Scalar>? {
    dy / x
  }
}

/// Returns the natural logarithm of each element.
///
/// While traced, the logarithm of a ``softmax(_:axis:)`` is recorded as ``logSoftmax(_:axis:)``,
/// and that of a ``sigmoid(_:)`` as `-softplus(-x)`: the same function, without the loss of
/// accuracy near 0.
///
///     log(Tensor<Double>([1, 10]))  // [0.         2.30258509]
///
/// - Parameter x: Any shape; 0 gives −infinity, a negative number NaN.
/// - Returns: A tensor of the same shape.
/// - SeeAlso: NumPy's `log`.
public func log<Scalar: FloatingScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  Log.ofProbability(x) ?? Log()(x)
}

extension Log {
  /// The logarithm of a traced softmax or sigmoid, from what these were taken of; `nil` for
  /// anything else.
  static func ofProbability<Scalar: FloatingScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar>? {
    guard let node = x.storage.node, let operation = node.operation else { return nil }
    switch operation {
    case let softmax as Softmax:
      return LogSoftmax(axis: softmax.axis)(Tensor<Scalar>(node.inputs[0]))
    case is Sigmoid: return -softplus(-Tensor<Scalar>(node.inputs[0]))
    default: return nil
    }
  }
}
