package import CKernels

/// An operation that takes one axis together.
package protocol ReductionPrimitive: Primitive {
  var axis: Int { get }
  init(axis: Int)
  static var name: String { get }
  /// The C loop for a type.
  static func loop(_ type: ScalarType) -> ReductionLoop
}

extension ReductionPrimitive {
  package var name: String { "\(Self.name)(axis: \(axis))" }
  package func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
    operands[0].removing(axis: try operands[0].normalizedAxis(axis))
  }
  package func lower(_ operands: [Operand], to result: Operand, emit: (my_call) -> Void) {
    Lowering.reduction(
      Self.loop(operands[0].type), axis: axis, of: operands[0], to: result, emit: emit)
  }
  package func rowWork(_ shapes: [Shape], _ types: [ScalarType]) -> RowWork? {
    axis == shapes[0].rank - 1 ? .reduction(Self.loop(types[0])) : nil
  }
  package func derivative<Scalar: FloatingScalar>(_ at: Derivation<Scalar>) -> [Node?] { [nil] }
}

package struct Sum: ReductionPrimitive {
  package var axis: Int
  package init(axis: Int) { self.axis = axis }
  package static var name: String { "sum" }
  package static func loop(_ type: ScalarType) -> ReductionLoop {
    Kernels.numeric(type).pointee.sum
  }
  package func derivative<Scalar: FloatingScalar>(_ at: Derivation<Scalar>) -> [Node?] {
    [at.gradient.expanded(axis).broadcast(to: at.node.inputs[0].shape).node]
  }
}

package struct Product: ReductionPrimitive {
  package var axis: Int
  package init(axis: Int) { self.axis = axis }
  package static var name: String { "product" }
  package static func loop(_ type: ScalarType) -> ReductionLoop {
    Kernels.numeric(type).pointee.product
  }
  // Of elements other than 0; one that is 0 gets NaN.
  package func derivative<Scalar: FloatingScalar>(_ at: Derivation<Scalar>) -> [Node?] {
    [((at.gradient * at.result).expanded(axis) / at.operand(0)).node]
  }
}

package struct Largest: ReductionPrimitive {
  package var axis: Int
  package init(axis: Int) { self.axis = axis }
  package static var name: String { "max" }
  package static func loop(_ type: ScalarType) -> ReductionLoop {
    Kernels.numeric(type).pointee.largest
  }
  package func derivative<Scalar: FloatingScalar>(_ at: Derivation<Scalar>) -> [Node?] {
    [at.sharedAmongEquals(axis: axis).node]
  }
}

package struct Smallest: ReductionPrimitive {
  package var axis: Int
  package init(axis: Int) { self.axis = axis }
  package static var name: String { "min" }
  package static func loop(_ type: ScalarType) -> ReductionLoop {
    Kernels.numeric(type).pointee.smallest
  }
  package func derivative<Scalar: FloatingScalar>(_ at: Derivation<Scalar>) -> [Node?] {
    [at.sharedAmongEquals(axis: axis).node]
  }
}

package struct IndexOfLargest: ReductionPrimitive {
  package var axis: Int
  package init(axis: Int) { self.axis = axis }
  package static var name: String { "argMax" }
  package static func loop(_ type: ScalarType) -> ReductionLoop {
    Kernels.numeric(type).pointee.index_of_largest
  }
  package func scalarType(of operands: [ScalarType]) -> ScalarType { .int64 }
}

package struct IndexOfSmallest: ReductionPrimitive {
  package var axis: Int
  package init(axis: Int) { self.axis = axis }
  package static var name: String { "argMin" }
  package static func loop(_ type: ScalarType) -> ReductionLoop {
    Kernels.numeric(type).pointee.index_of_smallest
  }
  package func scalarType(of operands: [ScalarType]) -> ScalarType { .int64 }
}

extension Derivation {
  /// The gradient of a largest or smallest element: shared evenly by the elements that equal it.
  fileprivate func sharedAmongEquals(axis: Int) -> Tensor<Scalar> {
    let x = operand(0)
    let equal = Tensor<Scalar>(x .== result.expanded(axis))
    return equal / equal.sum(axis: axis).expanded(axis) * gradient.expanded(axis)
  }
}

