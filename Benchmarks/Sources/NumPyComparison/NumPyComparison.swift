import Foundation
import Tensors

/// Answers `numpy_comparison.py`, which asks in lines on the standard input.
///
/// `run`, then type, elements, rows, columns and name of a case, makes the inputs and runs the case
/// once; the answer is a line with the result's rank, extents and bytes, and then the bytes. `time`
/// and a number runs it as often; the answer is a line with the nanoseconds that all of it took.
@main
struct NumPyComparison {
  static func main() throws {
    var time: ((Int) -> Duration)?
    while let line = readLine() {
      let words = line.split(separator: " ", maxSplits: 5)
      switch words.first {
      case "run":
        guard words.count == 6, let count = Int(words[2]), let rows = Int(words[3]),
          let columns = Int(words[4])
        else { throw Misunderstood(line: line) }
        let request = Request(name: String(words[5]), count: count, rows: rows, columns: columns)
        time =
          switch words[1] {
          case "float32": try run(request, as: Float.self)
          case "float64": try run(request, as: Double.self)
          default: nil
          }
        guard time != nil else { throw Misunderstood(line: line) }
      case "time":
        guard words.count == 2, let calls = Int(words[1]), let time else {
          throw Misunderstood(line: line)
        }
        answer("\(Int(time(calls) / .nanoseconds(1)))")
      default:
        throw Misunderstood(line: line)
      }
    }
  }

  /// Runs a case once, answers with the result, and returns what times it.
  private static func run<Scalar: FloatingScalar>(
    _ request: Request, as type: Scalar.Type
  ) throws -> ((Int) -> Duration)? {
    guard let operation = try operation(request, as: type) else { return nil }
    let result = operation()
    result.withElements { elements in
      let bytes = Data(buffer: elements)
      let numbers = [result.rank] + result.shape + [bytes.count]
      answer(numbers.map(String.init).joined(separator: " "))
      FileHandle.standardOutput.write(bytes)
    }
    return { calls in
      ContinuousClock().measure {
        for _ in 0..<calls { consume(operation()) }
      }
    }
  }

  private static func answer(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
  }
}

/// Takes a result whose making must not be optimised away.
@inline(never)
private func consume<Value>(_: Value) {}

/// A line that asks for nothing known.
struct Misunderstood: Error {
  var line: String
}
