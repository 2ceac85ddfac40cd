import Datasets
import Tensors
import TestSupport
import Testing

@Suite struct RegressionTests {
  @Test func asTheReference() throws {
    for reference in try referenceCases("make_regression") {
      let arguments = try #require(reference.child("args"))
      let (dataset, coefficients) = try Dataset.regressionWithCoefficients(
        count: arguments.int("n_samples") ?? 100, featureCount: arguments.int("n_features") ?? 100,
        informativeCount: arguments.int("n_informative") ?? 10,
        targetCount: arguments.int("n_targets") ?? 1, bias: arguments.double("bias") ?? 0,
        effectiveRank: arguments.int("effective_rank"),
        tailStrength: arguments.double("tail_strength") ?? 0.5,
        noise: arguments.double("noise") ?? 0, shuffled: arguments.bool("shuffle") ?? true,
        seed: try #require(arguments.int("random_state")), as: Double.self)
      expectEqual(dataset.features, "X", of: reference)
      // The reference has no axes of extent 1.
      expectEqual(dataset.targets.squeezed(), "y", of: reference)
      if reference.child("expected")?.array("coef") != nil {
        expectEqual(coefficients.squeezed(), "coef", of: reference)
      }
    }
  }

  @Test func targetsAreLinear() throws {
    let (dataset, coefficients) = try Dataset.regressionWithCoefficients(
      count: 30, featureCount: 7, informativeCount: 3, targetCount: 2, bias: -5, seed: 4,
      as: Double.self)
    let fitted = dataset.features.matmul(coefficients) + Tensor(-5)
    // Sums of 4 products of at most 100 · 4.
    #expect(abs(dataset.targets - fitted).max().scalar < 1e-12)
    let used = coefficients.scalars.filter { $0 != 0 }
    #expect(used.count == 6 && used.allSatisfy { (0...100).contains($0) })
    #expect(dataset.classNames == nil)
    let same = try Dataset.regression(
      count: 30, featureCount: 7, informativeCount: 3, targetCount: 2, bias: -5, seed: 4,
      as: Double.self)
    #expect(same.features == dataset.features && same.targets == dataset.targets)
  }

  @Test func lowRank() throws {
    let dataset = try Dataset.regression(
      count: 40, featureCount: 20, effectiveRank: 2, tailStrength: 0, seed: 1, as: Double.self)
    let values = try dataset.features.singularValues().scalars
    // exp(−(i/2)²): 1, 0.78, 0.37, 0.11, …
    for (position, value) in values.prefix(4).enumerated() {
      let expected = exp(Tensor<Double>(-Double(position * position) / 4)).scalar
      #expect(abs(value - expected) < 1e-13)
    }
  }

  @Test func badArguments() {
    expectError("the count is 0, not 1 or more") { try Dataset.regression(count: 0, seed: 0) }
    expectError("the number of features is 0, not 1 or more") {
      try Dataset.regression(featureCount: 0, seed: 0)
    }
    expectError("the number of informative features is -1, not 0 or more") {
      try Dataset.regression(informativeCount: -1, seed: 0)
    }
    expectError("the number of targets is 0, not 1 or more") {
      try Dataset.regression(targetCount: 0, seed: 0)
    }
    expectError(
      "the features of \(Int.max) × \(Int.max) numbers are too large: at most 268435456 are made"
    ) { try Dataset.regression(count: .max, featureCount: .max, seed: 0) }
    expectError("the bias is inf, not a finite number") {
      try Dataset.regression(bias: .infinity, seed: 0)
    }
    expectError("the noise is -1.0, not a finite number of 0 or more") {
      try Dataset.regression(noise: -1, seed: 0)
    }
    expectError("the effective rank is 0, not 1 or more") {
      try Dataset.regression(effectiveRank: 0, seed: 0)
    }
    expectError("the tail strength is 1.5, not from 0 to 1") {
      try Dataset.regression(effectiveRank: 2, tailStrength: 1.5, seed: 0)
    }
    #expect(throws: Never.self) { try Dataset.regression(informativeCount: .max, seed: 0) }
  }
}
