/// The checksum CRC-32 of ISO 3309, as zip and gzip keep it.
package struct CRC32 {
  private var state: UInt32 = 0xFFFF_FFFF

  package init() {}

  /// The checksum of the bytes so far.
  package var value: UInt32 { ~state }

  // Eight tables of 256: the remainder of a byte that 0 to 7 zero bytes follow.
  private static let tables: [UInt32] = {
    var tables = [UInt32](repeating: 0, count: 8 * 256)
    for byte in 0..<256 {
      var remainder = UInt32(byte)
      for _ in 0..<8 {
        remainder = remainder & 1 == 1 ? remainder >> 1 ^ 0xEDB8_8320 : remainder >> 1
      }
      tables[byte] = remainder
    }
    for index in 256..<tables.count {
      let previous = tables[index - 256]
      tables[index] = previous >> 8 ^ tables[Int(previous & 0xFF)]
    }
    return tables
  }()

  /// Adds bytes.
  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    CRC32.tables.withUnsafeBufferPointer { tables in
      var state = state
      var position = 0
      // Eight bytes a turn: their tables are independent of one another.
      while position + 8 <= bytes.count {
        let word =
          UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
          ^ UInt64(state)
        state = 0
        for byte in 0..<8 {
          state ^= tables[(7 - byte) * 256 + Int(truncatingIfNeeded: word >> (8 * byte) & 0xFF)]
        }
        position += 8
      }
      while position < bytes.count {
        state = state >> 8 ^ tables[Int((state ^ UInt32(bytes[position])) & 0xFF)]
        position += 1
      }
      self.state = state
    }
  }

  /// Returns the checksum of bytes.
  package static func of(_ bytes: some Sequence<UInt8>) -> UInt32 {
    var sum = CRC32()
    let done: Void? = bytes.withContiguousStorageIfAvailable {
      sum.update(UnsafeRawBufferPointer($0))
    }
    if done == nil { Array(bytes).withUnsafeBytes { sum.update($0) } }
    return sum.value
  }
}
