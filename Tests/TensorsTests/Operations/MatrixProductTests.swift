import CKernels
import Tensors
import TestSupport
import Testing

@Suite struct MatrixProductTests {
  /// Shapes of operands: matrices around the widths of vectors, none at all, vectors on either side, batches.
  static let shapes: [(Shape, Shape)] = [
    ([1, 1], [1, 1]), ([2, 3], [3, 4]), ([7, 8], [8, 9]), ([9, 17], [17, 1]), ([1, 33], [33, 5]),
    ([16, 16], [16, 16]), ([5, 65], [65, 33]), ([3, 0], [0, 2]), ([0, 3], [3, 2]),
    ([2, 3], [3, 0]),
    ([4], [4]), ([0], [0]), ([4], [4, 3]), ([3, 4], [4]), ([17], [17, 9]), ([9, 17], [17]),
    ([5, 2, 3], [5, 3, 4]), ([5, 2, 3], [3, 4]), ([2, 3], [5, 3, 4]), ([5, 1, 2, 3], [4, 3, 2]),
    ([1, 2, 3], [6, 3, 1]), ([3], [2, 3, 4]), ([2, 4, 3], [3]), ([0, 2, 3], [3, 4]),
  ]

  @Test func floating() {
    check(Float.self)
    check(Double.self)
  }

  private func check<Scalar: FloatingScalar>(_: Scalar.Type) {
    var random = SeededGenerator(seed: 9)
    for (left, right) in Self.shapes {
      let a: [Scalar] = random.scalars(left.elementCount, in: -1...1)
      let b: [Scalar] = random.scalars(right.elementCount, in: -1...1)
      let (shape, expected) = product(a.map(Double.init), left, b.map(Double.init), right, +, *)
      // Products of numbers up to 1: k rounded products and k sums, each at most k in magnitude; twice in Double,
      // where the reference has the same errors.
      let k = Double(left[left.rank - 1])
      let tolerance = 4 * k * k * Double(Scalar.ulpOfOne)
      for a in View.layouts(a, left) {
        for b in View.layouts(b, right) {
          let result = a.tensor.matmul(b.tensor)
          #expect(result.shape == shape)
          let problem = difference(
            result, from: expected, tolerance: expected.map { _ in tolerance })
          #expect(problem == nil, "\(Scalar.self), \(a.name) by \(b.name)")
        }
      }
    }
  }

  /// Operands may be transposed.
  ///
  /// The extents are around those of tiles, packed panels, blocks and tasks. Small whole numbers make every order of
  /// additions exact.
  @Test(arguments: [
    (13, 10, 33), (25, 33, 129), (97, 65, 257), (385, 129, 257), (50, 1030, 20), (400, 7, 600),
  ])
  func transposedOperands(_ m: Int, _ n: Int, _ k: Int) {
    func numbers(_ rows: Int, _ columns: Int) -> Tensor<Float> {
      Tensor(
        (0..<rows * columns).map { Float(($0 * 7 + $0 / columns) % 9 - 4) }, shape: [rows, columns])
    }
    let (a, b) = (numbers(m, k), numbers(k, n))
    let (rows, columns) = (a.scalars, b.transposed().contiguous().scalars)
    var expected: [Float] = []
    for i in 0..<m {
      for j in 0..<n {
        var sum: Float = 0
        for p in 0..<k { sum += rows[i * k + p] * columns[j * k + p] }
        expected.append(sum)
      }
    }
    for left in [a, a.transposed().contiguous().transposed()] {
      for right in [b, b.transposed().contiguous().transposed()] {
        #expect(left.matmul(right).scalars == expected)
        let wide = Tensor<Double>(left).matmul(Tensor<Double>(right))
        #expect(wide.scalars == expected.map(Double.init))
      }
    }
  }

