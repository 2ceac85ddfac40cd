import Datasets
import NeuralNetworks
import Tensors
import Testing

@Suite struct FitTests {
  let digits: Dataset<Float>
  let model: Sequential<Float>

  init() throws {
    digits = Dataset.digits()
    model = try Sequential(input: [64], seed: 7) {
      Dense(16, activation: .relu)
      Dense(10, activation: .softmax)
    }
  }

  @Test func learns() throws {
    let (train, test) = digits.split(testFraction: 0.3, seed: 1827)
    var model = model
    var steps = 0
    let history = try model.fit(
      train, validation: test, loss: .categoricalCrossEntropy,
      optimizer: Adam(learningRate: 5e-3), epochs: 8,
      onStep: { _ in steps += 1 })
    #expect(history.epochs.map(\.number) == Array(1...8))
    #expect(steps == 8 * 40)  // 1,257 rows make 39 steps of 32 and one of 9
    #expect(history.epochs[7].loss < history.epochs[0].loss / 5)
    let last = try #require(history.epochs.last)
    let evaluation = try model.evaluate(test)
    #expect(evaluation.accuracy == last.validationAccuracy)
    #expect(evaluation.loss == last.validationLoss)
    #expect(evaluation.count == 540)
    #expect(try #require(evaluation.accuracy) > 0.9)
    #expect(model.classNames?.count == 10)
    #expect(!history.wasCancelled)
  }

  /// The same seed gives the same bits, another seed others.
  @Test func isRepeatable() throws {
    func trained(seed: UInt64) throws -> Tensor<Float> {
      var model = model
      try model.fit(
        digits, loss: .categoricalCrossEntropy, optimizer: SGD(), epochs: 1, seed: seed)
      return model.parameters
    }
    #expect(try trained(seed: 3) == trained(seed: 3))
    #expect(try trained(seed: 3) != trained(seed: 4))
  }

  @Test func aStepLowersTheLoss() throws {
    let rows = Array(0..<64)
    let trainer = try Trainer(
      model, loss: .categoricalCrossEntropy, optimizer: SGD(learningRate: 1e-3))
    let before = trainer.step(digits, rows: rows)
    let after = trainer.step(digits, rows: rows)
    #expect(after < before)
    #expect(trainer.stepCount == 2)
  }

  /// A trainer's loss and gradient step equal those of the traced functions done by hand.
  @Test func aStepIsGradientDescent() throws {
    let rows = [5, 9, 100, 1000]
    let trainer = try Trainer(
      model, loss: .categoricalCrossEntropy, optimizer: SGD(learningRate: 0.5))
    let loss = trainer.step(digits, rows: rows)
    let x = digits.features.rows(rows)
    let y = digits.targets.rows(rows)
    let model = self.model
    let w = model["dense1.weight"]
    let rest = ["dense1.bias", "dense2.weight", "dense2.bias"].map { model[$0] }
    let (value, slope) = valueAndGradient(of: { (w: Tensor<Float>) in
      CategoricalCrossEntropy()(model(x, parameters: [w] + rest), y)
    })(w)
    #expect(abs(loss - value.scalar) <= 4 * value.scalar.ulp)
    let expected = w - slope * 0.5
    let got = trainer.model["dense1.weight"]
    for (a, b) in zip(got.scalars, expected.scalars) { #expect(abs(a - b) < 1e-6) }
  }

  @Test func divergenceKeepsTheLastGoodParameters() throws {
    var model = model
    let start = model.parameters
    let error = #expect(throws: TrainingError.self) {
      try model.fit(
        digits, loss: .meanSquaredError, optimizer: SGD(learningRate: 1e30), epochs: 3)
    }
    guard case .diverged(let step, let epoch, let loss) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(step >= 1 && epoch == 1 && !loss.isFinite)
    #expect(model.parameters == start)
  }

