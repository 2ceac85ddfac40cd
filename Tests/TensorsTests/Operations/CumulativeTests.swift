import Tensors
import TestSupport
import Testing

@Suite struct CumulativeTests {
  @Test(arguments: Catalogue.scans.map(CatalogueEntry.init))
  func agreesWithItsDefinition(_ entry: CatalogueEntry<any ScanPrimitive.Type>) {
    func check<Scan: ScanPrimitive>(_: Scan.Type) {
      // Small numbers whose sums and products are exact.
      checkDefinition(Scan.self, sum: +, product: *) { [1, -1, 2, 0.5][$0.int(0...3)] as Float }
      checkDefinition(Scan.self, sum: +, product: *) { [1, -1, 2, 0.5][$0.int(0...3)] as Double }
      checkDefinition(Scan.self, sum: &+, product: &*) {
        Int8.random(in: .min ... .max, using: &$0)
      }
      checkDefinition(Scan.self, sum: &+, product: &*) {
        UInt.random(in: .min ... .max, using: &$0)
      }
      checkDefinition(Scan.self, sum: { $0 || $1 }, product: { $0 && $1 }) { $0.once(in: 2) }
    }
    check(entry.type)
  }

  private func checkDefinition<Scan: ScanPrimitive, Scalar: TensorScalar>(
    _: Scan.Type, sum: (Scalar, Scalar) -> Scalar, product: (Scalar, Scalar) -> Scalar,
    scalar: (inout SeededGenerator) -> Scalar
  ) {
    var random = SeededGenerator(seed: 40)
    let combine = Scan.self == CumulativeSum.self ? sum : product
    for shape in [[0], [1], [9], [65], [3, 10], [10, 3], [2, 5, 4], [0, 4], [4, 0]] as [Shape] {
      let scalars = (0..<shape.elementCount).map { _ in scalar(&random) }
      for axis in shape.indices {
        var expected = scalars
        for line in lines(of: Array(scalars.indices), shape, axis: axis) {
          for (before, here) in zip(line, line.dropFirst()) {
            expected[here] = combine(expected[before], scalars[here])
          }
        }
        for view in View.layouts(scalars, shape) {
          let result: Tensor<Scalar> = Scan(axis: axis).apply(to: [view.tensor])
          #expect(
            difference(result, from: Tensor(expected, shape: shape)) == nil,
            "\(Scan.name) of \(Scalar.self), \(view.name), axis \(axis)")
        }
      }
    }
  }

  /// Narrow numbers are widened, truth values counted; no axis means all elements.
  @Test func resultTypes() {
    #expect(Tensor<Int8>([[100, 100], [100, 100]]).cumulativeSum() == [100, 200, 300, 400])
    #expect(Tensor<UInt8>([16, 16, 16]).cumulativeProduct() == [16, 256, 4096] as Tensor<UInt>)
    #expect(Tensor([true, false, true]).cumulativeSum() == [1, 1, 2] as Tensor<Int>)
    #expect(Tensor([1, 2, 3, 4], shape: [2, 2]).cumulativeSum(axis: -1) == [[1, 3], [3, 7]])
  }

  /// A number is a vector of one element, as in NumPy.
  @Test(arguments: [nil, 0, -1] as [Int?]) func numbers(axis: Int?) {
    #expect(Tensor(3).cumulativeSum(axis: axis) == [3])
    #expect(Tensor(3).cumulativeProduct(axis: axis) == [3])
    #expect(Tensor(3).argSorted(axis: axis) == [0])
  }

  @Test func differences() {
    let x: Tensor<Int> = [[1, 4, 9, 16], [0, 0, 1, 0]]
    #expect(x.differences() == [[3, 5, 7], [0, 1, -1]])
    #expect(x.differences(axis: 0) == [[-1, -4, -8, -16]])
    #expect(x.differences(order: 2) == [[2, 2], [1, -2]])
    #expect(x.differences(order: 0) == x)
    #expect(x.differences(order: 9).shape == [2, 0])
    #expect(x.differences(order: .max).shape == [2, 0])
    #expect(Tensor<UInt8>([1, 0]).differences() == [255])
    let slope = gradient(of: { (x: Tensor<Double>) in square(x.differences()).sum() })
    #expect(slope([1, 3, 4]) == [-4, 2, 2])
  }
}
