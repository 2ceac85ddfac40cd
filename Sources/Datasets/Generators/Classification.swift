internal import Tensors

extension Dataset {
  /// Returns clusters of points around corners of a cube, in features of which some are useless.
  ///
  /// The informative features of a cluster are normal numbers times a random matrix, around a corner
  /// of a cube of as many dimensions; redundant features are random sums of them, repeated ones
  /// copies of informative and redundant ones, all others are noise.
  ///
  ///     let points = try Dataset.classification(
  ///       count: 60, featureCount: 5, informativeCount: 3, classCount: 3, flippedFraction: 0,
  ///       seed: 1)
  ///     points.features.shape        // (60, 5)
  ///     points.targets.sum(axis: 0)  // [20. 20. 20.]
  ///
  /// - Parameters:
  ///   - count: The number of rows, 1 or more.
  ///   - featureCount: The number of features: at least the informative, redundant and repeated
  ///     ones together.
  ///   - informativeCount: How many features tell the clusters apart, 1 or more; `2^informativeCount`
  ///     is at least the number of clusters.
  ///   - redundantCount: How many features are sums of informative ones, 0 or more.
  ///   - repeatedCount: How many features are copies of others, 0 or more.
  ///   - classCount: The number of classes, 1 to 65,536.
  ///   - clustersPerClass: The number of clusters of each class, 1 or more; at most 1,048,576
  ///     together.
  ///   - weights: The part of the rows in each class, from 0 to 1 each: one for each class, or for
  ///     each but the last, which gets the rest; `nil` means equal parts.
  ///   - flippedFraction: The part of the rows whose class is drawn anew, from 0 to 1.
  ///   - classSeparation: Half the length of the cube's edges, 0 or more.
  ///   - hypercube: Whether the clusters lie at the corners of a cube, else of a random polytope.
  ///   - shift: What is added to the features: one number for all, or one for each; `nil` draws them
  ///     from −`classSeparation` to `classSeparation`.
  ///   - scale: What the shifted features are multiplied by: one number for all, or one for each;
  ///     `nil` draws them from 1 to 101.
  ///   - shuffled: Whether rows and features come in random order; else cluster by cluster, and the
  ///     features informative, redundant, repeated and useless.
  ///   - seed: From 0 to 2³² − 1; the same seed draws the same rows.
  ///   - scalar: The type of the numbers; they are made in `Double`.
  /// - Returns: Features `[count, featureCount]`, targets `[count, classCount]`; the classes are
  ///   called `0`, `1` and so on.
  /// - Throws: `DatasetError` if an argument is out of range, the counts don't fit each other, or
  ///   there are too many numbers.
  /// - SeeAlso: scikit-learn's `make_classification`.
  public static func classification(
    count: Int = 100, featureCount: Int = 20, informativeCount: Int = 2, redundantCount: Int = 2,
    repeatedCount: Int = 0, classCount: Int = 2, clustersPerClass: Int = 2,
    weights: [Double]? = nil, flippedFraction: Double = 0.01, classSeparation: Double = 1,
    hypercube: Bool = true, shift: [Double]? = [0], scale: [Double]? = [1], shuffled: Bool = true,
    seed: Int, as scalar: Scalar.Type = Float.self
  ) throws(DatasetError) -> Dataset {
    let problem = try ClusterProblem(
      count: count, featureCount: featureCount, informativeCount: informativeCount,
      redundantCount: redundantCount, repeatedCount: repeatedCount, classCount: classCount,
      clustersPerClass: clustersPerClass, weights: weights, flippedFraction: flippedFraction,
      classSeparation: classSeparation, hypercube: hypercube, shift: shift, scale: scale)
    var random = try RandomState(datasetSeed: seed)
    var rows = problem.rows(with: &random)
    if shuffled {
      rows.shuffle(with: &random)
      rows.features = rows.features.take(Tensor(random.permutation(featureCount)), axis: 1)
    }
    return rows.dataset(
      "classification", classNames: (0..<classCount).map(String.init), as: scalar)
  }
}

/// Clusters at the corners of a cube, with arguments that are checked.
private struct ClusterProblem {
  let count: Int
  let informativeCount: Int
  let redundantCount: Int
  let repeatedCount: Int
  let uselessCount: Int
  let classCount: Int
  let clusterCount: Int
  let rowsOfCluster: [Int]
  let flippedFraction: Double
  let classSeparation: Double
  let hypercube: Bool
  let shift: [Double]?
  let scale: [Double]?

  var featureCount: Int { informativeCount + redundantCount + repeatedCount + uselessCount }

