public import Tensors

extension Dataset {
  /// Returns points drawn from normal distributions around centers that are drawn too.
  ///
  ///     let blobs = try Dataset.blobs(count: 100, centerCount: 4, deviations: [0.6], seed: 0)
  ///     blobs.features.shape        // (100, 2)
  ///     blobs.targets.sum(axis: 0)  // [25. 25. 25. 25.]
  ///
  /// - Parameters:
  ///   - count: The number of rows, 1 or more; the first `count % centerCount` centers get one row
  ///     more than the others.
  ///   - centerCount: The number of centers, 1 to 65,536: a class each.
  ///   - featureCount: The number of coordinates, 1 or more.
  ///   - deviations: The standard deviation of each coordinate, 0 or more: one for all centers or
  ///     one for each.
  ///   - centerRange: What each coordinate of a center is drawn from, evenly.
  ///   - shuffled: Whether the rows come in random order; else center by center.
  ///   - seed: From 0 to 2³² − 1; the same seed draws the same rows.
  ///   - scalar: The type of the numbers; they are made in `Double`.
  /// - Returns: Features `[count, featureCount]`, targets `[count, centerCount]`; the classes are
  ///   called `0`, `1` and so on. ``blobCenters(count:featureCount:range:seed:)`` tells the centers.
  /// - Throws: `DatasetError` if an argument is out of range, the deviations are not as many as the
  ///   centers, or there are too many numbers.
  /// - SeeAlso: scikit-learn's `make_blobs`.
  public static func blobs(
    count: Int = 100, centerCount: Int = 3, featureCount: Int = 2, deviations: [Double] = [1],
    centerRange: ClosedRange<Double> = -10...10, shuffled: Bool = true, seed: Int,
    as scalar: Scalar.Type = Float.self
  ) throws(DatasetError) -> Dataset {
    var random = try RandomState(datasetSeed: seed)
    let centers = try drawnCenters(centerCount, featureCount, centerRange, with: &random)
    return try Blobs(
      counts: Blobs.evenCounts(count, centers: centerCount), centers: centers,
      deviations: deviations
    ).dataset(shuffled: shuffled, with: &random, as: scalar)
  }

  /// Returns points drawn from normal distributions around drawn centers, so many for each.
  ///
  ///     let blobs = try Dataset.blobs(counts: [3, 7, 5], deviations: [1, 2, 0.5], seed: 9)
  ///     blobs.targets.sum(axis: 0)  // [3. 7. 5.]
  ///
  /// - Parameters:
  ///   - counts: The number of rows of each center, each 0 or more, not all 0.
  ///   - featureCount: The number of coordinates, 1 or more.
  ///   - deviations: The standard deviation of each coordinate, 0 or more: one for all centers or
  ///     one for each.
  ///   - centerRange: What each coordinate of a center is drawn from, evenly.
  ///   - shuffled: Whether the rows come in random order; else center by center.
  ///   - seed: From 0 to 2³² − 1.
  ///   - scalar: The type of the numbers; they are made in `Double`.
  /// - Returns: Features `[sum of counts, featureCount]`, targets `[sum of counts, counts.count]`.
  /// - Throws: `DatasetError` if an argument is out of range, the deviations are not as many as the
  ///   centers, or there are too many numbers.
  /// - SeeAlso: scikit-learn's `make_blobs(n_samples=counts)`.
  public static func blobs(
    counts: [Int], featureCount: Int = 2, deviations: [Double] = [1],
    centerRange: ClosedRange<Double> = -10...10, shuffled: Bool = true, seed: Int,
    as scalar: Scalar.Type = Float.self
  ) throws(DatasetError) -> Dataset {
    var random = try RandomState(datasetSeed: seed)
    let centers = try drawnCenters(counts.count, featureCount, centerRange, with: &random)
    return try Blobs(counts: counts, centers: centers, deviations: deviations)
      .dataset(shuffled: shuffled, with: &random, as: scalar)
  }

