package import Tensors

/// Random numbers for tests, the same for the same seed everywhere.
///
/// SplitMix64 (Steele, Lea & Flood 2014, "Fast splittable pseudorandom number generators", figure 15).
package struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A whole number of the range.
  package mutating func int(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &self)
  }

  /// True once in `count` times.
  package mutating func once(in count: Int) -> Bool { int(1...count) == 1 }

  /// A shape of this many axes with extents of the range.
  package mutating func shape(rank: Int, extents: ClosedRange<Int>) -> Shape {
    Shape((0..<rank).map { _ in int(extents) })
  }

  /// Numbers spread evenly over the range.
  package mutating func scalars<Scalar: FloatingScalar>(
    _ count: Int, in range: ClosedRange<Double>
  ) -> [Scalar] {
    (0..<count).map { _ in Scalar(Double.random(in: range, using: &self)) }
  }

  /// A tensor of numbers spread evenly over the range.
  package mutating func tensor<Scalar: FloatingScalar>(
    _ shape: Shape, in range: ClosedRange<Double> = -2...2
  ) -> Tensor<Scalar> {
    Tensor(scalars(shape.elementCount, in: range), shape: shape)
  }
}
