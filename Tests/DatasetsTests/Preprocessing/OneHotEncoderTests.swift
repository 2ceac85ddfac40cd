import Datasets
import Tensors
import TestSupport
import Testing

@Suite struct OneHotEncoderTests {
  @Test func asTheReference() throws {
    for reference in try referenceCases("OneHotEncoder") {
      let input = try #require(reference.child("inputs")?.array("y"))
      let columns = input.shape.count == 1 ? 1 : input.shape[1]
      let rows = Tensor(input.ints, shape: [input.shape[0], columns])
      let dropping: OneHotEncoder.Dropping =
        switch reference.child("args")?.string("drop") {
        case "first": .first
        case "if_binary": .ifBinary
        default: .none
        }
      let encoder = try OneHotEncoder(fitting: rows, dropping: dropping)
      let expected = try #require(reference.child("expected"))
      for (column, categories) in encoder.categories.enumerated() {
        let array = expected.array("categories\(column)") ?? expected.array("categories")
        #expect(categories == array?.ints)
      }
      let marks = try encoder.transform(rows, as: Double.self)
      expectEqual(marks, "onehot", of: reference)
      #expect(try encoder.inverseTransform(marks) == rows)
    }
  }

  @Test func dropping() throws {
    let rows: Tensor<Int> = [[1, 5, 7], [2, 6, 7], [1, 4, 7]]
    let first = try OneHotEncoder(fitting: rows, dropping: .first)
    #expect(try first.transform(rows) == [[0, 1, 0], [1, 0, 1], [0, 0, 0]])
    #expect(try first.inverseTransform(first.transform(rows)) == rows)
    let binary = try OneHotEncoder(fitting: rows, dropping: .ifBinary)
    #expect(
      try binary.transform(rows) == [[0, 0, 1, 0, 1], [1, 0, 0, 1, 1], [0, 1, 0, 0, 1]])
    #expect(try binary.inverseTransform(binary.transform(rows)) == rows)
  }

  @Test func badArguments() throws {
    expectError("a one-hot encoder is fitted on rows of the shape (count, columns), not (3,)") {
      try OneHotEncoder(fitting: [1, 2, 3])
    }
    expectError("a one-hot encoder is fitted on rows of the shape (count, columns), not (0, 2)") {
      try OneHotEncoder(fitting: .zeros([0, 2]))
    }
    let encoder = try OneHotEncoder(fitting: [[1, 2], [3, 2]])
    expectError("5 in row 1 is none of the 1 categories of column 1") {
      try encoder.transform([[1, 2], [3, 5]])
    }
    expectError("the rows have the shape (1, 3), not (count, 2)") {
      try encoder.transform([[1, 2, 3]])
    }
    expectError("the marks have the shape (1, 2), not (rows, 3)") {
      try encoder.inverseTransform(Tensor<Float>([[1, 0]]))
    }
    expectError("row 0 marks no category of column 0") {
      try encoder.inverseTransform(Tensor<Float>([[0, 0, 1]]))
    }
  }
}
