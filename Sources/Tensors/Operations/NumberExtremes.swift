// The larger and smaller of two numbers where a NaN stands for no number: compositions, for they
// are rare.

/// Returns the larger of two elements, or the number where one of them is NaN.
///
///     maximumNumber(Tensor<Double>([1, .nan]), Tensor<Double>([3, 2]))  // [3. 2.]
///
/// - Parameters:
///   - x: Any shape.
///   - y: A shape that broadcasts with that of `x`.
/// - Returns: A tensor of the common shape; NaN where both are.
/// - SeeAlso: NumPy's `fmax`; ``maximum(_:_:)``, in which a NaN wins.
public func maximumNumber<Scalar: FloatingScalar>(
  _ x: Tensor<Scalar>, _ y: Tensor<Scalar>
) -> Tensor<Scalar> {
  select(x.isNaN, y, select(y.isNaN, x, maximum(x, y)))
}

/// Returns the smaller of two elements, or the number where one of them is NaN.
///
///     minimumNumber(Tensor<Double>([1, .nan]), Tensor<Double>([3, 2]))  // [1. 2.]
///
/// - Parameters:
///   - x: Any shape.
///   - y: A shape that broadcasts with that of `x`.
/// - Returns: A tensor of the common shape; NaN where both are.
/// - SeeAlso: NumPy's `fmin`; ``minimum(_:_:)``, in which a NaN wins.
public func minimumNumber<Scalar: FloatingScalar>(
  _ x: Tensor<Scalar>, _ y: Tensor<Scalar>
) -> Tensor<Scalar> {
  select(x.isNaN, y, select(y.isNaN, x, minimum(x, y)))
}
