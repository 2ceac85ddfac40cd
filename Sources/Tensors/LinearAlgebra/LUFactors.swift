/// Gaussian elimination with row exchanges: `P · A = L · U`.
///
/// `L` has ones on its diagonal; both lie in the place of `A`.
struct LUFactors {
  let matrix: MatrixBlock
  /// Row `i` was exchanged with row `pivots[i]`, in order.
  private(set) var pivots: [Int] = []
  /// Whether a pivot is zero, so that the matrix has no inverse.
  private(set) var isSingular = false

  /// Up to this many columns are eliminated one by one.
  private static let smallWidth = 8

  /// Replaces a square matrix by its factors.
  ///
  /// The columns are halved until there are few: what remains are exchanges, triangles and matrix
  /// products. A zero pivot doesn't end it.
  /// - SeeAlso: Toledo 1997, "Locality of reference in LU decomposition with partial pivoting".
  init(_ matrix: MatrixBlock, _ workspace: Workspace) {
    self.matrix = matrix
    pivots.reserveCapacity(matrix.rows)
    factor(0..<matrix.columns, workspace.row(matrix.columns), workspace)
  }

  private mutating func factor(
    _ columns: Range<Int>, _ spare: MatrixBlock, _ workspace: Workspace
  ) {
    if columns.count <= LUFactors.smallWidth {
      for column in columns { eliminate(column, in: columns, spare) }
      return
    }
    let middle = columns.lowerBound + columns.count / 2
    let (left, right) = (columns.lowerBound..<middle, middle..<columns.upperBound)
    let below = middle..<matrix.rows
    factor(left, spare, workspace)
    matrix[left, left].solveLower(matrix[left, right], unit: true, workspace)
    matrix[below, right].subtract(matrix[below, left], times: matrix[left, right], workspace)
    factor(right, spare, workspace)
  }

  /// Brings the largest element of a column to the diagonal and takes its row off those below, in
  /// some columns.
  private mutating func eliminate(_ column: Int, in columns: Range<Int>, _ spare: MatrixBlock) {
    let (start, step) = (matrix.start, matrix.rowStep)
    var pivot = column
    var largest = start[column * step + column].magnitude
    for row in column + 1..<Swift.max(matrix.rows, column + 1) {
      let size = start[row * step + column].magnitude
      if size > largest { (pivot, largest) = (row, size) }
    }
    pivots.append(pivot)
    if pivot != column {
      let (x, y) = (start + column * step, start + pivot * step)
      spare.start.update(from: x, count: matrix.columns)
      x.update(from: y, count: matrix.columns)
      y.update(from: spare.start, count: matrix.columns)
    }
    let top = start + column * step
    let diagonal = top[column]
    guard diagonal != 0 else {
      isSingular = true
      return
    }
    for row in column + 1..<Swift.max(matrix.rows, column + 1) {
      let elements = start + row * step
      let factor = elements[column] / diagonal
      elements[column] = factor
      for other in column + 1..<Swift.max(columns.upperBound, column + 1) {
        elements[other] -= factor * top[other]
      }
    }
  }

  /// Replaces the columns `b` of `x` by the solutions of `A · x = b`; the matrix is not singular.
  func solve(_ x: MatrixBlock, _ workspace: Workspace) {
    let spare = workspace.product(x.columns)
    for (row, pivot) in pivots.enumerated() where pivot != row {
      let (a, b) = (x.start + row * x.rowStep, x.start + pivot * x.rowStep)
      spare.update(from: a, count: x.columns)
      a.update(from: b, count: x.columns)
      b.update(from: spare, count: x.columns)
    }
    matrix.solveLower(x, unit: true, workspace)
    matrix.solveUpper(x, workspace)
  }

  /// The determinant as a sign, a number near 1 and a power of two: it can be beyond any double.
  var determinant: (sign: Double, significand: Double, exponent: Int) {
    var sign = 1.0
    var significand = 1.0
    var exponent = 0
    for (i, pivot) in pivots.enumerated() {
      let diagonal = matrix[i, i]
      if diagonal == 0 { return (0, 0, 0) }
      if (pivot != i) != (diagonal < 0) { sign = -sign }
      // The infinite and NaN have no exponent to take off.
      guard diagonal.isFinite, significand.isFinite else {
        significand *= diagonal.magnitude
        continue
      }
      significand *= diagonal.significand
      exponent += Int(diagonal.exponent) + Int(significand.exponent)
      significand = significand.significand
    }
    if significand > 2.0.squareRoot(), significand.isFinite {
      significand /= 2
      exponent += 1
    }
    return (sign, significand, exponent)
  }
}
