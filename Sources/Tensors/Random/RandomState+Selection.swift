// Choice, permutation and shuffle.

extension RandomState {
  /// Returns one of the numbers from 0 to `count - 1`.
  ///
  /// - Parameters:
  ///   - count: How many numbers there are to choose from.
  ///   - replacing: Has no effect on the chances, but on the draws.
  ///   - probabilities: The chance of each number; `nil` means equal chances.
  /// - Returns: The choice.
  /// - Throws: `RandomError` if there is nothing to choose from, or the probabilities are not
  ///   `count` numbers of 0 or more whose sum is 1; nothing is drawn then.
  /// - SeeAlso: NumPy's `choice(count, None, replace, p)`.
  public mutating func choice(
    _ count: Int, replacing: Bool = true, probabilities: [Double]? = nil
  ) throws(RandomError) -> Int {
    try Self.checkCount(count, size: 1)
    return try positions(count, size: 1, replacing: replacing, probabilities: probabilities)[0]
  }

  /// Returns some of the numbers from 0 to `count - 1`.
  ///
  ///     var random = RandomState(seed: 42)
  ///     try random.choice(5, size: 3)                                    // [3, 4, 2]
  ///     try random.choice(5, size: 3, replacing: false)                  // [3, 1, 2]
  ///     try random.choice(3, size: 2, probabilities: [0.5, 0.25, 0.25])  // [0, 0]
  ///
  /// - Parameters:
  ///   - count: How many numbers there are to choose from.
  ///   - size: How many to choose.
  ///   - replacing: Whether a number can be chosen again.
  ///   - probabilities: The chance of each number; `nil` means equal chances.
  /// - Returns: The choices, in the order in which they were drawn.
  /// - Throws: `RandomError` if `size` is negative, there is nothing or too little to choose from,
  ///   or the probabilities are not `count` numbers of 0 or more whose sum is 1; nothing is drawn
  ///   then.
  /// - Complexity: O(`size`), and O(`count`) more without replacement.
  /// - SeeAlso: NumPy's `choice(count, size, replace, p)`.
  public mutating func choice(
    _ count: Int, size: Int, replacing: Bool = true, probabilities: [Double]? = nil
  ) throws(RandomError) -> [Int] {
    try Self.checkCount(count, size: size)
    return try positions(count, size: size, replacing: replacing, probabilities: probabilities)
  }

  /// Returns some of the numbers from 0 to `count - 1`, as a tensor.
  ///
  /// - Parameters:
  ///   - count: How many numbers there are to choose from.
  ///   - shape: The shape of the result.
  ///   - replacing: Whether a number can be chosen again.
  ///   - probabilities: `[count]`, the chance of each number; `nil` means equal chances.
  /// - Returns: The choices in C order.
  /// - Throws: `RandomError` if there is nothing or too little to choose from, or the probabilities
  ///   are not `count` numbers of 0 or more whose sum is 1; nothing is drawn then.
  /// - Precondition: The tensor of probabilities is concrete.
  /// - SeeAlso: NumPy's `choice(count, size, replace, p)`.
  public mutating func choice(
    _ count: Int, shape: Shape, replacing: Bool = true, probabilities: Tensor<Double>? = nil
  ) throws(RandomError) -> Tensor<Int> {
    let size = shape.elementCount
    try Self.checkCount(count, size: size)
    let probabilities = try Self.vector(probabilities)
    let chosen = try positions(
      count, size: size, replacing: replacing, probabilities: probabilities)
    return Tensor(chosen, shape: shape)
  }

  /// Returns some elements of a vector.
  ///
  ///     var random = RandomState(seed: 42)
  ///     try random.choice(Tensor([10, 20, 30]), shape: [2])  // [30 10]
  ///
  /// - Parameters:
  ///   - values: `[count]`, what there is to choose from.
  ///   - shape: The shape of the result; `[]` for one element.
  ///   - replacing: Whether an element can be chosen again.
  ///   - probabilities: `[count]`, the chance of each element; `nil` means equal chances.
  /// - Returns: The choices in C order.
  /// - Throws: `RandomError` if `values` is no vector, there is nothing or too little to choose
  ///   from, or the probabilities are not `count` numbers of 0 or more whose sum is 1; nothing is
  ///   drawn then.
  /// - Precondition: The tensors are concrete.
  /// - SeeAlso: NumPy's `choice(values, size, replace, p)`.
  public mutating func choice<Scalar: TensorScalar>(
    _ values: Tensor<Scalar>, shape: Shape, replacing: Bool = true,
    probabilities: Tensor<Double>? = nil
  ) throws(RandomError) -> Tensor<Scalar> {
    let size = shape.elementCount
    guard values.rank == 1 else { throw RandomError("a must be 1-dimensional") }
    guard values.count > 0 || size == 0 else {
      throw RandomError("'a' cannot be empty unless no samples are taken")
    }
    let probabilities = try Self.vector(probabilities)
    let chosen = try positions(
      values.count, size: size, replacing: replacing, probabilities: probabilities)
    return values.withElements { values in Tensor(chosen.map { values[$0] }, shape: shape) }
  }

