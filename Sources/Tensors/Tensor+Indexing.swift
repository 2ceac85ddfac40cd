/// A part of an index: what to take along one axis.
///
///     let x: Tensor<Int> = [[1, 2, 3], [4, 5, 6]]
///     let everyOther = TensorIndex.slice(start: 0, stop: nil, step: 2)
///     x[1, everyOther]                             // [4 6]
///     x[[.newAxis, .position(0), .array([2, 2])]]  // [[3 3]]
public enum TensorIndex: Sendable, Equatable {
  /// One position, which drops the axis; from the end if negative.
  case position(Int)
  /// Every `step`-th position from `start` up to but not including `stop`: NumPy's
  /// `start:stop:step`.
  ///
  /// Bounds count from the end if negative and are cut to the axis; `nil` means as far as there is.
  case slice(start: Int?, stop: Int?, step: Int)
  /// All axes that the other parts leave: NumPy's `...`.
  case ellipsis
  /// A new axis of extent 1: NumPy's `newaxis`.
  case newAxis
  /// The positions in a tensor of any shape, from the end if negative: NumPy's integer arrays.
  ///
  /// Several arrays in an index are broadcast together, and each element of the result takes one
  /// position of each.
  case array(Tensor<Int>)
  /// The positions at which a mask is true; it spans as many axes as it has: NumPy's boolean
  /// arrays.
  case mask(Tensor<Bool>)
}

extension TensorIndex: Hashable {
  /// Hashes the part; of arrays and masks, which must be concrete, all elements.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .position(let position):
      hasher.combine(0)
      hasher.combine(position)
    case .slice(let start, let stop, let step):
      hasher.combine(1)
      hasher.combine(start)
      hasher.combine(stop)
      hasher.combine(step)
    case .ellipsis: hasher.combine(2)
    case .newAxis: hasher.combine(3)
    case .array(let positions):
      hasher.combine(4)
      hasher.combine(positions.shape)
      hasher.combine(positions.scalars)
    case .mask(let mask):
      hasher.combine(5)
      hasher.combine(mask.shape)
      hasher.combine(mask.scalars)
    }
  }
}

/// What can stand in a tensor's subscript: an integer, a range, an array or tensor of whole numbers
/// or truth values, or a ``TensorIndex``.
///
///     let parts: [any TensorIndexConvertible] = [1, 0..<2, [true, false]]
///     parts[0].tensorIndex  // position(1)
///     parts[1].tensorIndex  // slice(start: Optional(0), stop: Optional(2), step: 1)
///     parts[2].tensorIndex  // mask(array([ True, False]))
public protocol TensorIndexConvertible {
  /// The part of an index that the value means.
  var tensorIndex: TensorIndex { get }
}

extension TensorIndex: TensorIndexConvertible {
  /// Itself.
  public var tensorIndex: TensorIndex { self }
}

extension TensorIndexConvertible where Self == TensorIndex {
  /// All positions of an axis: NumPy's `:`.
  ///
  ///     let x: Tensor<Int> = [[1, 2, 3], [4, 5, 6]]
  ///     x[.all, 0]  // [1 4]
  public static var all: TensorIndex { .slice(start: nil, stop: nil, step: 1) }

  /// All axes that the other parts leave: NumPy's `...`.
  ///
  ///     let x: Tensor<Int> = [[1, 2, 3], [4, 5, 6]]
  ///     x[.rest, 0]  // [1 4]
  public static var rest: TensorIndex { .ellipsis }

  /// A new axis of extent 1: NumPy's `newaxis`.
  ///
  ///     let x: Tensor<Int> = [1, 2, 3]
  ///     x[.all, .new].shape  // (3, 1)
  public static var new: TensorIndex { .newAxis }

  /// Every `step`-th position of an axis; from the end if negative: NumPy's `::step`.
  ///
  ///     let x: Tensor<Int> = [1, 2, 3, 4]
  ///     x[.stride(by: 2)]   // [1 3]
  ///     x[.stride(by: -1)]  // [4 3 2 1]
  ///
  /// - Parameter step: Not 0.
  /// - Returns: A slice of the whole axis.
  public static func stride(by step: Int) -> TensorIndex {
    .slice(start: nil, stop: nil, step: step)
  }
}

