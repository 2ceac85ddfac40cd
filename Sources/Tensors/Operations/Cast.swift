package import CKernels

package struct Cast: Primitive {
  package var type: ScalarType
  package var name: String { "cast(\(type.name))" }
  package func shape(of operands: [Shape]) -> Shape { operands[0] }
  package func scalarType(of operands: [ScalarType]) -> ScalarType { type }
  package func rowWork(_ shapes: [Shape], _ types: [ScalarType]) -> RowWork? {
    .elements(loop(from: types[0]))
  }
  package func lower(_ operands: [Operand], to result: Operand, emit: (my_call) -> Void) {
    Lowering.loop(loop(from: operands[0].type), [result] + operands, emit: emit)
  }
  private func loop(from source: ScalarType) -> Loop {
    let loops = Kernels.numeric(source)
    return switch type {
    case .float32: loops.pointee.to_f32
    case .float64: loops.pointee.to_f64
    case .int8: loops.pointee.to_i8
    case .int16: loops.pointee.to_i16
    case .int32: loops.pointee.to_i32
    case .int64: loops.pointee.to_i64
    case .uint8: loops.pointee.to_u8
    case .uint16: loops.pointee.to_u16
    case .uint32: loops.pointee.to_u32
    case .uint64: loops.pointee.to_u64
    case .bool: loops.pointee.to_bool
    }
  }
  package func derivative<Scalar: FloatingScalar>(_ at: Derivation<Scalar>) -> [Node?] {
    let source = at.node.inputs[0].type
    return [source.isFloating ? Node(Cast(type: source), [at.gradient.node]) : nil]
  }
}

extension Tensor {
  /// Makes a tensor with the elements of another converted to this type.
  ///
  /// Floating numbers are cut to whole ones toward zero; those out of range become the nearest, NaN
  /// 0.
  ///
  ///     Tensor<Int>(Tensor<Double>([1.9, -1.9]))  // [ 1 -1]
  ///
  /// - Parameter other: Any shape.
  /// - SeeAlso: NumPy's `astype`, which leaves out-of-range conversions to the processor.
  public init<Other: TensorScalar>(_ other: Tensor<Other>) {
    let type = Scalar.scalarType
    self.init(type == Other.scalarType ? other.untyped : Cast(type: type).run([other.untyped]))
  }
}
