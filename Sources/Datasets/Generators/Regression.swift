public import Tensors

extension Dataset {
  /// Returns rows drawn from normal distributions, with targets that are linear in some features.
  ///
  /// `targets = features · coefficients + bias + noise`; the coefficients of the informative features
  /// are drawn evenly from 0 to 100, the others are 0.
  ///
  ///     let lines = try Dataset.regression(count: 50, featureCount: 1, noise: 10, seed: 42)
  ///     lines.features.shape  // (50, 1)
  ///     lines.targets.shape   // (50, 1)
  ///
  /// - Parameters:
  ///   - count: The number of rows, 1 or more.
  ///   - featureCount: The number of features, 1 or more.
  ///   - informativeCount: How many features the targets depend on, 0 or more; no more than there
  ///     are.
  ///   - targetCount: The number of targets, 1 or more.
  ///   - bias: What is added to all targets.
  ///   - effectiveRank: About how many directions account for most of the features, 1 or more;
  ///     `nil` draws all features by themselves.
  ///   - tailStrength: The weight of the other directions beside an effective rank, from 0 to 1.
  ///   - noise: The standard deviation of the normal noise added to each target, 0 or more.
  ///   - shuffled: Whether rows and features come in random order; else the informative features come
  ///     first.
  ///   - seed: From 0 to 2³² − 1; the same seed draws the same rows.
  ///   - scalar: The type of the numbers; they are made in `Double`.
  /// - Returns: Features `[count, featureCount]`, targets `[count, targetCount]`.
  /// - Throws: `DatasetError` if an argument is out of range or there are too many numbers.
  /// - SeeAlso: scikit-learn's `make_regression`, which drops axes of extent 1 from the targets.
  public static func regression(
    count: Int = 100, featureCount: Int = 100, informativeCount: Int = 10, targetCount: Int = 1,
    bias: Double = 0, effectiveRank: Int? = nil, tailStrength: Double = 0.5, noise: Double = 0,
    shuffled: Bool = true, seed: Int, as scalar: Scalar.Type = Float.self
  ) throws(DatasetError) -> Dataset {
    try regressionWithCoefficients(
      count: count, featureCount: featureCount, informativeCount: informativeCount,
      targetCount: targetCount, bias: bias, effectiveRank: effectiveRank,
      tailStrength: tailStrength, noise: noise, shuffled: shuffled, seed: seed, as: scalar
    ).dataset
  }

  /// Returns rows with targets that are linear in some features, and the coefficients.
  ///
  ///     let (lines, coefficients) = try Dataset.regressionWithCoefficients(
  ///       count: 20, featureCount: 3, informativeCount: 1, bias: 4, seed: 1, as: Double.self)
  ///     coefficients  // [[ 0.       ]
  ///                   //  [75.0942434]
  ///                   //  [ 0.       ]]
  ///     let fitted = lines.features.matmul(coefficients) + [4]
  ///     (lines.targets - fitted).max().scalar < 1e-12  // true
  ///
  /// - Parameters:
  ///   - count: The number of rows, 1 or more.
  ///   - featureCount: The number of features, 1 or more.
  ///   - informativeCount: How many features the targets depend on, 0 or more; no more than there
  ///     are.
  ///   - targetCount: The number of targets, 1 or more.
  ///   - bias: What is added to all targets.
  ///   - effectiveRank: About how many directions account for most of the features, 1 or more;
  ///     `nil` draws all features by themselves.
  ///   - tailStrength: The weight of the other directions beside an effective rank, from 0 to 1.
  ///   - noise: The standard deviation of the normal noise added to each target, 0 or more.
  ///   - shuffled: Whether rows and features come in random order; else the informative features come
  ///     first.
  ///   - seed: From 0 to 2³² − 1.
  ///   - scalar: The type of the numbers; they are made in `Double`.
  /// - Returns: The data set of ``regression(count:featureCount:informativeCount:targetCount:bias:effectiveRank:tailStrength:noise:shuffled:seed:as:)``,
  ///   and coefficients `[featureCount, targetCount]`.
  /// - Throws: `DatasetError` if an argument is out of range or there are too many numbers.
  /// - SeeAlso: scikit-learn's `make_regression(coef=True)`.
  public static func regressionWithCoefficients(
    count: Int = 100, featureCount: Int = 100, informativeCount: Int = 10, targetCount: Int = 1,
    bias: Double = 0, effectiveRank: Int? = nil, tailStrength: Double = 0.5, noise: Double = 0,
    shuffled: Bool = true, seed: Int, as scalar: Scalar.Type = Float.self
  ) throws(DatasetError) -> (dataset: Dataset, coefficients: Tensor<Scalar>) {
    try Limits.require(count, "the count")
    try Limits.require(featureCount, "the number of features")
    try Limits.require(informativeCount, "the number of informative features", from: 0)
    try Limits.require(targetCount, "the number of targets")
    try Limits.require(table: count, by: featureCount, "the features")
    try Limits.require(table: count, by: targetCount, "the targets")
    try Limits.require(table: featureCount, by: targetCount, "the coefficients")
    try Limits.require(finite: bias, "the bias")
    try Limits.require(nonnegative: noise, "the noise")
    if let effectiveRank { try Limits.require(effectiveRank, "the effective rank") }
    guard (0...1).contains(tailStrength) else {
      throw DatasetError("the tail strength is \(tailStrength), not from 0 to 1")
    }
    var random = try RandomState(datasetSeed: seed)
    var features: Tensor<Double>
    if let effectiveRank {
      features = try lowRankMatrix(
        [count, featureCount], effectiveRank: effectiveRank, tailStrength: tailStrength,
        with: &random)
    } else {
      features = random.standardNormal([count, featureCount])
    }
    let informativeCount = min(informativeCount, featureCount)
    var drawn = (0..<informativeCount * targetCount).map { _ in 100 * random.randomSample() }
    drawn += [Double](repeating: 0, count: (featureCount - informativeCount) * targetCount)
    var coefficients = Tensor(drawn, shape: [featureCount, targetCount])
    var targets = features.matmul(coefficients) + Tensor(bias)
    if noise > 0 { targets = targets + Tensor(noise) * random.standardNormal(targets.shape) }
    if shuffled {
      let rows = random.permutation(count)
      features = features.rows(rows)
      targets = targets.rows(rows)
      let columns = random.permutation(featureCount)
      features = features.take(Tensor(columns), axis: 1)
      coefficients = coefficients.rows(columns)
    }
    let dataset = Dataset(
      name: "regression", features: Tensor(features), targets: Tensor(targets))
    return (dataset, Tensor(coefficients))
  }
}

/// A matrix of which a few singular values are large and the others fall slowly: scikit-learn's
/// `make_low_rank_matrix`.
private func lowRankMatrix(
  _ shape: Shape, effectiveRank: Int, tailStrength: Double, with random: inout RandomState
) throws(DatasetError) -> Tensor<Double> {
  let smaller = min(shape[0], shape[1])
  func directions(_ count: Int) throws(DatasetError) -> Tensor<Double> {
    do throws(LinearAlgebraError) {
      return try random.standardNormal([count, smaller]).qr().q
    } catch {
      throw DatasetError(error.message)
    }
  }
  let left = try directions(shape[0])
  let right = try directions(shape[1])
  let positions = Tensor((0..<smaller).map(Double.init))
  let relative = positions / Tensor(Double(effectiveRank))
  let bell = Tensor(1 - tailStrength) * exp(-(relative * relative))
  let tail = Tensor(tailStrength) * exp(Tensor(-0.1) * positions / Tensor(Double(effectiveRank)))
  return (left * (bell + tail)).matmul(right.transposed())
}
