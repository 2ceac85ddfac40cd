// How draws fill a tensor, and the shape that parameters give it.

extension RandomState {
  /// A tensor of numbers made each of one ``randomSample()``.
  @inline(__always)
  mutating func samples(_ shape: Shape, _ transform: (Double) -> Double) -> Tensor<Double> {
    let storage = Storage<Double>(count: shape.elementCount)
    let elements = storage.elements
    generator.fill(elements)
    for position in elements.indices { elements[position] = transform(elements[position]) }
    return Tensor(storage: storage, layout: Layout(shape))
  }

  /// A tensor of draws, made one after the other in C order; `draw` is told the position.
  @inline(__always)
  mutating func draws<Scalar: TensorScalar>(
    _ shape: Shape, _ draw: (inout RandomState, Int) -> Scalar
  ) -> Tensor<Scalar> {
    let storage = Storage<Scalar>(count: shape.elementCount)
    let elements = storage.elements
    for position in elements.indices {
      elements.initializeElement(at: position, to: draw(&self, position))
    }
    return Tensor(storage: storage, layout: Layout(shape))
  }

  /// A tensor of draws, made one after the other in C order.
  @inline(__always)
  mutating func draws<Scalar: TensorScalar>(
    _ shape: Shape, _ draw: (inout RandomState) -> Scalar
  ) -> Tensor<Scalar> {
    draws(shape) { random, _ in draw(&random) }
  }

  /// A tensor of draws with a parameter for each.
  @inline(__always)
  mutating func draws<Parameter: TensorScalar, Scalar: TensorScalar>(
    _ shape: Shape, _ a: Tensor<Parameter>, _ draw: (inout RandomState, Parameter) -> Scalar
  ) -> Tensor<Scalar> {
    a.broadcast(to: shape).withElements { a in
      draws(shape) { random, position in draw(&random, a[position]) }
    }
  }

  /// A tensor of draws with two parameters for each.
  @inline(__always)
  mutating func draws<Parameter: TensorScalar, Scalar: TensorScalar>(
    _ shape: Shape, _ a: Tensor<Parameter>, _ b: Tensor<Parameter>,
    _ draw: (inout RandomState, Parameter, Parameter) -> Scalar
  ) -> Tensor<Scalar> {
    a.broadcast(to: shape).withElements { a in
      b.broadcast(to: shape).withElements { b in
        draws(shape) { random, position in draw(&random, a[position], b[position]) }
      }
    }
  }

  /// The shape of draws with parameters: the one requested, or what the parameters broadcast to.
  ///
  /// `operands` are the shapes of the parameters and the one requested, in the order that NumPy's message counts.
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
    let rank = shapes.map(\.rank).max() ?? 0
    var extents = [Int](repeating: 1, count: rank)
    for axis in 0..<rank {
      // The first operand with another extent than 1 gives the axis its extent.
      var source = 0
      for (position, shape) in shapes.enumerated() where axis >= rank - shape.rank {
        let extent = shape[axis - (rank - shape.rank)]
        if extent == 1 || extent == extents[axis] { continue }
        guard extents[axis] == 1 else {
          throw RandomError(
            "shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between "
              + "arg \(source) with shape \(shapes[source]) and arg \(position) with shape \(shape)."
          )
        }
        extents[axis] = extent
        source = position
      }
    }
    return Shape(extents)
  }
}
