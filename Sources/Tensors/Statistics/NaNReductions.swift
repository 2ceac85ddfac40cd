// Reductions that leave out what is NaN: a missing measurement, say.

extension Tensor where Scalar: FloatingScalar {
  /// The tensor with a number in the place of each NaN.
  private func replacingNaN(by number: Scalar) -> Tensor { select(isNaN, number, self) }

  /// How many elements over some axes are no NaN.
  private func countOfNumbers(axes: [Int]?, keepingAxes: Bool) -> Tensor {
    Tensor<Scalar>(self .== self).sum(axes: axes, keepingAxes: keepingAxes)
  }

  /// Returns the sum over some axes of all that is no NaN.
  ///
  ///     Tensor<Double>([1, .nan, 3]).nanSum()  // 4.0
  ///
  /// - Parameters:
  ///   - axes: The axes to sum over, from the end if negative; `nil` means all.
  ///   - keepingAxes: Whether they stay, with extent 1.
  /// - Returns: The sums, 0 for none.
  /// - SeeAlso: NumPy's `nansum`.
  public func nanSum(axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor {
    replacingNaN(by: 0).sum(axes: axes, keepingAxes: keepingAxes)
  }

  /// Returns the product over some axes of all that is no NaN.
  ///
  ///     Tensor<Double>([2, .nan, 3]).nanProduct()  // 6.0
  ///
  /// - Parameters:
  ///   - axes: The axes to multiply over, from the end if negative; `nil` means all.
  ///   - keepingAxes: Whether they stay, with extent 1.
  /// - Returns: The products, 1 for none.
  /// - SeeAlso: NumPy's `nanprod`.
  public func nanProduct(axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor {
    replacingNaN(by: 1).product(axes: axes, keepingAxes: keepingAxes)
  }

  /// Returns the mean over some axes of all that is no NaN.
  ///
  ///     Tensor<Double>([1, .nan, 3]).nanMean()  // 2.0
  ///
  /// - Parameters:
  ///   - axes: The axes to take the mean over, from the end if negative; `nil` means all.
  ///   - keepingAxes: Whether they stay, with extent 1.
  /// - Returns: The means; NaN for none.
  /// - SeeAlso: NumPy's `nanmean`.
  public func nanMean(axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor {
    nanSum(axes: axes, keepingAxes: keepingAxes)
      / countOfNumbers(axes: axes, keepingAxes: keepingAxes)
  }

  /// Returns the variance over some axes of all that is no NaN.
  ///
  ///     Tensor<Double>([1, .nan, 3]).nanVariance()               // 1.0
  ///     Tensor<Double>([1, .nan, 3]).nanVariance(correction: 1)  // 2.0
  ///
  /// - Parameters:
  ///   - axes: The axes to take it over, from the end if negative; `nil` means all.
  ///   - keepingAxes: Whether they stay, with extent 1.
  ///   - correction: What is taken off the number of elements that is divided by.
  /// - Returns: The variances; NaN where `correction` leaves nothing to divide by.
  /// - SeeAlso: NumPy's `nanvar`.
  public func nanVariance(
    axes: [Int]? = nil, keepingAxes: Bool = false, correction: Int = 0
  ) -> Tensor {
    let distance = (self - nanMean(axes: axes, keepingAxes: true)).replacingNaN(by: 0)
    // An infinite element has an infinite distance from itself: NaN, which must not be left out.
    let square = select(isInfinite, .nan, distance * distance)
    let total = square.sum(axes: axes, keepingAxes: keepingAxes)
    let degrees = countOfNumbers(axes: axes, keepingAxes: keepingAxes) - Scalar(correction)
    return select(degrees .> 0, total / degrees, .nan)
  }

  /// Returns the standard deviation over some axes of all that is no NaN.
  ///
  ///     Tensor<Double>([1, .nan, 5]).nanStandardDeviation()  // 2.0
  ///
  /// - Parameters:
  ///   - axes: The axes to take it over, from the end if negative; `nil` means all.
  ///   - keepingAxes: Whether they stay, with extent 1.
  ///   - correction: What is taken off the number of elements that is divided by.
  /// - Returns: The deviations; NaN where `correction` leaves nothing to divide by.
  /// - SeeAlso: NumPy's `nanstd`.
  public func nanStandardDeviation(
    axes: [Int]? = nil, keepingAxes: Bool = false, correction: Int = 0
  ) -> Tensor {
    sqrt(nanVariance(axes: axes, keepingAxes: keepingAxes, correction: correction))
  }

  /// Returns the largest element over some axes that is no NaN.
  ///
  ///     Tensor<Double>([1, .nan, 3]).nanMax()  // 3.0
  ///
  /// - Parameters:
  ///   - axes: The axes to look over, from the end if negative; `nil` means all.
  ///   - keepingAxes: Whether they stay, with extent 1.
  /// - Returns: The largest elements; NaN of NaN alone.
  /// - Precondition: There is at least one element to each.
  /// - SeeAlso: NumPy's `nanmax`.
  public func nanMax(axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor {
    requireShape { () throws(ShapeError) in try shape.checkReduction("fmax", axes: axes) }
    let largest = replacingNaN(by: -.infinity).max(axes: axes, keepingAxes: keepingAxes)
    return select(isNaN.all(axes: axes, keepingAxes: keepingAxes), .nan, largest)
  }

  /// Returns the smallest element over some axes that is no NaN.
  ///
  ///     Tensor<Double>([1, .nan, 3]).nanMin()  // 1.0
  ///
  /// - Parameters:
  ///   - axes: The axes to look over, from the end if negative; `nil` means all.
  ///   - keepingAxes: Whether they stay, with extent 1.
  /// - Returns: The smallest elements; NaN of NaN alone.
  /// - Precondition: There is at least one element to each.
  /// - SeeAlso: NumPy's `nanmin`.
  public func nanMin(axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor {
    requireShape { () throws(ShapeError) in try shape.checkReduction("fmin", axes: axes) }
    let smallest = replacingNaN(by: .infinity).min(axes: axes, keepingAxes: keepingAxes)
    return select(isNaN.all(axes: axes, keepingAxes: keepingAxes), .nan, smallest)
  }
}
