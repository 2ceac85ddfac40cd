import Datasets
import Foundation
import NeuralNetworks
import Tensors
import TestSupport
import Testing

/// The second notebook's digits run, put right: 64-10-10, sigmoid and softmax, raw pixels, weights
/// uniform in −1…1, 20,000 steps of gradient descent on 32 rows, in Double, with the notebook's
/// seeds.
///
/// From the generator to the optimizer everything must be right for these numbers to come out.
@Suite struct DigitsNumberForNumberTests {
  @Test func textbookRun() throws {
    let url = try #require(
      Bundle.module.url(
        forResource: "Fixtures/seeds/seed1_digits_textbook", withExtension: "json"))
    let object = try JSONSerialization.jsonObject(with: Data(contentsOf: url))
    let reference = ReferenceCase(try #require(object as? [String: Any]))
    let inputs = try #require(reference.child("inputs"))
    let initial = try #require(reference.child("initial"))
    let results = try #require(reference.child("results"))

    let digits = Dataset.digits(Double.self)
    var random = RandomState(seed: 1827)
    let trainRows = try random.choice(1797, size: 1257, replacing: false)
    #expect(trainRows == inputs.array("train_idx")?.ints)
    let chosen = Set(trainRows)
    let testRows = (0..<1797).filter { !chosen.contains($0) }
    #expect(testRows == inputs.array("test_idx")?.ints)
    #expect(random.randomSample() == reference.double("next_uniform_after_split"))
    let (train, test) = (digits.rows(trainRows), digits.rows(testRows))

    random = RandomState(seed: 2130)
    let model = try Sequential(Double.self, input: [64], random: &random) {
      Dense(
        10, activation: .sigmoid, weightInitializer: .uniform(-1, 1),
        biasInitializer: .uniform(-1, 1))
      Dense(
        10, activation: .softmax, weightInitializer: .uniform(-1, 1),
        biasInitializer: .uniform(-1, 1))
    }
    let names = [
      "W0": "dense1.weight", "b0": "dense1.bias", "W1": "dense2.weight", "b1": "dense2.bias",
    ]
    for (key, name) in names { #expect(model[name].scalars == initial.array(key)?.doubles) }

    let trainer = try Trainer(
      model, loss: .categoricalCrossEntropy, optimizer: SGD(learningRate: 0.01))
    let firstBatches = try #require(reference.array("first_batches")).ints
    var losses: [Double] = []
    for step in 0..<20_000 {
      let rows = try random.choice(1257, size: 32, replacing: false)
      if step < 3 { #expect(rows == Array(firstBatches[step * 32..<(step + 1) * 32])) }
      losses.append(trainer.step(train, rows: rows))
    }
    #expect(random.randomSample() == reference.double("next_uniform"))

    let kept = try #require(results.child("training_loss"))
    let positions = try #require(kept.array("position")).ints
    let values = try #require(kept.array("value")).doubles
    #expect(positions.count == values.count && positions.count > 200)
    // The tolerances are those at which other correct implementations in double precision agree:
    // see the README beside the reference.
    for (position, value) in zip(positions, values) {
      let difference = abs(losses[position] - value) / value
      #expect(difference <= (position < 1000 ? 1e-11 : 1e-9), "loss of step \(position)")
    }
    let final = try #require(results.child("final"))
    for (key, name) in names {
      let expected = try #require(final.array(key)).doubles
      #expect(relativeDifference(trainer.model[name].scalars, expected) <= 1e-9, "\(name)")
    }
    for (name, data) in [("train", train), ("test", test)] {
      let expected = try #require(results.child(name))
      let evaluation = try trainer.model.evaluate(data)
      #expect(evaluation.accuracy == expected.double("accuracy"))
      let counts = try #require(expected.array("confusion_counts")).ints
      #expect(evaluation.confusion?.counts.flatMap { $0 } == counts)
      let prediction = trainer.model.predict(data.features)
      #expect(prediction.argMax(axis: 1).scalars == expected.array("predicted")?.ints)
      let first = try #require(expected.array("prob_first_5")).doubles
      #expect(relativeDifference(prediction[0..<5].scalars, first) <= 1e-9)
    }
  }
}
