package import CKernels

// Operations that move elements: most are views, which cost nothing.

package struct Broadcast: Primitive {
  package var target: Shape
  package var name: String { "broadcast\(target)" }
  package func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
    try operands[0].checkBroadcast(to: target)
    return target
  }
  package func view(of layout: Layout) -> Layout? { layout.broadcast(to: target) }
  package func lower(_ operands: [Operand], to result: Operand, emit: (my_call) -> Void) {
    var source = operands[0]
    source.layout = source.layout.broadcast(to: target)
    Lowering.copy(source, to: result, emit: emit)
  }
  package func derivative<Scalar: FloatingScalar>(_ at: Derivation<Scalar>) -> [Node?] {
    let source = at.node.inputs[0].shape
    let lead = target.rank - source.rank
    let repeated = target.indices.filter {
      $0 < lead || (source[$0 - lead] == 1 && target[$0] != 1)
    }
    return [at.gradient.sum(axes: repeated).reshaped(source).node]
  }
}

package struct Transpose: Primitive {
  package var axes: [Int]
  package var name: String { "transpose\(axes)" }
  package func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
    try operands[0].transposed(axes)
  }
  package func view(of layout: Layout) -> Layout? { layout.transposed(axes) }
  package func lower(_ operands: [Operand], to result: Operand, emit: (my_call) -> Void) {
    var source = operands[0]
    source.layout = source.layout.transposed(axes)
    Lowering.copy(source, to: result, emit: emit)
  }
  package func derivative<Scalar: FloatingScalar>(_ at: Derivation<Scalar>) -> [Node?] {
    var inverse = axes
    for (position, axis) in axes.enumerated() { inverse[axis] = position }
    return [at.gradient.transposed(inverse).node]
  }
}

package struct Reshape: Primitive {
  package var target: Shape
  package var name: String { "reshape\(target)" }
  package func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
    try operands[0].reshaped(to: target.extents)
  }
  package func view(of layout: Layout) -> Layout? { layout.reshaped(to: target) }
  package func lower(_ operands: [Operand], to result: Operand, emit: (my_call) -> Void) {
    var flat = result
    flat.layout = Layout(operands[0].layout.shape, offset: result.layout.offset)
    Lowering.copy(operands[0], to: flat, emit: emit)
  }
  package func derivative<Scalar: FloatingScalar>(_ at: Derivation<Scalar>) -> [Node?] {
    [at.gradient.reshaped(at.node.inputs[0].shape).node]
  }
}

/// The same elements in C order: a copy if they don't lie so.
package struct Contiguous: Primitive {
  package var name: String { "contiguous" }
  package func shape(of operands: [Shape]) -> Shape { operands[0] }
  package func view(of layout: Layout) -> Layout? { layout.isContiguous ? layout : nil }
  package func lower(_ operands: [Operand], to result: Operand, emit: (my_call) -> Void) {
    Lowering.copy(operands[0], to: result, emit: emit)
  }
  package func derivative<Scalar: FloatingScalar>(_ at: Derivation<Scalar>) -> [Node?] {
    [at.gradient.node]
  }
}

/// The same elements in memory of their own.
package struct Copy: Primitive {
  package init() {}
  package var name: String { "copy" }
  package func rowWork(_ shapes: [Shape], _ types: [ScalarType]) -> RowWork? {
    .elements(Kernels.numeric(types[0]).pointee.copy)
  }
  package func shape(of operands: [Shape]) -> Shape { operands[0] }
  package func lower(_ operands: [Operand], to result: Operand, emit: (my_call) -> Void) {
    Lowering.copy(operands[0], to: result, emit: emit)
  }
  package func derivative<Scalar: FloatingScalar>(_ at: Derivation<Scalar>) -> [Node?] {
    [at.gradient.node]
  }
}

/// The same elements, with no gradient behind them.
package struct StopGradient: Primitive {
  package var name: String { "stopGradient" }
  package func shape(of operands: [Shape]) -> Shape { operands[0] }
  package func view(of layout: Layout) -> Layout? { layout }
  package func lower(_ operands: [Operand], to result: Operand, emit: (my_call) -> Void) {
    Lowering.copy(operands[0], to: result, emit: emit)
  }
  package func derivative<Scalar: FloatingScalar>(_ at: Derivation<Scalar>) -> [Node?] { [nil] }
}

