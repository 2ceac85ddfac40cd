/// Compresses bytes (DEFLATE, RFC 1951).
///
/// Repeated bytes are looked for over chains of places with the same four bytes, one place ahead
/// (a longer match there wins), and each block is coded by whichever of the three ways is shortest.
/// The same bytes give the same result everywhere.
package enum Deflate {
  /// Returns the bytes compressed.
  package static func compressed(_ bytes: [UInt8]) -> [UInt8] {
    var finder = MatchFinder(bytes)
    var writer = BitWriter()
    repeat {
      let start = finder.position
      let tokens = finder.block()
      let isLast = finder.position == bytes.count
      write(tokens, of: bytes[start..<finder.position], isLast: isLast, to: &writer)
    } while finder.position < bytes.count
    return writer.finished()
  }

  private static func write(
    _ tokens: [Token], of bytes: ArraySlice<UInt8>, isLast: Bool, to writer: inout BitWriter
  ) {
    var literals = [Int](repeating: 0, count: 286)
    var distances = [Int](repeating: 0, count: 30)
    for token in tokens {
      literals[token.literal] += 1
      if let distance = token.distanceKind { distances[distance] += 1 }
    }
    literals[256] = 1
    let own = (HuffmanCode(literals, longest: 15), HuffmanCode(distances, longest: 15))
    let lengths = CodeLengths(own.0, own.1)
    let further = tokens.reduce(0) { $0 + $1.furtherBits }
    func cost(_ codes: (HuffmanCode, HuffmanCode)) -> Int {
      codes.0.cost(of: literals) + codes.1.cost(of: distances) + further
    }
    let dynamicCost = lengths.cost + cost(own)
    let fixedCost = cost(HuffmanCode.fixed)
    // Each stored piece has three bits, up to seven to the next byte, and its length twice.
    let pieces = max((bytes.count + 0xFFFE) / 0xFFFF, 1)
    let storedCost = 8 * bytes.count + pieces * (3 + 7 + 32)
    if storedCost < min(dynamicCost, fixedCost) {
      var rest = bytes
      repeat {
        let piece = rest.prefix(0xFFFF)
        rest = rest.dropFirst(0xFFFF)
        writer.append(isLast && rest.isEmpty ? 1 : 0, 3)
        writer.appendStored(piece)
      } while !rest.isEmpty
      return
    }
    writer.append(isLast ? 1 : 0, 1)
    let codes: (HuffmanCode, HuffmanCode)
    if fixedCost <= dynamicCost {
      writer.append(1, 2)
      codes = HuffmanCode.fixed
    } else {
      writer.append(2, 2)
      lengths.write(to: &writer)
      codes = own
    }
    for token in tokens {
      codes.0.write(token.literal, to: &writer)
      guard let kind = token.distanceKind else { continue }
      let length = Match.lengths[token.literal - 257]
      writer.append(token.length - length.first, length.bits)
      codes.1.write(kind, to: &writer)
      let distance = Match.distances[kind]
      writer.append(Int(token.distance) - distance.first, distance.bits)
    }
    codes.0.write(256, to: &writer)
  }
}

/// A byte as it is, or a repetition of earlier bytes.
private struct Token {
  /// 0 for a byte.
  private(set) var distance: Int32 = 0
  /// The byte or the length.
  private var value: UInt16

  init(_ byte: UInt8) { value = UInt16(byte) }

  init(length: Int, distance: Int) {
    value = UInt16(length)
    self.distance = Int32(distance)
  }

  var length: Int { Int(value) }
  /// The symbol of the byte or of the length.
  var literal: Int { distance == 0 ? Int(value) : Token.lengthKinds[Int(value)] }
  var distanceKind: Int? {
    guard distance > 4 else { return distance == 0 ? nil : Int(distance) - 1 }
    // Two kinds for each power of two.
    let steps = distance - 1
    let top = 31 - steps.leadingZeroBitCount
    return 2 * top + Int(steps >> Int32(top - 1) & 1)
  }
  var furtherBits: Int {
    distanceKind.map { Match.lengths[literal - 257].bits + Match.distances[$0].bits } ?? 0
  }

  private static let lengthKinds: [Int] = {
    var kinds = [Int](repeating: 0, count: Match.longest + 1)
    for (kind, length) in Match.lengths.enumerated() {
      for value in length.first..<min(length.first + 1 << length.bits, Match.longest + 1) {
        kinds[value] = 257 + kind
      }
    }
    return kinds
  }()
}

/// Cuts bytes into tokens.
private struct MatchFinder {
  private let bytes: [UInt8]
  /// Up to where the tokens reach.
  private(set) var position = 0
  /// By four bytes' hash: the last place that had it, or -1.
  private var heads = [Int](repeating: -1, count: 1 << hashBits)
  /// By place, modulo the window: the place before it with the same hash, or -1.
  private var previous = [Int](repeating: -1, count: Match.farthest)
  /// Up to where places are entered in the chains.
  private var entered = 0

