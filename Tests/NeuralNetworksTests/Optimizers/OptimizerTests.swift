import Datasets
import Foundation
import NeuralNetworks
import Tensors
import TestSupport
import Testing

@Suite struct OptimizerTests {
  /// The optimizers of the reference file, by the names it gives them.
  static let cases: [(String, any Optimizer)] = [
    ("sgd", SGD(learningRate: 0.1)),
    ("momentum", SGD(learningRate: 0.1, momentum: 0.9)),
    ("nesterov", SGD(learningRate: 0.1, momentum: 0.9, isNesterov: true)),
    ("adam", Adam(learningRate: 0.05)),
    ("adam_other", Adam(learningRate: 0.3, beta1: 0.5, beta2: 0.9, epsilon: 1e-3)),
  ]

  /// Ten steps agree with NumPy's to the rounding of a few operations a step.
  @Test(arguments: cases.indices) func tenSteps(_ index: Int) throws {
    let (name, optimizer) = Self.cases[index]
    let url = try #require(
      Bundle.module.url(forResource: "Fixtures/optimizers", withExtension: "json"))
    let object = try JSONSerialization.jsonObject(with: Data(contentsOf: url))
    let reference = ReferenceCase(try #require(object as? [String: Any]))
    let gradients = try #require(reference.array("gradients")).tensor
    let expected = try #require(reference.array(name)).tensor
    #expect(expected.shape == [10, 5])

    var w = try #require(reference.array("start")).tensor
    var slots = Views(
      Dictionary(uniqueKeysWithValues: optimizer.slots.map { ($0, Tensor<Double>.zeros([5])) }))
    for step in 0..<10 {
      optimizer.update(
        &w, gradient: gradients[step], slots: &slots, rate: Tensor(optimizer.learningRate),
        step: Tensor(Double(step + 1)))
      #expect(
        relativeDifference(w.scalars, expected[step].scalars) < 1e-14, "\(name), step \(step)")
    }
  }

  @Test func settingsThatMakeNoSense() {
    #expect(SGD(learningRate: 0.1).problem() == nil)
    #expect(Adam().problem() == nil)
    for rate in [-1, 0, Double.nan, .infinity] {
      #expect(SGD(learningRate: rate).problem()?.contains("\(rate)") == true)
      #expect(Adam(learningRate: rate).problem()?.contains("above 0") == true)
    }
    #expect(SGD(momentum: 1).problem()?.contains("momentum is 1.0") == true)
    #expect(Adam(beta1: -0.1).problem()?.contains("beta1") == true)
    #expect(Adam(beta2: 1).problem()?.contains("beta2") == true)
    #expect(Adam(epsilon: 0).problem()?.contains("epsilon") == true)
  }

  /// An elementwise optimizer that doesn't say so: it gets all parameters as one vector.
  struct Whole<Base: Optimizer>: Optimizer {
    static var name: String { "Whole" }
    var base: Base
    var learningRate: Double {
      get { base.learningRate }
      set { base.learningRate = newValue }
    }
    var slots: [String] { base.slots }

    func update<Scalar: FloatingScalar>(
      _ w: inout Tensor<Scalar>, gradient g: Tensor<Scalar>, slots s: inout Views<Scalar>,
      rate: Tensor<Scalar>, step t: Tensor<Scalar>
    ) {
      #expect(w.rank == 1)
      base.update(&w, gradient: g, slots: &s, rate: rate, step: t)
    }
  }

  /// A layer of some matrices, whose products are added.
  struct Matrices: Layer {
    static let kind = "Matrices"
    var count: Int
    var width: Int

    func parameters(for input: Shape) -> [Parameter] {
      (0..<count).map {
        Parameter("weight\($0)", [width, width], .glorotUniform)
      }
    }

    func outputShape(for input: Shape) -> Shape { input }

    func callAsFunction<Scalar: FloatingScalar>(
      _ x: Tensor<Scalar>, _ p: Views<Scalar>
    ) -> Tensor<Scalar> {
      (0..<count).reduce(x) { $0 + x.matmul(p[dynamicMember: "weight\($1)"]) }
    }
  }

  /// One parameter, and more of them than a plan takes as inputs of their own.
  @Test(arguments: [(1, 128), (1100, 4)]) func trains(_ count: Int, _ width: Int) throws {
    let model = try Sequential(input: [width], seed: 7) { Matrices(count: count, width: width) }
    #expect(model.parameterCount * 4 >= 1 << 16)
    let x = Tensor<Float>(repeating: 0.5, shape: [8, width])
    let ones = Tensor<Float>(repeating: 1, shape: [8, width])
    let dataset = Dataset(name: "ones", features: x, targets: ones)
    let trainer = try Trainer(model, loss: .meanSquaredError, optimizer: SGD(learningRate: 0.01))
    let before = trainer.step(dataset, rows: 0..<8)
    #expect(trainer.listing(rows: 8).contains("concatenate") == (count > 1000))
    #expect(before.isFinite && trainer.parameters != model.parameters)
    if count == 1 { #expect(trainer.step(dataset, rows: 0..<8) < before) }
  }

  /// Parameters that are updated each by itself become what one pass over all of them makes, bit for
  /// bit, also where a weight is read for the gradient after its own gradient is there.
  @Test func updatesOfEachParameterAndOfAllAgree() throws {
    func compare<Base: Optimizer>(_ base: Base) throws {
      let digits = Dataset.digits()
      let model = try Sequential(input: [64], seed: 7) {
        Dense(96, activation: .tanh)
        Dense(150, activation: .relu)
        Dense(10, activation: .softmax)
      }
      #expect(model.parameterCount * 4 >= 1 << 16)
      let each = try Trainer(model, loss: .categoricalCrossEntropy, optimizer: base)
      let whole = try Trainer(model, loss: .categoricalCrossEntropy, optimizer: Whole(base: base))
      for step in 0..<20 {
        let rows = Array(step * 32..<step * 32 + 32)
        #expect(each.step(digits, rows: rows) == whole.step(digits, rows: rows))
      }
      #expect(each.parameters == whole.parameters)
      #expect(each.parameters != model.parameters)
      // Written over as soon as they may be, not copied at the end.
      let listing = each.listing(rows: 32)
      #expect(listing.contains("input 4: dense1.weight, input 5: dense1.bias"))
      #expect(!listing.contains("= copy"))
      #expect(!listing.contains("concatenate"))
      #expect(whole.listing(rows: 32).contains("concatenate"))
    }
    try compare(SGD(learningRate: 0.1))
    try compare(SGD(learningRate: 0.1, momentum: 0.9, isNesterov: true))
    try compare(Adam())
  }
}
