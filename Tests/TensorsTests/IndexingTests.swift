import Tensors
import TestSupport
import Testing

/// Indexing against a model: the list of positions that an index takes of each axis, worked out by Python's rules.
@Suite struct IndexingTests {
  /// What an index takes: the numbers of the elements in C order of the whole, and the shape.
  private struct Selection {
    var numbers: [Int]
    var shape: Shape
  }

  /// `range(extent)[start:stop:step]`, by walking.
  private func walk(_ start: Int?, _ stop: Int?, _ step: Int, of extent: Int) -> [Int] {
    func fromEnd(_ bound: Int?) -> Int? { bound.map { $0 < 0 ? $0 + extent : $0 } }
    var taken: [Int] = []
    if step > 0 {
      var position = Swift.max(fromEnd(start) ?? 0, 0)
      while position < Swift.min(fromEnd(stop) ?? extent, extent) {
        taken.append(position)
        position += step
      }
    } else {
      var position = Swift.min(fromEnd(start) ?? extent - 1, extent - 1)
      while position > Swift.max(fromEnd(stop) ?? -1, -1) {
        taken.append(position)
        position += step
      }
    }
    return taken
  }

  private func select(_ index: [TensorIndex], of shape: Shape) -> Selection {
    let named = index.count { $0 != .ellipsis && $0 != .newAxis }
    let parts = index.contains(.ellipsis) ? index : index + [.ellipsis]
    var axis = 0
    var extents: [Int] = []
    var numbers = [0]
    func take(_ positions: [Int]) {
      numbers = numbers.flatMap { outer in positions.map { outer * shape[axis] + $0 } }
      axis += 1
    }
    for part in parts {
      switch part {
      case .position(let position):
        take([position < 0 ? position + shape[axis] : position])
      case .slice(let start, let stop, let step):
        let positions = walk(start, stop, step, of: shape[axis])
        extents.append(positions.count)
        take(positions)
      case .newAxis:
        extents.append(1)
      case .ellipsis:
        for _ in 0..<shape.rank - named {
          extents.append(shape[axis])
          take(Array(0..<shape[axis]))
        }
      case .array, .mask:
        Issue.record("arrays and masks have a model of their own")
      }
    }
    return Selection(numbers: numbers, shape: Shape(extents))
  }

  private func randomIndex(_ random: inout SeededGenerator, of shape: Shape) -> [TensorIndex] {
    var index: [TensorIndex] = []
    for extent in shape.prefix(random.int(0...shape.rank)) {
      switch random.int(0...3) {
      case 0 where extent > 0: index.append(.position(random.int(-extent...extent - 1)))
      default:
        func bound() -> Int? { random.once(in: 4) ? nil : random.int(-extent - 2...extent + 2) }
        let step = random.int(1...3) * (random.once(in: 2) ? 1 : -1)
        index.append(.slice(start: bound(), stop: bound(), step: step))
      }
    }
    if index.count == shape.rank && random.once(in: 2) {
      index.insert(.ellipsis, at: random.int(0...index.count))
    }
    while random.once(in: 4) { index.insert(.newAxis, at: random.int(0...index.count)) }
    return index
  }

