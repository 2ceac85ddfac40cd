// Numbers at equal distances. Each is worked out by itself, by a product and a sum that are rounded
// apart as NumPy's are.

extension Shape {
  /// Returns the shape of the whole numbers from one on up to but not including another.
  ///
  ///     try Shape.range(from: 10, to: 0, by: -3)  // (4,)
  ///     try Shape.range(from: 0, to: 9, by: 0)    // throws division by zero
  ///
  /// - Parameters:
  ///   - start: The first number.
  ///   - stop: The number to stop before.
  ///   - step: From one number to the next, not 0.
  /// - Returns: A vector's shape.
  /// - Throws: `ShapeError` if the step is 0 or there are too many.
  /// - SeeAlso: NumPy's `arange`, which divides with rounding where numbers are above 2⁵³.
  public static func range<Whole: FixedWidthInteger>(
    from start: Whole, to stop: Whole, by step: Whole
  ) throws(ShapeError) -> Shape {
    guard step != 0 else { throw ShapeError("division by zero") }
    let (distance, step) = (Int128(stop) - Int128(start), Int128(step))
    guard (distance > 0) == (step > 0), distance != 0 else { return [0] }
    guard let count = Int(exactly: (distance - step.signum()) / step + 1) else {
      throw ShapeError("Maximum allowed size exceeded")
    }
    return [count]
  }

  /// Returns the shape of the numbers from one on up to but not including another: ⌈(stop − start)
  /// / step⌉ of them.
  ///
  /// Rounding may let the last of them reach `stop`.
  ///
  ///     try Shape.range(from: 0.0, to: 1, by: 0.3)  // (4,)
  ///
  /// - Parameters:
  ///   - start: The first number.
  ///   - stop: The number to stop before.
  ///   - step: From one number to the next, not 0.
  /// - Returns: A vector's shape.
  /// - Throws: `ShapeError` if the step is 0, or the count is no number or too large.
  /// - SeeAlso: NumPy's `arange`.
  public static func range(
    from start: Double, to stop: Double, by step: Double
  ) throws(ShapeError) -> Shape {
    guard step != 0 else { throw ShapeError("float division by zero") }
    let count = (stop - start) / step
    guard !count.isNaN else { throw ShapeError("arange: cannot compute length") }
    // A step too large for the quotient still leaves room for the first number.
    if count == 0, stop != start { return [count.sign == .minus ? 0 : 1] }
    guard let whole = Int(exactly: Swift.max(count.rounded(.up), 0)) else {
      throw ShapeError("Maximum allowed size exceeded")
    }
    return [whole]
  }

  /// Returns the shape of as many numbers as asked for.
  ///
  ///     try Shape.samples(5)   // (5,)
  ///     try Shape.samples(-5)  // throws Number of samples, -5, must be non-negative.
  ///
  /// - Parameter count: 0 or more.
  /// - Returns: A vector's shape.
  /// - Throws: `ShapeError` if the count is negative.
  /// - SeeAlso: NumPy's `linspace`.
  public static func samples(_ count: Int) throws(ShapeError) -> Shape {
    guard count >= 0 else {
      throw ShapeError("Number of samples, \(count), must be non-negative.")
    }
    return [count]
  }

  /// Checks the ends of numbers of equal ratios.
  ///
  ///     try Shape.geometricSamples(from: 1, to: 1000, count: 4)  // (4,)
  ///     try Shape.geometricSamples(from: 0, to: 1000, count: 4)
  ///     // throws Geometric sequence cannot include zero
  ///
  /// - Parameters:
  ///   - start: The first number.
  ///   - stop: The last number.
  ///   - count: How many.
  /// - Returns: A vector's shape.
  /// - Throws: `ShapeError` if the count is negative, or an end is 0.
  /// - SeeAlso: NumPy's `geomspace`.
  public static func geometricSamples(
    from start: Double, to stop: Double, count: Int
  ) throws(ShapeError) -> Shape {
    guard start != 0, stop != 0 else {
      throw ShapeError("Geometric sequence cannot include zero")
    }
    return try samples(count)
  }
}

extension Tensor where Scalar: NumericScalar & FixedWidthInteger {
  /// Returns the whole numbers from one on up to but not including another.
  ///
  ///     Tensor<Int>.range(from: 10, to: 0, by: -3)  // [10  7  4  1]
  ///
  /// - Parameters:
  ///   - start: The first number.
  ///   - stop: The number to stop before.
  ///   - step: From one number to the next, not 0.
  /// - Returns: A vector.
  /// - SeeAlso: NumPy's `arange`; the rule is ``Shape/range(from:to:by:)``.
  public static func range(from start: Scalar, to stop: Scalar, by step: Scalar = 1) -> Tensor {
    let shape = requireShape { () throws(ShapeError) in
      try Shape.range(from: start, to: stop, by: step)
    }
    // Wraps as the type itself does: what the elements are lies between the ends.
    let (first, distance) = (Int(truncatingIfNeeded: start), Int(truncatingIfNeeded: step))
    return Tensor(
      Tensor<Int>(shape) { elements in
        for number in elements.indices {
          elements.initializeElement(at: number, to: first &+ number &* distance)
        }
      })
  }

