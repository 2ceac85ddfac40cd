// Systems of equations with triangular matrices, by halves: most of the work is matrix products.

extension MatrixBlock {
  /// Up to this many rows a triangle is solved row by row.
  private static let smallTriangle = 16

  /// Replaces the columns `b` of `x` by the solutions of `self · x = b`, for a lower triangle.
  ///
  /// - Parameters:
  ///   - x: As many rows as this block.
  ///   - unit: Whether the diagonal is taken as ones; else it is read.
  ///   - workspace: Memory for products.
  func solveLower(_ x: MatrixBlock, unit: Bool, _ workspace: Workspace) {
    let all = 0..<x.columns
    if rows <= MatrixBlock.smallTriangle {
      for i in 0..<rows {
        let row = x.row(i)
        row.subtract(self.row(i, 0..<i), times: x[0..<i, all], workspace)
        if !unit { row.divide(by: self[i, i]) }
      }
      return
    }
    let (top, bottom) = (0..<rows / 2, rows / 2..<rows)
    self[top, top].solveLower(x[top, all], unit: unit, workspace)
    x[bottom, all].subtract(self[bottom, top], times: x[top, all], workspace)
    self[bottom, bottom].solveLower(x[bottom, all], unit: unit, workspace)
  }

  /// Replaces the columns `b` of `x` by the solutions of `self · x = b`, for an upper triangle.
  func solveUpper(_ x: MatrixBlock, _ workspace: Workspace) {
    let all = 0..<x.columns
    if rows <= MatrixBlock.smallTriangle {
      for i in (0..<rows).reversed() {
        let row = x.row(i)
        let later = i + 1..<rows
        row.subtract(self.row(i, later), times: x[later, all], workspace)
        row.divide(by: self[i, i])
      }
      return
    }
    let (top, bottom) = (0..<rows / 2, rows / 2..<rows)
    self[bottom, bottom].solveUpper(x[bottom, all], workspace)
    x[top, all].subtract(self[top, bottom], times: x[bottom, all], workspace)
    self[top, top].solveUpper(x[top, all], workspace)
  }

  /// Sets the elements below the diagonal to zero.
  func clearLower() {
    for i in 1..<Swift.max(rows, 1) { row(i, 0..<Swift.min(i, columns)).fill(0) }
  }
}