extension Int: TensorIndexConvertible {
  /// One position.
  public var tensorIndex: TensorIndex { .position(self) }
}

extension Range: TensorIndexConvertible where Bound == Int {
  /// The positions in the range.
  public var tensorIndex: TensorIndex { .slice(start: lowerBound, stop: upperBound, step: 1) }
}

extension ClosedRange: TensorIndexConvertible where Bound == Int {
  /// The positions in the range.
  public var tensorIndex: TensorIndex {
    .slice(start: lowerBound, stop: TensorIndex.stop(after: upperBound), step: 1)
  }
}

extension PartialRangeFrom: TensorIndexConvertible where Bound == Int {
  /// The positions from the bound on.
  public var tensorIndex: TensorIndex { .slice(start: lowerBound, stop: nil, step: 1) }
}

extension PartialRangeUpTo: TensorIndexConvertible where Bound == Int {
  /// The positions before the bound.
  public var tensorIndex: TensorIndex { .slice(start: nil, stop: upperBound, step: 1) }
}

extension PartialRangeThrough: TensorIndexConvertible where Bound == Int {
  /// The positions up to and with the bound.
  public var tensorIndex: TensorIndex {
    .slice(start: nil, stop: TensorIndex.stop(after: upperBound), step: 1)
  }
}

extension TensorIndex {
  /// Where a slice stops whose last position is this one: `nil` after the last of the axis.
  fileprivate static func stop(after last: Int) -> Int? {
    last == -1 || last == .max ? nil : last + 1
  }

  /// Returns the positions that a slice takes of an axis.
  ///
  ///     try TensorIndex.positions(start: -3, stop: nil, step: 1, of: 10)  // (start: 7, count: 3)
  ///
  /// - Parameters:
  ///   - start: The first position, `nil` for the end that `step` starts from.
  ///   - stop: The position to stop before, `nil` for the other end.
  ///   - step: Not 0.
  ///   - extent: The extent of the axis.
  /// - Returns: The first position and how many there are.
  /// - Throws: `ShapeError` if the step is 0.
  /// - SeeAlso: Python's `slice.indices`.
  public static func positions(
    start: Int?, stop: Int?, step: Int, of extent: Int
  ) throws(ShapeError) -> (start: Int, count: Int) {
    guard step != 0 else { throw ShapeError("slice step cannot be zero") }
    // Forward slices run within 0...extent, backward ones within -1...extent - 1.
    let low = step > 0 ? 0 : -1
    let high = step > 0 ? extent : extent - 1
    func cut(_ position: Int) -> Int {
      Swift.min(Swift.max(position < 0 ? position + extent : position, low), high)
    }
    let first = start.map(cut) ?? (step > 0 ? low : high)
    let last = stop.map(cut) ?? (step > 0 ? high : low)
    let distance = step > 0 ? last - first : first - last
    guard distance > 0 else { return (0, 0) }
    return (first, (distance - 1) / Int(clamping: step.magnitude) + 1)
  }
}

/// A type of which tensors and arrays can be an index: whole numbers name positions, truth values
/// are a mask.
///
///     Bool.tensorIndex([true, false])  // mask(array([ True, False]))
public protocol TensorIndexScalar: TensorScalar {
  /// The part of an index that a tensor means.
  static func tensorIndex(_ tensor: Tensor<Self>) -> TensorIndex
}

extension TensorIndexScalar where Self: FixedWidthInteger {
  /// The positions in the tensor.
  public static func tensorIndex(_ tensor: Tensor<Self>) -> TensorIndex {
    // A number too large for `Int` stays too large: wrapped around it would count from the end.
    let fits = isSigned || bitWidth < Int.bitWidth || tensor.isTraced
    return .array(
      fits
        ? Tensor<Int>(tensor)
        : Tensor<Int>(tensor.scalars.map { Int(clamping: $0) }, shape: tensor.shape))
  }
}

extension Int: TensorIndexScalar {
  /// The positions in the tensor.
  public static func tensorIndex(_ tensor: Tensor<Int>) -> TensorIndex { .array(tensor) }
}
extension Int8: TensorIndexScalar {}
extension Int16: TensorIndexScalar {}
extension Int32: TensorIndexScalar {}
extension Int64: TensorIndexScalar {}
extension UInt: TensorIndexScalar {}
extension UInt8: TensorIndexScalar {}
extension UInt16: TensorIndexScalar {}
extension UInt32: TensorIndexScalar {}
extension UInt64: TensorIndexScalar {}

