import Datasets
import Tensors
import TestSupport
import Testing

@Suite struct LabelBinarizerTests {
  @Test func asTheReference() throws {
    for reference in try referenceCases("LabelBinarizer") {
      let labels = try #require(reference.child("inputs")?.array("y")).ints
      let arguments = reference.child("args")
      let binarizer = try LabelBinarizer(
        fitting: labels, negative: arguments?.int("neg_label") ?? 0,
        positive: arguments?.int("pos_label") ?? 1)
      let marks = try binarizer.transform(labels)
      expectEqual(Tensor<Double>(marks), "result", of: reference)
      #expect(try binarizer.inverseTransform(marks) == labels)
    }
  }

  @Test func unknownLabelsAndScores() throws {
    let three = try LabelBinarizer(fitting: [5, 6, 7], negative: -1, positive: 2)
    #expect(try three.transform([6, 8]) == [[-1, 2, -1], [-1, -1, -1]])
    #expect(try three.inverseTransform(Tensor<Float>([[0.1, 0.5, 0.4], [1, 1, 0]])) == [6, 5])
    let two = try LabelBinarizer(fitting: [3, 4])
    #expect(try two.transform([4, 3, 9]) == [[1], [0], [0]])
    let scores: Tensor<Double> = [[0.4], [0.6]]
    #expect(try two.inverseTransform(scores) == [3, 4])
    #expect(try two.inverseTransform(scores, threshold: 0.3) == [4, 4])
    #expect(try two.transform([]).shape == [0, 1])
  }

  @Test func badArguments() throws {
    expectError("a label binarizer needs at least one label to be fitted") {
      try LabelBinarizer(fitting: [Int]())
    }
    expectError("the mark of other classes is 1, not less than 1, that of the class") {
      try LabelBinarizer(fitting: [1, 2], negative: 1)
    }
    let binarizer = try LabelBinarizer(fitting: [1, 2, 3])
    let labels = Array(0..<20_000)
    expectError("the marks of 20000 × 20000 numbers are too large: at most 268435456 are made") {
      try LabelBinarizer(fitting: labels).transform(labels)
    }
    expectError("the marks have the shape (2, 2), not (rows, 3)") {
      try binarizer.inverseTransform(Tensor<Int>.zeros([2, 2]))
    }
  }
}
