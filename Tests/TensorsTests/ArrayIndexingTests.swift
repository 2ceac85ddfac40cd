import Tensors
import TestSupport
import Testing

/// Indexes with arrays and masks against a model that looks up each element of the result by itself.
@Suite struct ArrayIndexingTests {
  /// What a part of an index says of an axis, worked out as a list.
  private enum Part {
    case list([Int], isPosition: Bool)
    case array([Int], Shape)
    case newAxis
    /// An ellipsis that stands for no axis.
    case nothing
  }

  /// What an index takes: the numbers of the elements in C order of the whole, and the shape.
  private struct Selection {
    var numbers: [Int]
    var shape: Shape
  }

  /// NumPy's rule, element by element: arrays make one block of axes, where they stand side by side or else in front.
  private func select(_ parts: [Part], of shape: Shape) -> Selection {
    var block: Shape = []
    for case .array(_, let own) in parts {
      guard let common = try? Shape.broadcast(block, own) else {
        Issue.record("arrays that don't broadcast")
        return Selection(numbers: [], shape: [0])
      }
      block = common
    }
    func isArray(_ part: Part) -> Bool {
      switch part {
      case .array: true
      case .list(_, let isPosition): isPosition
      case .newAxis, .nothing: false
      }
    }
    let places = parts.indices.filter { isArray(parts[$0]) }
    let isOneRun = places.last.map { $0 - places[0] + 1 == places.count } ?? true
    var extents: [Int] = []
    var lead = 0
    for (number, part) in parts.enumerated() {
      if isOneRun && number == places.first { lead = extents.count }
      switch part {
      case .list(let positions, isPosition: false): extents.append(positions.count)
      case .newAxis: extents.append(1)
      case .list, .array, .nothing: break
      }
    }
    let result = Shape(extents[..<lead] + block.extents + extents[lead...])
    let numbers = positions(of: result).map { position in
      let inBlock = Array(position[lead..<lead + block.rank])
      var kept = (position[..<lead] + position[(lead + block.rank)...])[...]
      var element: [Int] = []
      for part in parts {
        switch part {
        case .list(let positions, isPosition: true): element.append(positions[0])
        case .list(let positions, isPosition: false): element.append(positions[kept.removeFirst()])
        case .newAxis: kept.removeFirst()
        case .nothing: break
        case .array(let positions, let own):
          let place = zip(inBlock.suffix(own.rank), own).map { $1 == 1 ? 0 : $0 }
          element.append(positions[flat(place, in: own)])
        }
      }
      return flat(element, in: shape)
    }
    return Selection(numbers: numbers, shape: result)
  }

  /// An index with at least one array or mask, and the same for the model.
  private func randomIndex(
    _ random: inout SeededGenerator, of shape: Shape
  ) -> (index: [TensorIndex], parts: [Part]) {
    let block = random.shape(rank: random.int(0...2), extents: random.once(in: 12) ? 0...2 : 1...3)
    // A mask among arrays has to take as many elements as they broadcast with: it stands alone.
    let hasMask = random.once(in: 3)
    var index: [TensorIndex] = []
    var parts: [Part] = []
    var axis = 0
    let certain = random.int(0...shape.rank - 1)
    var isMasked = false
    while axis < shape.rank {
      let extent = shape[axis]
      let kind = axis == certain ? 0 : random.int(0...3)
      switch kind {
      case 0 where hasMask && !isMasked:
        isMasked = true
        let span = random.int(1...Swift.min(2, shape.rank - axis))
        let own = Shape(Array(shape[axis..<axis + span]))
        let mask = (0..<own.elementCount).map { _ in random.once(in: 2) }
        let found = positions(of: own).enumerated().filter { mask[$0.offset] }.map(\.element)
        index.append(.mask(Tensor(mask, shape: own)))
        for inner in 0..<span { parts.append(.array(found.map { $0[inner] }, [found.count])) }
        axis += span
        continue
      case 0 where !hasMask && (extent > 0 || block.contains(0)):
        let own = Shape(
          block.map { random.once(in: 4) && $0 > 0 ? 1 : $0 }.suffix(random.int(0...block.rank)))
        let isEmpty = own.contains(0) || extent == 0
        let numbers =
          isEmpty ? [] : (0..<own.elementCount).map { _ in random.int(-extent...extent - 1) }
        let whole: Shape = isEmpty ? block : own
        let view = View.layouts(numbers, whole)[
          random.int(0...View.layouts(numbers, whole).count - 1)]
        index.append(.array(view.tensor))
        let fromStart = numbers.map { $0 < 0 ? $0 + extent : $0 }
        parts.append(
          whole.rank == 0 ? .list(fromStart, isPosition: true) : .array(fromStart, whole))
      case 1 where extent > 0 && !hasMask:
        let position = random.int(-extent...extent - 1)
        index.append(.position(position))
        parts.append(.list([position < 0 ? position + extent : position], isPosition: true))
      case 2:
        index.append(.slice(start: nil, stop: nil, step: -1))
        parts.append(.list((0..<extent).reversed(), isPosition: false))
      default:
        let start = random.int(0...extent)
        index.append(.slice(start: start, stop: nil, step: 2))
        parts.append(.list(Array(stride(from: start, to: extent, by: 2)), isPosition: false))
      }
      axis += 1
    }
    // Before the ends, where the index and the list for the model stay in step if no mask spans two axes.
    if index.count == parts.count {
      if random.once(in: 3) {
        let place = random.int(0...index.count)
        index.insert(.ellipsis, at: place)
        parts.insert(.nothing, at: place)
      }
      while random.once(in: 4) {
        let place = random.int(0...index.count)
        index.insert(.newAxis, at: place)
        parts.insert(.newAxis, at: place)
      }
    }
    return (index, parts)
  }

