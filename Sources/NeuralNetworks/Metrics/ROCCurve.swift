public import Tensors

/// How many of the positive samples a classifier finds, and how many of the others it takes for
/// positive, for every threshold of its score: the receiver operating characteristic.
///
///     let curve = ROCCurve(Tensor<Double>([0.1, 0.4, 0.35, 0.8]), [0, 0, 1, 1])
///     curve.falsePositiveRates  // [0.0, 0.0, 0.5, 0.5, 1.0]
///     curve.truePositiveRates   // [0.0, 0.5, 0.5, 1.0, 1.0]
///     curve.thresholds          // [inf, 0.8, 0.4, 0.35, 0.1]
///     curve.area                // 0.75
///
/// - SeeAlso: scikit-learn's `roc_curve` and `roc_auc_score`, which it equals; these refuse NaN.
public struct ROCCurve: Sendable, Hashable {
  /// The part of the samples that aren't positive with a score of the threshold or more, rising from
  /// 0 to 1; NaN if all are positive.
  public let falsePositiveRates: [Double]
  /// The part of the positive samples with a score of the threshold or more, rising from 0 to 1; NaN
  /// if there are none.
  public let truePositiveRates: [Double]
  /// The thresholds, falling from infinity, above which no sample is.
  ///
  /// Those between two others on a straight line in equal steps are left out.
  public let thresholds: [Double]

  /// Makes the curve of a classifier's scores.
  ///
  /// - Parameters:
  ///   - scores: How sure the classifier is that a sample is positive, of any shape: a probability, or
  ///     any number that grows with it. NaN counts as the lowest.
  ///   - targets: As many: above one half for positive samples.
  /// - Precondition: There is a target for each score.
  /// - Complexity: O(*n* log *n*).
  public init<Scalar: FloatingScalar>(_ scores: Tensor<Scalar>, _ targets: Tensor<Scalar>) {
    let counts = ThresholdCounts(scores, targets)
    let (found, wrong) = (counts.truePositives, counts.falsePositives)
    let last = found.count - 1
    let kept = found.indices.filter { index in
      guard index > 0, index < last else { return true }
      return found[index - 1] + found[index + 1] != 2 * found[index]
        || wrong[index - 1] + wrong[index + 1] != 2 * wrong[index]
    }
    let (positives, others) = (Double(found.last ?? 0), Double(wrong.last ?? 0))
    truePositiveRates = [0 / positives] + kept.map { Double(found[$0]) / positives }
    falsePositiveRates = [0 / others] + kept.map { Double(wrong[$0]) / others }
    thresholds = [.infinity] + kept.map { counts.thresholds[$0] }
  }

  /// The area under the curve: the chance that a positive sample has a higher score than another, from
  /// 0 to 1; one half for guesses, NaN if there is only one class.
  public var area: Double {
    guard thresholds.count > 1 else { return .nan }
    return (1..<thresholds.count).reduce(0) { sum, index in
      let width = falsePositiveRates[index] - falsePositiveRates[index - 1]
      return sum + width * (truePositiveRates[index] + truePositiveRates[index - 1]) / 2
    }
  }
}
