import Formats

/// Pixels in rows from the top, each a byte that names a colour, or three: red, green and blue.
package struct Raster: Sendable, Equatable {
  package let rows: Int
  package let columns: Int
  /// `[rows, columns]` if there is a palette, else `[rows, columns, 3]`.
  package let bytes: [UInt8]
  /// Red, green and blue of at most 256 colours; none if the pixels have their own.
  package let palette: [UInt8]

  /// - Precondition: There are as many bytes as the pixels need.
  package init(rows: Int, columns: Int, bytes: [UInt8], palette: [UInt8] = []) {
    precondition(bytes.count == rows * columns * (palette.isEmpty ? 3 : 1))
    self.rows = rows
    self.columns = columns
    self.bytes = bytes
    self.palette = palette
  }

  package var bytesPerPixel: Int { palette.isEmpty ? 3 : 1 }

  /// The pixels of some rows and columns, taken in that order.
  func taking(rows chosenRows: some Collection<Int>, columns chosenColumns: some Collection<Int>)
    -> Raster
  {
    var taken: [UInt8] = []
    taken.reserveCapacity(chosenRows.count * chosenColumns.count * bytesPerPixel)
    for row in chosenRows {
      for column in chosenColumns {
        let start = (row * columns + column) * bytesPerPixel
        taken.append(contentsOf: bytes[start..<start + bytesPerPixel])
      }
    }
    return Raster(
      rows: chosenRows.count, columns: chosenColumns.count, bytes: taken, palette: palette)
  }
}

extension Raster {
  /// The picture as PNG (RFC 2083), each pixel repeated that many times to the right and down.
  package func png(across: Int = 1, down: Int = 1) -> [UInt8] {
    let width = columns * across * bytesPerPixel
    var filtered: [UInt8] = []
    filtered.reserveCapacity(rows * down * (width + 1))
    var previous = [UInt8](repeating: 0, count: width)
    for row in 0..<rows {
      var line: [UInt8] = []
      line.reserveCapacity(width)
      for column in 0..<columns {
        let start = (row * columns + column) * bytesPerPixel
        for _ in 0..<across { line.append(contentsOf: bytes[start..<start + bytesPerPixel]) }
      }
      appendFiltered(line, after: previous, to: &filtered)
      for _ in 1..<down {
        // The row above once more: its difference from it is nothing.
        filtered.append(2)
        filtered.append(contentsOf: repeatElement(0, count: width))
      }
      previous = line
    }

    var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    func append(_ name: String, _ content: [UInt8]) {
      file += bigEndian(UInt32(content.count))
      let chunk = Array(name.utf8) + content
      file += chunk
      file += bigEndian(CRC32.of(chunk))
    }
    let colorType: UInt8 = palette.isEmpty ? 2 : 3
    append(
      "IHDR",
      bigEndian(UInt32(columns * across)) + bigEndian(UInt32(rows * down))
        + [8, colorType, 0, 0, 0])
    if !palette.isEmpty { append("PLTE", palette) }
    // A zlib stream: two bytes of header, and the checksum of what is packed.
    append("IDAT", [0x78, 0x01] + Deflate.compressed(filtered) + bigEndian(adler32(filtered)))
    append("IEND", [])
    return file
  }

  /// Adds a row by whichever filter leaves the smallest differences; numbers of a palette are left as
  /// they are, since their differences mean nothing.
  private func appendFiltered(
    _ line: [UInt8], after previous: [UInt8], to filtered: inout [UInt8]
  ) {
    guard palette.isEmpty else {
      filtered.append(0)
      filtered += line
      return
    }
    let left = line.indices.map { $0 < 3 ? line[$0] : line[$0] &- line[$0 - 3] }
    let up = line.indices.map { line[$0] &- previous[$0] }
    func size(_ differences: [UInt8]) -> Int {
      differences.reduce(0) { $0 + Int(Int8(bitPattern: $1).magnitude) }
    }
    let isUp = size(up) < size(left)
    filtered.append(isUp ? 2 : 1)
    filtered += isUp ? up : left
  }

  private func bigEndian(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  /// The checksum of RFC 1950.
  private func adler32(_ bytes: [UInt8]) -> UInt32 {
    var (a, b): (UInt32, UInt32) = (1, 0)
    // As many additions as 32 bits hold.
    for start in stride(from: 0, to: bytes.count, by: 5552) {
      for byte in bytes[start..<min(start + 5552, bytes.count)] {
        a &+= UInt32(byte)
        b &+= a
      }
      a %= 65521
      b %= 65521
    }
    return b << 16 | a
  }
}

extension Canvas {
  /// Pixels that fill a box, each a rectangle of one colour.
  ///
  /// Programs differ in whether they keep pixels apart or blur them where a picture is enlarged, so
  /// each is made a square of many before: what is blurred then is too narrow to be seen.
  package mutating func image(_ raster: Raster, in box: Box) {
    guard raster.rows > 0, raster.columns > 0, box.width > 0, box.height > 0 else { return }
    occupancy?.mark(box)
    // Two pixels a point, but not more than any program takes.
    func factor(_ length: Double, _ count: Int) -> Int {
      Int(
        max(
          1, min((2 * length / Double(count)).rounded(.up), (2400 / Double(count)).rounded(.down))))
    }
    let png = raster.png(
      across: factor(box.width, raster.columns), down: factor(box.height, raster.rows))
    write("<image x=\"")
    write(box.left)
    write("\" y=\"")
    write(box.top)
    write("\" width=\"")
    write(box.width)
    write("\" height=\"")
    write(box.height)
    write("\" preserveAspectRatio=\"none\" image-rendering=\"optimizeSpeed\"")
    write(" style=\"image-rendering:pixelated\" href=\"data:image/png;base64,")
    write(base64: png)
    write("\"/>\n")
  }

  private mutating func write(base64 bytes: [UInt8]) {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var word = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      word <<= 8 * UInt32(3 - group.count)
      for place in 0..<4 {
        let isPadding = place > group.count
        text.append(isPadding ? UInt8(ascii: "=") : digits[Int(word >> (18 - 6 * place) & 63)])
      }
    }
    write(String(decoding: text, as: UTF8.self))
  }
}
