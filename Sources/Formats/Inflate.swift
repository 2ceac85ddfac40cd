/// What DEFLATE (RFC 1951) compressed, made whole again up to a size that the caller sets.
package struct Inflated {
  /// The bytes, at most as many as the limit.
  package private(set) var bytes: [UInt8] = []
  /// Where the compressed bytes ended, if `isWhole`.
  package private(set) var end: Int
  /// Whether the compressed bytes ended within the limit.
  package private(set) var isWhole: Bool

  /// What is wrong with compressed bytes.
  package struct Failure: Error {
    /// A clause.
    package let problem: String
    /// The index of the byte by which it was seen.
    package let offset: Int
  }

  /// Unpacks bytes.
  ///
  /// No more memory is taken than twice what was unpacked, whatever the limit.
  ///
  /// - Parameters:
  ///   - input: The bytes among which the compressed ones stand.
  ///   - range: Where they stand; what follows their end is left alone.
  ///   - limit: The most bytes to unpack: with more to come, these are returned.
  /// - Throws: `Failure` if the compressed bytes are damaged or break off within the limit.
  package init(_ input: [UInt8], in range: Range<Int>, limit: Int) throws(Failure) {
    var inflater = Inflater(input, in: range, limit: limit)
    isWhole = try inflater.run()
    bytes = inflater.takeOutput()
    end = inflater.position
  }
}

private typealias Failure = Inflated.Failure

private struct Inflater {
  private let input: [UInt8]
  private(set) var position: Int
  private let end: Int
  /// The next bits of the input, from the lowest on: `bitCount` of them, and then those that follow
  /// or zeros.
  private var bits: UInt64 = 0
  private var bitCount = 0
  /// Room for the output, of which `count` bytes are written.
  private var output: [UInt8]
  private var count = 0
  private let limit: Int

  init(_ input: [UInt8], in range: Range<Int>, limit: Int) {
    precondition(input.indices.contains(range) && limit >= 0)
    self.input = input
    self.limit = limit
    position = range.lowerBound
    end = range.upperBound
    output = [UInt8](repeating: 0, count: min(limit, 1024 + 4 * range.count))
  }

  mutating func takeOutput() -> [UInt8] {
    output.removeLast(output.count - count)
    return output
  }

  func failure(_ problem: String) -> Failure {
    Failure(problem: problem, offset: max(position - bitCount / 8 - 1, 0))
  }

  var cutOff: Failure { Failure(problem: "the compressed bytes break off", offset: end) }

  /// Unpacks all blocks; false if the limit stopped that.
  mutating func run() throws(Failure) -> Bool {
    while true {
      let isLast = try take(1) == 1
      let isWhole: Bool
      switch try take(2) {
      case 0: isWhole = try copyStored()
      case 1: isWhole = try unpack(HuffmanTable.fixedLiterals, HuffmanTable.fixedDistances)
      case 2:
        let (literals, distances) = try readTables()
        isWhole = try unpack(literals, distances)
      default: throw failure("a compressed block of unknown kind")
      }
      guard isWhole else { return false }
      guard !isLast else { break }
    }
    // Whole bytes that were looked at but belong to what follows.
    position -= bitCount / 8
    return true
  }

  /// Sees to 56 bits or more, or all that there are.
  @inline(__always)
  private mutating func refill() {
    if position &+ 8 <= end {
      let word = input.withUnsafeBytes {
        UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      }
      bits |= word &<< bitCount
      let taken = (63 &- bitCount) &>> 3
      position &+= taken
      bitCount &+= taken &* 8
    } else {
      while bitCount <= 56, position < end {
        bits |= UInt64(input[position]) &<< bitCount
        position &+= 1
        bitCount &+= 8
      }
    }
  }

  @inline(__always)
  private mutating func drop(_ count: Int) throws(Failure) {
    guard count <= bitCount else { throw cutOff }
    bits &>>= count
    bitCount &-= count
  }

  /// Takes up to 16 bits.
  @inline(__always)
  private mutating func take(_ count: Int) throws(Failure) -> Int {
    if bitCount < count { refill() }
    let value = Int(truncatingIfNeeded: bits & (1 &<< count &- 1))
    try drop(count)
    return value
  }

  private mutating func grow() {
    let more = min(limit - output.count, max(output.count, 1024))
    output.append(contentsOf: repeatElement(0, count: more))
  }

