import Formats
import Tensors

/// A deflate stream, as the only member of an npz file whose other parts are right: the size that
/// the directory tells is that of the first two bytes, and the stream is the rest.
///
/// Behind the checksum, which chance doesn't meet, nothing is left to reach.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  run(start, count) { bytes in
    guard bytes.count >= 2 else { return }
    let file = try NPZ(parsing: archive(of: bytes[2...], size: Array(bytes[..<2])), file: "fuzz")
    _ = try file.tensor("a", as: UInt8.self)
  }
}

private func archive(of packed: ArraySlice<UInt8>, size: [UInt8]) -> [UInt8] {
  func number(_ value: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
  let shared =
    [20, 0, 0, 0, 8, 0, 0, 0, 0x21, 0, 0, 0, 0, 0] + number(packed.count) + size + [
      0, 0, 5, 0, 0, 0,
    ]
  let name = Array("a.npy".utf8)
  let entry =
    [0x50, 0x4B, 1, 2, 20, 3] + shared + [UInt8](repeating: 0, count: 14) + name
  return [0x50, 0x4B, 3, 4] + shared + name + packed + entry
    + [0x50, 0x4B, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0] + number(entry.count)
    + number(4 + shared.count + name.count + packed.count) + [0, 0]
}
