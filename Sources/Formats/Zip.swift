/// A zip archive in memory, as PKWARE's APPNOTE describes it: the members that its directory lists.
///
/// Strict, so that every reader of an archive it takes sees the same: the directory is the truth
/// and the members' own headers agree with it; nothing overlaps; no name occurs twice or leads out
/// of a folder. Stored and deflated members, zip64, data descriptors and a comment are known.
package struct ZipArchive: Sendable {
  /// A file in the archive.
  package struct Member: Sendable {
    package let name: String
    /// The bytes that it has when unpacked.
    package let size: Int
    fileprivate let isDeflated: Bool
    fileprivate let checksum: UInt32
    /// Where its packed bytes stand.
    fileprivate var packed: Range<Int>
  }

  /// The members in the order of the directory.
  package private(set) var members: [Member] = []

  private let bytes: [UInt8]
  private let file: String

  /// Reads the directory of an archive.
  ///
  /// - Parameters:
  ///   - bytes: The whole archive.
  ///   - file: What errors call it.
  /// - Throws: `FormatError` if the bytes aren't a whole and well-formed archive.
  package init(_ bytes: [UInt8], file: String) throws(FormatError) {
    self.bytes = bytes
    self.file = file
    let directory = try findDirectory()
    var position = directory.range.lowerBound
    var names: Set<String> = []
    var ranges: [(range: Range<Int>, name: String)] = []
    while position < directory.range.upperBound {
      let (member, range, next) = try readEntry(at: position, of: directory.range)
      guard names.insert(member.name).inserted else {
        throw failure("there are two members \(quoted(member.name))", at: position)
      }
      members.append(member)
      ranges.append((range, member.name))
      position = next
    }
    guard members.count == directory.count else {
      throw failure(
        "the archive claims \(directory.count) members, but its directory lists \(members.count)",
        at: directory.range.lowerBound)
    }
    ranges.sort { $0.range.lowerBound < $1.range.lowerBound }
    for (first, second) in zip(ranges, ranges.dropFirst())
    where first.range.upperBound > second.range.lowerBound {
      throw failure(
        "the members \(quoted(first.name)) and \(quoted(second.name)) overlap",
        at: second.range.lowerBound)
    }
  }

  private func failure(_ problem: String, at offset: Int) -> FormatError {
    FormatError(.malformedData, file: file, offset: offset, problem: problem)
  }

  /// The little-endian number of `count` bytes at an offset that is known to be inside.
  private func number(_ offset: Int, _ count: Int) -> UInt64 {
    bytes.littleEndian(at: offset, count: count)
  }
}

// The directory.
extension ZipArchive {
  private struct Directory {
    var range: Range<Int>
    var count: UInt64
  }

  /// Finds the directory by the record at the end of the archive.
  private func findDirectory() throws(FormatError) -> Directory {
    let length = Zip.endLength
    // The record ends in a comment of up to 65,535 bytes, which nothing follows.
    let last = bytes.count - length
    let found = stride(from: last, through: max(last - 0xFFFF, 0), by: -1).first { offset in
      offset >= 0 && number(offset, 4) == Zip.endSignature
        && number(offset + 20, 2) == UInt64(last - offset)
    }
    guard let end = found else {
      guard bytes.starts(with: [0x50, 0x4B]) else {
        throw failure("this isn't a zip archive, as npz files are: it doesn't begin with PK", at: 0)
      }
      throw failure(
        "the archive has no record at its end, so it is cut off or damaged", at: bytes.count)
    }
    var disks = [number(end + 4, 2), number(end + 6, 2)]
    var counts = [number(end + 8, 2), number(end + 10, 2)]
    var (size, start, limit) = (number(end + 12, 4), number(end + 16, 4), end)
    // A zip64 record, and a locator that says where it stands, precede the record of the end; what
    // fits that is told twice.
    let locator = end - 20
    if locator >= 0, number(locator, 4) == Zip.end64LocatorSignature {
      let record = Int(exactly: number(locator + 8, 8)) ?? Int.max
      guard number(locator + 4, 4) == 0, number(locator + 16, 4) <= 1, record <= locator - 56,
        number(record, 4) == Zip.end64Signature, number(record + 4, 8) == locator - record - 12
      else { throw failure("the locator of the zip64 record leads to none", at: locator) }
      let wide = (
        disks: [number(record + 16, 4), number(record + 20, 4)],
        counts: [number(record + 24, 8), number(record + 32, 8)],
        size: number(record + 40, 8), start: number(record + 48, 8)
      )
      func agree(_ narrow: UInt64, _ wide: UInt64, _ most: UInt64) -> Bool {
        narrow == wide || narrow == most
      }
      guard zip(disks, wide.disks).allSatisfy({ agree($0, $1, 0xFFFF) }),
        zip(counts, wide.counts).allSatisfy({ agree($0, $1, 0xFFFF) }),
        agree(size, wide.size, 0xFFFF_FFFF), agree(start, wide.start, 0xFFFF_FFFF)
      else { throw failure("the record at the end and the zip64 record don't agree", at: end) }
      (disks, counts, size, start, limit) = (
        wide.disks, wide.counts, wide.size, wide.start, record
      )
    }
    guard disks == [0, 0], counts[0] == counts[1] else {
      throw failure("an archive in several parts, which isn't read", at: end)
    }
    guard size <= UInt64(limit), start == UInt64(limit) - size else {
      throw failure(
        "a directory of \(size) bytes from byte \(start) on, but the record of the end stands at "
          + "\(limit): they have to meet", at: end)
    }
    return Directory(range: Int(start)..<limit, count: counts[0])
  }

