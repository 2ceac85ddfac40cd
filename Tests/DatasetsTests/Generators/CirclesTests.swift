import Datasets
import Tensors
import TestSupport
import Testing

@Suite struct CirclesTests {
  @Test func asTheReference() throws {
    for reference in try referenceCases("make_circles") {
      let arguments = try #require(reference.child("args"))
      let (noise, seed) = (
        arguments.double("noise") ?? 0, try #require(arguments.int("random_state"))
      )
      let shuffled = arguments.bool("shuffle") ?? true
      let factor = arguments.double("factor") ?? 0.8
      let circles: Dataset<Double>
      if let counts = arguments.array("n_samples")?.ints {
        circles = try Dataset.circles(
          counts: (counts[0], counts[1]), noise: noise, factor: factor, shuffled: shuffled,
          seed: seed, as: Double.self)
      } else {
        circles = try Dataset.circles(
          count: arguments.int("n_samples") ?? 100, noise: noise, factor: factor,
          shuffled: shuffled, seed: seed, as: Double.self)
      }
      expectEqual(circles.features, "X", of: reference)
      expectEqual(labels: circles, of: reference)
    }
  }

  @Test func liesOnTheCircles() throws {
    let circles = try Dataset.circles(counts: (7, 4), factor: 0.25, seed: 3, as: Double.self)
    for (point, label) in zip(points(circles), circles.labels ?? []) {
      let radius = (point.0 * point.0 + point.1 * point.1).squareRoot()
      #expect(abs(radius - (label == 0 ? 1 : 0.25)) < 1e-14)
    }
    #expect(circles.targets.sum(axis: 0) == [7, 4])
  }

  @Test func badArguments() {
    for factor in [1, -0.1, .infinity, .nan] {
      expectError("the factor is \(factor), not from 0 up to but not including 1") {
        try Dataset.circles(factor: factor, seed: 0)
      }
    }
    expectError("the count is 0, not 1 or more") { try Dataset.circles(count: 0, seed: 0) }
    expectError("the noise is inf, not a finite number of 0 or more") {
      try Dataset.circles(noise: .infinity, seed: 0)
    }
    expectError("a count of rows is -2, not 0 or more") {
      try Dataset.circles(counts: (-2, 3), seed: 0)
    }
  }
}
