import Tensors
import TestSupport
import Testing

/// Sorting, searching and sets on views and types, against Swift's own.
@Suite struct SortingTests {
  /// Everything on random small numbers, of which many are equal, along each axis of each layout.
  @Test func sortsEveryLine() {
    var random = SeededGenerator(seed: 50)
    for shape in [[0], [1], [40], [3, 10], [10, 3], [2, 5, 4], [0, 4], [4, 0]] as [Shape] {
      let scalars = (0..<shape.elementCount).map { _ in random.int(-3...3) }
      for axis in shape.indices {
        var values = scalars
        var positions = scalars
        for line in lines(of: Array(scalars.indices), shape, axis: axis) {
          let order = line.indices.sorted {
            (scalars[line[$0]], $0) < (scalars[line[$1]], $1)
          }
          for (place, source) in order.enumerated() {
            values[line[place]] = scalars[line[source]]
            positions[line[place]] = source
          }
        }
        for view in View.layouts(scalars, shape) {
          let comment: Comment = "\(view.name), axis \(axis)"
          #expect(view.tensor.sorted(axis: axis) == Tensor(values, shape: shape), comment)
          #expect(view.tensor.argSorted(axis: axis) == Tensor(positions, shape: shape), comment)
          let (top, indices) = view.tensor.topK(shape[axis], axis: axis)
          #expect(top.sorted(axis: axis) == Tensor(values, shape: shape), comment)
          #expect(top == -(-view.tensor).sorted(axis: axis), comment)
          #expect(indices == (-view.tensor).argSorted(axis: axis), comment)
        }
      }
    }
  }

  @Test func ordersEveryType() {
    func check<Scalar: IntegerScalar>(_: Scalar.Type) {
      let ordered: [Scalar] = [.min, .min + 1, Scalar.max / 2, .max - 1, .max]
      #expect(Tensor(Array(ordered.reversed())).sorted().scalars == ordered)
      #expect(Tensor(ordered).searchSorted(Tensor(ordered)).scalars == Array(0..<5))
      #expect(Tensor(ordered + ordered).unique().scalars == ordered)
    }
    check(Int8.self)
    check(Int16.self)
    check(Int32.self)
    check(Int64.self)
    check(Int.self)
    check(UInt8.self)
    check(UInt16.self)
    check(UInt32.self)
    check(UInt64.self)
    check(UInt.self)
    func checkFloating<Scalar: FloatingScalar>(_: Scalar.Type) {
      let ordered: [Scalar] = [
        -.infinity, -.greatestFiniteMagnitude, -1, -.leastNonzeroMagnitude, 0,
        .leastNonzeroMagnitude, 1, .greatestFiniteMagnitude, .infinity, .nan,
      ]
      let sorted = Tensor(Array(ordered.reversed())).sorted()
      #expect(difference(sorted.scalars, from: ordered) == nil)
    }
    checkFloating(Float.self)
    checkFloating(Double.self)
    #expect(Tensor([true, false, true]).sorted().scalars == [false, true, true])
  }

  /// −0 and 0 are equal, so they stay in their order; so do NaN of either sign, behind all.
  @Test func equalsStayInTheirOrder() {
    let x = Tensor<Double>([.nan, 0, -0.0, -.nan, 0])
    #expect(x.argSorted().scalars == [1, 2, 4, 0, 3])
    #expect(x.sorted().scalars.map(\.sign)[..<3] == [.plus, .minus, .plus])
    let found = x.uniqueElements()
    #expect(found.counts.scalars == [3, 2])
    #expect(found.firstIndices.scalars == [1, 0])
    #expect(found.inverse.scalars == [1, 0, 0, 1, 0])
  }

  /// Sorts elements by a key with Swift's sort, equal ones in their order, and compares the bits.
  private func check<Scalar: TensorScalar, Key: Comparable>(
    _ elements: [Scalar], by key: (Scalar) -> Key, bits: (Scalar) -> UInt64
  ) {
    let order = elements.indices.sorted { (key(elements[$0]), $0) < (key(elements[$1]), $1) }
    let x = Tensor(elements)
    let comment: Comment = "\(elements.count) of \(Scalar.self)"
    #expect(x.sorted().scalars.map(bits) == order.map { bits(elements[$0]) }, comment)
    #expect(x.argSorted().scalars == order, comment)
  }