extension Bool: TensorIndexScalar {
  /// The mask.
  public static func tensorIndex(_ tensor: Tensor<Bool>) -> TensorIndex { .mask(tensor) }
}

extension Tensor: TensorIndexConvertible where Scalar: TensorIndexScalar {
  /// The positions in the tensor, or the mask that it is.
  public var tensorIndex: TensorIndex { Scalar.tensorIndex(self) }
}

extension Array: TensorIndexConvertible where Element: TensorIndexScalar {
  /// The positions in the array, or the mask that it is.
  public var tensorIndex: TensorIndex { Tensor(self).tensorIndex }
}

extension Tensor {
  /// The part of the tensor that the index names; a view when read, unless arrays or masks stand in
  /// the index.
  ///
  ///     let x: Tensor<Int> = [[1, 2, 3], [4, 5, 6]]
  ///     x[1]                      // [4 5 6]
  ///     x[-1, 0]                  // 4
  ///     x[.all, .stride(by: -1)]  // [[3 2 1]
  ///                               //  [6 5 4]]
  ///     x[.all, [2, 0]]           // [[3 1]
  ///                               //  [6 4]]
  ///     x[x .> 2]                 // [3 4 5 6]
  ///
  /// A part is an integer (from the end if negative), a range, an array or tensor of whole numbers
  /// or of truth values, or a ``TensorIndex``; axes that no part names are taken whole. Arrays are
  /// broadcast together, a mask stands for the arrays of the positions where it is true. The axes
  /// that arrays make stand where the arrays do, or in front if there is another part between two
  /// of them; integers count as arrays for that. What is assigned broadcasts to the part; where a
  /// position is named several times, the last value stays.
  /// - SeeAlso: NumPy's indexing; ``part(at:)`` and ``replacePart(at:with:)`` throw where the
  ///   subscript stops.
  public subscript(_ index: [TensorIndex]) -> Tensor {
    get { requireShape { () throws(ShapeError) in try part(at: index) } }
    set { requireShape { () throws(ShapeError) in try replacePart(at: index, with: newValue) } }
  }

  /// Returns the part of the tensor that the index names: what the subscript gives.
  ///
  ///     let x: Tensor<Int> = [[1, 2, 3], [4, 5, 6]]
  ///     try x.part(at: [.position(1), .slice(start: 1, stop: nil, step: 1)])  // [5 6]
  ///     try x.part(at: [.position(2)])
  ///     // throws index 2 is out of bounds for axis 0 with size 2
  ///
  /// - Parameter index: Parts for the axes, from the first on.
  /// - Returns: A view, or a copy if arrays or masks stand in the index.
  /// - Throws: `ShapeError` if a position is out of bounds, or parts don't fit the shape or each
  ///   other.
  public func part(at index: [TensorIndex]) throws(ShapeError) -> Tensor {
    if index.count == 1, let rows = try untyped.rows(at: index[0]) { return Tensor(rows) }
    if let layout = try layout(at: index) { return Tensor(storage: storage, layout: layout) }
    return try IndexPlan(index, of: shape).counted().part(of: self)
  }

  /// The part at an index of one part that doesn't name rows, found without memory for an array of
  /// parts.
  private func part(at part: TensorIndex) throws(ShapeError) -> Tensor {
    if let layout = try layout(at: CollectionOfOne(part)) {
      return Tensor(storage: storage, layout: layout)
    }
    return try self.part(at: [part])
  }

