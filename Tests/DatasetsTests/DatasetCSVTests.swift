import Datasets
import Formats
import Foundation
import Tensors
import TestSupport
import Testing

private func read(
  _ text: String, target: String? = nil, features: [String]? = nil, targets: CSVTargets = .classes
) throws(FormatError) -> Dataset<Float> {
  try Dataset(
    csv: Array(text.utf8), file: "folder/my.data.csv", target: target, features: features,
    targets: targets)
}

/// The message for a file that can't be read, without its name.
private func message(
  _ text: String, target: String? = nil, features: [String]? = nil, targets: CSVTargets = .classes
) -> String {
  do throws(FormatError) {
    _ = try read(text, target: target, features: features, targets: targets)
    return "no error"
  } catch {
    #expect(error.kind == .malformedData)
    return String(error.description.dropFirst("folder/my.data.csv: ".count))
  }
}

@Suite struct DatasetCSVTests {
  @Test func words() throws {
    let dataset = try read("a,b,kind\n1,2,pear\n3,4,apple\n5,6, pear \n")
    #expect(dataset.name == "my.data")
    #expect(dataset.features == [[1, 2], [3, 4], [5, 6]])
    #expect(dataset.featureNames == ["a", "b"])
    #expect(dataset.classNames == ["apple", "pear"])
    #expect(dataset.labels == [1, 0, 1])
    #expect(dataset.targets == [[0, 1], [1, 0], [0, 1]])
  }

  @Test func wholeNumbers() throws {
    // In the order of the numbers, not of the alphabet; 2 and 2.0 are the same.
    let dataset = try read("y,x\n10,1\n2,2\n-1,3\n2.0,4\n", target: "y")
    #expect(dataset.classNames == ["-1", "2", "10"])
    #expect(dataset.labels == [2, 1, 0, 1])
    #expect(dataset.features == [[1], [2], [3], [4]])
    // One word among them makes all of them words.
    #expect(try read("x,y\n1,10\n1,2\n1,b\n").classNames == ["10", "2", "b"])
    #expect(try read("x,y\n1,0x10\n1,inf\n").classNames == ["0x10", "inf"])
  }

