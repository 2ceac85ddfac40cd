import Tensors
import Testing

@Suite struct TensorTests {
  @Test func describesItself() {
    let x: Tensor<Float> = [[1, 2, 3], [4, 5, 6]]
    #expect(x.shape == [2, 3])
    #expect(x.rank == 2)
    #expect(x.count == 6)
    #expect(x.scalarType == .float32)
    #expect(!x.isTraced)
    #expect(x.scalars == [1, 2, 3, 4, 5, 6])
    #expect(x.transposed().scalars == [1, 4, 2, 5, 3, 6])
  }

  @Test func literals() {
    #expect(([[[1, 2.5]], [[3, 4]]] as Tensor<Double>).shape == [2, 1, 2])
    #expect(([[true, false]] as Tensor<Bool>).scalars == [true, false])
    #expect(([] as Tensor<Float>).shape == [0])
    #expect(([[], []] as Tensor<Float>).shape == [2, 0])
  }

  @Test func scalarTensors() {
    let x = Tensor<Int>(7)
    #expect(x.shape == [])
    #expect(x.rank == 0)
    #expect(x.count == 1)
    #expect(x.scalar == 7)
    #expect(([[5]] as Tensor<Int>).scalar == 5)
    #expect(Tensor([1, 2, 3])[1].scalar == 2)
    #expect(Tensor([1, 2, 3])[.stride(by: -1)][0].scalar == 3)
  }

  @Test func repeats() {
    #expect(Tensor<Float>.zeros([2, 2]).scalars == [0, 0, 0, 0])
    #expect(Tensor<Bool>.ones([2]).scalars == [true, true])
    #expect(Tensor(repeating: 7, shape: [2, 0]).scalars == [])
    #expect(Tensor(repeating: 7, shape: []).scalar == 7)
  }

  @Test func oneHot() {
    let x: Tensor<Float> = .oneHot([1, 0, 2], classes: 3)
    #expect(x == [[0, 1, 0], [1, 0, 0], [0, 0, 1]])
    #expect(Tensor<Int>.oneHot([], classes: 4).shape == [0, 4])
  }

  @Test func equality() {
    let x: Tensor<Double> = [[1, 2], [3, 4]]
    #expect(x == x.transposed().transposed())
    #expect(x != x.transposed())
    #expect(x != x.reshaped(4))
    #expect(Tensor<Double>(.nan) != Tensor(.nan))
    #expect(Tensor<Double>(-0.0) == Tensor(0))
    #expect(Tensor<Double>.zeros([0, 2]) != Tensor.zeros([2, 0]))
  }

  @Test func mutableElements() {
    var x: Tensor<Int> = [[1, 2], [3, 4]]
    let address = x.storage.bytes.baseAddress
    x.withMutableElements { $0[3] = 9 }
    #expect(x == [[1, 2], [3, 9]])
    // Memory of its own is written where it lies.
    #expect(x.storage.bytes.baseAddress == address)
    let kept = x
    var row = x[1]
    x.withMutableElements { $0[0] = -1 }
    row.withMutableElements { $0[0] = 7 }
    #expect(kept == [[1, 2], [3, 9]])
    #expect(x == [[-1, 2], [3, 9]])
    #expect(row == [7, 9])
    var turned = x.transposed()
    turned.withMutableElements { $0[1] = 8 }
    #expect(turned == [[-1, 8], [2, 9]])
    #expect(x == [[-1, 2], [3, 9]])
    var repeated = Tensor<Int>.zeros([3])
    repeated.withMutableElements { $0[1] = 1 }
    #expect(repeated == [0, 1, 0])
  }

  @Test func emptyViews() {
    let none = Tensor<Int>([], shape: [0, 5])
    #expect(none[.all, 3].scalars == [])
    #expect(none[.all, 3].shape == [0])
    #expect(none[.all, .stride(by: -2)].scalars == [])
    #expect(none.transposed()[4].scalars == [])
    #expect(none.reshaped(5, 0).shape == [5, 0])
    #expect(Tensor<Int>.zeros([0, 3]).reshaped(5, 0).scalars == [])
    #expect(
      Tensor<Int>.zeros([2, 0, 3])[.all, .all, .stride(by: 2)].reshaped(-1, 7).shape == [0, 7])
    #expect((none + 1).shape == [0, 5])
    #expect(Tensor([1, 2, 3])[3...].scalars == [])
  }
}
