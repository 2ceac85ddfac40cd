import CKernels

/// An operation on each line along an axis whose results are those of the line's beginnings.
package protocol ScanPrimitive: LinePrimitive {}

package struct CumulativeSum: ScanPrimitive {
  package var axis: Int
  package init(axis: Int) { self.axis = axis }
  package static var name: String { "cumulativeSum" }
  package static func loop(_ type: ScalarType) -> LineLoop {
    Kernels.numeric(type).pointee.cumulative_sum
  }
  package func derivative<Scalar: FloatingScalar>(_ at: Derivation<Scalar>) -> [Node?] {
    [at.gradient.sumFromEnd(axis: axis).node]
  }
}

package struct CumulativeProduct: ScanPrimitive {
  package var axis: Int
  package init(axis: Int) { self.axis = axis }
  package static var name: String { "cumulativeProduct" }
  package static func loop(_ type: ScalarType) -> LineLoop {
    Kernels.numeric(type).pointee.cumulative_product
  }
  // Of elements other than 0; one that is 0 gets NaN.
  package func derivative<Scalar: FloatingScalar>(_ at: Derivation<Scalar>) -> [Node?] {
    [((at.gradient * at.result).sumFromEnd(axis: axis) / at.operand(0)).node]
  }
}

extension Tensor where Scalar: FloatingScalar {
  /// For each element the sum of it and all that follow on its line.
  fileprivate func sumFromEnd(axis: Int) -> Tensor {
    let sums: Tensor = CumulativeSum(axis: axis)(reversed(axis: axis))
    return sums.reversed(axis: axis)
  }

  private func reversed(axis: Int) -> Tensor {
    let count = shape[axis]
    return Slice(axis: axis, start: Swift.max(count - 1, 0), step: -1, count: count)(self)
  }
}

extension Tensor {
  /// Returns for each element the sum of all up to it along an axis.
  ///
  ///     Tensor([1, 2, 3]).cumulativeSum()  // [1 3 6]
  ///
  /// They are added one after the other, in the type that ``sum(axes:keepingAxes:)`` has.
  /// - Parameter axis: The axis to sum along, from the end if negative; `nil` takes all elements in
  ///   C order.
  /// - Returns: A tensor of the same shape, or a vector; whole numbers wrap.
  /// - SeeAlso: NumPy's `cumsum`.
  public func cumulativeSum(axis: Int? = nil) -> Tensor<Scalar.Accumulator> {
    scanned(CumulativeSum.self, axis: axis)
  }

  /// Returns for each element the product of all up to it along an axis.
  ///
  ///     Tensor([1, 2, 3]).cumulativeProduct()  // [1 2 6]
  ///
  /// The derivative of an element that is 0 is NaN.
  /// - Parameter axis: The axis to multiply along, from the end if negative; `nil` takes all
  ///   elements in C order.
  /// - Returns: A tensor of the same shape, or a vector; whole numbers wrap.
  /// - SeeAlso: NumPy's `cumprod`.
  public func cumulativeProduct(axis: Int? = nil) -> Tensor<Scalar.Accumulator> {
    scanned(CumulativeProduct.self, axis: axis)
  }

  private func scanned<Scan: ScanPrimitive>(
    _ scan: Scan.Type, axis: Int?
  ) -> Tensor<Scalar.Accumulator> {
    let wide = Tensor<Scalar.Accumulator>(self)
    // As in NumPy a number is a vector of one element here.
    let source = axis == nil || rank == 0 ? wide.reshaped(-1) : wide
    let axis = requireShape { () throws(ShapeError) in try source.shape.normalizedAxis(axis ?? 0) }
    return Scan(axis: axis)(source)
  }
}

extension Tensor where Scalar: NumericScalar {
  /// Returns the differences of neighbours along an axis: each element less the one before.
  ///
  ///     Tensor([1, 4, 9]).differences()  // [3 5]
  ///
  /// - Parameters:
  ///   - order: How often differences are taken: of 2, differences of differences.
  ///   - axis: The axis, from the end if negative.
  /// - Returns: A tensor with `order` elements less on the axis, down to none; whole numbers wrap.
  /// - Precondition: `order` is not negative.
  /// - SeeAlso: NumPy's `diff`.
  public func differences(order: Int = 1, axis: Int = -1) -> Tensor {
    precondition(order >= 0, "order must be non-negative but got \(order)")
    let axis = requireShape { () throws(ShapeError) in try shape.normalizedAxis(axis) }
    var result = self
    // Once there is nothing left, no more can be taken.
    for _ in 0..<Swift.min(order, shape[axis]) {
      let count = result.shape[axis] - 1
      let next: Tensor = Slice(axis: axis, start: 1, step: 1, count: count)(result)
      let before: Tensor = Slice(axis: axis, start: 0, step: 1, count: count)(result)
      result = next - before
    }
    return result
  }
}
