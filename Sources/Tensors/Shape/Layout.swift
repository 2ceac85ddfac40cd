/// Where the elements of a tensor lie in its storage: element `i` at `offset + Σ iₐ · strideₐ`.
///
/// A reference to something that never changes: tensors are handed on at the cost of two words, and
/// a result that lies as its operand does shares its layout.
package struct Layout: Sendable {
  private final class Parts: Sendable {
    let shape: Shape
    let strides: Dimensions
    let offset: Int
    let isContiguous: Bool

    init(_ shape: Shape, _ strides: Dimensions, _ offset: Int, isContiguous: Bool) {
      self.shape = shape
      self.strides = strides
      self.offset = offset
      self.isContiguous = isContiguous
    }
  }

  private var parts: Parts

  package var shape: Shape { parts.shape }
  /// The step of each axis, in elements; 0 repeats, negative runs backwards.
  package var strides: Dimensions { parts.strides }
  package var offset: Int { parts.offset }
  /// Whether the elements lie one after the other in C order.
  package var isContiguous: Bool { parts.isContiguous }

  // Single numbers, without a copy of what they stand in.
  package var rank: Int { parts.shape.dimensions.count }
  package var elementCount: Int { parts.shape.elementCount }
  package func extent(_ axis: Int) -> Int { parts.shape.dimensions[axis] }
  /// The step along an axis of a shape of that rank, to which the elements are broadcast.
  package func step(_ axis: Int, ofRank rank: Int) -> Int {
    let own = axis - (rank - self.rank)
    return own < 0 || extent(own) == 1 ? 0 : stride(own)
  }
  package func hasShape(of other: Layout) -> Bool {
    parts === other.parts || parts.shape.dimensions == other.parts.shape.dimensions
  }
  package func stride(_ axis: Int) -> Int { parts.strides[axis] }

  /// Elements one after the other in C order.
  package init(_ shape: Shape, offset: Int = 0) {
    parts = Parts(shape, Layout.contiguousStrides(shape), offset, isContiguous: true)
  }

  package init(shape: Shape, strides: some Collection<Int>, offset: Int) {
    self.init(shape: shape, strides: Dimensions(strides), offset: offset)
  }

  package init(shape: Shape, strides: Dimensions, offset: Int) {
    parts = Parts(
      shape, strides, offset, isContiguous: Layout.isContiguous(shape, strides))
  }

  private static func contiguousStrides(_ shape: Shape) -> Dimensions {
    var strides = Dimensions(repeating: 1, count: shape.rank)
    var step = 1
    for axis in Swift.stride(from: shape.rank - 1, through: 0, by: -1) {
      strides[axis] = step
      step &*= Swift.max(shape[axis], 1)
    }
    return strides
  }

  private static func isContiguous(_ shape: Shape, _ strides: Dimensions) -> Bool {
    if shape.checkedElementCount == 0 { return true }
    var step = 1
    for axis in Swift.stride(from: shape.rank - 1, through: 0, by: -1) {
      if shape[axis] != 1 {
        if strides[axis] != step { return false }
        step &*= shape[axis]
      }
    }
    return true
  }
}

// Views: other layouts over the same elements.
extension Layout {
  /// The layout repeated to a larger shape.
  package func broadcast(to target: Shape) -> Layout {
    let lead = target.rank - shape.rank
    var steps = Dimensions(repeating: 0, count: target.rank)
    for axis in lead..<target.rank where shape[axis - lead] != 1 || target[axis] == 1 {
      steps[axis] = strides[axis - lead]
    }
    return Layout(shape: target, strides: steps, offset: offset)
  }

  /// The layout with its axes the other way round.
  package var reversed: Layout {
    var extents = Dimensions(repeating: 0, count: rank)
    var steps = extents
    for axis in 0..<rank {
      extents[rank - 1 - axis] = extent(axis)
      steps[rank - 1 - axis] = stride(axis)
    }
    return Layout(shape: Shape(extents), strides: steps, offset: offset)
  }

  /// The layout with its axes in another order.
  package func transposed(_ axes: [Int]) -> Layout {
    Layout(
      shape: Shape(axes.map { shape[$0] }), strides: axes.map { strides[$0] }, offset: offset)
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
  package func sliced(axis: Int, start: Int, step: Int, count: Int) -> Layout {
    var steps = strides
    steps[axis] = strides[axis] * step
    let part = shape.replacing(axis: axis, by: count)
    // A layout without elements stays where it is: a step from there could lead out of the memory.
    return Layout(
      shape: part, strides: steps,
      offset: part.contains(0) ? offset : offset + start * strides[axis])
  }
}

extension Layout: Hashable {
  package static func == (a: Layout, b: Layout) -> Bool {
    a.parts === b.parts
      || (a.shape == b.shape && a.strides == b.strides && a.offset == b.offset)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(shape)
    hasher.combine(strides)
    hasher.combine(offset)
  }
}
