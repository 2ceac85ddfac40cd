import CKernels

/// Where the elements of a tensor lie in its storage: element `i` at `offset + Σ iₐ · strideₐ`.
///
/// A reference to something that never changes: tensors are handed on at the cost of two words, and
/// a result that lies as its operand does shares its layout.
package struct Layout: @unchecked Sendable {
  private struct Header {
    let rank: Int
    let offset: Int
    /// The number of elements, or −1 if it doesn't fit.
    var elementCount = 0
    var isContiguous = false
  }

  /// The extent and the step of each axis, behind what is said of all.
  private typealias Axes = ManagedBuffer<Header, (extent: Int, step: Int)>
  private final class Memory: ManagedBuffer<Header, (extent: Int, step: Int)> {}

  // Written while it is made, and never again.
  private let axes: Axes

  private var header: Header { axes.withUnsafeMutablePointerToHeader { $0.pointee } }

  package var rank: Int { axes.withUnsafeMutablePointerToHeader { $0.pointee.rank } }
  package var offset: Int { axes.withUnsafeMutablePointerToHeader { $0.pointee.offset } }
  /// Whether the elements lie one after the other in C order.
  package var isContiguous: Bool {
    axes.withUnsafeMutablePointerToHeader { $0.pointee.isContiguous }
  }
  package var elementCount: Int {
    let count = header.elementCount
    require(count >= 0, "Maximum allowed dimension exceeded")
    return count
  }

  private func axis(_ axis: Int) -> (extent: Int, step: Int) {
    axes.withUnsafeMutablePointers { header, axes in
      precondition(axis >= 0 && axis < header.pointee.rank, "an axis is out of range")
      return axes[axis]
    }
  }
  package func extent(_ axis: Int) -> Int { self.axis(axis).extent }
  package func stride(_ axis: Int) -> Int { self.axis(axis).step }
  /// The step along an axis of a shape of that rank, to which the elements are broadcast.
  package func step(_ axis: Int, ofRank rank: Int) -> Int {
    let own = axis - (rank - self.rank)
    return own < 0 || extent(own) == 1 ? 0 : stride(own)
  }

  package var shape: Shape {
    axes.withUnsafeMutablePointers { header, axes in
      Shape(
        Dimensions(count: header.pointee.rank) { axes[$0].extent },
        product: header.pointee.elementCount)
    }
  }
  /// The step of each axis, in elements; 0 repeats, negative runs backwards.
  package var strides: Dimensions {
    axes.withUnsafeMutablePointers { header, axes in
      Dimensions(count: header.pointee.rank) { axes[$0].step }
    }
  }

  package func hasShape(of other: Layout) -> Bool {
    if axes === other.axes { return true }
    guard rank == other.rank else { return false }
    for axis in 0..<rank where extent(axis) != other.extent(axis) { return false }
    return true
  }

  /// Whether another shape broadcasts to this one's.
  package func holds(_ other: Layout) -> Bool {
    if axes === other.axes { return true }
    let lead = rank - other.rank
    guard lead >= 0 else { return false }
    for axis in 0..<other.rank {
      let extent = other.extent(axis)
      if extent != 1 && extent != self.extent(lead + axis) { return false }
    }
    return true
  }

  /// A layout of axes told one by one, none of whose extents is negative; `nil` for a step means
  /// that of memory made for the shape.
  ///
  /// Small work makes the same layouts again and again, and would take longer for them than for
  /// itself: so each thread keeps those of few axes that it made last. `axis`, which is asked more
  /// than once, makes none itself.
  @inline(__always)
  private init(rank: Int, offset: Int, _ axis: (Int) -> (extent: Int, step: Int?)) {
    guard offset == 0, rank <= Layout.mostAxesKept else {
      axes = Layout.make(rank, offset, axis)
      return
    }
    var hash = UInt64(truncatingIfNeeded: rank)
    for number in 0..<rank {
      let (extent, step) = axis(number)
      hash = hash &* 31 &+ UInt64(truncatingIfNeeded: extent &+ 7 &* (step ?? 0))
    }
    let places = my_kept_by_thread { Unmanaged<Axes>.fromOpaque($0).release() }
    let place = places + Int((hash &* 0x9E37_79B9_7F4A_7C15) >> (64 - UInt64(MY_KEPT_BITS)))
    let kept = place.pointee.map { Unmanaged<Axes>.fromOpaque($0) }
    if let kept, kept._withUnsafeGuaranteedRef({ Layout.has($0, rank, axis) }) {
      axes = kept.takeUnretainedValue()
      return
    }
    axes = Layout.make(rank, offset, axis)
    place.pointee = Unmanaged.passRetained(axes).toOpaque()
    kept?.release()
  }

  private static let mostAxesKept = 4

  /// Whether these are such axes, of memory without an offset.
  @inline(__always)
  private static func has(
    _ known: Axes, _ rank: Int, _ axis: (Int) -> (extent: Int, step: Int?)
  ) -> Bool {
    known.withUnsafeMutablePointers { header, axes in
      guard header.pointee.rank == rank else { return false }
      var count = 1
      for number in Swift.stride(from: rank - 1, through: 0, by: -1) {
        let (extent, step) = axis(number)
        guard axes[number] == (extent, step ?? count) else { return false }
        count = count &* Swift.max(extent, 1)
      }
      return true
    }
  }

  @inline(__always)
  private static func make(
    _ rank: Int, _ offset: Int, _ axis: (Int) -> (extent: Int, step: Int?)
  ) -> Axes {
    let axes = Memory.create(minimumCapacity: rank) { _ in Header(rank: rank, offset: offset) }
    axes.withUnsafeMutablePointers { header, axes in
      var count = 1
      var isTooLarge = false
      var isEmpty = false
      var isContiguous = true
      for number in Swift.stride(from: rank - 1, through: 0, by: -1) {
        let (extent, step) = axis(number)
        (axes + number).initialize(to: (extent, step ?? count))
        isContiguous = isContiguous && (extent == 1 || step ?? count == count)
        isEmpty = isEmpty || extent == 0
        let (next, overflow) = count.multipliedReportingOverflow(by: Swift.max(extent, 1))
        isTooLarge = isTooLarge || overflow
        count = next
      }
      header.pointee.elementCount = isEmpty ? 0 : isTooLarge ? -1 : count
      header.pointee.isContiguous = isContiguous || isEmpty
    }
    return axes
  }

  /// Elements one after the other in C order.
  package init(_ shape: Shape, offset: Int = 0) {
    self.init(rank: shape.rank, offset: offset) { (shape[$0], nil) }
  }

  /// So many elements one after the other along one axis.
  package init(count: Int, offset: Int = 0) {
    self.init(rank: 1, offset: offset) { _ in (count, nil) }
  }

  package init(shape: Shape, strides: some Collection<Int>, offset: Int) {
    self.init(shape: shape, strides: Dimensions(strides), offset: offset)
  }

  package init(shape: Shape, strides: Dimensions, offset: Int) {
    self.init(rank: shape.rank, offset: offset) { (shape[$0], strides[$0]) }
  }

  /// The layout of memory made for the same shape.
  package var inNewMemory: Layout {
    isContiguous && offset == 0 ? self : Layout(rank: rank, offset: 0) { (extent($0), nil) }
  }

  /// The layout of memory made for the shape without an axis.
  func inNewMemory(removing axis: Int) -> Layout {
    Layout(rank: rank - 1, offset: 0) { (extent($0 < axis ? $0 : $0 + 1), nil) }
  }
}