/// Every `step`-th of `count` elements of an axis, from `start` on.
package struct Slice: Primitive {
  package var axis: Int
  package var start: Int
  package var step: Int
  package var count: Int
  package var name: String {
    "slice(axis: \(axis), start: \(start), step: \(step), count: \(count))"
  }
  package func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
    let extent = operands[0][try operands[0].normalizedAxis(axis)]
    let last = start + step * (count - 1)
    guard count == 0 || ((0..<extent).contains(start) && (0..<extent).contains(last)) else {
      throw ShapeError(
        "slice from \(start) to \(last) is out of bounds for axis \(axis) with size \(extent)")
    }
    return operands[0].replacing(axis: axis, by: count)
  }
  package func view(of layout: Layout) -> Layout? {
    layout.sliced(axis: axis, start: start, step: step, count: count)
  }
  package func lower(_ operands: [Operand], to result: Operand, emit: (my_call) -> Void) {
    var source = operands[0]
    source.layout = source.layout.sliced(axis: axis, start: start, step: step, count: count)
    Lowering.copy(source, to: result, emit: emit)
  }
  package func derivative<Scalar: FloatingScalar>(_ at: Derivation<Scalar>) -> [Node?] {
    [Node(Embed(slice: self, extent: at.node.inputs[0].shape[axis]), [at.gradient.node])]
  }
}

/// Zeros, but for a slice that holds the operand: the derivative of ``Slice``.
package struct Embed: Primitive {
  package var slice: Slice
  package var extent: Int
  package var name: String { "embed(\(slice.name), extent: \(extent))" }
  package func shape(of operands: [Shape]) -> Shape {
    operands[0].replacing(axis: slice.axis, by: extent)
  }
  package func lower(_ operands: [Operand], to result: Operand, emit: (my_call) -> Void) {
    Lowering.zeros(result, emit: emit)
    var place = result
    place.layout = result.layout.sliced(
      axis: slice.axis, start: slice.start, step: slice.step, count: slice.count)
    Lowering.copy(operands[0], to: place, emit: emit)
  }
  package func derivative<Scalar: FloatingScalar>(_ at: Derivation<Scalar>) -> [Node?] {
    [Node(slice, [at.gradient.node])]
  }
}

/// Tensors joined along an axis.
package struct Concatenate: Primitive {
  package var axis: Int
  package var name: String { "concatenate(axis: \(axis))" }
  package func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
    try Shape.concatenate(operands, axis: axis)
  }
  /// The part of the result that each operand fills.
  package func places(_ operands: [Shape], in result: Layout) -> [Layout] {
    var start = 0
    return operands.map { shape in
      defer { start += shape[axis] }
      return result.sliced(axis: axis, start: start, step: 1, count: shape[axis])
    }
  }
  package func lower(_ operands: [Operand], to result: Operand, emit: (my_call) -> Void) {
    let layouts = places(operands.map(\.layout.shape), in: result.layout)
    for (operand, layout) in zip(operands, layouts) {
      var place = result
      place.layout = layout
      if operand.start != place.start || operand.layout.strides != layout.strides {
        Lowering.copy(operand, to: place, emit: emit)
      }
    }
  }
  package func derivative<Scalar: FloatingScalar>(_ at: Derivation<Scalar>) -> [Node?] {
    var start = 0
    return at.node.inputs.map { operand in
      let count = operand.shape[axis]
      defer { start += count }
      return Node(Slice(axis: axis, start: start, step: 1, count: count), [at.gradient.node])
    }
  }
}

extension Tensor {
  /// Returns the tensor repeated to a larger shape, as a view.
  ///
  ///     Tensor<Int>([1, 2]).broadcast(to: [2, 2])  // [[1 2]
  ///                                                //  [1 2]]
  ///
  /// - Parameter shape: Extents that differ from this tensor's only where that is 1 or missing in
  ///   front.
  /// - Returns: A view of that shape.
  /// - SeeAlso: NumPy's `broadcast_to`.
  public func broadcast(to shape: Shape) -> Tensor {
    Tensor(untyped.broadcast(to: shape))
  }

