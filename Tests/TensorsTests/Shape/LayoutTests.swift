import AllocationCounter
import Tensors
import TestSupport
import Testing

/// Layouts against the list of the places that their elements have.
@Suite struct LayoutTests {
  /// The place of each element, in C order.
  private func places(_ layout: Layout) -> [Int] {
    positions(of: layout.shape).map { position in
      zip(position, layout.strides).reduce(layout.offset) { $0 + $1.0 * $1.1 }
    }
  }

  /// A view of some memory, by a few steps of what tensors do: slices, transposes, broadcasts, new axes.
  private func randomLayout(_ random: inout SeededGenerator) -> Layout {
    var layout = Layout(random.shape(rank: random.int(0...4), extents: 1...4))
    if random.once(in: 10), layout.shape.rank > 0 {
      layout = Layout(layout.shape.replacing(axis: 0, by: 0))
    }
    for _ in 0..<random.int(0...4) {
      let rank = layout.shape.rank
      switch random.int(0...3) {
      case 0:
        layout = layout.transposed(Array(0..<rank).shuffled(using: &random))
      case 1 where rank > 0:
        let axis = random.int(0...rank - 1)
        let extent = layout.shape[axis]
        let count = random.int(0...extent)
        let step = count < 2 ? 1 : random.int(1...(extent - 1) / (count - 1))
        let start = count == 0 ? 0 : random.int(0...extent - 1 - step * (count - 1))
        let isBackward = random.once(in: 2)
        layout = layout.sliced(
          axis: axis, start: isBackward && count > 0 ? start + step * (count - 1) : start,
          step: isBackward ? -step : step, count: count)
      case 2 where rank < 5:
        layout = layout.broadcast(to: Shape([random.int(1...3)] + layout.shape.extents))
      default:
        let axis = random.int(0...rank)
        var extents = layout.shape.extents
        extents.insert(1, at: axis)
        layout = layout.reshaped(to: Shape(extents)) ?? layout
      }
    }
    return layout
  }

  /// A shape of as many elements.
  private func randomShape(_ random: inout SeededGenerator, count: Int) -> Shape {
    var extents: [Int] = []
    var rest = count
    while rest > 1 {
      let factors = (2...rest).filter { rest.isMultiple(of: $0) }
      let factor = factors[random.int(0...factors.count - 1)]
      extents.append(factor)
      rest /= factor
    }
    if count == 0 { extents = [0] + (0..<random.int(0...2)).map { _ in random.int(0...5) } }
    extents.shuffle(using: &random)
    for _ in 0..<random.int(0...2) { extents.insert(1, at: random.int(0...extents.count)) }
    return Shape(extents)
  }

  @Test func reshapesToAViewWhereThereIsOne() {
    var random = SeededGenerator(seed: 20)
    var (views, copies) = (0, 0)
    for _ in 0..<3000 {
      let layout = randomLayout(&random)
      let target = randomShape(&random, count: layout.shape.elementCount)
      let wanted = places(layout)
      // The steps that a view would need: from the first element to the next on each axis.
      let steps = target.indices.map { axis in
        let inner = target.extents[(axis + 1)...].reduce(1, *)
        return target[axis] > 1 && !wanted.isEmpty ? wanted[inner] - wanted[0] : 0
      }
      let candidate = Layout(shape: target, strides: steps, offset: wanted.first ?? 0)
      let isPossible = places(candidate) == wanted
      let view = layout.reshaped(to: target)
      #expect((view != nil) == isPossible, "\(layout) to \(target)")
      if let view {
        views += 1
        #expect(view.shape == target)
        #expect(places(view) == wanted, "\(layout) to \(target)")
        #expect(
          view.isContiguous == Layout(shape: target, strides: view.strides, offset: 0).isContiguous)
      } else {
        copies += 1
      }
    }
    #expect(views > 500 && copies > 200)
  }

  @Test func knowsWhetherElementsLieInOrder() {
    var random = SeededGenerator(seed: 21)
    var count = 0
    for _ in 0..<3000 {
      let layout = randomLayout(&random)
      let found = places(layout)
      let isInOrder = found == Array(found.indices).map { $0 + layout.offset }
      #expect(layout.isContiguous == isInOrder, "\(layout)")
      count += isInOrder ? 1 : 0
    }
    #expect(count > 500 && count < 2500)
  }

  @Test func broadcasts() {
    let layout = Layout([3, 1]).broadcast(to: [2, 3, 4])
    #expect(
      places(layout) == [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2])
    #expect(Layout([1]).broadcast(to: [0]).shape == [0])
    #expect(Layout([]).broadcast(to: [2]).strides == [0])
  }

  @Test func reshapedTensorsShareMemoryWhereTheyCan() {
    let x: Tensor<Int> = [[1, 2, 3, 4], [5, 6, 7, 8]]
    #expect(x.reshaped(4, 2).storage === x.storage)
    #expect(x[.all, .stride(by: 2)].reshaped(4).storage === x.storage)
    #expect(x[.all, .stride(by: 2)].reshaped(4).scalars == [1, 3, 5, 7])
    #expect(x.transposed().reshaped(2, 2, 2).storage === x.storage)
    #expect(x.transposed().reshaped(8).storage !== x.storage)
    #expect(x.transposed().reshaped(8).scalars == [1, 5, 2, 6, 3, 7, 4, 8])
    #expect(x.contiguous().storage === x.storage)
    #expect(x.transposed().contiguous().scalars == [1, 5, 2, 6, 3, 7, 4, 8])
  }

  /// Views and results of shapes that a thread has just seen need no layout of their own.
  @Test func smallWorkAllocatesItsResultAlone() {
    guard allocation_counter_works() else { return }
    let x: Tensor<Double> = [[1, 2, 3, 4, 5], [6, 7, 8, 9, 10]]
    let row: Tensor<Double> = [1, 2, 3, 4, 5]
    let mask = row .> 2
    let work: [(String, () -> Tensor<Double>)] = [
      ("add", { x + x }), ("broadcast", { x + row }), ("mask", { row[mask] }),
      ("transposed copy", { x.transposed().contiguous() }),
      ("sum", { x.sum() }), ("sum over an axis", { x.sum(axis: 0) }),
      ("product", { x.matmul(x.transposed()) }), ("sort", { row.sorted() }),
    ]
    for (name, run) in work {
      // Others of the thread's layouts may take the place once, not each time.
      let least = (0..<5).map { _ in
        allocation_counter_start()
        _ = run()
        return allocation_counter_stop()
      }.min()
      #expect(least == 1, "\(name)")
    }
  }
}
