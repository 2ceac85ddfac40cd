import Tensors
import Testing

@Suite struct TensorTests {
  @Test func basics() {
    let x: Tensor<Float> = [[1, 2, 3], [4, 5, 6]]
    #expect(x.shape == [2, 3])
    #expect((x + x).scalars == [2, 4, 6, 8, 10, 12])
    #expect(x.sum(axis: 0).scalars == [5, 7, 9])
    #expect(x.sum(axis: 1).scalars == [6, 15])
    #expect(x.sum().scalar == 21)
    #expect(x.transposed().scalars == [1, 4, 2, 5, 3, 6])
    #expect((x.transposed() * 2).sum(axis: 0).scalars == [12, 30])
    #expect(x.matmul(x.transposed()).scalars == [14, 32, 32, 77])
    #expect(x[1, .stride(by: -1)].scalars == [6, 5, 4])
    #expect((x - Tensor([1, 1, 1])).argMax(axis: 1).scalars == [2, 2])
    #expect(x.rows([1, 0, 1]).scalars == [4, 5, 6, 1, 2, 3, 4, 5, 6])
  }
}