  /// Returns the whole numbers from 0 up to but not including another.
  ///
  ///     Tensor<Int>.range(3)  // [0 1 2]
  ///
  /// - Parameter stop: The number to stop before.
  /// - Returns: A vector, empty if `stop` is not above 0.
  /// - SeeAlso: NumPy's `arange`.
  public static func range(_ stop: Scalar) -> Tensor { range(from: 0, to: stop) }
}

extension Tensor where Scalar: FloatingScalar {
  /// Returns the numbers from one on up to but not including another.
  ///
  ///     Tensor<Double>.range(from: 0, to: 1, by: 0.25)  // [0.   0.25 0.5  0.75]
  ///
  /// Rounding may let the last of them reach `stop`:
  /// ``linearlySpaced(from:to:count:includingEnd:)`` is exact there.
  ///
  /// - Parameters:
  ///   - start: The first number.
  ///   - stop: The number to stop before.
  ///   - step: From one number to the next, not 0.
  /// - Returns: A vector.
  /// - SeeAlso: NumPy's `arange`; the rule is ``Shape/range(from:to:by:)``.
  public static func range(from start: Scalar, to stop: Scalar, by step: Scalar = 1) -> Tensor {
    let shape = requireShape { () throws(ShapeError) in
      try Shape.range(from: Double(start), to: Double(stop), by: Double(step))
    }
    // The distance as the type has it, from the first number to the second.
    func numbers<Number: FloatingScalar>(_ start: Number, _ second: Number) -> Tensor<Number> {
      let distance = second - start
      return Tensor<Number>(shape) { elements in
        for number in elements.indices {
          elements.initializeElement(at: number, to: start + Number(number) * distance)
        }
      }
    }
    // The first two are what they are; the product would make NaN of 0 times infinity.
    if shape[0] <= 2 { return Tensor(Array([start, start + step].prefix(shape[0]))) }
    return Scalar.scalarType == .float32
      ? Tensor(numbers(Float(start), Float(Double(start) + Double(step))))
      : Tensor(numbers(Double(start), Double(start) + Double(step)))
  }

  /// Returns the numbers from 0 up to but not including another, at distances of 1.
  ///
  ///     Tensor<Double>.range(2.5)  // [0. 1. 2.]
  ///
  /// - Parameter stop: The number to stop before.
  /// - Returns: A vector, empty if `stop` is not above 0.
  /// - SeeAlso: NumPy's `arange`.
  public static func range(_ stop: Scalar) -> Tensor { range(from: 0, to: stop) }
}

extension Tensor where Scalar: NumericScalar {
  /// Returns so many numbers from one to another at equal distances.
  ///
  ///     Tensor<Double>.linearlySpaced(from: 0, to: 1, count: 5)  // [0.   0.25 0.5  0.75 1.  ]
  ///
  /// They are worked out in double precision; whole numbers are rounded down.
  ///
  /// - Parameters:
  ///   - start: The first number.
  ///   - stop: The last number, exactly; or what would come next, if it isn't included.
  ///   - count: How many.
  ///   - includingEnd: Whether `stop` is the last number.
  /// - Returns: A vector of `count` numbers.
  /// - SeeAlso: NumPy's `linspace`; the rule is ``Shape/samples(_:)``.
  public static func linearlySpaced(
    from start: Double, to stop: Double, count: Int, includingEnd: Bool = true
  ) -> Tensor {
    let shape = requireShape { () throws(ShapeError) in try Shape.samples(count) }
    let sections = Double(includingEnd ? count - 1 : count)
    let distance = stop - start
    let step = distance / sections
    let isWhole = !Scalar.scalarType.isFloating
    return Tensor(
      Tensor<Double>(shape) { elements in
        for index in elements.indices {
          let number = Double(index)
          // A step too small to tell from 0 is not multiplied by; of one number there is no step.
          let part =
            sections > 0
            ? (step == 0 ? number / sections * distance : number * step) : number * distance
          let isEnd = includingEnd && count > 1 && index == count - 1
          let element = isEnd ? stop : part + start
          elements.initializeElement(at: index, to: isWhole ? element.rounded(.down) : element)
        }
      })
  }
}

