import Tensors
import Testing

/// The shape rules, which throw what NumPy 2.4 says.
@Suite struct ShapeTests {
  @Test func collection() {
    let shape: Shape = [2, 3, 4]
    #expect(shape.rank == 3)
    #expect(shape.count == 3)
    #expect(shape.elementCount == 24)
    #expect(Array(shape) == [2, 3, 4])
    #expect(([] as Shape).elementCount == 1)
    #expect(([5, 0, .max, .max] as Shape).elementCount == 0)
    #expect(([.max, 2] as Shape).checkedElementCount == nil)
    #expect(shape.removing(axis: 1) == [2, 4])
    #expect(shape.replacing(axis: 1, by: 9) == [2, 9, 4])
    #expect("\(shape) \([7] as Shape) \([] as Shape)" == "(2, 3, 4) (7,) ()")
  }

  @Test func axes() throws {
    let shape: Shape = [2, 3, 4]
    #expect(try shape.normalizedAxis(-1) == 2)
    #expect(try shape.normalizedAxes(nil) == [0, 1, 2])
    #expect(try shape.normalizedAxes([-1, 0]) == [0, 2])
    #expect(try shape.normalizedAxes([]) == [])
    expect("axis 3 is out of bounds for array of dimension 3") { try shape.normalizedAxis(3) }
    expect("axis -4 is out of bounds for array of dimension 3") { try shape.normalizedAxis(-4) }
    expect("axis 0 is out of bounds for array of dimension 0") {
      try ([] as Shape).normalizedAxis(0)
    }
    expect("duplicate value in 'axis'") { try shape.normalizedAxes([0, -3]) }
  }

  @Test func broadcast() throws {
    let cases: [(Shape, Shape, Shape)] = [
      ([2, 3], [2, 3], [2, 3]), ([2, 1], [3], [2, 3]), ([], [4], [4]), ([4], [], [4]),
      ([1], [5], [5]), ([8, 1, 6, 1], [7, 1, 5], [8, 7, 6, 5]), ([0], [1], [0]), ([], [], []),
      ([3, 0], [1, 1], [3, 0]),
    ]
    for (a, b, expected) in cases {
      #expect(try Shape.broadcast(a, b) == expected)
      #expect(try Shape.broadcast(b, a) == expected)
    }
    expect("operands could not be broadcast together with shapes (3,) (4,) ") {
      try Shape.broadcast([3], [4])
    }
    expect("operands could not be broadcast together with shapes (2,3) (3,2) ") {
      try Shape.broadcast([2, 3], [3, 2])
    }
    expect("operands could not be broadcast together with shapes (0,) (2,) ") {
      try Shape.broadcast([0], [2])
    }
    expect("operands could not be broadcast together with shapes (2,) (3,) (4,) ") {
      try Select().shape(of: [[2], [3], [4]])
    }
  }

  @Test func inPlace() throws {
    for (shape, other) in [([2, 3], [3]), ([2, 3], []), ([0, 3], [1, 3])] as [(Shape, Shape)] {
      try shape.checkInPlace(with: other)
    }
    expect(
      "non-broadcastable output operand with shape (2,) doesn't match the broadcast shape (2,2)"
    ) { try ([2] as Shape).checkInPlace(with: [2, 2]) }
    // The result is an operand too.
    expect("operands could not be broadcast together with shapes (2,4) (2,2) (2,4) ") {
      try ([2, 4] as Shape).checkInPlace(with: [2, 2])
    }
  }

  @Test func padding() throws {
    #expect(try ([2, 3] as Shape).padded([(1, 0)]) == [3, 4])
    // Before anything else, and where there is no axis too.
    for (shape, widths) in [([], [(1, -1)]), ([2], [(1, 1), (0, -1)])] as [(Shape, [(Int, Int)])] {
      expect("index can't contain negative values") { try shape.padded(widths) }
    }
  }

  @Test func splitting() throws {
    // Found out without a list of the parts, for which there is no memory.
    expect("array split does not result in an equal division") {
      try ([4] as Shape).split(into: 1 << 61)
    }
    expect("number sections must be larger than 0.") { try ([4] as Shape).split(into: 0) }
    for (shape, sections) in [([4], .max), ([4], (1 << 60) + 1)] as [(Shape, Int)] {
      expect("Maximum allowed dimension exceeded") { try shape.arraySplit(into: sections) }
    }
    expect("Maximum allowed dimension exceeded") { try ([0] as Shape).split(into: .max) }
  }

  @Test func positionsAlongAnAxis() throws {
    let positions: Tensor<Int> = [[4], [-5], [0], [1]]
    #expect(try ([4, 5] as Shape).takeAlongAxis(positions, axis: 1) == [4, 1])
    // The numbers of the other axes are never listed: no memory would hold them.
    #expect(try ([1 << 59, 5] as Shape).takeAlongAxis(Tensor([[4]]), axis: 1) == [1 << 59, 1])
    #expect(try ([0, 5] as Shape).takeAlongAxis(Tensor([[5]]), axis: 1) == [0, 1])
    expect("index 4 is out of bounds for axis 0 with size 4") {
      try ([4, 5] as Shape).takeAlongAxis(Tensor([[4]]), axis: -2)
    }
    expect("`indices` and `arr` must have the same number of dimensions") {
      try ([4, 5] as Shape).takeAlongAxis(Tensor([4]), axis: 0)
    }
  }

  @Test func broadcastToATarget() throws {
    for (shape, target) in [([3], [2, 3]), ([1, 3], [5, 3]), ([], [2]), ([1], [0])]
      as [(Shape, Shape)]
    {
      try shape.checkBroadcast(to: target)
    }
    expect(
      "operands could not be broadcast together with remapped shapes [original->remapped]: "
        + "(3,)  and requested shape (2,2)"
    ) { try ([3] as Shape).checkBroadcast(to: [2, 2]) }
    expect("input operand has more dimensions than allowed by the axis remapping") {
      try ([2, 3] as Shape).checkBroadcast(to: [3])
    }
  }

