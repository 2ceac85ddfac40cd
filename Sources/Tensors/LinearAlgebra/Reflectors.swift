/// Householder reflections `Hᵢ = I − τᵢ · vᵢ · vᵢᵀ`, whose product `Q = H₀ · H₁ · …` is orthogonal.
///
/// They are applied a block at a time, as `I − Vᵀ · T · V` with the vectors as rows of `V` and `T`
/// upper triangular: the work is matrix products.
/// - SeeAlso: Schreiber & Van Loan 1989, "A storage-efficient WY representation for products of
///   Householder transformations".
struct Reflectors {
  /// `[count, length]`: vector `i` is 0 in front of element `i + offset`, where it is 1.
  let vectors: MatrixBlock
  /// `τ`, one for each vector.
  let factors: UnsafeMutablePointer<Double>
  /// Where the first vector begins.
  let offset: Int

  /// How many reflections are applied at a time.
  static let blockSize = 32

  init(count: Int, length: Int, offset: Int, _ workspace: Workspace) {
    vectors = workspace.matrix(count, length)
    vectors.fill(0)
    factors = workspace.numbers(count)
    self.offset = offset
  }

  var count: Int { vectors.rows }
  var length: Int { vectors.columns }

  /// The part of a vector that can differ from 0, as a row.
  func vector(_ index: Int) -> MatrixBlock { vectors.row(index, index + offset..<length) }

  /// Makes reflection `index` of the vector that it is to take to `(β, 0, …, 0)`.
  ///
  /// - Parameters:
  ///   - index: Which reflection is made.
  ///   - x: `[1, length − index − offset]`; it may be the place of the vector itself.
  /// - Returns: `β`.
  func make(_ index: Int, from x: MatrixBlock) -> Double {
    let v = vector(index)
    if v.start != x.start { v.copy(from: x) }
    let (beta, factor) = Reflectors.reflect(v)
    factors[index] = factor
    return beta
  }

  /// Replaces a row `x` by the vector `v` of a reflection that takes it to `(β, 0, …, 0)`.
  private static func reflect(_ x: MatrixBlock) -> (beta: Double, factor: Double) {
    let tail = x.row(0, 1..<x.columns)
    var first = x[0, 0]
    var norm = tail.norm
    defer { x[0, 0] = 1 }
    if norm == 0 { return (first, 0) }
    var beta = hypotenuse(first, norm)
    // Vectors of numbers near the smallest are enlarged first: their quotients would lose digits.
    let isTiny = beta < 0x1p-960
    if isTiny {
      tail.multiply(by: 0x1p700)
      first *= 0x1p700
      norm = tail.norm
      beta = hypotenuse(first, norm)
    }
    if first > 0 { beta = -beta }
    tail.divide(by: first - beta)
    let factor = (beta - first) / beta
    return (isTiny ? beta * 0x1p-700 : beta, factor)
  }

  /// The blocks of reflections, in order.
  private var blocks: [Range<Int>] {
    stride(from: 0, to: count, by: Reflectors.blockSize).map {
      $0..<Swift.min($0 + Reflectors.blockSize, count)
    }
  }

  /// The matrix `T` of a block of reflections.
  private func triangle(_ block: Range<Int>, _ workspace: Workspace) -> MatrixBlock {
    let v = vectors[block, block.lowerBound + offset..<length]
    let triangle = workspace.matrix(v.rows, v.rows)
    let products = workspace.matrix(v.rows, v.rows)
    products.set(v, times: v.transposed)
    for j in 0..<v.rows {
      let factor = factors[block.lowerBound + j]
      for i in j..<v.rows { triangle[i, j] = i == j ? factor : 0 }
      for i in 0..<j {
        var sum = 0.0
        for k in i..<j { sum += triangle[i, k] * products[k, j] }
        triangle[i, j] = -factor * sum
      }
    }
    return triangle
  }

  /// Multiplies rows from the right by the product of a block of reflections, or by its transpose.
  ///
  /// - Parameters:
  ///   - block: Which reflections.
  ///   - rows: `[any, length]`; only the columns that the block reflects are touched.
  ///   - transposed: Whether the reflections are taken in reverse order.
  ///   - workspace: Memory for products.
  func apply(
    _ block: Range<Int>, to rows: MatrixBlock, transposed: Bool, _ workspace: Workspace
  ) {
    if rows.rows == 0 || block.isEmpty { return }
    let mark = workspace.mark()
    defer { workspace.release(mark) }
    let touched = block.lowerBound + offset..<length
    let v = vectors[block, touched]
    let target = rows[0..<rows.rows, touched]
    let triangle = triangle(block, workspace)
    let along = workspace.matrix(rows.rows, v.rows)
    let mixed = workspace.matrix(rows.rows, v.rows)
    // Products are fastest when rows of the second factor lie together.
    let columns = workspace.matrix(v.columns, v.rows)
    columns.copy(from: v.transposed)
    along.set(target, times: columns)
    mixed.set(along, times: transposed ? triangle.transposed : triangle)
    target.subtract(mixed, times: v, workspace)
  }

  /// Multiplies rows from the right by `Q`: columns `c` become `Qᵀ · c`, if the rows are they.
  func apply(to rows: MatrixBlock, _ workspace: Workspace) {
    for block in blocks { apply(block, to: rows, transposed: false, workspace) }
  }

  /// Sets the rows of a matrix to the first columns of `Q`.
  ///
  /// - Parameters:
  ///   - rows: `[from count + offset (at most length) to length, length]`.
  ///   - workspace: Memory for products.
  func setColumns(_ rows: MatrixBlock, _ workspace: Workspace) {
    rows.setIdentity()
    for block in blocks.reversed() {
      // The rows above are still those of the identity, which the block leaves alone.
      let first = block.lowerBound + offset
      if first >= rows.rows { continue }
      apply(block, to: rows[first..<rows.rows, 0..<length], transposed: true, workspace)
    }
  }
}