  /// Returns the tensor with its axes in another order, as a view.
  ///
  ///     Tensor<Int>([[1, 2], [3, 4]]).transposed()  // [[1 3]
  ///                                                 //  [2 4]]
  ///
  /// - Parameter axes: Axis `i` of the result is axis `axes[i]`, from the end if negative; `nil`
  ///   reverses them.
  /// - Returns: A view with the axes permuted.
  /// - SeeAlso: NumPy's `transpose`.
  public func transposed(_ axes: [Int]? = nil) -> Tensor {
    if axes == nil, !isTraced { return Tensor(untyped.reversed) }
    let order = axes ?? Array((0..<rank).reversed())
    let normalized = requireShape { () throws(ShapeError) in
      _ = try shape.transposed(order)
      return try order.map { axis throws(ShapeError) in try shape.normalizedAxis(axis) }
    }
    return normalized == Array(0..<rank) ? self : Transpose(axes: normalized)(self)
  }

  /// Returns the elements in C order under another shape; a view where the layout allows.
  ///
  ///     Tensor<Int>([1, 2, 3, 4]).reshaped(2, -1)  // [[1 2]
  ///                                                //  [3 4]]
  ///
  /// - Parameter extents: One of them may be −1 and is worked out.
  /// - Returns: A tensor of as many elements.
  /// - SeeAlso: NumPy's `reshape`.
  public func reshaped(_ extents: Int...) -> Tensor {
    reshaped(requireShape { () throws(ShapeError) in try shape.reshaped(to: extents) })
  }

  /// Returns the elements in C order under another shape; a view where the layout allows.
  ///
  ///     Tensor<Int>([1, 2, 3, 4]).reshaped([2, 2] as Shape)  // [[1 2]
  ///                                                          //  [3 4]]
  ///
  /// - Parameter shape: As many elements as there are.
  /// - Returns: A tensor of that shape.
  /// - SeeAlso: NumPy's `reshape`; the rule is ``Shape/reshaped(to:)``.
  public func reshaped(_ shape: Shape) -> Tensor {
    Tensor(untyped.reshaped(shape))
  }

  /// Returns the elements in C order: this tensor, or a copy if it is a view that jumps.
  ///
  ///     Tensor<Int>([[1, 2], [3, 4]]).transposed().contiguous()  // [[1 3]
  ///                                                              //  [2 4]]
  ///
  /// - Returns: A tensor of the same shape.
  /// - SeeAlso: NumPy's `ascontiguousarray`.
  public func contiguous() -> Tensor {
    isTraced ? Contiguous()(self) : layout.isContiguous ? self : copied()
  }

  /// Returns the same elements, taken as constant when a gradient is formed.
  ///
  ///     let slope = gradient(of: { (x: Tensor<Double>) in (x * x.stoppingGradient()).sum() })
  ///     slope(Tensor([3, 4]))  // [3. 4.]
  ///
  /// - Returns: A tensor of the same shape.
  /// - SeeAlso: JAX's `stop_gradient`.
  public func stoppingGradient() -> Tensor {
    isTraced ? StopGradient()(self) : self
  }
}

extension UntypedTensor {
  func broadcast(to shape: Shape) -> UntypedTensor {
    shape == layout.shape ? self : Broadcast(target: shape).run([self])
  }

  func reshaped(_ shape: Shape) -> UntypedTensor {
    if shape == layout.shape { return self }
    if storage.node == nil, shape.elementCount == layout.elementCount,
      let view = layout.reshaped(to: shape)
    {
      return UntypedTensor(storage: storage, layout: view, scalarType: scalarType)
    }
    return Reshape(target: shape).run([self])
  }
}

/// Joins tensors along an axis.
///
///     concatenate([Tensor<Int>([1, 2]), Tensor<Int>([3])])  // [1 2 3]
///
/// - Parameters:
///   - tensors: At least one; equal in shape but for the extent on `axis`.
///   - axis: The axis to join along, from the end if negative; `nil` joins all elements, each
///     tensor's in C order.
/// - Returns: The joined tensor.
/// - SeeAlso: NumPy's `concatenate`.
public func concatenate<Scalar: TensorScalar>(
  _ tensors: [Tensor<Scalar>], axis: Int? = 0
) -> Tensor<Scalar> {
  guard let axis else { return concatenate(tensors.map { $0.reshaped(-1) }, axis: 0) }
  let normalized = requireShape { () throws(ShapeError) in
    _ = try Shape.concatenate(tensors.map(\.shape), axis: axis)
    return try tensors[0].shape.normalizedAxis(axis)
  }
  return tensors.count == 1 ? tensors[0] : Concatenate(axis: normalized).apply(to: tensors)
}