  /// Lengths around those at which the way of sorting changes or a digit's table is full.
  @Test(arguments: [0, 1, 2, 31, 32, 33, 64, 255, 257, 1_000])
  func sortsBitForBit(count: Int) {
    var random = SeededGenerator(seed: UInt64(count))
    func checkIntegers<Scalar: IntegerScalar>(_: Scalar.Type) {
      for range in [Scalar.min...Scalar.max, Scalar.max / 2 - 3...Scalar.max / 2 + 3] {
        let elements = (0..<count).map { _ in Scalar.random(in: range, using: &random) }
        check(elements, by: { $0 }, bits: { UInt64(truncatingIfNeeded: $0) })
      }
    }
    checkIntegers(Int8.self)
    checkIntegers(Int16.self)
    checkIntegers(Int32.self)
    checkIntegers(Int64.self)
    checkIntegers(UInt8.self)
    checkIntegers(UInt16.self)
    checkIntegers(UInt32.self)
    checkIntegers(UInt64.self)
    let flags = (0..<count).map { _ in Bool.random(using: &random) }
    check(flags, by: { $0 ? 1 : 0 }, bits: { $0 ? 1 : 0 })

    func checkFloating<Scalar: FloatingScalar>(
      _ from: (UInt64) -> Scalar, _ bits: (Scalar) -> UInt64
    ) {
      // NaN last, and −0 equal to 0.
      func key(_ x: Scalar) -> Scalar { x.isNaN ? .infinity : x }
      func rank(_ x: Scalar) -> Pair<Scalar> { Pair(isNaN: x.isNaN ? 1 : 0, number: key(x)) }
      let special: [Scalar] = [
        0, -0.0, .nan, -.nan, .signalingNaN, .infinity, -.infinity, 1.5, -1.5,
        .leastNonzeroMagnitude, -.leastNonzeroMagnitude,
      ]
      let few = (0..<count).map { _ in special[random.int(0...special.count - 1)] }
      let any = (0..<count).map { _ in from(random.next()) }
      let near = (0..<count).map { _ in 1 + Scalar(random.int(0...999)) * .ulpOfOne }
      for elements in [few, any, near] { check(elements, by: rank, bits: bits) }
    }
    checkFloating({ Float(bitPattern: UInt32(truncatingIfNeeded: $0)) }, { UInt64($0.bitPattern) })
    checkFloating({ Double(bitPattern: $0) }, \.bitPattern)
  }

  private struct Pair<Scalar: FloatingScalar>: Comparable {
    var isNaN: Int
    var number: Scalar
    static func < (a: Pair, b: Pair) -> Bool { (a.isNaN, a.number) < (b.isNaN, b.number) }
  }

  /// So many that sorting takes larger digits: a permutation of numbers that are in order.
  @Test func sortsManyElements() {
    let count = 1 << 19
    let places = (0..<count).map { ($0 &* 387_420_489) & (count - 1) }
    func check<Scalar: FloatingScalar>(_: Scalar.Type) {
      let x = (Tensor<Scalar>(Tensor(places)) - Scalar(count / 3)) * 0.37
      let sorted = x.sorted()
      #expect(sorted == (Tensor<Scalar>(.range(count)) - Scalar(count / 3)) * 0.37)
      #expect(x[x.argSorted()] == sorted)
    }
    check(Float.self)
    check(Double.self)
    #expect(Tensor(places).sorted() == .range(count))
  }

  @Test func topK() {
    let x: Tensor<Double> = [[1, 5, 3], [4, 4, 2]]
    let (values, indices) = x.topK(2)
    #expect(values == [[5, 3], [4, 4]])
    #expect(indices == [[1, 2], [0, 1]])
    #expect(x.topK(1, axis: 0).indices == [[1, 0, 0]])
    #expect(x.topK(0).values.shape == [2, 0])
    #expect(Tensor<Double>([1, .nan, .infinity]).topK(2).indices == [1, 2])
  }

  @Test func searches() {
    var random = SeededGenerator(seed: 51)
    for count in [0, 1, 2, 7, 64] {
      let sorted = (0..<count).map { _ in random.int(-9...9) }.sorted()
      let values = Array(-10...10)
      let list = Tensor(sorted)
      #expect(
        list.searchSorted(Tensor(values)).scalars
          == values.map { value in sorted.count { $0 < value } })
      #expect(
        list.searchSorted(Tensor(values), side: .right).scalars
          == values.map { value in sorted.count { $0 <= value } })
    }
    #expect(throws: ShapeError("object of too small depth for desired array")) {
      try ([] as Shape).checkSortedList()
    }
    #expect(throws: ShapeError("bins must be monotonically increasing or decreasing")) {
      try Tensor([1, 3, 2]).checkBinEdges()
    }
  }

  @Test func sets() {
    let x = Tensor<Double>([1, .nan, -0.0, 3], shape: [2, 2])
    #expect(x.isIn(Tensor<Double>([.nan, 0, 3] as [Double])) == [[false, false], [true, true]])
    // Many NaN, of which none equals another, must not look for each other.
    #expect(x.isIn(Tensor(repeating: .nan, shape: [100_000])).any().scalar == false)
    #expect(Tensor<Int>([]).unique().shape == [0])
    #expect(Tensor([3, 1, 3]).transposed().unique() == [1, 3])
    #expect(Tensor<Int>([[1, 2], [1, 2]]).unique(axis: 0) == [[1, 2]])
    #expect(Tensor<Int>([[1, 2], [1, 2]]).unique(axis: -1) == [[1, 2], [1, 2]])
  }

  @Test func bins() {
    #expect(Tensor<UInt8>([2, 0, 2]).binCounts(minimumLength: 4) == [1, 0, 2, 0])
    #expect(Tensor<Int>([]).binCounts().shape == [0])
    #expect(throws: ShapeError("'list' argument must have no negative elements")) {
      try Tensor([0, -1]).checkBinNumbers()
    }
    #expect(throws: ShapeError("Maximum allowed dimension exceeded")) {
      try Tensor([UInt.max]).checkBinNumbers()
    }
    #expect(Tensor([1, 2, 2, 5]).histogram(bins: 2).counts == [3, 1])
    #expect(Tensor([1, 2, 2, 5]).histogram(edges: [0, 2, 6]) == [1, 3])
  }

  @Test func severalKeys() {
    let order = argSorted(byLast: [Tensor([1, 2, 3, 0]), Tensor([1, 0, 0, 1])])
    #expect(order == [1, 2, 3, 0])
  }
}
