import CKernels
import Tensors
import Testing

@Suite struct RotationsTests {
  /// The tables of loops that this processor can run.
  private static var tables: [UnsafePointer<my_kernels>] {
    (0..<8).compactMap { my_kernels_available($0) }
  }

  private func check<Scalar: FloatingScalar>(
    _: Scalar.Type, _ loop: my_floating, _ columns: Int, _ count: Int, isDescending: Bool
  ) {
    var random = RandomState(seed: UInt32(columns * 100 + count))
    // Elements between the rows, which must stay as they are.
    let width = columns + 3
    var rows = Tensor<Scalar>(random.standardNormal([count + 1, width])).scalars
    let angles = (0...count).map { _ in random.randomSample() * 6 }
    let cosines = angles.map { Scalar(Double.cos($0)) }
    let sines = angles.map { Scalar(Double.sin($0)) }
    var expected = rows
    for i in 0..<count {
      let (x, y) = isDescending ? (count - i, count - i - 1) : (i, i + 1)
      for j in 0..<columns {
        let (first, second) = (expected[x * width + j], expected[y * width + j])
        expected[x * width + j] = cosines[i] * first + sines[i] * second
        expected[y * width + j] = cosines[i] * second - sines[i] * first
      }
    }
    rows.withUnsafeMutableBufferPointer { rows in
      if let start = rows.baseAddress {
        loop.rotate(
          start + (isDescending ? count * width : 0), isDescending ? -width : width, columns,
          cosines, sines, count)
      }
    }
    // No product is contracted with a sum: the same bits.
    #expect(rows == expected, "\(Scalar.self), \(columns) columns, \(count) rotations")
  }

  @Test func everyInstructionSetRotatesAlike() {
    #expect(!Self.tables.isEmpty)
    for table in Self.tables {
      let (single, double) = (table.pointee.floating.0, table.pointee.floating.1)
      for columns in [0, 1, 2, 31, 32, 33, 64, 100] {
        for count in [0, 1, 2, 7] {
          for isDescending in [false, true] {
            check(Float.self, single, columns, count, isDescending: isDescending)
            check(Double.self, double, columns, count, isDescending: isDescending)
          }
        }
      }
    }
  }

  /// Values this close take thousands of rotations by angles whose cosines are all rounded to 1.
  @Test func vectorsOfCloseValuesKeepTheirLengths() throws {
    var draws = RandomState(seed: 1)
    let count = 100
    let q = try draws.standardNormal([count, count]).qr().q
    let values = Tensor<Double>.range(from: 0, to: Double(count)) * 1e-13 + 1
    let a = (q * values).matmul(q.matrixTransposed)
    let factors = try a.svd()
    let vectors = try a.symmetricEigen().vectors
    for columns in [factors.u, factors.vTransposed.matrixTransposed, vectors] {
      let lengths = square(columns).sum(axis: 0)
      // A sum of 100 squares: a few units of rounding, where it was some hundred.
      #expect(abs(lengths - 1).max().scalar < 16 * Double.ulpOfOne)
    }
  }
}

extension Double {
  fileprivate static func cos(_ x: Double) -> Double { CKernels.cos(x) }
  fileprivate static func sin(_ x: Double) -> Double { CKernels.sin(x) }
}
