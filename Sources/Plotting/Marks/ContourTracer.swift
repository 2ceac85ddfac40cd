/// Numbers over a grid, and the lines along which they have a level (marching squares, Lorensen and
/// Cline 1987, in the plane).
///
/// Along the edges between neighbouring points the numbers are taken as linear. Where two opposite
/// corners of a cell are above the level and two below, the mean of the four says which pair is joined.
/// Cells with a corner that isn't finite are left out.
struct ContourTracer {
  private let x: [Double]
  private let y: [Double]
  /// Row by row: `[y.count, x.count]`.
  private let z: [Double]
  private let columns: Int
  private let rows: Int
  /// Whether all four corners of a cell are finite; `[rows − 1, columns − 1]`.
  private let isWhole: [Bool]

  init(x: [Double], y: [Double], z: [Double]) {
    self.x = x
    self.y = y
    self.z = z
    let (columns, rows) = (x.count, y.count)
    self.columns = columns
    self.rows = rows
    guard columns > 1, rows > 1 else {
      isWhole = []
      return
    }
    let isFinite = (0..<rows * columns).map {
      z[$0].isFinite && x[$0 % columns].isFinite && y[$0 / columns].isFinite
    }
    isWhole = (0..<(rows - 1) * (columns - 1)).map { cell in
      let corner = cell / (columns - 1) * columns + cell % (columns - 1)
      return isFinite[corner] && isFinite[corner + 1] && isFinite[corner + columns]
        && isFinite[corner + columns + 1]
    }
  }

  /// A line, from its first point to its last; a closed one doesn't name the first again.
  struct Path {
    var points: [Point]
    var isClosed: Bool
  }

  /// The area where numbers are at or above a level, as closed lines.
  ///
  /// Where one lies in another, it is a hole or in a hole. If it `isStrict`, what is just at the level lies outside.
  func area(above level: Double, isStrict: Bool = false) -> [[Point]] {
    trace(level, isStrict: isStrict, withBorders: true).map(\.points)
  }

  /// The lines along which numbers have a level.
  func lines(at level: Double) -> [Path] { trace(level, isStrict: false, withBorders: false) }

  // MARK: Tracing

  // A node is a point of the grid, or the place where the level crosses the edge from that point to the
  // right or upwards (to the next row): three numbers a point. Of a cell, the part above the level is
  // walked around with that part at the left, so every crossing is left once and reached once, and lines
  // are joined by following the nodes.

  private func trace(_ level: Double, isStrict: Bool, withBorders: Bool) -> [Path] {
    guard !isWhole.isEmpty, level.isFinite else { return [] }
    var walk = Walk(nodes: 3 * rows * columns)
    let isAbove = z.map { isStrict ? $0 > level : $0 >= level }
    for row in 0..<rows - 1 {
      for column in 0..<columns - 1 where isWhole[row * (columns - 1) + column] {
        let corner = row * columns + column
        // Around the cell: along the row, to the next row, back.
        let corners = (corner, corner + 1, corner + columns + 1, corner + columns)
        let pattern =
          (isAbove[corners.0] ? 1 : 0) | (isAbove[corners.1] ? 2 : 0)
          | (isAbove[corners.2] ? 4 : 0) | (isAbove[corners.3] ? 8 : 0)
        if pattern == 0 { continue }
        // The crossings of its four sides.
        let bottom = 3 * corner + 1
        let right = 3 * (corner + 1) + 2
        let top = 3 * (corner + columns) + 1
        let left = 3 * corner + 2
        switch pattern {
        case 1: walk.step(bottom, left)
        case 2: walk.step(right, bottom)
        case 3: walk.step(right, left)
        case 4: walk.step(top, right)
        case 6: walk.step(top, bottom)
        case 7: walk.step(top, left)
        case 8: walk.step(left, top)
        case 9: walk.step(bottom, top)
        case 11: walk.step(right, top)
        case 12: walk.step(left, right)
        case 13: walk.step(bottom, right)
        case 14: walk.step(left, bottom)
        case 5, 10:
          let mean =
            z[corners.0] / 4 + z[corners.1] / 4 + z[corners.2] / 4 + z[corners.3] / 4
          let isJoined = isStrict ? mean > level : mean >= level
          switch (pattern, isJoined) {
          case (5, true):
            walk.step(bottom, right)
            walk.step(top, left)
          case (5, false):
            walk.step(bottom, left)
            walk.step(top, right)
          case (_, true):
            walk.step(left, bottom)
            walk.step(right, top)
          case (_, false):
            walk.step(right, bottom)
            walk.step(left, top)
          }
        default: break
        }
        guard withBorders else { continue }
        // Sides without a neighbour, with the cell at their left.
        func border(_ from: Int, _ crossing: Int, _ to: Int) {
          switch (isAbove[from], isAbove[to]) {
          case (true, true): walk.step(3 * from, 3 * to)
          case (true, false): walk.step(3 * from, crossing)
          case (false, true): walk.step(crossing, 3 * to)
          case (false, false): break
          }
        }
        if !isCell(row - 1, column) { border(corners.0, bottom, corners.1) }
        if !isCell(row, column + 1) { border(corners.1, right, corners.2) }
        if !isCell(row + 1, column) { border(corners.2, top, corners.3) }
        if !isCell(row, column - 1) { border(corners.3, left, corners.0) }
      }
    }
    return walk.paths().map { nodes, isClosed in
      Path(points: nodes.map { place(of: $0, level) }, isClosed: isClosed)
    }
  }

