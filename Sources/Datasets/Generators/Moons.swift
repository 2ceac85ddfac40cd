internal import Tensors

extension Dataset {
  /// Returns points of two half circles that reach into each other: no line parts the classes.
  ///
  /// The outer moon is `(cos t, sin t)`, the inner `(1 − cos t, ½ − sin t)`, both with `t` evenly
  /// from 0 to π.
  ///
  ///     let moons = try Dataset.moons(count: 200, noise: 0.2, seed: 42)
  ///     moons.features.shape   // (200, 2)
  ///     moons.classNames ?? [] // ["outer", "inner"]
  ///     try Dataset.moons(count: 2, shuffled: false, seed: 0, as: Double.self).features
  ///     // [[1.  0. ]
  ///     //  [0.  0.5]]
  ///
  /// - Parameters:
  ///   - count: The number of rows, 1 or more; half of them, rounded down, are of the outer moon.
  ///   - noise: The standard deviation of the normal noise added to each coordinate, 0 or more.
  ///   - shuffled: Whether the rows come in random order; else the outer moon comes first.
  ///   - seed: From 0 to 2³² − 1; the same seed draws the same rows.
  ///   - scalar: The type of the numbers; they are made in `Double`.
  /// - Returns: Features `[count, 2]`, targets `[count, 2]`.
  /// - Throws: `DatasetError` if an argument is out of range or there are too many rows.
  /// - SeeAlso: scikit-learn's `make_moons`.
  public static func moons(
    count: Int = 100, noise: Double = 0, shuffled: Bool = true, seed: Int,
    as scalar: Scalar.Type = Float.self
  ) throws(DatasetError) -> Dataset {
    try moons(
      counts: halves(of: count), noise: noise, shuffled: shuffled, seed: seed, as: scalar)
  }

  /// Returns points of two half circles that reach into each other, so many of each.
  ///
  ///     let moons = try Dataset.moons(counts: (outer: 4, inner: 9), noise: 0.1, seed: 7)
  ///     moons.targets.sum(axis: 0)  // [4. 9.]
  ///
  /// - Parameters:
  ///   - counts: The number of rows of the outer and of the inner moon, each 0 or more, not both 0.
  ///   - noise: The standard deviation of the normal noise added to each coordinate, 0 or more.
  ///   - shuffled: Whether the rows come in random order; else the outer moon comes first.
  ///   - seed: From 0 to 2³² − 1.
  ///   - scalar: The type of the numbers; they are made in `Double`.
  /// - Returns: Features `[outer + inner, 2]`, targets of the same shape.
  /// - Throws: `DatasetError` if an argument is out of range or there are too many rows.
  /// - SeeAlso: scikit-learn's `make_moons(n_samples=(outer, inner))`.
  public static func moons(
    counts: (outer: Int, inner: Int), noise: Double = 0, shuffled: Bool = true, seed: Int,
    as scalar: Scalar.Type = Float.self
  ) throws(DatasetError) -> Dataset {
    let curves = TwoCurves(name: "moons", end: .pi, includesEnd: true) { (1 - $0, 1 - $1 - 0.5) }
    return try curves.dataset(
      counts: counts, noise: noise, shuffled: shuffled, seed: seed, as: scalar)
  }
}
