extension Tensor {
  /// Returns the variance over some axes: the mean of the squared distances from the mean.
  ///
  ///     Tensor<Double>([1, 2, 4]).variance()               // 1.5555555555555554
  ///     Tensor<Double>([1, 2, 4]).variance(correction: 1)  // 2.333333333333333
  ///
  /// - Parameters:
  ///   - axes: The axes to take it over, from the end if negative; `nil` means all.
  ///   - keepingAxes: Whether they stay, with extent 1.
  ///   - correction: What is taken off the number of elements that is divided by: 1 makes the
  ///     variance of a sample an unbiased estimate.
  /// - Returns: The variances, of whole numbers and truth values in `Double`; NaN for none, and
  ///   where `correction` leaves nothing to divide by an infinity or NaN.
  /// - SeeAlso: NumPy's `var`, where the correction is called `ddof`.
  public func variance(
    axes: [Int]? = nil, keepingAxes: Bool = false, correction: Int = 0
  ) -> Tensor<Scalar.Quotient> {
    let x = Tensor<Scalar.Quotient>(self)
    let distance = x - x.mean(axes: axes, keepingAxes: true)
    let total = (distance * distance).sum(axes: axes, keepingAxes: keepingAxes)
    return total / Scalar.Quotient(Swift.max(reducedCount(axes: axes) - correction, 0))
  }

  /// Returns the variance over one axis.
  ///
  ///     Tensor<Double>([[1, 3], [5, 9]]).variance(axis: 1)  // [1. 4.]
  ///
  /// - Parameters:
  ///   - axis: The axis to take it over, from the end if negative.
  ///   - keepingAxis: Whether it stays, with extent 1.
  ///   - correction: What is taken off the number of elements that is divided by.
  /// - Returns: The variances, as of ``variance(axes:keepingAxes:correction:)``.
  /// - SeeAlso: NumPy's `var`.
  public func variance(
    axis: Int, keepingAxis: Bool = false, correction: Int = 0
  ) -> Tensor<Scalar.Quotient> {
    variance(axes: [axis], keepingAxes: keepingAxis, correction: correction)
  }

  /// Returns the standard deviation over some axes: the square root of the variance.
  ///
  ///     Tensor<Double>([1, 3]).standardDeviation()  // 1.0
  ///
  /// - Parameters:
  ///   - axes: The axes to take it over, from the end if negative; `nil` means all.
  ///   - keepingAxes: Whether they stay, with extent 1.
  ///   - correction: What is taken off the number of elements that is divided by.
  /// - Returns: The deviations, in the elements' unit; as of
  ///   ``variance(axes:keepingAxes:correction:)``.
  /// - SeeAlso: NumPy's `std`.
  public func standardDeviation(
    axes: [Int]? = nil, keepingAxes: Bool = false, correction: Int = 0
  ) -> Tensor<Scalar.Quotient> {
    sqrt(variance(axes: axes, keepingAxes: keepingAxes, correction: correction))
  }

  /// Returns the standard deviation over one axis.
  ///
  ///     Tensor<Double>([[1, 3], [5, 9]]).standardDeviation(axis: 1)  // [1. 2.]
  ///
  /// - Parameters:
  ///   - axis: The axis to take it over, from the end if negative.
  ///   - keepingAxis: Whether it stays, with extent 1.
  ///   - correction: What is taken off the number of elements that is divided by.
  /// - Returns: The deviations, in the elements' unit.
  /// - SeeAlso: NumPy's `std`.
  public func standardDeviation(
    axis: Int, keepingAxis: Bool = false, correction: Int = 0
  ) -> Tensor<Scalar.Quotient> {
    standardDeviation(axes: [axis], keepingAxes: keepingAxis, correction: correction)
  }
}

extension Tensor where Scalar: NumericScalar {
  /// Returns the largest less the smallest element over some axes.
  ///
  ///     Tensor([3, 9, 4]).peakToPeak()  // 6
  ///
  /// - Parameters:
  ///   - axes: The axes to look over, from the end if negative; `nil` means all.
  ///   - keepingAxes: Whether they stay, with extent 1.
  /// - Returns: The differences; NaN where an element is, and of whole numbers wrapped where the
  ///   type is too narrow.
  /// - Precondition: There is at least one element to each.
  /// - SeeAlso: NumPy's `ptp`.
  public func peakToPeak(axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor {
    max(axes: axes, keepingAxes: keepingAxes) - min(axes: axes, keepingAxes: keepingAxes)
  }
}
