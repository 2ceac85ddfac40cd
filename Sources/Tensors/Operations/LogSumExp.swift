extension Tensor where Scalar: FloatingScalar {
  /// Returns the logarithm of the sum of the exponentials over some axes, without overflow.
  ///
  ///     Tensor<Double>([1000, 1000]).logSumExp()  // 1000.6931471805599
  ///
  /// The largest elements are taken out of the sum: `m + log(n) + log1p(Σ exp(x - m) / n)`, with
  /// `n` elements equal to the largest, `m`, and the sum over the others, is accurate near 0 too.
  /// - Parameters:
  ///   - axes: The axes to sum over, from the end if negative; `nil` means all.
  ///   - keepingAxes: Whether they stay, with extent 1.
  /// - Returns: The logarithms; −infinity of −infinities alone.
  /// - Precondition: There is at least one element to each.
  /// - SeeAlso: SciPy's `special.logsumexp`.
  public func logSumExp(axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor {
    let largest = max(axes: axes, keepingAxes: true)
    // Nothing is taken off where the largest is infinite: infinity less infinity is no number.
    let shift = select(largest.isFinite, largest, 0)
    let isLargest = self .== largest
    let count = Tensor(isLargest).sum(axes: axes, keepingAxes: true)
    let others = select(isLargest, 0, exp(self - shift)).sum(axes: axes, keepingAxes: true)
    let result = log1p(others / count) + log(count) + largest
    return keepingAxes ? result : result.reshaped(requireReduced(axes: axes))
  }

  /// Returns the logarithm of the sum of the exponentials over one axis, without overflow.
  ///
  ///     Tensor<Double>([[0, 0], [1000, 1000]]).logSumExp(axis: 1)
  ///     // [6.93147181e-01 1.00069315e+03]
  ///
  /// - Parameters:
  ///   - axis: The axis to sum over, from the end if negative.
  ///   - keepingAxis: Whether it stays, with extent 1.
  /// - Returns: The logarithms.
  /// - SeeAlso: SciPy's `logsumexp`.
  public func logSumExp(axis: Int, keepingAxis: Bool = false) -> Tensor {
    logSumExp(axes: [axis], keepingAxes: keepingAxis)
  }
}
