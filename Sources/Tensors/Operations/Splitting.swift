extension Shape {
  /// Returns the ranges of an axis that equal parts take.
  ///
  ///     try Shape([6, 2]).split(into: 3)  // [Range(0..<2), Range(2..<4), Range(4..<6)]
  ///     try Shape([6, 2]).split(into: 4)
  ///     // throws array split does not result in an equal division
  ///
  /// - Parameters:
  ///   - sections: How many parts: a divisor of the extent.
  ///   - axis: The axis, from the end if negative.
  /// - Returns: A range for each part.
  /// - Throws: `ShapeError` if there is no such axis, or it can't be divided so.
  /// - SeeAlso: NumPy's `split`.
  public func split(into sections: Int, axis: Int = 0) throws(ShapeError) -> [Range<Int>] {
    // Before there is a list of the parts, which may be too long for any memory.
    let extent = self[try normalizedAxis(axis)]
    guard sections <= 0 || extent % sections == 0 else {
      throw ShapeError("array split does not result in an equal division")
    }
    return try arraySplit(into: sections, axis: axis)
  }

  /// Returns the ranges of an axis that nearly equal parts take: the first ones are larger by one.
  ///
  ///     try Shape([7]).arraySplit(into: 3)  // [Range(0..<3), Range(3..<5), Range(5..<7)]
  ///
  /// - Parameters:
  ///   - sections: How many parts, at least 1.
  ///   - axis: The axis, from the end if negative.
  /// - Returns: A range for each part.
  /// - Throws: `ShapeError` if there is no such axis, no part, or more than a list can have.
  /// - SeeAlso: NumPy's `array_split`.
  public func arraySplit(into sections: Int, axis: Int = 0) throws(ShapeError) -> [Range<Int>] {
    let extent = self[try normalizedAxis(axis)]
    guard sections > 0 else { throw ShapeError("number sections must be larger than 0.") }
    // A list of so many parts has no size: Swift's array would count past the largest number.
    guard sections <= Int.max / MemoryLayout<Range<Int>>.stride else {
      throw ShapeError("Maximum allowed dimension exceeded")
    }
    let (size, larger) = extent.quotientAndRemainder(dividingBy: sections)
    var start = 0
    return (0..<sections).map { section in
      defer { start += size + (section < larger ? 1 : 0) }
      return start..<start + size + (section < larger ? 1 : 0)
    }
  }

  /// Returns the ranges of an axis between the positions given.
  ///
  ///     try Shape([6]).split(at: [2, -1])  // [Range(0..<2), Range(2..<5), Range(5..<6)]
  ///
  /// - Parameters:
  ///   - positions: Where a part ends and the next begins, as bounds of slices: from the end if
  ///     negative, and cut to the axis.
  ///   - axis: The axis, from the end if negative.
  /// - Returns: A range for each part, one more than positions.
  /// - Throws: `ShapeError` if there is no such axis.
  /// - SeeAlso: NumPy's `split`.
  public func split(at positions: [Int], axis: Int = 0) throws(ShapeError) -> [Range<Int>] {
    let extent = self[try normalizedAxis(axis)]
    return try zip([0] + positions, positions.map { $0 } + [extent]).map {
      bounds throws(ShapeError) in
      let taken = try TensorIndex.positions(start: bounds.0, stop: bounds.1, step: 1, of: extent)
      return taken.start..<taken.start + taken.count
    }
  }

  /// Checks that a tensor of this shape has the axis that `hsplit`, `vsplit` or `dsplit` splits.
  ///
  /// - Parameters:
  ///   - name: The function, by NumPy's name.
  ///   - least: How many axes it needs.
  /// - Throws: `ShapeError` if there are fewer.
  func checkSplit(_ name: String, rank least: Int) throws(ShapeError) {
    guard rank >= least else {
      throw ShapeError("\(name) only works on arrays of \(least) or more dimensions")
    }
  }

  /// Returns the axis that columns are split along: the second, of a vector its only one.
  ///
  ///     try Shape([2, 3]).horizontalSplitAxis()  // 1
  ///     try Shape([3]).horizontalSplitAxis()     // 0
  ///
  /// - Returns: 0 or 1.
  /// - Throws: `ShapeError` if there is no axis.
  /// - SeeAlso: NumPy's `hsplit`.
  public func horizontalSplitAxis() throws(ShapeError) -> Int {
    try checkSplit("hsplit", rank: 1)
    return rank > 1 ? 1 : 0
  }

  /// Returns the axis that rows are split along: the first.
  ///
  ///     try Shape([2, 3]).verticalSplitAxis()  // 0
  ///     try Shape([3]).verticalSplitAxis()
  ///     // throws vsplit only works on arrays of 2 or more dimensions
  ///
  /// - Returns: 0.
  /// - Throws: `ShapeError` if there are fewer than two axes.
  /// - SeeAlso: NumPy's `vsplit`.
  public func verticalSplitAxis() throws(ShapeError) -> Int {
    try checkSplit("vsplit", rank: 2)
    return 0
  }

  /// Returns the axis that layers are split along: the third.
  ///
  ///     try Shape([2, 3, 4]).depthSplitAxis()  // 2
  ///
  /// - Returns: 2.
  /// - Throws: `ShapeError` if there are fewer than three axes.
  /// - SeeAlso: NumPy's `dsplit`.
  public func depthSplitAxis() throws(ShapeError) -> Int {
    try checkSplit("dsplit", rank: 3)
    return 2
  }
}

