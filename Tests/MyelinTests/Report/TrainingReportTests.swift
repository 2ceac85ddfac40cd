import Foundation
@testable import Myelin
import TestSupport
import Testing

@Suite struct TrainingReportTests {
  /// A report of a short training.
  private func report(
    _ data: Dataset<Float>, loss: some Loss = .categoricalCrossEntropy, epochs: Int = 2,
    activation: Activation = .softmax
  ) throws -> TrainingReport<Float> {
    let (train, test) = data.split(testFraction: 0.3, seed: 1)
    var model = try Sequential(input: [data.features.shape[1]], seed: 1) {
      Normalization(fitting: train.features)
      Dense(6, activation: .relu)
      Dense(data.targets.shape[1], activation: activation)
    }
    let history = try model.fit(
      train, validation: test, loss: loss, optimizer: Adam(), epochs: epochs)
    return try TrainingReport(model, history: history, training: train, test: test)
  }

  /// A table of classes one after the other, each around its number in all features.
  private func table(
    classes: [String], rows: Int, features: [String], name: String = "table"
  ) -> Dataset<Float> {
    var random = RandomState(seed: 3)
    let labels = (0..<rows).map { $0 % classes.count }
    let noise = random.standardNormal([rows, features.count])
    let numbers = (0..<rows * features.count).map { index in
      Float(labels[index / features.count]) + 0.1 * Float(noise.scalars[index])
    }
    return Dataset(
      name: name, features: Tensor(numbers, shape: [rows, features.count]), labels: labels,
      classNames: classes, featureNames: features)
  }

  @Test func saysWhatTheTrainingWas() throws {
    var report = try report(.iris(), epochs: 3)
    report.settings = [("optimizer", "Adam"), ("seed", "1")]
    report.modelPath = "iris.safetensors"
    report.command = ["myelin", "train", "iris", "--epochs", "3"]
    let html = report.html()
    let page = try #require(ParsedXML(html))
    for part in [
      "iris", "2 dense layers", "3 epochs", "105 rows", "45 rows", "setosa, versicolor, virginica",
      "sepal_length_cm", "Normalization", "softmax", "51 parameters in all", "optimizer", "Adam",
      "myelin train iris --epochs 3", "myelin predict iris.safetensors rows.csv",
      "Sequential(contentsOf: \"iris.safetensors\")", "The network", "The data", "Settings",
    ] {
      #expect(page.text.contains(part), "\(part)")
    }
    #expect(page.text.contains(decimals(report.testEvaluation.loss, 4)))
    let accuracy = try #require(report.testEvaluation.accuracy)
    #expect(page.text.contains(decimals(accuracy * 100, 2) + " %"))
    #expect(report.testEvaluation.loss == (try report.model.evaluate(report.test).loss))
    // Curves, two matrices, network, weights and rows of classes.
    #expect(page.elements.count { $0.attributes["role"] == "img" } == 6)
    #expect(page.count("figure") == 6)
    #expect(!page.text.contains("interrupted"))
  }

  /// No script, and nothing that a browser would fetch: pictures are part of the page.
  @Test func needsNothingFromOutside() throws {
    var report = try report(.digits(), epochs: 1)
    report.imageShape = (8, 8)
    let html = report.html()
    let page = try #require(ParsedXML(html))
    let kinds = Set(page.elements.map(\.name))
    #expect(kinds.isDisjoint(with: ["script", "link", "iframe", "object", "embed", "img"]))
    #expect(kinds.contains("image"))
    for element in page.elements {
      for (name, value) in element.attributes {
        if name.hasSuffix("href") || name == "src" {
          #expect(value.hasPrefix("data:image/png;base64,"), "\(element.name) \(name)")
        }
        #expect(!name.hasPrefix("on"), "\(element.name) \(name)")
      }
    }
    #expect(!html.contains("url(") && !html.contains("@import"))
  }

  @Test func isLightAndDark() throws {
    let html = try report(.iris()).html()
    #expect(html.contains("@media screen and (prefers-color-scheme:dark)"))
    #expect(html.contains("@media print"))
    for code in ["#1F2328", "#E6EDF3", "#0072B2", "#4BA3DC"] {
      #expect(html.contains(code), "\(code)")
    }
  }

  @Test func isTheSameForTheSameTraining() throws {
    let report = try report(.iris())
    #expect(report.html() == report.html())
  }

  /// What comes from the user is text, whatever it looks like.
  @Test func namesAreEscaped() throws {
    let hostile = "<script>alert('\"&')</script>"
    let names = [hostile, "</style></title><b>", "]]>&amp;&#0;\u{1}\u{0}\u{FFFE}\u{85}"]
    var report = try report(
      table(classes: names, rows: 60, features: [hostile, "a&b"], name: hostile))
    report.settings = [(hostile, hostile)]
    report.modelPath = hostile
    report.command = ["myelin", "train", hostile, "it's", ""]
    let page = try #require(ParsedXML(report.html()))
    #expect(page.count("script") == 0 && page.count("b") == 0)
    #expect(page.text.contains(hostile) && page.text.contains("]]>&amp;&#0;\u{FFFD}\u{FFFD}"))
    #expect(page.text.contains("'it'\\''s' ''"))
    #expect(page.text.contains("contentsOf: \"<script>alert(\\'\\\"&\\')</script>\""))
  }

