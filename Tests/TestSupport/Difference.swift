package import Tensors

// Comparisons return what differs, in a sentence that names the worst element, or `nil`: a test expects `nil`.

/// What tells two tensors apart: shape, or an element that is not equal.
package func difference<Scalar: TensorScalar>(
  _ got: Tensor<Scalar>, from expected: Tensor<Scalar>
) -> String? {
  shapeDifference(got.shape, expected.shape) ?? difference(got.scalars, from: expected.scalars)
}

/// What tells two lists apart: count, or an element that is not equal.
package func difference<Scalar: Equatable>(
  _ got: [Scalar], from expected: [Scalar]
) -> String? {
  if got.count != expected.count { return "\(got.count) elements, not \(expected.count)" }
  for (index, (x, y)) in zip(got, expected).enumerated() where x != y {
    return "element \(index) of \(got.count) is \(x), not \(y)"
  }
  return nil
}

/// What tells two tensors of floating numbers apart: −0 is not 0, every NaN is the same.
package func difference<Scalar: FloatingScalar>(
  _ got: Tensor<Scalar>, from expected: Tensor<Scalar>
) -> String? {
  difference(got, from: expected, ulps: 0)
}

/// What tells two lists of floating numbers apart: −0 is not 0, every NaN is the same.
package func difference<Scalar: FloatingScalar>(
  _ got: [Scalar], from expected: [Scalar]
) -> String? {
  difference(got, from: expected, ulps: 0)
}

/// What tells two tensors apart by more than some units in the last place: shape, or the worst element.
package func difference<Scalar: FloatingScalar>(
  _ got: Tensor<Scalar>, from expected: Tensor<Scalar>, ulps: Int
) -> String? {
  shapeDifference(got.shape, expected.shape)
    ?? difference(got.scalars, from: expected.scalars, ulps: ulps)
}

/// What tells two lists apart by more than some units in the last place: count, or the worst element.
///
/// The sign counts first, that of zero too; every NaN is the same.
package func difference<Scalar: FloatingScalar>(
  _ got: [Scalar], from expected: [Scalar], ulps: Int
) -> String? {
  if got.count != expected.count { return "\(got.count) elements, not \(expected.count)" }
  var worst: (index: Int, distance: Double)?
  for index in got.indices {
    let (x, y) = (got[index], expected[index])
    if x == y && x != 0 { continue }
    let distance = x.sign != y.sign && !x.isNaN && !y.isNaN ? .infinity : ulpDistance(x, y)
    if distance > Double(ulps), worst.map({ distance > $0.distance }) ?? true {
      worst = (index, distance)
    }
  }
  return worst.map { worst in
    "element \(worst.index) of \(got.count) is \(got[worst.index]), not \(expected[worst.index]): "
      + "\(worst.distance) ulp apart, \(ulps) allowed"
  }
}

/// What tells two tensors apart by more than a tolerance: shape, or the worst element.
///
/// - Parameters:
///   - got: The tensor to judge.
///   - expected: What it should be.
///   - tolerance: The error allowed for each element, as many as there are.
/// - Returns: What differs, `nil` if nothing does.
package func difference<Scalar: FloatingScalar>(
  _ got: Tensor<Scalar>, from expected: [Double], tolerance: [Double]
) -> String? {
  let scalars = got.scalars.map(Double.init)
  guard scalars.count == expected.count, tolerance.count == expected.count else {
    return "\(scalars.count) elements, not \(expected.count)"
  }
  var worst: (index: Int, excess: Double)?
  for index in scalars.indices {
    let (x, y) = (scalars[index], expected[index])
    if x == y || x.isNaN && y.isNaN { continue }
    // An error that is no number exceeds every tolerance.
    let error = (x - y).magnitude
    if error <= tolerance[index] { continue }
    let excess = error.isNaN ? .infinity : error / tolerance[index]
    if worst.map({ excess > $0.excess }) ?? true { worst = (index, excess) }
  }
  return worst.map { worst in
    "element \(worst.index) of \(scalars.count) is \(scalars[worst.index]), not "
      + "\(expected[worst.index]): \(tolerance[worst.index]) allowed"
  }
}

private func shapeDifference(_ got: Shape, _ expected: Shape) -> String? {
  got == expected ? nil : "shape \(got), not \(expected)"
}
