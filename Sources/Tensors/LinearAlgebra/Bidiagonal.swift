/// A matrix as `Q · B · Pᵀ` with `B` zero but for its diagonal and the elements right of it.
struct Bidiagonal {
  /// The diagonal of `B`, `[columns]`, and the elements right of it, `[columns − 1]`.
  var diagonal: [Double]
  var above: [Double]
  let left: Reflectors
  let right: Reflectors

  /// How many columns are reduced before the rest of the matrix is updated.
  private static let panelWidth = 16

  /// Reduces a matrix with at least as many rows as columns; its elements are used up.
  ///
  /// A reflection from the left clears a column below the diagonal, one from the right clears a row
  /// beyond the next element. What they do to the rest of the matrix is `− Pᵀ · S` with a few rows
  /// in `P` and `S`, which is gathered for a panel and then subtracted as a matrix product; until
  /// then each vector is corrected by it.
  /// - SeeAlso: Dongarra, Sorensen & Hammarling 1989, "Block reduction of matrices to condensed
  ///   forms for eigenvalue computations".
  init(_ a: MatrixBlock, _ workspace: Workspace) {
    let (m, n) = (a.rows, a.columns)
    diagonal = [Double](repeating: 0, count: n)
    above = [Double](repeating: 0, count: Swift.max(n - 1, 0))
    left = Reflectors(count: n, length: m, offset: 0, workspace)
    right = Reflectors(count: Swift.max(n - 1, 0), length: n, offset: 1, workspace)
    let mark = workspace.mark()
    defer { workspace.release(mark) }
    let p = workspace.matrix(2 * Bidiagonal.panelWidth, m)
    let s = workspace.matrix(2 * Bidiagonal.panelWidth, n)
    let along = workspace.row(2 * Bidiagonal.panelWidth)
    let column = workspace.row(m)
    for first in stride(from: 0, to: n, by: Bidiagonal.panelWidth) {
      let end = Swift.min(first + Bidiagonal.panelWidth, n)
      for j in first..<end {
        let known = 0..<2 * (j - first)
        let (below, beyond) = (j..<m, j + 1..<n)
        let x = column[0..<1, below]
        x.copy(from: a.column(j, below).transposed)
        x.subtract(s.column(j, known).transposed, times: p[known, below], workspace)
        diagonal[j] = left.make(j, from: x)
        if j + 1 == n { break }

        // S gets τ · vᵀ · A, P gets v.
        let v = left.vector(j)
        let row = s.row(known.count, beyond)
        let products = along[0..<1, known]
        products.transposed.set(p[known, below], times: v.transposed)
        row.set(v, times: a[below, beyond])
        row.subtract(products, times: s[known, beyond], workspace)
        row.multiply(by: left.factors[j])
        p.row(known.count, below).copy(from: v)

        let y = a.row(j, beyond)
        let more = 0..<known.count + 1
        y.subtract(p.column(j, more).transposed, times: s[more, beyond], workspace)
        above[j] = right.make(j, from: y)

        // P gets π · A · u, S gets u.
        let u = right.vector(j)
        let rest = j + 1..<m
        let result = p.row(more.count, rest)
        let overlaps = along[0..<1, more]
        overlaps.transposed.set(s[more, beyond], times: u.transposed)
        result.transposed.set(a[rest, beyond], times: u.transposed)
        result.subtract(overlaps, times: p[more, rest], workspace)
        result.multiply(by: right.factors[j])
        s.row(more.count, beyond).copy(from: u)
      }
      if end < n {
        let all = 0..<2 * (end - first)
        a[end..<m, end..<n].subtract(
          p[all, end..<m].transposed, times: s[all, end..<n], workspace)
      }
    }
  }
}