  @Test func mistakesAreImagesOrRows() throws {
    var digits = try report(.digits(), epochs: 1)
    func images(_ report: TrainingReport<Float>) throws -> Int {
      try #require(ParsedXML(report.html())).count("image")
    }
    #expect(try images(digits) == 0)
    digits.imageShape = (8, 8)
    // Twelve mistakes and the weights of the first layer's six units.
    #expect(try images(digits) == 12 + 6)
    digits.imageShape = (7, 8)
    #expect(try images(digits) == 0)
    let page = try #require(ParsedXML(digits.html()))
    #expect(
      page.text.contains("pixel_0_0") && page.text.contains("The other 58 features are not shown"))
  }

  /// The worst row is the one whose true class has the least probability.
  @Test func theWorstComesFirst() throws {
    let report = try report(.iris(), epochs: 1)
    let (chances, labels) = (
      report.model.predict(report.test.features), try #require(report.test.labels)
    )
    let wrong = labels.indices.filter { chances[$0].argMax().scalar != labels[$0] }
    let worst = try #require(
      wrong.min { chances[$0, labels[$0]].scalar < chances[$1, labels[$1]].scalar })
    let html = report.html()
    let head = try #require(html.ranges(of: ">probability</th>").first)
    let start = try #require(html[head.upperBound...].ranges(of: "<tbody>").first).upperBound
    let end = try #require(html[start...].ranges(of: "</tr>").first).lowerBound
    let cells = html[start..<end]
    let loss = -Foundation.log(Double(chances[worst, labels[worst]].scalar))
    #expect(cells.contains("<td class=\"number\">\(decimals(loss, 3))</td>"))
    #expect(html.contains("\(wrong.count) of 45 test rows"))
  }

  @Test func everythingRight() throws {
    let data = table(classes: ["low", "high"], rows: 60, features: ["x"])
    let report = try report(data, epochs: 200)
    #expect(report.testEvaluation.accuracy == 1)
    let text = try #require(ParsedXML(report.html())).text
    #expect(text.contains("Its least certain answers") && !text.contains("worst mistakes"))
    #expect(text.contains("area 1.000") && text.contains("“high” against “low”"))
  }

  @Test func twoFeaturesHaveABoundary() throws {
    let data = table(classes: ["a", "b", "c"], rows: 60, features: ["x", "y"])
    let text = try #require(ParsedXML(report(data).html())).text
    #expect(text.contains("Where the model sees which class"))
  }

  /// Many classes: no numbers in the matrix; still more: no matrix.
  @Test(arguments: [(100, true), (250, false)])
  func manyClasses(_ count: Int, _ hasMatrix: Bool) throws {
    let names = (0..<count).map { "class number \($0)" }
    let report = try report(table(classes: names, rows: 3 * count, features: ["x"]), epochs: 1)
    let html = report.html()
    let page = try #require(ParsedXML(html))
    #expect(page.text.contains("predicted class") == hasMatrix)
    #expect(page.text.contains("too many for a picture") != hasMatrix)
    #expect(page.text.contains("and \(count - 16) more"))
    #expect(html.utf8.count < 400_000)
  }

  @Test func regression() throws {
    let x = Tensor<Float>((0..<40).map { Float($0) / 10 }, shape: [40, 1])
    let lines = Dataset<Float>(
      name: "lines", features: x, targets: concatenate([2 * x, 1 - x], axis: 1),
      featureNames: ["x"])
    let report = try report(lines, loss: .meanSquaredError, activation: .identity)
    let text = try #require(ParsedXML(report.html())).text
    for part in ["Output 1", "Output 2", "Residuals", "true value", "squared error", "its loss is"]
    {
      #expect(text.contains(part), "\(part)")
    }
    #expect(!text.contains("accuracy"))
  }

  @Test func interruptedTraining() async throws {
    let iris = Dataset<Float>.iris()
    let model = try Sequential(input: [4], seed: 1) { Dense(3, activation: .softmax) }
    let (trained, history) = try await Task {
      var model = model
      let history = try model.fit(
        iris, loss: .categoricalCrossEntropy, optimizer: Adam(), epochs: 100,
        onEpoch: { _ in withUnsafeCurrentTask { $0?.cancel() } })
      return (model, history)
    }.value
    var report = try TrainingReport(trained, history: history, training: iris, test: iris)
    report.plannedEpochs = 100
    let text = try #require(ParsedXML(report.html())).text
    #expect(text.contains("interrupted in epoch \(history.epochs.count) of 100"))
  }

  @Test func words() {
    #expect(counted(1, "row") == "1 row" && counted(1_234_567, "class") == "1,234,567 classes")
    #expect(
      grouped(-1000) == "-1,000" && grouped(999) == "999" && grouped(.min).hasPrefix("-9,223"))
    #expect(duration(0.0854) == "85 ms" && duration(12.34) == "12.3 s")
    #expect(duration(59.96) == "1 min 0 s" && duration(185) == "3 min 5 s")
    #expect(duration(7800) == "2 h 10 min" && duration(.infinity) == "inf s")
    #expect(shellWord("a/b-1.csv") == "a/b-1.csv" && shellWord("a b") == "'a b'")
    #expect(shellWord("$x") == "'$x'" && shellWord("é") == "'é'" && shellWord("") == "''")
    #expect(swiftLiteral("a\"\\(b)\n") == "\"a\\\"\\\\(b)\\n\"")
    #expect(shortened(String(repeating: "é", count: 60)).count == 48)
    #expect(
      HTML.escaped("<a href='x' b=\"y\">&\u{B}")
        == "&lt;a href=&#39;x&#39; b=&quot;y&quot;&gt;&amp;\u{FFFD}")
  }
}
