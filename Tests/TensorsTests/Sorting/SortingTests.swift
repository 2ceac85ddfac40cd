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
