internal import Tensors

/// Rows that a generator makes, in `Double`, with their classes.
struct LabeledRows {
  /// `[count, width]`.
  var features: Tensor<Double>
  /// `[count]`.
  var labels: [Int]

  /// Brings the rows into random order.
  mutating func shuffle(with random: inout RandomState) {
    let order = random.permutation(labels.count)
    features = features.rows(order)
    labels = order.map { labels[$0] }
  }

  /// Adds to each number one drawn from a normal distribution of this deviation.
  mutating func addNoise(_ deviation: Double, with random: inout RandomState) {
    guard deviation > 0 else { return }
    features = features + Tensor(deviation) * random.standardNormal(features.shape)
  }

  /// The rows as a data set of a scalar type.
  func dataset<Scalar: FloatingScalar>(
    _ name: String, classNames: [String], featureNames: [String] = [], as scalar: Scalar.Type
  ) -> Dataset<Scalar> {
    Dataset(
      name: name, features: Tensor(features), labels: labels, classNames: classNames,
      featureNames: featureNames)
  }
}

/// Two curves in the plane: an outer one, the first class, and an inner one, the second.
struct TwoCurves {
  /// What the data set is called.
  var name: String
  /// The angle at which a curve ends, in radians; it starts at 0.
  var end: Double
  /// Whether the last point lies at the end.
  var includesEnd: Bool
  /// The point of the inner curve for one on the unit circle.
  var inner: (_ cosine: Double, _ sine: Double) -> (x: Double, y: Double)

  /// Points of both curves with noise.
  func dataset<Scalar: FloatingScalar>(
    counts: (outer: Int, inner: Int), noise: Double, shuffled: Bool, seed: Int,
    as scalar: Scalar.Type
  ) throws(DatasetError) -> Dataset<Scalar> {
    let total = try Limits.total(of: [counts.outer, counts.inner])
    try Limits.require(table: total, by: 2, "the features")
    try Limits.require(nonnegative: noise, "the noise")
    var random = try RandomState(datasetSeed: seed)
    let angles = Tensor(evenAngles(counts.outer) + evenAngles(counts.inner))
    var points: [Double] = []
    points.reserveCapacity(2 * total)
    for (row, (x, y)) in zip(cos(angles).scalars, sin(angles).scalars).enumerated() {
      let point = row < counts.outer ? (x, y) : inner(x, y)
      points.append(point.0)
      points.append(point.1)
    }
    var rows = LabeledRows(
      features: Tensor(points, shape: [total, 2]),
      labels: (0..<total).map { $0 < counts.outer ? 0 : 1 })
    if shuffled { rows.shuffle(with: &random) }
    rows.addNoise(noise, with: &random)
    return rows.dataset(
      name, classNames: ["outer", "inner"], featureNames: ["x", "y"], as: scalar)
  }

  /// Angles at even distances from 0, by NumPy's `linspace`.
  private func evenAngles(_ count: Int) -> [Double] {
    let step = end / Double(includesEnd ? count - 1 : count)
    return (0..<count).map { number in
      if number == 0 { return 0 }
      return includesEnd && number == count - 1 ? end : Double(number) * step
    }
  }
}

/// The half of a count of points that is on the outer curve, and the rest.
func halves(of count: Int) throws(DatasetError) -> (outer: Int, inner: Int) {
  try Limits.require(count, "the count")
  return (count / 2, count - count / 2)
}