  /// Returns points drawn from normal distributions around given centers.
  ///
  ///     let blobs = try Dataset.blobs(
  ///       count: 20, centers: [[0, 0], [5, 5]], deviations: [0.5, 2], seed: 1)
  ///     blobs.targets.sum(axis: 0)  // [10. 10.]
  ///
  /// - Parameters:
  ///   - count: The number of rows, 1 or more; the first centers get one row more if they can't be
  ///     parted evenly.
  ///   - centers: `[centers, features]`: at least one, of finite numbers; a class each.
  ///   - deviations: The standard deviation of each coordinate, 0 or more: one for all centers or
  ///     one for each.
  ///   - shuffled: Whether the rows come in random order; else center by center.
  ///   - seed: From 0 to 2³² − 1.
  ///   - scalar: The type of the numbers; they are made in `Double`.
  /// - Returns: Features `[count, features]`, targets `[count, centers]`.
  /// - Throws: `DatasetError` if an argument is out of range, the counts don't fit each other, or
  ///   there are too many numbers.
  /// - SeeAlso: scikit-learn's `make_blobs(centers=centers)`.
  public static func blobs(
    count: Int = 100, centers: Tensor<Double>, deviations: [Double] = [1], shuffled: Bool = true,
    seed: Int, as scalar: Scalar.Type = Float.self
  ) throws(DatasetError) -> Dataset {
    try Blobs.require(centers: centers)
    var random = try RandomState(datasetSeed: seed)
    return try Blobs(
      counts: Blobs.evenCounts(count, centers: centers.shape[0]), centers: centers,
      deviations: deviations
    ).dataset(shuffled: shuffled, with: &random, as: scalar)
  }

  /// Returns points drawn from normal distributions around given centers, so many for each.
  ///
  ///     let blobs = try Dataset.blobs(counts: [1, 3], centers: [[0], [5]], seed: 1)
  ///     blobs.targets.sum(axis: 0)  // [1. 3.]
  ///
  /// - Parameters:
  ///   - counts: The number of rows of each center, each 0 or more, not all 0.
  ///   - centers: `[counts.count, features]`, of finite numbers; a class each.
  ///   - deviations: The standard deviation of each coordinate, 0 or more: one for all centers or
  ///     one for each.
  ///   - shuffled: Whether the rows come in random order; else center by center.
  ///   - seed: From 0 to 2³² − 1.
  ///   - scalar: The type of the numbers; they are made in `Double`.
  /// - Returns: Features `[sum of counts, features]`, targets `[sum of counts, counts.count]`.
  /// - Throws: `DatasetError` if an argument is out of range, the counts don't fit each other, or
  ///   there are too many numbers.
  /// - SeeAlso: scikit-learn's `make_blobs(n_samples=counts, centers=centers)`.
  public static func blobs(
    counts: [Int], centers: Tensor<Double>, deviations: [Double] = [1], shuffled: Bool = true,
    seed: Int, as scalar: Scalar.Type = Float.self
  ) throws(DatasetError) -> Dataset {
    try Blobs.require(centers: centers)
    var random = try RandomState(datasetSeed: seed)
    return try Blobs(counts: counts, centers: centers, deviations: deviations)
      .dataset(shuffled: shuffled, with: &random, as: scalar)
  }
}

extension Dataset where Scalar == Double {
  /// Returns the centers that blobs of the same counts, range and seed are drawn around.
  ///
  ///     try Dataset.blobCenters(count: 3, seed: 0)  // [[ 0.97627008  4.30378733]
  ///                                                 //  [ 2.05526752  0.89766366]
  ///                                                 //  [-1.52690401  2.91788226]]
  ///
  /// - Parameters:
  ///   - count: The number of centers, 1 to 65,536.
  ///   - featureCount: The number of coordinates, 1 or more.
  ///   - range: What each coordinate of a center is drawn from, evenly.
  ///   - seed: From 0 to 2³² − 1.
  /// - Returns: `[count, featureCount]`.
  /// - Throws: `DatasetError` if an argument is out of range or there are too many numbers.
  /// - SeeAlso: scikit-learn's `make_blobs(return_centers=True)`.
  public static func blobCenters(
    count: Int = 3, featureCount: Int = 2, range: ClosedRange<Double> = -10...10, seed: Int
  ) throws(DatasetError) -> Tensor<Double> {
    var random = try RandomState(datasetSeed: seed)
    return try drawnCenters(count, featureCount, range, with: &random)
  }
}

