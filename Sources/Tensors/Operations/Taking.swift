import CKernels

/// What a position beyond the ends of an axis means.
///
///     let x: Tensor<Int> = [10, 20, 30]
///     x.take([-1, 3], mode: PositionMode.wrap)  // [30 10]
///     x.take([-1, 3], mode: .clip)              // [10 30]
public enum PositionMode: String, Sendable, CaseIterable {
  /// A mistake; from −1 down a position counts from the end.
  case raise
  /// As many rounds further or back as bring it onto the axis.
  case wrap
  /// The nearest end: 0 if negative.
  case clip
}

extension Shape {
  /// Returns the shape of elements taken along an axis.
  ///
  ///     try Shape([4, 5]).take([[0, 1]], axis: 1)  // (4, 1, 2)
  ///     try Shape([4, 5]).take([5], axis: 1)
  ///     // throws index 5 is out of bounds for axis 1 with size 5
  ///
  /// - Parameters:
  ///   - positions: The positions, of any shape.
  ///   - axis: The axis to take along, from the end if negative; `nil` takes all elements in C
  ///     order.
  ///   - mode: What a position beyond the ends means.
  /// - Returns: This shape with that of the positions in place of the axis.
  /// - Throws: `ShapeError` if there is no such axis or position, or nothing to take from.
  /// - SeeAlso: NumPy's `take`.
  public func take(
    _ positions: Tensor<Int>, axis: Int?, mode: PositionMode = .raise
  ) throws(ShapeError) -> Shape {
    // A scalar is taken from like a vector of one element.
    let source = rank == 0 ? [1] : axis == nil ? [elementCount] : self
    let axis = try source.normalizedAxis(axis ?? 0)
    guard source[axis] > 0 || positions.count == 0 else {
      throw ShapeError("cannot do a non-empty take from an empty axes.")
    }
    if mode == .raise { _ = try positions.normalizedPositions(axis: axis, extent: source[axis]) }
    return try Shape(
      checking: source.extents[..<axis] + positions.shape.extents + source.extents[(axis + 1)...])
  }

  /// Checks the positions in C order of elements to be replaced.
  ///
  ///     try Shape([2, 2]).checkPut([4])  // throws index 4 is out of bounds for axis 0 with size 4
  ///
  /// - Parameters:
  ///   - positions: The positions, of any shape.
  ///   - mode: What a position beyond the ends means.
  /// - Throws: `ShapeError` if there is no such position.
  /// - SeeAlso: NumPy's `put`.
  public func checkPut(
    _ positions: Tensor<Int>, mode: PositionMode = .raise
  ) throws(ShapeError) {
    guard elementCount > 0 || positions.count == 0 else {
      throw ShapeError("cannot replace elements of an empty array")
    }
    if mode == .raise { _ = try positions.normalizedPositions(axis: 0, extent: elementCount) }
  }

  /// Checks positions that elements are taken from along each line of an axis.
  ///
  ///     try Shape([4, 5]).takeAlongAxis([4, 2], axis: 1)  // (4, 2)
  ///
  /// - Parameters:
  ///   - positions: The shape of the positions.
  ///   - axis: The axis to take along, from the end if negative.
  /// - Returns: The shape of what is taken.
  /// - Throws: `ShapeError` if there is no such axis, or the other axes don't broadcast together.
  /// - SeeAlso: NumPy's `take_along_axis`.
  public func takeAlongAxis(_ positions: Shape, axis: Int) throws(ShapeError) -> Shape {
    guard positions.rank == rank else {
      throw ShapeError("`indices` and `arr` must have the same number of dimensions")
    }
    let axis = try normalizedAxis(axis)
    // The positions, and between them the numbers of each other axis, as NumPy lines them up.
    let shapes = indices.map { own in
      own == axis ? positions : Shape(indices.map { $0 == own ? self[own] : 1 })
    }
    guard let common = try? Shape.broadcast(all: shapes) else {
      throw ShapeError(
        "shape mismatch: indexing arrays could not be broadcast together with shapes "
          + shapes.map { $0.compact + " " }.joined())
    }
    return common
  }

