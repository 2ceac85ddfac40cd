/// One number for each axis: extents or strides.
///
/// Up to four lie within the value, so that shapes and layouts of the usual ranks are made and
/// copied without memory of their own.
package struct Dimensions: Sendable, Hashable {
  package private(set) var count: Int
  // Those that aren't in use are 0, so that equal dimensions are equal here.
  private var inline: (Int, Int, Int, Int) = (0, 0, 0, 0)
  /// All numbers, if there are more than four.
  private var all: [Int]?

  private static let inlineCount = 4

  package init() { count = 0 }

  /// The numbers that `number` gives for the axes.
  @inline(__always)
  package init(count: Int, _ number: (Int) -> Int) {
    self.count = count
    if count > Dimensions.inlineCount {
      all = (0..<count).map(number)
      return
    }
    inline = (
      count > 0 ? number(0) : 0, count > 1 ? number(1) : 0, count > 2 ? number(2) : 0,
      count > 3 ? number(3) : 0
    )
  }

  package init(repeating number: Int, count: Int) { self.init(count: count) { _ in number } }

  package init(_ numbers: some Collection<Int>) {
    count = numbers.count
    if count > Dimensions.inlineCount {
      all = Array(numbers)
    } else {
      var axis = 0
      for number in numbers {
        self[axis] = number
        axis += 1
      }
    }
  }

  package static func == (a: Dimensions, b: Dimensions) -> Bool {
    a.count == b.count && a.inline == b.inline && a.all == b.all
  }

  package func hash(into hasher: inout Hasher) {
    for axis in 0..<count { hasher.combine(self[axis]) }
  }
}

extension Dimensions: RandomAccessCollection, MutableCollection, RangeReplaceableCollection,
  ExpressibleByArrayLiteral
{
  package init(arrayLiteral elements: Int...) { self.init(elements) }

  package var startIndex: Int { 0 }
  package var endIndex: Int { count }

  package subscript(axis: Int) -> Int {
    @inline(__always) get {
      precondition(axis >= 0 && axis < count, "an axis is out of range")
      if let all { return all[axis] }
      return switch axis {
      case 0: inline.0
      case 1: inline.1
      case 2: inline.2
      default: inline.3
      }
    }
    set {
      precondition(axis >= 0 && axis < count, "an axis is out of range")
      if all != nil {
        all?[axis] = newValue
        return
      }
      switch axis {
      case 0: inline.0 = newValue
      case 1: inline.1 = newValue
      case 2: inline.2 = newValue
      default: inline.3 = newValue
      }
    }
  }

  package mutating func append(_ number: Int) {
    if count < Dimensions.inlineCount {
      count += 1
      self[count - 1] = number
    } else {
      self = Dimensions(Array(self) + [number])
    }
  }

  @discardableResult
  package mutating func remove(at axis: Int) -> Int {
    let removed = self[axis]
    guard count <= Dimensions.inlineCount else {
      var numbers = Array(self)
      numbers.remove(at: axis)
      self = Dimensions(numbers)
      return removed
    }
    for next in axis..<count - 1 { self[next] = self[next + 1] }
    self[count - 1] = 0
    count -= 1
    return removed
  }

  package mutating func insert(_ number: Int, at axis: Int) {
    append(number)
    for next in stride(from: count - 1, to: axis, by: -1) { self[next] = self[next - 1] }
    self[axis] = number
  }

  package mutating func replaceSubrange(
    _ range: Range<Int>, with numbers: some Collection<Int>
  ) {
    var changed = Array(self)
    changed.replaceSubrange(range, with: numbers)
    self = Dimensions(changed)
  }
}
