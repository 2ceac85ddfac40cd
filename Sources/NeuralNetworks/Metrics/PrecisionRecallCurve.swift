public import Tensors

/// How many of those that a classifier takes for positive are so, and how many of the positive it
/// finds, for every threshold of its score.
///
///     let curve = PrecisionRecallCurve(Tensor<Double>([0.1, 0.4, 0.35, 0.8]), [0, 0, 1, 1])
///     curve.precisions        // [0.5, 0.6666666666666666, 0.5, 1.0, 1.0]
///     curve.recalls           // [1.0, 1.0, 0.5, 0.5, 0.0]
///     curve.thresholds        // [0.1, 0.35, 0.4, 0.8]
///     curve.averagePrecision  // 0.8333333333333333
///
/// - SeeAlso: scikit-learn's `precision_recall_curve` and `average_precision_score`, which it equals;
///   these refuse NaN.
public struct PrecisionRecallCurve: Sendable, Hashable {
  /// The part of the samples with a score of the threshold or more that is positive; after those of
  /// the thresholds comes 1.
  public let precisions: [Double]
  /// The part of the positive samples with such a score, falling from 1; after those of the
  /// thresholds comes 0.
  ///
  /// It is 1 at each threshold if no sample is positive.
  public let recalls: [Double]
  /// The scores that occur, rising.
  public let thresholds: [Double]
  /// The part of all samples that is positive: the precision of guesses; NaN if there are no samples.
  public let positiveShare: Double

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
    let positives = counts.truePositives.last ?? 0
    let pairs = zip(counts.truePositives, counts.falsePositives)
    precisions = pairs.map { Double($0) / Double($0 + $1) }.reversed() + [1]
    recalls =
      counts.truePositives.map { positives > 0 ? Double($0) / Double(positives) : 1 }.reversed() + [
        0
      ]
    thresholds = counts.thresholds.reversed()
    positiveShare = Double(positives) / Double(scores.count)
  }

  /// The mean of the precisions, each weighted with how much more is found than at the next threshold:
  /// from 0 to 1, the latter if every positive sample has a higher score than the others.
  public var averagePrecision: Double {
    thresholds.indices.reduce(0) { $0 + (recalls[$1] - recalls[$1 + 1]) * precisions[$1] }
  }
}
