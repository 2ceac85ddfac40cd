package import CKernels

/// An operation on each element by itself.
package protocol UnaryPrimitive: Primitive {
  init()
  static var name: String { get }
  /// The C loop for a type.
  static func loop(_ type: ScalarType) -> Loop
  /// The definition, in double precision: what tests compare with.
  static func reference(_ x: Double) -> Double
  /// How far a floating result may be from the definition, in units in the last place.
  static var accuracy: Int { get }
  /// Arguments at which the function is defined and smooth, for tests.
  static var domain: ClosedRange<Double> { get }
  /// The derivative times `dy`, at argument `x` with result `y`; `nil` if it is zero everywhere.
  static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ dy: Tensor<Scalar>
  ) -> Tensor<Scalar>?
}

extension UnaryPrimitive {
  package static var domain: ClosedRange<Double> { -4...4 }

  package var name: String { Self.name }
  package var isElementwise: Bool { true }
  package func shape(of operands: [Shape]) -> Shape { operands[0] }

  package func lower(_ operands: [Operand], to result: Operand, emit: (my_call) -> Void) {
    Lowering.loop(Self.loop(operands[0].type), [result] + operands, emit: emit)
  }

  package func derivative<Scalar: FloatingScalar>(_ at: Derivation<Scalar>) -> [Node?] {
    [Self.derivative(at.operand(0), at.result, at.gradient)?.node]
  }

  package func callAsFunction<Scalar: TensorScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
    guard !x.isTraced else { return apply(to: [x]) }
    let result = Tensor(storage: Storage<Scalar>(count: x.count), layout: x.freshLayout)
    let loop = Self.loop(Scalar.scalarType)
    if x.layout.isContiguous, x.count <= Lowering.smallCount {
      Lowering.run(loop, result.count, result, x)
    } else {
      Lowering.loop(loop, [result.operand, x.operand]) { Lowering.run($0) }
      withExtendedLifetime((result, x)) {}
    }
    return result
  }
}

/// What binary primitives of numbers and comparisons share: two operands of one shape and type.
package protocol PairwisePrimitive: Primitive {
  init()
  static var name: String { get }
  /// The C loop for a type.
  static func loop(_ type: ScalarType) -> Loop
}

extension PairwisePrimitive {
  package var name: String { Self.name }
  package func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
    try Shape.broadcast(operands[0], operands[1])
  }

  package func lower(_ operands: [Operand], to result: Operand, emit: (my_call) -> Void) {
    Lowering.loop(Self.loop(operands[0].type), [result] + operands, emit: emit)
  }

  /// Broadcasts the operands to one shape and runs or records the operation.
  package func callAsFunction<Scalar: TensorScalar, Result: TensorScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>
  ) -> Tensor<Result> {
    let shape = requireShape { () throws(ShapeError) in
      try Shape.broadcast(x.layout.shape, y.layout.shape)
    }
    guard !x.isTraced, !y.isTraced else {
      return apply(to: [x.broadcast(to: shape), y.broadcast(to: shape)])
    }
    let layout =
      shape == x.layout.shape
      ? x.freshLayout : shape == y.layout.shape ? y.freshLayout : Layout(shape)
    let result = Tensor(storage: Storage<Result>(count: shape.elementCount), layout: layout)
    let loop = Self.loop(Scalar.scalarType)
    if x.layout.shape == y.layout.shape, x.layout.isContiguous, y.layout.isContiguous,
      result.count <= Lowering.smallCount
    {
      Lowering.run(loop, result.count, result, x, y)
    } else {
      Lowering.loop(loop, [result.operand, x.operand, y.operand]) { Lowering.run($0) }
      withExtendedLifetime((result, x, y)) {}
    }
    return result
  }
}

/// An operation on two numbers, with a number as result.
package protocol BinaryPrimitive: PairwisePrimitive {
  /// The definition, in double precision: what tests compare with.
  static func reference(_ x: Double, _ y: Double) -> Double
  /// How far a floating result may be from the definition, in units in the last place.
  static var accuracy: Int { get }
  /// Arguments at which the function is defined and smooth, for tests.
  static var domain: ClosedRange<Double> { get }
  /// The derivatives by `x` and by `y` times `dz`, with result `z`.
  static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ z: Tensor<Scalar>, _ dz: Tensor<Scalar>
  ) -> (Tensor<Scalar>, Tensor<Scalar>)
}

extension BinaryPrimitive {
  package static var accuracy: Int { 0 }
  package static var domain: ClosedRange<Double> { -4...4 }
  package var isElementwise: Bool { true }

  package func derivative<Scalar: FloatingScalar>(_ at: Derivation<Scalar>) -> [Node?] {
    let (dx, dy) = Self.derivative(at.operand(0), at.operand(1), at.result, at.gradient)
    return [dx.node, dy.node]
  }
}

/// A comparison of two numbers, with a truth value as result.
package protocol ComparisonPrimitive: PairwisePrimitive {
  /// The definition.
  static func reference(_ x: Double, _ y: Double) -> Bool
}

extension ComparisonPrimitive {
  package func scalarType(of operands: [ScalarType]) -> ScalarType { .bool }
  package func derivative<Scalar: FloatingScalar>(_ at: Derivation<Scalar>) -> [Node?] {
    [nil, nil]
  }
}

extension Tensor {
  /// The layout of a new tensor of the same shape.
  fileprivate var freshLayout: Layout {
    guard layout.isContiguous else { return Layout(layout.shape) }
    var fresh = layout
    fresh.offset = 0
    return fresh
  }

  /// The address of the first element.
  fileprivate var start: UnsafeMutableRawPointer? {
    storage.elements.baseAddress.map { UnsafeMutableRawPointer($0 + layout.offset) }
  }
}

extension Lowering {
  /// Up to so many elements a loop is called as it stands: there is nothing to share among threads.
  fileprivate static let smallCount = 16384

  /// Runs a loop over contiguous elements, without the cost of a call's description.
  fileprivate static func run<Result: TensorScalar, Scalar: TensorScalar>(
    _ loop: Loop, _ count: Int, _ result: Tensor<Result>, _ x: Tensor<Scalar>
  ) {
    guard let out = result.start, let x0 = x.start else { return }
    withUnsafePointers((out, x0)) { data in
      withUnsafeInts((1, 1)) { stride in loop(data, stride, count) }
    }
    withExtendedLifetime((result, x)) {}
  }

  fileprivate static func run<Result: TensorScalar, Scalar: TensorScalar>(
    _ loop: Loop, _ count: Int, _ result: Tensor<Result>, _ x: Tensor<Scalar>, _ y: Tensor<Scalar>
  ) {
    guard let out = result.start, let x0 = x.start, let y0 = y.start else { return }
    withUnsafePointers((out, x0, y0)) { data in
      withUnsafeInts((1, 1, 1)) { stride in loop(data, stride, count) }
    }
    withExtendedLifetime((result, x, y)) {}
  }

  private static func withUnsafePointers<Tuple>(
    _ tuple: Tuple, _ body: (UnsafePointer<UnsafeMutableRawPointer>) -> Void
  ) {
    withUnsafeBytes(of: tuple) { bytes in
      if let start = bytes.baseAddress {
        body(start.assumingMemoryBound(to: UnsafeMutableRawPointer.self))
      }
    }
  }

  private static func withUnsafeInts<Tuple>(_ tuple: Tuple, _ body: (UnsafePointer<Int>) -> Void) {
    withUnsafeBytes(of: tuple) { bytes in
      if let start = bytes.baseAddress { body(start.assumingMemoryBound(to: Int.self)) }
    }
  }
}
