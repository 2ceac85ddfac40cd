import Tensors
import Testing

/// Mistakes in a program stop it, with NumPy's words on standard error.
@Suite struct MistakesTests {
  private func expect(
    _ message: String, from result: ExitTest.Result?, at location: SourceLocation = #_sourceLocation
  ) {
    let text = result.map { String(decoding: $0.standardErrorContent, as: UTF8.self) } ?? ""
    #expect(text.contains(message), "said: \(text.prefix(500))", sourceLocation: location)
  }

  @Test func indexOutOfRange() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3])[0, 3]
    }
    expect("index 3 is out of bounds for axis 1 with size 3", from: result)
  }

  @Test func tooManyIndices() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([1, 2])[0, 0]
    }
    expect("too many indices for array: array is 1-dimensional, but 2 were indexed", from: result)
  }

  @Test func twoEllipses() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([1, 2])[.rest, .rest]
    }
    expect("an index can only have a single ellipsis ('...')", from: result)
  }

  @Test func elementsThatDoNotFillAShape() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Int>([1, 2, 3]).reshaped([4000] as Shape)
    }
    expect("cannot reshape array of size 3 into shape (4000,)", from: result)
  }

  @Test func broadcastToAShapeThatDoesNotFit() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Int>([1, 2, 3]).broadcast(to: [2])
    }
    expect(
      "operands could not be broadcast together with remapped shapes [original->remapped]: (3,)",
      from: result)
  }

  @Test func broadcastToAShapeOfLowerRank() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Int>([[1, 2], [3, 4]]).broadcast(to: [2])
    }
    expect("input operand has more dimensions than allowed by the axis remapping", from: result)
  }

  @Test func whatIsWrongWithAnIndexIsSaidInNumPysOrder() throws {
    let x = Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3])
    #expect(
      throws: ShapeError(
        "boolean index did not match indexed array along axis 1; size of axis is 3 but size of "
          + "corresponding boolean axis is 1")
    ) { try x.part(at: [.position(5), .mask(Tensor([true]))]) }
    #expect(throws: ShapeError("an index can only have a single ellipsis ('...')")) {
      try x.reshaped(1, 2, 3).part(at: [.position(5), .ellipsis, .ellipsis])
    }
  }

  @Test func operandsThatDoNotBroadcast() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3]) + Tensor<Float>.zeros([2])
    }
    expect(
      "operands could not be broadcast together with shapes (2,3) (2,) ", from: result)
  }

  @Test func tracedOperandsThatDoNotBroadcast() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let sum = compile { (x: Tensor<Float>) in x + Tensor<Float>.zeros([2]) }
      _ = sum(.zeros([2, 3]))
    }
    expect(
      "operands could not be broadcast together with shapes (2,3) (2,) ", from: result)
  }

  @Test func assignmentThatDoesNotBroadcast() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var x = Tensor<Float>.zeros([3])
      x[..<2] = Tensor<Float>.ones([3])
    }
    expect("could not broadcast input array from shape (3,) into shape (2,)", from: result)
  }

  @Test func reshapeToAnotherSize() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([1, 2, 3]).reshaped(2, 2)
    }
    expect("cannot reshape array of size 3 into shape (2,2)", from: result)
  }

  @Test func productOfMatricesThatDoNotFit() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3]).matmul(.zeros([2, 3]))
    }
    expect(
      "matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature "
        + "(n?,k),(k,m?)->(n?,m?) (size 2 is different from 3)", from: result)
  }

  @Test func largestOfNothing() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([0, 3]).max(axis: 0)
    }
    expect("zero-size array to reduction operation maximum which has no identity", from: result)
  }

  @Test func rowOutOfRange() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3]).rows([2])
    }
    expect("index 2 is out of bounds for axis 0 with size 2", from: result)
  }

  @Test func arrayOfPositionsOutOfRange() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([4, 3])[.all, [0, 5]]
    }
    expect("index 5 is out of bounds for axis 1 with size 3", from: result)
  }

  @Test func maskOfAnotherShape() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var x = Tensor<Float>.zeros([3])
      x[[true, false]] = Tensor(1)
    }
    expect(
      "boolean index did not match indexed array along axis 0; size of axis is 3 but size of "
        + "corresponding boolean axis is 2", from: result)
  }

  @Test func readingATracedTensor() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let copy = compile { (x: Tensor<Float>) in Tensor(x.scalars) }
      _ = copy(Tensor([1]))
    }
    expect("a traced tensor has no elements to read until the function has run", from: result)
  }

  @Test func tracedTensorThatEscapes() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let outer = compile { (x: Tensor<Float>) in
        let inner = compile { (y: Tensor<Float>) in x + y }
        return inner(Tensor([1]))
      }
      _ = outer(Tensor([1]))
    }
    expect("a traced tensor was used outside of its function", from: result)
  }

  @Test func gradientOfManyNumbers() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = gradient(of: { (x: Tensor<Float>) in x * x })(Tensor([1, 2]))
    }
    expect("a gradient is of one number, not of shape (2,)", from: result)
  }

  @Test func inPlaceBeyondTheShape() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var x = Tensor<Float>.zeros([2])
      x += Tensor<Float>.zeros([2, 2])
    }
    expect(
      "non-broadcastable output operand with shape (2,) doesn't match the broadcast shape (2,2)",
      from: result)
  }

  @Test func negativePowerOfWholeNumbers() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = power(Tensor([1, 2]), Tensor([1, -1]))
    }
    expect("Integers to negative integer powers are not allowed.", from: result)
  }

  @Test func largestNumberOfNothing() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Double>.zeros([0, 3]).nanMax(axes: [0])
    }
    expect(
      "zero-size array to reduction operation fmax which has no identity", from: result)
  }

  @Test func searchInAMatrix() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Int>([[1, 2], [3, 4]]).searchSorted(Tensor(1))
    }
    expect("object too deep for desired array", from: result)
  }

  @Test func negativeBins() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([0, -1]).binCounts()
    }
    expect("'list' argument must have no negative elements", from: result)
  }

  @Test func histogramOfNaN() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Double>([1, .nan]).histogram()
    }
    expect("autodetected range of [nan, nan] is not finite", from: result)
  }

  @Test func histogramOfTooWideARange() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Double>([-1e308, 1e308]).histogram()
    }
    expect("Too many bins for data range. Cannot create 10 finite-sized bins.", from: result)
  }

  @Test func quantileBeyondOne() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([1, 2]).quantile(1.5)
    }
    expect("Quantiles must be in the range [0, 1]", from: result)
  }
}
