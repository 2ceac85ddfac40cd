import CKernels

/// Plane rotations of neighbouring rows, one after the other, as an iteration for eigenvalues or
/// singular values makes them in one sweep.
struct Rotations {
  private var cosines: [Double] = []
  private var sines: [Double] = []

  mutating func removeAll() {
    cosines.removeAll(keepingCapacity: true)
    sines.removeAll(keepingCapacity: true)
  }

  mutating func append(_ cosine: Double, _ sine: Double) {
    cosines.append(cosine)
    sines.append(sine)
  }

  /// The rotation that takes `(x, y)` to `(length, 0)`; its cosine is not negative.
  static func taking(_ x: Double, _ y: Double) -> (cosine: Double, sine: Double, length: Double) {
    if y == 0 { return (1, 0, x) }
    if x == 0 { return (0, y < 0 ? -1 : 1, y.magnitude) }
    var (x, y, scale) = (x, y, 1.0)
    var square = x * x + y * y
    if !(square > 0x1p-900 && square < 0x1p900) {
      scale = Double(
        sign: .plus, exponent: Swift.max(-1000, Swift.max(x.magnitude, y.magnitude).exponent),
        significand: 1)
      (x, y) = (x / scale, y / scale)
      square = x * x + y * y
    }
    let length = square.squareRoot()
    let signed = x < 0 ? -length : length
    return (x.magnitude / length, y / signed, signed * scale)
  }

  /// Rotates rows: the first rotation acts on rows `first` and `first + step`, the next on those
  /// `step` further.
  ///
  /// A rotation by `(c, s)` takes rows `x`, `y` to `c·x + s·y` and `c·y − s·x`.
  ///
  /// - Parameters:
  ///   - rows: Whose elements lie one after the other.
  ///   - first: The row that only the first rotation acts on.
  ///   - step: 1 or −1.
  func apply(to rows: MatrixBlock, from first: Int, step: Int) {
    if cosines.isEmpty || rows.columns == 0 { return }
    Rotations.rotate(
      rows.start + first * rows.rowStep, step * rows.rowStep, rows.columns, cosines, sines,
      cosines.count)
  }

  /// Gives rows, which many rotations have acted on, the length 1 again.
  ///
  /// The cosine of an angle of 2⁻²⁷ is rounded to 1: rotations by such angles, as close eigenvalues
  /// or singular values bring them, all lengthen, and their errors add up instead of cancelling.
  static func restoreLengths(of rows: MatrixBlock) {
    for index in 0..<rows.rows {
      let row = rows.row(index)
      row.divide(by: row.norm)
    }
  }

  /// The loop of doubles for the instruction set in use.
  private static let rotate = Kernels.floating(.float64).pointee.rotate
}