  private static func checkCount(_ count: Int, size: Int) throws(RandomError) {
    guard count > 0 || size == 0 else {
      throw RandomError("a must be greater than 0 unless no samples are taken")
    }
  }

  private static func vector(_ probabilities: Tensor<Double>?) throws(RandomError) -> [Double]? {
    guard let probabilities else { return nil }
    guard probabilities.rank == 1 else { throw RandomError("'p' must be 1-dimensional") }
    return probabilities.scalars
  }

  /// `size` of the numbers from 0 to `count - 1`, checked and drawn in NumPy's order.
  private mutating func positions(
    _ count: Int, size: Int, replacing: Bool, probabilities: [Double]?
  ) throws(RandomError) -> [Int] {
    if let probabilities { try Self.checkProbabilities(probabilities, count: count) }
    // Without replacement all numbers are put in order.
    guard (replacing ? size : Swift.max(size, count)) <= RandomError.longestList else {
      throw .listIsTooLong
    }
    if replacing {
      guard size >= 0 else { throw RandomError("negative dimensions are not allowed") }
      if let probabilities {
        return Chances(probabilities).positions(size) { randomSample() }
      }
      return (0..<size).map { _ in Int(generator.nextInteger(through: UInt64(count - 1))) }
    }
    guard size <= count else {
      throw RandomError("Cannot take a larger sample than population when 'replace=False'")
    }
    guard size >= 0 else { throw RandomError("Negative dimensions are not allowed") }
    guard let probabilities else { return Array(permutation(count).prefix(size)) }
    guard probabilities.count(where: { $0 > 0 }) >= size else {
      throw RandomError("Fewer non-zero entries in p than size")
    }
    return Chances(probabilities).distinctPositions(size) { randomSample() }
  }

  private static func checkProbabilities(
    _ probabilities: [Double], count: Int
  ) throws(RandomError) {
    switch Chances.fault(of: probabilities, count: count) {
    case nil: return
    case .count: throw RandomError("'a' and 'p' must have same size")
    case .notANumber: throw RandomError("probabilities contain NaN")
    case .negative: throw RandomError("probabilities are not non-negative")
    case .sum: throw RandomError("probabilities do not sum to 1")
    }
  }
}

extension RandomState {
  /// Returns the numbers from 0 to `count - 1` in random order.
  ///
  ///     var random = RandomState(seed: 42)
  ///     random.permutation(5)  // [1, 4, 2, 0, 3]
  ///
  /// - Parameter count: How many; 0 or less means none.
  /// - Returns: A permutation.
  /// - SeeAlso: NumPy's `permutation(count)`.
  public mutating func permutation(_ count: Int) -> [Int] {
    generator.permutation(count)
  }

  /// Returns a tensor with its rows (the parts along axis 0) in random order.
  ///
  /// - Parameter tensor: A tensor of at least one axis.
  /// - Returns: A tensor of the same shape.
  /// - Precondition: The tensor has an axis and is concrete.
  /// - SeeAlso: NumPy's `permutation(x)`.
  public mutating func permutation<Scalar: TensorScalar>(
    _ tensor: Tensor<Scalar>
  ) -> Tensor<Scalar> {
    precondition(tensor.rank > 0, "x must be an integer or at least 1-dimensional")
    tensor.requireConcrete()
    return tensor.rows(permutation(tensor.shape[0]))
  }

  /// Brings the elements of an array into random order.
  ///
  /// Fisher and Yates's shuffle from the last element on: each changes places with one of those up
  /// to it.
  ///
  ///     var random = RandomState(seed: 42)
  ///     var cards = ["ace", "king", "queen", "jack"]
  ///     random.shuffle(&cards)
  ///     cards  // ["king", "jack", "ace", "queen"]
  ///
  /// - Parameter array: The elements.
  /// - SeeAlso: NumPy's `shuffle(x)` of a list.
  public mutating func shuffle<Element>(_ array: inout [Element]) {
    generator.shuffle(&array)
  }

  /// Brings the rows of a tensor (the parts along axis 0) into random order.
  ///
  ///     var random = RandomState(seed: 42)
  ///     var x: Tensor<Int> = [[1, 2], [3, 4], [5, 6], [7, 8]]
  ///     random.shuffle(&x)
  ///     x  // [[3 4]
  ///        //  [7 8]
  ///        //  [1 2]
  ///        //  [5 6]]
  ///
  /// - Parameter tensor: A tensor of at least one axis; if it has no elements, nothing is drawn.
  /// - Precondition: The tensor has an axis and is concrete.
  /// - SeeAlso: NumPy's `shuffle(x)` of an array.
  public mutating func shuffle<Scalar: TensorScalar>(_ tensor: inout Tensor<Scalar>) {
    precondition(tensor.rank > 0, "len() of unsized object")
    tensor.requireConcrete()
    if tensor.count == 0 { return }
    tensor = permutation(tensor)
  }
}