  @Test func readsWhatTheModelReads() {
    var random = SeededGenerator(seed: 30)
    for _ in 0..<500 {
      let shape = random.shape(rank: random.int(0...4), extents: random.once(in: 8) ? 0...2 : 1...5)
      let numbers = Array(0..<shape.elementCount)
      let index = randomIndex(&random, of: shape)
      let wanted = select(index, of: shape)
      for view in View.layouts(numbers, shape) {
        let got = view.tensor[index]
        #expect(
          difference(got, from: Tensor(wanted.numbers, shape: wanted.shape)) == nil,
          "\(index) of \(view.name)")
        // A view, not a copy.
        #expect(got.storage === view.tensor.storage)
      }
    }
  }

  @Test func assignsWhereTheModelAssigns() {
    var random = SeededGenerator(seed: 31)
    for _ in 0..<500 {
      let shape = random.shape(rank: random.int(0...4), extents: random.once(in: 8) ? 0...2 : 1...5)
      let numbers = Array(0..<shape.elementCount)
      let index = randomIndex(&random, of: shape)
      let part = select(index, of: shape)
      // A value that broadcasts to the part: some axes of extent 1, some in front missing.
      let extents = part.shape.map { random.once(in: 3) ? 1 : $0 }
      let source = Shape(Array(extents.dropFirst(random.int(0...extents.count))))
      let values = (0..<source.elementCount).map { -1 - $0 }
      let repeated = positions(of: part.shape).map { position in
        let kept = zip(position.suffix(source.rank), source).map { $1 == 1 ? 0 : $0 }
        return values[flat(kept, in: source)]
      }
      var expected = numbers
      for (number, value) in zip(part.numbers, repeated) { expected[number] = value }
      for view in View.layouts(numbers, shape) {
        for value in View.layouts(values, source) {
          var x = view.tensor
          x[index] = value.tensor
          #expect(
            difference(x, from: Tensor(expected, shape: shape)) == nil,
            "\(index) of \(view.name) from \(value.name)")
          // What it was made from has not changed.
          #expect(view.tensor.scalars == numbers)
          #expect(value.tensor.scalars == values)
        }
      }
    }
  }

  @Test func rangesAndCounts() {
    let x = Tensor(Array(0..<10))
    #expect(x[-1].scalar == 9)
    #expect(x[2..<5].scalars == [2, 3, 4])
    #expect(x[2...5].scalars == [2, 3, 4, 5])
    #expect(x[7...].scalars == [7, 8, 9])
    #expect(x[..<3].scalars == [0, 1, 2])
    #expect(x[...3].scalars == [0, 1, 2, 3])
    #expect(x[(-3)...].scalars == [7, 8, 9])
    #expect(x[..<(-7)].scalars == [0, 1, 2])
    #expect(x[-3 ... -1].scalars == [7, 8, 9])
    #expect(x[...(-1)].scalars == Array(0..<10))
    #expect(x[-3 ..< -1].scalars == [7, 8])
    #expect(x[0...Int.max].scalars == Array(0..<10))
    #expect(x[...Int.max].scalars == Array(0..<10))
    #expect(x[8..<100].scalars == [8, 9])
    #expect(x[TensorIndex.slice(start: 7, stop: 2, step: -2)].scalars == [7, 5, 3])
    #expect(x[TensorIndex.slice(start: nil, stop: nil, step: .min)].scalars == [9])
    #expect(x[TensorIndex.slice(start: 3, stop: nil, step: .max)].scalars == [3])
    #expect(x[TensorIndex.slice(start: .min, stop: .max, step: 4)].scalars == [0, 4, 8])
    #expect(x[TensorIndex.slice(start: 5, stop: 2, step: .max)].scalars == [])
    #expect(x[TensorIndex.slice(start: 2, stop: 5, step: .min)].scalars == [])
    let matrix = x.reshaped(2, 5)
    #expect(matrix[.all, TensorIndex.slice(start: nil, stop: nil, step: .min)].scalars == [4, 9])
    #expect(matrix[.rest, 1].scalars == [1, 6])
    #expect(matrix[.new, 1, .new].shape == [1, 1, 5])
    #expect(matrix[.all, 1...2] == [[1, 2], [6, 7]])
    let deep = Tensor(Array(0..<32)).reshaped(2, 2, 2, 2, 2)
    #expect(deep[1, 0, 1, 0, 1].scalar == 21)
    #expect(deep[1, .all, 1, 0].shape == [2, 2])
    #expect(deep[1, 0, 1].scalars == [20, 21, 22, 23])
  }

  @Test func positionsThrow() {
    #expect(throws: ShapeError("slice step cannot be zero")) {
      try TensorIndex.positions(start: nil, stop: nil, step: 0, of: 3)
    }
  }

  @Test func assignsThroughNestedSubscripts() {
    var x: Tensor<Int> = [[1, 2, 3], [4, 5, 6]]
    x[0][1] = Tensor(9)
    x[1, .stride(by: 2)] += 10
    #expect(x == [[1, 9, 3], [14, 5, 16]])
    x[.all, 0] = [7, 8]
    #expect(x == [[7, 9, 3], [8, 5, 16]])
    x[.rest] = Tensor(0)
    #expect(x == [[0, 0, 0], [0, 0, 0]])
  }

  @Test func assignsToRepeatedElements() {
    var x = Tensor<Int>.zeros([2, 3])
    x[1, 1] = Tensor(5)
    #expect(x == [[0, 0, 0], [0, 5, 0]])
    var rows = Tensor([1, 2, 3]).broadcast(to: [2, 3])
    rows[0] = [7, 8, 9]
    #expect(rows == [[7, 8, 9], [1, 2, 3]])
  }

  @Test func copiesOnWrite() {
    let source: Tensor<Int> = [[1, 2, 3], [4, 5, 6]]
    let views: [(String, Tensor<Int>)] = [
      ("row", source[1]), ("column", source[.all, 1]), ("transpose", source.transposed()),
      ("reshape", source.reshaped(3, 2)), ("reversed", source[.stride(by: -1)]),
      ("itself", source), ("broadcast", source.broadcast(to: [2, 2, 3])),
    ]
    for (name, view) in views {
      let before = view.scalars
      // Changing the view leaves the source alone …
      var changed = view
      changed[.rest] = Tensor(0)
      #expect(changed.scalars == before.map { _ in 0 }, "\(name)")
      #expect(view.scalars == before, "\(name)")
      #expect(source == [[1, 2, 3], [4, 5, 6]], "\(name)")
      // … and the other way round.
      var other = source
      other[.rest] = Tensor(-1)
      #expect(other.scalars == [-1, -1, -1, -1, -1, -1], "\(name)")
      #expect(view.scalars == before, "\(name)")
    }
  }

  /// Memory that no other tensor shares is written where it lies.
  @Test func writesInPlaceWhenAlone() {
    var x = Tensor([1, 2, 3, 4])
    let address = x.storage.bytes.baseAddress
    x[1...2] = [8, 9]
    x[-1] = Tensor(7)
    #expect(x.scalars == [1, 8, 9, 7])
    #expect(x.storage.bytes.baseAddress == address)
  }

  @Test func assignsATensorsOwnElements() {
    var x = Tensor([1, 2, 3, 4, 5])
    x[.all] = x[.stride(by: -1)]
    #expect(x.scalars == [5, 4, 3, 2, 1])
    x[1...] = x[..<4]
    #expect(x.scalars == [5, 5, 4, 3, 2])
    x[..<4] = x[1...]
    #expect(x.scalars == [5, 4, 3, 2, 2])
    var matrix: Tensor<Int> = [[1, 2], [3, 4]]
    matrix[.rest] = matrix.transposed()
    #expect(matrix == [[1, 3], [2, 4]])
    matrix[.all, 0] = matrix[0]
    #expect(matrix == [[1, 3], [3, 4]])
  }
}