  /// Reads an entry of the directory: the member, all that it covers, and where the next one
  /// begins.
  private func readEntry(
    at position: Int, of directory: Range<Int>
  ) throws(FormatError) -> (Member, Range<Int>, Int) {
    guard position + Zip.entryLength <= directory.upperBound,
      number(position, 4) == Zip.entrySignature
    else { throw failure("an entry of the directory is damaged", at: position) }
    let flags = number(position + 8, 2)
    let method = number(position + 10, 2)
    let checksum = number(position + 16, 4)
    let nameEnd = position + Zip.entryLength + Int(number(position + 28, 2))
    let extraEnd = nameEnd + Int(number(position + 30, 2))
    let next = extraEnd + Int(number(position + 32, 2))
    guard next <= directory.upperBound else {
      throw failure("an entry of the directory reaches beyond its end", at: position)
    }
    let name = try readName(position + Zip.entryLength..<nameEnd, isUTF8: flags & 0x800 != 0)
    let label = "the member \(quoted(name))"
    // Bit 0, 6, 13: encryption; bit 5: a patch.
    guard flags & 0x2041 == 0 else {
      throw failure("\(label) is encrypted, which isn't read", at: position)
    }
    guard flags & 0x20 == 0, method == Zip.stored || method == Zip.deflated else {
      throw failure(
        "\(label) is packed by method \(method); 0 (stored) and 8 (deflated) are read", at: position
      )
    }
    let wide = try zip64Numbers(
      [number(position + 24, 4), number(position + 20, 4), number(position + 42, 4)],
      nameEnd..<extraEnd, of: label)
    let (size, packedSize, start) = (wide[0], wide[1], wide[2])
    guard number(position + 34, 2) == 0 else {
      throw failure("\(label) lies in another part of the archive", at: position)
    }
    let here = UInt64(directory.lowerBound)
    guard start <= here, here - start >= UInt64(Zip.headerLength) else {
      throw failure("\(label) begins at byte \(start), beyond the members", at: position)
    }
    let header = Int(start)
    guard number(header, 4) == Zip.headerSignature else {
      throw failure("\(label) has no header where the directory says", at: header)
    }
    let ownNameEnd = header + Zip.headerLength + Int(number(header + 26, 2))
    let dataStart = ownNameEnd + Int(number(header + 28, 2))
    guard dataStart <= directory.lowerBound,
      bytes[header + Zip.headerLength..<ownNameEnd]
        .elementsEqual(bytes[position + Zip.entryLength..<nameEnd]),
      // Encryption, a descriptor behind the data, the kind of names.
      (number(header + 6, 2) ^ flags) & 0x2869 == 0, number(header + 8, 2) == method
    else { throw failure("the header of \(label) differs from the directory", at: header) }
    guard packedSize <= UInt64(directory.lowerBound - dataStart) else {
      throw failure(
        "\(label) claims \(packedSize) packed bytes, but \(directory.lowerBound - dataStart) follow",
        at: header)
    }
    // Two bits are the least that a repetition takes, and 258 bytes the most that it gives.
    let most = method == Zip.stored ? packedSize : packedSize * 1032
    guard size <= most, method == Zip.deflated || size == packedSize else {
      throw failure(
        "\(label) claims \(size) bytes, which \(packedSize) packed bytes can't hold", at: header)
    }
    let data = dataStart..<dataStart + Int(packedSize)
    var end = data.upperBound
    if flags & 8 == 0 {
      let own = try zip64Numbers(
        [number(header + 22, 4), number(header + 18, 4)], ownNameEnd..<dataStart, of: label)
      guard own == [size, packedSize], number(header + 14, 4) == checksum else {
        throw failure("the header of \(label) differs from the directory", at: header)
      }
    } else {
      let found = descriptorEnd(
        at: end, before: directory.lowerBound, checksum, size: size, packedSize: packedSize)
      guard let found else {
        throw failure("what follows the data of \(label) differs from the directory", at: end)
      }
      end = found
    }
    let member = Member(
      name: name, size: Int(size), isDeflated: method == Zip.deflated,
      checksum: UInt32(checksum), packed: data)
    return (member, header..<end, next)
  }

