import Tensors
import TestSupport
import Testing

@Suite struct PaddingTests {
  /// NumPy's answers: `make_padding.py` beside the file tells how they were made.
  @Test func asNumPyPads() throws {
    let cases = try numpyCases("padding")
    var judge = ReferenceJudge()
    for example in cases {
      let array = try #require(example.child("inputs")?.array("a"))
      func open<Scalar: TensorScalar>(_: Scalar.Type) throws -> any AnyTensor {
        try padded(array.tensor(of: Scalar.self), example)
      }
      try judge.judge(example) { _ in ["result": try open(array.scalarType.swiftType)] }
    }
    judge.expectCounts(["pad": 222], of: "padding.json")
  }

  private func padded<Scalar: TensorScalar>(
    _ a: Tensor<Scalar>, _ example: ReferenceCase
  ) throws -> any AnyTensor {
    let arguments = try #require(example.child("args"))
    let widths = try #require(arguments.object["pad_width"] as? [[Int]]).map { ($0[0], $0[1]) }
    let shape = try a.shape.continued(widths)
    let name = try #require(arguments.string("mode"))
    let result: Tensor<Scalar>
    if name == "linear_ramp" {
      let ends = try #require(arguments.object["end_values"] as? [[Int]]).map {
        let pair = Tensor<Scalar>(Tensor($0)).scalars
        return (before: pair[0], after: pair[1])
      }
      result = a.padded(widths, rampingTo: ends)
    } else {
      result = a.padded(widths, mode: try #require(PaddingMode(rawValue: name)))
    }
    #expect(result.shape == shape)
    return result
  }

  @Test func examplesOfTheDocumentation() {
    let x: Tensor<Int> = [1, 2, 3]
    func text(_ mode: PaddingMode) -> String { x.padded([(4, 4)], mode: mode).description }
    #expect(text(.edge) == "[1 1 1 1 1 2 3 3 3 3 3]")
    #expect(text(.reflect) == "[1 2 3 2 1 2 3 2 1 2 3]")
    #expect(text(.symmetric) == "[3 3 2 1 1 2 3 3 2 1 1]")
    #expect(text(.wrap) == "[3 1 2 3 1 2 3 1 2 3 1]")
    #expect(x.padded([(2, 2)], mode: .reflect) == [3, 2, 1, 2, 3, 2, 1])
    #expect(Tensor<Int>([4, 6]).padded([(2, 3)], rampingTo: [(0, 0)]) == [0, 2, 4, 6, 4, 2, 0])
  }

  /// Traced, padding gives the same, and its gradient counts how often each element was taken.
  @Test(arguments: PaddingMode.allCases.filter { $0 != .median })
  func traced(mode: PaddingMode) {
    let x: Tensor<Double> = [[1, 5, 2], [7, 3, 4]]
    let widths = [(before: 1, after: 2), (before: 4, after: 3)]
    let compiled = compile { (x: Tensor<Double>) in x.padded(widths, mode: mode) }
    #expect(difference(compiled(x), from: x.padded(widths, mode: mode)) == nil)
    let weights = Tensor<Double>.range(from: 0, to: 50).reshaped(5, 10)
    @Sendable func total(_ x: Tensor<Double>) -> Tensor<Double> {
      (x.padded(widths, mode: mode) * weights).sum()
    }
    let slope = gradient(of: total)(x)
    // Each mode is linear near x, so that a step tells its derivative.
    for row in 0..<2 {
      for column in 0..<3 {
        var moved = x
        moved[row, column] = x[row, column] + 0.5
        let step = (total(moved) - total(x)).scalar / 0.5
        #expect(abs(step - slope[row, column].scalar) < 1e-10, "\(row), \(column)")
      }
    }
  }

  @Test func tracedRamp() {
    let x: Tensor<Double> = [[1, 5, 2], [7, 3, 4]]
    @Sendable func ramp(_ x: Tensor<Double>) -> Tensor<Double> {
      x.padded([(1, 2)], rampingTo: [(0, 3)])
    }
    #expect(difference(compile(ramp)(x), from: ramp(x), ulps: 2) == nil)
    let ones = gradient(of: { (x: Tensor<Double>) in ramp(x).sum() })(Tensor<Double>([[2]]))
    // Along each axis half of an element more depends on it: of two steps to 3 the one between.
    #expect(abs(ones.scalar - 1.5 * 1.5) < 1e-12)
  }
}