  /// Parameters that the last step of an epoch spoilt are not kept either.
  @Test func divergenceInTheLastStepIsNoticed() throws {
    var model = model
    let start = model.parameters
    #expect(throws: TrainingError.self) {
      try model.fit(
        digits, loss: .categoricalCrossEntropy, optimizer: SGD(learningRate: 3e38), epochs: 1,
        batchSize: 1797)
    }
    #expect(model.parameters == start)
  }

  @Test func cancellationKeepsWhatWasLearnt() async throws {
    let (digits, start) = (digits, model)
    let task = Task { () throws -> (Sequential<Float>, History) in
      var model = start
      let history = try model.fit(
        digits, loss: .categoricalCrossEntropy, optimizer: Adam(), epochs: 1_000_000,
        onStep: { progress in
          if progress.epoch == 2 && progress.step == 3 { withUnsafeCurrentTask { $0?.cancel() } }
        })
      return (model, history)
    }
    let (model, history) = try await task.value
    #expect(history.wasCancelled)
    #expect(history.epochs.count == 2)
    #expect(model.parameters != start.parameters)
    #expect(
      try model.evaluate(digits).loss < start.evaluate(digits, loss: CategoricalCrossEntropy()).loss
    )
  }

  @Test func settingsAndDataThatMakeNoSense() throws {
    var model = model
    let fit: (Int, Int, any Optimizer, Dataset<Float>) throws -> Void = {
      epochs, batch, optimizer, data in
      try model.fit(
        data, loss: .categoricalCrossEntropy, optimizer: optimizer, epochs: epochs, batchSize: batch
      )
    }
    func sentence(_ body: () throws -> Void) -> String {
      do {
        try body()
        return ""
      } catch {
        return "\(error)"
      }
    }
    #expect(sentence { try fit(0, 32, Adam(), digits) }.contains("epochs is 0"))
    #expect(sentence { try fit(1, 0, Adam(), digits) }.contains("batch size is 0"))
    #expect(sentence { try fit(1, 32, Adam(learningRate: -1), digits) }.contains("-1.0"))
    #expect(sentence { try fit(1, 32, Adam(), .iris()) }.contains("(64,)"))
    #expect(sentence { try fit(1, 32, Adam(), digits.rows([])) }.contains("no rows"))
    var features = digits.features
    features[7, 3] = Tensor(.nan)
    let broken = Dataset(name: "broken", features: features, targets: digits.targets)
    #expect(sentence { try fit(1, 32, Adam(), broken) }.contains("row 7"))
    #expect(sentence { _ = try model.evaluate(digits) }.contains("which loss"))
  }

  @Test func predictsAnyNumberOfRows() throws {
    let all = model.predict(digits.features)
    #expect(all.shape == [1797, 10])
    #expect(model.predict(digits.features[0..<0]).shape == [0, 10])
    let one = model.predict(digits.features[1500..<1501])
    #expect(one.shape == [1, 10])
    for (a, b) in zip(one.scalars, all[1500].scalars) { #expect(abs(a - b) < 1e-6) }
    let sums = all.sum(axis: 1)
    #expect(sums.scalars.allSatisfy { abs($0 - 1) < 1e-5 })
  }

  /// One model predicts from many tasks at once, each with its own shapes, and a copy that is
  /// trained meanwhile does not disturb it.
  @Test func predictsFromManyTasks() async throws {
    let (model, digits) = (model, digits)
    let expected = model.predict(digits.features[0..<50])
    await withTaskGroup(of: Bool.self) { group in
      for index in 0..<16 {
        group.addTask {
          var isRight = true
          for turn in 0..<20 {
            let count = 1 + (index + turn) % 50
            let got = model.predict(digits.features[0..<count])
            for (a, b) in zip(got.scalars, expected[0..<count].scalars) {
              isRight = isRight && abs(a - b) < 1e-6
            }
          }
          return isRight
        }
      }
      group.addTask {
        var copy = model
        return (try? copy.fit(digits, loss: .categoricalCrossEntropy, optimizer: SGD())) != nil
      }
      for await isRight in group { #expect(isRight) }
    }
  }

  @Test func namesAndSummary() throws {
    #expect(
      model.parameterLayout.map(\.name) == [
        "dense1.weight", "dense1.bias", "dense2.weight", "dense2.bias",
      ])
    #expect(model.parameterCount == 64 * 16 + 16 + 160 + 10)
    #expect(
      model.summary == """
        Layer            Output shape  Parameters
        ─────────────────────────────────────────
        Input            (64,)                  0
        Dense (relu)     (16,)               1040
        Dense (softmax)  (10,)                170
        Parameters: 1210
        """)
    var changed = model
    changed["dense2.bias"] = Tensor(repeating: 3, shape: [10])
    #expect(changed["dense2.bias"].scalars == [Float](repeating: 3, count: 10))
    #expect(changed["dense2.weight"] == model["dense2.weight"])
    #expect(model["dense2.bias"].scalars == [Float](repeating: 0, count: 10))
    #expect(throws: ShapeError.self) { try Sequential(input: [64]) { Dense(0) } }
    #expect(throws: ShapeError.self) { try Sequential(input: [64]) { [any Layer]() } }
  }

  @Test func historyAsCSV() throws {
    var model = model
    let history = try model.fit(digits, loss: .categoricalCrossEntropy, optimizer: SGD(), epochs: 2)
    let lines = history.csv.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 4 && lines[3].isEmpty)
    #expect(lines[0] == "epoch,loss,accuracy,validation_loss,validation_accuracy,seconds")
    let cells = lines[2].split(separator: ",", omittingEmptySubsequences: false)
    #expect(cells.count == 6 && cells[0] == "2" && cells[3].isEmpty)
    #expect(Double(cells[1]) == history.epochs[1].loss)
  }
}
