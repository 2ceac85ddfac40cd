package import CKernels

/// An operation: all there is to know of it stands in the one file that defines its type.
///
/// A primitive is a small value that holds the operation's settings (an axis, a permutation). It tells the shape and type of
/// its result, how it is done (as a view of its operand, or by calls of C loops) and its derivative, written
/// in operations.
package protocol Primitive: Sendable, Hashable {
  /// The name in listings, with the settings, such as `sum(axis: 1)`.
  var name: String { get }

  /// The shape of the result.
  func shape(of operands: [Shape]) throws(ShapeError) -> Shape

  /// The type of the result's elements.
  func scalarType(of operands: [ScalarType]) -> ScalarType

  /// The layout of the result over the memory of the only operand, or `nil` if it needs memory of its own.
  func view(of layout: Layout) -> Layout?

  /// How the operation is done on some rows of a table by themselves, if it can be: then it is done together with its
  /// neighbours, while the rows are in the first cache.
  ///
  /// - Parameters:
  ///   - shapes: The operands' shapes; a table's rows are the last axis.
  ///   - types: The operands' types.
  /// - Returns: How, or `nil` if not.
  func rowWork(_ shapes: [Shape], _ types: [ScalarType]) -> RowWork?

  /// Emits the calls that write the result; `result` is contiguous.
  func lower(_ operands: [Operand], to result: Operand, emit: (my_call) -> Void)

  /// What the loss changes by with each operand, given what it changes by with the result; `nil` for an operand that it
  /// does not depend on.
  func derivative<Scalar: FloatingScalar>(_ at: Derivation<Scalar>) -> [Node?]
}

extension Primitive {
  package func scalarType(of operands: [ScalarType]) -> ScalarType { operands[0] }
  package func view(of layout: Layout) -> Layout? { nil }
  package func rowWork(_ shapes: [Shape], _ types: [ScalarType]) -> RowWork? { nil }

  /// Runs the operation on concrete operands, or records it if one of them is traced.
  package func run(_ operands: [UntypedTensor]) -> UntypedTensor {
    if operands.contains(where: { $0.storage.node != nil }) {
      return UntypedTensor(Node(self, operands.map(\.node)))
    }
    let type = scalarType(of: operands.map(\.scalarType))
    // A view relies on the shape's having been checked.
    let shape = requireShape { () throws(ShapeError) in
      try self.shape(of: operands.map(\.layout.shape))
    }
    if let source = operands.first, source.scalarType == type,
      let view = view(of: source.layout)
    {
      return UntypedTensor(storage: source.storage, layout: view, scalarType: type)
    }
    let result = UntypedTensor(shape, type)
    lower(operands.map(\.operand), to: result.operand) { Lowering.run($0) }
    withExtendedLifetime(operands) {}
    return result
  }

  /// Runs the operation on tensors of any types.
  package func apply<Result: TensorScalar>(to operands: [any AnyTensor]) -> Tensor<Result> {
    Tensor(run(operands.map(\.untyped)))
  }

  package func callAsFunction<X: TensorScalar, Result: TensorScalar>(
    _ x: Tensor<X>
  ) -> Tensor<Result> {
    Tensor(run([x.untyped]))
  }

  package func callAsFunction<X: TensorScalar, Y: TensorScalar, Result: TensorScalar>(
    _ x: Tensor<X>, _ y: Tensor<Y>
  ) -> Tensor<Result> {
    Tensor(run([x.untyped, y.untyped]))
  }

  package func callAsFunction<
    X: TensorScalar, Y: TensorScalar, Z: TensorScalar, Result: TensorScalar
  >(
    _ x: Tensor<X>, _ y: Tensor<Y>, _ z: Tensor<Z>
  ) -> Tensor<Result> {
    Tensor(run([x.untyped, y.untyped, z.untyped]))
  }
}

/// How an operation is done on some rows of a table.
package enum RowWork {
  /// Element by element: the result may take an operand's memory.
  case elements(Loop)
  /// Each row by itself, with a row as result, which may take the operand's memory.
  case lines(LineLoop)
  /// Each row by itself, with one number as result.
  case reduction(ReductionLoop)

  package var isElementwise: Bool {
    if case .elements = self { true } else { false }
  }
}

/// Where a derivative is taken: the operation's operands and result, and the gradient of the loss by the result.
package struct Derivation<Scalar: FloatingScalar> {
  package let node: Node
  package let gradient: Tensor<Scalar>

  /// The operation's result.
  package var result: Tensor<Scalar> { Tensor(node) }
  /// The operation's `index`-th operand.
  package func operand(_ index: Int) -> Tensor<Scalar> { Tensor(node.inputs[index]) }
  /// The operation's `index`-th operand, of another type.
  package func operand<Other: TensorScalar>(_ index: Int, as _: Other.Type) -> Tensor<Other> {
    Tensor(node.inputs[index])
  }
}