  @Test func readsAndAssignsWhatTheModelDoes() throws {
    var random = SeededGenerator(seed: 41)
    var arrays = 0
    for _ in 0..<600 {
      let shape = random.shape(rank: random.int(1...4), extents: random.once(in: 8) ? 0...3 : 1...4)
      let numbers = Array(0..<shape.elementCount)
      let (index, parts) = randomIndex(&random, of: shape)
      let wanted = select(parts, of: shape)
      if index.contains(where: { if case .array = $0 { true } else { false } }) { arrays += 1 }
      #expect(try shape.indexed(by: index) == wanted.shape)
      // A value that broadcasts to the part.
      let extents = wanted.shape.map { random.once(in: 3) ? 1 : $0 }
      let source = Shape(Array(extents.dropFirst(random.int(0...extents.count))))
      let values = (0..<source.elementCount).map { -1 - $0 }
      var expected = numbers
      for (number, position) in zip(wanted.numbers, positions(of: wanted.shape)) {
        let kept = zip(position.suffix(source.rank), source).map { $1 == 1 ? 0 : $0 }
        expected[number] = values[flat(kept, in: source)]
      }
      // One mask for all axes takes vectors only.
      let isMask =
        if case .mask(let mask)? = index.first, index.count == 1 { mask.rank == shape.rank } else {
          false
        }
      let isElement = wanted.shape.rank == 0 && source.rank > 0
      for view in View.layouts(numbers, shape) {
        let got = view.tensor[index]
        #expect(
          difference(got, from: Tensor(wanted.numbers, shape: wanted.shape)) == nil,
          "\(index) of \(view.name)")
        if isMask && source.rank > 1 || isElement { continue }
        for value in View.layouts(values, source) {
          var x = view.tensor
          x[index] = value.tensor
          #expect(
            difference(x, from: Tensor(expected, shape: shape)) == nil,
            "\(index) of \(view.name) from \(value.name)")
          #expect(view.tensor.scalars == numbers)
          #expect(value.tensor.scalars == values)
        }
      }
    }
    #expect(arrays > 200)
  }

  /// Masks of elements and of rows, of every length around those that are counted at once, from none to all true.
  @Test func masksOfEveryLength() {
    var random = SeededGenerator(seed: 64)
    for length in Array(0...70) + Array(120...136) + Array(254...260) {
      for share in [0, 1, 5, 9, 10] {
        let mask = (0..<length).map { _ in random.int(0...9) < share }
        let chosen = mask.indices.filter { mask[$0] }
        let comment: Comment = "\(chosen.count) of \(length)"
        func check<Scalar: NumericScalar>(_: Scalar.Type) {
          let elements = (0..<length).map { Scalar(exactly: $0 % 100) ?? 0 }
          let expected = Tensor(chosen.map { elements[$0] })
          #expect(Tensor(elements)[mask] == expected, comment)
          // Every second element of memory, and a column of a matrix.
          let spread = stack([Tensor(elements), Tensor(elements)], axis: 1)
          #expect(spread[.all, 1][mask] == expected, comment)
          #expect(spread[mask] == stack([expected, expected], axis: 1), comment)
        }
        check(Int8.self)
        check(Int16.self)
        check(Float.self)
        check(Double.self)
        #expect(Tensor(mask)[mask].scalars == chosen.map { _ in true }, comment)
        #expect(Tensor(mask).nonzero()[0].scalars == chosen, comment)
      }
    }
  }

  /// Recorded, the same index gives the same, also where the positions come in as an argument.
  @Test func tracesWhatItDoesAtOnce() {
    var random = SeededGenerator(seed: 42)
    for _ in 0..<150 {
      let shape = random.shape(rank: random.int(1...4), extents: random.once(in: 8) ? 0...3 : 1...4)
      let x: Tensor<Double> = random.tensor(shape)
      let (index, _) = randomIndex(&random, of: shape)
      let run = compile { (x: Tensor<Double>) in x[index] }
      let (got, wanted) = (run(x), x[index])
      #expect(difference(got, from: wanted) == nil, "\(index)")
    }
    let x: Tensor<Double> = random.tensor([3, 4, 2])
    let pick = compile { (x: Tensor<Double>, i: Tensor<Int>, j: Tensor<Int>) in x[i, j] }
    let (i, j) = (Tensor<Int>([[0], [-1]]), Tensor([3, 0, -2]))
    let (got, wanted) = (pick(x, i, j), x[i, j])
    #expect(difference(got, from: wanted) == nil)
    // Beyond the ends they mean the nearest element, since nothing can be said then.
    let nearest: Tensor<Double> = pick(x, Tensor([9, -9]), Tensor([-9, 9]))
    let ends: Tensor<Double> = x[[2, 0], [0, 3]]
    #expect(difference(nearest, from: ends) == nil)
  }

  @Test func differentiates() {
    let x: Tensor<Double> = [[1, 2, 3], [4, 5, 6]]
    let slope = gradient(of: { (x: Tensor<Double>) in (square(x)[[0, 1, 0], [2, 0, 2]]).sum() })
    #expect(slope(x) == [[0, 0, 12], [8, 0, 0]])
    let masked = gradient(of: { (x: Tensor<Double>) in
      square(x)[Tensor<Bool>([true, false, true]).broadcast(to: [2, 3])].sum()
    })
    #expect(masked(x) == [[2, 0, 6], [8, 0, 12]])
  }

  @Test func takesWhatStandsInASubscript() {
    let x: Tensor<Int> = [[1, 2, 3], [4, 5, 6]]
    #expect(x[[1, 0]] == [[4, 5, 6], [1, 2, 3]])
    #expect(x[.all, [2, 0]] == [[3, 1], [6, 4]])
    #expect(x[[false, true]] == [[4, 5, 6]])
    #expect(x[x .> 2] == [3, 4, 5, 6])
    #expect(x[Tensor<UInt8>([1])] == [[4, 5, 6]])
    #expect(x[0, [0, 0]] == [1, 1])
    #expect(x[[0, 1], [1, 2]] == [2, 6])
    #expect(x[Tensor<Int>([[0], [1]]), [0, 2]] == [[1, 3], [4, 6]])
    #expect(x[Tensor(true)].shape == [1, 2, 3])
    #expect(x[Tensor(false)].shape == [0, 2, 3])
    #expect(x[[Int]()].shape == [0, 3])
    var y = x
    y[y .> 4] = Tensor(0)
    y[[0, 0], [0, 0]] = [7, 8]
    y[.all, [1, 2]] += 10
    #expect(y == [[8, 12, 13], [4, 10, 10]])
    #expect(x == [[1, 2, 3], [4, 5, 6]])
    y[y .< 10] *= 2
    #expect(y == [[16, 12, 13], [8, 10, 10]])
    y[[0, 1]] = y[[1, 0]]
    #expect(y == [[8, 10, 10], [16, 12, 13]])
  }

  /// Memory that no other tensor shares is written where it lies.
  @Test func writesInPlaceWhenAlone() {
    var x = Tensor([1, 2, 3, 4])
    let address = x.storage.elements.baseAddress
    x[[0, 2]] = [8, 9]
    x[[false, true, false, true]] = Tensor(7)
    #expect(x.scalars == [8, 7, 9, 7])
    x.put([-1, 0], [5, 6])
    #expect(x.scalars == [6, 7, 9, 5])
    #expect(x.storage.elements.baseAddress == address)
  }

  @Test func positionsTooLargeForInt() {
    let x = Tensor([1, 2, 3])
    #expect(throws: ShapeError("index 9223372036854775807 is out of bounds for axis 0 with size 3"))
    {
      try x.part(at: [Tensor<UInt64>([.max]).tensorIndex])
    }
    #expect(
      throws: ShapeError("index -9223372036854775808 is out of bounds for axis 0 with size 3")
    ) {
      try x.part(at: [[0, .min].tensorIndex])
    }
  }

  @Test func hashesParts() {
    let parts: [TensorIndex] = [
      .position(1), .slice(start: nil, stop: 1, step: 1), .ellipsis, .newAxis, .array([1]),
      .array([[1]]), .mask([true]),
    ]
    #expect(Set(parts + parts).count == parts.count)
  }
}
