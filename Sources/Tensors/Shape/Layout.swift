/// Where the elements of a tensor lie in its storage: element `i` at `offset + Σ iₐ · strideₐ`.
package struct Layout: Sendable, Hashable {
  package var shape: Shape
  /// The step of each axis, in elements; 0 repeats, negative runs backwards.
  package var strides: Dimensions
  package var offset: Int
  /// Whether the elements lie one after the other in C order.
  package var isContiguous: Bool

  /// Elements one after the other in C order.
  package init(_ shape: Shape) {
    self.shape = shape
    strides = Layout.contiguousStrides(shape)
    offset = 0
    isContiguous = true
  }

  package init(shape: Shape, strides: some Collection<Int>, offset: Int) {
    self.init(shape: shape, strides: Dimensions(strides), offset: offset)
  }

  package init(shape: Shape, strides: Dimensions, offset: Int) {
    self.shape = shape
    self.strides = strides
    self.offset = offset
    isContiguous = Layout.isContiguous(shape, strides)
  }

  private static func contiguousStrides(_ shape: Shape) -> Dimensions {
    var strides = Dimensions(repeating: 1, count: shape.rank)
    var step = 1
    for axis in stride(from: shape.rank - 1, through: 0, by: -1) {
      strides[axis] = step
      step &*= Swift.max(shape[axis], 1)
    }
    return strides
  }

  private static func isContiguous(_ shape: Shape, _ strides: Dimensions) -> Bool {
    if shape.contains(0) { return true }
    var step = 1
    for axis in stride(from: shape.rank - 1, through: 0, by: -1) {
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
      var layout = Layout(target)
      layout.offset = offset
      return layout
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
      for position in stride(from: axis, through: firstTarget, by: -1) {
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
