extension Shape {
  /// Returns the shape of the solutions of systems of equations.
  ///
  ///     try Shape.solve([5, 3, 3], [3])  // (5, 3)
  ///
  /// - Parameters:
  ///   - a: `[…, n, n]`.
  ///   - b: `[n]`, or `[…, n, k]`; axes in front of the last two broadcast with those of `a`.
  /// - Returns: `[…, n]` or `[…, n, k]`.
  /// - Throws: `ShapeError` if `b` doesn't fit.
  /// - SeeAlso: NumPy's `linalg.solve`.
  /// - Precondition: `a` has at least two axes, the last two of equal extent.
  public static func solve(_ a: Shape, _ b: Shape) throws(ShapeError) -> Shape {
    precondition(a.rank >= 2 && a[a.rank - 1] == a[a.rank - 2], "the matrices are not square")
    let n = a[a.rank - 1]
    let isVector = b.rank == 1
    let (name, signature) =
      isVector ? ("solve1", "(m,m),(m)->(m)") : ("solve", "(m,m),(m,n)->(m,n)")
    guard b.rank > 0 else {
      throw ShapeError(
        "\(name): Input operand 1 does not have enough dimensions (has 0, gufunc core with "
          + "signature \(signature) requires 2)")
    }
    let rows = b[isVector ? 0 : b.rank - 2]
    guard rows == n else {
      throw ShapeError(
        "\(name): Input operand 1 has a mismatch in its core dimension 0, with gufunc signature "
          + "\(signature) (size \(rows) is different from \(n))")
    }
    let batches = (Shape(Array(a.dropLast(2))), Shape(Array(b.dropLast(2))))
    if isVector { return Shape(batches.0 + [n]) }
    guard let batch = try? broadcast(batches.0, batches.1) else {
      func remapped(_ shape: Shape, _ batch: Shape) -> String {
        "\(shape.compact)->(\(batch.map { "\($0)," }.joined())newaxis,newaxis)"
      }
      throw ShapeError(
        "operands could not be broadcast together with remapped shapes [original->remapped]: "
          + "\(remapped(a, batches.0)) \(remapped(b, batches.1))  and requested shape "
          + "(\(n),\(b[b.rank - 1]))")
    }
    return Shape(batch + [n, b[b.rank - 1]])
  }
}

extension Tensor where Scalar: FloatingScalar {
  /// Returns the solution `x` of the system of equations `a · x = b`, where `a` is this matrix.
  ///
  ///     let a: Tensor<Double> = [[3, 1], [1, 2]]
  ///     try a.solve(Tensor([9, 8]))  // [2. 3.]
  ///
  /// By elimination with row exchanges, in double precision; a stack of matrices is solved one by
  /// one. Elements that are not finite give such solutions.
  ///
  /// - Parameter b: `[n]`, one right-hand side for all matrices, or `[…, n, k]`, one in each
  ///   column.
  /// - Returns: The solutions, in the shape that ``Shape/solve(_:_:)`` gives.
  /// - Throws: `LinearAlgebraError` if a matrix is not square or has no inverse.
  /// - Precondition: `b` fits, and neither operand is traced.
  /// - Complexity: O(*n*³) for each matrix.
  /// - SeeAlso: NumPy's `linalg.solve`.
  public func solve(_ b: Tensor) throws(LinearAlgebraError) -> Tensor {
    requireConcrete(for: "solve")
    b.requireConcrete(for: "solve")
    try checkSquareMatrices()
    let shape = requireShape { () throws(ShapeError) in try Shape.solve(self.shape, b.shape) }
    let isVector = b.rank == 1
    let columns = isVector ? b.expanded(1) : b
    let batch = Shape(Array(shape.extents.dropLast(isVector ? 1 : 2)))
    let x = MatrixStack(
      copying: columns.broadcast(to: Shape(batch.extents + columns.shape.extents.suffix(2))))
    try x.solve(MatrixStack(copying: self))
    return x.tensor().reshaped(shape)
  }
}

extension MatrixStack {
  /// Replaces the columns `b` of the matrices by the solutions of `a · x = b`.
  ///
  /// The batch of `a` broadcasts to this one; its matrices are used up.
  func solve(_ a: MatrixStack) throws(LinearAlgebraError) {
    let workspace = Workspace()
    defer { withExtendedLifetime((self, a, workspace)) {} }
    var factors: [LUFactors] = []
    for index in 0..<a.count {
      let mark = workspace.mark()
      let lu = LUFactors(a[index], workspace)
      workspace.release(mark)
      if lu.isSingular { throw .singular }
      factors.append(lu)
    }
    for (index, source) in Layout(a.batch).broadcast(to: batch).offsets.enumerated() {
      factors[source].solve(self[index], workspace)
    }
  }
}

extension Layout {
  /// Where the elements lie, in C order.
  var offsets: [Int] {
    var offsets = [offset]
    for (extent, step) in zip(shape, strides) {
      offsets = offsets.flatMap { start in (0..<extent).map { start + $0 * step } }
    }
    return offsets
  }
}
