package import CKernels

package struct Select: Primitive {
  package init() {}
  package var name: String { "select" }
  package func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
    try Shape.broadcast(operands)
  }
  package func scalarType(of operands: [ScalarType]) -> ScalarType { operands[1] }
  package func rowWork(_ shapes: [Shape], _ types: [ScalarType]) -> RowWork? {
    .elements(Kernels.numeric(types[1]).pointee.select)
  }
  package func lower(_ operands: [Operand], to result: Operand, emit: (my_call) -> Void) {
    Lowering.loop(
      Kernels.numeric(result.type).pointee.select, [result] + operands, emit: emit)
  }
  package func derivative<Scalar: FloatingScalar>(_ at: Derivation<Scalar>) -> [Node?] {
    let condition = at.operand(0, as: Bool.self)
    return [nil, select(condition, at.gradient, 0).node, select(condition, 0, at.gradient).node]
  }
}

/// Returns elements of `x` where the condition holds, else of `y`.
///
///     select(Tensor<Bool>([true, false]), Tensor<Int>([1, 2]), Tensor<Int>([3, 4]))  // [1 4]
///
/// - Parameters:
///   - condition: Any shape.
///   - x: A shape that broadcasts with that of `condition`.
///   - y: Likewise.
/// - Returns: A tensor of the common shape.
/// - SeeAlso: NumPy's `where`.
public func select<Scalar: TensorScalar>(
  _ condition: Tensor<Bool>, _ x: Tensor<Scalar>, _ y: Tensor<Scalar>
) -> Tensor<Scalar> {
  let shape = requireShape { () throws(ShapeError) in
    try Shape.broadcast([condition.shape, x.shape, y.shape])
  }
  return Select()(
    condition.broadcast(to: shape), x.broadcast(to: shape), y.broadcast(to: shape))
}

/// Returns elements of `x` where the condition holds, else the number.
public func select<Scalar: TensorScalar>(
  _ condition: Tensor<Bool>, _ x: Tensor<Scalar>, _ y: Scalar
) -> Tensor<Scalar> {
  select(condition, x, Tensor(y))
}

/// Returns the number where the condition holds, else elements of `y`.
public func select<Scalar: TensorScalar>(
  _ condition: Tensor<Bool>, _ x: Scalar, _ y: Tensor<Scalar>
) -> Tensor<Scalar> {
  select(condition, Tensor(x), y)
}
