/// How a quantile is taken between two elements.
///
/// With the elements in order and numbered from 0, `q` of the way through `n` of them lies at a
/// virtual position, and the quantile between the elements beside it. The positions are those of
/// Hyndman & Fan 1996, "Sample quantiles in statistical packages".
///
///     let x: Tensor<Double> = [1, 2, 3, 4]
///     x.quantile(0.4)                                  // 2.2
///     x.quantile(0.4, method: QuantileMethod.nearest)  // 2.0
///     x.quantile(0.4, method: .hazen)                  // 2.1
public enum QuantileMethod: Sendable, Hashable, CaseIterable {
  /// Interpolated at `(n − 1) · q`: Hyndman & Fan's type 7.
  case linear
  /// The element before `(n − 1) · q`.
  case lower
  /// The element after `(n − 1) · q`.
  case higher
  /// The middle of the two elements beside `(n − 1) · q`.
  case midpoint
  /// The element nearest to `(n − 1) · q`, of a middle the one with the even number.
  case nearest
  /// Interpolated at `n · q − 1/2`: type 5.
  case hazen
  /// Interpolated at `(n + 1) · q − 1`: type 6.
  case weibull
  /// Interpolated at `(n + 1/3) · q − 2/3`: type 8, nearly unbiased for the median.
  case medianUnbiased
  /// Interpolated at `(n + 1/4) · q − 5/8`: type 9, nearly unbiased for normal numbers.
  case normalUnbiased
  /// Interpolated at `n · q − 1`: type 4.
  case interpolatedInvertedCDF

  /// The virtual position, which may lie outside of `0 ... count - 1`.
  fileprivate func position(_ q: Double, _ count: Int) -> Double {
    let n = Double(count)
    return switch self {
    case .linear: (n - 1) * q
    case .lower: ((n - 1) * q).rounded(.down)
    case .higher: ((n - 1) * q).rounded(.up)
    case .midpoint: (((n - 1) * q).rounded(.down) + ((n - 1) * q).rounded(.up)) / 2
    case .nearest: ((n - 1) * q).rounded(.toNearestOrEven)
    case .hazen: n * q - 0.5
    case .weibull: (n + 1) * q - 1
    case .medianUnbiased: n * q + (1 + q) / 3 - 1
    case .normalUnbiased: n * q + (3 + 2 * q) / 8 - 1
    case .interpolatedInvertedCDF: n * q - 1
    }
  }

  /// The quantile of numbers in order, none of them NaN; NaN of none.
  fileprivate func quantile<Number: FloatingScalar>(_ q: Double, of sorted: [Number]) -> Number {
    guard let first = sorted.first, let last = sorted.last else { return .nan }
    let position = position(q, sorted.count)
    if position <= 0 { return first }
    if position >= Double(sorted.count - 1) { return last }
    let index = Int(position)
    let part = Number(position - Double(index))
    let (below, above) = (sorted[index], sorted[index + 1])
    if part == 0 || below == above { return below }
    // From the nearer end, so that the result is not beyond the other by rounding.
    let step = above - below
    return part < 0.5 ? below + step * part : above - step * (1 - part)
  }
}

