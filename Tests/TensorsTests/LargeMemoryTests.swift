import Testing

@testable import Tensors

/// What others do meanwhile takes and gives back blocks of its own, so these sizes are rare ones.
@Suite(.serialized) struct LargeMemoryTests {
  @Test func isKeptAndTakenAgain() {
    let byteCount = 11 * LargeMemory.pageBytes - 5
    let first = LargeMemory.allocate(byteCount: byteCount)
    let second = LargeMemory.allocate(byteCount: byteCount)
    #expect(first != second)
    #expect(UInt(bitPattern: first) % UInt(LargeMemory.pageBytes) == 0)
    // All of the last page may be used.
    first.storeBytes(of: 7, toByteOffset: 11 * LargeMemory.pageBytes - 1, as: UInt8.self)
    LargeMemory.deallocate(second, byteCount: byteCount)
    LargeMemory.deallocate(first, byteCount: byteCount)
    // Other tests may have pushed it out meanwhile, but not each time.
    var isTakenAgain = false
    for _ in 0..<100 where !isTakenAgain {
      let block = LargeMemory.allocate(byteCount: byteCount)
      LargeMemory.deallocate(block, byteCount: byteCount - 100)
      let again = LargeMemory.allocate(byteCount: byteCount)
      isTakenAgain = again == block
      LargeMemory.deallocate(again, byteCount: byteCount)
    }
    #expect(isTakenAgain)
  }

  @Test func noMoreThanTheLimitIsKept() {
    let blocks = (0..<8).map { _ in LargeMemory.allocate(byteCount: 7 * LargeMemory.pageBytes) }
    for block in blocks {
      LargeMemory.deallocate(block, byteCount: 7 * LargeMemory.pageBytes)
      #expect(LargeMemory.keptByteCount <= LargeMemory.mostKept)
    }
    let huge = LargeMemory.mostKept + 1
    LargeMemory.deallocate(LargeMemory.allocate(byteCount: huge), byteCount: huge)
    #expect(LargeMemory.keptByteCount <= LargeMemory.mostKept)
  }

  /// Tensors of several tasks at once never share a block.
  @Test func tasksNeverShareABlock() async {
    await withTaskGroup(of: Bool.self) { group in
      for task in 0..<8 {
        group.addTask {
          (0..<20).allSatisfy { round in
            let value = Float(100 * task + round)
            let x = Tensor<Float>(repeating: value, shape: [600_000])
            return (x + 1).scalars.allSatisfy { $0 == value + 1 }
          }
        }
      }
      for await isRight in group { #expect(isRight) }
    }
  }
}