  private mutating func copyStored() throws(Failure) -> Bool {
    try drop(bitCount % 8)
    let length = try take(16)
    guard try take(16) == ~length & 0xFFFF else {
      throw failure("a stored block whose length and its complement don't agree")
    }
    position -= bitCount / 8
    (bits, bitCount) = (0, 0)
    guard length <= end - position else { throw cutOff }
    let fitting = min(length, limit - count)
    while output.count - count < fitting { grow() }
    output.replaceSubrange(count..<count + fitting, with: input[position..<position + fitting])
    count += fitting
    position += fitting
    return fitting == length
  }

  private mutating func unpack(
    _ literals: HuffmanTable, _ distances: HuffmanTable
  ) throws(Failure) -> Bool {
    while true {
      // The codes of a match and what they leave to further bits take 48 bits at most.
      refill()
      let symbol = try next(literals)
      if symbol < 256 {
        if count == output.count {
          guard count < limit else { return false }
          grow()
        }
        output[count] = UInt8(truncatingIfNeeded: symbol)
        count &+= 1
        continue
      }
      guard symbol > 256 else { return true }
      guard symbol < 257 + Match.lengths.count else { throw failure("a length of unknown kind") }
      let lengths = Match.lengths[symbol - 257]
      let length = try lengths.first + take(lengths.bits)
      let kind = try next(distances)
      guard kind < Match.distances.count else { throw failure("a distance of unknown kind") }
      let steps = Match.distances[kind]
      let distance = try steps.first + take(steps.bits)
      guard distance <= count else {
        throw failure("a distance of \(distance) where \(count) bytes are unpacked")
      }
      let fitting = min(length, limit - count)
      while output.count - count < fitting { grow() }
      repeatOutput(from: count - distance, fitting)
      guard fitting == length else { return false }
    }
  }

  /// Copies bytes of the output to its end; they may be those that this writes.
  @inline(__always)
  private mutating func repeatOutput(from start: Int, _ length: Int) {
    let distance = count &- start
    precondition(start >= 0 && distance > 0 && length <= output.count - count)
    output.withUnsafeMutableBytes { output in
      guard let source = output.baseAddress.map({ $0 + start }) else { return }
      var copied = 0
      while copied < length {
        // What was copied is there to be copied again: each turn can take more.
        let step = min(distance &+ copied, length &- copied)
        (source + distance + copied).copyMemory(from: source, byteCount: step)
        copied &+= step
      }
    }
    count &+= length
  }

  @inline(__always)
  private mutating func next(_ table: HuffmanTable) throws(Failure) -> Int {
    let entry = table.short[Int(truncatingIfNeeded: bits & HuffmanTable.shortMask)]
    if entry != 0 {
      try drop(Int(entry & 15))
      return Int(entry >> 4)
    }
    return try nextLong(table)
  }

  /// Decodes a code bit by bit, as those that are too long for the table.
  private mutating func nextLong(_ table: HuffmanTable) throws(Failure) -> Int {
    var code = 0
    var first = 0
    var index = 0
    for length in 1...HuffmanTable.longest {
      code |= Int(truncatingIfNeeded: bits >> UInt64(length - 1) & 1)
      let count = table.counts[length]
      if code < first + count {
        try drop(length)
        return table.symbols[index + code - first]
      }
      index += count
      first = (first + count) << 1
      code <<= 1
    }
    throw bitCount < HuffmanTable.longest ? cutOff : failure("a code that stands for nothing")
  }

  private mutating func readTables() throws(Failure) -> (HuffmanTable, HuffmanTable) {
    let literalCount = try take(5) + 257
    let distanceCount = try take(5) + 1
    let lengthCount = try take(4) + 4
    guard literalCount <= 286, distanceCount <= 30 else {
      throw failure("a block with \(literalCount) literals and \(distanceCount) distances")
    }
    var lengths = [UInt8](repeating: 0, count: 19)
    for index in 0..<lengthCount {
      lengths[Match.lengthOrder[index]] = UInt8(try take(3))
    }
    guard let table = HuffmanTable(lengths, mayBeIncomplete: false) else {
      throw failure("a block with an impossible code of lengths")
    }
    lengths = []
    while lengths.count < literalCount + distanceCount {
      refill()
      let symbol = try next(table)
      let (length, repeats): (UInt8, Int)
      switch symbol {
      case 16:
        guard let last = lengths.last else { throw failure("a repeated length without a first") }
        (length, repeats) = (last, try take(2) + 3)
      case 17: (length, repeats) = (0, try take(3) + 3)
      case 18: (length, repeats) = (0, try take(7) + 11)
      default: (length, repeats) = (UInt8(symbol), 1)
      }
      guard lengths.count + repeats <= literalCount + distanceCount else {
        throw failure("a block with more lengths of codes than it announced")
      }
      lengths += repeatElement(length, count: repeats)
    }
    guard lengths[256] != 0 else { throw failure("a block without a code for its end") }
    guard
      let literals = HuffmanTable(Array(lengths[..<literalCount]), mayBeIncomplete: true),
      let distances = HuffmanTable(Array(lengths[literalCount...]), mayBeIncomplete: true)
    else { throw failure("a block with impossible lengths of codes") }
    return (literals, distances)
  }
}

