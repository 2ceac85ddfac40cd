extension Tensor where Scalar: FloatingScalar {
  /// Tells for each element whether it is NaN: NumPy's `isnan`.
  ///
  ///     Tensor<Double>([1, .nan, .infinity]).isNaN  // [False  True False]
  public var isNaN: Tensor<Bool> { self .!= self }

  /// Tells for each element whether it is infinity or −infinity: NumPy's `isinf`.
  ///
  ///     Tensor<Double>([1, .nan, .infinity]).isInfinite  // [False False  True]
  public var isInfinite: Tensor<Bool> { abs(self) .== .infinity }

  /// Tells for each element whether it is neither infinite nor NaN: NumPy's `isfinite`.
  ///
  ///     Tensor<Double>([1, .nan, .infinity]).isFinite  // [ True False False]
  public var isFinite: Tensor<Bool> { abs(self) .< .infinity }

  /// Tells for each pair of elements whether they differ by no more than a tolerance.
  ///
  ///     Tensor<Double>([1, 100]).isClose(to: [1.1, 100.0001])  // [False  True]
  ///
  /// `|x − y| ≤ absoluteTolerance + relativeTolerance · |y|`, so the two are not alike: `y` is the
  /// reference.
  /// - Parameters:
  ///   - other: The reference; a shape that broadcasts with this tensor's.
  ///   - relativeTolerance: The tolerance as a part of the reference's magnitude.
  ///   - absoluteTolerance: The tolerance that is allowed beside it.
  ///   - equalNaN: Whether two NaN are close.
  /// - Returns: A tensor of the common shape; an infinity is close to itself alone.
  /// - SeeAlso: NumPy's `isclose`.
  public func isClose(
    to other: Tensor, relativeTolerance: Scalar = 1e-5, absoluteTolerance: Scalar = 1e-8,
    equalNaN: Bool = false
  ) -> Tensor<Bool> {
    let isNear = abs(self - other) .<= absoluteTolerance + relativeTolerance * abs(other)
    let result = (isNear .& other.isFinite) .| (self .== other)
    return equalNaN ? result .| (isNaN .& other.isNaN) : result
  }

  /// Tells whether all pairs of elements differ by no more than a tolerance.
  ///
  ///     let x: Tensor<Double> = [1, 100]
  ///     x.allClose(to: [1, 100.0001])                        // true
  ///     x.allClose(to: [1, 100.0001], relativeTolerance: 0)  // false
  ///
  /// - Parameters:
  ///   - other: The reference; a shape that broadcasts with this tensor's.
  ///   - relativeTolerance: The tolerance as a part of the reference's magnitude.
  ///   - absoluteTolerance: The tolerance that is allowed beside it.
  ///   - equalNaN: Whether two NaN are close.
  /// - Returns: Whether ``isClose(to:relativeTolerance:absoluteTolerance:equalNaN:)`` is true
  ///   everywhere.
  /// - Precondition: Both tensors are concrete.
  /// - SeeAlso: NumPy's `allclose`.
  public func allClose(
    to other: Tensor, relativeTolerance: Scalar = 1e-5, absoluteTolerance: Scalar = 1e-8,
    equalNaN: Bool = false
  ) -> Bool {
    isClose(
      to: other, relativeTolerance: relativeTolerance, absoluteTolerance: absoluteTolerance,
      equalNaN: equalNaN
    ).all().scalar
  }
}