  private static let hashBits = 15
  private static let shortest = 4
  private static let tokensInBlock = 1 << 15
  /// How many places of a chain are tried, and the length that is long enough to stop.
  private static let mostTries = 32
  private static let enough = 128

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Returns the tokens of the next block.
  mutating func block() -> [Token] {
    var tokens: [Token] = []
    tokens.reserveCapacity(min(MatchFinder.tokensInBlock, bytes.count - position))
    var found = position < bytes.count ? longestMatch(at: position, over: 0) : nil
    while position < bytes.count, tokens.count < MatchFinder.tokensInBlock {
      guard let match = found else {
        tokens.append(Token(bytes[position]))
        position += 1
        if position < bytes.count { found = longestMatch(at: position, over: 0) }
        continue
      }
      if match.length < MatchFinder.enough, position + 1 < bytes.count,
        let later = longestMatch(at: position + 1, over: match.length)
      {
        tokens.append(Token(bytes[position]))
        position += 1
        found = later
        continue
      }
      tokens.append(Token(length: match.length, distance: match.distance))
      position += match.length
      if position < bytes.count { found = longestMatch(at: position, over: 0) }
    }
    return tokens
  }

  private func hash(at place: Int) -> Int {
    let word = bytes.withUnsafeBytes {
      UInt32(littleEndian: $0.loadUnaligned(fromByteOffset: place, as: UInt32.self))
    }
    return Int((word &* 0x9E37_79B1) >> UInt32(32 - MatchFinder.hashBits))
  }

  /// The longest repetition at a place that is longer than `length`.
  private mutating func longestMatch(
    at place: Int, over length: Int
  ) -> (length: Int, distance: Int)? {
    guard place + MatchFinder.shortest <= bytes.count else { return nil }
    while entered < place {
      let hash = hash(at: entered)
      previous[entered % Match.farthest] = heads[hash]
      heads[hash] = entered
      entered += 1
    }
    let most = min(Match.longest, bytes.count - place)
    var best = (length: max(length, MatchFinder.shortest - 1), distance: 0)
    var candidate = heads[hash(at: place)]
    var tries = MatchFinder.mostTries
    bytes.withUnsafeBufferPointer { bytes in
      while candidate >= 0, place - candidate <= Match.farthest, tries > 0, best.length < most {
        if bytes[candidate + best.length] == bytes[place + best.length] {
          var same = 0
          while same < most, bytes[candidate + same] == bytes[place + same] { same += 1 }
          if same > best.length {
            best = (same, place - candidate)
            if same >= MatchFinder.enough { break }
          }
        }
        let next = previous[candidate % Match.farthest]
        // A later place has taken over the entry: the chain ends.
        guard next < candidate else { break }
        candidate = next
        tries -= 1
      }
    }
    return best.distance == 0 ? nil : best
  }
}

/// A canonical Huffman code to write with.
private struct HuffmanCode {
  /// The lengths of the codes by symbol, 0 for none.
  let lengths: [UInt8]
  /// The codes, their first bit lowest.
  private let codes: [UInt16]

  static let fixed = (
    HuffmanCode(
      lengths: [(144, 8), (112, 9), (24, 7), (6, 8)].flatMap {
        repeatElement($0.1, count: $0.0)
      }, codesFrom: [7: 0, 8: 0x30, 9: 0x190]),
    HuffmanCode(lengths: [UInt8](repeating: 5, count: 30), codesFrom: [5: 0])
  )

  private init(lengths: [UInt8], codesFrom firsts: [UInt8: UInt16]) {
    self.lengths = lengths
    var next = firsts
    var codes = [UInt16](repeating: 0, count: lengths.count)
    for (symbol, length) in lengths.enumerated() where length > 0 {
      let code = next[length] ?? 0
      codes[symbol] = code.bitReversed >> (16 - UInt16(length))
      next[length] = code + 1
    }
    self.codes = codes
  }

  /// Makes the shortest code for symbols that occur so often, with codes up to `longest` bits.
  init(_ counts: [Int], longest: Int) {
    var weights = counts
    // A complete code has two symbols at least.
    for symbol in weights.indices {
      if weights.lazy.filter({ $0 > 0 }).prefix(2).count == 2 { break }
      weights[symbol] = max(weights[symbol], 1)
    }
    var lengths = HuffmanCode.lengths(weights)
    // Evener weights give a shorter tree.
    while lengths.contains(where: { $0 > longest }) {
      weights = weights.map { ($0 + 1) / 2 }
      lengths = HuffmanCode.lengths(weights)
    }
    var firsts: [UInt8: UInt16] = [:]
    var code = 0
    for length in 1...longest {
      firsts[UInt8(length)] = UInt16(code)
      code = (code + lengths.lazy.filter { $0 == length }.count) << 1
    }
    self.init(lengths: lengths.map { UInt8($0) }, codesFrom: firsts)
  }