  /// Each element of a product is in one block to finish, complete, and in whole rows if it must be.
  @Test(arguments: [
    (1, 1, 1), (3, 5, 0), (32, 10, 64), (64, 128, 784), (400, 300, 300), (30, 1024, 300),
    (30, 1100, 300), (110, 1100, 300), (110, 600, 300), (2000, 3, 2),
  ])
  func finishesEachElementOnce(_ m: Int, _ n: Int, _ k: Int) {
    let loops = my_kernels_in_use().pointee.numeric.0
    let a = [Float](repeating: 1, count: m * k)
    let b = [Float](repeating: 1, count: k * n)
    for (isTransposed, takesRows) in [(false, false), (false, true), (true, false), (true, true)] {
      let c = UnsafeMutablePointer<Float>.allocate(capacity: m * n)
      defer { c.deallocate() }
      c.initialize(repeating: -1, count: m * n)
      // What `finish` is told beside the product: its extents and steps.
      struct Context {
        var c: UnsafeMutablePointer<Float>
        var columns: Int
        var rowStep: Int
        var columnStep: Int
        var takesRows: Bool
      }
      let steps = isTransposed ? [1, m, k, 1, n, 1] : [n, 1, k, 1, n, 1]
      var context = Context(
        c: c, columns: n, rowStep: steps[0], columnStep: steps[1],
        takesRows: takesRows)
      withUnsafeMutablePointer(to: &context) { context in
        var finish = my_finish(
          run: { context, row, rows, column, columns in
            guard let context = context?.load(as: Context.self) else { return }
            let isWhole = column == 0 && columns == context.columns
            for i in row..<row + rows {
              for j in column..<column + columns {
                // Of a block that isn't the whole rows it should be the elements are left as they are.
                let element = context.c + (i * context.rowStep + j * context.columnStep)
                if isWhole || !context.takesRows { element.pointee = element.pointee * 2 + 1 }
              }
            }
          }, context: context, takes_rows: takesRows)
        steps.withUnsafeBufferPointer { steps in
          guard let start = UnsafeRawPointer(steps.baseAddress) else { return }
          loops.matmul(
            c, a, b, start.assumingMemoryBound(to: (Int, Int).self), m, n, k, &finish)
        }
      }
      let results = Array(UnsafeBufferPointer(start: c, count: m * n))
      #expect(results == [Float](repeating: Float(2 * k + 1), count: m * n))
    }
  }

  @Test func wholeNumbersWrap() {
    check(Int8.self)
    check(Int16.self)
    check(Int32.self)
    check(Int.self)
    check(UInt8.self)
    check(UInt16.self)
    check(UInt32.self)
    check(UInt.self)
  }

  private func check<Scalar: NumericScalar & FixedWidthInteger>(_: Scalar.Type) {
    var random = SeededGenerator(seed: 10)
    for (left, right) in Self.shapes {
      let a = (0..<left.elementCount).map { _ in Scalar.random(in: .min ... .max, using: &random) }
      let b = (0..<right.elementCount).map { _ in Scalar.random(in: .min ... .max, using: &random) }
      let (shape, expected) = product(a, left, b, right, &+, &*)
      for a in View.layouts(a, left) {
        for b in View.layouts(b, right) {
          let result = a.tensor.matmul(b.tensor)
          #expect(
            difference(result, from: Tensor(expected, shape: shape)) == nil,
            "\(Scalar.self), \(a.name) by \(b.name)")
        }
      }
    }
  }

  /// The product by its definition, with positions worked out from the shapes.
  private func product<Scalar: NumericScalar>(
    _ a: [Scalar], _ left: Shape, _ b: [Scalar], _ right: Shape,
    _ sum: (Scalar, Scalar) -> Scalar, _ times: (Scalar, Scalar) -> Scalar
  ) -> (Shape, [Scalar]) {
    let matrixA = left.rank == 1 ? Shape([1] + left.extents) : left
    let matrixB = right.rank == 1 ? Shape(right.extents + [1]) : right
    let (m, k) = (matrixA[matrixA.rank - 2], matrixA[matrixA.rank - 1])
    let n = matrixB[matrixB.rank - 1]
    let batchA = Array(matrixA.extents.dropLast(2))
    let batchB = Array(matrixB.extents.dropLast(2))
    let rank = Swift.max(batchA.count, batchB.count)
    func padded(_ batch: [Int]) -> [Int] { [Int](repeating: 1, count: rank - batch.count) + batch }
    let batch = zip(padded(batchA), padded(batchB)).map { $0 == 1 ? $1 : $0 }
    var result: [Scalar] = []
    for position in positions(of: Shape(batch)) {
      func start(_ extents: [Int]) -> Int {
        flat(zip(position, padded(extents)).map { $1 == 1 ? 0 : $0 }, in: Shape(padded(extents)))
      }
      let (startA, startB) = (start(batchA) * m * k, start(batchB) * k * n)
      for i in 0..<m {
        for j in 0..<n {
          result.append(
            (0..<k).reduce(0) { sum($0, times(a[startA + i * k + $1], b[startB + $1 * n + j])) })
        }
      }
    }
    let extents = batch + (left.rank == 1 ? [] : [m]) + (right.rank == 1 ? [] : [n])
    return (Shape(extents), result)
  }
}
