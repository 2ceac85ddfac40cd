import Foundation
import Myelin
import TestSupport
import Testing

/// The README's examples, word for word: they compile here, and a test compares the two.
@Suite struct ReadmeTests {
  /// In a process of its own, because the example saves to the working folder.
  @Test func trainAndSave() async {
    await #expect(processExitsWith: .success) {
      let folder = try TemporaryFolder()
      #expect(FileManager.default.changeCurrentDirectoryPath(folder.url.path))
      var output: [String] = []
      func print(_ value: Any) { output.append("\(value)") }
      // README
      let digits = Dataset.digits()
      let (train, test) = digits.split(testFraction: 0.3, seed: 1827)
      var model = try Sequential(input: [64], seed: 7) {
        Dense(64, activation: .relu)
        Dense(10, activation: .softmax)
      }
      let history = try model.fit(
        train, validation: test, loss: .categoricalCrossEntropy,
        optimizer: Adam(learningRate: 1e-3), epochs: 30, batchSize: 32)
      print(try model.evaluate(test))
      try model.save(to: "digits.safetensors")
      // end
      #expect(history.epochs.count == 30)
      #expect(output[0].hasPrefix("loss 0.") && output[0].hasSuffix("on 540 rows"))
      #expect(try model.evaluate(test).accuracy ?? 0 > 0.95)
      let loaded = try Sequential(contentsOf: folder.path("digits.safetensors"))
      #expect(loaded.predict(test.features) == model.predict(test.features))
    }
  }

  @Test func tensors() throws {
    var output: [String] = []
    func print(_ value: Any) { output.append("\(value)") }
    // README
    let x: Tensor<Double> = [[1, 2, 3], [4, 5, 6]]
    print(x.sum(axis: 0))  // [5. 7. 9.]
    print(x[1, .stride(by: -1)])  // [6. 5. 4.]

    let slope = gradient(of: { (x: Tensor<Double>) in (tanh(x) * x).sum() })
    print(slope(x).shape)  // (2, 3)
    // end
    #expect(output == ["[5. 7. 9.]", "[6. 5. 4.]", "(2, 3)"])
  }

  /// In a process of its own, because the example saves to the working folder.
  @Test func figures() async {
    await #expect(processExitsWith: .success) {
      let folder = try TemporaryFolder()
      #expect(FileManager.default.changeCurrentDirectoryPath(folder.url.path))
      // README
      let petals = Dataset.iris().features[.all, 2]
      var figure = Figure(rows: 1, columns: 2, width: 8, height: 3)
      figure[0, 0].histogram(petals, bins: 20)
      figure[0, 0].x.label = "length of the petals, cm"
      figure[0, 1].line([1, 0.5, 0.3, 0.25], label: "$e^{-x}$, nearly", marker: .circle)
      try figure.write(to: "figure.svg", theme: .dark)
      // end
      let svg = try SVGReader(try String(contentsOfFile: "figure.svg", encoding: .utf8))
      #expect(svg.texts.contains { $0.content == "length of the petals, cm" } && svg.faults == [])
    }
  }

  /// The lines between the markers above stand in the README.
  @Test func theReadmeSaysTheSame() throws {
    let source = URL(fileURLWithPath: #filePath)
    let root = source.deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let readme = try String(
      contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
    let lines = try String(contentsOf: source, encoding: .utf8).components(separatedBy: "\n")
    var indentation: Int?  // within an example, that of its marker
    var compared = 0
    for line in lines {
      let text = line.trimmingCharacters(in: .whitespaces)
      if text == "// README" {
        indentation = line.count - text.count
      } else if text == "// end" {
        indentation = nil
      } else if let indentation, !text.isEmpty {
        #expect(readme.contains("\n" + line.dropFirst(indentation) + "\n"), "\(text)")
        compared += 1
      }
    }
    #expect(compared == 22)
  }
}