  init(
    count: Int, featureCount: Int, informativeCount: Int, redundantCount: Int, repeatedCount: Int,
    classCount: Int, clustersPerClass: Int, weights: [Double]?, flippedFraction: Double,
    classSeparation: Double, hypercube: Bool, shift: [Double]?, scale: [Double]?
  ) throws(DatasetError) {
    try Limits.require(count, "the count")
    try Limits.require(featureCount, "the number of features")
    try Limits.require(informativeCount, "the number of informative features")
    try Limits.require(redundantCount, "the number of redundant features", from: 0)
    try Limits.require(repeatedCount, "the number of repeated features", from: 0)
    try Limits.require(classCount, "the number of classes")
    try Limits.require(clustersPerClass, "the number of clusters of a class")
    try Limits.require(table: count, by: featureCount, "the features")
    var uselessCount = featureCount
    for part in [informativeCount, redundantCount, repeatedCount] {
      // Each part is 0 or more, so that the difference can't overflow.
      uselessCount -= min(part, uselessCount + 1)
      guard uselessCount >= 0 else {
        throw DatasetError(
          "\(informativeCount) informative, \(redundantCount) redundant and \(repeatedCount) "
            + "repeated features are more than the \(featureCount) there are")
      }
    }
    guard classCount <= Limits.classes else {
      throw DatasetError("\(classCount) classes are more than \(Limits.classes)")
    }
    try Limits.require(table: count, by: classCount, "the targets")
    let (clusterCount, overflows) = classCount.multipliedReportingOverflow(by: clustersPerClass)
    guard !overflows, clusterCount <= Limits.clusters else {
      throw DatasetError(
        "\(classCount) classes of \(clustersPerClass) clusters are more than \(Limits.clusters) "
          + "clusters together")
    }
    guard informativeCount >= 32 || clusterCount <= 1 << informativeCount else {
      throw DatasetError(
        "\(clusterCount) clusters need more corners than the \(1 << informativeCount) of a cube "
          + "of \(informativeCount) informative features")
    }
    try Limits.require(table: clusterCount, by: informativeCount, "the centers of clusters")
    try Limits.require(table: informativeCount, by: informativeCount, "the matrices of clusters")
    guard (0...1).contains(flippedFraction) else {
      throw DatasetError("the flipped fraction is \(flippedFraction), not from 0 to 1")
    }
    try Limits.require(nonnegative: classSeparation, "the separation of classes")
    for (values, name) in [(shift, "shift"), (scale, "scale")] {
      guard let values else { continue }
      guard values.count == 1 || values.count == featureCount else {
        throw DatasetError(
          "the \(name) has \(values.count) numbers for \(featureCount) features: there must be one "
            + "for all or one for each")
      }
      for value in values { try Limits.require(finite: value, "the \(name)") }
    }
    self.count = count
    self.informativeCount = informativeCount
    self.redundantCount = redundantCount
    self.repeatedCount = repeatedCount
    self.uselessCount = uselessCount
    self.classCount = classCount
    self.clusterCount = clusterCount
    self.flippedFraction = flippedFraction
    self.classSeparation = classSeparation
    self.hypercube = hypercube
    self.shift = shift
    self.scale = scale
    let parts = try Self.parts(weights, of: classCount)
    var rowsOfCluster = (0..<clusterCount).map { cluster in
      Int(Double(count) * parts[cluster % classCount] / Double(clustersPerClass))
    }
    // What rounding down left goes to the clusters in turn.
    let left = max(count - rowsOfCluster.reduce(0, +), 0)
    for cluster in rowsOfCluster.indices {
      rowsOfCluster[cluster] += left / clusterCount + (cluster < left % clusterCount ? 1 : 0)
    }
    self.rowsOfCluster = rowsOfCluster
  }

  /// The part of the rows in each class.
  private static func parts(_ weights: [Double]?, of classCount: Int) throws(DatasetError)
    -> [Double]
  {
    guard var weights else {
      return [Double](repeating: 1 / Double(classCount), count: classCount)
    }
    guard weights.count == classCount || weights.count == classCount - 1 else {
      throw DatasetError(
        "there are \(weights.count) weights for \(classCount) classes: there must be one for each, "
          + "or for each but the last")
    }
    if weights.count < classCount { weights.append(1 - weights.reduce(0, +)) }
    for weight in weights {
      guard (0...1).contains(weight) else {
        throw DatasetError("the weight of a class is \(weight), not from 0 to 1")
      }
    }
    return weights
  }