/// The symbols of a canonical Huffman code by their codes.
private struct HuffmanTable: Sendable {
  static let longest = 15
  static let shortBits = 10
  static let shortMask: UInt64 = 1 << 10 - 1

  static let fixedLiterals = fixed(
    [(144, 8), (112, 9), (24, 7), (8, 8)].flatMap { repeatElement($0.1, count: $0.0) })
  static let fixedDistances = fixed([UInt8](repeating: 5, count: 32))

  /// By the next ten bits of input: symbol · 16 + length of its code, or 0 for longer codes.
  private(set) var short = [UInt16](repeating: 0, count: 1 << shortBits)
  /// How many codes have each length.
  private(set) var counts = [Int](repeating: 0, count: longest + 1)
  /// The symbols in the order of their codes.
  private(set) var symbols: [Int] = []

  /// Makes the code whose lengths are given by symbol, 0 for none.
  ///
  /// - Returns: `nil` if there are too many codes, or too few: that only a code of one bit for a
  ///   single symbol, or none at all, may have, if `mayBeIncomplete`.
  init?(_ lengths: [UInt8], mayBeIncomplete: Bool) {
    for length in lengths where length > 0 { counts[Int(length)] += 1 }
    var free = 1
    for length in 1...HuffmanTable.longest {
      free = free << 1 - counts[length]
      guard free >= 0 else { return nil }
    }
    let total = counts.reduce(0, +)
    guard free == 0 || mayBeIncomplete && (total == 0 || total == 1 && counts[1] == 1) else {
      return nil
    }
    var code = 0
    for length in 1...HuffmanTable.longest {
      for (symbol, own) in lengths.enumerated() where Int(own) == length {
        symbols.append(symbol)
        if length <= HuffmanTable.shortBits {
          // Codes stand in the input from their highest bit on; what follows them is any bits.
          let reversed = Int(UInt16(code).bitReversed >> (16 - length))
          for index in stride(from: reversed, to: short.count, by: 1 << length) {
            short[index] = UInt16(symbol << 4 | length)
          }
        }
        code += 1
      }
      code <<= 1
    }
  }

  private static func fixed(_ lengths: [UInt8]) -> HuffmanTable {
    guard let table = HuffmanTable(lengths, mayBeIncomplete: false) else {
      preconditionFailure("the fixed codes are complete")
    }
    return table
  }
}

/// How DEFLATE writes repeated bytes: the length and the distance, each as a symbol and further
/// bits.
enum Match {
  struct Kind: Sendable {
    var first: Int
    var bits: Int
  }

  static let shortest = 3
  static let longest = 258
  static let farthest = 32_768

  /// The order in which the lengths of the codes for lengths stand.
  static let lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

  /// The lengths by symbol, from 257 on.
  static let lengths: [Kind] = {
    var kinds = (0..<8).map { Kind(first: 3 + $0, bits: 0) }
    while kinds.count < 28 {
      let bits = (kinds.count - 4) / 4
      kinds.append(Kind(first: 3 + (4 + kinds.count % 4) << bits, bits: bits))
    }
    return kinds + [Kind(first: longest, bits: 0)]
  }()

  /// The distances by symbol.
  static let distances: [Kind] = {
    var kinds = (0..<4).map { Kind(first: 1 + $0, bits: 0) }
    while kinds.count < 30 {
      let bits = (kinds.count - 2) / 2
      kinds.append(Kind(first: 1 + (2 + kinds.count % 2) << bits, bits: bits))
    }
    return kinds
  }()
}

extension UInt16 {
  /// The bits in the opposite order.
  var bitReversed: UInt16 {
    var (rest, reversed) = (self, 0 as UInt16)
    for _ in 0..<16 { (rest, reversed) = (rest >> 1, reversed << 1 | rest & 1) }
    return reversed
  }
}
