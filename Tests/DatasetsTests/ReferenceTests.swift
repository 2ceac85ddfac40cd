import Foundation
import Tensors
import TestSupport
import Testing

@testable import Datasets

/// The cases of scikit-learn for an operation.
func referenceCases(_ operation: String) throws -> [ReferenceCase] {
  try referenceFile().filter { $0.string("op") == operation }
}

private func referenceFile() throws -> [ReferenceCase] {
  let folder = try #require(Bundle.module.resourceURL)
  return try ReferenceFile(folder.appendingPathComponent("Fixtures/numpy/datasets.json")).cases
}

/// Records an issue if a result differs from a case's by more than its tolerance.
func expectEqual(
  _ got: Tensor<Double>, _ name: String, of reference: ReferenceCase, scaledTolerance: Double = 1,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let id = "\(reference.string("id") ?? "?") \(name)"
  guard let expected = reference.child("expected")?.array(name) else {
    Issue.record("\(id): the case has no such result", sourceLocation: sourceLocation)
    return
  }
  guard got.shape.extents == expected.shape else {
    Issue.record("\(id): shape \(got.shape), not \(expected.shape)", sourceLocation: sourceLocation)
    return
  }
  let tolerance = reference.child("tol")?.child(name)
  let relative = (tolerance?.double("rtol") ?? 0) * scaledTolerance
  let absolute = (tolerance?.double("atol") ?? 0) * scaledTolerance
  for (position, (x, y)) in zip(got.scalars, expected.doubles).enumerated()
  where !(abs(x - y) <= absolute + relative * abs(y)) {
    Issue.record("\(id)[\(position)]: \(x), not \(y)", sourceLocation: sourceLocation)
  }
}

@Suite struct ReferenceTests {
  @Test func everyOperationIsKnown() throws {
    let counts = Dictionary(grouping: try referenceFile()) { $0.string("op") ?? "" }
      .mapValues(\.count)
    // Each is tested, case by case, in the file named for it.
    let tested = [
      "make_moons": 10, "make_circles": 6, "make_blobs": 6, "make_regression": 5,
      "make_classification": 2, "train_test_split": 20, "KFold": 6, "StratifiedKFold": 3,
      "ShuffleSplit": 2, "StandardScaler": 6, "MinMaxScaler": 9, "OneHotEncoder": 7,
      "LabelEncoder": 5, "LabelBinarizer": 5, "one_hot_eye": 5,
    ]
    #expect(counts == tested)
    let (all, run) = (counts.values.reduce(0, +), tested.values.reduce(0, +))
    print("datasets.json: \(all) cases, of which \(all - run) are of operations not written yet")
  }
}