  /// The rows, cluster by cluster.
  func rows(with random: inout RandomState) -> LabeledRows {
    let centers = centers(with: &random)
    var informative = random.standardNormal([count, informativeCount])
    var labels: [Int] = []
    var clusters: [Tensor<Double>] = []
    for (cluster, rows) in rowsOfCluster.enumerated() {
      let matrix = Self.evenNumbers([informativeCount, informativeCount], with: &random)
      // Weights of more than 1 together leave the last clusters without rows.
      let rows = min(rows, count - labels.count)
      guard rows > 0 else { continue }
      let part = informative[labels.count..<labels.count + rows]
      clusters.append(part.matmul(matrix) + centers[cluster])
      labels += [Int](repeating: cluster % classCount, count: rows)
    }
    informative = concatenate(clusters, axis: 0)
    var features = informative
    if redundantCount > 0 {
      let matrix = Self.evenNumbers([informativeCount, redundantCount], with: &random)
      features = concatenate([features, informative.matmul(matrix)], axis: 1)
    }
    if repeatedCount > 0 {
      let last = Double(informativeCount + redundantCount - 1)
      let columns = (0..<repeatedCount).map { _ in Int(last * random.randomSample() + 0.5) }
      features = concatenate([features, features.take(Tensor(columns), axis: 1)], axis: 1)
    }
    if uselessCount > 0 {
      let useless = random.standardNormal([count, uselessCount])
      features = concatenate([features, useless], axis: 1)
    }
    let flipped = (0..<count).filter { _ in random.randomSample() < flippedFraction }
    for row in flipped { labels[row] = random.number(below: classCount) }
    let shifts =
      shift.map { Tensor($0) }
      ?? Self.evenNumbers([featureCount], with: &random) * Tensor(classSeparation)
    features = features + shifts
    let scales =
      scale.map { Tensor($0) } ?? Tensor(1) + Tensor(100) * random.randomSample([featureCount])
    return LabeledRows(features: features * scales, labels: labels)
  }

  /// `[clusters, informative features]`: different corners of a cube around 0.
  private func centers(with random: inout RandomState) -> Tensor<Double> {
    let shape = Shape([clusterCount, informativeCount])
    let corners = Self.corners(clusterCount, dimensions: informativeCount, with: &random)
    var centers = Tensor(corners.map(Double.init), shape: shape)
    centers = centers * Tensor(2 * classSeparation) - Tensor(classSeparation)
    if !hypercube {
      centers = centers * random.randomSample([clusterCount, 1])
      centers = centers * random.randomSample([1, informativeCount])
    }
    return centers
  }

  /// Numbers drawn evenly from −1 to 1.
  private static func evenNumbers(
    _ shape: Shape, with random: inout RandomState
  ) -> Tensor<Double> {
    Tensor(2) * random.randomSample(shape) - Tensor(1)
  }

  /// Corners of the unit cube, each a row of zeros and ones, no two the same.
  ///
  /// A corner is a number of which each bit is a coordinate, the highest first; what is above 30
  /// bits is drawn bit by bit, in pieces of up to 30 from the last.
  private static func corners(
    _ count: Int, dimensions: Int, with random: inout RandomState
  ) -> [Int] {
    let low = min(dimensions, 30)
    let high = dimensions - low
    let leading = (0..<count * high).map { _ in random.number(below: 2) }
    let numbers = random.distinctNumbers(count, below: 1 << low)
    return (0..<count).flatMap { row in
      leading[row * high..<(row + 1) * high]
        + (0..<low).map { numbers[row] >> (low - 1 - $0) & 1 }
    }
  }
}

extension RandomState {
  /// A whole number drawn evenly from 0 to `bound` − 1: NumPy's `randint(bound)`.
  fileprivate mutating func number(below bound: Int) -> Int {
    do throws(RandomError) { return try randint(0, bound) } catch {
      preconditionFailure(error.message)
    }
  }

  /// Some of the numbers from 0 to `bound` − 1: scikit-learn's `sample_without_replacement`.
  ///
  /// Few of many are drawn until each is new, about all of them by a reservoir, others from a
  /// permutation.
  fileprivate mutating func distinctNumbers(_ count: Int, below bound: Int) -> [Int] {
    let ratio = Double(count) / Double(bound)
    if ratio > 0.01, ratio < 0.99 { return Array(permutation(bound).prefix(count)) }
    if ratio < 0.2 {
      var known: Set<Int> = []
      var numbers: [Int] = []
      while numbers.count < count {
        let number = number(below: bound)
        if known.insert(number).inserted { numbers.append(number) }
      }
      return numbers
    }
    var numbers = Array(0..<count)
    for number in count..<bound {
      let place = self.number(below: number + 1)
      if place < count { numbers[place] = number }
    }
    return numbers
  }
}