  /// Where the descriptor ends that follows a member's data: one of four forms, which differ in
  /// their signature and in the width of the sizes.
  private func descriptorEnd(
    at start: Int, before limit: Int, _ checksum: UInt64, size: UInt64, packedSize: UInt64
  ) -> Int? {
    for (lead, width) in [(4, 4), (4, 8), (0, 4), (0, 8)] {
      let sum = start + lead
      let end = sum + 4 + 2 * width
      if end <= limit, lead == 0 || number(start, 4) == Zip.descriptorSignature,
        number(sum, 4) == checksum, number(sum + 4, width) == packedSize,
        number(sum + 4 + width, width) == size
      {
        return end
      }
    }
    return nil
  }

  /// Returns numbers of four bytes, with those that are all ones replaced from the field that holds
  /// them in eight, in the same order.
  private func zip64Numbers(
    _ numbers: [UInt64], _ extra: Range<Int>, of label: String
  ) throws(FormatError) -> [UInt64] {
    var position = extra.lowerBound
    var field: Range<Int>?
    while position + 4 <= extra.upperBound {
      let start = position + 4
      let isZip64 = number(position, 2) == 1
      position = start + Int(number(position + 2, 2))
      guard position <= extra.upperBound, !isZip64 || field == nil else {
        throw failure("the further fields of \(label) are damaged", at: start - 4)
      }
      if isZip64 { field = start..<position }
    }
    var wide = numbers
    for index in numbers.indices where numbers[index] == 0xFFFF_FFFF {
      guard let rest = field, rest.count >= 8 else {
        throw failure("\(label) lacks the sizes of zip64 that it announces", at: extra.lowerBound)
      }
      wide[index] = number(rest.lowerBound, 8)
      field = rest.dropFirst(8)
    }
    return wide
  }

  private func readName(_ range: Range<Int>, isUTF8: Bool) throws(FormatError) -> String {
    guard let name = String(validating: bytes[range], as: UTF8.self) else {
      throw failure("a member's name isn't UTF-8", at: range.lowerBound)
    }
    guard isUTF8 || name.utf8.allSatisfy({ $0 < 0x80 }) else {
      throw failure(
        "the member \(quoted(name)) doesn't say that its name is UTF-8", at: range.lowerBound)
    }
    if let problem = Zip.problem(ofName: name) {
      throw failure("the member \(quoted(name)) \(problem)", at: range.lowerBound)
    }
    return name
  }
}

// The contents.
extension ZipArchive {
  /// Returns the bytes of a member, whole and checked.
  ///
  /// - Parameter member: A member of this archive.
  /// - Returns: All of them.
  /// - Throws: `FormatError` if its data is damaged, or isn't of the size that the directory tells.
  package func contents(of member: Member) throws(FormatError) -> ArraySlice<UInt8> {
    let contents = try beginning(of: member, limit: member.size)
    guard CRC32.of(contents) == member.checksum else {
      throw damaged(member, "its checksum is wrong", at: member.packed.lowerBound)
    }
    return contents
  }