extension Tensor where Scalar: FloatingScalar {
  /// Returns the distance between the numbers of ``linearlySpaced(from:to:count:includingEnd:)``.
  ///
  ///     Tensor<Double>.linearStep(from: 0, to: 1, count: 5)                       // 0.25
  ///     Tensor<Double>.linearStep(from: 0, to: 1, count: 5, includingEnd: false)  // 0.2
  ///
  /// - Parameters:
  ///   - start: The first number.
  ///   - stop: The last number, or what would come next.
  ///   - count: How many.
  ///   - includingEnd: Whether `stop` is the last number.
  /// - Returns: The distance; NaN if there is only one number or none.
  /// - SeeAlso: NumPy's `linspace` with `retstep`.
  public static func linearStep(
    from start: Scalar, to stop: Scalar, count: Int, includingEnd: Bool = true
  ) -> Scalar {
    let sections = includingEnd ? count - 1 : count
    return sections > 0 ? (stop - start) / Scalar(sections) : .nan
  }

  /// Returns so many tensors from one to another at equal distances, stacked along a new first
  /// axis.
  ///
  ///     Tensor<Double>.linearlySpaced(from: [0, 1], to: [1, 5], count: 3)  // [[0.  1. ]
  ///                                                                        //  [0.5 3. ]
  ///                                                                        //  [1.  5. ]]
  ///
  /// - Parameters:
  ///   - start: The first tensor.
  ///   - stop: The last tensor, exactly; or what would come next. A shape that broadcasts with that
  ///     of `start`.
  ///   - count: How many.
  ///   - includingEnd: Whether `stop` is the last tensor.
  /// - Returns: `[count, …]`.
  /// - SeeAlso: NumPy's `linspace`; the rule is ``Shape/samples(_:)``.
  public static func linearlySpaced(
    from start: Tensor, to stop: Tensor, count: Int, includingEnd: Bool = true
  ) -> Tensor {
    let common = requireShape { () throws(ShapeError) in
      _ = try Shape.samples(count)
      return try Shape.broadcast(start.shape, stop.shape)
    }
    let (first, last) = (start.broadcast(to: common), stop.broadcast(to: common))
    let sections = Scalar(includingEnd ? count - 1 : count)
    let distance = last - first
    let numbers = Tensor.range(from: 0, to: Scalar(count)).reshaped(
      Shape([count] + common.map { _ in 1 }))
    let isTiny =
      sections > 0 && !distance.isTraced && (distance / sections).scalars.contains { $0 == 0 }
    let parts =
      isTiny
      ? numbers / sections * distance
      : numbers * (sections > 0 ? distance / sections : distance)
    let spaced = parts + first
    guard includingEnd, count > 1 else { return spaced }
    return concatenate([spaced[..<(count - 1)], last.expanded(0)])
  }

  /// Returns so many powers of a base whose exponents have equal distances.
  ///
  ///     Tensor<Double>.logarithmicallySpaced(from: 0, to: 2, count: 3)  // [  1.  10. 100.]
  ///
  /// - Parameters:
  ///   - start: The first exponent.
  ///   - stop: The last exponent, or what would come next.
  ///   - count: How many.
  ///   - base: The base.
  ///   - includingEnd: Whether `stop` is the last exponent.
  /// - Returns: A vector of `count` numbers.
  /// - SeeAlso: NumPy's `logspace`; the rule is ``Shape/samples(_:)``.
  public static func logarithmicallySpaced(
    from start: Double, to stop: Double, count: Int, base: Double = 10, includingEnd: Bool = true
  ) -> Tensor {
    let exponents = Tensor<Double>.linearlySpaced(
      from: start, to: stop, count: count, includingEnd: includingEnd)
    return Tensor(power(Tensor<Double>(base), exponents))
  }

  /// Returns so many numbers from one to another at equal ratios.
  ///
  ///     Tensor<Double>.geometricallySpaced(from: 1, to: 1000, count: 4)
  ///     // [   1.   10.  100. 1000.]
  ///
  /// - Parameters:
  ///   - start: The first number, exactly; not 0.
  ///   - stop: The last number, exactly; or what would come next. Of the sign of `start`: else
  ///     those between are NaN.
  ///   - count: How many.
  ///   - includingEnd: Whether `stop` is the last number.
  /// - Returns: A vector of `count` numbers.
  /// - SeeAlso: NumPy's `geomspace`; the rule is ``Shape/geometricSamples(from:to:count:)``.
  public static func geometricallySpaced(
    from start: Double, to stop: Double, count: Int, includingEnd: Bool = true
  ) -> Tensor {
    _ = requireShape { () throws(ShapeError) in
      try Shape.geometricSamples(from: start, to: stop, count: count)
    }
    let sign: Double = start < 0 ? -1 : 1
    let ends = log(Tensor<Double>([start * sign, stop * sign])).scalars
    let numbers = exp(
      Tensor<Double>.linearlySpaced(
        from: ends[0], to: ends[1], count: count, includingEnd: includingEnd))
    var elements = numbers.scalars.map { $0 * sign }
    if count > 0 { elements[0] = start }
    if count > 1, includingEnd { elements[count - 1] = stop }
    return Tensor(Tensor<Double>(elements))
  }
}
