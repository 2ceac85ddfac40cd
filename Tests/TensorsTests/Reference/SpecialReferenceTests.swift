import Tensors
import TestSupport
import Testing

/// Elementary functions against their true values: every case of the file.
@Suite struct SpecialReferenceTests {
  @Test func everyCase() throws {
    let cases = try numpyCases("special")
    #expect(cases.count == 205)
    var judge = ReferenceJudge(zeroSignsCountUnderUlps: true)
    for example in cases { try judge.judge(example, run: run) }
    judge.expectCounts(
      [
        "exp": 2, "expm1": 2, "log": 2, "log1p": 2, "tanh": 2, "sigmoid": 2, "sqrt": 2, "sin": 3,
        "cos": 3, "erf": 2, "softmax": 61, "log_softmax": 61, "logsumexp": 61,
      ], of: "special.json")
  }

  private func run(_ example: ReferenceCase) throws -> [String: any AnyTensor] {
    let array = try #require(example.child("inputs")?.array("x"))
    return switch try array.scalarType {
    case .float32: ["result": try result(of: example, on: array.tensor(of: Float.self))]
    default: ["result": try result(of: example, on: array.tensor(of: Double.self))]
    }
  }

  private func result<Scalar: FloatingScalar>(
    of example: ReferenceCase, on x: Tensor<Scalar>
  ) throws -> Tensor<Scalar> {
    let operation = try #require(example.string("op"))
    switch operation {
    case "exp": return exp(x)
    case "expm1": return expm1(x)
    case "log": return log(x)
    case "log1p": return log1p(x)
    case "tanh": return tanh(x)
    case "sigmoid": return sigmoid(x)
    case "sqrt": return sqrt(x)
    case "sin": return sin(x)
    case "cos": return cos(x)
    case "erf": return erf(x)
    default: break
    }
    let arguments = try #require(example.child("args"))
    let axis = arguments.int("axis")
    switch operation {
    // Over all elements: those of one line.
    case "softmax" where axis == nil: return softmax(x.reshaped(-1)).reshaped(x.shape)
    case "log_softmax" where axis == nil: return logSoftmax(x.reshaped(-1)).reshaped(x.shape)
    case "softmax": return softmax(x, axis: axis ?? 0)
    case "log_softmax": return logSoftmax(x, axis: axis ?? 0)
    case "logsumexp": return x.logSumExp(axes: axis.map { [$0] })
    default: throw Unknown(name: operation)
    }
  }
}
