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

extension Tensor {
  /// The tensor with a new axis of extent 1 at the position given.
  package func expanded(_ axis: Int) -> Tensor {
    var extents = shape.extents
    extents.insert(1, at: axis)
    return reshaped(Shape(extents))
  }

  /// Reduces several axes, one after the other: neighbouring axes are taken as one.
  fileprivate func reduced<Reduction: ReductionPrimitive>(
    _ reduction: Reduction.Type, axes: [Int]?, keepingAxes: Bool
  ) -> Tensor {
    let axes = requireShape { () throws(ShapeError) in try shape.normalizedAxes(axes) }
    var result = self
    var remaining = axes
    while let last = remaining.popLast() {
      var first = last
      while remaining.last == first - 1 {
        first -= 1
        remaining.removeLast()
      }
      if first < last {
        let merged = shape.extents[first...last].reduce(1, *)
        result = result.reshaped(
          Shape(result.shape.extents[..<first] + [merged] + result.shape.extents[(last + 1)...]))
      }
      result = Reduction(axis: first)(result)
    }
    guard keepingAxes else { return result }
    return result.reshaped(Shape(shape.indices.map { axes.contains($0) ? 1 : shape[$0] }))
  }

  fileprivate func requireNonempty(_ name: String, axes: [Int]?) {
    let axes = requireShape { () throws(ShapeError) in try shape.normalizedAxes(axes) }
    require(
      axes.allSatisfy { shape[$0] > 0 },
      "zero-size array to reduction operation \(name) which has no identity")
  }
}

extension Tensor where Scalar: NumericScalar {
  /// Returns the sum over some axes, summed pairwise.
  ///
  ///     Tensor<Float>([[1, 2], [3, 4]]).sum(axes: [0])  // [4. 6.]
  ///
  /// - Parameters:
  ///   - axes: The axes to sum over, from the end if negative; `nil` means all.
  ///   - keepingAxes: Whether they stay, with extent 1.
  /// - Returns: The sums, 0 for none; whole numbers wrap.
  /// - SeeAlso: NumPy's `sum`, which widens small whole numbers first.
  public func sum(axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor {
    reduced(Sum.self, axes: axes, keepingAxes: keepingAxes)
  }

  /// Returns the sum over one axis.
  public func sum(axis: Int, keepingAxis: Bool = false) -> Tensor {
    sum(axes: [axis], keepingAxes: keepingAxis)
  }

  /// Returns the product over some axes.
  ///
  ///     Tensor<Float>([2, 3, 4]).product()  // 24.0
  ///
  /// - Parameters:
  ///   - axes: The axes to multiply over, from the end if negative; `nil` means all.
  ///   - keepingAxes: Whether they stay, with extent 1.
  /// - Returns: The products, 1 for none; whole numbers wrap.
  /// - SeeAlso: NumPy's `prod`.
  public func product(axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor {
    reduced(Product.self, axes: axes, keepingAxes: keepingAxes)
  }

  /// Returns the product over one axis.
  public func product(axis: Int, keepingAxis: Bool = false) -> Tensor {
    product(axes: [axis], keepingAxes: keepingAxis)
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
  public func max(axis: Int, keepingAxis: Bool = false) -> Tensor {
    max(axes: [axis], keepingAxes: keepingAxis)
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
  public func min(axis: Int, keepingAxis: Bool = false) -> Tensor {
    min(axes: [axis], keepingAxes: keepingAxis)
  }

  /// Returns where the largest element of an axis stands; the first of equals, the first NaN before all.
  ///
  ///     Tensor<Float>([[1, 9], [3, 2]]).argMax(axis: 1)  // [1 0]
  ///
  /// - Parameter axis: The axis to look over, from the end if negative; `nil` takes all elements in C order.
  /// - Returns: Positions along the axis, from 0.
  /// - Precondition: There is at least one element to each.
  /// - SeeAlso: NumPy's `argmax`.
  public func argMax(axis: Int? = nil) -> Tensor<Int> {
    position(IndexOfLargest.self, "argmax", axis: axis)
  }

  /// Returns where the smallest element of an axis stands; the first of equals, the first NaN before all.
  ///
  ///     Tensor<Float>([[1, 9], [3, 2]]).argMin(axis: 1)  // [0 1]
  ///
  /// - Parameter axis: The axis to look over, from the end if negative; `nil` takes all elements in C order.
  /// - Returns: Positions along the axis, from 0.
  /// - Precondition: There is at least one element to each.
  /// - SeeAlso: NumPy's `argmin`.
  public func argMin(axis: Int? = nil) -> Tensor<Int> {
    position(IndexOfSmallest.self, "argmin", axis: axis)
  }

  private func position<Reduction: ReductionPrimitive>(
    _ reduction: Reduction.Type, _ name: String, axis: Int?
  ) -> Tensor<Int> {
    let source = axis == nil ? reshaped(-1) : self
    let axis = requireShape { () throws(ShapeError) in try source.shape.normalizedAxis(axis ?? 0) }
    require(source.shape[axis] > 0, "attempt to get \(name) of an empty sequence")
    return Reduction(axis: axis).apply(to: [source])
  }
}

extension Tensor where Scalar: FloatingScalar {
  /// Returns the mean over some axes.
  ///
  ///     Tensor<Float>([[1, 2], [3, 4]]).mean(axes: [0])  // [2. 3.]
  ///
  /// - Parameters:
  ///   - axes: The axes to take the mean over, from the end if negative; `nil` means all.
  ///   - keepingAxes: Whether they stay, with extent 1.
  /// - Returns: The means; NaN for none.
  /// - SeeAlso: NumPy's `mean`.
  public func mean(axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor {
    let total = sum(axes: axes, keepingAxes: keepingAxes)
    let reduced = requireShape { () throws(ShapeError) in try shape.normalizedAxes(axes) }
    return total / Scalar(reduced.reduce(1) { $0 * shape[$1] })
  }

  /// Returns the mean over one axis.
  public func mean(axis: Int, keepingAxis: Bool = false) -> Tensor {
    mean(axes: [axis], keepingAxes: keepingAxis)
  }
}