  @Test func numbers() throws {
    let dataset = try read("a,y,b\n1,0.5,2\n3,-1,4\n", target: "y", targets: .numbers)
    #expect(dataset.features == [[1, 2], [3, 4]])
    #expect(dataset.targets == [[0.5], [-1]])
    #expect(dataset.featureNames == ["a", "b"])
    #expect(dataset.classNames == nil)
    #expect(
      message("a,y\n1,x\n", targets: .numbers) == "line 2, column 2 (“y”): “x” is not a number")
    #expect(
      message("a,y\n1,nan\n", targets: .numbers)
        == "line 2, column 2 (“y”): “nan” is not a finite number")
  }

  @Test func expectedColumns() throws {
    let file = "b,label,a\n1,x,2\n3,z,4\n"
    let known = CSVTargets.knownClasses(["z", "y", "x"])
    for target in [nil, "label"] {
      let dataset = try read(file, target: target, features: ["a", "b"], targets: known)
      #expect(dataset.features == [[2, 1], [4, 3]])
      #expect(dataset.featureNames == ["a", "b"])
      #expect(dataset.classNames == ["z", "y", "x"])
      #expect(dataset.labels == [2, 0])
    }
    #expect(
      message(file, features: ["a", "b", "c", "d"], targets: known)
        == "2 columns are missing: “c”, “d”")
    #expect(
      message(file, target: "label", features: ["a", "c"], targets: known)
        == "a column is missing: “c”")
    #expect(
      message(file, target: "label", features: ["a"], targets: known)
        == "a column is not expected: “b”; the features are “a”")
    #expect(
      message(file, features: ["a"], targets: known)
        == "which column holds the targets? Beside the features there are “b”, “label”")
    #expect(
      message("a,b\n1,2\n", features: ["a", "b"], targets: known)
        == "there is no column of targets beside the 2 features")
    #expect(
      message(file, target: "a", features: ["a", "b"])
        == "the column “a” can't be a feature and the target")
    #expect(
      message(file, target: "c") == "there is no column “c”: the columns are “b”, “label”, “a”")
    #expect(message("a\n1\n") == "there is no column of features beside “a”")
  }

  @Test func expectedClasses() throws {
    let digits = CSVTargets.knownClasses((0...9).map(String.init))
    let file = "x,label\n1,3\n1,\"0\n\"\n1,12\n"
    #expect(
      message(file, targets: digits).hasSuffix("the label “0\\n” is not among the classes 0…9"))
    #expect(
      message("x,label\n1,3\n\n1,12\n", targets: digits)
        == "line 4, column 2 (“label”): the label “12” is not among the classes 0…9")
    #expect(
      message("x,label\n1,rose\n", targets: .knownClasses(["iris", "tulip"]))
        == "line 2, column 2 (“label”): the label “rose” is not among the classes “iris”, “tulip”")
    #expect(
      message("x,label\n1,\n", targets: digits)
        == "line 2, column 2 (“label”): the field is empty; a label is needed")
    #expect(
      message("x,label\n1,99999999999999999999\n", targets: digits).contains(
        "not among the classes 0…9"))
    #expect(
      message("x,label\n1,0.5\n", targets: digits).contains("“0.5” is not among the classes 0…9"))
    let dataset = try read("x,label\n1,7.0\n1,07\n1,7\n", targets: digits)
    #expect(dataset.labels == [7, 7, 7])
    #expect(dataset.targets.shape == [3, 10])
  }

  @Test func labelsThatAreNone() {
    #expect(
      message("x,y\n1,a\n1,\n") == "line 3, column 2 (“y”): the field is empty; a label is needed")
    #expect(message("x,y\n1,a\n1,NaN\n") == "line 3, column 2 (“y”): “NaN” is not a label")
    #expect(
      message("x,y\n1,1\n1,2.5\n")
        == "line 3, column 2 (“y”): “2.5” is not a label; labels are whole numbers or words, "
        + "and this column holds numbers to predict")
    // 20,000 classes in 20,000 rows would take 1.6 GB as one-hot targets.
    let many = "x,y\n" + (0..<20_000).map { "1,\($0)\n" }.joined()
    #expect(
      message(many)
        == "column 2 (“y”): 20000 different labels in 20000 rows are too many; are they numbers to predict?"
    )
  }

  @Test func badFeatures() {
    #expect(message("a,b,y\n1,2,p\n1,x,q\n") == "line 3, column 2 (“b”): “x” is not a number")
    #expect(message("a,b,y\n1,inf,p\n") == "line 2, column 2 (“b”): “inf” is not a finite number")
    #expect(
      message("a,b,y\n1,2\n") == "line 2: the row has 2 fields, but the first line names 3 columns")
    #expect(message("a,b,y\n") == "line 2: there are no rows below the names of the columns")
  }

  @Test func featuresAlone() throws {
    func features(
      _ text: String, named names: [String]? = nil, ignoring target: String? = nil
    ) throws(FormatError) -> Tensor<Double> {
      try Dataset<Double>.features(
        csv: Array(text.utf8), file: "t.csv", named: names, ignoring: target)
    }
    let file = "b,label,a\n1,x,2\n3,z,4\n"
    #expect(try features(file, named: ["a", "b"], ignoring: "label") == [[2, 1], [4, 3]])
    #expect(try features(file, ignoring: "label") == [[1, 2], [3, 4]])
    #expect(try features("b,a\n1,2\n", named: ["a", "b"], ignoring: "label") == [[2, 1]])
    #expect(try features("b,a\n1,2\n") == [[1, 2]])
    // Without a name for it, the only other column is taken for the targets.
    #expect(try features(file, named: ["a", "b"]) == [[2, 1], [4, 3]])
    func problem(_ text: String, named names: [String]?, ignoring target: String?) -> String {
      do throws(FormatError) {
        _ = try features(text, named: names, ignoring: target)
        return ""
      } catch { return error.problem }
    }
    #expect(
      problem(file, named: ["a"], ignoring: nil)
        == "2 columns are not expected: “b”, “label”; the features are “a”")
    #expect(problem(file, named: ["c"], ignoring: nil) == "a column is missing: “c”")
    #expect(
      problem("label\nx\n", named: nil, ignoring: "label")
        == "there is no column of features beside “label”")
  }

  @Test func inferredScalar() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).csv").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data("a,b\n1,2\n".utf8).write(to: URL(fileURLWithPath: path))
    let inferred = try Dataset(csv: path)
    #expect(inferred.features.scalarType == .float32)
    #expect(inferred.classNames == ["2"])
    #expect(try Dataset<Double>(csv: path, target: "a", targets: .numbers).features.scalar == 2)
    #expect(try Dataset<Float>(csv: path, target: "a", targets: .numbers).features.scalar == 2)
  }

  @Test func files() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).csv").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    // A bundled set written out and read again is the same.
    let iris = Dataset.iris()
    let labels = try #require(iris.labels)
    let names = try #require(iris.classNames)
    try CSV.Table(
      numbers: iris.features, names: iris.featureNames,
      text: [("species", labels.map { names[$0] })]
    ).write(to: path)
    let back = try Dataset<Float>(csv: path)
    #expect(back.features == iris.features)
    #expect(back.targets == iris.targets)
    #expect(back.classNames == iris.classNames && back.featureNames == iris.featureNames)
    #expect(try Dataset<Float>.features(csv: path, ignoring: "species") == iris.features)
    do throws(FormatError) {
      _ = try Dataset<Float>(csv: "/no/such/file.csv")
      Issue.record("no error was thrown")
    } catch {
      #expect(error.kind == .missingFile)
    }
  }

  @Test func hostileBytes() {
    let valid = Array("a,b,label\n1,2.5,x\n-3,\"4\",\"y,\"\"z\"\"\"\n5,6,x\n7,8e-1,w\n".utf8)
    func check(_ bytes: [UInt8]) throws {
      let dataset = try Dataset<Float>(csv: bytes, file: "t.csv")
      #expect(dataset.labels?.count == dataset.count)
      #expect(dataset.targets.sum().scalar == Float(dataset.count))
      _ = try? Dataset<Float>(csv: bytes, file: "t.csv", targets: .numbers)
      _ = try? Dataset<Float>(
        csv: bytes, file: "t.csv", features: ["b", "a"], targets: .knownClasses(["x", "w"]))
      _ = try? Dataset<Float>.features(csv: bytes, file: "t.csv", ignoring: "label")
    }
    let truncations = readTruncations(of: valid, check)
    #expect(truncations.accepted > 0 && truncations.refused > valid.count / 2)
    let flips = readFlips(of: valid, repeats: 60, seed: 10, check)
    #expect(flips.accepted > 0 && flips.refused > 0)
    let noise = readNoise(alphabet: Array("ab,,\n\n12.-e \"".utf8), count: 10_000, seed: 11) {
      try check(Array("a,b\n1,2\n".utf8) + $0)
    }
    #expect(noise.accepted > 0 && noise.refused > 0)
  }
}
