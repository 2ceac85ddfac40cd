import CKernels

package struct RoundToEven: UnaryPrimitive {
  package init() {}
  package static var name: String { "rint" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.floating(type).pointee.rint }
  package static func reference(_ x: Double) -> Double { x.rounded(.toNearestOrEven) }
  package static var accuracy: Int { 0 }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ dy: Tensor<Scalar>
  ) -> Tensor<Scalar>? {
    nil
  }
}

extension Tensor where Scalar: FloatingScalar {
  /// Returns each element rounded to a number of decimals, halves to the even digit.
  ///
  ///     Tensor<Double>([0.5, 1.5, 2.675]).rounded()             // [0. 2. 3.]
  ///     Tensor<Double>([0.5, 1.5, 2.675]).rounded(decimals: 2)  // [0.5  1.5  2.68]
  ///
  /// The element is scaled by a power of 10, rounded and scaled back, so a number that is no half
  /// but for its last bits may be rounded as one, as 2.675 is. The derivative is 0 everywhere.
  /// - Parameter decimals: The digits to keep after the point; of −2, hundreds are left.
  /// - Returns: A tensor of the same shape; NaN and infinities stay.
  /// - SeeAlso: NumPy's `round`, and `rint` for no decimals.
  public func rounded(decimals: Int = 0) -> Tensor {
    if decimals == 0 { return RoundToEven()(self) }
    let scale = Scalar(CKernels.pow(10, Double(decimals.magnitude)))
    let scaled = decimals > 0 ? self * scale : self / scale
    let whole = RoundToEven()(scaled)
    return decimals > 0 ? whole / scale : whole * scale
  }
}

extension Tensor where Scalar: IntegerScalar {
  /// Returns each element rounded to tens, hundreds or so on, halves to the even digit.
  ///
  ///     Tensor([15, 25, 149]).rounded(decimals: -1)  // [ 20  20 150]
  ///
  /// - Parameter decimals: Of −1, tens are left, of −2 hundreds; 0 or more changes nothing.
  /// - Returns: A tensor of the same shape; 0 where the power of 10 is beyond the type.
  /// - SeeAlso: NumPy's `round`.
  public func rounded(decimals: Int) -> Tensor {
    if decimals >= 0 { return self }
    var unit: Scalar = 1
    for _ in 0..<decimals.magnitude {
      let (next, overflow) = unit.multipliedReportingOverflow(by: 10)
      if overflow { return Tensor(repeating: 0, shape: shape) }
      unit = next
    }
    let (quotient, rest) = (floorDivide(self, unit), remainder(self, unit))
    // `rest` beside what it lacks of a unit: the double of `rest` may be beyond the type.
    let lacking = unit - rest
    let isOdd = remainder(quotient, 2) .== 1
    let isUp = (rest .> lacking) .| ((rest .== lacking) .& isOdd)
    return (quotient + Tensor(isUp)) * unit
  }
}