extension Bidiagonal {
  /// Makes `B` diagonal by rotations from both sides: its diagonal becomes the singular values,
  /// none negative, in descending order.
  ///
  /// The implicit QR iteration, without a shift where that would spoil small singular values, which
  /// are found to high relative accuracy.
  ///
  /// - Parameters:
  ///   - q: The columns of `Q` as rows; `nil` if they aren't wanted.
  ///   - p: The columns of `P` likewise.
  /// - Returns: The rows that belong to the singular values, in their order, or `nil` if it didn't
  ///   converge: elements that are not finite don't.
  /// - SeeAlso: Demmel & Kahan 1990, "Accurate singular values of bidiagonal matrices".
  mutating func diagonalize(_ q: MatrixBlock?, _ p: MatrixBlock?) -> [Int]? {
    let n = diagonal.count
    guard n > 0 else { return [] }
    var iteration = Iteration(diagonal, above)
    guard iteration.run(&diagonal, &above, q, p) else { return nil }
    for i in 0..<n where diagonal[i].sign == .minus {
      diagonal[i] = -diagonal[i]
      p?.row(i).multiply(by: -1)
    }
    for rows in [q, p].compactMap({ $0 }) { Rotations.restoreLengths(of: rows) }
    let order = diagonal.indices.sorted { diagonal[$0] > diagonal[$1] }
    diagonal = order.map { diagonal[$0] }
    return order
  }

  private struct Iteration {
    /// What is negligible beside an element.
    static let tolerance = 8 * 0x1p-53
    /// Elements up to here are zero.
    let threshold: Double
    let limit: Int
    var steps = 0
    /// The rotations of a sweep: those made first in each step, and those made then.
    var firsts = Rotations()
    var seconds = Rotations()

    init(_ d: [Double], _ e: [Double]) {
      let n = d.count
      // A bound from below on the smallest singular value.
      var reach = d[0].magnitude
      var least = reach
      for i in 1..<n where least > 0 {
        reach = d[i].magnitude * (reach / (reach + e[i - 1].magnitude))
        least = Swift.min(least, reach)
      }
      least /= Double(n).squareRoot()
      limit = 6 * n * n
      threshold = Swift.max(
        Iteration.tolerance * least, Double(limit) * Double.leastNormalMagnitude)
    }

    mutating func run(
      _ d: inout [Double], _ e: inout [Double], _ q: MatrixBlock?, _ p: MatrixBlock?
    ) -> Bool {
      var high = d.count - 1
      var block = (low: -1, high: -1)
      var isDescending = true
      while high > 0 {
        if d[high].magnitude <= threshold { d[high] = 0 }
        // The block that ends at `high`: no element right of its diagonal is zero.
        var low = high
        var largest = d[high].magnitude
        while low > 0 {
          if e[low - 1].magnitude <= threshold {
            e[low - 1] = 0
            break
          }
          low -= 1
          if d[low].magnitude <= threshold { d[low] = 0 }
          largest = Swift.max(largest, Swift.max(d[low].magnitude, e[low].magnitude))
        }
        if low == high {
          high -= 1
          continue
        }
        // From the larger end to the smaller; a new block may need the other direction.
        if low > block.high || high < block.low {
          isDescending = d[low].magnitude >= d[high].magnitude
        }
        block = (low, high)
        steps += high - low
        guard steps <= limit else { return false }
        sweep(&d, &e, low, high, isDescending, largest, q, p)
      }
      return true
    }