  /// Returns the first bytes of a member, not checked.
  ///
  /// - Parameters:
  ///   - member: A member of this archive.
  ///   - limit: The most bytes to unpack; with the member's size, no more may follow.
  /// - Returns: As many as `limit`, or all.
  /// - Throws: `FormatError` if its data is damaged up to there.
  package func beginning(of member: Member, limit: Int) throws(FormatError) -> ArraySlice<UInt8> {
    guard member.isDeflated else { return bytes[member.packed].prefix(limit) }
    do throws(Inflated.Failure) {
      let inflated = try Inflated(bytes, in: member.packed, limit: min(limit, member.size))
      guard inflated.bytes.count == min(limit, member.size) else {
        throw Inflated.Failure(
          problem: "it unpacks to \(inflated.bytes.count) bytes, not \(member.size)",
          offset: inflated.end)
      }
      if limit >= member.size {
        guard inflated.isWhole else {
          throw Inflated.Failure(
            problem: "it unpacks to more than \(member.size) bytes",
            offset: member.packed.lowerBound)
        }
        guard inflated.end == member.packed.upperBound else {
          throw Inflated.Failure(
            problem: "\(member.packed.upperBound - inflated.end) bytes follow its packed data",
            offset: inflated.end)
        }
      }
      return inflated.bytes[...]
    } catch {
      throw damaged(member, error.problem, at: error.offset)
    }
  }

  private func damaged(_ member: Member, _ problem: String, at offset: Int) -> FormatError {
    failure("the member \(quoted(member.name)) is damaged: \(problem)", at: offset)
  }
}

/// What reading and writing of archives share.
private enum Zip {
  static let headerSignature: UInt64 = 0x0403_4B50
  static let entrySignature: UInt64 = 0x0201_4B50
  static let descriptorSignature: UInt64 = 0x0807_4B50
  static let endSignature: UInt64 = 0x0605_4B50
  static let end64Signature: UInt64 = 0x0606_4B50
  static let end64LocatorSignature: UInt64 = 0x0706_4B50
  // Without the parts whose length differs.
  static let headerLength = 30
  static let entryLength = 46
  static let endLength = 22
  static let stored: UInt64 = 0
  static let deflated: UInt64 = 8

  /// What makes a name unfit for a member, as the end of a sentence about it.
  static func problem(ofName name: String) -> String? {
    let parts = name.utf8.split(omittingEmptySubsequences: false) { $0 == 0x2F || $0 == 0x5C }
    // Nothing is ever written to a member's path here, but other programs unpack archives.
    if parts.contains(where: { $0.elementsEqual("..".utf8) }) {
      return "leads out of its folder, by “..”"
    }
    if parts.count > 1,
      parts[0].isEmpty || parts[0].count == 2 && parts[0].last == UInt8(ascii: ":")
    {
      return "has an absolute path; it has to be relative"
    }
    return name.utf8.contains(0) ? "has a NUL in its name" : nil
  }
}

