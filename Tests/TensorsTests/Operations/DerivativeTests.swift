import Tensors
import TestSupport
import Testing

/// The derivatives of the catalogue's primitives against central differences, in Double.
///
/// With step h the difference of f at x ± h is off by h²·|f‴|/6 and by the rounding ε·|f|/h: at h = 1e-5 both are about 1e-10
/// for the functions here on their domains, where third derivatives reach some thousands at the ends.
@Suite struct DerivativeTests {
  private static let step = 1e-5

  private func check(
    _ name: String, at x: Tensor<Double>,
    _ function: @escaping @Sendable (Tensor<Double>) -> Tensor<Double>
  ) {
    var random = SeededGenerator(seed: 43)
    let direction: Tensor<Double> = random.tensor(x.shape, in: -1...1)
    let weight: Tensor<Double> = random.tensor(function(x).shape, in: -1...1)
    let slope = gradient(of: { (x: Tensor<Double>) in (function(x) * weight).sum() })
    let forward = function(x + Self.step * direction)
    let backward = function(x - Self.step * direction)
    let difference = ((forward - backward) * weight).sum().scalar / (2 * Self.step)
    let product = (slope(x) * direction).sum().scalar
    let scale = 1 + Swift.abs(difference) + abs(slope(x)).sum().scalar
    #expect(
      Swift.abs(product - difference) <= 1e-6 * scale, "\(name): \(product), not \(difference)")
  }

  @Test(arguments: Catalogue.unary.map(CatalogueEntry.init))
  func unary(_ entry: CatalogueEntry<any UnaryPrimitive.Type>) {
    func check<Operation: UnaryPrimitive>(_: Operation.Type) {
      var random = SeededGenerator(seed: 44)
      let x: Tensor<Double> = random.tensor([3, 4], in: Operation.domain)
      self.check(Operation.name, at: x) { Operation()($0) }
    }
    check(entry.type)
  }

  @Test(arguments: Catalogue.binary.map(CatalogueEntry.init))
  func binary(_ entry: CatalogueEntry<any BinaryPrimitive.Type>) {
    func check<Operation: BinaryPrimitive>(_: Operation.Type) {
      var random = SeededGenerator(seed: 45)
      let x: Tensor<Double> = random.tensor([3, 4], in: Operation.domain)
      let row: Tensor<Double> = random.tensor([4], in: Operation.domain)
      self.check("\(Operation.name) by x", at: x) { Operation()($0, row) }
      self.check("\(Operation.name) by y", at: row) { Operation()(x, $0) }
    }
    check(entry.type)
  }

  @Test func alongAxes() {
    var random = SeededGenerator(seed: 46)
    let x: Tensor<Double> = random.tensor([2, 3, 4], in: 0.5...2)
    for axis in 0..<3 {
      for line in Catalogue.lines {
        func check<Line: LinePrimitive>(_: Line.Type) {
          self.check(Line.name, at: x) { Line(axis: axis).apply(to: [$0]) }
        }
        check(line)
      }
      for scan in Catalogue.scans {
        func check<Scan: ScanPrimitive>(_: Scan.Type) {
          self.check(Scan.name, at: x) { Scan(axis: axis).apply(to: [$0]) }
        }
        check(scan)
      }
      for reduction in Catalogue.reductions
      where reduction != IndexOfLargest.self && reduction != IndexOfSmallest.self {
        func check<Reduction: ReductionPrimitive>(_: Reduction.Type) {
          self.check(Reduction.name, at: x) { Reduction(axis: axis).apply(to: [$0]) }
        }
        check(reduction)
      }
    }
  }

  @Test func compositions() {
    var random = SeededGenerator(seed: 47)
    let x: Tensor<Double> = random.tensor([3, 4], in: -2...2)
    check("logSumExp", at: x) { $0.logSumExp(axis: 1) }
    check("variance", at: x) { $0.variance(axis: 0, correction: 1) }
    check("standardDeviation", at: x) { $0.standardDeviation(axis: 1) }
    check("clipped", at: x) { $0.clipped(min: -1, max: 1) }
    check("nanMean", at: x) { $0.nanMean(axes: [0]) }
    check("nanMax", at: x) { $0.nanMax(axes: [0]) }
    check("nanVariance", at: x) { $0.nanVariance(axes: [0]) }
    check("maximumNumber", at: x) { maximumNumber($0, 0.3 * $0 * $0) }
    check("peakToPeak", at: x) { $0.peakToPeak(axes: [1]) }
  }

  /// Equal largest elements share the gradient evenly, as a sum of equal exponentials does.
  @Test func logSumExpOfEquals() {
    let slope = gradient(of: { (x: Tensor<Double>) in x.logSumExp() })
    #expect(difference(slope([1, 1, 1, 1]), from: [0.25, 0.25, 0.25, 0.25], ulps: 2) == nil)
    let mixed = slope([0, 0, -1])
    #expect(difference(mixed, from: softmax([0, 0, -1]), ulps: 4) == nil)
  }
}
