/// What `RandomState` and `Generator` have in common: how draws fill a tensor, and the checks of
/// parameters.
protocol RandomSource {
  associatedtype Bits: BitGenerator
  /// Where the random bits come from.
  var generator: Bits { get set }
}

extension RandomSource {
  /// A tensor of draws, made one after the other in C order; `draw` is told the position.
  @inline(__always)
  mutating func draws<Scalar: TensorScalar>(
    _ shape: Shape, _ draw: (inout Self, Int) -> Scalar
  ) -> Tensor<Scalar> {
    let storage = Storage(count: shape.elementCount, of: Scalar.self)
    let elements = storage.elements(as: Scalar.self)
    for position in elements.indices {
      elements.initializeElement(at: position, to: draw(&self, position))
    }
    return Tensor(storage: storage, layout: Layout(shape))
  }

  /// A tensor of draws, made one after the other in C order.
  @inline(__always)
  mutating func draws<Scalar: TensorScalar>(
    _ shape: Shape, _ draw: (inout Self) -> Scalar
  ) -> Tensor<Scalar> {
    draws(shape) { random, _ in draw(&random) }
  }

  /// A tensor of draws with a parameter for each.
  @inline(__always)
  mutating func draws<Parameter: TensorScalar, Scalar: TensorScalar>(
    _ shape: Shape, _ a: Tensor<Parameter>, _ draw: (inout Self, Parameter) -> Scalar
  ) -> Tensor<Scalar> {
    a.broadcast(to: shape).withElements { a in
      draws(shape) { random, position in draw(&random, a[position]) }
    }
  }

  /// A tensor of draws with two parameters for each.
  @inline(__always)
  mutating func draws<Parameter: TensorScalar, Scalar: TensorScalar>(
    _ shape: Shape, _ a: Tensor<Parameter>, _ b: Tensor<Parameter>,
    _ draw: (inout Self, Parameter, Parameter) -> Scalar
  ) -> Tensor<Scalar> {
    a.broadcast(to: shape).withElements { a in
      b.broadcast(to: shape).withElements { b in
        draws(shape) { random, position in draw(&random, a[position], b[position]) }
      }
    }
  }

  /// The shape of draws with parameters: the one requested, or what the parameters broadcast to.
  ///
  /// `operands` are the shapes of the parameters and the one requested, in the order that NumPy's
  /// message counts.
  static func shape(requested: Shape?, _ operands: Shape?...) throws(RandomError) -> Shape {
    let common = try broadcast(operands.compactMap { $0 })
    if let requested, requested != common {
      throw RandomError(
        "Output size \(requested) is not compatible with broadcast dimensions of inputs \(common).")
    }
    return common
  }

  /// The shape that all of these broadcast to: NumPy's `broadcast_shapes`.
  private static func broadcast(_ shapes: [Shape]) throws(RandomError) -> Shape {
    do throws(ShapeError) { return try Shape.broadcast(all: shapes) } catch {
      throw RandomError(error.message)
    }
  }

  /// The shape that two broadcast to, in the words of NumPy's arithmetic.
  static func pair(_ a: Shape, _ b: Shape) throws(RandomError) -> Shape {
    do throws(ShapeError) {
      return try Shape.broadcast(a, b)
    } catch {
      throw RandomError(error.message)
    }
  }
}

extension RandomSource {
  /// Checks a scale as NumPy does: it looks at the sign, so that −0 is refused and NaN is not.
  static func checkScale(_ scale: Double, named name: String = "scale") throws(RandomError) {
    guard scale.sign == .plus || scale.isNaN else { throw RandomError("\(name) < 0") }
  }

  static func checkScales(
    _ scales: Tensor<Double>, named name: String = "scale"
  ) throws(RandomError) {
    try scales.withElements { scales throws(RandomError) in
      for scale in scales { try checkScale(scale, named: name) }
    }
  }
}
