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
  package func shape(of operands: [Shape]) -> Shape { operands[0] }
  package func rowWork(_ shapes: [Shape], _ types: [ScalarType]) -> RowWork? {
    .elements(Self.loop(types[0]))
  }

  package func lower(_ operands: [Operand], to result: Operand, emit: (my_call) -> Void) {
    Lowering.loop(Self.loop(operands[0].type), [result] + operands, emit: emit)
  }

  package func derivative<Scalar: FloatingScalar>(_ at: Derivation<Scalar>) -> [Node?] {
    [Self.derivative(at.operand(0), at.result, at.gradient)?.node]
  }

  package func callAsFunction<Scalar: TensorScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
    Tensor(callAsFunction(x.untyped))
  }

  /// What ``Primitive/run(_:)`` does, without an array of operands.
  private func callAsFunction(_ x: UntypedTensor) -> UntypedTensor {
    guard x.storage.node == nil else { return run([x]) }
    let result = UntypedTensor(inNewMemory: x.layout, x.scalarType)
    Lowering.run(Self.loop(x.scalarType), result, x)
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
  package func rowWork(_ shapes: [Shape], _ types: [ScalarType]) -> RowWork? {
    .elements(Self.loop(types[0]))
  }

  package func lower(_ operands: [Operand], to result: Operand, emit: (my_call) -> Void) {
    Lowering.loop(Self.loop(operands[0].type), [result] + operands, emit: emit)
  }

  /// Broadcasts the operands to one shape and runs or records the operation.
  package func callAsFunction<Scalar: TensorScalar, Result: TensorScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>
  ) -> Tensor<Result> {
    Tensor(callAsFunction(x.untyped, y.untyped, Result.scalarType))
  }

  private func callAsFunction(
    _ x: UntypedTensor, _ y: UntypedTensor, _ type: ScalarType
  ) -> UntypedTensor {
    func shape() -> Shape {
      requireShape { () throws(ShapeError) in try Shape.broadcast(x.layout.shape, y.layout.shape) }
    }
    guard x.storage.node == nil, y.storage.node == nil else {
      return run([x.broadcast(to: shape()), y.broadcast(to: shape())])
    }
    let result =
      x.layout.holds(y.layout)
      ? UntypedTensor(inNewMemory: x.layout, type)
      : y.layout.holds(x.layout)
        ? UntypedTensor(inNewMemory: y.layout, type) : UntypedTensor(shape(), type)
    Lowering.run(Self.loop(x.scalarType), result, x, y)
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

extension Lowering {
  /// Runs a loop at once; over few contiguous elements, without the cost of a call's description.
  fileprivate static func run(_ loop: Loop, _ result: UntypedTensor, _ x: UntypedTensor) {
    let count = result.layout.elementCount
    if x.layout.isContiguous, count <= smallCount, let out = result.start, let x0 = x.start {
      withUnsafePointers((out, x0)) { data in
        withUnsafeInts((1, 1)) { stride in loop(data, stride, count) }
      }
    } else {
      Lowering.runLoop(loop, result, x, nil)
    }
    withExtendedLifetime((result, x)) {}
  }

  fileprivate static func run(
    _ loop: Loop, _ result: UntypedTensor, _ x: UntypedTensor, _ y: UntypedTensor
  ) {
    let count = result.layout.elementCount
    // The step of each operand, if all is one dimension: the elements themselves, or one for all.
    func step(_ operand: UntypedTensor) -> Int? {
      operand.layout.elementCount == 1
        ? 0 : operand.layout.isContiguous && operand.layout.elementCount == count ? 1 : nil
    }
    if count <= smallCount, let sx = step(x), let sy = step(y), let out = result.start,
      let x0 = x.start, let y0 = y.start
    {
      withUnsafePointers((out, x0, y0)) { data in
        withUnsafeInts((1, sx, sy)) { stride in loop(data, stride, count) }
      }
    } else {
      Lowering.runLoop(loop, result, x, y)
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
