package import CKernels

/// The binary cross-entropy of a sigmoid, element by element: of what it is taken of, and targets.
package struct SigmoidCrossEntropy: Primitive {
  package init() {}
  package var name: String { "sigmoidCrossEntropy" }
  package func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
    try Shape.broadcast(operands)
  }
  package func rowWork(_ shapes: [Shape], _ types: [ScalarType]) -> RowWork? {
    .elements(Kernels.floating(types[0]).pointee.sigmoid_cross_entropy)
  }
  package func lower(_ operands: [Operand], to result: Operand, emit: (my_call) -> Void) {
    Lowering.loop(
      Kernels.floating(result.type).pointee.sigmoid_cross_entropy, [result] + operands, emit: emit)
  }
  package func derivative<Scalar: FloatingScalar>(_ at: Derivation<Scalar>) -> [Node?] {
    let (x, t, dy) = (at.operand(0), at.operand(1), at.gradient)
    return [(dy * (sigmoid(x) - t)).node, (dy * -x).node]
  }
}

/// Returns `−(t · log p + (1 − t) · log(1 − p))` with `p = sigmoid(x)`, without forming `p`: nothing
/// is lost where that is close to 0 or 1.
///
/// The formula is `log(1 + exp(−|x|)) + x · (1 − t)` for positive, `… − x · t` for negative `x`.
///
///     sigmoidCrossEntropy(Tensor<Double>([0, 800]), [1, 1])  // [0.69314718 0.        ]
///
/// - Parameters:
///   - x: What the sigmoid is taken of, any shape.
///   - target: The targets `t`, from 0 to 1; a shape that broadcasts with that of `x`.
/// - Returns: A tensor of the common shape.
/// - SeeAlso: TensorFlow's `sigmoid_cross_entropy_with_logits`.
public func sigmoidCrossEntropy<Scalar: FloatingScalar>(
  _ x: Tensor<Scalar>, _ target: Tensor<Scalar>
) -> Tensor<Scalar> {
  let shape = requireShape { () throws(ShapeError) in try Shape.broadcast(x.shape, target.shape) }
  return SigmoidCrossEntropy()(x.broadcast(to: shape), target.broadcast(to: shape))
}
