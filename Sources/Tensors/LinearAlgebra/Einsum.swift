extension Shape {
  /// Returns the shape of a sum over products in Einstein's notation.
  ///
  ///     try Shape.einsum("ij,jk->ik", [[2, 3], [3, 4]])  // (2, 4)
  ///
  /// - Parameters:
  ///   - subscripts: As for ``einsum(_:_:)``.
  ///   - shapes: Those of the operands.
  /// - Returns: An extent for each label of the result.
  /// - Throws: `ShapeError` if the subscripts can't be read, or don't fit the shapes.
  /// - SeeAlso: NumPy's `einsum`.
  public static func einsum(_ subscripts: String, _ shapes: [Shape]) throws(ShapeError) -> Shape {
    let parsed = try EinsumSubscripts(subscripts, shapes)
    return Shape(parsed.output.map { parsed.extents[$0] ?? 1 })
  }
}

/// Returns a sum over products, in Einstein's notation.
///
/// Each operand's axes are labelled by letters; axes with one letter run together. What the result
/// names stays, all else is summed over. Without `->` the result has the letters that occur once,
/// in the order of the alphabet; `...` stands for any other axes, which broadcast.
///
///     let a: Tensor<Int> = [[1, 2], [3, 4]]
///     einsum("ij,jk->ik", a, a)  // [[ 7 10]
///                                //  [15 22]]
///     einsum("ii", a)            // 5
///     einsum("ij->ji", a)        // [[1 3]
///                                //  [2 4]]
///     einsum("...j->...", a)     // [3 7]
///
/// Operands are combined two at a time, those first that leave the least behind, as matrix
/// products.
///
/// - Parameters:
///   - subscripts: The labels of each operand, between commas, and of the result, after `->`;
///     blanks don't matter.
///   - operands: As many as there are labels for.
/// - Returns: An axis for each label of the result; whole numbers wrap.
/// - Precondition: The subscripts fit the operands.
/// - SeeAlso: NumPy's `einsum`; the rule is ``Shape/einsum(_:_:)``.
public func einsum<Scalar: NumericScalar>(
  _ subscripts: String, _ operands: Tensor<Scalar>...
) -> Tensor<Scalar> {
  let parsed = requireShape { () throws(ShapeError) in
    try EinsumSubscripts(subscripts, operands.map(\.shape))
  }
  var factors = zip(operands, parsed.operands).map { operand, labels in
    Factor(operand, labels, parsed.extents)
  }
  /// What must not be summed over yet when some factors are combined.
  func needed(beside combined: Set<Int>) -> Set<Int> {
    var labels = Set(parsed.output)
    for (index, factor) in factors.enumerated() where !combined.contains(index) {
      labels.formUnion(factor.labels)
    }
    return labels
  }
  for index in factors.indices { factors[index].sum(to: needed(beside: [index])) }
  while factors.count > 1 {
    var best: (growth: Double, work: Double, a: Int, b: Int)?
    for a in factors.indices {
      for b in a + 1..<factors.count {
        let together = Set(factors[a].labels).union(factors[b].labels)
        func size(_ labels: some Sequence<Int>) -> Double {
          labels.reduce(1) { $0 * Double(parsed.extents[$1] ?? 1) }
        }
        let left = size(together.intersection(needed(beside: [a, b])))
        let growth = left - size(factors[a].labels) - size(factors[b].labels)
        let work = size(together)
        if let best, (best.growth, best.work) <= (growth, work) { continue }
        best = (growth, work, a, b)
      }
    }
    guard let best else { break }
    let product = factors[best.a].combined(
      with: factors[best.b], keeping: needed(beside: [best.a, best.b]), parsed.extents)
    factors.remove(at: best.b)
    factors[best.a] = product
  }
  return factors[0].ordered(parsed.output)
}

/// A factor of the product, with a label for each axis; no label occurs twice.
private struct Factor<Scalar: NumericScalar> {
  var tensor: Tensor<Scalar>
  var labels: [Int]

  init(tensor: Tensor<Scalar>, labels: [Int]) {
    self.tensor = tensor
    self.labels = labels
  }

  /// Takes the diagonal of axes that have one label, and drops axes of extent 1 that would have to
  /// be repeated.
  init(_ operand: Tensor<Scalar>, _ operandLabels: [Int], _ extents: [Int: Int]) {
    tensor = operand
    labels = operandLabels
    while let (first, second) = repeated() {
      let label = labels[first]
      tensor = tensor.diagonal(axes: (first, second))
      labels = labels.indices.filter { $0 != first && $0 != second }.map { labels[$0] } + [label]
    }
    let kept = labels.indices.filter { tensor.shape[$0] == extents[labels[$0]] }
    tensor = tensor.reshaped(Shape(kept.map { tensor.shape[$0] }))
    labels = kept.map { labels[$0] }
  }

  /// Two axes that have the same label.
  private func repeated() -> (Int, Int)? {
    for second in labels.indices {
      if let first = labels[..<second].firstIndex(of: labels[second]) { return (first, second) }
    }
    return nil
  }

  /// Sums over all axes but those with these labels.
  mutating func sum(to needed: Set<Int>) {
    let summed = labels.indices.filter { !needed.contains(labels[$0]) }
    for axis in summed.reversed() { tensor = Sum(axis: axis)(tensor) }
    labels.removeAll { !needed.contains($0) }
  }

  /// The tensor with its axes in another order, those of labels that it doesn't have left out.
  func ordered(_ order: [Int]) -> Tensor<Scalar> {
    tensor.transposed(order.compactMap { labels.firstIndex(of: $0) })
  }

  /// The product with another factor, summed over the labels of both that aren't needed any more.
  func combined(with other: Factor, keeping needed: Set<Int>, _ extents: [Int: Int]) -> Factor {
    let both = labels.filter { other.labels.contains($0) }
    let batch = both.filter { needed.contains($0) }
    let depth = both.filter { !needed.contains($0) }
    let left = labels.filter { !both.contains($0) }
    let right = other.labels.filter { !both.contains($0) }
    func shape(_ labels: [Int]) -> [Int] { labels.map { extents[$0] ?? 1 } }
    func size(_ labels: [Int]) -> Int { shape(labels).reduce(1, *) }
    let result = Shape(shape(batch + left + right))
    // Nothing to sum over: each element is one product.
    if depth.isEmpty {
      let ones = [Int](repeating: 1, count: right.count)
      let othersOnes = [Int](repeating: 1, count: left.count)
      let a = ordered(batch + left).reshaped(Shape(shape(batch + left) + ones))
      let b = other.ordered(batch + right).reshaped(Shape(shape(batch) + othersOnes + shape(right)))
      return Factor(tensor: a * b, labels: batch + left + right)
    }
    let a = ordered(batch + left + depth).reshaped(Shape([size(batch), size(left), size(depth)]))
    let b = other.ordered(batch + depth + right)
      .reshaped(Shape([size(batch), size(depth), size(right)]))
    return Factor(tensor: a.matmul(b).reshaped(result), labels: batch + left + right)
  }
}
