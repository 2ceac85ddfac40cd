import Datasets
import Formats
import Foundation
import NeuralNetworks
import Tensors
import Testing

@Suite struct ModelFileTests {
  let folder: URL
  let model: Sequential<Float>

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var model = try Sequential(input: [64], seed: 7) {
      Normalization(
        mean: [Double](repeating: 5, count: 64), scale: [Double](repeating: 0.1, count: 64))
      Dense(4, activation: .tanh, weightInitializer: .heNormal)
      Dense(10, activation: .softmax, biasInitializer: .uniform(-1, 0.5))
    }
    try model.fit(Dataset.digits(), loss: .categoricalCrossEntropy, optimizer: SGD())
    self.model = model
  }

  private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  private func failure(_ file: String) -> FormatError? {
    do throws(FormatError) {
      _ = try Sequential(contentsOf: file)
      return nil
    } catch {
      return error
    }
  }

  @Test func roundTrip() throws {
    let file = path("model.safetensors")
    try model.save(to: file)
    let loaded = try Sequential(contentsOf: file)
    #expect(loaded.parameters == model.parameters)
    #expect(loaded.classNames == model.classNames)
    #expect(loaded.featureNames == model.featureNames)
    #expect(loaded.summary == model.summary)
    let features = Dataset.digits().features[0..<100]
    #expect(loaded.predict(features) == model.predict(features))
    // The loss is remembered too: evaluating needs no more.
    #expect(try loaded.evaluate(.digits()).loss == model.evaluate(.digits()).loss)
    // The same model gives the same bytes, and nothing is left beside it.
    try loaded.save(to: path("again.safetensors"))
    #expect(
      try Data(contentsOf: folder.appendingPathComponent("again.safetensors"))
        == Data(contentsOf: folder.appendingPathComponent("model.safetensors")))
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(names == ["again.safetensors", "model.safetensors"])
  }

  @Test func doublesToo() throws {
    let model = try Sequential(Double.self, input: [3], seed: 1) { Dense(2) }
    try model.save(to: path("double.safetensors"))
    #expect(
      try Sequential(contentsOf: path("double.safetensors"), Double.self).parameters
        == model.parameters)
    #expect(failure(path("double.safetensors"))?.description.contains("float64") == true)
  }

  @Test func cutShort() throws {
    let file = path("model.safetensors")
    try model.save(to: file)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
    for length in stride(from: 0, to: bytes.count, by: 97) {
      try bytes.prefix(length).write(to: URL(fileURLWithPath: path("cut")))
      let error = try #require(failure(path("cut")), "\(length) bytes")
      #expect(error.kind == .malformedData)
      #expect(error.description.contains("cut"))
    }
    #expect(failure(path("missing"))?.kind == .missingFile)
  }

  /// Single bytes changed anywhere in the header: an error or a model, never a crash.
  @Test func changedBytes() throws {
    let file = path("model.safetensors")
    try model.save(to: file)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
    let header =
      8 + bytes.prefix(8).enumerated().reduce(0) { $0 + Int($1.element) << (8 * $1.offset) }
    var random = RandomState(seed: 17)
    var refused = 0
    for _ in 0..<400 {
      var changed = bytes
      let position = try random.randomInteger(0, header - 1)
      changed[position] = UInt8(try random.randomInteger(0, 255))
      try changed.write(to: URL(fileURLWithPath: path("changed")))
      if failure(path("changed")) != nil { refused += 1 }
    }
    #expect(refused > 100)
  }

  @Test(arguments: [
    ("\"formatVersion\":1", "\"formatVersion\":2", "version 2"),
    ("\"formatVersion\":1", "\"formatVersion\":\"x\"", "version"),
    ("\"kind\":\"Dense\"", "\"kind\":\"Conv2D\"", "Conv2D"),
    ("\"units\":4", "\"units\":0", "0 units"),
    ("\"units\":4", "\"units\":-4", "-4 units"),
    ("\"units\":4", "\"units\":5", "(64, 5)"),
    ("\"units\":4", "\"units\":9000000000000000000", "large"),
    ("\"units\":4", "\"units\":4.5", "can't be read"),
    ("\"input\":[64]", "\"input\":[-64]", "-64"),
    ("\"input\":[64]", "\"input\":[9000000000000000000,9000000000000000000]", "shape"),
    ("\"input\":[64]", "\"input\":[]", "shape"),
    ("\"kind\":\"categoricalCrossEntropy\"", "\"kind\":\"hinge\"", "hinge"),
    ("\"activation\":\"tanh\"", "\"activation\":\"gelu\"", "gelu"),
    ("\"scalarType\":\"float32\"", "\"scalarType\":\"float64\"", "float64"),
    ("\"classNames\":[\"0\",", "\"classNames\":[", "9 class names"),
    ("\"scale\":[0.1,", "\"scale\":[0,", "scales other than 0"),
    ("\"scale\":[0.1,", "\"scale\":[", "63 scales"),
  ])
  func descriptionsThatDoNotFit(_ from: String, _ to: String, _ says: String) throws {
    let file = path("model.safetensors")
    try model.save(to: file)
    var tensors = try SafeTensors(contentsOf: file)
    let json = try #require(tensors.metadata["myelin"])
    #expect(json.contains(from), "\(json)")
    tensors.metadata["myelin"] = json.replacingOccurrences(of: from, with: to)
    try tensors.write(to: file)
    let error = try #require(failure(file))
    #expect(error.kind == .malformedData)
    #expect(error.description.contains(says), "\(error)")
  }

  @Test func otherFiles() throws {
    var tensors = SafeTensors()
    tensors.set("x", to: Tensor<Float>([1, 2]))
    try tensors.write(to: path("other.safetensors"))
    #expect(failure(path("other.safetensors"))?.description.contains("no model") == true)
    tensors.metadata["myelin"] = "{\"formatVersion\":"
    try tensors.write(to: path("other.safetensors"))
    #expect(failure(path("other.safetensors")) != nil)
    // A parameter is missing.
    try model.save(to: path("model.safetensors"))
    tensors.metadata = try SafeTensors(contentsOf: path("model.safetensors")).metadata
    try tensors.write(to: path("other.safetensors"))
    #expect(failure(path("other.safetensors"))?.description.contains("dense1.weight") == true)
  }

  @Test func whatCannotBeWritten() throws {
    #expect(throws: FormatError.self) { try model.save(to: path("no/such/folder/model")) }
    var broken = model
    broken["dense1.bias"] = Tensor(repeating: .nan, shape: [4])
    #expect(throws: FormatError.self) { try broken.save(to: path("nan.safetensors")) }
    #expect(!FileManager.default.fileExists(atPath: path("nan.safetensors")))
  }
}