extension Tensor {
  /// Returns the median over some axes: the middle element, or the mean of the middle two.
  ///
  ///     Tensor([3, 1, 2, 9]).median()  // 2.5
  ///
  /// - Parameters:
  ///   - axes: The axes to take it over, from the end if negative; `nil` means all.
  ///   - keepingAxes: Whether they stay, with extent 1.
  /// - Returns: The medians, of whole numbers and truth values in `Double`; NaN where an element
  ///   is, and for none.
  /// - Precondition: The tensor is concrete.
  /// - SeeAlso: NumPy's `median`.
  public func median(axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor<Scalar.Quotient> {
    reducedLines(axes: axes, keepingAxes: keepingAxes, results: nil) { line, out in
      out[0] = Scalar.Quotient.median(of: line)
    }
  }

  /// Returns the median over one axis.
  ///
  ///     Tensor<Int>([[3, 1, 2], [9, 7, 8]]).median(axis: 1)  // [2. 8.]
  ///
  /// - Parameters:
  ///   - axis: The axis to take it over, from the end if negative.
  ///   - keepingAxis: Whether it stays, with extent 1.
  /// - Returns: The medians, as of ``median(axes:keepingAxes:)``.
  /// - Precondition: The tensor is concrete.
  /// - SeeAlso: NumPy's `median`.
  public func median(axis: Int, keepingAxis: Bool = false) -> Tensor<Scalar.Quotient> {
    median(axes: [axis], keepingAxes: keepingAxis)
  }

  /// Returns the number below which a part of the elements lie, over some axes.
  ///
  ///     Tensor([1, 2, 3, 4, 5]).quantile(0.25)  // 2.0
  ///
  /// - Parameters:
  ///   - q: The part, from 0 (the smallest element) to 1 (the largest).
  ///   - axes: The axes to take it over, from the end if negative; `nil` means all.
  ///   - keepingAxes: Whether they stay, with extent 1.
  ///   - method: What is taken between two elements.
  /// - Returns: The quantiles, of whole numbers and truth values in `Double`; NaN where an element
  ///   is, and for none.
  /// - Precondition: The tensor is concrete, and `q` from 0 to 1.
  /// - SeeAlso: NumPy's `quantile`, which keeps whole numbers whole where the method chooses an
  ///   element.
  public func quantile(
    _ q: Double, axes: [Int]? = nil, keepingAxes: Bool = false, method: QuantileMethod = .linear
  ) -> Tensor<Scalar.Quotient> {
    precondition(q >= 0 && q <= 1, "Quantiles must be in the range [0, 1]")
    return quantiles([q], axes: axes, keepingAxes: keepingAxes, method, count: nil)
  }

  /// Returns several quantiles over some axes, along a new first axis.
  ///
  ///     Tensor([1, 2, 3, 4, 5]).quantile([0, 0.5])  // [1. 3.]
  ///
  /// - Parameters:
  ///   - q: The parts, each from 0 to 1.
  ///   - axes: The axes to take them over, from the end if negative; `nil` means all.
  ///   - keepingAxes: Whether they stay, with extent 1.
  ///   - method: What is taken between two elements.
  /// - Returns: `[q.count, …]`.
  /// - Precondition: The tensor is concrete, and each part from 0 to 1.
  public func quantile(
    _ q: [Double], axes: [Int]? = nil, keepingAxes: Bool = false, method: QuantileMethod = .linear
  ) -> Tensor<Scalar.Quotient> {
    precondition(q.allSatisfy { $0 >= 0 && $0 <= 1 }, "Quantiles must be in the range [0, 1]")
    return quantiles(q, axes: axes, keepingAxes: keepingAxes, method, count: q.count)
  }

  /// Returns the number below which some percent of the elements lie, over some axes.
  ///
  ///     Tensor([1, 2, 3, 4, 5]).percentile(25)  // 2.0
  ///
  /// - Parameters:
  ///   - percent: From 0 (the smallest element) to 100 (the largest).
  ///   - axes: The axes to take it over, from the end if negative; `nil` means all.
  ///   - keepingAxes: Whether they stay, with extent 1.
  ///   - method: What is taken between two elements.
  /// - Returns: As of ``quantile(_:axes:keepingAxes:method:)-(Double,_,_,_)``.
  /// - Precondition: The tensor is concrete, and `percent` from 0 to 100.
  /// - SeeAlso: NumPy's `percentile`.
  public func percentile(
    _ percent: Double, axes: [Int]? = nil, keepingAxes: Bool = false,
    method: QuantileMethod = .linear
  ) -> Tensor<Scalar.Quotient> {
    precondition(
      percent >= 0 && percent <= 100, "Percentiles must be in the range [0, 100]")
    return quantiles([percent / 100], axes: axes, keepingAxes: keepingAxes, method, count: nil)
  }

  private func quantiles(
    _ q: [Double], axes: [Int]?, keepingAxes: Bool, _ method: QuantileMethod, count: Int?
  ) -> Tensor<Scalar.Quotient> {
    reducedLines(axes: axes, keepingAxes: keepingAxes, results: count) { line, out in
      let sorted = line.contains { $0.isNaN } ? [.nan] : line.sorted()
      for (position, q) in q.enumerated() { out[position] = method.quantile(q, of: sorted) }
    }
  }

  // Each line of the result, of `results` numbers along a new first axis (or one without an axis),
  // is set from the elements that it comes from.
  fileprivate func reducedLines(
    axes: [Int]?, keepingAxes: Bool, results: Int?,
    _ body: ([Scalar.Quotient], UnsafeMutableBufferPointer<Scalar.Quotient>) -> Void
  ) -> Tensor<Scalar.Quotient> {
    let target = requireReduced(axes: axes, keepingAxes: keepingAxes)
    let reduced = requireShape { () throws(ShapeError) in try shape.reductionAxes(axes) }
    let kept = shape.indices.filter { !reduced.contains($0) }
    let extent = reduced.reduce(1) { $0 * shape[$1] }
    let lineCount = kept.reduce(1) { $0 * shape[$1] }
    let lines = Tensor<Scalar.Quotient>(transposed(kept + reduced)).reshaped([lineCount, extent])
    let found: Tensor<Scalar.Quotient> = lines.mappingLines(axis: 1, count: results ?? 1) {
      body(Array($0), $1)
    }
    return found.transposed().reshaped(Shape((results.map { [$0] } ?? []) + target.extents))
  }
}

extension Tensor where Scalar: FloatingScalar {
  /// Returns the median over some axes of all that is no NaN.
  ///
  ///     Tensor<Double>([1, .nan, 3, 5]).nanMedian()  // 3.0
  ///
  /// - Parameters:
  ///   - axes: The axes to take it over, from the end if negative; `nil` means all.
  ///   - keepingAxes: Whether they stay, with extent 1.
  /// - Returns: The medians; NaN for none.
  /// - Precondition: The tensor is concrete.
  /// - SeeAlso: NumPy's `nanmedian`.
  public func nanMedian(axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor {
    reducedLines(axes: axes, keepingAxes: keepingAxes, results: nil) { line, out in
      out[0] = Scalar.median(of: line.filter { !$0.isNaN })
    }
  }

  /// Returns the number below which a part of all that is no NaN lies, over some axes.
  ///
  ///     Tensor<Double>([1, .nan, 3, 5]).nanQuantile(0.25)  // 2.0
  ///
  /// - Parameters:
  ///   - q: The part, from 0 (the smallest element) to 1 (the largest).
  ///   - axes: The axes to take it over, from the end if negative; `nil` means all.
  ///   - keepingAxes: Whether they stay, with extent 1.
  ///   - method: What is taken between two elements.
  /// - Returns: The quantiles; NaN for none.
  /// - Precondition: The tensor is concrete, and `q` from 0 to 1.
  /// - SeeAlso: NumPy's `nanquantile`.
  public func nanQuantile(
    _ q: Double, axes: [Int]? = nil, keepingAxes: Bool = false, method: QuantileMethod = .linear
  ) -> Tensor {
    precondition(q >= 0 && q <= 1, "Quantiles must be in the range [0, 1]")
    return reducedLines(axes: axes, keepingAxes: keepingAxes, results: nil) { line, out in
      out[0] = method.quantile(q, of: line.filter { !$0.isNaN }.sorted())
    }
  }
}

extension FloatingScalar {
  /// The middle of some numbers, or the mean of the middle two.
  fileprivate static func median(of numbers: [Self]) -> Self {
    if numbers.isEmpty || numbers.contains(where: { $0.isNaN }) { return .nan }
    let sorted = numbers.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
