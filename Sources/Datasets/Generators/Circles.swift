internal import Tensors

extension Dataset {
  /// Returns points of two circles, one within the other.
  ///
  /// The outer circle has radius 1, the inner `factor`; each has its points at even distances,
  /// the first at angle 0.
  ///
  ///     let circles = try Dataset.circles(count: 100, noise: 0.05, factor: 0.5, seed: 42)
  ///     circles.features.shape  // (100, 2)
  ///     try Dataset.circles(count: 2, factor: 0.25, shuffled: false, seed: 0).features
  ///     // [[1.   0.  ]
  ///     //  [0.25 0.  ]]
  ///
  /// - Parameters:
  ///   - count: The number of rows, 1 or more; half of them, rounded down, are of the outer circle.
  ///   - noise: The standard deviation of the normal noise added to each coordinate, 0 or more.
  ///   - factor: The radius of the inner circle, from 0 up to but not including 1.
  ///   - shuffled: Whether the rows come in random order; else the outer circle comes first.
  ///   - seed: From 0 to 2³² − 1; the same seed draws the same rows.
  ///   - scalar: The type of the numbers; they are made in `Double`.
  /// - Returns: Features `[count, 2]`, targets `[count, 2]` of the classes `outer` and `inner`.
  /// - Throws: `DatasetError` if an argument is out of range or there are too many rows.
  /// - SeeAlso: scikit-learn's `make_circles`.
  public static func circles(
    count: Int = 100, noise: Double = 0, factor: Double = 0.8, shuffled: Bool = true, seed: Int,
    as scalar: Scalar.Type = Float.self
  ) throws(DatasetError) -> Dataset {
    try circles(
      counts: halves(of: count), noise: noise, factor: factor, shuffled: shuffled, seed: seed,
      as: scalar)
  }

  /// Returns points of two circles, one within the other, so many of each.
  ///
  ///     let circles = try Dataset.circles(counts: (outer: 5, inner: 8), seed: 4)
  ///     circles.targets.sum(axis: 0)  // [5. 8.]
  ///
  /// - Parameters:
  ///   - counts: The number of rows of the outer and of the inner circle, each 0 or more, not both
  ///     0.
  ///   - noise: The standard deviation of the normal noise added to each coordinate, 0 or more.
  ///   - factor: The radius of the inner circle, from 0 up to but not including 1.
  ///   - shuffled: Whether the rows come in random order; else the outer circle comes first.
  ///   - seed: From 0 to 2³² − 1.
  ///   - scalar: The type of the numbers; they are made in `Double`.
  /// - Returns: Features `[outer + inner, 2]`, targets of the same shape.
  /// - Throws: `DatasetError` if an argument is out of range or there are too many rows.
  /// - SeeAlso: scikit-learn's `make_circles(n_samples=(outer, inner))`.
  public static func circles(
    counts: (outer: Int, inner: Int), noise: Double = 0, factor: Double = 0.8,
    shuffled: Bool = true, seed: Int, as scalar: Scalar.Type = Float.self
  ) throws(DatasetError) -> Dataset {
    guard factor >= 0, factor < 1 else {
      throw DatasetError("the factor is \(factor), not from 0 up to but not including 1")
    }
    let curves = TwoCurves(name: "circles", end: 2 * .pi, includesEnd: false) {
      ($0 * factor, $1 * factor)
    }
    return try curves.dataset(
      counts: counts, noise: noise, shuffled: shuffled, seed: seed, as: scalar)
  }
}
