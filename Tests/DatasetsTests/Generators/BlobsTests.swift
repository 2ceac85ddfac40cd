import Datasets
import Tensors
import TestSupport
import Testing

@Suite struct BlobsTests {
  @Test func asTheReference() throws {
    for reference in try referenceCases("make_blobs") {
      let arguments = try #require(reference.child("args"))
      let seed = try #require(arguments.int("random_state"))
      let shuffled = arguments.bool("shuffle") ?? true
      let count = arguments.int("n_samples") ?? 100
      let counts = arguments.array("n_samples")?.ints
      let width = arguments.int("n_features") ?? 2
      let deviations =
        arguments.array("cluster_std")?.doubles ?? [arguments.double("cluster_std") ?? 1]
      let box = arguments.array("center_box")?.doubles ?? [-10, 10]
      let range = box[0]...box[1]
      let centerCount = counts?.count ?? arguments.int("centers") ?? 3
      let blobs: Dataset<Double>
      let centers: Tensor<Double>
      if let given = arguments.array("centers")?.tensor {
        centers = given
        blobs =
          if let counts {
            try Dataset.blobs(
              counts: counts, centers: given, deviations: deviations, shuffled: shuffled,
              seed: seed, as: Double.self)
          } else {
            try Dataset.blobs(
              count: count, centers: given, deviations: deviations, shuffled: shuffled, seed: seed,
              as: Double.self)
          }
      } else {
        centers = try Dataset.blobCenters(
          count: centerCount, featureCount: width, range: range, seed: seed)
        blobs =
          if let counts {
            try Dataset.blobs(
              counts: counts, featureCount: width, deviations: deviations, centerRange: range,
              shuffled: shuffled, seed: seed, as: Double.self)
          } else {
            try Dataset.blobs(
              count: count, centerCount: centerCount, featureCount: width, deviations: deviations,
              centerRange: range, shuffled: shuffled, seed: seed, as: Double.self)
          }
      }
      expectEqual(blobs.features, "X", of: reference)
      expectEqual(centers, "centers", of: reference)
      expectEqual(labels: blobs, of: reference)
    }
  }

  @Test func withoutDeviation() throws {
    let centers: Tensor<Double> = [[1, 2, 3], [4, 5, 6]]
    let blobs = try Dataset.blobs(
      counts: [2, 3], centers: centers, deviations: [0], seed: 8, as: Double.self)
    #expect(blobs.features == centers.rows(blobs.labels ?? []))
    #expect(blobs.classNames == ["0", "1"])
    #expect(try Dataset.blobs(counts: [0, 2], seed: 0).labels == [1, 1])
    #expect(try Dataset.blobs(count: 2, centerCount: 5, seed: 0).targets.shape == [2, 5])
  }

  @Test func badArguments() {
    expectError("the count is -1, not 1 or more") { try Dataset.blobs(count: -1, seed: 0) }
    expectError("the number of centers is 0, not 1 or more") {
      try Dataset.blobs(centerCount: 0, seed: 0)
    }
    expectError("\(Int.max) centers are more than 65536") {
      try Dataset.blobs(centerCount: .max, seed: 0)
    }
    expectError("the number of features is -2, not 1 or more") {
      try Dataset.blobs(featureCount: -2, seed: 0)
    }
    expectError("the centers of 3 × \(Int.max) numbers are too large: at most 268435456 are made") {
      try Dataset.blobs(featureCount: .max, seed: 0)
    }
    expectError("there are 2 deviations for 3 centers: there must be one for all or one for each") {
      try Dataset.blobs(deviations: [1, 2], seed: 0)
    }
    expectError("a deviation is -1.0, not a finite number of 0 or more") {
      try Dataset.blobs(deviations: [-1], seed: 0)
    }
    expectError("the number of centers is 0, not 1 or more") {
      try Dataset.blobs(counts: [], seed: 0)
    }
    expectError("there are 3 counts of rows for 2 centers") {
      try Dataset.blobs(counts: [1, 2, 3], centers: [[0], [1]], seed: 0)
    }
    expectError("the centers have the shape (2,), not (centers, features)") {
      try Dataset.blobs(centers: [0, 1], seed: 0)
    }
    expectError("a center's coordinate is nan, not a finite number") {
      try Dataset.blobs(centers: Tensor([0, .nan], shape: [1, 2]), seed: 0)
    }
    let widest = Double.greatestFiniteMagnitude
    expectError("centers can't be drawn from \(-widest...widest): its extent is not finite") {
      try Dataset.blobs(centerRange: -widest...widest, seed: 0)
    }
    expectError("the targets of 100000000 × 3 numbers are too large: at most 268435456 are made") {
      try Dataset.blobs(count: 100_000_000, featureCount: 1, seed: 0)
    }
  }
}