  private func isCell(_ row: Int, _ column: Int) -> Bool {
    0..<rows - 1 ~= row && 0..<columns - 1 ~= column && isWhole[row * (columns - 1) + column]
  }

  private func place(of node: Int, _ level: Double) -> Point {
    let (index, kind) = node.quotientAndRemainder(dividingBy: 3)
    let (row, column) = index.quotientAndRemainder(dividingBy: columns)
    if kind == 0 { return Point(x[column], y[row]) }
    let other = kind == 1 ? index + 1 : index + columns
    // Halves, since the difference of the largest numbers is infinite.
    let part = (level / 2 - z[index] / 2) / (z[other] / 2 - z[index] / 2)
    let weight = part.isNaN ? 0.5 : max(0, min(1, part))
    func between(_ a: Double, _ b: Double) -> Double { a * (1 - weight) + b * weight }
    return kind == 1
      ? Point(between(x[column], x[column + 1]), y[row])
      : Point(x[column], between(y[row], y[row + 1]))
  }

  /// Steps from node to node, joined to paths.
  private struct Walk {
    private var next: [Int32]
    /// A second step from a point of the grid, where two cells meet in a corner alone.
    private var second: [Int32: Int32] = [:]
    private var isReached: [Bool]
    private var starts: [Int32] = []

    init(nodes: Int) {
      next = Array(repeating: -1, count: nodes)
      isReached = Array(repeating: false, count: nodes)
    }

    mutating func step(_ from: Int, _ to: Int) {
      if next[from] < 0 {
        next[from] = Int32(to)
        starts.append(Int32(from))
      } else {
        second[Int32(from)] = Int32(to)
      }
      isReached[to] = true
    }

    /// The paths, those with an end first; each step is used once.
    mutating func paths() -> [(nodes: [Int], isClosed: Bool)] {
      var paths: [(nodes: [Int], isClosed: Bool)] = []
      let open = starts.filter { !isReached[Int($0)] }
      for start in open + starts {
        var node = Int(start)
        var nodes: [Int] = []
        while let step = leave(node) {
          nodes.append(node)
          node = step
        }
        if nodes.isEmpty { continue }
        let isClosed = node == Int(start)
        if !isClosed { nodes.append(node) }
        paths.append((nodes, isClosed))
      }
      return paths
    }

    private mutating func leave(_ node: Int) -> Int? {
      if next[node] >= 0 {
        let step = Int(next[node])
        next[node] = -1
        return step
      }
      return second.removeValue(forKey: Int32(node)).map(Int.init)
    }
  }
}
