/// A source of random bits, from which the numbers of all distributions are made.
protocol BitGenerator {
  /// The next 32 random bits.
  mutating func nextWord() -> UInt32
  /// The next 64 random bits.
  mutating func nextPair() -> UInt64
}

extension BitGenerator {
  /// A whole number from 0 to `bound`: bits under the smallest mask that covers it, drawn again
  /// while too large.
  @inline(__always)
  mutating func nextInteger(through bound: UInt64) -> UInt64 {
    if bound == 0 { return 0 }
    let mask = UInt64.max &>> UInt64(bound.leadingZeroBitCount)
    while true {
      let value = (bound <= UInt64(UInt32.max) ? UInt64(nextWord()) : nextPair()) & mask
      if value <= bound { return value }
    }
  }

  /// Fisher and Yates's shuffle from the last element on: each changes places with one of those up
  /// to it.
  @inline(__always)
  mutating func shuffle<Elements>(_ elements: inout Elements)
  where Elements: MutableCollection & RandomAccessCollection, Elements.Index == Int {
    var last = elements.endIndex - 1
    while last > elements.startIndex {
      let other = nextInteger(through: UInt64(last - elements.startIndex))
      elements.swapAt(last, elements.startIndex + Int(other))
      last -= 1
    }
  }

  /// The numbers from 0 to `count - 1` in random order.
  mutating func permutation(_ count: Int) -> [Int] {
    require(count <= RandomError.longestList, RandomError.listIsTooLong.message)
    var numbers = Array(0..<Swift.max(count, 0))
    shuffle(&numbers)
    return numbers
  }
  /// The bytes of 32-bit words, the lowest of each first; none take a word too.
  ///
  /// - Precondition: `count` is not negative.
  mutating func bytes(_ count: Int) -> [UInt8] {
    precondition(count >= 0, "negative dimensions are not allowed")
    return [UInt8](unsafeUninitializedCapacity: count) { bytes, initialized in
      var word: UInt32 = 0
      for position in 0..<Swift.max(count, 1) {
        word = position % 4 == 0 ? nextWord() : word >> 8
        if position < count {
          bytes.initializeElement(at: position, to: UInt8(truncatingIfNeeded: word))
        }
      }
      initialized = count
    }
  }
}