/// Centers drawn evenly from a range.
private func drawnCenters(
  _ count: Int, _ featureCount: Int, _ range: ClosedRange<Double>,
  with random: inout RandomState
) throws(DatasetError) -> Tensor<Double> {
  try Limits.require(count, "the number of centers")
  try Limits.require(featureCount, "the number of features")
  try Blobs.require(centers: count, by: featureCount)
  let extent = range.upperBound - range.lowerBound
  guard extent.isFinite else {
    throw DatasetError("centers can't be drawn from \(range): its extent is not finite")
  }
  // By the numbers one by one: each product is rounded before its sum.
  let centers = (0..<count * featureCount).map { _ in
    range.lowerBound + extent * random.randomSample()
  }
  return Tensor(centers, shape: [count, featureCount])
}

/// Normal distributions around centers.
private struct Blobs {
  var counts: [Int]
  /// `[centers, features]`, checked.
  var centers: Tensor<Double>
  var deviations: [Double]

  static func require(centers count: Int, by width: Int) throws(DatasetError) {
    guard count <= Limits.classes else {
      throw DatasetError("\(count) centers are more than \(Limits.classes)")
    }
    try Limits.require(table: count, by: width, "the centers")
  }

  static func require(centers: Tensor<Double>) throws(DatasetError) {
    guard centers.rank == 2, centers.count > 0 else {
      throw DatasetError("the centers have the shape \(centers.shape), not (centers, features)")
    }
    try require(centers: centers.shape[0], by: centers.shape[1])
    for number in centers.scalars { try Limits.require(finite: number, "a center's coordinate") }
  }

  /// A count parted among centers, of which the first get one more.
  static func evenCounts(_ count: Int, centers: Int) throws(DatasetError) -> [Int] {
    try Limits.require(count, "the count")
    return (0..<centers).map { count / centers + ($0 < count % centers ? 1 : 0) }
  }

  func dataset<Scalar: FloatingScalar>(
    shuffled: Bool, with random: inout RandomState, as scalar: Scalar.Type
  ) throws(DatasetError) -> Dataset<Scalar> {
    let (centerCount, width) = (centers.shape[0], centers.shape[1])
    let total = try Limits.total(of: counts)
    guard counts.count == centerCount else {
      throw DatasetError("there are \(counts.count) counts of rows for \(centerCount) centers")
    }
    guard deviations.count == 1 || deviations.count == centerCount else {
      throw DatasetError(
        "there are \(deviations.count) deviations for \(centerCount) centers: there must be one "
          + "for all or one for each")
    }
    for deviation in deviations { try Limits.require(nonnegative: deviation, "a deviation") }
    try Limits.require(table: total, by: width, "the features")
    try Limits.require(table: total, by: centerCount, "the targets")
    let coordinates = centers.scalars
    var features: [Double] = []
    features.reserveCapacity(total * width)
    var labels: [Int] = []
    labels.reserveCapacity(total)
    for (label, count) in counts.enumerated() {
      let deviation = deviations.count == 1 ? deviations[0] : deviations[label]
      let center = coordinates[label * width..<(label + 1) * width]
      for _ in 0..<count {
        for coordinate in center {
          features.append(coordinate + deviation * random.standardNormal())
        }
        labels.append(label)
      }
    }
    var rows = LabeledRows(features: Tensor(features, shape: [total, width]), labels: labels)
    if shuffled { rows.shuffle(with: &random) }
    return rows.dataset("blobs", classNames: (0..<centerCount).map(String.init), as: scalar)
  }
}
