import Formats
import TestSupport
import Testing

private func bytes(_ hex: String) throws -> [UInt8] {
  let digits = Array(hex.utf8)
  return try stride(from: 0, to: digits.count, by: 2).map {
    try #require(UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16))
  }
}

private func inflated(_ packed: [UInt8], limit: Int = 1 << 20) throws(Inflated.Failure) -> [UInt8] {
  let inflated = try Inflated(packed, in: packed.indices, limit: limit)
  #expect(inflated.isWhole == (inflated.end == packed.count) || inflated.isWhole)
  return inflated.bytes
}

private func problem(_ packed: [UInt8]) -> String? {
  do throws(Inflated.Failure) {
    _ = try inflated(packed)
    return nil
  } catch {
    return error.problem
  }
}

@Suite struct CRC32Tests {
  @Test func knownValues() {
    // The check value of the polynomial, and zlib's of 0 to 255.
    #expect(CRC32.of("123456789".utf8) == 0xCBF4_3926)
    #expect(CRC32.of([]) == 0)
    #expect(CRC32.of(0...255 as ClosedRange<UInt8>) == 0x2905_8C73)
  }

  @Test func piecesAddUp() {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 37) }
    for cut in [0, 1, 7, 8, 9, 500, 999, 1000] {
      var sum = CRC32()
      bytes[..<cut].withUnsafeBytes { sum.update($0) }
      bytes[cut...].withUnsafeBytes { sum.update($0) }
      #expect(sum.value == CRC32.of(bytes))
    }
  }
}

@Suite struct InflateTests {
  @Test func streamsOfZlib() throws {
    let cases = try ReferenceFile(fixture("npy/deflate.json")).cases
    #expect(cases.count == 63)
    for (index, item) in cases.enumerated() {
      let plain = try bytes(#require(item.string("plain")))
      let packed = try bytes(#require(item.string("packed")))
      // Between other bytes, which are left alone.
      let framed = [1, 2, 3] + packed + [255, 255, 255, 255, 255, 255, 255, 255, 255]
      let whole = try Inflated(framed, in: 3..<framed.count, limit: plain.count)
      #expect(whole.bytes == plain && whole.isWhole && whole.end == 3 + packed.count, "\(index)")
      for limit in [0, 1, plain.count / 2, plain.count - 1] where limit >= 0 && limit < plain.count
      {
        let part = try Inflated(packed, in: packed.indices, limit: limit)
        #expect(part.bytes == Array(plain[..<limit]) && !part.isWhole, "\(index)")
      }
      for cut in stride(from: 0, to: packed.count, by: 7) {
        #expect(problem(Array(packed[..<cut])) == "the compressed bytes break off", "\(index)")
      }
    }
  }

  @Test func damagedStreams() {
    #expect(problem([0x07]) == "a compressed block of unknown kind")
    #expect(
      problem([0x01, 1, 0, 0, 0, 0])
        == "a stored block whose length and its complement don't agree")
    #expect(problem([0x01, 2, 0, 0xFD, 0xFF, 0]) == "the compressed bytes break off")
    // Fixed codes: symbol 286 (11000110), and a match of 3 where nothing was unpacked.
    #expect(problem([0x1B, 0x03, 0, 0]) == "a length of unknown kind")
    #expect(problem([0x03, 0x02, 0, 0]) == "a distance of 1 where 0 bytes are unpacked")
    // Dynamic: 287 literals; lengths of 0 only.
    #expect(problem([0xF5, 0, 0]) == "a block with 287 literals and 1 distances")
    #expect(
      problem([0x05] + [UInt8](repeating: 0, count: 8))
        == "a block with an impossible code of lengths")
    #expect(
      problem([0x05] + [UInt8](repeating: 0xFF, count: 12)) != nil)
  }

  @Test func noise() {
    var generator = TestGenerator(seed: 3)
    var refused = 0
    for _ in 0..<20_000 {
      var packed = (0..<40).map { _ in UInt8.random(in: 0...255, using: &generator) }
      // A last block, of fixed or own codes.
      packed[0] = packed[0] & 0xF8 | (Bool.random(using: &generator) ? 3 : 5)
      do throws(Inflated.Failure) {
        #expect(try inflated(packed, limit: 5000).count <= 5000)
      } catch {
        #expect((0...packed.count).contains(error.offset))
        refused += 1
      }
    }
    #expect(refused > 10_000 && refused < 20_000)
  }
}

@Suite struct DeflateTests {
  @Test func roundTrips() throws {
    let cases = try ReferenceFile(fixture("npy/deflate.json")).cases
    for item in cases {
      let plain = try bytes(#require(item.string("plain")))
      let packed = Deflate.compressed(plain)
      #expect(try inflated(packed) == plain)
    }
    var generator = TestGenerator(seed: 4)
    for length in [2, 3, 4, 5, 257, 258, 259, 300, 32_768, 33_100, 70_000] {
      for letters in [1, 2, 3, 256] {
        let plain = (0..<length).map { _ in
          UInt8.random(in: 0..<UInt8(clamping: letters), using: &generator)
        }
        let packed = Deflate.compressed(plain)
        #expect(try inflated(packed) == plain, "\(length) bytes of \(letters)")
        // Never much longer than stored: five bytes for 65,535, and one for the last block's bits.
        #expect(packed.count <= plain.count + 6 * (plain.count / 32_768 + 1))
      }
    }
  }

  /// About as short as zlib at its default level.
  @Test func asShortAsOthers() throws {
    let cases = try ReferenceFile(fixture("npy/deflate.json")).cases
    // The third of each seven.
    for item in cases.enumerated().filter({ $0.offset % 7 == 2 }).map(\.element) {
      let plain = try bytes(#require(item.string("plain")))
      let packed = try #require(item.string("packed")).utf8.count / 2
      #expect(Deflate.compressed(plain).count <= packed + packed / 20 + 3)
    }
  }

  /// Repetitions up to the farthest that there may be, and just beyond it.
  @Test func farRepetitions() throws {
    var generator = TestGenerator(seed: 5)
    let piece = (0..<400).map { _ in UInt8.random(in: 0...255, using: &generator) }
    for gap in [32_767, 32_768, 32_769] {
      let rest = (0..<gap - piece.count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      let packed = Deflate.compressed(piece + rest + piece)
      #expect(try inflated(packed) == piece + rest + piece)
      // The second piece is coded as two matches, or byte by byte.
      #expect((packed.count < gap + 100) == (gap <= 32_768), "\(gap): \(packed.count)")
    }
  }
}
