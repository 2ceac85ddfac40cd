/// An array of numbers (or truth values) with any number of axes: NumPy's `ndarray`.
///
/// A tensor is a value. Views (slices, transposes, broadcasts) share its memory until one of them
/// is written to. An operation on concrete tensors runs at once; on traced ones, inside
/// ``compile(_:)`` or ``valueAndGradient(of:)``, the same operation is recorded.
///
///     let x: Tensor<Float> = [[1, 2, 3], [4, 5, 6]]
///     x.shape         // (2, 3)
///     x.rank          // 2
///     x.count         // 6
///     x.scalarType    // float32
///     x.sum(axis: 0)  // [5. 7. 9.]
public struct Tensor<Scalar: TensorScalar>: Sendable {
  package var untyped: UntypedTensor

  package init(storage: Storage, layout: Layout) {
    untyped = UntypedTensor(storage: storage, layout: layout, scalarType: Scalar.scalarType)
  }

  package var storage: Storage { untyped.storage }
  package var layout: Layout { untyped.layout }

  /// A traced tensor: it stands for what `node` will compute.
  package init(_ node: Node) {
    precondition(
      node.type == Scalar.scalarType, "a \(node.type.name) value is not \(Scalar.scalarType.name)")
    self.init(storage: Storage(node: node), layout: Layout(node.shape))
  }

  /// Makes a tensor whose elements `initialize` sets, all of them.
  package init(_ shape: Shape, initialize: (UnsafeMutableBufferPointer<Scalar>) -> Void) {
    let storage = Storage(count: shape.elementCount, of: Scalar.self)
    initialize(storage.elements(as: Scalar.self))
    self.init(storage: storage, layout: Layout(shape))
  }

  /// The extents of the axes.
  public var shape: Shape { untyped.layout.shape }
  /// The number of axes: NumPy's `ndim`.
  public var rank: Int { layout.rank }
  /// The number of elements: NumPy's `size`.
  public var count: Int { layout.elementCount }
  /// The type of the elements: NumPy's `dtype`.
  public var scalarType: ScalarType { Scalar.scalarType }
  /// Whether the tensor is being traced: it has a shape but no elements yet.
  ///
  ///     let double = compile { (x: Tensor<Double>) in x.isTraced ? 2 * x : x }
  ///     double(Tensor([1, 2]))           // [2. 4.]
  ///     Tensor<Double>([1, 2]).isTraced  // false
  public var isTraced: Bool { storage.node != nil }

  /// The elements in C order: NumPy's `ravel().tolist()`.
  ///
  ///     Tensor<Int>([[1, 2], [3, 4]]).transposed().scalars  // [1, 3, 2, 4]
  ///
  /// - Precondition: The tensor is concrete.
  public var scalars: [Scalar] {
    withElements { Array($0) }
  }

  /// The only element.
  ///
  ///     Tensor<Int>([[7]]).scalar  // 7
  ///
  /// - Precondition: There is exactly one: NumPy's `item()`.
  public var scalar: Scalar {
    require(count == 1, "can only convert an array of size 1 to a Python scalar")
    requireConcrete()
    return storage.elements(as: Scalar.self)[layout.offset]
  }

  package func requireConcrete() {
    require(!isTraced, "a traced tensor has no elements to read until the function has run")
  }