  /// Checks positions that elements are taken from along each line of an axis, that they lie on it
  /// too.
  ///
  ///     try Shape([2, 3]).takeAlongAxis(Tensor([[2], [-1]]), axis: 1)  // (2, 1)
  ///     try Shape([2, 3]).takeAlongAxis(Tensor([[0], [3]]), axis: 1)
  ///     // throws index 3 is out of bounds for axis 1 with size 3
  ///
  /// - Parameters:
  ///   - positions: The positions, from the end if negative.
  ///   - axis: The axis to take along, from the end if negative.
  /// - Returns: The shape of what is taken.
  /// - Throws: `ShapeError` if there is no such axis or position, or the other axes don't broadcast
  ///   together.
  /// - SeeAlso: NumPy's `take_along_axis`.
  public func takeAlongAxis(_ positions: Tensor<Int>, axis: Int) throws(ShapeError) -> Shape {
    let taken = try takeAlongAxis(positions.shape, axis: axis)
    let axis = try normalizedAxis(axis)
    // Nothing is taken, nothing is wrong, as in NumPy.
    if taken.elementCount > 0 {
      _ = try positions.normalizedPositions(axis: axis, extent: self[axis])
    }
    return taken
  }

  /// The index that takes the positions along an axis and the other axes as they stand.
  fileprivate func indexAlongAxis(
    _ positions: Tensor<Int>, axis: Int
  ) throws(ShapeError) -> [TensorIndex] {
    _ = try takeAlongAxis(positions.shape, axis: axis)
    let axis = try normalizedAxis(axis)
    return indices.map { own in
      guard own != axis else { return .array(positions) }
      let extents = indices.map { $0 == own ? self[own] : 1 }
      return .array(Tensor<Int>(Array(0..<self[own]), shape: Shape(extents)))
    }
  }
}

extension Tensor {
  /// Returns elements, or parts, by their positions along an axis.
  ///
  ///     let x: Tensor<Int> = [[1, 2, 3], [4, 5, 6]]
  ///     x.take([0, 5])           // [1 6]
  ///     x.take([2, 0], axis: 1)  // [[3 1]
  ///                              //  [6 4]]
  ///
  /// - Parameters:
  ///   - positions: Any shape.
  ///   - axis: The axis to take along, from the end if negative; `nil` takes all elements in C
  ///     order.
  ///   - mode: What a position beyond the ends means.
  /// - Returns: This shape with that of the positions in place of the axis.
  /// - Precondition: The positions are in range where the mode asks for it.
  /// - SeeAlso: NumPy's `take`; the rule is ``Shape/take(_:axis:mode:)``.
  public func take(
    _ positions: Tensor<Int>, axis: Int? = nil, mode: PositionMode = .raise
  ) -> Tensor {
    let source = rank == 0 || axis == nil ? reshaped(-1) : self
    return requireShape { () throws(ShapeError) in
      _ = try shape.take(positions, axis: axis, mode: mode)
      let axis = try source.shape.normalizedAxis(axis ?? 0)
      let whole = TensorIndex.slice(start: nil, stop: nil, step: 1)
      let fitting = positions.fitted(to: source.shape[axis], mode)
      return try source.part(at: Array(repeating: whole, count: axis) + [.array(fitting)])
    }
  }

  /// Replaces elements by their positions in C order.
  ///
  ///     var x: Tensor<Int> = [[1, 2], [3, 4]]
  ///     x.put([0, -1], [7, 8])
  ///     x  // [[7 2]
  ///        //  [3 8]]
  ///
  /// - Parameters:
  ///   - positions: Any shape.
  ///   - values: Any shape, taken in C order and from the start again where they end; none change
  ///     nothing.
  ///   - mode: What a position beyond the ends means.
  /// - Precondition: The positions are in range where the mode asks for it.
  /// - SeeAlso: NumPy's `put`; the rule is ``Shape/checkPut(_:mode:)``.
  public mutating func put(
    _ positions: Tensor<Int>, _ values: Tensor, mode: PositionMode = .raise
  ) {
    let places = requireShape { () throws(ShapeError) in
      try shape.checkPut(positions, mode: mode)
      return try positions.fitted(to: count, mode).normalizedPositions(axis: 0, extent: count)
    }.scalars
    let values = values.scalars
    guard !values.isEmpty else { return }
    withMutableElements { elements in
      for (number, place) in places.enumerated() {
        elements[place] = values[number % values.count]
      }
    }
  }

  /// Returns elements by their positions along an axis, for each line of it others.
  ///
  ///     let x: Tensor<Int> = [[30, 10, 20], [60, 50, 40]]
  ///     x.takeAlongAxis([[1, 2], [2, 0]], axis: 1)  // [[10 20]
  ///                                                 //  [40 60]]
  ///
  /// - Parameters:
  ///   - positions: A tensor of the same rank, whose other axes broadcast with this one's.
  ///   - axis: The axis to take along, from the end if negative.
  /// - Returns: The shape of the positions, broadcast.
  /// - Precondition: The positions are in range.
  /// - SeeAlso: NumPy's `take_along_axis`; the rules are ``Shape/takeAlongAxis(_:axis:)``.
  public func takeAlongAxis(_ positions: Tensor<Int>, axis: Int) -> Tensor {
    requireShape { () throws(ShapeError) in
      try part(at: shape.indexAlongAxis(positions, axis: axis))
    }
  }

