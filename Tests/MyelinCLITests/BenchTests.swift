import Foundation
import Myelin
import TestSupport
import Testing

@testable import MyelinCLI

@Suite struct BenchTests {
  let program: Program
  let folder: TemporaryFolder

  init() throws {
    program = try Program()
    folder = try TemporaryFolder()
  }

  /// What a short benchmark prints as JSON.
  private func results(_ arguments: String...) throws -> [String: [String: Double]] {
    let result = try program.run(
      ["bench"] + arguments + ["--seconds", "0.05", "--json"], in: folder.url)
    #expect(result.status == 0 && result.error == "", "\(result.error)")
    #expect(result.output.split(separator: "\n").count == 1)
    return try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8))
        as? [String: [String: Double]])
  }

  /// Every number is there and makes sense; the loss fell.
  private func check(_ result: [String: Double]?) throws {
    let result = try #require(result)
    let keys = ["gflops", "loss_first", "loss_last", "min_us", "peak_mb", "step_us", "steps"]
    #expect(result.keys.sorted() == keys)
    for key in keys { #expect(try #require(result[key]) > 0, "\(key)") }
    let (least, median) = (try #require(result["min_us"]), try #require(result["step_us"]))
    #expect(least <= median)
    #expect(try #require(result["steps"]) >= 3)
    let (first, last) = (try #require(result["loss_first"]), try #require(result["loss_last"]))
    #expect(first.isFinite && last < first, "\(first) to \(last)")
  }

  @Test func smallJobs() throws {
    let results = try results("xor", "moons", "digits", "start", "xor")
    #expect(results.keys.sorted() == ["digits", "moons", "start", "xor"])
    for result in results.values { try check(result) }
    // From the start to the answer, the network for XOR has learnt it.
    #expect(try #require(results["start"]?["loss_last"]) < 0.1)
  }

  @Test func prediction() throws { try check(results("predict")["predict"]) }

  /// The first losses are the same on each instruction set to some units in the last place.
  ///
  /// Sums of products are rounded in another order, or once less. Eight units are 1e-6 of a loss.
  @Test func instructionSetsAgree() throws {
    var losses: [String: Double] = [:]
    for name in ["avx512", "avx2", "neon", "baseline"] {
      let result = try program.run(
        ["bench", "digits", "--seconds", "0.01", "--json"], in: folder.url,
        environment: ["MYELIN_ISA": name])
      // The command refuses a set that the machine doesn't have.
      guard result.status == 0 else { continue }
      let json = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
      losses[name] = (json as? [String: [String: Double]])?["digits"]?["loss_first"]
    }
    let baseline = try #require(losses["baseline"])
    for (name, loss) in losses {
      #expect(abs(loss - baseline) <= 8 * baseline * Double(Float.ulpOfOne), "\(name): \(loss)")
    }
  }

  /// The data of mnist lie in memory once, beside a program and a batch.
  @Test func memory() throws {
    let result = try results("mnist")["mnist"]
    try check(result)
    let data = 60_000 * (784 + 10) * 4 / 1e6
    #expect(try #require(result?["peak_mb"]) > data && #require(result?["peak_mb"]) < 1.5 * data)
  }

  @Test(arguments: [
    ["--widths", "37-53-7", "--batch", "50"], ["--widths", "5,1", "--samples", "40"],
    ["--widths", "9-8-7-3", "--activation", "tanh", "--loss", "mse", "--samples", "33"],
    ["--widths", "6-5-4", "--activation", "sigmoid", "--loss", "log", "--batch", "1"],
  ])
  func networksOfOnesOwn(_ options: [String]) throws {
    let result = try program.run(
      ["bench", "--seconds", "0.05", "--json"] + options, in: folder.url)
    let results = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8))
        as? [String: [String: Double]])
    #expect(results.count == 1)
    try check(results[options[1].replacing(",", with: "-")])
  }

  @Test func table() throws {
    let result = try program.run(
      ["bench", "moons", "xor", "--seconds", "0.02"], in: folder.url)
    #expect(result.status == 0 && result.error == "")
    let lines = result.output.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[0].hasPrefix("job ") && lines[0].contains("GFLOP/s"))
    #expect(lines[1].hasPrefix("moons ") && lines[2].hasPrefix("xor "))
    #expect(Set(lines.map(\.count)).count == 1)
  }

  @Test(arguments: [
    (["iris"], "there is no job 'iris'; there are xor, moons, digits, mnist, wide, predict, start"),
    (["xor", "--widths", "2-2"], "leave out the job 'xor'"),
    (["--batch", "8"], "--batch needs --widths"), (["xor", "--loss", "mse"], "--loss needs"),
    (["--widths", "7"], "--widths is 7;"), (["--widths", "3-0-2"], "--widths is 3-0-2;"),
    (["--widths", "3--2"], "--widths is 3--2;"), (["--widths", "3-many"], "--widths is 3-many;"),
    (["--widths", "99999999999999999999-2"], "--widths is 9999"),
    (["--widths", "100000-100000-10"], "at most 4295"),
    (["--widths", "9223372036854775807-9223372036854775807"], "at most 4295"),
    (["--widths", "3-2", "--samples", "9223372036854775807"], "at most 4295"),
    (["--widths", "3-2", "--batch", "0"], "--batch is 0; it must be 1 or more"),
    (["--widths", "3-2", "--batch", "-3"], "--batch is -3"),
    (["--widths", "3-2", "--batch", "two"], "two"),
    (["--widths", "3-2", "--batch", "40", "--samples", "39"], "--samples is 39; it must be 40"),
    (["--widths", "3-1", "--loss", "cross-entropy"], "log or mse"),
    (["--widths", "3-2", "--loss", "hinge"], "hinge"),
    (["--widths", "3-2", "--activation", "softmax"], "softmax"),
    (["--seconds", "0"], "--seconds is 0"), (["--seconds", "nan"], "--seconds is nan"),
    (["--seconds", "inf"], "--seconds is inf"), (["--seconds", "-1"], "--seconds is -1"),
  ])
  func optionsThatMakeNoSense(_ options: [String], _ says: String) throws {
    let result = try program.run(["bench"] + options, in: folder.url)
    #expect(result.status == 64, "\(result.error)")
    #expect(result.error.contains(says), "\(result.error)")
    #expect(result.error.split(separator: "\n").count == 1, "\(result.error)")
    #expect(result.output == "")
  }

  /// Products forth and back: but for the first layer there are three of each size.
  @Test func operations() {
    #expect(TrainingJob.xor.stepOperations == Double(2 * 32 * (2 * 2 * 3 + 3 * 3 * 2)))
    #expect(TrainingJob.mnist.forwardOperations(rows: 1) == Double(2 * (784 * 128 + 128 * 10)))
  }

  @Test func timing() {
    let odd = Timing([30, 10, 50], stepsInBatch: 10)
    #expect(odd.median == 3 && odd.least == 1 && odd.steps == 30)
    #expect(Timing([4, 2, 10, 3], stepsInBatch: 1).median == 3.5)
  }

  /// In order, an epoch leaves out the rows that don't fill a step.
  @Test func rows() throws {
    var job = TrainingJob.xor
    job.draw = .inOrder
    var run = try TrainingRun(job)
    let starts = (0..<4).map { _ in
      #expect(run.rows.count == 32)
      defer { _ = run.step() }
      return run.rows.lowerBound
    }
    #expect(starts == [0, 32, 64, 0])
  }

  /// Every step changes the weights, of every layer.
  @Test func weightsMove() throws {
    var run = try TrainingRun(.digits)
    var before = run.model
    for _ in 0..<3 {
      _ = run.step()
      let after = run.model
      for place in after.parameterLayout {
        #expect(after[place.name] != before[place.name], "\(place.name)")
      }
      before = after
    }
  }
}
