// Axes of extent 1 come and go, axes change places: views all of them.

/// In which order elements are told, or laid into a shape.
///
///     let x: Tensor<Int> = [[1, 2], [3, 4]]
///     x.raveled(order: ElementOrder.columnMajor)  // [1 3 2 4]
public enum ElementOrder: String, Sendable, CaseIterable {
  /// The last axis runs fastest: NumPy's `C`.
  case rowMajor = "C"
  /// The first axis runs fastest: NumPy's `F`.
  case columnMajor = "F"
}

extension Shape {
  /// Returns the positions of several axes in the order given, each once.
  func distinctAxes(_ axes: [Int]) throws(ShapeError) -> [Int] {
    let normalized = try axes.map { axis throws(ShapeError) in try normalizedAxis(axis) }
    guard Set(normalized).count == axes.count else { throw ShapeError("repeated axis") }
    return normalized
  }

  /// Returns the position of an axis, or says which argument names none.
  private func normalizedAxis(_ axis: Int, named name: String) throws(ShapeError) -> Int {
    do throws(ShapeError) {
      return try normalizedAxis(axis)
    } catch {
      throw ShapeError("\(name): \(error.message)")
    }
  }

  /// Returns the shape without axes of extent 1.
  ///
  ///     try Shape([1, 2, 1]).squeezed()     // (2,)
  ///     try Shape([1, 2, 1]).squeezed([0])  // (2, 1)
  ///     try Shape([1, 2, 1]).squeezed([1])
  ///     // throws cannot select an axis to squeeze out which has size not equal to one
  ///
  /// - Parameter axes: The axes to drop, from the end if negative; `nil` drops all that have extent
  ///   1.
  /// - Returns: The other axes.
  /// - Throws: `ShapeError` if there is no such axis, it is given twice, or its extent isn't 1.
  /// - SeeAlso: NumPy's `squeeze`.
  public func squeezed(_ axes: [Int]? = nil) throws(ShapeError) -> Shape {
    let dropped =
      try axes.map { axes throws(ShapeError) in try normalizedAxes(axes) }
      ?? indices.filter { self[$0] == 1 }
    guard dropped.allSatisfy({ self[$0] == 1 }) else {
      throw ShapeError("cannot select an axis to squeeze out which has size not equal to one")
    }
    return Shape(indices.filter { !dropped.contains($0) }.map { self[$0] })
  }

  /// Returns the shape with new axes of extent 1.
  ///
  ///     try Shape([4, 5]).expandingDimensions(at: [0, -1])  // (1, 4, 5, 1)
  ///
  /// - Parameter axes: Where the new axes stand in the result, from the end if negative.
  /// - Returns: The axes of this shape with the new ones between them.
  /// - Throws: `ShapeError` if the result has no such axis, or it is given twice.
  /// - SeeAlso: NumPy's `expand_dims`.
  public func expandingDimensions(at axes: [Int]) throws(ShapeError) -> Shape {
    let all = Shape([Int](repeating: 1, count: rank + axes.count))
    let new = Set(try all.distinctAxes(axes))
    var rest = extents[...]
    return Shape(
      all.indices.map { axis in
        new.contains(axis) ? 1 : rest.removeFirst()
      })
  }

  /// Returns the order of axes in which two have changed places.
  ///
  ///     try Shape([2, 3, 4]).swappingAxes(0, -1)  // [2, 1, 0]
  ///
  /// - Parameters:
  ///   - first: One axis, from the end if negative.
  ///   - second: The other.
  /// - Returns: For each axis of the result the axis of this shape: what ``transposed(_:)`` takes.
  /// - Throws: `ShapeError` if there is no such axis.
  /// - SeeAlso: NumPy's `swapaxes`.
  public func swappingAxes(_ first: Int, _ second: Int) throws(ShapeError) -> [Int] {
    var order = Array(indices)
    order.swapAt(
      try normalizedAxis(first, named: "axis1"), try normalizedAxis(second, named: "axis2"))
    return order
  }