extension ReductionPrimitive {
  /// Runs the operation at once on a concrete tensor, or records it; the result has the same type.
  fileprivate func callAsFunction(_ x: UntypedTensor) -> UntypedTensor {
    guard x.storage.node == nil else { return run([x]) }
    let result = UntypedTensor(memoryFor: x.layout.inNewMemory(removing: axis), x.scalarType)
    if x.layout.isContiguous {
      Lowering.runReduction(Self.loop(x.scalarType), axis: axis, of: x, to: result)
    } else {
      lower([x.operand], to: result.operand) { Lowering.run($0) }
    }
    withExtendedLifetime((x, result)) {}
    return result
  }
}

extension UntypedTensor {
  /// Reduces several axes, one after the other: neighbouring axes are taken as one.
  fileprivate func reduced<Reduction: ReductionPrimitive>(
    _ reduction: Reduction.Type, axes: [Int]?, keepingAxes: Bool
  ) -> UntypedTensor {
    if axes == nil, !keepingAxes, storage.node == nil, layout.isContiguous, layout.rank > 0 {
      let flat = Layout(count: layout.elementCount, offset: layout.offset)
      return Reduction(axis: 0)(
        UntypedTensor(storage: storage, layout: flat, scalarType: scalarType))
    }
    let shape = layout.shape
    let axes = requireShape { () throws(ShapeError) in try shape.reductionAxes(axes) }
    var result = self
    if axes.count == 1 {
      result = Reduction(axis: axes[0])(self)
    } else if axes.count == shape.rank, let count = shape.checkedElementCount {
      result =
        axes.isEmpty
        ? self : Reduction(axis: 0)(reshaped(Shape(Dimensions(repeating: count, count: 1))))
    } else {
      var remaining = axes
      while let last = remaining.popLast() {
        var first = last
        while remaining.last == first - 1 {
          first -= 1
          remaining.removeLast()
        }
        if first < last {
          let old = result.layout.shape.extents
          let merged = old[first...last].reduce(1, *)
          result = result.reshaped(Shape(old[..<first] + [merged] + old[(last + 1)...]))
        }
        result = Reduction(axis: first)(result)
      }
    }
    guard keepingAxes else { return result }
    return result.reshaped(
      requireShape { () throws(ShapeError) in try shape.reduced(axes: axes, keepingAxes: true) })
  }
}

extension Tensor {
  /// The tensor with a new axis of extent 1 at the position given.
  package func expanded(_ axis: Int) -> Tensor {
    var extents = shape.extents
    extents.insert(1, at: axis)
    return reshaped(Shape(extents))
  }

  package func reduced<Reduction: ReductionPrimitive>(
    _ reduction: Reduction.Type, axes: [Int]?, keepingAxes: Bool
  ) -> Tensor {
    Tensor(untyped.reduced(reduction, axes: axes, keepingAxes: keepingAxes))
  }

  /// Reduces some axes, in a type that the elements are converted to first.
  fileprivate func reduced<Reduction: ReductionPrimitive, Result: TensorScalar>(
    _ reduction: Reduction.Type, axes: [Int]?, keepingAxes: Bool, as _: Result.Type
  ) -> Tensor<Result> {
    guard Scalar.scalarType == Result.scalarType else {
      return Tensor<Result>(self).reduced(reduction, axes: axes, keepingAxes: keepingAxes)
    }
    return Tensor<Result>(untyped.reduced(reduction, axes: axes, keepingAxes: keepingAxes))
  }

  /// Reduces one axis, in a type that the elements are converted to first.
  fileprivate func reduced<Reduction: ReductionPrimitive, Result: TensorScalar>(
    _ reduction: Reduction.Type, axis: Int, keepingAxis: Bool, as type: Result.Type
  ) -> Tensor<Result> {
    if keepingAxis || rank == 0 {
      return reduced(reduction, axes: [axis], keepingAxes: keepingAxis, as: type)
    }
    let axis = requireShape { () throws(ShapeError) in try shape.normalizedAxis(axis) }
    return Tensor<Result>(
      Scalar.scalarType == Result.scalarType
        ? Reduction(axis: axis)(untyped) : Reduction(axis: axis)(Tensor<Result>(self).untyped))
  }

