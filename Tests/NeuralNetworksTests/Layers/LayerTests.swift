import NeuralNetworks
import Tensors
import TestSupport
import Testing

@Suite struct LayerTests {
  @Test func denseSaysWhatItNeeds() throws {
    let dense = Dense(3, activation: .tanh)
    let parameters = try dense.parameters(for: [5])
    #expect(parameters.map(\.name) == ["weight", "bias"])
    #expect(parameters.map(\.shape) == [[5, 3], [3]])
    #expect(try dense.outputShape(for: [5]) == [3])
    #expect(throws: ShapeError.self) { try Dense(0).parameters(for: [5]) }
    #expect(throws: ShapeError.self) { try Dense(3).parameters(for: [5, 2]) }
  }

  @Test func denseIsItsFormula() {
    let x: Tensor<Double> = [[1, 2], [3, 4], [0, -1]]
    let views = Views<Double>(["weight": [[1, 2, 3], [4, 5, 6]], "bias": [0.5, -0.5, 0]])
    let sums = Dense(3)(x, views)
    #expect(sums.scalars == [9.5, 11.5, 15, 19.5, 25.5, 33, -3.5, -5.5, -6])
    for activation in Activation.allCases {
      #expect(Dense(3, activation: activation)(x, views) == activation(sums))
    }
  }

  /// Each activation's network has the gradient that differences give, for every parameter and the
  /// input.
  @Test(arguments: Activation.allCases) func gradientsOfDense(_ activation: Activation) {
    var random = RandomState(seed: 11)
    let x = random.standardNormal([4, 3])
    let w = random.standardNormal([3, 2])
    let b = random.standardNormal([2])
    let u = random.standardNormal([4, 2])
    func loss(_ x: Tensor<Double>, _ w: Tensor<Double>, _ b: Tensor<Double>) -> Tensor<Double> {
      (Dense(2, activation: activation)(x, Views(["weight": w, "bias": b])) * u).sum()
    }
    let differentiate = gradient(of: { (x: Tensor<Double>, w: Tensor<Double>, b: Tensor<Double>) in
      (Dense(2, activation: activation)(x, Views(["weight": w, "bias": b])) * u).sum()
    })
    let slope = differentiate(x, w, b)
    // Central differences with step h err by h² times the third derivative and by rounding over h.
    let h = 1e-5
    for (position, (tensor, part)) in [(x, slope.0), (w, slope.1), (b, slope.2)].enumerated() {
      for index in 0..<tensor.count {
        var step = [Double](repeating: 0, count: tensor.count)
        step[index] = h
        let d = Tensor<Double>(step, shape: tensor.shape)
        let (up, down) =
          switch position {
          case 0: (loss(x + d, w, b), loss(x - d, w, b))
          case 1: (loss(x, w + d, b), loss(x, w - d, b))
          default: (loss(x, w, b + d), loss(x, w, b - d))
          }
        let difference = (up.scalar - down.scalar) / (2 * h)
        #expect(abs(difference - part.scalars[index]) < 1e-8)
      }
    }
  }

  @Test func normalizationShiftsAndScales() throws {
    let layer = Normalization(mean: [1, 2], scale: [2, 4])
    let x: Tensor<Float> = [[1, 2], [3, 10]]
    #expect(layer(x, Views([:])).scalars == [0, 0, 1, 2])
    #expect(try layer.parameters(for: [2]).isEmpty)
    #expect(throws: ShapeError.self) { try layer.outputShape(for: [3]) }
    #expect(throws: ShapeError.self) {
      try Normalization(mean: [0], scale: [0]).outputShape(for: [1])
    }
    #expect(throws: ShapeError.self) {
      try Normalization(mean: [.nan], scale: [1]).outputShape(for: [1])
    }
  }

  @Test func normalizationIsFitted() {
    let rows: Tensor<Float> = [[1, 10, 7], [3, 30, 7]]
    let plain = Normalization(fitting: rows)
    #expect(plain.mean == [2, 20, 7] && plain.scale == [1, 10, 1])
    let pooled = Normalization(fitting: rows, pooling: 3)
    // The variances are 1, 100 and 0.
    #expect(pooled.scale == [102, 201, 101].map { (Double($0)).squareRoot() })
  }

  @Test func initializersFillTheirRange() {
    var random = RandomState(seed: 5)
    let shape: Shape = [40, 60]
    for (initializer, limit) in [
      (Initializer.glorotUniform, (6.0 / 100).squareRoot()), (.heUniform, (6.0 / 40).squareRoot()),
      (.uniform(-0.25, 0.25), 0.25),
    ] {
      let values = initializer(shape, random: &random).scalars
      #expect(values.allSatisfy { $0.magnitude <= limit })
      #expect(values.contains { $0 > limit * 0.98 } && values.contains { $0 < -limit * 0.98 })
    }
    for (initializer, deviation) in [
      (Initializer.glorotNormal, (2.0 / 100).squareRoot()), (.heNormal, (2.0 / 40).squareRoot()),
      (.normal(mean: 0, deviation: 3), 3.0),
    ] {
      let values = initializer(shape, random: &random)
      let measured = square(values).mean().scalar.squareRoot()
      // 2,400 draws: the deviation's own deviation is 1.4 %.
      #expect(abs(measured / deviation - 1) < 0.06)
    }
    #expect(Initializer.zeros([2], random: &random).scalars == [0, 0])
    #expect(Initializer.ones([2], random: &random).scalars == [1, 1])
  }
}