  /// Calls `body` with the elements in C order, copied first if they don't lie so.
  ///
  ///     Tensor<Int>([3, 9, 4]).withElements { $0.max() ?? 0 }  // 9
  ///
  /// - Parameter body: Reads the elements; the buffer must not be kept.
  /// - Returns: What `body` returns.
  /// - Throws: What `body` throws.
  /// - Precondition: The tensor is concrete.
  public func withElements<Result, Failure: Error>(
    _ body: (UnsafeBufferPointer<Scalar>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    requireConcrete()
    guard layout.isContiguous else { return try contiguous().withElements(body) }
    let elements = UnsafeBufferPointer(
      rebasing: storage.elements(as: Scalar.self)[layout.offset..<layout.offset + count])
    defer { withExtendedLifetime(self) {} }
    return try body(elements)
  }

  /// Calls `body` with the elements in C order, to be changed.
  ///
  /// The elements are copied first if another tensor shares them.
  ///
  ///     var x: Tensor<Int> = [3, 9, 4]
  ///     x.withMutableElements { $0[1] = 0 }
  ///     x  // [3 0 4]
  ///
  /// - Parameter body: Reads and writes the elements; the buffer must not be kept.
  /// - Returns: What `body` returns.
  /// - Throws: What `body` throws.
  /// - Precondition: The tensor is concrete.
  public mutating func withMutableElements<Result, Failure: Error>(
    _ body: (UnsafeMutableBufferPointer<Scalar>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    requireConcrete()
    if !layout.isContiguous || !untyped.storage.isUniquelyReferenced() {
      self = copied()
    }
    let elements = UnsafeMutableBufferPointer(
      rebasing: storage.elements(as: Scalar.self)[layout.offset..<layout.offset + count])
    defer { withExtendedLifetime(storage) {} }
    return try body(elements)
  }

  /// A tensor with the same elements in memory of its own.
  package func copied() -> Tensor {
    Tensor(untyped.copied())
  }
}

/// A tensor whose scalar type is known at run time only: what operations work on, one code for all types.
package struct UntypedTensor: Sendable {
  package var storage: Storage
  package var layout: Layout
  package var scalarType: ScalarType

  package init(storage: Storage, layout: Layout, scalarType: ScalarType) {
    self.storage = storage
    self.layout = layout
    self.scalarType = scalarType
  }

  /// Memory of its own, not set to anything.
  package init(_ shape: Shape, _ type: ScalarType) {
    self.init(memoryFor: Layout(shape), type)
  }

  /// Memory of its own for the shape of a layout, not set to anything.
  init(inNewMemory layout: Layout, _ type: ScalarType) {
    self.init(memoryFor: layout.inNewMemory, type)
  }

  /// Memory of its own for a layout that is of memory made for its shape, not set to anything.
  init(memoryFor layout: Layout, _ type: ScalarType) {
    self.init(
      storage: Storage(byteCount: layout.elementCount * type.byteCount), layout: layout,
      scalarType: type)
  }

  /// A traced tensor.
  package init(_ node: Node) {
    self.init(storage: Storage(node: node), layout: Layout(node.shape), scalarType: node.type)
  }

  /// A view with the axes the other way round.
  var reversed: UntypedTensor {
    UntypedTensor(storage: storage, layout: layout.reversed, scalarType: scalarType)
  }

  /// The same elements in memory of its own.
  func copied() -> UntypedTensor {
    let copy = UntypedTensor(inNewMemory: layout, scalarType)
    Lowering.runCopy(self, to: copy)
    return copy
  }

  package var untyped: UntypedTensor { self }

  /// The address of the first element, if there is memory.
  package var start: UnsafeMutableRawPointer? {
    storage.bytes.baseAddress.map { $0 + layout.offset * scalarType.byteCount }
  }
}

/// A tensor of any scalar type.
package protocol AnyTensor: Sendable {
  var untyped: UntypedTensor { get }
}

extension UntypedTensor: AnyTensor {}

extension AnyTensor {
  package var shape: Shape { untyped.layout.shape }
  package var scalarType: ScalarType { untyped.scalarType }
  package var isTraced: Bool { untyped.storage.node != nil }

  /// Where the elements lie; the tensor must outlive its use.
  package var operand: Operand {
    let tensor = untyped
    return Operand(
      base: tensor.storage.bytes.baseAddress, layout: tensor.layout, type: tensor.scalarType)
  }

  /// The node that stands for the tensor in a trace.
  package var node: Node { untyped.storage.node ?? Node(constant: untyped) }
}

extension Tensor: AnyTensor {
  /// The tensor, of which it is now said what type it has.
  package init(_ tensor: UntypedTensor) {
    precondition(
      tensor.scalarType == Scalar.scalarType,
      "a \(tensor.scalarType.name) tensor is not \(Scalar.scalarType.name)")
    untyped = tensor
  }
}