  /// Replaces the part of the tensor that the index names: what assigning to the subscript does.
  ///
  ///     var x: Tensor<Int> = [[1, 2, 3], [4, 5, 6]]
  ///     try x.replacePart(at: [.position(0)], with: Tensor(0))
  ///     x  // [[0 0 0]
  ///        //  [4 5 6]]
  ///
  /// - Parameters:
  ///   - index: Parts for the axes, from the first on.
  ///   - value: A shape that broadcasts to that of the part.
  /// - Throws: `ShapeError` if a position is out of bounds, or parts or the value don't fit; the
  ///   tensor is as before.
  /// - Precondition: Both tensors are concrete.
  public mutating func replacePart(
    at index: [TensorIndex], with value: Tensor
  ) throws(ShapeError) {
    requireConcrete()
    value.requireConcrete()
    if let part = try layout(at: index)?.shape, value.rank == 0 || value.shape == part {
      let values = value.broadcast(to: part)
      makeWritable()
      var place = operand
      place.layout = try layout(at: index) ?? layout
      Lowering.copy(values.operand, to: place) { Lowering.run($0) }
      withExtendedLifetime(values) {}
      return
    }
    let plan = try IndexPlan(index, of: shape)
    let source = value.reshaped(try plan.checkedValue(value.shape))
    let counted = try plan.counted()
    // Held while this tensor is written to, so memory that both share is copied first.
    let values = counted.rows(of: source)
    makeWritable()
    counted.assign(values, to: self)
  }

  /// Copies the elements if another tensor shares them, or two positions of this one.
  private mutating func makeWritable() {
    if !untyped.storage.isUniquelyReferenced() || layout.hasRepeats { self = copied() }
  }
}

extension Tensor {
  /// The part at an index of the first axis.
  public subscript(_ a: some TensorIndexConvertible) -> Tensor {
    get {
      let index = a.tensorIndex
      if let rows = requireShape({ () throws(ShapeError) in try untyped.rows(at: index) }) {
        return Tensor(rows)
      }
      return requireShape { () throws(ShapeError) in try part(at: index) }
    }
    set { self[[a.tensorIndex]] = newValue }
  }

  /// The parts at positions of the first axis.
  public subscript(_ positions: Tensor<Int>) -> Tensor {
    get {
      if let rows = requireShape({ () throws(ShapeError) in try untyped.rows(at: positions) }) {
        return Tensor(rows)
      }
      return self[positions.tensorIndex]
    }
    set { self[[positions.tensorIndex]] = newValue }
  }

  /// The part at which a mask of the first axes is true.
  public subscript(_ mask: Tensor<Bool>) -> Tensor {
    get {
      if let elements = untyped.elements(where: mask.untyped) { return Tensor(elements) }
      return self[mask.tensorIndex]
    }
    set { self[[mask.tensorIndex]] = newValue }
  }

  /// The part at an index of two parts.
  public subscript(_ a: some TensorIndexConvertible, _ b: some TensorIndexConvertible) -> Tensor {
    get { self[[a.tensorIndex, b.tensorIndex]] }
    set { self[[a.tensorIndex, b.tensorIndex]] = newValue }
  }

  /// The part at an index of three parts.
  public subscript(
    _ a: some TensorIndexConvertible, _ b: some TensorIndexConvertible,
    _ c: some TensorIndexConvertible
  ) -> Tensor {
    get { self[[a.tensorIndex, b.tensorIndex, c.tensorIndex]] }
    set { self[[a.tensorIndex, b.tensorIndex, c.tensorIndex]] = newValue }
  }

  /// The part at an index of four parts.
  public subscript(
    _ a: some TensorIndexConvertible, _ b: some TensorIndexConvertible,
    _ c: some TensorIndexConvertible, _ d: some TensorIndexConvertible
  ) -> Tensor {
    get { self[[a.tensorIndex, b.tensorIndex, c.tensorIndex, d.tensorIndex]] }
    set { self[[a.tensorIndex, b.tensorIndex, c.tensorIndex, d.tensorIndex]] = newValue }
  }

  /// The part at an index of five parts.
  public subscript(
    _ a: some TensorIndexConvertible, _ b: some TensorIndexConvertible,
    _ c: some TensorIndexConvertible, _ d: some TensorIndexConvertible,
    _ e: some TensorIndexConvertible
  ) -> Tensor {
    get { self[[a.tensorIndex, b.tensorIndex, c.tensorIndex, d.tensorIndex, e.tensorIndex]] }
    set {
      self[[a.tensorIndex, b.tensorIndex, c.tensorIndex, d.tensorIndex, e.tensorIndex]] = newValue
    }
  }
}

extension Layout {
  /// Whether two positions share an element.
  fileprivate var hasRepeats: Bool {
    zip(shape, strides).contains { $0 > 1 && $1 == 0 }
  }
}
