import CKernels

// Linear algebra is done in double precision, also for `Float`, on blocks of memory. What takes
// time runs in the C loops: products of blocks above all, so that it gains with them.

/// A matrix, or a part of one, in memory that someone else keeps alive.
struct MatrixBlock {
  var start: UnsafeMutablePointer<Double>
  var rows: Int
  var columns: Int
  /// The step between rows, in elements.
  var rowStep: Int
  /// The step between columns, in elements.
  var columnStep = 1

  /// The elements one after the other in C order.
  init(_ start: UnsafeMutablePointer<Double>, _ rows: Int, _ columns: Int) {
    self.init(start, rows, columns, rowStep: columns)
  }

  init(
    _ start: UnsafeMutablePointer<Double>, _ rows: Int, _ columns: Int, rowStep: Int,
    columnStep: Int = 1
  ) {
    self.start = start
    self.rows = rows
    self.columns = columns
    self.rowStep = rowStep
    self.columnStep = columnStep
  }

  subscript(row: Int, column: Int) -> Double {
    get { start[row * rowStep + column * columnStep] }
    nonmutating set { start[row * rowStep + column * columnStep] = newValue }
  }

  /// The part at some rows and columns.
  subscript(rows: Range<Int>, columns: Range<Int>) -> MatrixBlock {
    MatrixBlock(
      start + (rows.lowerBound * rowStep + columns.lowerBound * columnStep), rows.count,
      columns.count, rowStep: rowStep, columnStep: columnStep)
  }

  /// Part of a row, as a matrix of one row.
  func row(_ row: Int, _ columns: Range<Int>) -> MatrixBlock { self[row..<row + 1, columns] }

  /// A row, as a matrix of one row.
  func row(_ row: Int) -> MatrixBlock { self[row..<row + 1, 0..<columns] }

  /// Part of a column, as a matrix of one column.
  func column(_ column: Int, _ rows: Range<Int>) -> MatrixBlock { self[rows, column..<column + 1] }

  var transposed: MatrixBlock {
    MatrixBlock(start, columns, rows, rowStep: columnStep, columnStep: rowStep)
  }

  var isEmpty: Bool { rows == 0 || columns == 0 }
}

// Elementwise work, a call of a loop for each row.
extension MatrixBlock {
  /// The loops of doubles for the instruction set in use.
  nonisolated(unsafe) private static let loops = Kernels.numeric(.float64)

  /// Copies the elements of a block of the same shape that lies elsewhere.
  func copy(from source: MatrixBlock) {
    apply(MatrixBlock.loops.pointee.copy, source, source)
  }

  /// Copies rows of a block that lies elsewhere, in the order given.
  func copy(rows order: [Int], of source: MatrixBlock) {
    for (target, row) in order.enumerated() { self.row(target).copy(from: source.row(row)) }
  }

  func subtract(_ other: MatrixBlock) {
    apply(MatrixBlock.loops.pointee.subtract, self, other)
  }

  func multiply(by factor: Double) { apply(MatrixBlock.loops.pointee.multiply, factor) }

  func divide(by divisor: Double) { apply(MatrixBlock.loops.pointee.divide, divisor) }

  func fill(_ value: Double) {
    var value = value
    withUnsafeMutablePointer(to: &value) { value in
      copy(from: MatrixBlock(value, rows, columns, rowStep: 0, columnStep: 0))
    }
  }

  private func apply(_ loop: Loop, _ scalar: Double) {
    var scalar = scalar
    withUnsafeMutablePointer(to: &scalar) { scalar in
      let all = MatrixBlock(scalar, rows, columns, rowStep: 0, columnStep: 0)
      apply(loop, self, all)
    }
  }

  private func apply(_ loop: Loop, _ x: MatrixBlock, _ y: MatrixBlock) {
    if isEmpty { return }
    if columnStep != 1, rowStep == 1 || rows > columns {
      transposed.apply(loop, x.transposed, y.transposed)
      return
    }
    let steps = (columnStep, x.columnStep, y.columnStep)
    withUnsafePointer(to: steps) { steps in
      steps.withMemoryRebound(to: Int.self, capacity: 3) { steps in
        for row in 0..<rows {
          let data = (
            UnsafeMutableRawPointer(start + row * rowStep),
            UnsafeMutableRawPointer(x.start + row * x.rowStep),
            UnsafeMutableRawPointer(y.start + row * y.rowStep)
          )
          withUnsafePointer(to: data) { data in
            data.withMemoryRebound(to: UnsafeMutableRawPointer.self, capacity: 3) { data in
              loop(data, steps, columns)
            }
          }
        }
      }
    }
  }
}

