/// How much of `q` and `r` a QR factorization returns.
///
///     let a: Tensor<Double> = [[3], [4]]
///     try a.qr(QRMode.reduced).q.shape  // (2, 1)
///     try a.qr(.complete).q.shape       // (2, 2)
public enum QRMode: Sendable, Hashable, CaseIterable {
  /// As many columns of `q` and rows of `r` as carry something: the smaller extent of the matrix.
  case reduced
  /// All columns of a square `q`.
  case complete
}

/// Factors `q · r` of matrices: `q` with orthonormal columns, `r` an upper triangle.
///
///     let a: Tensor<Double> = [[3, 1], [4, 2]]
///     let factors = try a.qr()
///     factors.q.matmul(factors.r).allClose(to: a)  // true
public struct QRFactors<Scalar: FloatingScalar>: Sendable {
  /// `[…, m, k]`, with `k` the smaller of `m` and `n`, or `m` in the complete mode.
  public let q: Tensor<Scalar>
  /// `[…, k, n]`.
  public let r: Tensor<Scalar>
}

extension Tensor where Scalar: FloatingScalar {
  /// Returns the factors `q · r` of a matrix, or of each of a stack.
  ///
  ///     let a: Tensor<Double> = [[3, 1], [4, 2]]
  ///     try a.qr().r  // [[-5.  -2.2]
  ///                   //  [ 0.   0.4]]
  ///
  /// By Householder reflections, in double precision. Elements that are not finite give factors of
  /// NaN.
  ///
  /// - Parameter mode: How many columns `q` gets.
  /// - Returns: Both factors; the diagonal of `r` can be negative.
  /// - Throws: `LinearAlgebraError` if the tensor has fewer than two axes.
  /// - Precondition: The tensor is not traced.
  /// - Complexity: O(*m* *n* min(*m*, *n*)) for each matrix.
  /// - SeeAlso: NumPy's `linalg.qr`; its mode `r` is ``triangularFactor()``.
  public func qr(_ mode: QRMode = .reduced) throws(LinearAlgebraError) -> QRFactors<Scalar> {
    requireConcrete(for: "qr")
    try checkMatrices()
    let (m, n) = (shape[rank - 2], shape[rank - 1])
    let count = mode == .complete ? m : Swift.min(m, n)
    let batch = Shape(Array(shape.extents.dropLast(2)))
    let q = MatrixStack(batch: batch, rows: count, columns: m)
    let r = factorQR(count, columns: q)
    return QRFactors(q: q.transposed(), r: r)
  }

  /// Returns the factor `r` of ``qr(_:)`` alone.
  ///
  ///     let a: Tensor<Double> = [[3, 1], [4, 2]]
  ///     try a.triangularFactor()  // [[-5.  -2.2]
  ///                               //  [ 0.   0.4]]
  ///
  /// - Returns: `[…, k, n]`, with `k` the smaller of `m` and `n`.
  /// - Throws: `LinearAlgebraError` if the tensor has fewer than two axes.
  /// - Precondition: The tensor is not traced.
  /// - SeeAlso: NumPy's `linalg.qr` with mode `r`.
  public func triangularFactor() throws(LinearAlgebraError) -> Tensor {
    requireConcrete(for: "triangularFactor")
    try checkMatrices()
    return factorQR(Swift.min(shape[rank - 2], shape[rank - 1]), columns: nil)
  }

  /// Returns `count` rows of `r`, and sets the rows of `q` to columns of `q`.
  private func factorQR(_ count: Int, columns q: MatrixStack?) -> Tensor {
    // Column by column: reflections act on columns.
    let a = MatrixStack(copying: matrixTransposed)
    let r = MatrixStack(batch: a.batch, rows: count, columns: a.rows)
    let workspace = Workspace()
    defer { withExtendedLifetime((a, q, r, workspace)) {} }
    for index in 0..<a.count {
      let mark = workspace.mark()
      let qr = HouseholderQR(a[index], workspace)
      qr.setTriangle(r[index])
      if let q { qr.reflectors.setColumns(q[index], workspace) }
      workspace.release(mark)
    }
    return r.tensor()
  }
}

/// The factors of a matrix, `q` as reflections.
struct HouseholderQR {
  let reflectors: Reflectors
  /// The columns of the matrix as rows, with those of `r` in the first `r.rows` elements of each.
  private let columns: MatrixBlock
  /// What `r` must still be multiplied by, factor after factor.
  private let scales: [Double]

  /// Factors the matrix whose columns are the rows of a block with its elements one after the
  /// other; they are used up.
  init(_ columns: MatrixBlock, _ workspace: Workspace) {
    let (n, m) = (columns.rows, columns.columns)
    let count = Swift.min(m, n)
    self.columns = columns
    let largest = columns.largestMagnitude
    scales = largest.isFinite ? columns.scaleToSafety(largest) : []
    reflectors = Reflectors(count: count, length: m, offset: 0, workspace)
    let mark = workspace.mark()
    defer { workspace.release(mark) }
    let products = workspace.matrix(Reflectors.blockSize, 1)
    for first in stride(from: 0, to: count, by: Reflectors.blockSize) {
      let end = Swift.min(first + Reflectors.blockSize, count)
      for j in first..<end {
        let here = j..<m
        columns[j, j] = reflectors.make(j, from: columns.row(j, here))
        // The other columns of the block, at once.
        let others = columns[j + 1..<end, here]
        let along = products[0..<others.rows, 0..<1]
        along.set(others, times: reflectors.vector(j).transposed)
        along.multiply(by: reflectors.factors[j])
        others.subtract(along, times: reflectors.vector(j), workspace)
      }
      reflectors.apply(first..<end, to: columns[end..<n, 0..<m], transposed: false, workspace)
    }
  }

  /// Sets a matrix to the first rows of `r`.
  func setTriangle(_ r: MatrixBlock) {
    let count = Swift.min(r.rows, reflectors.count)
    r[0..<count, 0..<r.columns].copy(from: columns.transposed[0..<count, 0..<r.columns])
    r[count..<r.rows, 0..<r.columns].fill(0)
    r[0..<count, 0..<r.columns].clearLower()
    for scale in scales { r.multiply(by: scale) }
  }
}
