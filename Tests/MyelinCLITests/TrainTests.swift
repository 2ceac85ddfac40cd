import Foundation
import Myelin
import TestSupport
import Testing

@Suite struct TrainTests {
  let program: Program
  let folder: TemporaryFolder

  init() throws {
    program = try Program()
    folder = try TemporaryFolder()
  }

  private func run(_ arguments: String...) throws -> ProgramResult {
    try program.run(arguments, in: folder.url)
  }

  @Test func numberOfThreadsChangesNothing() throws {
    var models: [Data] = []
    for threads in ["1", "2", "4"] {
      let result = try program.run(
        ["train", "digits", "--epochs", "2", "--seed", "5", "--quiet", "--output", threads],
        in: folder.url, environment: ["MYELIN_NUM_THREADS": threads])
      #expect(result.status == 0)
      models.append(
        try Data(contentsOf: folder.url.appendingPathComponent("\(threads)/digits.safetensors")))
    }
    #expect(models[0] == models[1])
    #expect(models[0] == models[2])
  }

  @Test func writesModelAndHistory() throws {
    let result = try run("train", "digits", "--epochs", "2", "--hidden", "12", "--seed", "3")
    #expect(result.status == 0)
    #expect(result.error == "")
    #expect(folder.names == ["digits-history.csv", "digits.safetensors", "report.html"])
    let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false).map(
      String.init)
    #expect(lines[0] == "digits: 1257 rows to train on, 540 held out")
    #expect(lines.contains("Dense (relu)     (12,)                780"))
    #expect(lines.contains("Parameters: 910"))
    let epochs = lines.filter { $0.hasPrefix("epoch ") }
    #expect(epochs.count == 2)
    let pattern =
      /epoch 2\/2  loss \d+\.\d{4}  accuracy \d+\.\d\d %  validation loss \d+\.\d{4}  validation accuracy \d+\.\d\d %/
    #expect(try pattern.wholeMatch(in: epochs[1]) != nil)
    #expect(lines.contains { $0.hasPrefix("validation loss ") && $0.hasSuffix(" on 540 rows") })
    #expect(lines.contains("true class down, predicted class across:"))
    let rows = try lines.filter { try /[0-9] ( +[0-9]+){10}/.wholeMatch(in: $0) != nil }
    #expect(rows.count == 10)
    #expect(lines.contains("model    digits.safetensors"))
    #expect(lines.contains("history  digits-history.csv"))
    #expect(lines.contains("report   report.html"))
    // No bar where there is no terminal.
    #expect(!result.output.contains("\r") && !result.output.contains("\u{1B}"))