// Views: other layouts over the same elements.
extension Layout {
  /// The layout repeated to a larger shape.
  package func broadcast(to target: Shape) -> Layout {
    let lead = target.rank - rank
    return Layout(rank: target.rank, offset: offset) { axis in
      let own = axis - lead
      let repeats = own < 0 || (extent(own) == 1 && target[axis] != 1)
      return (target[axis], repeats ? 0 : stride(own))
    }
  }

  /// The layout with its axes the other way round.
  package var reversed: Layout {
    let last = rank - 1
    return Layout(rank: rank, offset: offset) { (extent(last - $0), stride(last - $0)) }
  }

  /// The layout with its axes in another order.
  package func transposed(_ order: [Int]) -> Layout {
    Layout(rank: rank, offset: offset) { (extent(order[$0]), stride(order[$0])) }
  }

  /// The layout of the same elements in C order under another shape, or `nil` if that takes a copy.
  ///
  /// Runs of axes that lie one after the other in memory can be cut anew.
  package func reshaped(to target: Shape) -> Layout? {
    if isContiguous {
      return Layout(target, offset: offset)
    }
    let kept = shape.indices.filter { shape[$0] != 1 }
    var steps: [Int] = []
    var source = 0
    var axis = 0
    while axis < target.rank {
      if target[axis] == 1 {
        steps.append(source < kept.count ? strides[kept[source]] : 1)
        axis += 1
        continue
      }
      guard source < kept.count else { return nil }
      // The smallest runs of source and target axes with the same number of elements.
      let firstSource = source
      let firstTarget = axis
      var sourceCount = shape[kept[source]]
      var targetCount = target[axis]
      while sourceCount != targetCount {
        if sourceCount < targetCount {
          source += 1
          sourceCount *= shape[kept[source]]
        } else {
          axis += 1
          targetCount *= target[axis]
        }
      }
      for inner in firstSource..<source {
        guard strides[kept[inner]] == strides[kept[inner + 1]] * shape[kept[inner + 1]] else {
          return nil
        }
      }
      var step = strides[kept[source]]
      var run: [Int] = []
      for position in Swift.stride(from: axis, through: firstTarget, by: -1) {
        run.append(step)
        step *= target[position]
      }
      steps += run.reversed()
      source += 1
      axis += 1
    }
    return Layout(shape: target, strides: steps, offset: offset)
  }

  /// The layout of every `step`-th of `count` elements of an axis, from `start` on.
  package func sliced(axis sliced: Int, start: Int, step: Int, count: Int) -> Layout {
    // A layout without elements stays where it is: a step from there could lead out of the memory.
    let isEmpty = header.elementCount == 0 || count == 0
    return Layout(rank: rank, offset: isEmpty ? offset : offset + start * stride(sliced)) { axis in
      axis == sliced ? (count, stride(axis) * step) : (extent(axis), stride(axis))
    }
  }
}

extension Layout: Hashable {
  package static func == (a: Layout, b: Layout) -> Bool {
    a.axes === b.axes
      || (a.hasShape(of: b) && a.strides == b.strides && a.offset == b.offset)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(shape)
    hasher.combine(strides)
    hasher.combine(offset)
  }
}
