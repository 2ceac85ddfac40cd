extension Tensor where Scalar: NumericScalar {
  /// Returns the elements, those below a bound or above another replaced by it.
  ///
  ///     Tensor<Double>([-5, 0.5, 5]).clipped(min: -1, max: 1)  // [-1.   0.5  1. ]
  ///
  /// Where the bounds cross, `max` wins. The derivative at a bound and beyond is 0.
  /// - Parameters:
  ///   - lower: The least number to leave; `nil` leaves all.
  ///   - upper: The greatest number to leave; `nil` leaves all.
  /// - Returns: A tensor of the same shape; NaN stays NaN.
  /// - SeeAlso: NumPy's `clip`.
  public func clipped(min lower: Scalar? = nil, max upper: Scalar? = nil) -> Tensor {
    clipped(min: lower.map { Tensor($0) }, max: upper.map { Tensor($0) })
  }

  /// Returns the elements, those below their bound or above the other replaced by it.
  ///
  /// - Parameters:
  ///   - lower: A shape that broadcasts with this tensor's; `nil` leaves all.
  ///   - upper: Likewise.
  /// - Returns: A tensor of the common shape; NaN stays NaN, and a NaN bound gives NaN.
  public func clipped(min lower: Tensor?, max upper: Tensor?) -> Tensor {
    let shape = requireShape { () throws(ShapeError) in
      try Shape.broadcast([self.shape] + [lower, upper].compactMap { $0?.shape })
    }
    var result = broadcast(to: shape)
    // The bound comes first: of equals, 0 and −0 too, it is what NumPy gives.
    if let lower { result = maximum(lower, result) }
    if let upper { result = minimum(upper, result) }
    return result
  }
}
