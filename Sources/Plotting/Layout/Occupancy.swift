/// Which parts of an area are drawn on, to a few points: what a legend keeps away from.
package struct Occupancy: Sendable {
  private let area: Box
  private let columns: Int
  private let rows: Int
  private var cells: [Bool]
  private var free: Int
  private static let cell = 3.0

  package init(_ area: Box) {
    self.area = area
    columns = max(1, min(2000, Int((area.width / Occupancy.cell).rounded(.up))))
    rows = max(1, min(2000, Int((area.height / Occupancy.cell).rounded(.up))))
    free = columns * rows
    cells = Array(repeating: false, count: free)
  }

  private func range(_ low: Double, _ high: Double, _ count: Int) -> ClosedRange<Int>? {
    let last = Double(count) - 1
    let (low, high) = (
      (low / Occupancy.cell).rounded(.down), (high / Occupancy.cell).rounded(.down)
    )
    guard high >= 0, low <= last else { return nil }
    return Int(max(0, low))...Int(min(last, max(low, high)))
  }

  /// Takes a box.
  package mutating func mark(_ box: Box) {
    guard free > 0, let x = range(box.left - area.left, box.right - area.left, columns),
      let y = range(box.top - area.top, box.bottom - area.top, rows)
    else { return }
    for row in y {
      for column in x where !cells[row * columns + column] {
        cells[row * columns + column] = true
        free -= 1
      }
    }
  }

  /// Takes a line, or the area inside of it.
  package mutating func mark(_ points: [Point], isClosed: Bool, isFilled: Bool) {
    let inner = area.expanded(by: 1)
    for index in points.indices {
      guard index > 0 || isClosed else { continue }
      let start = points[index == 0 ? points.count - 1 : index - 1]
      guard let (a, b) = inner.clipping(start, points[index]) else { continue }
      let length = max(abs(b.x - a.x), abs(b.y - a.y))
      let steps = max(1, Int((length / (Occupancy.cell / 2)).rounded(.up)))
      for step in 0...steps {
        let part = Double(step) / Double(steps)
        let (x, y) = (a.x + part * (b.x - a.x), a.y + part * (b.y - a.y))
        mark(Box(left: x, top: y, width: 0, height: 0))
      }
    }
    if isFilled { fill(points) }
  }

  /// Takes the cells whose middle lies inside, row by row, by the even-odd rule.
  private mutating func fill(_ points: [Point]) {
    let heights = points.map(\.y)
    guard points.count > 2, let low = heights.min(), let high = heights.max(),
      let y = range(low - area.top, high - area.top, rows)
    else { return }
    // Where the edges cross the middles of the rows.
    var crossings: [[Double]] = Array(repeating: [], count: rows)
    for index in points.indices {
      let (a, b) = (points[index], points[(index + 1) % points.count])
      guard let crossed = range(min(a.y, b.y) - area.top, max(a.y, b.y) - area.top, rows) else {
        continue
      }
      for row in crossed {
        let middle = area.top + (Double(row) + 0.5) * Occupancy.cell
        if (a.y <= middle) != (b.y <= middle) {
          crossings[row].append(a.x + (middle - a.y) / (b.y - a.y) * (b.x - a.x))
        }
      }
    }
    for row in y {
      let middle = area.top + (Double(row) + 0.5) * Occupancy.cell
      let sorted = crossings[row].sorted()
      for pair in stride(from: 0, to: sorted.count - 1, by: 2) {
        mark(Box(left: sorted[pair], top: middle, right: sorted[pair + 1], bottom: middle))
      }
    }
  }

  /// How many cells of a box are taken; what lies outside of the area isn't.
  package func count(in box: Box) -> Int {
    guard let x = range(box.left - area.left, box.right - area.left, columns),
      let y = range(box.top - area.top, box.bottom - area.top, rows)
    else { return 0 }
    return y.reduce(0) { sum, row in
      sum + x.reduce(0) { $0 + (cells[row * columns + $1] ? 1 : 0) }
    }
  }
}