extension Tensor {
  /// Returns the tensor in equal parts along an axis, as views.
  ///
  ///     Tensor<Int>([1, 2, 3, 4]).split(into: 2)  // [array([1, 2]), array([3, 4])]
  ///
  /// - Parameters:
  ///   - sections: How many parts: a divisor of the extent.
  ///   - axis: The axis, from the end if negative.
  /// - Returns: The parts, in order.
  /// - Precondition: The parts are equal.
  /// - SeeAlso: NumPy's `split`; the rule is ``Shape/split(into:axis:)``.
  public func split(into sections: Int, axis: Int = 0) -> [Tensor] {
    parts(
      requireShape { () throws(ShapeError) in try shape.split(into: sections, axis: axis) }, axis)
  }

  /// Returns the tensor in nearly equal parts along an axis, as views: the first ones are larger by
  /// one.
  ///
  ///     Tensor<Int>([1, 2, 3]).arraySplit(into: 2)  // [array([1, 2]), array([3])]
  ///
  /// - Parameters:
  ///   - sections: How many parts, at least 1.
  ///   - axis: The axis, from the end if negative.
  /// - Returns: The parts, in order.
  /// - SeeAlso: NumPy's `array_split`; the rule is ``Shape/arraySplit(into:axis:)``.
  public func arraySplit(into sections: Int, axis: Int = 0) -> [Tensor] {
    parts(
      requireShape { () throws(ShapeError) in try shape.arraySplit(into: sections, axis: axis) },
      axis)
  }

  /// Returns the tensor cut at positions of an axis, as views.
  ///
  ///     Tensor<Int>([1, 2, 3, 4]).split(at: [1])  // [array([1]), array([2, 3, 4])]
  ///
  /// - Parameters:
  ///   - positions: Where a part ends and the next begins, from the end if negative.
  ///   - axis: The axis, from the end if negative.
  /// - Returns: The parts, in order, one more than positions.
  /// - SeeAlso: NumPy's `split`; the rule is ``Shape/split(at:axis:)``.
  public func split(at positions: [Int], axis: Int = 0) -> [Tensor] {
    parts(
      requireShape { () throws(ShapeError) in try shape.split(at: positions, axis: axis) }, axis)
  }

  /// Returns the columns in equal parts: along the second axis, a vector along its only one.
  ///
  ///     Tensor<Int>([[1, 2], [3, 4]]).hsplit(into: 2)[0]  // [[1]
  ///                                                       //  [3]]
  ///
  /// - Parameter sections: How many parts: a divisor of the extent.
  /// - Returns: The parts, in order, as views.
  /// - SeeAlso: NumPy's `hsplit`; the rules are ``Shape/horizontalSplitAxis()`` and
  ///   ``Shape/split(into:axis:)``.
  public func hsplit(into sections: Int) -> [Tensor] {
    split(
      into: sections,
      axis: requireShape { () throws(ShapeError) in try shape.horizontalSplitAxis() })
  }

  /// Returns the rows in equal parts: along the first axis.
  ///
  ///     Tensor<Int>([[1, 2], [3, 4]]).vsplit(into: 2)[0]  // [[1 2]]
  ///
  /// - Parameter sections: How many parts: a divisor of the extent.
  /// - Returns: The parts, in order, as views.
  /// - SeeAlso: NumPy's `vsplit`; the rules are ``Shape/verticalSplitAxis()`` and
  ///   ``Shape/split(into:axis:)``.
  public func vsplit(into sections: Int) -> [Tensor] {
    split(
      into: sections,
      axis: requireShape { () throws(ShapeError) in try shape.verticalSplitAxis() })
  }

  /// Returns the layers in equal parts: along the third axis.
  ///
  ///     Tensor<Int>([[[1, 2]], [[3, 4]]]).dsplit(into: 2)[0].shape  // (2, 1, 1)
  ///
  /// - Parameter sections: How many parts: a divisor of the extent.
  /// - Returns: The parts, in order, as views.
  /// - SeeAlso: NumPy's `dsplit`; the rules are ``Shape/depthSplitAxis()`` and
  ///   ``Shape/split(into:axis:)``.
  public func dsplit(into sections: Int) -> [Tensor] {
    split(
      into: sections,
      axis: requireShape { () throws(ShapeError) in try shape.depthSplitAxis() })
  }

  private func parts(_ ranges: [Range<Int>], _ axis: Int) -> [Tensor] {
    let axis = axis < 0 ? axis + rank : axis
    return ranges.map {
      Slice(axis: axis, start: $0.lowerBound, step: 1, count: $0.count)(self)
    }
  }
}