// Products.
extension MatrixBlock {
  /// Sets the elements to those of `a · b`; neither may overlap this block.
  func set(_ a: MatrixBlock, times b: MatrixBlock) {
    // A single column is summed along the rows of `a`: no column step makes the loop take that way.
    let isColumn = columns == 1
    let steps = (
      (rowStep, isColumn ? 0 : columnStep), (a.rowStep, a.columnStep),
      (b.rowStep, isColumn ? 0 : b.columnStep)
    )
    withUnsafePointer(to: steps) { steps in
      steps.withMemoryRebound(to: (Int, Int).self, capacity: 3) { steps in
        MatrixBlock.loops.pointee.matmul(
          start, a.start, b.start, steps, rows, columns, a.columns, nil)
      }
    }
  }

  /// Subtracts `a · b`, which must not overlap this block.
  func subtract(_ a: MatrixBlock, times b: MatrixBlock, _ workspace: Workspace) {
    if isEmpty || a.columns == 0 { return }
    if columnStep != 1, rowStep == 1 {
      transposed.subtract(b.transposed, times: a.transposed, workspace)
      return
    }
    let height = Swift.max(1, Swift.min(rows, Workspace.productCount / columns))
    let product = workspace.product(height * columns)
    var row = 0
    while row < rows {
      let end = Swift.min(row + height, rows)
      let part = MatrixBlock(product, end - row, columns)
      part.set(a[row..<end, 0..<a.columns], times: b)
      self[row..<end, 0..<columns].subtract(part)
      row = end
    }
  }

  /// The sum of the products of two rows' elements.
  func dot(_ other: MatrixBlock) -> Double {
    var result = 0.0
    withUnsafeMutablePointer(to: &result) { result in
      MatrixBlock(result, 1, 1).set(self, times: other.transposed)
    }
    return result
  }

  /// The Euclidean norm of a row, without overflow.
  var norm: Double {
    let square = dot(self)
    if square > 0x1p-900, square < .infinity { return square.squareRoot() }
    var largest = 0.0
    for column in 0..<columns {
      let size = self[0, column].magnitude
      if !(size <= largest) { largest = size }
      if largest.isNaN { return .nan }
    }
    if largest == 0 || largest == .infinity { return largest }
    let exponent = Swift.max(largest.exponent, -1000)
    let scale = Double(sign: .plus, exponent: -exponent, significand: 1)
    var sum = 0.0
    for column in 0..<columns {
      let scaled = self[0, column] * scale
      sum += scaled * scaled
    }
    return Double(sign: .plus, exponent: exponent, significand: sum.squareRoot())
  }
}

// What a factorization asks of a whole matrix.
extension MatrixBlock {
  /// Sets the elements to those of the identity matrix.
  func setIdentity() {
    fill(0)
    for i in 0..<Swift.min(rows, columns) { self[i, i] = 1 }
  }

  /// The largest magnitude, NaN or infinite if an element is, of elements that lie one after the
  /// other.
  var largestMagnitude: Double {
    if isEmpty { return 0 }
    let extremes = [MatrixBlock.loops.pointee.largest, MatrixBlock.loops.pointee.smallest].map {
      reduction in
      var extreme = 0.0
      reduction(&extreme, 1, start, rows * columns, 1, 1, rows * columns)
      return extreme.magnitude
    }
    return extremes[0].isNaN ? .nan : Swift.max(extremes[0], extremes[1])
  }

  /// Multiplies the elements by a power of two, such that sums of squares neither overflow nor
  /// vanish.
  ///
  /// The elements lie one after the other and are finite.
  ///
  /// - Returns: By how much results must be multiplied, in factors that don't overflow; none if
  ///   nothing was done.
  func scaleToSafety(_ largest: Double) -> [Double] {
    if largest == 0 || (0x1p-400...0x1p400).contains(largest) { return [] }
    let exponent = largest.exponent
    // The reciprocal of a subnormal number is not finite: two factors are.
    let halves = [exponent / 2, exponent - exponent / 2]
    for half in halves { multiply(by: Double(sign: .plus, exponent: -half, significand: 1)) }
    return halves.map { Double(sign: .plus, exponent: $0, significand: 1) }
  }
}

/// The square root of `x² + y²`, without overflow.
func hypotenuse(_ x: Double, _ y: Double) -> Double {
  let square = x * x + y * y
  if square > 0x1p-900, square < .infinity { return square.squareRoot() }
  let (small, large) = (Swift.min(x.magnitude, y.magnitude), Swift.max(x.magnitude, y.magnitude))
  if large == 0 || !large.isFinite { return large + small }
  let ratio = small / large
  return large * (1 + ratio * ratio).squareRoot()
}
