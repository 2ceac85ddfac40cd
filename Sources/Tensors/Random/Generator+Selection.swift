// Choice, permutation and shuffle.

extension Generator {
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
    return try positions(
      count, size: 1, replacing: replacing, probabilities: probabilities, shuffled: true)[0]
  }

  /// Returns some of the numbers from 0 to `count - 1`.
  ///
  ///     var random = Generator(seed: 42)
  ///     try random.choice(5, size: 3)                                    // [0, 3, 3]
  ///     try random.choice(5, size: 3, replacing: false)                  // [4, 3, 1]
  ///     try random.choice(3, size: 2, probabilities: [0.5, 0.25, 0.25])  // [0, 2]
  ///
  /// - Parameters:
  ///   - count: How many numbers there are to choose from.
  ///   - size: How many to choose.
  ///   - replacing: Whether a number can be chosen again.
  ///   - probabilities: The chance of each number; `nil` means equal chances.
  ///   - shuffled: Whether each order of choices without replacement is as likely as any other;
  ///     `false` spares draws.
  /// - Returns: The choices.
  /// - Throws: `RandomError` if `size` is negative, there is nothing or too little to choose from,
  ///   or the probabilities are not `count` numbers of 0 or more whose sum is 1; nothing is drawn
  ///   then.
  /// - Complexity: O(`size`), and with probabilities O(`count`) more.
  /// - SeeAlso: NumPy's `choice(count, size, replace, p, shuffle=…)`.
  public mutating func choice(
    _ count: Int, size: Int, replacing: Bool = true, probabilities: [Double]? = nil,
    shuffled: Bool = true
  ) throws(RandomError) -> [Int] {
    try Self.checkCount(count, size: size)
    return try positions(
      count, size: size, replacing: replacing, probabilities: probabilities, shuffled: shuffled)
  }

  /// Returns some of the numbers from 0 to `count - 1`, as a tensor.
  ///
  /// - Parameters:
  ///   - count: How many numbers there are to choose from.
  ///   - shape: The shape of the result.
  ///   - replacing: Whether a number can be chosen again.
  ///   - probabilities: `[count]`, the chance of each number; `nil` means equal chances.
  ///   - shuffled: Whether each order of choices without replacement is as likely as any other;
  ///     `false` spares draws.
  /// - Returns: The choices in C order.
  /// - Throws: `RandomError` if there is nothing or too little to choose from, or the probabilities
  ///   are not `count` numbers of 0 or more whose sum is 1; nothing is drawn then.
  /// - Precondition: The tensor of probabilities is concrete.
  /// - SeeAlso: NumPy's `choice(count, size, replace, p, shuffle=…)`.
  public mutating func choice(
    _ count: Int, shape: Shape, replacing: Bool = true, probabilities: Tensor<Double>? = nil,
    shuffled: Bool = true
  ) throws(RandomError) -> Tensor<Int> {
    let size = shape.elementCount
    try Self.checkCount(count, size: size)
    let probabilities = try Self.vector(probabilities)
    let chosen = try positions(
      count, size: size, replacing: replacing, probabilities: probabilities, shuffled: shuffled)
    return Tensor(chosen, shape: shape)
  }

  /// Returns some parts of a tensor along an axis: elements of a vector, rows of a matrix.
  ///
  ///     var random = Generator(seed: 42)
  ///     try random.choice(Tensor([10, 20, 30]), shape: [2])  // [10 30]
  ///     let rows: Tensor<Int> = [[1, 2], [3, 4], [5, 6]]
  ///     try random.choice(rows, shape: [2], replacing: false)  // [[5 6]
  ///                                                            //  [3 4]]
  ///
  /// - Parameters:
  ///   - values: What there is to choose from, along `axis`.
  ///   - shape: How many to choose; it takes the place of `axis` in the result. `[]` is one part.
  ///   - replacing: Whether a part can be chosen again.
  ///   - probabilities: The chance of each part, a vector; `nil` means equal chances.
  ///   - axis: The axis to choose along, from the end if negative.
  ///   - shuffled: Whether each order of choices without replacement is as likely as any other;
  ///     `false` spares draws.
  /// - Returns: The choices in C order.
  /// - Throws: `RandomError` if there is nothing or too little to choose from, or the probabilities
  ///   are not as many numbers of 0 or more whose sum is 1; nothing is drawn then.
  /// - Precondition: The tensors are concrete, and `values` has the axis.
  /// - SeeAlso: NumPy's `choice(values, size, replace, p, axis, shuffle)`.
  public mutating func choice<Scalar: TensorScalar>(
    _ values: Tensor<Scalar>, shape: Shape, replacing: Bool = true,
    probabilities: Tensor<Double>? = nil, axis: Int = 0, shuffled: Bool = true
  ) throws(RandomError) -> Tensor<Scalar> {
    values.requireConcrete()
    let axis = requireShape { () throws(ShapeError) in try values.shape.normalizedAxis(axis) }
    let size = shape.elementCount
    let count = values.shape[axis]
    guard count > 0 || size == 0 else {
      throw RandomError("a cannot be empty unless no samples are taken")
    }
    let probabilities = try Self.vector(probabilities)
    let chosen = try positions(
      count, size: size, replacing: replacing, probabilities: probabilities, shuffled: shuffled)
    let extents = values.shape.extents
    return values.taking(chosen, axis: axis).reshaped(
      Shape(extents[..<axis] + shape.extents + extents[(axis + 1)...]))
  }

  private static func checkCount(_ count: Int, size: Int) throws(RandomError) {
    guard count > 0 || size == 0 else {
      throw RandomError("a must be a positive integer unless no samples are taken")
    }
  }

  private static func vector(_ probabilities: Tensor<Double>?) throws(RandomError) -> [Double]? {
    guard let probabilities else { return nil }
    guard probabilities.rank == 1 else { throw RandomError("p must be 1-dimensional") }
    return probabilities.scalars
  }

  /// `size` of the numbers from 0 to `count - 1`, checked and drawn in NumPy's order.
  private mutating func positions(
    _ count: Int, size: Int, replacing: Bool, probabilities: [Double]?, shuffled: Bool
  ) throws(RandomError) -> [Int] {
    if let probabilities { try Self.checkProbabilities(probabilities, count: count) }
    guard size <= RandomError.longestList else { throw .listIsTooLong }
    if replacing {
      guard size >= 0 else { throw RandomError("negative dimensions are not allowed") }
      if let probabilities {
        return Chances(probabilities).positions(size) { random() }
      }
      return (0..<size).map { _ in Int(generator.nextEven(through: UInt64(count - 1))) }
    }
    guard size <= count else {
      throw RandomError("Cannot take a larger sample than population when replace is False")
    }
    guard size >= 0 else { throw RandomError("negative dimensions are not allowed") }
    guard let probabilities else { return sample(size, of: count, shuffled: shuffled) }
    guard probabilities.count(where: { $0 > 0 }) >= size else {
      throw RandomError("Fewer non-zero entries in p than size")
    }
    return Chances(probabilities).distinctPositions(size) { random() }
  }

  private static func checkProbabilities(
    _ probabilities: [Double], count: Int
  ) throws(RandomError) {
    switch Chances.fault(of: probabilities, count: count) {
    case nil: return
    case .count: throw RandomError("a and p must have same size")
    case .notANumber: throw RandomError("Probabilities contain NaN")
    case .negative: throw RandomError("Probabilities are not non-negative")
    case .sum:
      throw RandomError(
        "Probabilities do not sum to 1. See Notes section of docstring for more information.")
    }
  }

  /// `size` different numbers from 0 to `count - 1`.
  private mutating func sample(_ size: Int, of count: Int, shuffled: Bool) -> [Int] {
    // NumPy's rule of thumb for when a list of all numbers costs less than a set of the chosen.
    if (10_001...RandomError.longestList).contains(count), size > count / (shuffled ? 50 : 20) {
      var numbers = Array(0..<count)
      generator.shuffleEvenly(&numbers, from: Swift.max(count - size, 1))
      return Array(numbers.suffix(size))
    }
    // Floyd's method: a number that is already chosen makes way for the greatest that could be
    // drawn.
    var chosen: Set<Int> = []
    chosen.reserveCapacity(size)
    var numbers: [Int] = []
    numbers.reserveCapacity(size)
    for greatest in count - size..<count {
      let drawn = Int(generator.nextEven(through: UInt64(greatest)))
      let number = chosen.contains(drawn) ? greatest : drawn
      chosen.insert(number)
      numbers.append(number)
    }
    if shuffled { generator.shuffleEvenly(&numbers, from: 1) }
    return numbers
  }
}