  /// Returns the order of axes in which some have moved, and the others follow each other as
  /// before.
  ///
  ///     try Shape([2, 3, 4]).movingAxes([0], to: [-1])  // [1, 2, 0]
  ///
  /// - Parameters:
  ///   - axes: The axes to move, from the end if negative.
  ///   - places: Where each stands in the result.
  /// - Returns: For each axis of the result the axis of this shape: what ``transposed(_:)`` takes.
  /// - Throws: `ShapeError` if there is no such axis or place, one is given twice, or their numbers
  ///   differ.
  /// - SeeAlso: NumPy's `moveaxis`.
  public func movingAxes(_ axes: [Int], to places: [Int]) throws(ShapeError) -> [Int] {
    let from = try axes.map { axis throws(ShapeError) in
      try normalizedAxis(axis, named: "source")
    }
    guard Set(from).count == from.count else {
      throw ShapeError("repeated axis in `source` argument")
    }
    let to = try places.map { axis throws(ShapeError) in
      try normalizedAxis(axis, named: "destination")
    }
    guard Set(to).count == to.count else {
      throw ShapeError("repeated axis in `destination` argument")
    }
    guard from.count == to.count else {
      throw ShapeError(
        "`source` and `destination` arguments must have the same number of elements")
    }
    var order = indices.filter { !from.contains($0) }
    for (place, axis) in zip(to, from).sorted(by: { $0.0 < $1.0 }) {
      order.insert(axis, at: place)
    }
    return order
  }
}

extension Tensor {
  /// Returns the elements as a vector; a view where the layout allows.
  ///
  ///     Tensor<Int>([[1, 2], [3, 4]]).raveled(order: .columnMajor)  // [1 3 2 4]
  ///
  /// - Parameter order: The order of the elements.
  /// - Returns: A vector of all elements.
  /// - SeeAlso: NumPy's `ravel`.
  public func raveled(order: ElementOrder = .rowMajor) -> Tensor {
    (order == .rowMajor ? self : transposed()).reshaped(-1)
  }

  /// Returns the elements in C order as a vector: ``raveled(order:)``, since tensors are values.
  ///
  ///     Tensor<Int>([[1, 2], [3, 4]]).flattened()  // [1 2 3 4]
  ///
  /// - Returns: A vector of all elements.
  /// - SeeAlso: NumPy's `flatten`.
  public func flattened() -> Tensor { raveled() }

  /// Returns the elements under another shape, taken from this one and laid into that in an order.
  ///
  ///     Tensor<Int>([1, 2, 3, 4]).reshaped([2, 2], order: .columnMajor)  // [[1 3]
  ///                                                                      //  [2 4]]
  ///
  /// - Parameters:
  ///   - shape: A shape of as many elements.
  ///   - order: The order of the elements.
  /// - Returns: A tensor of that shape.
  /// - SeeAlso: NumPy's `reshape`; the rule is ``Shape/reshaped(to:)``.
  public func reshaped(_ shape: Shape, order: ElementOrder) -> Tensor {
    switch order {
    case .rowMajor: reshaped(shape)
    case .columnMajor: transposed().reshaped(Shape(shape.extents.reversed())).transposed()
    }
  }

  /// Returns the tensor without axes of extent 1, as a view.
  ///
  ///     Tensor<Int>([[[1], [2]]]).squeezed()  // [1 2]
  ///
  /// - Parameter axes: The axes to drop, from the end if negative; `nil` drops all that have extent
  ///   1.
  /// - Returns: A view of fewer axes.
  /// - Precondition: The extents of the axes are 1.
  /// - SeeAlso: NumPy's `squeeze`; the rule is ``Shape/squeezed(_:)``.
  public func squeezed(_ axes: [Int]? = nil) -> Tensor {
    reshaped(requireShape { () throws(ShapeError) in try shape.squeezed(axes) })
  }