    /// One step of the iteration on a block, or the finding that an element of it is negligible.
    ///
    /// Upwards, the block is taken in reverse order and transposed, so that `Q` and `P` change
    /// places.
    private mutating func sweep(
      _ d: inout [Double], _ e: inout [Double], _ low: Int, _ high: Int, _ isDescending: Bool,
      _ largest: Double, _ q: MatrixBlock?, _ p: MatrixBlock?
    ) {
      let count = high - low
      let step = isDescending ? 1 : -1
      let first = isDescending ? low : high
      // Element k of the diagonal stands at first + step · k, the one after it at edge + step · k.
      let edge = isDescending ? low : high - 1
      func at(_ k: Int) -> Int { first + step * k }
      func after(_ k: Int) -> Int { edge + step * k }

      let tolerance = Iteration.tolerance
      if e[after(count - 1)].magnitude <= tolerance * d[at(count)].magnitude {
        e[after(count - 1)] = 0
        return
      }
      var reach = d[at(0)].magnitude
      var least = reach
      for k in 0..<count {
        let off = e[after(k)].magnitude
        if off <= tolerance * reach {
          e[after(k)] = 0
          return
        }
        reach = d[at(k + 1)].magnitude * (reach / (reach + off))
        least = Swift.min(least, reach)
      }

      var shift = 0.0
      // A shift would change the smallest singular value by rounding errors of the largest: only if
      // it isn't a hundred times n times smaller.
      if 100 * Double(d.count) * least > largest {
        shift = Iteration.smallerSingularValue(
          d[at(count - 1)], e[after(count - 1)], d[at(count)])
        let ratio = shift / d[at(0)].magnitude
        // Too small to be of use.
        if !(ratio * ratio >= 0x1p-53) { shift = 0 }
      }

      firsts.removeAll()
      seconds.removeAll()
      if shift == 0 {
        var (c, oldC, oldS) = (1.0, 1.0, 0.0)
        for k in 0..<count {
          let right = Rotations.taking(d[at(k)] * c, e[after(k)])
          if k > 0 { e[after(k - 1)] = oldS * right.length }
          let left = Rotations.taking(oldC * right.length, d[at(k + 1)] * right.sine)
          d[at(k)] = left.length
          (c, oldC, oldS) = (right.cosine, left.cosine, left.sine)
          firsts.append(right.cosine, right.sine)
          seconds.append(left.cosine, left.sine)
        }
        let last = d[at(count)] * c
        d[at(count)] = last * oldC
        e[after(count - 1)] = last * oldS
      } else {
        let start = d[at(0)]
        var f = (start.magnitude - shift) * ((start < 0 ? -1 : 1) + shift / start)
        var g = e[after(0)]
        for k in 0..<count {
          let right = Rotations.taking(f, g)
          if k > 0 { e[after(k - 1)] = right.length }
          f = right.cosine * d[at(k)] + right.sine * e[after(k)]
          e[after(k)] = right.cosine * e[after(k)] - right.sine * d[at(k)]
          g = right.sine * d[at(k + 1)]
          d[at(k + 1)] *= right.cosine
          let left = Rotations.taking(f, g)
          d[at(k)] = left.length
          f = left.cosine * e[after(k)] + left.sine * d[at(k + 1)]
          d[at(k + 1)] = left.cosine * d[at(k + 1)] - left.sine * e[after(k)]
          if k + 1 < count {
            g = left.sine * e[after(k + 1)]
            e[after(k + 1)] *= left.cosine
          }
          firsts.append(right.cosine, right.sine)
          seconds.append(left.cosine, left.sine)
        }
        e[after(count - 1)] = f
      }
      if e[after(count - 1)].magnitude <= threshold { e[after(count - 1)] = 0 }
      if let rows = isDescending ? p : q { firsts.apply(to: rows, from: first, step: step) }
      if let rows = isDescending ? q : p { seconds.apply(to: rows, from: first, step: step) }
    }

    /// The smaller singular value of `[[f, g], [0, h]]`, without overflow.
    private static func smallerSingularValue(_ f: Double, _ g: Double, _ h: Double) -> Double {
      let (small, large) = (
        Swift.min(f.magnitude, h.magnitude), Swift.max(f.magnitude, h.magnitude)
      )
      let corner = g.magnitude
      if small == 0 { return 0 }
      let sum = 1 + small / large
      let difference = (large - small) / large
      if corner < large {
        let ratio = (corner / large) * (corner / large)
        let halves =
          (sum * sum + ratio).squareRoot() + (difference * difference + ratio).squareRoot()
        return small * (2 / halves)
      }
      let ratio = large / corner
      if ratio == 0 { return small * large / corner }
      let a = (1 + sum * ratio * (sum * ratio)).squareRoot()
      let b = (1 + difference * ratio * (difference * ratio)).squareRoot()
      return 2 * (small * (1 / (a + b)) * ratio)
    }
  }
}
