// What an index takes of a shape. The order in which mistakes are looked for is NumPy's, so that
// the first one found is the one that NumPy names.

extension Shape {
  /// Returns the shape of the part that an index takes of a tensor of this shape.
  ///
  ///     let rows = TensorIndex.slice(start: 1, stop: 3, step: 1)
  ///     try Shape([4, 5]).indexed(by: [rows, .array([0, 0, 2])])  // (2, 3)
  ///
  /// - Parameter index: Parts for the axes, from the first on.
  /// - Returns: The shape of the part.
  /// - Throws: `ShapeError` if there are too many parts, a position is out of bounds, a mask has
  ///   another shape than the axes it stands for, arrays don't broadcast together, or a slice has
  ///   the step 0.
  /// - SeeAlso: NumPy's indexing.
  public func indexed(by index: [TensorIndex]) throws(ShapeError) -> Shape {
    try IndexPlan(index, of: self).counted().shape
  }
}

/// An index fitted to a shape: which slices it makes, which positions its arrays name, and where
/// their axes go.
struct IndexPlan {
  /// The tensor's shape.
  let source: Shape
  /// The parts that slices and positions take of axes; others are taken whole.
  private(set) var slices: [Slice] = []
  /// The axes of the part that no array makes, in order: an axis of the source, or `nil` for a new
  /// one.
  private(set) var kept: [Int?] = []
  /// The axes that arrays name positions of; ``counted()`` looks whether they lie within.
  private(set) var arrays: [(axis: Int, positions: Tensor<Int>)] = []
  /// The shapes of the arrays, and of masks that have no axis.
  private var arrayShapes: [Shape] = []
  /// The shape that the arrays broadcast to.
  private(set) var positionsShape: Shape = []
  /// How many of the kept axes stand before those that the arrays make.
  private(set) var lead = 0
  /// Whether arrays or masks stand in the index.
  private(set) var hasArrays = false
  /// The shape of the part.
  private(set) var shape: Shape = []
  /// Whether the index is nothing but positions that name one element.
  private let isElement: Bool
  /// Whether the index is one mask over all axes.
  private let isMask: Bool

  init(_ index: [TensorIndex], of source: Shape) throws(ShapeError) {
    self.source = source
    // One position in a tensor is a position, as in NumPy.
    let index = index.map { part in
      guard case .array(let position) = part, position.rank == 0, !position.isTraced else {
        return part
      }
      return .position(position.scalar)
    }
    isElement = !index.isEmpty && index.count == source.rank && index.allSatisfy(\.isPosition)
    if case .mask(let mask)? = index.first, index.count == 1, mask.rank == source.rank {
      isMask = true
    } else {
      isMask = false
    }
    guard index.count(where: { $0 == .ellipsis }) <= 1 else {
      throw ShapeError("an index can only have a single ellipsis ('...')")
    }
    let named = index.reduce(0) { $0 + $1.axisCount }
    guard named <= source.rank else {
      throw ShapeError(
        "too many indices for array: array is \(source.rank)-dimensional, but \(named) were indexed"
      )
    }
    let parts = index.contains(.ellipsis) ? index : index + [.ellipsis]
    try checkMasks(parts, rest: source.rank - named)
    try place(parts, rest: source.rank - named)
    try broadcastArrays()
    var extents = kept.map { axis in
      axis.map { axis in slices.first { $0.axis == axis }?.count ?? source[axis] } ?? 1
    }
    extents.insert(contentsOf: positionsShape, at: lead)
    shape = try Shape(checking: extents)
  }

  private func checkMasks(_ parts: [TensorIndex], rest: Int) throws(ShapeError) {
    var axis = 0
    for part in parts {
      if case .mask(let mask) = part {
        for (own, extent) in mask.shape.enumerated() where extent != source[axis + own] {
          throw ShapeError(
            "boolean index did not match indexed array along axis \(axis + own); size of axis is "
              + "\(source[axis + own]) but size of corresponding boolean axis is \(extent)")
        }
      }
      axis += part == .ellipsis ? rest : part.axisCount
    }
  }

  /// Walks over the axes: makes the slices, and finds where the arrays' axes go.
  private mutating func place(_ parts: [TensorIndex], rest: Int) throws(ShapeError) {
    hasArrays = parts.contains(where: \.isArray)
    var axis = 0
    // Arrays with another part between them put their axes in front; positions count as arrays.
    var run: (lead: Int, isOver: Bool)?
    for part in parts {
      if part.isArray || part.isPosition {
        lead = run?.isOver == true ? 0 : run?.lead ?? kept.count
        run = (lead, false)
      } else if let begun = run {
        run = (begun.lead, true)
      }
      switch part {
      case .position(let position):
        let extent = source[axis]
        guard position >= -extent, position < extent else {
          throw ShapeError.outOfBounds(position, axis: axis, extent: extent)
        }
        let start = position < 0 ? position + extent : position
        slices.append(Slice(axis: axis, start: start, step: 1, count: 1))
      case .slice(let start, let stop, let step):
        let taken = try TensorIndex.positions(
          start: start, stop: stop, step: step, of: source[axis])
        // The step of a single position has no meaning, and may be too large to count with.
        let step = taken.count > 1 ? step : 1
        slices.append(Slice(axis: axis, start: taken.start, step: step, count: taken.count))
        kept.append(axis)
      case .newAxis:
        kept.append(nil)
      case .ellipsis:
        for rested in axis..<axis + rest { kept.append(rested) }
        axis += rest
      case .array(let positions):
        arrays.append((axis, positions))
        arrayShapes.append(positions.shape)
      case .mask(let mask):
        let found = mask.truePositions()
        for (own, positions) in found.enumerated() { arrays.append((axis + own, positions)) }
        // A mask without axes takes all or nothing, along an axis of its own.
        arrayShapes += found.isEmpty ? [[mask.scalar ? 1 : 0]] : found.map(\.shape)
      }
      axis += part.axisCount
    }
    if !hasArrays { lead = 0 }
  }

