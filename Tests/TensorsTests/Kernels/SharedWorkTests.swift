import Tensors
import Testing

/// Work that is large enough to be cut into blocks and shared by threads gives what its parts give.
@Suite struct SharedWorkTests {
  /// Small whole numbers: their products and sums are exact, in whatever order they are added.
  private func numbers<Scalar: FloatingScalar>(_ shape: Shape, seed: UInt32) -> Tensor<Scalar> {
    var state = seed
    return Tensor(
      (0..<shape.elementCount).map { _ in
        state = state &* 1_664_525 &+ 1_013_904_223
        return Scalar(Int(state >> 24) % 9 - 4)
      }, shape: shape)
  }

  private func checkProducts<Scalar: FloatingScalar>(_: Scalar.Type) {
    let extents = [1, 2, 13, 65, 130, 301]
    for m in extents {
      for n in extents {
        for k in [0, 1, 17, 260, 531] {
          let transposesA = (m + k) % 2 == 0
          let transposesB = (n + k) % 3 == 0
          let a: Tensor<Scalar> =
            transposesA ? numbers([k, m], seed: 1).transposed() : numbers([m, k], seed: 1)
          let b: Tensor<Scalar> =
            transposesB ? numbers([n, k], seed: 2).transposed() : numbers([k, n], seed: 2)
          let product = a.matmul(b)
          // The same by other loops: rows times columns, added up as Double.
          let rows = a.contiguous().scalars.map { Double($0) }
          let columns = b.transposed().contiguous().scalars.map { Double($0) }
          let got = product.scalars
          for (i, j) in [(0, 0), (m - 1, n - 1), (m / 2, n / 3), (m / 3, n - 1), (m - 1, n / 2)] {
            let wanted = (0..<k).reduce(0) { $0 + rows[i * k + $1] * columns[j * k + $1] }
            #expect(
              Double(got[i * n + j]) == wanted, "\(m) × \(k) × \(n), element \(i), \(j)")
          }
          // And all of it by sums, which see every element.
          let total = a.sum(axis: 0).matmul(b.sum(axis: 1))
          #expect(product.sum() == total, "\(m) × \(k) × \(n)")
        }
      }
    }
  }

  @Test func products() {
    checkProducts(Float.self)
    checkProducts(Double.self)
  }

  @Test func elementwiseWorkIsThatOfItsParts() {
    let x: Tensor<Double> = numbers([70_001], seed: 3) / 7
    let whole = exp(x)
    let parts = stride(from: 0, to: x.count, by: 1000).map {
      exp(x[$0..<min($0 + 1000, x.count)])
    }
    #expect(whole == concatenate(parts))
    let row: Tensor<Double> = numbers([301], seed: 4)
    let table: Tensor<Double> = numbers([257, 301], seed: 5)
    let sum = table + row
    for i in [0, 100, 256] { #expect(sum[i] == table[i] + row) }
    let turned = table.transposed() + table.transposed()
    #expect(turned.transposed().contiguous() == table * 2)
  }

  @Test func copiesAcross() {
    for (m, n) in [(1, 1), (3, 70), (64, 64), (65, 129), (400, 250)] {
      let x = Tensor((0..<m * n).map { Int32($0) }, shape: [m, n])
      let y = x.transposed().contiguous()
      #expect(y.scalars == (0..<n).flatMap { j in (0..<m).map { Int32($0 * n + j) } })
      let bytes = Tensor<UInt8>(x).transposed().contiguous()
      #expect(bytes == Tensor<UInt8>(y))
    }
  }

  @Test func reductions() {
    let x: Tensor<Double> = numbers([300, 500], seed: 6)
    let elements = x.scalars
    var total = 0.0
    var columns = [Double](repeating: 0, count: 500)
    var rows = [Double](repeating: 0, count: 300)
    for (position, element) in elements.enumerated() {
      total += element
      rows[position / 500] += element
      columns[position % 500] += element
    }
    #expect(x.sum().scalar == total)
    #expect(x.sum(axis: 0).scalars == columns)
    #expect(x.sum(axis: 1).scalars == rows)
  }

  /// An element's function doesn't depend on where it stands or on its neighbours.
  @Test func neighboursDoNotMatter() {
    func check<Scalar: FloatingScalar>(_: Scalar.Type, _ low: Double, _ high: Double) {
      let x = Tensor<Scalar>.linearlySpaced(from: low, to: high, count: 1001)
      for function in [exp, expm1, tanh, sigmoid, softplus] as [(Tensor<Scalar>) -> Tensor<Scalar>]
      {
        let whole = function(x).scalars
        let single = x.scalars.map { function(Tensor($0)).scalar }
        #expect(whole == single)
        #expect(
          function(x[.stride(by: 3)]).scalars == stride(from: 0, to: 1001, by: 3).map { whole[$0] })
      }
    }
    check(Float.self, -110, 95)
    check(Double.self, -750, 715)
  }

  @Test func manyTasksAtOnce() async {
    let a: Tensor<Float> = numbers([150, 150], seed: 7)
    let expected = a.matmul(a)
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        group.addTask {
          (0..<10).allSatisfy { _ in a.matmul(a) == expected && (a + a).sum() == a.sum() * 2 }
        }
      }
      for await isEqual in group { #expect(isEqual) }
    }
  }
}