    let model = try Sequential(contentsOf: folder.path("digits.safetensors"))
    #expect(model.layers.count == 3)
    #expect(model.classNames == (0...9).map(String.init))
    let history = try String(contentsOfFile: folder.path("digits-history.csv"), encoding: .utf8)
    #expect(history.split(separator: "\n").count == 3)
  }

  @Test func json() throws {
    let result = try run(
      "train", "digits", "--epochs", "3", "--hidden", "24,12", "--activation", "tanh",
      "--optimizer", "sgd", "--learning-rate", "0.1", "--batch-size", "64", "--test-fraction",
      "0.25", "--seed", "9", "--output", "a/b", "--json")
    #expect(result.status == 0)
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    #expect(result.output.split(separator: "\n").count == 1)
    #expect(report["epochs"] as? Int == 3)
    #expect(report["parameters"] as? Int == 64 * 24 + 24 + 24 * 12 + 12 + 120 + 10)
    #expect(report["rows"] as? Int == 1347)
    #expect(report["test_rows"] as? Int == 450)
    #expect(report["model"] as? String == "a/b/digits.safetensors")
    #expect(report["report"] as? String == "a/b/report.html")
    for key in ["test_accuracy", "train_accuracy"] {
      let accuracy = try #require(report[key] as? Double)
      #expect(accuracy > 0.5 && accuracy <= 1)
    }
    #expect(try #require(report["test_loss"] as? Double) > 0)
    #expect(try #require(report["seconds"] as? Double) > 0)
    #expect(result.error.contains("epoch 3/3"))
    // The report says what the saved model does.
    let model = try Sequential(contentsOf: folder.path("a/b/digits.safetensors"))
    let (_, test) = Dataset.digits().split(testFraction: 0.25, seed: 9)
    let measured = try #require(model.evaluate(test).accuracy)
    #expect(try abs(measured - #require(report["test_accuracy"] as? Double)) < 1e-12)
  }

  @Test func quiet() throws {
    let result = try run("train", "iris", "--epochs", "30", "--quiet")
    #expect(result.status == 0)
    #expect(!result.output.contains("epoch ") && result.output.contains("validation loss"))
    #expect(folder.names == ["iris-history.csv", "iris.safetensors", "report.html"])
    let json = try run("train", "iris", "--epochs", "1", "--quiet", "--json")
    #expect(json.error == "")
  }

  @Test func explains() throws {
    let result = try run("train", "iris", "--epochs", "1", "--explain", "--quiet", "--hidden", "8")
    #expect(result.status == 0)
    for part in [
      "input 4: parameters (dense1.weight at 0, dense1.bias at 128, dense2.weight at 160, ",
      "input 5: m, input 6: v\n", "matmul  float32(16,8), 512 bytes ← (16,4) ", "\n| ", " = relu ",
      " operations, arena of ",
    ] {
      #expect(result.output.contains(part), "\(part)")
    }
    // As JSON alone on standard output.
    let json = try run("train", "iris", "--epochs", "1", "--explain", "--json")
    #expect(json.output.hasPrefix("{") && json.error.contains("matmul"))
  }

  @Test func theSameSeedGivesTheSameModel() throws {
    for name in ["a", "b"] {
      #expect(
        try run("train", "iris", "--epochs", "5", "--seed", "4", "--output", name).status == 0)
    }
    let models = try ["a", "b"].map {
      try Data(contentsOf: folder.url.appendingPathComponent("\($0)/iris.safetensors"))
    }
    #expect(models[0] == models[1])
  }

  @Test func aTableOfOnesOwn() throws {
    let rows = (0..<60).map { "\($0 % 2 == 0 ? 1.5 : -1.5),\($0),\($0 % 2 == 0 ? "yes" : "no")" }
    _ = try folder.file("coins.csv", "side,number,label\n" + rows.joined(separator: "\n") + "\n")
    let result = try run("train", "coins.csv", "--epochs", "60", "--json", "--quiet")
    #expect(result.status == 0)
    #expect(result.output.contains("\"test_accuracy\":1,"))
    #expect(folder.names.contains("coins.safetensors"))
    let prediction = try run("predict", "coins.safetensors", "coins.csv")
    let lines = prediction.output.split(separator: "\n")
    #expect(lines.count == 61 && lines[0] == "class,probability")
    #expect(lines[1].hasPrefix("yes,0.") && lines[2].hasPrefix("no,0."))
  }

  private func report(_ name: String) throws -> String {
    try String(contentsOfFile: folder.path("report.html"), encoding: .utf8)
  }

  @Test func writesAReport() throws {
    let result = try run(
      "train", "digits", "--epochs", "2", "--hidden", "12", "--seed", "3", "--learning-rate",
      "0.01", "--json")
    #expect(result.status == 0)
    let html = try report("digits")
    let page = try #require(ParsedXML(html))
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let accuracy = try #require(json["test_accuracy"] as? Double)
    for part in [
      "1,257", "540", "910 parameters", decimals(accuracy * 100, 2) + " %", "0.01", "2 epochs",
      "myelin train digits --epochs 2 --hidden 12 --seed 3 --learning-rate 0.01 --json",
      "myelin predict digits.safetensors rows.csv", "Test: 540 rows", "Training: 1,257 rows",
    ] {
      #expect(page.text.contains(part), "\(part)")
    }
    // The worst mistakes and the first layer's weights.
    #expect(page.count("image") == 12 + 12)
    let places = page.elements.flatMap { element in
      element.attributes.filter { $0.key.hasSuffix("href") || $0.key == "src" }.values
    }
    #expect(places.count == 24 && places.allSatisfy { $0.hasPrefix("data:") })
    #expect(!html.contains("url(") && !html.contains("@import") && page.count("script") == 0)
    #expect(html.contains("prefers-color-scheme:dark") && html.contains("@media print"))
  }

  @Test func writesNoReport() throws {
    let result = try run("train", "iris", "--epochs", "1", "--no-report")
    #expect(result.status == 0 && !result.output.contains("report"))
    #expect(folder.names == ["iris-history.csv", "iris.safetensors"])
    let json = try run("train", "iris", "--epochs", "1", "--no-report", "--json", "--quiet")
    #expect(json.status == 0 && !json.output.contains("report"))
    #expect(folder.names == ["iris-history.csv", "iris.safetensors"])
  }

  /// Names of files, columns and classes are the user's, and stay text.
  @Test func reportOfNamesThatLookLikeMarkup() throws {
    let names = ["<script>alert(1)</script>", "a&b", "it's"]
    let rows = (0..<60).map { "\($0 % 3),\($0),\(names[$0 % 3])\n" }.joined()
    _ = try folder.file("<b>&'.csv", "<i>x</i>,y & z,class\n" + rows)
    #expect(try run("train", "<b>&'.csv", "--epochs", "1", "--quiet").status == 0)
    let page = try #require(ParsedXML(report("<b>&'")))
    #expect(page.count("script") + page.count("b") + page.count("i") == 0)
    for part in names + ["<b>&'", "<i>x</i>", "y & z", "'<b>&'\\''.safetensors'"] {
      #expect(page.text.contains(part), "\(part)")
    }
  }

  /// One feature, many classes, one row to test with.
  @Test func reportsOfTablesOfAnyShape() throws {
    let rows = (0..<300).map { "\($0 % 100),class number \($0 % 100)\n" }.joined()
    _ = try folder.file("many.csv", "x,class\n" + rows)
    #expect(try run("train", "many.csv", "--epochs", "1", "--quiet").status == 0)
    #expect(try #require(ParsedXML(report("many"))).text.contains("class number 0"))
    _ = try folder.file("two.csv", "x,class\n0,a\n1,b\n")
    let few = try run("train", "two.csv", "--epochs", "1", "--quiet", "--test-fraction", "0.5")
    #expect(few.status == 0, "\(few.error)")
    #expect(try #require(ParsedXML(report("two"))).text.contains("Test: 1 row"))
  }

  /// A place that can't be written to is found before the training.
  @Test func aFolderWhereTheReportBelongs() throws {
    try FileManager.default.createDirectory(
      at: folder.url.appendingPathComponent("report.html"), withIntermediateDirectories: true)
    let result = try run("train", "iris", "--epochs", "1")
    #expect(result.status == 74 && result.error.contains("report.html"))
    #expect(folder.names == ["report.html"])
    #expect(try run("train", "iris", "--epochs", "1", "--no-report").status == 0)
  }

  /// An interrupt keeps the model as it stands, and says so.
  @Test func interrupt() throws {
    let result = try program.run(
      ["train", "digits", "--epochs", "1000000", "--hidden", "8"], in: folder.url,
      interruptWhen: { $0.contains("epoch 2/") })
    #expect(result.status == 130)
    #expect(result.error.contains("interrupted") && result.error.contains("digits.safetensors"))
    #expect(folder.names == ["digits-history.csv", "digits.safetensors", "report.html"])
    let model = try Sequential(contentsOf: folder.path("digits.safetensors"))
    #expect(try #require(model.evaluate(.digits()).accuracy) > 0.3)
    let page = try #require(ParsedXML(report("digits")))
    #expect(page.text.contains("interrupted in epoch ") && page.text.contains(" of 1000000."))
  }

  @Test(arguments: [
    (["--hidden", "0"], 64, "--hidden is 0; it must be whole numbers from 1 on"),
    (["--hidden", "64,x"], 64, "64,x"), (["--hidden", ""], 64, "or none"),
    (["--hidden", "1048576,1048576"], 64, "parameters; at most 67108864"),
    (["--batch-size", "9223372036854775807"], 0, ""),
    (["--epochs", "9223372036854775807"], 64, "from 1 to a billion"),
    (["--batch-size", "2000", "--learning-rate", "1e30"], 64, "1e+30"),
    (["--hidden", "-3"], 64, "-3"),
    (["--hidden", "99999999999999999999"], 64, "99999999999999999999"),
    (["--learning-rate", "-1"], 64, "-1"), (["--learning-rate", "nan"], 64, "nan"),
    (["--learning-rate", "much"], 64, "much"), (["--learning-rate", "1e30"], 64, "nan"),
    (["--epochs", "0"], 64, "0"), (["--batch-size", "-5"], 64, "-5"),
    (["--test-fraction", "1"], 64, "1"), (["--test-fraction", "0.0000001"], 0, ""),
    (["--test-fraction", "0.9999"], 64, "0.9999"), (["--seed", "-1"], 64, "-1"),
    (["--seed", "4294967296"], 64, "from 0 to 4294967295"), (["--output", ""], 64, "--output"),
    (["--output", "/proc/no/such"], 74, "/proc/no/such"), (["--activation", "gelu"], 64, "gelu"),
    (["--optimizer", "magic"], 64, "magic"), (["--no-such-option"], 64, "--no-such-option"),
    (["--output", "/dev/null/folder"], 74, "/dev/null/folder"),
  ])
  func optionsThatMakeNoSense(_ options: [String], _ status: Int32, _ says: String) throws {
    let result = try program.run(
      ["train", "digits", "--epochs", "1", "--hidden", "4", "--quiet"] + options, in: folder.url)
    #expect(result.status == status, "\(result.error)")
    if status != 0 {
      #expect(result.error.contains(says), "\(result.error)")
      #expect(result.error.split(separator: "\n").count == 1, "\(result.error)")
      #expect(result.output == "")
      #expect(folder.names == [])
    }
  }

  @Test(arguments: [
    ("a,b\n1,2\n3\n", 65, "line 3"), ("a,b\n1,x\nfast,y\n", 65, "fast"), ("", 65, "bad.csv"),
    ("a,b\n", 65, "bad.csv"), ("a,b\nnan,x\n1,y\n", 65, "line 2"), ("a\n1\n2\n", 65, "bad.csv"),
    ("a,b\n1,x\n2,x\n3,x\n", 65, "class"),
  ])
  func tablesThatMakeNoSense(_ text: String, _ status: Int32, _ says: String) throws {
    _ = try folder.file("bad.csv", text)
    let result = try run("train", "bad.csv", "--epochs", "1")
    #expect(result.status == status, "\(result.error)")
    #expect(result.error.contains("bad.csv") && result.error.contains(says), "\(result.error)")
    #expect(result.error.split(separator: "\n").count == 1)
    #expect(folder.names == ["bad.csv"])
  }

  /// A label that isn't UTF-8 is refused rather than changed.
  @Test func labelsThatAreNotText() throws {
    let bytes = Array("a,b\n1,x\n2,".utf8) + [0xE9] + Array("\n3,x\n".utf8)
    try Data(bytes).write(to: folder.url.appendingPathComponent("latin.csv"))
    let result = try run("train", "latin.csv")
    #expect(result.status == 65 && result.error.contains("line 3"), "\(result.error)")
  }

  @Test func foldersWhereFilesBelong() throws {
    try FileManager.default.createDirectory(
      at: folder.url.appendingPathComponent("iris.safetensors"), withIntermediateDirectories: true)
    let result = try run("train", "iris", "--epochs", "1")
    #expect(result.status == 74 && result.error.contains("iris.safetensors"))
    #expect(result.output == "")
    _ = try folder.file("plain", "")
    let file = try run("train", "iris", "--epochs", "1", "--output", "plain/below")
    #expect(file.status == 74 && file.error.contains("plain/below"), "\(file.error)")
  }

  @Test func anInstructionSetThatIsNotThere() throws {
    let result = try program.run(
      ["train", "iris"], in: folder.url, environment: ["MYELIN_ISA": "mmx"])
    #expect(result.status == 64 && result.error.contains("mmx"))
    #expect(result.error.contains("baseline"))
  }

  /// Results that can't be written are an error: here standard output is full.
  @Test func resultsThatCannotBeWritten() throws {
    guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
    let result = try program.run(
      ["train", "iris", "--epochs", "1", "--json", "--quiet"], in: folder.url, output: "/dev/full")
    #expect(result.status == 74 && result.error.contains("standard output"))
  }

  @Test func dataThatIsNotThere() throws {
    let file = try run("train", "no/such.csv")
    #expect(file.status == 66 && file.error.contains("no/such.csv"))
    let name = try run("train", "mnist")
    #expect(name.status == 66 && name.error.contains("mnist") && name.error.contains("digits"))
    #expect(try run("train").status == 64)
  }
}
