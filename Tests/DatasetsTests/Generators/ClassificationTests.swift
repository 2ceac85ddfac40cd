import Datasets
import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct ClassificationTests {
  @Test func asTheReference() throws {
    for reference in try referenceCases("make_classification") {
      let arguments = try #require(reference.child("args"))
      /// One number, several, or `nil` for null.
      func numbers(_ key: String, or fallback: [Double]?) -> [Double]? {
        guard let value = arguments.object[key] else { return fallback }
        return value is NSNull
          ? nil : arguments.array(key)?.doubles ?? arguments.double(key).map { [$0] }
      }
      let dataset = try Dataset.classification(
        count: arguments.int("n_samples") ?? 100, featureCount: arguments.int("n_features") ?? 20,
        informativeCount: arguments.int("n_informative") ?? 2,
        redundantCount: arguments.int("n_redundant") ?? 2,
        repeatedCount: arguments.int("n_repeated") ?? 0,
        classCount: arguments.int("n_classes") ?? 2,
        clustersPerClass: arguments.int("n_clusters_per_class") ?? 2,
        weights: numbers("weights", or: nil), flippedFraction: arguments.double("flip_y") ?? 0.01,
        classSeparation: arguments.double("class_sep") ?? 1,
        hypercube: arguments.bool("hypercube") ?? true, shift: numbers("shift", or: [0]),
        scale: numbers("scale", or: [1]), shuffled: arguments.bool("shuffle") ?? true,
        seed: try #require(arguments.int("random_state")), as: Double.self)
      expectEqual(dataset.features, "X", of: reference)
      expectEqual(labels: dataset, of: reference)
    }
  }

  @Test func parts() throws {
    let dataset = try Dataset.classification(
      count: 100, classCount: 3, clustersPerClass: 1, weights: [0.5, 0.2], flippedFraction: 0,
      seed: 1)
    #expect(dataset.targets.sum(axis: 0) == [50, 20, 30])
    let same = try Dataset.classification(
      count: 40, featureCount: 6, repeatedCount: 2, shuffled: false, seed: 2)
    // Columns 4 and 5 repeat some of the first four.
    for column in 4..<6 {
      #expect(
        (0..<4).contains { same.features[.all, $0] == same.features[.all, column] })
    }
  }

  @Test func badArguments() {
    func error(
      _ message: String, features: Int = 20, informative: Int = 2, redundant: Int = 2,
      repeated: Int = 0, classes: Int = 2, clusters: Int = 2, weights: [Double]? = nil,
      flipped: Double = 0, separation: Double = 1, shift: [Double]? = [0],
      sourceLocation: SourceLocation = #_sourceLocation
    ) {
      expectError(message, sourceLocation: sourceLocation) {
        try Dataset.classification(
          featureCount: features, informativeCount: informative, redundantCount: redundant,
          repeatedCount: repeated, classCount: classes, clustersPerClass: clusters,
          weights: weights, flippedFraction: flipped, classSeparation: separation, shift: shift,
          seed: 0)
      }
    }
    error(
      "2 informative, 2 redundant and 0 repeated features are more than the 3 there are",
      features: 3)
    error(
      "2 informative, \(Int.max) redundant and \(Int.max) repeated features are more than the 20 "
        + "there are", redundant: .max, repeated: .max)
    error(
      "6 clusters need more corners than the 4 of a cube of 2 informative features", classes: 3)
    error("65537 classes are more than 65536", classes: 65537)
    error(
      "2 classes of \(Int.max) clusters are more than 1048576 clusters together",
      clusters: .max)
    error("the number of clusters of a class is 0, not 1 or more", clusters: 0)
    error("the number of informative features is 0, not 1 or more", informative: 0)
    error(
      "there are 3 weights for 2 classes: there must be one for each, or for each but the last",
      weights: [1, 0, 0])
    error("the weight of a class is 1.5, not from 0 to 1", weights: [1.5])
    error("the weight of a class is nan, not from 0 to 1", weights: [.nan, 0.5])
    error("the flipped fraction is 2.0, not from 0 to 1", flipped: 2)
    error("the separation of classes is -1.0, not a finite number of 0 or more", separation: -1)
    error(
      "the shift has 2 numbers for 20 features: there must be one for all or one for each",
      shift: [1, 2])
    error("the shift is inf, not a finite number", shift: [.infinity])
  }
}