  @Test func matmul() throws {
    let cases: [(Shape, Shape, Shape)] = [
      ([2, 3], [3, 4], [2, 4]), ([3], [3], []), ([3], [3, 4], [4]), ([2, 3], [3], [2]),
      ([5, 2, 3], [3, 4], [5, 2, 4]), ([5, 1, 2, 3], [6, 3, 4], [5, 6, 2, 4]),
      ([3], [5, 3, 4], [5, 4]), ([5, 2, 3], [3], [5, 2]), ([0, 3], [3, 0], [0, 0]),
    ]
    for (a, b, expected) in cases { #expect(try Shape.matmul(a, b) == expected) }
    let signature = "with gufunc signature (n?,k),(k,m?)->(n?,m?)"
    for (a, b, sizes) in [
      ([2, 3], [2, 3], "size 2 is different from 3"), ([3], [4], "size 4 is different from 3"),
      ([3], [4, 2], "size 4 is different from 3"), ([2, 3], [4], "size 4 is different from 3"),
    ] as [(Shape, Shape, String)] {
      expect(
        "matmul: Input operand 1 has a mismatch in its core dimension 0, \(signature) (\(sizes))"
      ) { try Shape.matmul(a, b) }
    }
    for (position, shapes) in [([], [3]), ([3], [])].enumerated()
      as EnumeratedSequence<[(Shape, Shape)]>
    {
      expect(
        "matmul: Input operand \(position) does not have enough dimensions (has 0, gufunc core "
          + "with signature (n?,k),(k,m?)->(n?,m?) requires 1)"
      ) { try Shape.matmul(shapes.0, shapes.1) }
    }
    expect(
      "operands could not be broadcast together with remapped shapes [original->remapped]: "
        + "(2,2,3)->(2,newaxis,newaxis) (3,3,4)->(3,newaxis,newaxis)  and requested shape (2,4)"
    ) { try Shape.matmul([2, 2, 3], [3, 3, 4]) }
  }

  @Test func reshape() throws {
    let cases: [(Shape, [Int], Shape)] = [
      ([2, 6], [3, -1], [3, 4]), ([2, 6], [-1], [12]), ([], [], []), ([], [-1], [1]),
      ([1, 1], [], []), ([0, 3], [5, 0], [5, 0]), ([0, 3], [-1, 3], [0, 3]),
      ([6], [-2, 3], [2, 3]), ([4], [2, 1, -1, 2], [2, 1, 1, 2]),
    ]
    for (shape, extents, expected) in cases {
      #expect(try shape.reshaped(to: extents) == expected)
    }
    for (shape, extents, text) in [
      ([6], [5], "size 6 into shape (5,)"), ([2, 3], [2, 2], "size 6 into shape (2,2)"),
      ([6], [], "size 6 into shape ()"),
      ([6], [.max, .max], "size 6 into shape (\(Int.max),\(Int.max))"),
      // In front, NumPy leaves it out.
      ([6], [4, -1], "size 6 into shape (4,newaxis)"),
      ([6], [-1, 4], "size 6 into shape (newaxis,4)"),
      ([0, 3], [0, -1], "size 0 into shape (0,newaxis)"),
    ] as [(Shape, [Int], String)] {
      expect("cannot reshape array of \(text)") { try shape.reshaped(to: extents) }
    }
    expect("can only specify one unknown dimension") { try ([6] as Shape).reshaped(to: [-1, -1]) }
  }

  @Test func concatenate() throws {
    #expect(try Shape.concatenate([[2, 3], [4, 3]], axis: 0) == [6, 3])
    #expect(try Shape.concatenate([[2, 3], [2, 0], [2, 1]], axis: -1) == [2, 4])
    #expect(try Shape.concatenate([[2]], axis: 0) == [2])
    expect("need at least one array to concatenate") { try Shape.concatenate([], axis: 0) }
    expect("zero-dimensional arrays cannot be concatenated") {
      try Shape.concatenate([[], []], axis: 0)
    }
    expect("axis 2 is out of bounds for array of dimension 2") {
      try Shape.concatenate([[2, 3], [2, 4]], axis: 2)
    }
    expect(
      "all the input arrays must have same number of dimensions, but the array at index 0 has 2 "
        + "dimension(s) and the array at index 1 has 1 dimension(s)"
    ) { try Shape.concatenate([[2, 3], [3]], axis: 0) }
    expect(
      "all the input array dimensions except for the concatenation axis must match exactly, but "
        + "along dimension 1, the array at index 0 has size 3 and the array at index 1 has size 4"
    ) { try Shape.concatenate([[2, 3], [2, 4]], axis: 0) }
    expect("Maximum allowed dimension exceeded") {
      try Shape.concatenate([[.max], [.max]], axis: 0)
    }
  }

  @Test func transpose() throws {
    #expect(try ([2, 3, 4] as Shape).transposed([2, 0, -2]) == [4, 2, 3])
    #expect(try ([] as Shape).transposed([]) == [])
    expect("axes don't match array") { try ([2, 3] as Shape).transposed([0]) }
    expect("repeated axis in transpose") { try ([2, 3] as Shape).transposed([0, -2]) }
    expect("axis 2 is out of bounds for array of dimension 2") {
      try ([2, 3] as Shape).transposed([0, 2])
    }
  }

  private func expect<Value>(
    _ message: String, at location: SourceLocation = #_sourceLocation, _ rule: () throws -> Value
  ) {
    #expect(throws: ShapeError(message), sourceLocation: location) { try rule() }
  }
}