extension PCG64 {
  /// Fisher and Yates's shuffle from the last element down to the one at `first`, with Lemire's
  /// method.
  fileprivate mutating func shuffleEvenly(_ numbers: inout [Int], from first: Int) {
    for last in stride(from: numbers.count - 1, through: first, by: -1) {
      numbers.swapAt(last, Int(nextEven(through: UInt64(last))))
    }
  }
}

extension Generator {
  /// Returns the numbers from 0 to `count - 1` in random order.
  ///
  ///     var random = Generator(seed: 42)
  ///     random.permutation(5)  // [4, 2, 3, 1, 0]
  ///
  /// - Parameter count: How many; 0 or less means none.
  /// - Returns: A permutation.
  /// - SeeAlso: NumPy's `permutation(count)`.
  public mutating func permutation(_ count: Int) -> [Int] {
    generator.permutation(count)
  }

  /// Returns a tensor with its parts along an axis in random order.
  ///
  /// - Parameters:
  ///   - tensor: A tensor of at least one axis.
  ///   - axis: The axis, from the end if negative: 0 puts rows in another order.
  /// - Returns: A tensor of the same shape.
  /// - Precondition: The tensor has the axis and is concrete.
  /// - SeeAlso: NumPy's `permutation(x, axis)`.
  public mutating func permutation<Scalar: TensorScalar>(
    _ tensor: Tensor<Scalar>, axis: Int = 0
  ) -> Tensor<Scalar> {
    tensor.requireConcrete()
    let axis = requireShape { () throws(ShapeError) in try tensor.shape.normalizedAxis(axis) }
    return tensor.taking(permutation(tensor.shape[axis]), axis: axis)
  }

