import Tensors
import TestSupport
import Testing

@Suite struct RowsTests {
  @Test func takesRowsInTheOrderGiven() {
    var random = SeededGenerator(seed: 11)
    for shape: Shape in [[4], [3, 1], [5, 7], [6, 2, 3], [3, 0], [1, 33]] {
      let scalars = (0..<shape.elementCount).map { _ in random.int(-99...99) }
      let width = shape.extents.dropFirst().reduce(1, *)
      let numbers = (0..<9).map { _ in random.int(0...shape[0] - 1) }
      let expected = numbers.flatMap { scalars[$0 * width..<($0 + 1) * width] }
      for view in View.layouts(scalars, shape) {
        #expect(
          view.tensor.rows(numbers)
            == Tensor(expected, shape: shape.replacing(axis: 0, by: numbers.count)), "\(view.name)")
        #expect(view.tensor.rows([]).shape == shape.replacing(axis: 0, by: 0))
      }
    }
    #expect(Tensor<Float>.zeros([0, 3]).rows([]).shape == [0, 3])
    #expect(Tensor([true, false]).rows([1, 1, 0]).scalars == [false, false, true])
  }

  @Test func addsRowsThatRepeat() {
    let rows: Tensor<Float> = [[1, 2], [10, 20], [100, 200]]
    let sum: Tensor<Float> = AddRows(extent: 4).apply(to: [rows, Tensor([2, 0, 2])])
    #expect(sum == [[10, 20], [0, 0], [101, 202], [0, 0]])
    let wrapped: Tensor<Int8> = AddRows(extent: 1).apply(
      to: [Tensor<Int8>([100, 100]), Tensor([0, 0])])
    #expect(wrapped.scalars == [-56])
  }

  /// Row numbers that a traced function computes can't be checked before: none may read or write elsewhere.
  @Test func numbersOutOfRangeMeanTheNearestRow() {
    let table: Tensor<Double> = [[1, 2], [3, 4], [5, 6]]
    let numbers = Tensor([-1, .min, 3, .max, 1])
    let taken: Tensor<Double> = TakeRows().apply(to: [table, numbers])
    #expect(taken == [[1, 2], [1, 2], [5, 6], [5, 6], [3, 4]])
    let added: Tensor<Double> = AddRows(extent: 3).apply(to: [taken, numbers])
    #expect(added == [[2, 4], [3, 4], [10, 12]])
  }

  @Test func gathersIntoMemory() {
    let table: Tensor<Int> = [[1, 2], [3, 4], [5, 6]]
    var memory = [Int](repeating: 0, count: 4)
    memory.withUnsafeMutableBytes { memory in
      [2, 0].withUnsafeBufferPointer { table.untyped.gatherRows($0, into: memory) }
    }
    #expect(memory == [5, 6, 1, 2])
    memory.withUnsafeMutableBytes { memory in
      [0, 1].withUnsafeBufferPointer { table[1...].untyped.gatherRows($0, into: memory) }
    }
    #expect(memory == [3, 4, 5, 6])
  }
}
