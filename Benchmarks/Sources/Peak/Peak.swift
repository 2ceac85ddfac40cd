import CPeak
import Dispatch
import Foundation
import Tensors

/// Measures what the processor can do in multiply-adds, and how much of that a matrix product
/// reaches.
///
///     swift run -c release --package-path Benchmarks Peak [rounds]
///
/// In each round every side works for a while, one after the other; the best of each counts, as what
/// else the machine does can only slow a side down. Prints a table in Markdown.
@main
struct Peak {
  static func main() {
    let rounds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 20
    guard (1...10_000).contains(rounds) else {
      FileHandle.standardError.write(Data("Peak: rounds are a whole number from 1 to 10000\n".utf8))
      exit(64)
    }
    let cores = ProcessInfo.processInfo.activeProcessorCount
    print("\(String(cString: my_peak_instructions())), \(cores) cores; GFLOP/s.\n")
    print("| type | peak, 1 thread | peak, \(cores) threads | matmul 1024³ | of the peak |")
    print("| --- | ---: | ---: | ---: | ---: |")
    measure(
      Float.self, cores, rounds, operations: my_peak_operations_f32(), multiplyAdd: my_peak_f32)
    measure(
      Double.self, cores, rounds, operations: my_peak_operations_f64(), multiplyAdd: my_peak_f64)
  }

  /// Measures one type and prints its row.
  private static func measure<Scalar: FloatingScalar>(
    _: Scalar.Type, _ cores: Int, _ rounds: Int, operations: Int,
    multiplyAdd: @escaping @Sendable (Int) -> Double
  ) {
    let width = 1024
    let a = Tensor<Scalar>(repeating: 0.5, shape: [width, width])
    precondition(a.matmul(a).scalars.allSatisfy { $0 == 256 }, "the product is wrong")
    let product = 2 * Double(width * width * width)
    // The loops last 10 ms or so: some products.
    var loops = 1024
    while seconds({ _ = multiplyAdd(loops) }) < 0.01 { loops *= 2 }
    let count = loops
    var best = (alone: 0.0, together: 0.0, matmul: 0.0)
    for _ in 0..<rounds {
      let work = Double(count * operations)
      best.alone = max(best.alone, work / seconds { _ = multiplyAdd(count) })
      let together = seconds {
        DispatchQueue.concurrentPerform(iterations: cores) { _ in _ = multiplyAdd(count) }
      }
      best.together = max(best.together, work * Double(cores) / together)
      _ = a.matmul(a)  // wakes the threads, which takes up to some tenths of a millisecond
      best.matmul = max(best.matmul, product / seconds { _ = a.matmul(a) })
    }
    let share = best.matmul / best.together * 100
    let numbers = [best.alone, best.together, best.matmul].map { String(format: "%.0f", $0 / 1e9) }
    print(
      "| \(Scalar.scalarType) | \(numbers.joined(separator: " | ")) "
        + "| \(String(format: "%.0f", share)) % |")
  }

  private static func seconds(_ body: () -> Void) -> Double {
    let clock = ContinuousClock()
    return clock.measure(body) / .seconds(1)
  }
}
