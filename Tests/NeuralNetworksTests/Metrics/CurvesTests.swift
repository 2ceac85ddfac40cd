import Foundation
import NeuralNetworks
import Tensors
import TestSupport
import Testing

@Suite struct CurvesTests {
  /// Each number is a quotient or a short sum of the same numbers; a sum may add in another order.
  private func isEqual(_ a: [Double], _ b: [Double]?) -> Bool {
    b.map { relativeDifference(a, $0) < 1e-14 } ?? false
  }

  @Test func equalScikitLearn() throws {
    let url = try #require(
      Bundle.module.url(forResource: "Fixtures/curves", withExtension: "json"))
    let cases = try ReferenceFile(url).cases
    #expect(cases.count == 6)
    for reference in cases {
      let name = Comment(rawValue: reference.string("name") ?? "")
      let scores = try #require(reference.array("scores")).tensor
      let targets = try #require(reference.array("targets")).tensor
      let roc = ROCCurve(scores, targets)
      #expect(isEqual(roc.falsePositiveRates, reference.array("fpr")?.doubles), name)
      #expect(isEqual(roc.truePositiveRates, reference.array("tpr")?.doubles), name)
      #expect(roc.thresholds == reference.array("roc_thresholds")?.doubles, name)
      #expect(isEqual([roc.area], reference.double("area").map { [$0] }), name)
      let curve = PrecisionRecallCurve(scores, targets)
      #expect(isEqual(curve.precisions, reference.array("precision")?.doubles), name)
      #expect(isEqual(curve.recalls, reference.array("recall")?.doubles), name)
      #expect(curve.thresholds == reference.array("thresholds")?.doubles, name)
      let average = reference.double("average_precision").map { [$0] }
      #expect(isEqual([curve.averagePrecision], average), name)
      let calibration = CalibrationCurve(
        scores, targets, bins: try #require(reference.int("bins")))
      #expect(isEqual(calibration.positiveShares, reference.array("shares")?.doubles), name)
      #expect(isEqual(calibration.probabilities, reference.array("means")?.doubles), name)
      #expect(calibration.counts.reduce(0, +) == scores.count, name)
    }
  }

  /// By hand: of the two positive samples one comes first, the other third of four.
  @Test func byHand() {
    let (scores, targets) = (Tensor<Float>([0.9, 0.8, 0.7, 0.1]), Tensor<Float>([1, 0, 1, 0]))
    let roc = ROCCurve(scores, targets)
    #expect(roc.falsePositiveRates == [0, 0, 0.5, 0.5, 1])
    #expect(roc.truePositiveRates == [0, 0.5, 0.5, 1, 1])
    #expect(roc.area == 0.75)
    let curve = PrecisionRecallCurve(scores, targets)
    #expect(curve.precisions == [0.5, 2.0 / 3, 0.5, 1, 1])
    #expect(curve.recalls == [1, 1, 0.5, 0.5, 0])
    #expect(curve.averagePrecision == 0.5 * 1 + 0.5 * 2 / 3)
    #expect(curve.positiveShare == 0.5)
  }

  @Test func oneClassOrNone() {
    let onlyOthers = ROCCurve(Tensor<Double>([0.2, 0.4]), [0, 0])
    #expect(onlyOthers.truePositiveRates.allSatisfy { $0.isNaN })
    #expect(onlyOthers.falsePositiveRates == [0, 0.5, 1] && onlyOthers.area.isNaN)
    let onlyPositives = ROCCurve(Tensor<Double>([0.2, 0.4]), [1, 1])
    #expect(onlyPositives.falsePositiveRates.allSatisfy { $0.isNaN })
    #expect(onlyPositives.area.isNaN)
    let nobody = PrecisionRecallCurve(Tensor<Double>([0.2, 0.4]), [0, 0])
    #expect(nobody.recalls == [1, 1, 0] && nobody.averagePrecision == 0)
    let empty = Tensor<Double>([])
    #expect(ROCCurve(empty, empty).area.isNaN)
    #expect(PrecisionRecallCurve(empty, empty).precisions == [1])
    #expect(CalibrationCurve(empty, empty).counts.isEmpty)
  }

  /// NaN says nothing for a sample: it comes last, and belongs to no bin.
  @Test func scoresThatAreNoNumbers() {
    let roc = ROCCurve(Tensor<Double>([.nan, 0.5, -.infinity, .nan]), [1, 1, 0, 0])
    #expect(roc.thresholds.prefix(3) == [.infinity, 0.5, -.infinity])
    #expect(roc.truePositiveRates == [0, 0.5, 0.5, 1] && roc.falsePositiveRates == [0, 0, 0.5, 1])
    #expect(CalibrationCurve(Tensor<Double>([.nan, 0.5]), [1, 1]).counts == [1])
  }

  @Test func mistakes() async {
    await #expect(processExitsWith: .failure) { _ = ROCCurve(Tensor<Double>([1]), [1, 0]) }
    await #expect(processExitsWith: .failure) { _ = CalibrationCurve(Tensor([1.5]), [1]) }
    await #expect(processExitsWith: .failure) {
      _ = CalibrationCurve(Tensor<Double>([1]), [1], bins: 0)
    }
  }
}