  /// Returns the tensor with new axes of extent 1, as a view.
  ///
  ///     Tensor<Int>([1, 2]).expandedDimensions(at: 1)  // [[1]
  ///                                                    //  [2]]
  ///
  /// - Parameter axes: Where the new axes stand in the result, from the end if negative.
  /// - Returns: A view of more axes.
  /// - SeeAlso: NumPy's `expand_dims`; the rule is ``Shape/expandingDimensions(at:)``.
  public func expandedDimensions(at axes: Int...) -> Tensor {
    reshaped(
      requireShape { () throws(ShapeError) in try shape.expandingDimensions(at: axes) })
  }

  /// Returns the tensor with two axes in each other's place, as a view.
  ///
  ///     Tensor<Int>([[1, 2], [3, 4]]).swappedAxes(0, 1)  // [[1 3]
  ///                                                      //  [2 4]]
  ///
  /// - Parameters:
  ///   - first: One axis, from the end if negative.
  ///   - second: The other.
  /// - Returns: A view with the axes swapped.
  /// - SeeAlso: NumPy's `swapaxes`; the rule is ``Shape/swappingAxes(_:_:)``.
  public func swappedAxes(_ first: Int, _ second: Int) -> Tensor {
    transposed(requireShape { () throws(ShapeError) in try shape.swappingAxes(first, second) })
  }

  /// Returns the tensor with an axis moved to another place, as a view.
  ///
  ///     Tensor<Float>.zeros([2, 3, 4]).movedAxis(0, to: -1).shape  // (3, 4, 2)
  ///
  /// - Parameters:
  ///   - axis: The axis, from the end if negative.
  ///   - place: Where it stands in the result, from the end if negative.
  /// - Returns: A view whose other axes follow each other as before.
  /// - SeeAlso: NumPy's `moveaxis`; the rule is ``Shape/movingAxes(_:to:)``.
  public func movedAxis(_ axis: Int, to place: Int) -> Tensor { movedAxes([axis], to: [place]) }

  /// Returns the tensor with some axes moved to other places, as a view.
  ///
  ///     Tensor<Float>.zeros([2, 3, 4]).movedAxes([0, 1], to: [-1, 0]).shape  // (3, 4, 2)
  ///
  /// - Parameters:
  ///   - axes: The axes, from the end if negative.
  ///   - places: Where each stands in the result, from the end if negative.
  /// - Returns: A view whose other axes follow each other as before.
  /// - SeeAlso: NumPy's `moveaxis`; the rule is ``Shape/movingAxes(_:to:)``.
  public func movedAxes(_ axes: [Int], to places: [Int]) -> Tensor {
    transposed(requireShape { () throws(ShapeError) in try shape.movingAxes(axes, to: places) })
  }

  /// Returns the tensor, or a vector of one element if it is a scalar: NumPy's `atleast_1d`.
  ///
  ///     Tensor<Int>(7).atLeast1D()  // [7]
  ///
  /// - Returns: A view of rank 1 or more.
  public func atLeast1D() -> Tensor { rank == 0 ? reshaped(1) : self }

  /// Returns the tensor, or a matrix of one row if it has fewer axes: NumPy's `atleast_2d`.
  ///
  ///     Tensor<Int>([1, 2]).atLeast2D()  // [[1 2]]
  ///
  /// - Returns: A view of rank 2 or more.
  public func atLeast2D() -> Tensor { rank < 2 ? reshaped(1, -1) : self }

  /// Returns the tensor, or one of three axes if it has fewer: NumPy's `atleast_3d`.
  ///
  /// A vector lies along the second axis, a matrix gets a last one of extent 1.
  ///
  ///     Tensor<Int>([1, 2]).atLeast3D().shape  // (1, 2, 1)
  ///
  /// - Returns: A view of rank 3 or more.
  public func atLeast3D() -> Tensor {
    switch rank {
    case 0, 1: reshaped(1, -1, 1)
    case 2: expandedDimensions(at: 2)
    default: self
    }
  }
}
