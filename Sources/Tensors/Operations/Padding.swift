/// What a tensor is continued with beyond the ends of its axes.
///
/// Where several axes are continued, a later one takes in what the ones before have got.
///
///     let x: Tensor<Int> = [1, 2, 3]
///     x.padded([(4, 4)], mode: PaddingMode.reflect)  // [1 2 3 2 1 2 3 2 1 2 3]
///
/// The cases show the same vector, continued by four elements on both sides.
public enum PaddingMode: String, Sendable, CaseIterable {
  /// The element at the end: `[1 1 1 1 1 2 3 3 3 3 3]`.
  case edge
  /// The elements mirrored at the last one: `[1 2 3 2 1 2 3 2 1 2 3]`.
  case reflect
  /// The elements mirrored behind the last one: `[3 3 2 1 1 2 3 3 2 1 1]`.
  case symmetric
  /// The elements over and over: `[3 1 2 3 1 2 3 1 2 3 1]`.
  case wrap
  /// The largest element of each line along the axis.
  case maximum
  /// The mean of each line along the axis, of whole numbers rounded half to even.
  case mean
  /// The median of each line along the axis, of whole numbers rounded half to even.
  case median
  /// The smallest element of each line along the axis.
  case minimum
}

extension Shape {
  /// Returns the shape of a tensor with elements added at the ends of its axes.
  ///
  ///     try Shape([2, 3]).padded([(1, 1), (0, 2)])  // (4, 5)
  ///
  /// - Parameter widths: How many before and after, for each axis; a single pair is for all.
  /// - Returns: A shape of longer axes.
  /// - Throws: `ShapeError` if a number is negative, or there are more or fewer pairs than axes.
  /// - SeeAlso: NumPy's `pad`.
  public func padded(_ widths: [(before: Int, after: Int)]) throws(ShapeError) -> Shape {
    guard widths.allSatisfy({ $0.before >= 0 && $0.after >= 0 }) else {
      throw ShapeError("index can't contain negative values")
    }
    let widths = try perAxis(widths)
    var padded: [Int] = []
    for (extent, width) in zip(extents, widths) {
      let (first, isTooLong) = extent.addingReportingOverflow(width.before)
      let (sum, isStillTooLong) = first.addingReportingOverflow(width.after)
      guard !isTooLong, !isStillTooLong else {
        throw ShapeError("Maximum allowed dimension exceeded")
      }
      padded.append(sum)
    }
    return try Shape(checking: padded)
  }

  /// Returns the shape of a tensor whose axes are continued by what its own elements determine.
  ///
  ///     try Shape([2, 3]).continued([(1, 1), (0, 2)])  // (4, 5)
  ///     try Shape([0]).continued([(1, 1)])
  ///     // throws can't extend empty axis 0 using modes other than 'constant' or 'empty'
  ///
  /// - Parameter widths: How many before and after, for each axis; a single pair is for all.
  /// - Returns: A shape of longer axes.
  /// - Throws: `ShapeError` as ``padded(_:)`` does, and if an axis without elements is to be
  ///   continued.
  /// - SeeAlso: NumPy's `pad` with other modes than `constant`.
  public func continued(_ widths: [(before: Int, after: Int)]) throws(ShapeError) -> Shape {
    let padded = try padded(widths)
    for axis in indices where self[axis] == 0 && padded[axis] > 0 {
      throw ShapeError(
        "can't extend empty axis \(axis) using modes other than 'constant' or 'empty'")
    }
    return padded
  }

  /// Returns a pair for each axis, from one for each or one for all.
  fileprivate func perAxis<Value>(
    _ pairs: [(before: Value, after: Value)]
  ) throws(ShapeError) -> [(before: Value, after: Value)] {
    if pairs.count == rank { return pairs }
    guard pairs.count == 1 else {
      throw ShapeError(
        "operands could not be broadcast together with remapped shapes [original->remapped]: "
          + "(\(pairs.count),2)  and requested shape (\(rank),2)")
    }
    return [(before: Value, after: Value)](repeating: pairs[0], count: rank)
  }
}

extension Tensor {
  /// Returns the tensor with as many equal elements at every end of its axes.
  ///
  ///     Tensor<Int>([1, 2]).padded(by: 1)  // [0 1 2 0]
  ///
  /// - Parameters:
  ///   - width: How many.
  ///   - scalar: The element to add.
  /// - Returns: A larger tensor.
  /// - SeeAlso: NumPy's `pad` with the mode `constant`; the rule is ``Shape/padded(_:)``.
  public func padded(by width: Int, with scalar: Scalar = .zero) -> Tensor {
    padded([(width, width)], with: scalar)
  }

  /// Returns the tensor with equal elements at the ends of its axes.
  ///
  ///     Tensor<Int>([1, 2]).padded([(1, 2)])  // [0 1 2 0 0]
  ///
  /// - Parameters:
  ///   - widths: How many before and after, for each axis; a single pair is for all.
  ///   - scalar: The element to add.
  /// - Returns: A larger tensor.
  /// - SeeAlso: NumPy's `pad` with the mode `constant`; the rule is ``Shape/padded(_:)``.
  public func padded(
    _ widths: [(before: Int, after: Int)], with scalar: Scalar = .zero
  ) -> Tensor {
    padded(widths, withEach: [(scalar, scalar)])
  }

