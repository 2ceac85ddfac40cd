import Tensors

/// How many of two classes have a score of a threshold or more, for each score that occurs, from the
/// greatest to the least: what ROC and precision–recall curves are made of.
struct ThresholdCounts {
  /// Falling; NaN, if there is any, comes last.
  private(set) var thresholds: [Double] = []
  /// The samples of the positive class with such a score.
  private(set) var truePositives: [Int] = []
  /// The samples of the other class with such a score.
  private(set) var falsePositives: [Int] = []

  init<Scalar: FloatingScalar>(_ scores: Tensor<Scalar>, _ targets: Tensor<Scalar>) {
    requireAsMany(scores, targets)
    let scores = scores.scalars.map(Double.init)
    let isPositive = targets.scalars.map { $0 > 0.5 }
    // NaN says nothing for a sample: it counts as the lowest score.
    func key(_ index: Int) -> (Double, Int) {
      scores[index].isNaN ? (.infinity, 1) : (-scores[index], 0)
    }
    var (positives, others) = (0, 0)
    let order = scores.indices.sorted { key($0) < key($1) }
    for (place, index) in order.enumerated() {
      if isPositive[index] { positives += 1 } else { others += 1 }
      if place + 1 < order.count, key(order[place + 1]) == key(index) { continue }
      thresholds.append(scores[index])
      truePositives.append(positives)
      falsePositives.append(others)
    }
  }
}

/// Stops if there isn't a target for each score.
func requireAsMany<Scalar>(_ scores: Tensor<Scalar>, _ targets: Tensor<Scalar>) {
  require(
    scores.count == targets.count,
    "there must be a target for each score, but there are \(scores.count) scores and "
      + "\(targets.count) targets")
}
