package import CKernels

/// An operation on each line along an axis.
package protocol LinePrimitive: Primitive {
  var axis: Int { get }
  init(axis: Int)
  static var name: String { get }
  /// The C loop for a type.
  static func loop(_ type: ScalarType) -> LineLoop
}

extension LinePrimitive {
  package var name: String { "\(Self.name)(axis: \(axis))" }
  package func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
    _ = try operands[0].normalizedAxis(axis)
    return operands[0]
  }
  package func lower(_ operands: [Operand], to result: Operand, emit: (my_call) -> Void) {
    Lowering.lines(
      Self.loop(operands[0].type), axis: axis, of: operands[0], to: result, emit: emit)
  }
  package func rowWork(_ shapes: [Shape], _ types: [ScalarType]) -> RowWork? {
    axis == shapes[0].rank - 1 ? .lines(Self.loop(types[0])) : nil
  }
}

package struct Softmax: LinePrimitive {
  package var axis: Int
  package init(axis: Int) { self.axis = axis }
  package static var name: String { "softmax" }
  package static func loop(_ type: ScalarType) -> LineLoop {
    Kernels.floating(type).pointee.softmax
  }
  package func derivative<Scalar: FloatingScalar>(_ at: Derivation<Scalar>) -> [Node?] {
    let (y, dy) = (at.result, at.gradient)
    return [(y * (dy - (dy * y).sum(axis: axis, keepingAxis: true))).node]
  }
}

package struct LogSoftmax: LinePrimitive {
  package var axis: Int
  package init(axis: Int) { self.axis = axis }
  package static var name: String { "logSoftmax" }
  package static func loop(_ type: ScalarType) -> LineLoop {
    Kernels.floating(type).pointee.log_softmax
  }
  package func derivative<Scalar: FloatingScalar>(_ at: Derivation<Scalar>) -> [Node?] {
    let dy = at.gradient
    // exp(logSoftmax(x)) is softmax(x).
    return [(dy - exp(at.result) * dy.sum(axis: axis, keepingAxis: true)).node]
  }
}

/// Returns `exp(x)` divided by its sum along an axis: positive numbers that sum to 1.
///
///     softmax(Tensor<Double>([0, 0]))  // [0.5 0.5]
///
/// The largest element is taken off first, so that nothing overflows.
/// - Parameters:
///   - x: Any shape of rank 1 or more.
///   - axis: The axis whose elements are to sum to 1, from the end if negative.
/// - Returns: A tensor of the same shape.
/// - SeeAlso: SciPy's `softmax`.
public func softmax<Scalar: FloatingScalar>(_ x: Tensor<Scalar>, axis: Int = -1) -> Tensor<Scalar> {
  Softmax(axis: requireShape { () throws(ShapeError) in try x.shape.normalizedAxis(axis) })(x)
}

/// Returns the logarithm of ``softmax(_:axis:)``, accurate where that is close to 0.
///
///     logSoftmax(Tensor<Double>([0, 1000]))  // [-1000.     0.]
///
/// - Parameters:
///   - x: Any shape of rank 1 or more.
///   - axis: The axis over which the softmax sums to 1, from the end if negative.
/// - Returns: A tensor of the same shape, of numbers ≤ 0.
/// - SeeAlso: SciPy's `log_softmax`.
public func logSoftmax<Scalar: FloatingScalar>(_ x: Tensor<Scalar>, axis: Int = -1) -> Tensor<
  Scalar
> {
  LogSoftmax(axis: requireShape { () throws(ShapeError) in try x.shape.normalizedAxis(axis) })(x)
}

extension Tensor {
  /// Whether the tensor is traced as a softmax, whose logarithm is taken without loss of accuracy.
  package var isSoftmax: Bool { storage.node?.operation is Softmax }

  /// What the tensor is the sigmoid of, if it is traced as one.
  package var logits: Tensor? {
    guard let node = storage.node, node.operation is Sigmoid else { return nil }
    return Tensor(node.inputs[0])
  }
}
