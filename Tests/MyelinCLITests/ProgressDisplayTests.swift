import Myelin
import Testing

@testable import MyelinCLI

@Suite struct ProgressDisplayTests {
  let progress = TrainingProgress(
    epoch: 2, epochs: 30, step: 40, steps: 79, loss: 0.88171, accuracy: 0.95833, samples: 18_970)

  /// What fits beside the bar is shown; the time left stays longer than what matters less.
  @Test(arguments: [
    (
      200,
      "[█···················] epoch 2/30  step 40/79  loss 0.8817  accuracy 95.83 %  12647 samples/s  28.4 s left"
    ),
    (80, "[··········] epoch 2/30  step 40/79  loss 0.8817  accuracy 95.83 %  28.4 s left"),
    (40, "[·············] epoch 2/30  loss 0.8817"), (20, "epoch 2/30"), (5, "epoc"), (0, "e"),
  ])
  func bar(_ width: Int, _ expected: String) {
    let bar = ProgressDisplay.bar(progress, seconds: 1.5, width: width)
    #expect(bar == expected)
    #expect(bar.count < max(width, 2))
  }

  @Test func hugeCounts() {
    var huge = progress
    huge.epochs = .max
    huge.steps = .max
    #expect(ProgressDisplay.bar(huge, seconds: 1, width: 300).contains("s left"))
  }
}
