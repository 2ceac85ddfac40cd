/// A symmetric matrix as `Q · T · Qᵀ` with `T` zero but for its diagonal and the elements beside
/// it.
struct Tridiagonal {
  /// The diagonal of `T`, `[n]`, and the elements below it, `[n − 1]`.
  var diagonal: [Double]
  var below: [Double]
  let reflectors: Reflectors

  /// How many columns are reduced before the rest of the matrix is updated.
  private static let panelWidth = 16

  /// Reduces a symmetric matrix, both triangles of which are given; its elements are used up.
  ///
  /// A reflection clears a row and the same column beyond the next element. What it does to the
  /// rest of the matrix is `− v · wᵀ − w · vᵀ`, which is gathered for a panel and then subtracted
  /// as a matrix product; until then each row is corrected by it.
  /// - SeeAlso: Dongarra, Sorensen & Hammarling 1989, "Block reduction of matrices to condensed
  ///   forms for eigenvalue computations".
  init(_ a: MatrixBlock, _ workspace: Workspace) {
    let n = a.rows
    diagonal = [Double](repeating: 0, count: n)
    below = [Double](repeating: 0, count: Swift.max(n - 1, 0))
    reflectors = Reflectors(count: Swift.max(n - 1, 0), length: n, offset: 1, workspace)
    let mark = workspace.mark()
    defer { workspace.release(mark) }
    let p = workspace.matrix(2 * Tridiagonal.panelWidth, n)
    let s = workspace.matrix(2 * Tridiagonal.panelWidth, n)
    let along = workspace.row(2 * Tridiagonal.panelWidth)
    for first in stride(from: 0, to: n, by: Tridiagonal.panelWidth) {
      let end = Swift.min(first + Tridiagonal.panelWidth, n)
      for j in first..<end {
        // The matrix is by now a − Pᵀ · S, with v and w in turn as rows of P, w and v as rows of S.
        let known = 0..<2 * (j - first)
        let (here, beyond) = (j..<n, j + 1..<n)
        let row = a.row(j, here)
        row.subtract(p.column(j, known).transposed, times: s[known, here], workspace)
        diagonal[j] = row[0, 0]
        if j + 1 == n { break }
        below[j] = reflectors.make(j, from: a.row(j, beyond))

        let v = reflectors.vector(j)
        let factor = reflectors.factors[j]
        let w = s.row(known.count, beyond)
        let products = along[0..<1, known]
        products.transposed.set(p[known, beyond], times: v.transposed)
        w.set(v, times: a[beyond, beyond])
        w.subtract(products, times: s[known, beyond], workspace)
        w.multiply(by: factor)
        // w − ½ τ (w · v) v
        let correction = p.row(known.count, beyond)
        correction.copy(from: v)
        correction.multiply(by: 0.5 * factor * w.dot(v))
        w.subtract(correction)
        correction.copy(from: v)
        p.row(known.count + 1, beyond).copy(from: w)
        s.row(known.count + 1, beyond).copy(from: v)
      }
      if end < n {
        let all = 0..<2 * (end - first)
        let rest = end..<n
        a[rest, rest].subtract(p[all, rest].transposed, times: s[all, rest], workspace)
      }
    }
  }
}

extension Tridiagonal {
  /// Makes `T` diagonal by rotations: its diagonal becomes the eigenvalues, in ascending order.
  ///
  /// The implicit QL iteration with Wilkinson's shift, from the larger end of each block to the
  /// smaller.
  ///
  /// - Parameter q: The columns of `Q` as rows, which become the eigenvectors; `nil` if they aren't
  ///   wanted.
  /// - Returns: The rows that belong to the eigenvalues, in their order, or `nil` if it didn't
  ///   converge: elements that are not finite don't.
  /// - SeeAlso: Parlett 1998, "The Symmetric Eigenvalue Problem", §8.14.
  mutating func diagonalize(_ q: MatrixBlock?) -> [Int]? {
    let n = diagonal.count
    var steps = 0
    var low = 0
    var rotations = Rotations()
    while low < n {
      var high = low
      while high + 1 < n, !isNegligible(high) { high += 1 }
      // The block from low to high; its end with the smaller element is found first.
      let isForward = diagonal[high].magnitude >= diagonal[low].magnitude
      var (near, far) = isForward ? (low, high) : (high, low)
      let step = isForward ? 1 : -1
      // Element k beside the diagonal is between k and k + step.
      func beside(_ k: Int) -> Int { isForward ? k : k - 1 }
      while near != far {
        var split = near
        while split != far, !isNegligible(beside(split)) { split += step }
        if split == near {
          near += step
          continue
        }
        steps += 1
        guard steps <= 30 * n else { return nil }
        sweep(near, split, step, beside, &rotations)
        if let q { rotations.apply(to: q, from: split, step: -step) }
      }
      low = high + 1
      far = high
    }
    if let q { Rotations.restoreLengths(of: q) }
    let order = diagonal.indices.sorted { diagonal[$0] < diagonal[$1] }
    diagonal = order.map { diagonal[$0] }
    return order
  }

  /// Sets an element beside the diagonal to zero if it is nothing beside its neighbours, and tells
  /// whether it is zero.
  private mutating func isNegligible(_ index: Int) -> Bool {
    let size = below[index].magnitude
    if size == 0 { return true }
    let neighbours =
      diagonal[index].magnitude.squareRoot() * diagonal[index + 1].magnitude.squareRoot()
    // What is nothing beside the largest elements, which aren't less than 2⁻⁴⁰⁰, is nothing too.
    guard size <= 0x1p-53 * neighbours || size <= 0x1p-511 else { return false }
    below[index] = 0
    return true
  }

  /// One step of the iteration, on the block from `near` to `end`.
  private mutating func sweep(
    _ near: Int, _ end: Int, _ step: Int, _ beside: (Int) -> Int, _ rotations: inout Rotations
  ) {
    rotations.removeAll()
    let e = below[beside(near)]
    var g = (diagonal[near + step] - diagonal[near]) / (2 * e)
    let length = hypotenuse(g, 1)
    g = diagonal[end] - diagonal[near] + e / (g + (g < 0 ? -length : length))
    var (c, s, shift) = (1.0, 1.0, 0.0)
    var k = end
    while k != near {
      k -= step
      let off = below[beside(k)]
      let (f, b) = (s * off, c * off)
      let rotation = Rotations.taking(g, f)
      (c, s) = (rotation.cosine, rotation.sine)
      if k + step != end { below[beside(k + step)] = rotation.length }
      g = diagonal[k + step] - shift
      let r = (diagonal[k] - g) * s + 2 * c * b
      shift = s * r
      diagonal[k + step] = g + shift
      g = c * r - b
      rotations.append(c, s)
    }
    diagonal[near] -= shift
    below[beside(near)] = g
  }
}
