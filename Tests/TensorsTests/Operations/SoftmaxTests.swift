import CKernels
import Tensors
import TestSupport
import Testing

@Suite struct SoftmaxTests {
  @Test(arguments: Catalogue.lines.map(CatalogueEntry.init))
  func agreesWithItsDefinition(_ entry: CatalogueEntry<any LinePrimitive.Type>) {
    func check<Operation: LinePrimitive>(_: Operation.Type) {
      checkDefinition(Operation.self, Float.self)
      checkDefinition(Operation.self, Double.self)
    }
    check(entry.type)
  }

  private func checkDefinition<Operation: LinePrimitive, Scalar: FloatingScalar>(
    _: Operation.Type, _: Scalar.Type
  ) {
    var random = SeededGenerator(seed: 8)
    let lengths = lengthsAroundVectors.filter { $0 <= 65 }
    let shapes = lengths.map { [$0] as Shape } + [[3, 10], [10, 3], [2, 5, 4], [0, 4], [4, 0]]
    for shape in shapes {
      let scalars: [Scalar] = random.scalars(shape.elementCount, in: -20...20)
      for axis in shape.indices {
        var expected = [Double](repeating: 0, count: scalars.count)
        var tolerance = expected
        for line in lines(of: Array(scalars.indices), shape, axis: axis) {
          let results = definition(Operation.self, line.map { Double(scalars[$0]) })
          for (index, result) in zip(line, results) {
            expected[index] = result
            tolerance[index] = allowed(Operation.self, Scalar.self, result, line.count)
          }
        }
        for view in View.layouts(scalars, shape) {
          let result: Tensor<Scalar> = Operation(axis: axis).apply(to: [view.tensor])
          #expect(result.shape == shape)
          #expect(
            difference(result, from: expected, tolerance: tolerance) == nil,
            "\(Operation.name) of \(Scalar.self), \(view.name), axis \(axis)")
        }
      }
    }
  }

  private func definition<Operation: LinePrimitive>(
    _: Operation.Type, _ line: [Double]
  ) -> [Double] {
    let total = line.reduce(0) { $0 + CKernels.exp($1) }
    switch Operation.name {
    case "softmax": return line.map { CKernels.exp($0) / total }
    case "logSoftmax": return line.map { $0 - CKernels.log(total) }
    default:
      Issue.record("\(Operation.name) has no definition here")
      return []
    }
  }

  /// Each exponential has an argument off by ε · 40 / 2 (the difference of numbers up to 20 is rounded) and an error
  /// of 2 ulp of its own, the sum up to n more, the division one; the definition in Double has such errors too.
  private func allowed<Operation: LinePrimitive, Scalar: FloatingScalar>(
    _: Operation.Type, _: Scalar.Type, _ result: Double, _ count: Int
  ) -> Double {
    let relative = Double(20 + 2 + count + 1) * Double(Scalar.ulpOfOne)
    // The logarithm of a relative error is an absolute one, beside the rounding of numbers up to 40.
    let magnitude = Operation.self == LogSoftmax.self ? 1 : result
    let rounding = Operation.self == LogSoftmax.self ? 40 * Double(Scalar.ulpOfOne) : 0
    return (Scalar.self == Double.self ? 2 : 1) * (relative * magnitude + rounding)
  }

  @Test func largeNumbersDoNotOverflow() {
    let x: Tensor<Float> = [[1000, 1000, -1000], [-1000, -1000, -1000], [0, 89, 0]]
    #expect(softmax(x)[0].scalars == [0.5, 0.5, 0])
    #expect(difference(softmax(x)[1], from: Tensor(repeating: 1 / 3, shape: [3]), ulps: 1) == nil)
    #expect(logSoftmax(x)[0, 2].scalar == -2000 - Float(2).logarithm)
    #expect(logSoftmax(x)[2].scalars == [-89, 0, -89])
  }

  @Test func infinitiesAndNaN() {
    let x = Tensor<Double>([-.infinity, 0, 0, .nan, 0, 0, 0, 0, .nan], shape: [3, 3])
    #expect(softmax(x)[0].scalars == [0, 0.5, 0.5])
    #expect(logSoftmax(x)[0, 0].scalar == -.infinity)
    #expect(softmax(x)[1...].scalars.allSatisfy { $0.isNaN })
    #expect(logSoftmax(x)[1...].scalars.allSatisfy { $0.isNaN })
    #expect(softmax(Tensor<Double>([-.infinity, -.infinity])).scalars.allSatisfy { $0.isNaN })
    #expect(softmax(Tensor<Double>([.infinity, 0])).scalars[0].isNaN)
  }

  /// The logarithm of a traced softmax or sigmoid is taken without forming it, so that nothing is lost near 0.
  @Test func logarithmsOfProbabilities() {
    let x: Tensor<Double> = [[0, 800, -800]]
    let ofSoftmax = compile { (x: Tensor<Double>) in log(softmax(x)) }
    #expect(ofSoftmax(x) == logSoftmax(x))
    #expect(log(softmax(x)).scalars[0] == -.infinity)
    let ofSigmoid = compile { (x: Tensor<Double>) in log(sigmoid(x)) }
    #expect(ofSigmoid(x) == -softplus(-x))
    #expect(ofSigmoid(x).scalars[2] == -800)
    let ofComplement = compile { (x: Tensor<Double>) in log1p(-sigmoid(x)) }
    #expect(ofComplement(x) == -softplus(x))
    #expect(ofComplement(x).scalars[1] == -800)
  }
}

extension Float {
  fileprivate var logarithm: Float { CKernels.logf(self) }
}
