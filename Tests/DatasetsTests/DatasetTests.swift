import Datasets
import Tensors
import TestSupport
import Testing

@Suite struct DatasetTests {
  private let dataset = Dataset<Float>(
    name: "four", features: [[1, 2], [3, 4], [5, 6], [7, 8]], labels: [2, 0, 1, 0],
    classNames: ["a", "b", "c"], featureNames: ["x", "y"])

  @Test func classes() {
    #expect(dataset.count == 4)
    #expect(dataset.labels == [2, 0, 1, 0])
    #expect(dataset.targets == [[0, 0, 1], [1, 0, 0], [0, 1, 0], [1, 0, 0]])
  }

  @Test func numbers() {
    let numbers = Dataset<Double>(
      name: "n", features: Tensor.zeros([3, 2, 2]), targets: [[1], [2], [3]])
    #expect(numbers.labels == nil && numbers.classNames == nil)
    #expect(numbers.count == 3)
    #expect(numbers.rows([2]).features.shape == [1, 2, 2])
    #expect(numbers.rows([2]).targets.scalars == [3])
  }

  @Test func rows() {
    let rows = dataset.rows([3, 0, 3])
    #expect(rows.features == [[7, 8], [1, 2], [7, 8]])
    #expect(rows.labels == [0, 2, 0])
    #expect(rows.name == "four" && rows.featureNames == ["x", "y"])
    #expect(rows.classNames == ["a", "b", "c"])
    #expect(dataset.rows([]).count == 0)
    #expect(dataset.rows([]).labels == [])
  }

  @Test func splitsByFraction() throws {
    let iris = Dataset.iris()
    let (train, test) = iris.split(testFraction: 0.2, seed: 42)
    let split = try TrainTestSplit(test: 0.2, seed: 42).rows(of: 150)
    #expect(train.features == iris.features.rows(split.train))
    #expect(test.features == iris.features.rows(split.test))
    #expect(test.targets == iris.targets.rows(split.test))
  }

  @Test func splitSizes() throws {
    func sizes(_ count: Int, _ fraction: Double) throws -> [Int] {
      let (train, test) = try Dataset<Float>.splitSizes(count: count, testFraction: fraction)
      return [train, test]
    }
    #expect(try sizes(1797, 0.3) == [1257, 540])
    #expect(try sizes(10, 0.1) == [9, 1])
    #expect(try sizes(2, 0.001) == [1, 1])
    for (count, fraction, message) in [
      (10, 0.0, "the fraction of rows to test with is 0.0, not between 0 and 1"),
      (10, 1, "the fraction of rows to test with is 1.0, not between 0 and 1"),
      (10, -0.5, "the fraction of rows to test with is -0.5, not between 0 and 1"),
      (10, .nan, "the fraction of rows to test with is nan, not between 0 and 1"),
      (1, 0.5, "1 row can't be split: testing with 0.5 of them leaves none to train with"),
      (3, 0.9, "3 rows can't be split: testing with 0.9 of them leaves none to train with"),
      (0, 0.5, "0 rows can't be split: testing with 0.5 of them leaves none to test with"),
    ] {
      #expect(throws: ShapeError(message)) { try sizes(count, fraction) }
    }
  }

  @Test func encodesLabelsAsTheReference() throws {
    var tested = 0
    for operation in ["LabelEncoder", "OneHotEncoder"] {
      for reference in try referenceCases(operation) {
        let labels = try #require(reference.child("inputs")?.array("y"))
        // Several columns of labels at once have no counterpart.
        guard labels.shape.count == 1 else { continue }
        tested += 1
        let file = "x,y\n" + labels.ints.map { "0,\($0)\n" }.joined()
        let dataset = try Dataset<Double>(csv: Array(file.utf8), file: "t.csv")
        let expected = try #require(reference.child("expected"))
        let classes = try #require(expected.array("classes") ?? expected.array("categories"))
        #expect(dataset.classNames == classes.ints.map(String.init))
        if let codes = expected.array("codes") { #expect(dataset.labels == codes.ints) }
        if operation == "OneHotEncoder" { expectEqual(dataset.targets, "onehot", of: reference) }
      }
    }
    #expect(tested == 10)
    for reference in try referenceCases("one_hot_eye") {
      let labels = try #require(reference.child("inputs")?.array("y")).ints
      let classes = (labels.max() ?? 0) + 1
      // NumPy's index counts negative labels from the end.
      let positions = labels.map { $0 < 0 ? $0 + classes : $0 }
      expectEqual(Tensor.oneHot(positions, classes: classes), "result", of: reference)
      tested += 1
    }
    #expect(tested == 15)
  }
}
