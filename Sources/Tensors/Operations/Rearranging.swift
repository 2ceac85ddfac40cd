// Elements in another order along axes.

extension Shape {
  /// Checks the axes along which a tensor of this shape is reversed.
  ///
  ///     try Shape([2, 3]).flippedAxes([-1])  // [1]
  ///     try Shape([2, 3]).flippedAxes([2])
  ///     // throws axis 2 is out of bounds for array of dimension 2
  ///
  /// - Parameter axes: The axes, from the end if negative; `nil` means all.
  /// - Returns: The axes from 0 to `rank - 1`.
  /// - Throws: `ShapeError` if there is no such axis, or it is given twice.
  /// - SeeAlso: NumPy's `flip`.
  public func flippedAxes(_ axes: [Int]?) throws(ShapeError) -> [Int] {
    guard let axes else { return Array(indices) }
    return try distinctAxes(axes)
  }

  /// Checks that a tensor of this shape has the axis that `flipud` or `fliplr` reverses.
  ///
  ///     try Shape([2]).checkFlip(axis: 1)  // throws Input must be >= 2-d.
  ///
  /// - Parameter axis: 0 or 1.
  /// - Throws: `ShapeError` if there is no such axis.
  /// - SeeAlso: NumPy's `flipud` and `fliplr`.
  public func checkFlip(axis: Int) throws(ShapeError) {
    guard rank > axis else { throw ShapeError("Input must be >= \(axis + 1)-d.") }
  }

  /// Returns how far the elements move along each axis.
  ///
  ///     try Shape([4, 5]).rolledShifts([-1, 7], axes: [0, 1])  // [3, 2]
  ///
  /// - Parameters:
  ///   - shifts: How far along each of `axes`, towards the end if positive; a single one is for
  ///     all.
  ///   - axes: The axes, from the end if negative; a single one is for all shifts. Shifts of the
  ///     same axis add up.
  /// - Returns: For each axis of the shape a shift from 0 to its extent.
  /// - Throws: `ShapeError` if there is no such axis, or the counts differ.
  /// - SeeAlso: NumPy's `roll`.
  public func rolledShifts(_ shifts: [Int], axes: [Int]) throws(ShapeError) -> [Int] {
    let normalized = try axes.map { axis throws(ShapeError) in try normalizedAxis(axis) }
    let count = try Shape.broadcast(all: [[shifts.count], [axes.count]])[0]
    var total = extents.map { _ in 0 }
    for number in 0..<count {
      let axis = normalized[normalized.count == 1 ? 0 : number]
      guard self[axis] > 0 else { continue }
      // Brought onto the axis first: sums of shifts may be too large.
      let rest = shifts[shifts.count == 1 ? 0 : number] % self[axis]
      total[axis] = (total[axis] + (rest < 0 ? rest + self[axis] : rest)) % self[axis]
    }
    return total
  }

  /// Checks the axes of the plane in which a tensor of this shape is rotated.
  ///
  ///     try Shape([2, 3, 4]).rotationAxes((0, -1))  // (0, 2)
  ///     try Shape([2, 3, 4]).rotationAxes((0, 0))   // throws Axes must be different.
  ///
  /// - Parameter axes: Two axes, from the end if negative.
  /// - Returns: The axes from 0 to `rank - 1`.
  /// - Throws: `ShapeError` if they are the same or there are no such axes.
  /// - SeeAlso: NumPy's `rot90`.
  public func rotationAxes(_ axes: (Int, Int)) throws(ShapeError) -> (Int, Int) {
    let distance = axes.0.subtractingReportingOverflow(axes.1)
    guard distance.overflow || (distance.0 != 0 && distance.0.magnitude != rank.magnitude) else {
      throw ShapeError("Axes must be different.")
    }
    guard let first = try? normalizedAxis(axes.0), let second = try? normalizedAxis(axes.1) else {
      throw ShapeError("Axes=(\(axes.0), \(axes.1)) out of range for array of ndim=\(rank).")
    }
    return (first, second)
  }
}

extension Tensor {
  /// Returns the tensor with the elements along axes in reverse order, as a view.
  ///
  ///     Tensor<Int>([[1, 2], [3, 4]]).flipped(axes: [1])  // [[2 1]
  ///                                                       //  [4 3]]
  ///
  /// - Parameter axes: The axes, from the end if negative; `nil` means all.
  /// - Returns: A view of the same shape.
  /// - SeeAlso: NumPy's `flip`; the rule is ``Shape/flippedAxes(_:)``.
  public func flipped(axes: [Int]? = nil) -> Tensor {
    requireShape { () throws(ShapeError) in try shape.flippedAxes(axes) }.reduce(self) {
      let extent = $0.shape[$1]
      return extent < 2 ? $0 : Slice(axis: $1, start: extent - 1, step: -1, count: extent)($0)
    }
  }

