import Datasets
import Tensors
import TestSupport
import Testing

@Suite struct MoonsTests {
  @Test func asTheReference() throws {
    for reference in try referenceCases("make_moons") {
      let arguments = try #require(reference.child("args"))
      let (noise, seed) = (
        arguments.double("noise") ?? 0, try #require(arguments.int("random_state"))
      )
      let shuffled = arguments.bool("shuffle") ?? true
      let moons: Dataset<Double>
      if let counts = arguments.array("n_samples")?.ints {
        moons = try Dataset.moons(
          counts: (counts[0], counts[1]), noise: noise, shuffled: shuffled, seed: seed,
          as: Double.self)
      } else {
        moons = try Dataset.moons(
          count: arguments.int("n_samples") ?? 100, noise: noise, shuffled: shuffled, seed: seed,
          as: Double.self)
      }
      expectEqual(moons.features, "X", of: reference)
      expectEqual(labels: moons, of: reference)
    }
  }

  @Test func liesOnTheMoons() throws {
    let moons = try Dataset.moons(counts: (7, 4), seed: 3, as: Double.self)
    for (point, label) in zip(points(moons), moons.labels ?? []) {
      let (x, y) = label == 0 ? point : (1 - point.0, 0.5 - point.1)
      #expect(abs(x * x + y * y - 1) < 1e-14 && y > -1e-14)
    }
    #expect(moons.targets.sum(axis: 0) == [7, 4])
    #expect(moons.featureNames == ["x", "y"] && moons.name == "moons")
  }

  @Test func scalars() throws {
    let wide = try Dataset.moons(count: 9, noise: 0.1, seed: 5, as: Double.self)
    #expect(try Dataset.moons(count: 9, noise: 0.1, seed: 5).features == Tensor(wide.features))
  }

  @Test func badArguments() {
    expectError("the count is 0, not 1 or more") { try Dataset.moons(count: 0, seed: 0) }
    expectError("the count is -3, not 1 or more") { try Dataset.moons(count: -3, seed: 0) }
    expectError("the counts of rows are more than 268435456 together") {
      try Dataset.moons(count: .max, seed: 0)
    }
    expectError("the features of 200000000 × 2 numbers are too large: at most 268435456 are made") {
      try Dataset.moons(count: 200_000_000, seed: 0)
    }
    expectError("a count of rows is -1, not 0 or more") {
      try Dataset.moons(counts: (5, -1), seed: 0)
    }
    expectError("the counts of rows are more than 268435456 together") {
      try Dataset.moons(counts: (.max, .max), seed: 0)
    }
    expectError("the counts of rows are all 0: there must be a row") {
      try Dataset.moons(counts: (0, 0), seed: 0)
    }
    expectError("the noise is -0.1, not a finite number of 0 or more") {
      try Dataset.moons(noise: -0.1, seed: 0)
    }
    expectError("the noise is nan, not a finite number of 0 or more") {
      try Dataset.moons(noise: .nan, seed: 0)
    }
    expectError("the seed is -1, not from 0 to 4294967295") { try Dataset.moons(seed: -1) }
    expectError("the seed is 4294967296, not from 0 to 4294967295") {
      try Dataset.moons(seed: 1 << 32)
    }
  }
}

/// The points of rows of two features.
func points(_ dataset: Dataset<Double>) -> [(Double, Double)] {
  (0..<dataset.count).map {
    (dataset.features[$0, 0].scalar, dataset.features[$0, 1].scalar)
  }
}

/// Records an issue unless the body throws a `DatasetError` of this sentence.
func expectError<Result>(
  _ message: String, sourceLocation: SourceLocation = #_sourceLocation,
  _ body: () throws -> Result
) {
  #expect(throws: DatasetError(message), sourceLocation: sourceLocation) { _ = try body() }
}

/// Records an issue if the labels differ from a case's `y`.
func expectEqual<Scalar>(
  labels dataset: Dataset<Scalar>, of reference: ReferenceCase,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(
    dataset.labels == reference.child("expected")?.array("y")?.ints,
    "\(reference.string("id") ?? "?") y", sourceLocation: sourceLocation)
}
