import AllocationCounter
import Datasets
import NeuralNetworks
import Tensors
import Testing

@Suite struct AllocationTests {
  @Test func theCounterCounts() {
    guard allocation_counter_works() else { return }
    allocation_counter_start()
    let numbers = (0..<3).map { [Int](repeating: $0, count: 100) }
    let count = allocation_counter_stop()
    #expect(count >= 3)
    #expect(numbers.count == 3)
  }

  /// Once a step of this size has been traced, further steps allocate nothing.
  @Test(arguments: [0, 1, 2]) func aStepAllocatesNothing(_ choice: Int) throws {
    guard allocation_counter_works() else { return }
    let digits = Dataset.digits()
    let model = try Sequential(input: [64], seed: 7) {
      Dense(16, activation: .relu)
      Dense(10, activation: .softmax)
    }
    let trainer =
      switch choice {
      case 0: try Trainer(model, loss: .categoricalCrossEntropy, optimizer: Adam())
      case 1: try Trainer(model, loss: .meanSquaredError, optimizer: SGD(momentum: 0.9))
      default: try Trainer(model, loss: .binaryCrossEntropy, optimizer: SGD())
      }
    let rows = Array(100..<132)
    trainer.step(digits, rows: rows)
    allocation_counter_start()
    for _ in 0..<100 { trainer.step(digits, rows: rows) }
    let count = allocation_counter_stop()
    #expect(count == 0)
  }
}