  /// Brings the elements of an array into random order.
  ///
  /// Fisher and Yates's shuffle from the last element on: each changes places with one of those up
  /// to it.
  ///
  ///     var random = Generator(seed: 42)
  ///     var cards = ["ace", "king", "queen", "jack"]
  ///     random.shuffle(&cards)
  ///     cards  // ["jack", "queen", "king", "ace"]
  ///
  /// - Parameter array: The elements.
  /// - SeeAlso: NumPy's `shuffle(x)` of a list.
  public mutating func shuffle<Element>(_ array: inout [Element]) {
    generator.shuffle(&array)
  }

  /// Brings the parts of a tensor along an axis into random order.
  ///
  ///     var random = Generator(seed: 42)
  ///     var x: Tensor<Int> = [[1, 2], [3, 4], [5, 6], [7, 8]]
  ///     random.shuffle(&x)
  ///     x  // [[7 8]
  ///        //  [5 6]
  ///        //  [3 4]
  ///        //  [1 2]]
  ///
  /// - Parameters:
  ///   - tensor: A tensor of at least one axis; if it has no elements, nothing is drawn.
  ///   - axis: The axis, from the end if negative: 0 puts rows in another order.
  /// - Precondition: The tensor has the axis and is concrete.
  /// - SeeAlso: NumPy's `shuffle(x, axis)` of an array.
  public mutating func shuffle<Scalar: TensorScalar>(_ tensor: inout Tensor<Scalar>, axis: Int = 0)
  {
    precondition(tensor.rank > 0, "len() of unsized object")
    tensor.requireConcrete()
    let axis = requireShape { () throws(ShapeError) in try tensor.shape.normalizedAxis(axis) }
    if tensor.count == 0 { return }
    tensor = permutation(tensor, axis: axis)
  }

  /// Returns a tensor with its elements in random order, or those of each line along an axis.
  ///
  ///     var random = Generator(seed: 42)
  ///     let x: Tensor<Int> = [[1, 2, 3], [4, 5, 6]]
  ///     random.permuted(x, axis: 1)  // [[3 2 1]
  ///                                  //  [4 6 5]]
  ///
  /// - Parameters:
  ///   - tensor: A tensor of at least one axis.
  ///   - axis: The axis along which the lines run, from the end if negative; each is shuffled by
  ///     itself. `nil` shuffles all elements together.
  /// - Returns: A tensor of the same shape.
  /// - Precondition: The tensor has the axis and is concrete.
  /// - SeeAlso: NumPy's `permuted(x, axis=…)`. Without an axis NumPy takes the elements in the
  ///   order of memory, which is another for a transposed array; here that is always C order.
  public mutating func permuted<Scalar: TensorScalar>(
    _ tensor: Tensor<Scalar>, axis: Int? = nil
  ) -> Tensor<Scalar> {
    precondition(tensor.rank > 0, "len() of unsized object")
    guard let axis else {
      var result = tensor
      result.withMutableElements { elements in
        var elements = elements
        generator.shuffle(&elements)
      }
      return result
    }
    let place = requireShape { () throws(ShapeError) in try tensor.shape.normalizedAxis(axis) }
    let order = tensor.shape.indices.filter { $0 != place } + [place]
    var lines = tensor.transposed(order)
    let length = tensor.shape[place]
    lines.withMutableElements { elements in
      for start in stride(from: 0, to: elements.count, by: Swift.max(length, 1)) {
        var line = elements[start..<start + length]
        generator.shuffle(&line)
      }
    }
    return lines.transposed(Layout.inverse(of: order))
  }
}

extension Tensor {
  /// The parts along an axis by their numbers, in the order given.
  fileprivate func taking(_ numbers: [Int], axis: Int) -> Tensor {
    let order = [axis] + shape.indices.filter { $0 != axis }
    return transposed(order).rows(numbers).transposed(Layout.inverse(of: order))
  }
}

extension Layout {
  /// The order of axes that undoes another.
  fileprivate static func inverse(of order: [Int]) -> [Int] {
    order.indices.sorted { order[$0] < order[$1] }
  }
}