  fileprivate func requireNonempty(_ name: String, axes: [Int]?) {
    requireShape { () throws(ShapeError) in try shape.checkReduction(name, axes: axes) }
  }

  /// The shape that a reduction leaves.
  package func requireReduced(axes: [Int]?, keepingAxes: Bool = false) -> Shape {
    requireShape { () throws(ShapeError) in
      try shape.reduced(axes: axes, keepingAxes: keepingAxes)
    }
  }

  /// How many elements each result of a reduction comes from.
  package func reducedCount(axes: [Int]?) -> Int {
    requireShape { () throws(ShapeError) in try shape.reductionAxes(axes) }
      .reduce(1) { $0 * shape[$1] }
  }
}

extension Tensor {
  /// Returns the sum over some axes, summed pairwise.
  ///
  ///     Tensor<Float>([[1, 2], [3, 4]]).sum(axes: [0])  // [4. 6.]
  ///
  /// Whole numbers narrower than 64 bits are summed as `Int` or `UInt`; truth values are counted.
  /// An element type given with `as` is converted to first.
  /// - Parameters:
  ///   - axes: The axes to sum over, from the end if negative; `nil` means all.
  ///   - keepingAxes: Whether they stay, with extent 1.
  /// - Returns: The sums, 0 for none; whole numbers wrap.
  /// - SeeAlso: NumPy's `sum`.
  public func sum(axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor<Scalar.Accumulator> {
    sum(axes: axes, keepingAxes: keepingAxes, as: Scalar.Accumulator.self)
  }

  /// Returns the sum over one axis.
  ///
  ///     Tensor<Float>([[1, 2], [3, 4]]).sum(axis: 0)  // [4. 6.]
  ///
  /// - Parameters:
  ///   - axis: The axis to sum over, from the end if negative.
  ///   - keepingAxis: Whether it stays, with extent 1.
  /// - Returns: The sums, 0 for none; whole numbers wrap.
  /// - SeeAlso: NumPy's `sum`.
  public func sum(axis: Int, keepingAxis: Bool = false) -> Tensor<Scalar.Accumulator> {
    reduced(Sum.self, axis: axis, keepingAxis: keepingAxis, as: Scalar.Accumulator.self)
  }

  /// Returns the sum over some axes, in a type of choice: NumPy's `sum` with a `dtype`.
  ///
  ///     Tensor<UInt8>([200, 100]).sum(as: UInt8.self)  // 44
  ///
  /// - Parameters:
  ///   - axes: The axes to sum over, from the end if negative; `nil` means all.
  ///   - keepingAxes: Whether they stay, with extent 1.
  ///   - type: What the elements are converted to before they are summed.
  /// - Returns: The sums, 0 for none.
  public func sum<Result: NumericScalar>(
    axes: [Int]? = nil, keepingAxes: Bool = false, as type: Result.Type
  ) -> Tensor<Result> {
    reduced(Sum.self, axes: axes, keepingAxes: keepingAxes, as: type)
  }

  /// Returns the product over some axes.
  ///
  ///     Tensor<Float>([2, 3, 4]).product()  // 24.0
  ///
  /// It has the type that ``sum(axes:keepingAxes:)`` has. The derivative of an element that is 0 is
  /// NaN.
  /// - Parameters:
  ///   - axes: The axes to multiply over, from the end if negative; `nil` means all.
  ///   - keepingAxes: Whether they stay, with extent 1.
  /// - Returns: The products, 1 for none; whole numbers wrap.
  /// - SeeAlso: NumPy's `prod`.
  public func product(
    axes: [Int]? = nil, keepingAxes: Bool = false
  ) -> Tensor<Scalar.Accumulator> {
    product(axes: axes, keepingAxes: keepingAxes, as: Scalar.Accumulator.self)
  }

  /// Returns the product over one axis.
  ///
  ///     Tensor<Float>([[1, 2], [3, 4]]).product(axis: 0)  // [3. 8.]
  ///
  /// - Parameters:
  ///   - axis: The axis to multiply over, from the end if negative.
  ///   - keepingAxis: Whether it stays, with extent 1.
  /// - Returns: The products, 1 for none; whole numbers wrap.
  /// - SeeAlso: NumPy's `prod`.
  public func product(axis: Int, keepingAxis: Bool = false) -> Tensor<Scalar.Accumulator> {
    reduced(Product.self, axis: axis, keepingAxis: keepingAxis, as: Scalar.Accumulator.self)
  }

  /// Returns the product over some axes, in a type of choice: NumPy's `prod` with a `dtype`.
  ///
  ///     Tensor<UInt8>([20, 20]).product(as: Double.self)  // 400.0
  ///
  /// - Parameters:
  ///   - axes: The axes to multiply over, from the end if negative; `nil` means all.
  ///   - keepingAxes: Whether they stay, with extent 1.
  ///   - type: What the elements are converted to before they are multiplied.
  /// - Returns: The products, 1 for none.
  public func product<Result: NumericScalar>(
    axes: [Int]? = nil, keepingAxes: Bool = false, as type: Result.Type
  ) -> Tensor<Result> {
    reduced(Product.self, axes: axes, keepingAxes: keepingAxes, as: type)
  }

  /// Returns the mean over some axes.
  ///
  ///     Tensor<Float>([[1, 2], [3, 4]]).mean(axes: [0])  // [2. 3.]
  ///
  /// - Parameters:
  ///   - axes: The axes to take the mean over, from the end if negative; `nil` means all.
  ///   - keepingAxes: Whether they stay, with extent 1.
  /// - Returns: The means, of whole numbers and truth values in `Double`; NaN for none.
  /// - SeeAlso: NumPy's `mean`.
  public func mean(axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor<Scalar.Quotient> {
    let total = reduced(Sum.self, axes: axes, keepingAxes: keepingAxes, as: Scalar.Quotient.self)
    return total / Scalar.Quotient(reducedCount(axes: axes))
  }

  /// Returns the mean over one axis.
  ///
  ///     Tensor<Float>([[1, 2], [3, 4]]).mean(axis: 0)  // [2. 3.]
  ///
  /// - Parameters:
  ///   - axis: The axis to take the mean over, from the end if negative.
  ///   - keepingAxis: Whether it stays, with extent 1.
  /// - Returns: The means, of whole numbers and truth values in `Double`; NaN for none.
  /// - SeeAlso: NumPy's `mean`.
  public func mean(axis: Int, keepingAxis: Bool = false) -> Tensor<Scalar.Quotient> {
    mean(axes: [axis], keepingAxes: keepingAxis)
  }

  /// Tells whether any element along some axes is true, or other than 0.
  ///
  ///     Tensor<Int>([[0, 1], [0, 0]]).any(axes: [1])  // [ True False]
  ///
  /// - Parameters:
  ///   - axes: The axes to look over, from the end if negative; `nil` means all.
  ///   - keepingAxes: Whether they stay, with extent 1.
  /// - Returns: Truth values, false for no elements; NaN is other than 0.
  /// - SeeAlso: NumPy's `any`.
  public func any(axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor<Bool> {
    reduced(Sum.self, axes: axes, keepingAxes: keepingAxes, as: Bool.self)
  }

  /// Tells whether any element along one axis is true, or other than 0.
  ///
  ///     Tensor<Int>([[0, 1], [0, 0]]).any(axis: 1)  // [ True False]
  ///
  /// - Parameters:
  ///   - axis: The axis to look over, from the end if negative.
  ///   - keepingAxis: Whether it stays, with extent 1.
  /// - Returns: Truth values, false for no elements; NaN is other than 0.
  /// - SeeAlso: NumPy's `any`.
  public func any(axis: Int, keepingAxis: Bool = false) -> Tensor<Bool> {
    self.any(axes: [axis], keepingAxes: keepingAxis)
  }

  /// Tells whether all elements along some axes are true, or other than 0.
  ///
  ///     Tensor<Int>([[0, 1], [2, 3]]).all(axes: [1])  // [False  True]
  ///
  /// - Parameters:
  ///   - axes: The axes to look over, from the end if negative; `nil` means all.
  ///   - keepingAxes: Whether they stay, with extent 1.
  /// - Returns: Truth values, true for no elements; NaN is other than 0.
  /// - SeeAlso: NumPy's `all`.
  public func all(axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor<Bool> {
    reduced(Product.self, axes: axes, keepingAxes: keepingAxes, as: Bool.self)
  }

  /// Tells whether all elements along one axis are true, or other than 0.
  ///
  ///     Tensor<Int>([[0, 1], [2, 3]]).all(axis: 1)  // [False  True]
  ///
  /// - Parameters:
  ///   - axis: The axis to look over, from the end if negative.
  ///   - keepingAxis: Whether it stays, with extent 1.
  /// - Returns: Truth values, true for no elements; NaN is other than 0.
  /// - SeeAlso: NumPy's `all`.
  public func all(axis: Int, keepingAxis: Bool = false) -> Tensor<Bool> {
    all(axes: [axis], keepingAxes: keepingAxis)
  }

  /// Returns how many elements along some axes are true, or other than 0.
  ///
  ///     Tensor<Int>([[0, 1], [2, 3]]).countNonzero(axes: [1])  // [1 2]
  ///
  /// - Parameters:
  ///   - axes: The axes to count over, from the end if negative; `nil` means all.
  ///   - keepingAxes: Whether they stay, with extent 1.
  /// - Returns: The counts; NaN is other than 0.
  /// - SeeAlso: NumPy's `count_nonzero`.
  public func countNonzero(axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor<Int> {
    Tensor<Bool>(self).sum(axes: axes, keepingAxes: keepingAxes)
  }

  /// Returns how many elements along one axis are true, or other than 0.
  ///
  ///     Tensor<Int>([[0, 1], [2, 3]]).countNonzero(axis: 1)  // [1 2]
  ///
  /// - Parameters:
  ///   - axis: The axis to count over, from the end if negative.
  ///   - keepingAxis: Whether it stays, with extent 1.
  /// - Returns: The counts; NaN is other than 0.
  /// - SeeAlso: NumPy's `count_nonzero`.
  public func countNonzero(axis: Int, keepingAxis: Bool = false) -> Tensor<Int> {
    countNonzero(axes: [axis], keepingAxes: keepingAxis)
  }

  /// Returns the largest element over some axes; a NaN wins.
  ///
  ///     Tensor<Float>([[1, 9], [3, 4]]).max(axes: [1])  // [9. 4.]
  ///
  /// The derivative is shared evenly by equal elements.
  /// - Parameters:
  ///   - axes: The axes to look over, from the end if negative; `nil` means all.
  ///   - keepingAxes: Whether they stay, with extent 1.
  /// - Returns: The largest elements.
  /// - Precondition: There is at least one element to each.
  /// - SeeAlso: NumPy's `max`.
  public func max(axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor {
    requireNonempty("maximum", axes: axes)
    return reduced(Largest.self, axes: axes, keepingAxes: keepingAxes)
  }

  /// Returns the largest element over one axis; a NaN wins.
  ///
  ///     Tensor<Float>([[1, 9], [3, 4]]).max(axis: 1)  // [9. 4.]
  ///
  /// - Parameters:
  ///   - axis: The axis to look over, from the end if negative.
  ///   - keepingAxis: Whether it stays, with extent 1.
  /// - Returns: The largest elements.
  /// - Precondition: There is at least one element to each.
  /// - SeeAlso: NumPy's `max`.
  public func max(axis: Int, keepingAxis: Bool = false) -> Tensor {
    requireNonempty("maximum", axes: [axis])
    return reduced(Largest.self, axis: axis, keepingAxis: keepingAxis, as: Scalar.self)
  }

  /// Returns the smallest element over some axes; a NaN wins.
  ///
  ///     Tensor<Float>([[1, 9], [3, 4]]).min(axes: [1])  // [1. 3.]
  ///
  /// The derivative is shared evenly by equal elements.
  /// - Parameters:
  ///   - axes: The axes to look over, from the end if negative; `nil` means all.
  ///   - keepingAxes: Whether they stay, with extent 1.
  /// - Returns: The smallest elements.
  /// - Precondition: There is at least one element to each.
  /// - SeeAlso: NumPy's `min`.
  public func min(axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor {
    requireNonempty("minimum", axes: axes)
    return reduced(Smallest.self, axes: axes, keepingAxes: keepingAxes)
  }

  /// Returns the smallest element over one axis; a NaN wins.
  ///
  ///     Tensor<Float>([[1, 9], [3, 4]]).min(axis: 1)  // [1. 3.]
  ///
  /// - Parameters:
  ///   - axis: The axis to look over, from the end if negative.
  ///   - keepingAxis: Whether it stays, with extent 1.
  /// - Returns: The smallest elements.
  /// - Precondition: There is at least one element to each.
  /// - SeeAlso: NumPy's `min`.
  public func min(axis: Int, keepingAxis: Bool = false) -> Tensor {
    requireNonempty("minimum", axes: [axis])
    return reduced(Smallest.self, axis: axis, keepingAxis: keepingAxis, as: Scalar.self)
  }

  /// Returns where the largest element of an axis stands; the first of equals, the first NaN before
  /// all.
  ///
  ///     Tensor<Float>([[1, 9], [3, 2]]).argMax(axis: 1)  // [1 0]
  ///
  /// - Parameters:
  ///   - axis: The axis to look over, from the end if negative; `nil` takes all elements in C
  ///     order.
  ///   - keepingAxis: Whether the axis (or all) stays, with extent 1.
  /// - Returns: Positions along the axis, from 0.
  /// - Precondition: There is at least one element to each.
  /// - SeeAlso: NumPy's `argmax`.
  public func argMax(axis: Int? = nil, keepingAxis: Bool = false) -> Tensor<Int> {
    position(IndexOfLargest.self, "argmax", axis: axis, keepingAxis: keepingAxis)
  }

  /// Returns where the smallest element of an axis stands; the first of equals, the first NaN
  /// before all.
  ///
  ///     Tensor<Float>([[1, 9], [3, 2]]).argMin(axis: 1)  // [0 1]
  ///
  /// - Parameters:
  ///   - axis: The axis to look over, from the end if negative; `nil` takes all elements in C
  ///     order.
  ///   - keepingAxis: Whether the axis (or all) stays, with extent 1.
  /// - Returns: Positions along the axis, from 0.
  /// - Precondition: There is at least one element to each.
  /// - SeeAlso: NumPy's `argmin`.
  public func argMin(axis: Int? = nil, keepingAxis: Bool = false) -> Tensor<Int> {
    position(IndexOfSmallest.self, "argmin", axis: axis, keepingAxis: keepingAxis)
  }

  private func position<Reduction: ReductionPrimitive>(
    _ reduction: Reduction.Type, _ name: String, axis: Int?, keepingAxis: Bool
  ) -> Tensor<Int> {
    // A number has no axis, but its first and last may be named, as for other reductions.
    let axis = rank == 0 && (axis == 0 || axis == -1) ? nil : axis
    let axes = axis.map { [$0] }
    requireShape { () throws(ShapeError) in try shape.checkPosition(name, axis: axis) }
    let target = requireReduced(axes: axes, keepingAxes: keepingAxis)
    let source = axis == nil ? reshaped(-1) : self
    let reduced = requireShape { () throws(ShapeError) in
      try source.shape.normalizedAxis(axis ?? 0)
    }
    let positions: Tensor<Int> = Reduction(axis: reduced).apply(to: [source])
    return positions.reshaped(target)
  }
}