  /// Returns the tensor with the elements along one axis in reverse order, as a view.
  ///
  ///     Tensor<Int>([[1, 2], [3, 4]]).flipped(axis: 0)  // [[3 4]
  ///                                                     //  [1 2]]
  ///
  /// - Parameter axis: The axis, from the end if negative.
  /// - Returns: A view of the same shape.
  /// - SeeAlso: NumPy's `flip`.
  public func flipped(axis: Int) -> Tensor { flipped(axes: [axis]) }

  /// Returns the tensor with its rows in reverse order, as a view.
  ///
  ///     Tensor<Int>([[1, 2], [3, 4]]).flippedVertically()  // [[3 4]
  ///                                                        //  [1 2]]
  ///
  /// - Returns: A view of the same shape.
  /// - Precondition: There is an axis.
  /// - SeeAlso: NumPy's `flipud`; the rule is ``Shape/checkFlip(axis:)``.
  public func flippedVertically() -> Tensor {
    requireShape { () throws(ShapeError) in try shape.checkFlip(axis: 0) }
    return flipped(axis: 0)
  }

  /// Returns the tensor with its columns in reverse order, as a view.
  ///
  ///     Tensor<Int>([[1, 2], [3, 4]]).flippedHorizontally()  // [[2 1]
  ///                                                          //  [4 3]]
  ///
  /// - Returns: A view of the same shape.
  /// - Precondition: There are two axes.
  /// - SeeAlso: NumPy's `fliplr`; the rule is ``Shape/checkFlip(axis:)``.
  public func flippedHorizontally() -> Tensor {
    requireShape { () throws(ShapeError) in try shape.checkFlip(axis: 1) }
    return flipped(axis: 1)
  }

  /// Returns the tensor with its elements moved along an axis; what leaves at one end comes in at
  /// the other.
  ///
  ///     Tensor<Int>([1, 2, 3, 4]).rolled(by: 1)  // [4 1 2 3]
  ///
  /// - Parameters:
  ///   - shift: How far, towards the end if positive.
  ///   - axis: The axis, from the end if negative; `nil` moves all elements in C order.
  /// - Returns: A tensor of the same shape.
  /// - SeeAlso: NumPy's `roll`; the rule is ``Shape/rolledShifts(_:axes:)``.
  public func rolled(by shift: Int, axis: Int? = nil) -> Tensor {
    guard let axis else { return reshaped(-1).rolled(by: shift, axis: 0).reshaped(shape) }
    return rolled(by: [shift], axes: [axis])
  }

  /// Returns the tensor with its elements moved along several axes.
  ///
  /// - Parameters:
  ///   - shifts: How far along each of `axes`, towards the end if positive; a single one is for
  ///     all.
  ///   - axes: The axes, from the end if negative; a single one is for all shifts.
  /// - Returns: A tensor of the same shape.
  /// - SeeAlso: NumPy's `roll`; the rule is ``Shape/rolledShifts(_:axes:)``.
  public func rolled(by shifts: [Int], axes: [Int]) -> Tensor {
    let shifts = requireShape { () throws(ShapeError) in
      try shape.rolledShifts(shifts, axes: axes)
    }
    return shifts.enumerated().reduce(self) { tensor, shift in
      guard shift.element > 0 else { return tensor }
      let parts = tensor.split(at: [tensor.shape[shift.offset] - shift.element], axis: shift.offset)
      return concatenate([parts[1], parts[0]], axis: shift.offset)
    }
  }

  /// Returns the tensor rotated by quarter turns in the plane of two axes, as a view.
  ///
  ///     Tensor<Int>([[1, 2], [3, 4]]).rotated90()  // [[2 4]
  ///                                                //  [1 3]]
  ///
  /// - Parameters:
  ///   - times: How many quarter turns, from the first axis towards the second; the other way if
  ///     negative.
  ///   - axes: The two axes, from the end if negative.
  /// - Returns: A view, its axes swapped if the number is odd.
  /// - SeeAlso: NumPy's `rot90`; the rule is ``Shape/rotationAxes(_:)``.
  public func rotated90(_ times: Int = 1, axes: (Int, Int) = (0, 1)) -> Tensor {
    let (first, second) = requireShape { () throws(ShapeError) in try shape.rotationAxes(axes) }
    switch times & 3 {
    case 1: return flipped(axis: second).swappedAxes(first, second)
    case 2: return flipped(axes: [first, second])
    case 3: return swappedAxes(first, second).flipped(axis: second)
    default: return self
    }
  }
}
