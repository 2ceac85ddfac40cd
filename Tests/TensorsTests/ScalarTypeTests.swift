import Tensors
import Testing

@Suite struct ScalarTypeTests {
  @Test func promotionIsSymmetricAndHoldsBoth() {
    for a in ScalarType.allCases {
      #expect(ScalarType.promoted(a, a) == a)
      for b in ScalarType.allCases {
        let common = ScalarType.promoted(a, b)
        #expect(common == ScalarType.promoted(b, a))
        #expect(ScalarType.promoted(common, a) == common)
        #expect(common.byteCount >= Swift.max(a.byteCount, b.byteCount))
      }
    }
  }

  @Test func accumulators() {
    #expect(Tensor<Int8>([100, 100]).sum() == Tensor<Int>(200))
    #expect(Tensor<UInt16>([60000, 60000]).product() == Tensor<UInt>(3_600_000_000))
    #expect(Tensor([true, true]).sum() == Tensor<Int>(2))
    #expect(Tensor<Int8>([100, 100]).sum(as: Int8.self) == Tensor<Int8>(-56))
    #expect(Tensor([1, 2]).mean() == Tensor<Double>(1.5))
    #expect(Tensor([true, false]).mean() == Tensor<Double>(0.5))
    #expect(Tensor([true, false]).max() == Tensor(true))
    #expect(Tensor([7, 1]) / 2 == [3.5, 0.5])
    #expect(1 / Tensor([4, 2]) == [0.25, 0.5])
  }

  @Test func checks() throws {
    #expect(throws: ShapeError("Python integer 300 out of bounds for uint8")) {
      try ScalarType.uint8.check(300)
    }
    try ScalarType.uint64.check(UInt.max)
    try ScalarType.bool.check(7)
    try ScalarType.float32.checkInPlace("add", result: .int64)
    try ScalarType.int8.checkInPlace("add", result: .int64)
    #expect(throws: ShapeError.self) { try ScalarType.uint8.checkInPlace("add", result: .int64) }
    #expect(throws: ShapeError.self) { try ScalarType.bool.checkInPlace("add", result: .uint8) }
  }
}