  /// Finds the shape that the arrays broadcast to.
  private mutating func broadcastArrays() throws(ShapeError) {
    guard hasArrays else { return }
    do throws(ShapeError) {
      positionsShape = try Shape.broadcast(all: arrayShapes)
    } catch {
      throw ShapeError(
        "shape mismatch: indexing arrays could not be broadcast together with shapes "
          + arrayShapes.map { $0.compact + " " }.joined())
    }
  }

  /// Returns the plan with the arrays' positions counted from the start of their axes.
  ///
  /// - Throws: `ShapeError` if a position is out of bounds.
  func counted() throws(ShapeError) -> IndexPlan {
    var plan = self
    for (number, (axis, positions)) in arrays.enumerated() {
      // Where the arrays take nothing, their numbers don't matter.
      plan.arrays[number].positions =
        positionsShape.contains(0)
        ? .zeros(positionsShape)
        : try positions.normalizedPositions(axis: axis, extent: source[axis])
    }
    return plan
  }
}

extension ShapeError {
  static func outOfBounds(_ position: Int, axis: Int, extent: Int) -> ShapeError {
    ShapeError("index \(position) is out of bounds for axis \(axis) with size \(extent)")
  }
}

extension TensorIndex {
  /// How many axes of a tensor the part names.
  fileprivate var axisCount: Int {
    switch self {
    case .position, .slice, .array: 1
    case .mask(let mask): mask.rank
    case .ellipsis, .newAxis: 0
    }
  }

  fileprivate var isPosition: Bool {
    if case .position = self { true } else { false }
  }

  fileprivate var isArray: Bool {
    switch self {
    case .array, .mask: true
    case .position, .slice, .ellipsis, .newAxis: false
    }
  }
}

extension Tensor where Scalar == Int {
  /// The positions counted from the start of an axis.
  ///
  /// Of traced positions nothing is known: those out of bounds become the nearest when they are
  /// used.
  func normalizedPositions(axis: Int, extent: Int) throws(ShapeError) -> Tensor {
    guard !isTraced else {
      guard extent > 0 else { throw ShapeError.outOfBounds(0, axis: axis, extent: 0) }
      let fromStart = select(self .< 0, self + Tensor(extent), self)
      return minimum(maximum(fromStart, Tensor(0)), Tensor(extent - 1))
    }
    let (wrong, hasNegative) = withElements { elements in
      var lowest = 0
      var highest = -1
      for element in elements {
        lowest = Swift.min(lowest, element)
        highest = Swift.max(highest, element)
      }
      let isWithin = lowest >= -extent && highest < extent
      let wrong = isWithin ? nil : elements.first { $0 < -extent || $0 >= extent }
      return (wrong, lowest < 0)
    }
    if let wrong { throw ShapeError.outOfBounds(wrong, axis: axis, extent: extent) }
    guard hasNegative else { return self }
    return Tensor(scalars.map { $0 < 0 ? $0 + extent : $0 }, shape: shape)
  }
}

// The value of an assignment.
extension IndexPlan {
  /// Returns the shape of a value without axes of extent 1 that it has too many in front.
  ///
  /// - Throws: `ShapeError` if the value can't be broadcast to the part.
  func checkedValue(_ value: Shape) throws(ShapeError) -> Shape {
    if isElement && value.rank > 0 {
      throw ShapeError("setting an array element with a sequence.")
    }
    if isMask {
      guard value.rank <= 1 else {
        throw ShapeError(
          "NumPy boolean array indexing assignment requires a 0 or 1-dimensional input, input has "
            + "\(value.rank) dimensions")
      }
      guard value.elementCount == 1 || value.elementCount == shape.elementCount else {
        throw ShapeError(
          "NumPy boolean array indexing assignment cannot assign \(value.elementCount) input values to the "
            + "\(shape.elementCount) output values where the mask is true")
      }
    }
    var extents = value.extents[...]
    while extents.count > shape.rank, extents.first == 1 { extents.removeFirst() }
    let fitting = Shape(Array(extents))
    guard (try? fitting.checkBroadcast(to: shape)) != nil else {
      throw ShapeError(
        hasArrays
          ? "shape mismatch: value array of shape \(value.compact) could not be broadcast to indexing "
            + "result of shape \(shape.compact)"
          : "could not broadcast input array from shape \(fitting.compact) into shape \(shape.compact)"
      )
    }
    return fitting
  }
}
