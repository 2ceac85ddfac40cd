import Foundation
import Myelin
import TestSupport
import Testing

@Suite struct PredictAndEvaluateTests {
  let program: Program
  let folder: TemporaryFolder

  init() throws {
    program = try Program()
    folder = try TemporaryFolder()
    let digits = Dataset.digits()
    var model = try Sequential(input: [64], seed: 7) { Dense(10, activation: .softmax) }
    try model.fit(
      digits, loss: .categoricalCrossEntropy, optimizer: Adam(learningRate: 1e-2), epochs: 2)
    try model.save(to: folder.path("model.safetensors"))
    try writeDigits(digits, rows: 0..<30, to: "digits.csv")
  }

  /// Writes digits as the original table has them: pixels, then the label.
  private func writeDigits(_ digits: Dataset<Float>, rows: Range<Int>, to name: String) throws {
    let labels = try #require(digits.labels)
    let names = (0..<8).flatMap { row in (0..<8).map { "pixel_\(row)_\($0)" } }
    var text = (names + ["label"]).joined(separator: ",") + "\n"
    for row in rows {
      let pixels = digits.features[row].scalars.map { String(Int($0)) }
      text += (pixels + [String(labels[row])]).joined(separator: ",") + "\n"
    }
    _ = try folder.file(name, text)
  }

  private func run(_ arguments: String...) throws -> ProgramResult {
    try program.run(arguments, in: folder.url)
  }

  /// The table of the digits with one cell replaced.
  private func changed(line: Int, column: Int, to cell: String) throws {
    let text = try String(contentsOfFile: folder.path("digits.csv"), encoding: .utf8)
    var lines = text.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    lines[line - 1][column - 1] = cell
    _ = try folder.file(
      "changed.csv", lines.map { $0.joined(separator: ",") }.joined(separator: "\n") + "\n")
  }

  @Test func predict() throws {
    let model = try Sequential(contentsOf: folder.path("model.safetensors"))
    let expected = model.predict(Dataset.digits().features[0..<30])
    let result = try run("predict", "model.safetensors", "digits.csv")
    #expect(result.status == 0 && result.error == "")
    let lines = result.output.split(separator: "\n")
    #expect(lines.count == 31)
    for (line, (row, label)) in zip(
      lines.dropFirst(), expected.argMax(axis: 1).scalars.enumerated())
    {
      let cells = line.split(separator: ",")
      #expect(cells[0] == String(label))
      let probability = try #require(Float(cells[1]))
      #expect(abs(probability - expected[row, label].scalar) < 2e-6)
    }
    let json = try run("predict", "model.safetensors", "digits.csv", "--json")
    let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    let predictions = try #require(object?["predictions"] as? [[String: Any]])
    #expect(predictions.count == 30)
    #expect(
      predictions[0]["class"] as? String == lines[1].split(separator: ",").first.map(String.init))
  }

  /// Columns are found by their names: without the label, and in another order.
  @Test func predictWithoutLabelInAnotherOrder() throws {
    let text = try String(contentsOfFile: folder.path("digits.csv"), encoding: .utf8)
    let lines = text.split(separator: "\n").map { line in
      line.split(separator: ",").dropLast().reversed().joined(separator: ",")
    }
    _ = try folder.file("reversed.csv", lines.joined(separator: "\n") + "\n")
    let plain = try run("predict", "model.safetensors", "digits.csv")
    let reversed = try run("predict", "model.safetensors", "reversed.csv")
    #expect(reversed.status == 0)
    #expect(reversed.output == plain.output)
  }

  @Test func evaluate() throws {
    let model = try Sequential(contentsOf: folder.path("model.safetensors"))
    let expected = try model.evaluate(Dataset.digits().rows(Array(0..<30)))
    let result = try run("evaluate", "model.safetensors", "digits.csv")
    #expect(result.status == 0)
    #expect(result.output.contains(expected.description))
    #expect(result.output.contains(try #require(expected.confusion).description))
    let json = try run("evaluate", "model.safetensors", "digits.csv", "--json")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(
      try abs(#require(object["accuracy"] as? Double) - #require(expected.accuracy)) < 1e-12)
    #expect(try abs(#require(object["loss"] as? Double) - expected.loss) < 1e-9)
    #expect(object["rows"] as? Int == 30)
    #expect((object["confusion"] as? [[Int]])?.joined().reduce(0, +) == 30)
  }

  @Test(arguments: [
    (5, 3, "dot", ["line 5", "column 3", "dot"]), (2, 1, "nan", ["line 2", "column 1"]),
    (31, 64, "inf", ["line 31", "column 64"]), (4, 65, "12", ["line 4", "12"]),
    (4, 65, "seven", ["line 4", "seven"]), (7, 9, "", ["line 7", "column 9"]),
    (7, 9, "1,2", ["line 7"]), (1, 2, "other", ["pixel_0_1"]), (1, 2, "pixel_0_0", ["pixel_0_0"]),
  ])
  func cellsThatMakeNoSense(_ line: Int, _ column: Int, _ cell: String, _ says: [String]) throws {
    try changed(line: line, column: column, to: cell)
    let result = try run("evaluate", "model.safetensors", "changed.csv")
    #expect(result.status == 65, "\(result.error)")
    #expect(result.output == "")
    #expect(result.error.split(separator: "\n").count == 1)
    for part in ["changed.csv"] + says { #expect(result.error.contains(part), "\(result.error)") }
  }

  @Test func filesThatMakeNoSense() throws {
    for command in ["predict", "evaluate"] {
      let table = try run(command, "model.safetensors", "none.csv")
      #expect(table.status == 66 && table.error.contains("none.csv"))
      let model = try run(command, "none.safetensors", "digits.csv")
      #expect(model.status == 66 && model.error.contains("none.safetensors"))
      let notAModel = try run(command, "digits.csv", "digits.csv")
      #expect(notAModel.status == 65 && notAModel.error.contains("digits.csv"))
      #expect(try run(command, "model.safetensors").status == 64)
      #expect(try run(command, ".", "digits.csv").status == 66)
      let bytes = try Data(contentsOf: folder.url.appendingPathComponent("model.safetensors"))
      try bytes.dropLast(5).write(to: folder.url.appendingPathComponent("cut.safetensors"))
      let cut = try run(command, "cut.safetensors", "digits.csv")
      #expect(cut.status == 65 && cut.error.contains("cut.safetensors"))
      // A model of another shape than the data.
      var iris = try Sequential(input: [4], seed: 1) { Dense(3, activation: .softmax) }
      try iris.fit(.iris(), loss: .categoricalCrossEntropy, optimizer: SGD())
      try iris.save(to: folder.path("iris.safetensors"))
      let other = try run(command, "iris.safetensors", "digits.csv")
      #expect(other.status == 65 && other.error.contains("digits.csv"), "\(other.error)")
    }
  }

  @Test func helpAndVersion() throws {
    let help = try run("--help")
    #expect(help.status == 0)
    for command in ["train", "predict", "evaluate"] { #expect(help.output.contains(command)) }
    #expect(try run("--version").output == "0.1.0\n")
    #expect(try run("fly").status == 64)
    for command in ["train", "predict", "evaluate"] {
      #expect(try run(command, "--help").output.contains("USAGE: myelin \(command)"))
    }
  }
}
