import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Memory in large pages, some of which is kept when it is given back.
///
/// The system clears each page that it hands out, which takes as long as to write a result there.
enum LargeMemory {
  /// The bytes of a large page, and the least that is worth asking for.
  static let pageBytes = 1 << 21
  /// The bytes that are kept at most.
  static let mostKept = 1 << 26

  // Whoever has a block has it alone: it's made, used and given back by one after the other.
  private struct Block: @unchecked Sendable {
    let start: UnsafeMutableRawPointer
    let byteCount: Int
  }
  /// What nobody uses, last used last.
  private static let kept = Mutex<[Block]>([])

  private static func wholePages(_ byteCount: Int) -> Int {
    let (bytes, isTooLarge) = byteCount.addingReportingOverflow(pageBytes - 1)
    return isTooLarge ? byteCount : bytes & ~(pageBytes - 1)
  }

  /// The bytes that nobody uses now.
  static var keptByteCount: Int { kept.withLock { total(of: $0) } }

  private static func total(of blocks: [Block]) -> Int {
    blocks.reduce(0) { $0 + $1.byteCount }
  }

  /// Memory of at least so many bytes, not set to anything.
  static func allocate(byteCount: Int) -> UnsafeMutableRawPointer {
    let bytes = wholePages(byteCount)
    let block = kept.withLock { kept in
      kept.lastIndex { $0.byteCount == bytes }.map { kept.remove(at: $0) }
    }
    if let block { return block.start }
    let start = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: pageBytes)
    #if os(Linux)
      // The system hands out pages of 4 KB one by one as they are first written, unless asked for
      // large ones. What isn't needed of the last one need not be there.
      madvise(start, byteCount & ~(pageBytes - 1), Int32(MADV_HUGEPAGE))
    #endif
    return start
  }

  /// Gives memory back that was made for so many bytes.
  static func deallocate(_ start: UnsafeMutableRawPointer, byteCount: Int) {
    let block = Block(start: start, byteCount: wholePages(byteCount))
    guard block.byteCount <= mostKept else { return start.deallocate() }
    kept.withLock { kept in
      kept.append(block)
      var bytes = total(of: kept)
      while bytes > mostKept {
        let oldest = kept.removeFirst()
        oldest.start.deallocate()
        bytes -= oldest.byteCount
      }
    }
  }
}