  /// The depths of the symbols in Huffman's tree.
  private static func lengths(_ weights: [Int]) -> [Int] {
    let leaves = weights.indices.filter { weights[$0] > 0 }
      .sorted { (weights[$0], $0) < (weights[$1], $1) }
    // Nodes: the leaves by weight, then the pairs as they are made, by weight as well.
    var sums = leaves.map { weights[$0] }
    var parents = [Int](repeating: 0, count: 2 * leaves.count - 1)
    var (leaf, pair) = (0, leaves.count)
    for node in leaves.count..<parents.count {
      var sum = 0
      for _ in 0..<2 {
        if leaf < leaves.count, pair >= node || sums[leaf] <= sums[pair] {
          sum += sums[leaf]
          parents[leaf] = node
          leaf += 1
        } else {
          sum += sums[pair]
          parents[pair] = node
          pair += 1
        }
      }
      sums.append(sum)
    }
    var depths = [Int](repeating: 0, count: parents.count)
    for node in depths.indices.dropLast().reversed() { depths[node] = depths[parents[node]] + 1 }
    var lengths = [Int](repeating: 0, count: weights.count)
    for (node, symbol) in leaves.enumerated() { lengths[symbol] = depths[node] }
    return lengths
  }

  /// The bits that symbols take that occur so often.
  func cost(of counts: [Int]) -> Int {
    zip(counts, lengths).reduce(0) { $0 + $1.0 * Int($1.1) }
  }

  func write(_ symbol: Int, to writer: inout BitWriter) {
    writer.append(Int(codes[symbol]), Int(lengths[symbol]))
  }
}

/// The lengths of a block's two codes, as they stand before it.
private struct CodeLengths {
  private let literalCount: Int
  private let distanceCount: Int
  private let lengthCount: Int
  private let code: HuffmanCode
  /// A length, or how often the last one or 0 is repeated.
  private var items: [(symbol: Int, further: Int, bits: Int)] = []
  private let counts: [Int]

  init(_ literals: HuffmanCode, _ distances: HuffmanCode) {
    func used(_ lengths: [UInt8], _ least: Int) -> Int {
      max((lengths.lastIndex { $0 > 0 } ?? 0) + 1, least)
    }
    literalCount = used(literals.lengths, 257)
    distanceCount = used(distances.lengths, 1)
    var rest = (literals.lengths.prefix(literalCount) + distances.lengths.prefix(distanceCount))[
      ...]
    while let length = rest.first {
      let run = rest.prefix { $0 == length }.count
      let taken: Int
      if length == 0, run >= 11 {
        taken = min(run, 138)
        items.append((18, taken - 11, 7))
      } else if length == 0, run >= 3 {
        taken = run
        items.append((17, taken - 3, 3))
      } else if run >= 4 {
        taken = min(run, 7)
        items.append((Int(length), 0, 0))
        items.append((16, taken - 4, 2))
      } else {
        taken = 1
        items.append((Int(length), 0, 0))
      }
      rest = rest.dropFirst(taken)
    }
    var counts = [Int](repeating: 0, count: 19)
    for item in items { counts[item.symbol] += 1 }
    self.counts = counts
    code = HuffmanCode(counts, longest: 7)
    let order = Match.lengthOrder.map { [code] in code.lengths[$0] }
    lengthCount = used(order, 4)
  }

  /// The bits that this takes.
  var cost: Int {
    3 + 14 + 3 * lengthCount + code.cost(of: counts) + items.reduce(0) { $0 + $1.bits }
  }

  func write(to writer: inout BitWriter) {
    writer.append(literalCount - 257, 5)
    writer.append(distanceCount - 1, 5)
    writer.append(lengthCount - 4, 4)
    for symbol in Match.lengthOrder.prefix(lengthCount) {
      writer.append(Int(code.lengths[symbol]), 3)
    }
    for item in items {
      code.write(item.symbol, to: &writer)
      writer.append(item.further, item.bits)
    }
  }
}

private struct BitWriter {
  private var bytes: [UInt8] = []
  private var bits: UInt64 = 0
  private var count = 0

  /// Writes the lowest bits of a value, up to 16.
  mutating func append(_ value: some BinaryInteger, _ width: Int) {
    bits |= UInt64(truncatingIfNeeded: value) << UInt64(count)
    count += width
    while count >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: bits))
      bits >>= 8
      count -= 8
    }
  }

  /// Writes the length and the bytes of a stored block, from the next whole byte on.
  mutating func appendStored(_ piece: ArraySlice<UInt8>) {
    append(0, (8 - count) % 8)
    append(piece.count, 16)
    append(~piece.count & 0xFFFF, 16)
    bytes += piece
  }

  mutating func finished() -> [UInt8] {
    append(0, (8 - count) % 8)
    return bytes
  }
}
