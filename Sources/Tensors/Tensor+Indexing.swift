/// A part of an index: what to take along one axis.
public enum TensorIndex: Sendable, Hashable {
  /// One position, which drops the axis; from the end if negative.
  case position(Int)
  /// Every `step`-th position from `start` up to but not including `stop`: NumPy's `start:stop:step`.
  ///
  /// Bounds count from the end if negative and are cut to the axis; `nil` means as far as there is.
  case slice(start: Int?, stop: Int?, step: Int)
  /// All axes that the other parts leave: NumPy's `...`.
  case ellipsis
  /// A new axis of extent 1: NumPy's `newaxis`.
  case newAxis
}

/// What can stand in a tensor's subscript: an integer, a range, or a ``TensorIndex``.
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
  public static var all: TensorIndex { .slice(start: nil, stop: nil, step: 1) }

  /// All axes that the other parts leave: NumPy's `...`.
  public static var rest: TensorIndex { .ellipsis }

  /// A new axis of extent 1: NumPy's `newaxis`.
  public static var new: TensorIndex { .newAxis }

  /// Every `step`-th position of an axis; from the end if negative: NumPy's `::step`.
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
  ///     try TensorIndex.positions(start: -3, stop: nil, step: 1, of: 10)  // start 7, count 3
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

extension Tensor {
  /// The part of the tensor that the index names; a view when read.
  ///
  ///     let x: Tensor<Int> = [[1, 2, 3], [4, 5, 6]]
  ///     x[1]                                // [4 5 6]
  ///     x[-1, 0]                            // 4
  ///     x[.all, .stride(by: -1)]            // [[3 2 1]
  ///                                         //  [6 5 4]]
  ///
  /// A part is an integer (from the end if negative), a range, or a ``TensorIndex``; axes that no part
  /// names are taken whole. What is assigned broadcasts to the part.
  /// - SeeAlso: NumPy's basic indexing.
  public subscript(_ index: [TensorIndex]) -> Tensor {
    get {
      let (slices, shape) = requireShape { () throws(ShapeError) in try steps(of: index) }
      return slices.reduce(self) { $1.isWhole(of: $0.shape[$1.axis]) ? $0 : $1($0) }.reshaped(shape)
    }
    set {
      requireConcrete()
      newValue.requireConcrete()
      let (slices, shape) = requireShape { () throws(ShapeError) in try steps(of: index) }
      requireShape { () throws(ShapeError) in
        guard (try? newValue.shape.checkBroadcast(to: shape)) != nil else {
          throw ShapeError(
            "could not broadcast input array from shape \(newValue.shape.compact) into shape \(shape.compact)"
          )
        }
      }
      // A value that shares this tensor's memory keeps it whole: the tensor is copied, as for any that shares it.
      if !isKnownUniquelyReferenced(&storage) || layout.hasRepeats { self = copied() }
      let part = slices.reduce(layout) { part, slice in slice.view(of: part) ?? part }
      var place = operand
      place.layout = part.reshaped(to: shape) ?? part
      var values = newValue.operand
      values.layout = newValue.layout.broadcast(to: shape)
      Lowering.copy(values, to: place) { Lowering.run($0) }
      withExtendedLifetime(newValue) {}
    }
  }

  /// The slices that an index makes, one for each axis it names, and the shape of the result, in which positions
  /// have dropped their axis.
  private func steps(of index: [TensorIndex]) throws(ShapeError) -> ([Slice], Shape) {
    let named = index.count { $0 != .ellipsis && $0 != .newAxis }
    guard index.count(where: { $0 == .ellipsis }) <= 1 else {
      throw ShapeError("an index can only have a single ellipsis ('...')")
    }
    guard named <= rank else {
      throw ShapeError(
        "too many indices for array: array is \(rank)-dimensional, but \(named) were indexed")
    }
    var slices: [Slice] = []
    var extents: [Int] = []
    var axis = 0
    for part in index.contains(.ellipsis) ? index : index + [.ellipsis] {
      switch part {
      case .position(let position):
        let extent = shape[axis]
        guard position >= -extent, position < extent else {
          throw ShapeError(
            "index \(position) is out of bounds for axis \(axis) with size \(extent)")
        }
        let start = position < 0 ? position + extent : position
        slices.append(Slice(axis: axis, start: start, step: 1, count: 1))
        axis += 1
      case .slice(let start, let stop, let step):
        let taken = try TensorIndex.positions(start: start, stop: stop, step: step, of: shape[axis])
        // The step of a single position has no meaning, and may be too large to count with.
        let step = taken.count > 1 ? step : 1
        slices.append(Slice(axis: axis, start: taken.start, step: step, count: taken.count))
        extents.append(taken.count)
        axis += 1
      case .newAxis:
        extents.append(1)
      case .ellipsis:
        for _ in 0..<rank - named {
          extents.append(shape[axis])
          axis += 1
        }
      }
    }
    return (slices, Shape(extents))
  }
}

extension Tensor {
  /// The part at an index of the first axis.
  public subscript(_ a: some TensorIndexConvertible) -> Tensor {
    get { self[[a.tensorIndex]] }
    set { self[[a.tensorIndex]] = newValue }
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

extension Slice {
  /// Whether the slice is all of an axis of that extent, in order.
  fileprivate func isWhole(of extent: Int) -> Bool {
    start == 0 && step == 1 && count == extent
  }
}
