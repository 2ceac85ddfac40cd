public import Tensors

/// How often what a classifier predicts with some probability comes true.
///
/// The probabilities are put into bins of equal width; those of a well calibrated classifier come
/// true as often as they say, in each bin.
///
///     let curve = CalibrationCurve(
///       Tensor<Double>([0, 0.25, 0.5, 0.5, 0.75, 1]), [0, 0, 1, 0, 1, 1], bins: 2)
///     curve.positiveShares  // [0.25, 1.0]
///     curve.probabilities   // [0.3125, 0.875]
///     curve.counts          // [4, 2]
///
/// - SeeAlso: scikit-learn's `calibration_curve` with the strategy `uniform`, which it equals: a
///   probability on the border of two bins belongs to the lower one.
public struct CalibrationCurve: Sendable, Hashable {
  /// The part of the samples of each bin that is positive; bins without samples are left out.
  public let positiveShares: [Double]
  /// The mean of the probabilities of each of these bins.
  public let probabilities: [Double]
  /// The number of samples in each of these bins.
  public let counts: [Int]

  /// Makes the curve of a classifier's probabilities.
  ///
  /// - Parameters:
  ///   - probabilities: Of being positive, from 0 to 1, in a tensor of any shape; NaN is left out.
  ///   - targets: As many: above one half for positive samples.
  ///   - bins: The number of bins, 1 or more.
  /// - Precondition: There is a target for each probability, and these are from 0 to 1.
  public init<Scalar: FloatingScalar>(
    _ probabilities: Tensor<Scalar>, _ targets: Tensor<Scalar>, bins: Int = 5
  ) {
    requireAsMany(probabilities, targets)
    require(1...1_000_000 ~= bins, "bins is \(bins); it must be from 1 to 1000000")
    var sums = [Double](repeating: 0, count: bins)
    var positives = [Int](repeating: 0, count: bins)
    var totals = positives
    // The inner borders, as NumPy's `linspace` computes them.
    let step = 1 / Double(bins)
    let borders = Tensor((1..<bins).map { Double($0) * step })
    let values = probabilities.scalars.map(Double.init)
    let places = borders.searchSorted(Tensor(values)).scalars
    for (index, target) in targets.scalars.enumerated() where !values[index].isNaN {
      require(0...1 ~= values[index], "a probability is \(values[index]); it must be from 0 to 1")
      sums[places[index]] += values[index]
      positives[places[index]] += target > 0.5 ? 1 : 0
      totals[places[index]] += 1
    }
    let filled = totals.indices.filter { totals[$0] > 0 }
    positiveShares = filled.map { Double(positives[$0]) / Double(totals[$0]) }
    self.probabilities = filled.map { sums[$0] / Double(totals[$0]) }
    counts = filled.map { totals[$0] }
  }
}