  /// Replaces elements by their positions along an axis, for each line of it others.
  ///
  ///     var x: Tensor<Int> = [[30, 10, 20], [60, 50, 40]]
  ///     x.putAlongAxis([[1], [2]], [[0]], axis: 1)
  ///     x  // [[30  0 20]
  ///        //  [60 50  0]]
  ///
  /// - Parameters:
  ///   - positions: A tensor of the same rank, whose other axes broadcast with this one's.
  ///   - values: A shape that broadcasts to that of the positions.
  ///   - axis: The axis to take along, from the end if negative.
  /// - Precondition: The positions are in range.
  /// - SeeAlso: NumPy's `put_along_axis`; the rules are ``Shape/takeAlongAxis(_:axis:)``.
  public mutating func putAlongAxis(_ positions: Tensor<Int>, _ values: Tensor, axis: Int) {
    requireShape { () throws(ShapeError) in
      try replacePart(at: shape.indexAlongAxis(positions, axis: axis), with: values)
    }
  }

  /// Returns the positions of the elements that are not 0 (or false), in C order.
  ///
  ///     Tensor<Int>([[0, 1], [2, 0]]).nonzero()  // [array([0, 1]), array([1, 0])]
  ///
  /// - Returns: For each axis the positions along it.
  /// - Precondition: The tensor is concrete and has an axis.
  /// - SeeAlso: NumPy's `nonzero`; the rule is ``Shape/checkNonzero()``.
  public func nonzero() -> [Tensor<Int>] {
    requireShape { () throws(ShapeError) in try shape.checkNonzero() }
    return truePositions()
  }

  /// Returns the positions of the elements that are not 0 (or false), a row each, in C order.
  ///
  ///     Tensor<Int>([[0, 1], [2, 0]]).argwhere()  // [[0 1]
  ///                                               //  [1 0]]
  ///
  /// - Returns: `[count, rank]`.
  /// - Precondition: The tensor is concrete.
  /// - SeeAlso: NumPy's `argwhere`.
  public func argwhere() -> Tensor<Int> {
    guard rank > 0 else { return .zeros([scalar == .zero ? 0 : 1, 0]) }
    return stack(truePositions(), axis: 1)
  }
}

extension Shape {
  /// Checks that a tensor of this shape has positions to tell.
  ///
  ///     try Shape([]).checkNonzero()
  ///     // throws Calling nonzero on 0d arrays is not allowed. Use …
  ///
  /// - Throws: `ShapeError` if there is no axis.
  /// - SeeAlso: NumPy's `nonzero`.
  public func checkNonzero() throws(ShapeError) {
    guard rank > 0 else {
      throw ShapeError(
        "Calling nonzero on 0d arrays is not allowed. Use np.atleast_1d(scalar).nonzero() instead.")
    }
  }
}

extension Tensor {
  /// The positions in C order of the elements that are not 0.
  var nonzeroPositions: Tensor<Int> {
    withElements { elements in
      guard let start = elements.baseAddress else { return Tensor<Int>([]) }
      let loops = Kernels.numeric(Scalar.scalarType)
      let found = loops.pointee.count_nonzero(start, elements.count)
      return Tensor<Int>([found]) { positions in
        positions.withMemoryRebound(to: Int64.self) { positions in
          guard let to = positions.baseAddress else { return }
          loops.pointee.nonzero(to, start, found)
        }
      }
    }
  }

  /// The positions of the elements that are not 0 (of a mask, that are true), for each axis, in C
  /// order.
  func truePositions() -> [Tensor<Int>] {
    let positions = nonzeroPositions
    if rank == 1 { return [positions] }
    let numbers = positions.scalars
    var step = count
    return shape.map { extent in
      step /= Swift.max(extent, 1)
      return Tensor<Int>(numbers.map { $0 / Swift.max(step, 1) % Swift.max(extent, 1) })
    }
  }
}

extension Tensor where Scalar == Int {
  /// The positions brought onto an axis as a mode wants it; those to be checked stay.
  fileprivate func fitted(to extent: Int, _ mode: PositionMode) -> Tensor {
    switch mode {
    case .raise: return self
    case .wrap:
      guard extent > 0 else { return self }
      return Tensor(
        scalars.map { position in
          let rest = position % extent
          return rest < 0 ? rest + extent : rest
        }, shape: shape)
    case .clip:
      return Tensor(
        scalars.map { Swift.min(Swift.max($0, 0), Swift.max(extent - 1, 0)) }, shape: shape)
    }
  }
}