/// Writes a zip archive, member by member; the same members give the same bytes.
package struct ZipWriter {
  private var directory: [UInt8] = []
  private var count = 0
  private var position = 0
  private let file: String
  private let most: UInt64

  /// Begins an archive.
  ///
  /// - Parameters:
  ///   - file: What errors call it.
  ///   - most: The largest size or place that isn't told by zip64's fields: tests lower it.
  package init(file: String, most: UInt64 = 0xFFFF_FFFE) {
    self.file = file
    self.most = most
  }

  /// Writes a member.
  ///
  /// - Parameters:
  ///   - name: Unlike the other members' names.
  ///   - bytes: What the member holds,
  ///   - tensor: followed by these elements.
  ///   - compressing: Whether to deflate the bytes.
  ///   - write: Writes bytes.
  /// - Throws: `FormatError` if the name is unfit, and what `pieces` and `write` throw.
  package mutating func append(
    _ name: String, _ bytes: ArraySlice<UInt8>, _ tensor: (any StorableTensor)?, compressing: Bool,
    write: (UnsafeRawBufferPointer) throws(FormatError) -> Void
  ) throws(FormatError) {
    if let problem = Zip.problem(ofName: name) ?? (name.utf8.count > 0xFFFF ? "is too long" : nil) {
      throw FormatError(
        .inputOutput, file: file, problem: "the name \(quoted(name)) \(problem)")
    }
    var checksum = CRC32()
    var size = bytes.count
    bytes.withUnsafeBytes { checksum.update($0) }
    tensor?.withBytes { elements in
      checksum.update(elements)
      size += elements.count
    }
    var packed: [UInt8] = []
    if compressing {
      packed += bytes
      tensor?.withBytes { packed += $0 }
    }
    if compressing { packed = Deflate.compressed(packed) }
    let packedSize = compressing ? packed.count : size

    var sizes: [UInt8] = []
    var wideSizes: [UInt8] = []
    if UInt64(max(size, packedSize)) > most {
      sizes = [UInt8](repeating: 0xFF, count: 8)
      wideSizes.append(UInt64(size), 8)
      wideSizes.append(UInt64(packedSize), 8)
    } else {
      sizes.append(UInt64(packedSize), 4)
      sizes.append(UInt64(size), 4)
    }
    var wide = wideSizes
    let isFar = UInt64(position) > most
    if isFar { wide.append(UInt64(position), 8) }
    // Up to the sizes, a member's header and its entry in the directory say the same.
    var shared: [UInt8] = []
    shared.append(wide.isEmpty ? 20 : 45, 2)
    shared.append(name.utf8.allSatisfy { $0 < 0x80 } ? 0 : 0x800, 2)
    shared.append(compressing ? Zip.deflated : Zip.stored, 2)
    shared.append(0, 2)
    shared.append(0x21, 2)  // 1980-01-01, the first day there is: no clock shows in the bytes.
    shared.append(UInt64(checksum.value), 4)
    shared += sizes
    shared.append(UInt64(name.utf8.count), 2)

    var header: [UInt8] = []
    header.append(Zip.headerSignature, 4)
    header += shared
    header += ZipWriter.lengthAndName(name, wideSizes)
    directory.append(Zip.entrySignature, 4)
    directory.append(0x300 | 45, 2)  // Made under Unix, as the attributes below are read.
    directory += shared
    let tail = ZipWriter.lengthAndName(name, wide)
    directory += tail.prefix(2)
    directory.append(0, 2 + 2 + 2)
    directory.append(0o100644 << 16, 4)
    directory.append(isFar ? 0xFFFF_FFFF : UInt64(position), 4)
    directory += tail.dropFirst(2)
    count += 1

    position += header.count + packedSize
    try ZipWriter.write(header[...], write)
    try ZipWriter.write(compressing ? packed[...] : bytes, write)
    if !compressing { try tensor?.withBytes(write) }
  }

  /// The length of the further fields, the name, and the fields: zip64's or none.
  private static func lengthAndName(_ name: String, _ wide: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(wide.isEmpty ? 0 : UInt64(4 + wide.count), 2)
    bytes += name.utf8
    if !wide.isEmpty {
      bytes.append(1, 2)
      bytes.append(UInt64(wide.count), 2)
      bytes += wide
    }
    return bytes
  }

  /// Writes the directory.
  package consuming func finish(
    write: (UnsafeRawBufferPointer) throws(FormatError) -> Void
  ) throws(FormatError) {
    var end = directory
    let (size, start, count) = (UInt64(directory.count), UInt64(position), UInt64(count))
    if max(size, start) > most || count > min(most, 0xFFFE) {
      let record = start + size
      end.append(Zip.end64Signature, 4)
      end.append(44, 8)
      end.append(0x300 | 45, 2)
      end.append(45, 2)
      end.append(0, 8)
      for number in [count, count, size, start] { end.append(number, 8) }
      end.append(Zip.end64LocatorSignature, 4)
      end.append(0, 4)
      end.append(record, 8)
      end.append(1, 4)
    }
    end.append(Zip.endSignature, 4)
    end.append(0, 4)
    for _ in 0..<2 { end.append(count > min(most, 0xFFFE) ? 0xFFFF : count, 2) }
    for number in [size, start] { end.append(number > most ? 0xFFFF_FFFF : number, 4) }
    end.append(0, 2)
    try ZipWriter.write(end[...], write)
  }

  private static func write(
    _ bytes: ArraySlice<UInt8>, _ write: (UnsafeRawBufferPointer) throws(FormatError) -> Void
  ) throws(FormatError) {
    // `withUnsafeBytes` passes on any error, not one of the caller's type.
    var failure: FormatError?
    bytes.withUnsafeBytes { bytes in
      do throws(FormatError) { try write(bytes) } catch { failure = error }
    }
    if let failure { throw failure }
  }
}

extension [UInt8] {
  /// Appends the lowest `count` bytes of a number, little-endian.
  fileprivate mutating func append(_ number: UInt64, _ count: Int) {
    for byte in 0..<count { append(byte < 8 ? UInt8(truncatingIfNeeded: number >> (8 * byte)) : 0) }
  }
}
