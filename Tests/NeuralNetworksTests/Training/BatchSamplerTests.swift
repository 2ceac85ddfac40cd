import AllocationCounter
import Datasets
import NeuralNetworks
import Tensors
import Testing

@Suite struct BatchSamplerTests {
  @Test(arguments: [(1, 1), (5, 2), (6, 3), (7, 100), (100, 32)])
  func anEpochGoesOnceThroughAllRows(_ count: Int, _ batchSize: Int) {
    for sampling in [Sampling.shuffledEpochs, .inOrder] {
      var sampler = BatchSampler(count: count, batchSize: batchSize, sampling, seed: 3)
      for _ in 0..<3 {
        let batches = (0..<sampler.stepsPerEpoch).map { _ in sampler.next() }
        #expect(batches.flatMap { $0 }.sorted() == Array(0..<count))
        #expect(batches.dropLast().allSatisfy { $0.count == min(batchSize, count) })
      }
    }
  }

  @Test func epochsAreShuffledAnew() {
    var sampler = BatchSampler(count: 50, batchSize: 50)
    let (first, second) = (sampler.next(), sampler.next())
    #expect(first != Array(0..<50) && second != first)
    var other = BatchSampler(count: 50, batchSize: 50, seed: 1)
    #expect(other.next() != first)
    var same = BatchSampler(count: 50, batchSize: 50)
    #expect(same.next() == first)
  }

  /// Each row is drawn as often as any other: 6,000 draws of 3 of 10 are 1,800 of each, with a
  /// standard deviation of √(6000 · 0.3 · 0.7) = 35.5; five of those are hardly ever left.
  @Test func drawsAreEven() {
    var sampler = BatchSampler(count: 10, batchSize: 3, .draws, seed: 5)
    var counts = [Int](repeating: 0, count: 10)
    for _ in 0..<6000 {
      let rows = sampler.next()
      #expect(Set(rows).count == 3)
      for row in rows { counts[row] += 1 }
    }
    #expect(counts.allSatisfy { abs($0 - 1800) < 178 }, "\(counts)")
  }

  /// `numpy.random.seed(42)`, then `choice(100, 5, replace=False)` three times.
  @Test func choiceIsNumPys() {
    var sampler = BatchSampler(count: 100, batchSize: 5, .choice(RandomState(seed: 42)))
    var reference = RandomState(seed: 42)
    #expect(sampler.next() == [83, 53, 70, 45, 44])
    _ = reference.permutation(100)
    for _ in 0..<3 {
      #expect(sampler.next() == Array(reference.permutation(100).prefix(5)))
    }
  }

  @Test func aStepAllocatesNothing() throws {
    guard allocation_counter_works() else { return }
    let digits = Dataset.digits()
    let model = try Sequential(input: [64]) { Dense(10, activation: .softmax) }
    for sampling in [Sampling.draws, .shuffledEpochs, .inOrder] {
      let trainer = try Trainer(model, loss: .categoricalCrossEntropy, optimizer: SGD())
      var sampler = BatchSampler(count: digits.count, batchSize: 32, sampling)
      for _ in 0..<sampler.stepsPerEpoch { trainer.step(digits, &sampler) }
      allocation_counter_start()
      for _ in 0..<sampler.stepsPerEpoch { trainer.step(digits, &sampler) }
      #expect(allocation_counter_stop() == 0)
    }
  }

  @Test func fitTakesASampling() throws {
    let iris = Dataset<Float>.iris()
    func weights(_ sampling: Sampling, seed: UInt64 = 0) throws -> Tensor<Float> {
      var model = try Sequential(input: [4]) { Dense(3, activation: .softmax) }
      try model.fit(
        iris, loss: .categoricalCrossEntropy, optimizer: SGD(), epochs: 2, sampling: sampling,
        seed: seed)
      return model.parameters
    }
    #expect(try weights(.draws) != weights(.draws, seed: 1))
    #expect(try weights(.inOrder) == weights(.inOrder, seed: 1))
    // By hand, the rows that NumPy would choose.
    let model = try Sequential(input: [4]) { Dense(3, activation: .softmax) }
    let trainer = try Trainer(model, loss: .categoricalCrossEntropy, optimizer: SGD())
    var random = RandomState(seed: 9)
    for _ in 0..<10 { trainer.step(iris, rows: try random.choice(150, size: 32, replacing: false)) }
    #expect(try weights(.choice(RandomState(seed: 9))) == trainer.parameters)
  }

  /// The rows of another dataset than the model's would be read from beyond its end.
  @Test func rowsOfAnotherDatasetStop() async {
    await #expect(processExitsWith: .failure) {
      let model = try Sequential<Float>(input: [64]) { Dense(3, activation: .softmax) }
      let trainer = try Trainer(model, loss: .categoricalCrossEntropy, optimizer: SGD())
      trainer.step(Dataset<Float>.iris(), rows: 100..<150)
    }
  }
}
