import Tensors
import TestSupport
import Testing

/// The helpers of the tests.
@Suite struct SupportTests {
  @Test func ulps() {
    #expect(ulpDistance(1.0, 1.0) == 0)
    #expect(ulpDistance(1.0, 1.0.nextUp) == 1)
    #expect(ulpDistance(Float(1), Float(1).nextDown.nextDown) == 2)
    #expect(ulpDistance(Double.greatestFiniteMagnitude, .infinity) == 1)
    #expect(ulpDistance(-Float.leastNonzeroMagnitude, .leastNonzeroMagnitude) == 2)
    #expect(ulpDistance(0.0, -0.0) == 0)
    #expect(ulpDistance(Double.nan, .nan) == 0)
    #expect(ulpDistance(Double.nan, 1) == .infinity)
    #expect(ulpDistance(-Double.infinity, .infinity) == 2 * Double(Double.infinity.bitPattern))
  }

  @Test func differences() {
    #expect(difference([1, 2], from: [1, 2]) == nil)
    #expect(difference([1, 2], from: [1]) == "2 elements, not 1")
    #expect(difference([1, 2], from: [1, 3]) == "element 1 of 2 is 2, not 3")
    #expect(difference([Float.nan, 0], from: [.nan, 0]) == nil)
    #expect(
      difference([0.0], from: [-0.0]) == "element 0 of 1 is 0.0, not -0.0: inf ulp apart, 0 allowed"
    )
    #expect(difference([1.0, 2.0.nextUp, 3.0.nextUp.nextUp], from: [1, 2, 3], ulps: 2) == nil)
    #expect(
      difference([1.0, 2.0.nextUp, 3.0.nextUp.nextUp], from: [1, 2, 3], ulps: 0)
        == "element 2 of 3 is 3.000000000000001, not 3.0: 2.0 ulp apart, 0 allowed")
    #expect(
      difference(Tensor([1]), from: Tensor([1], shape: [1, 1])) == "shape (1,), not (1, 1)")
    let x: Tensor<Float> = [1, 2, 4]
    #expect(difference(x, from: [1, 2.5, 4], tolerance: [0, 0.5, 0]) == nil)
    #expect(
      difference(x, from: [1, 2.5, 5], tolerance: [0, 0.25, 0.25])
        == "element 2 of 3 is 4.0, not 5.0: 0.25 allowed")
    #expect(difference(x, from: [1, 2, .nan], tolerance: [9, 9, 9]) != nil)
    #expect(difference(x, from: [1, 2], tolerance: [9, 9]) == "3 elements, not 2")
  }

  @Test func generator() {
    // The first numbers of SplitMix64 from seed 0.
    var random = SeededGenerator(seed: 0)
    #expect(random.next() == 0xE220_A839_7B1D_CDAF)
    #expect(random.next() == 0x6E78_9E6A_A1B9_65F4)
    let scalars: [Float] = random.scalars(100, in: 2...3)
    #expect(scalars.allSatisfy { (2...3).contains($0) } && Set(scalars).count > 90)
    #expect((0..<100).allSatisfy { _ in (-1...1).contains(random.int(-1...1)) })
  }

  @Test func places() {
    #expect(positions(of: [2, 2]) == [[0, 0], [0, 1], [1, 0], [1, 1]])
    #expect(positions(of: []) == [[]])
    #expect(positions(of: [0, 2]) == [])
    #expect(flat([1, 2, 0], in: [2, 3, 4]) == 20)
    #expect(numbers(of: [2, 3], axes: [1, 0]) == [0, 3, 1, 4, 2, 5])
    #expect(lines(of: [1, 2, 3, 4, 5, 6], [2, 3], axis: 0) == [[1, 4], [2, 5], [3, 6]])
  }

  @Test func viewsHaveTheElementsTheySay() {
    for view in View.all([1, 2, 3]) { #expect(view.tensor.scalars == view.scalars, "\(view.name)") }
    for shape: Shape in [[], [3], [2, 3], [2, 3, 2], [0, 2]] {
      let scalars = Array(0..<shape.elementCount)
      for view in View.layouts(scalars, shape) {
        #expect(view.tensor.shape == shape, "\(view.name)")
        #expect(view.tensor.scalars == scalars, "\(view.name)")
      }
    }
  }

  @Test(.enabled(if: Sources.areHere, "the sources are not beside the tests"))
  func primitivesAreFound() throws {
    let tanh = try Sources.primitives().filter { $0.name == "Tanh" }
    #expect(tanh.map(\.family) == ["UnaryPrimitive"])
  }
}