  /// Returns the tensor with elements of their own at each end of its axes.
  ///
  /// Corners get the elements of the last axis.
  ///
  /// - Parameters:
  ///   - widths: How many before and after, for each axis; a single pair is for all.
  ///   - scalars: The elements to add before and after, for each axis; a single pair is for all.
  /// - Returns: A larger tensor.
  /// - SeeAlso: NumPy's `pad` with the mode `constant`; the rule is ``Shape/padded(_:)``.
  public func padded(
    _ widths: [(before: Int, after: Int)], withEach scalars: [(before: Scalar, after: Scalar)]
  ) -> Tensor {
    let (widths, scalars) = requireShape { () throws(ShapeError) in
      _ = try shape.padded(widths)
      return (try shape.perAxis(widths), try shape.perAxis(scalars))
    }
    return padded(widths) { _, axis, end, _ in
      Tensor(end == .before ? scalars[axis].before : scalars[axis].after)
    }
  }

  /// Returns the tensor with its axes continued by what its own elements determine.
  ///
  ///     Tensor<Int>([1, 2, 3]).padded([(2, 2)], mode: .reflect)  // [3 2 1 2 3 2 1]
  ///
  /// - Parameters:
  ///   - widths: How many elements before and after, for each axis; a single pair is for all.
  ///   - mode: What they are.
  /// - Returns: A larger tensor.
  /// - SeeAlso: NumPy's `pad`, with the mode of that name; the rule is ``Shape/continued(_:)``.
  public func padded(_ widths: [(before: Int, after: Int)], mode: PaddingMode) -> Tensor {
    let widths = requireShape { () throws(ShapeError) in
      _ = try shape.continued(widths)
      return try shape.perAxis(widths)
    }
    return padded(widths) { tensor, axis, end, count in
      let extent = tensor.shape[axis]
      func elements(_ position: (Int) -> Int) -> Tensor {
        let first = end == .before ? -count : extent
        return tensor.take(Tensor<Int>((first..<first + count).map(position)), axis: axis)
      }
      func converted(_ statistic: Tensor<Scalar.Quotient>) -> Tensor {
        Tensor(Scalar.scalarType.isInteger ? statistic.rounded() : statistic)
      }
      switch mode {
      case .edge: return elements { Swift.min(Swift.max($0, 0), extent - 1) }
      case .wrap: return elements { $0.modulo(extent) }
      case .symmetric:
        return elements { Swift.min($0.modulo(2 * extent), (-1 - $0).modulo(2 * extent)) }
      case .reflect:
        let period = Swift.max(2 * (extent - 1), 1)
        return elements { Swift.min($0.modulo(period), (-$0).modulo(period)) }
      case .maximum: return tensor.max(axis: axis, keepingAxis: true)
      case .minimum: return tensor.min(axis: axis, keepingAxis: true)
      case .mean: return converted(tensor.mean(axis: axis, keepingAxis: true))
      case .median: return converted(tensor.median(axis: axis, keepingAxis: true))
      }
    }
  }

  /// Returns the tensor with its axes continued to given elements, at equal distances.
  ///
  ///     Tensor<Int>([4, 6]).padded([(2, 3)], rampingTo: [(0, 0)])  // [0 2 4 6 4 2 0]
  ///
  /// Whole numbers are rounded down. Corners get what the last axis determines.
  ///
  /// - Parameters:
  ///   - widths: How many elements before and after, for each axis; a single pair is for all.
  ///   - ends: The outermost elements before and after, for each axis; a single pair is for all.
  /// - Returns: A larger tensor.
  /// - SeeAlso: NumPy's `pad` with the mode `linear_ramp`; the rule is ``Shape/continued(_:)``.
  public func padded(
    _ widths: [(before: Int, after: Int)], rampingTo ends: [(before: Scalar, after: Scalar)]
  ) -> Tensor {
    let (widths, ends) = requireShape { () throws(ShapeError) in
      _ = try shape.continued(widths)
      return (try shape.perAxis(widths), try shape.perAxis(ends))
    }
    return padded(widths) { tensor, axis, end, count in
      let edge = tensor.take(Tensor<Int>(end == .before ? 0 : -1), axis: axis)
      let ramp = Tensor<Double>.linearlySpaced(
        from: Tensor<Double>(Tensor(end == .before ? ends[axis].before : ends[axis].after)),
        to: Tensor<Double>(edge), count: count, includingEnd: false
      ).movedAxis(0, to: axis)
      let outward = end == .before ? ramp : ramp.flipped(axes: [axis])
      return Tensor(Scalar.scalarType.isInteger ? floor(outward) : outward)
    }
  }

  /// Joins to both ends of each axis, one after the other, what a function gives for them.
  private func padded(
    _ widths: [(before: Int, after: Int)],
    _ elements: (_ tensor: Tensor, _ axis: Int, _ end: AxisEnd, _ count: Int) -> Tensor
  ) -> Tensor {
    shape.indices.reduce(self) { tensor, axis in
      func part(_ end: AxisEnd, _ count: Int) -> [Tensor] {
        guard count > 0 else { return [] }
        return [
          elements(tensor, axis, end, count).broadcast(
            to: tensor.shape.replacing(axis: axis, by: count))
        ]
      }
      return concatenate(
        part(.before, widths[axis].before) + [tensor] + part(.after, widths[axis].after),
        axis: axis)
    }
  }
}

private enum AxisEnd {
  case before, after
}

extension Int {
  /// The rest of a division by a positive number, from 0 on.
  fileprivate func modulo(_ divisor: Int) -> Int {
    let rest = self % divisor
    return rest < 0 ? rest + divisor : rest
  }
}
