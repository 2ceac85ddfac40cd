import Formats
import Foundation
import Tensors
import TestSupport
import Testing

/// A file with this header and data.
private func file(_ header: String, data: [UInt8] = []) -> [UInt8] {
  let length = header.utf8.count
  return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + Array(header.utf8) + data
}

/// The error for a file that can't be read.
private func problem(_ bytes: [UInt8]) -> String {
  formatError { () throws(FormatError) in _ = try SafeTensors(parsing: bytes, file: "t") }?.problem
    ?? ""
}

private func entry(_ name: String, _ type: String, _ shape: String, _ start: Int, _ end: Int)
  -> String
{
  "\"\(name)\":{\"dtype\":\"\(type)\",\"shape\":\(shape),\"data_offsets\":[\(start),\(end)]}"
}

@Suite struct SafeTensorsReadingTests {
  @Test func referenceFile() throws {
    let object = try JSONSerialization.jsonObject(with: Data(contentsOf: fixture("values.json")))
    let facts = try #require((object as? [String: Any])?["tensors"] as? [String: [String: Any]])
    let file = try SafeTensors(contentsOf: fixture("all_types.safetensors").path)
    #expect(file.metadata == ["made by": "the reference"])
    #expect(Set(file.names) == Set(facts.keys))
    #expect(file.names.count == 13)
    func check<Scalar: TensorScalar>(_ name: String, _ scalar: Scalar.Type) throws {
      let tensor = try file.tensor(name, as: scalar)
      #expect(tensor.shape.extents == facts[name]?["shape"] as? [Int])
      let hex = tensor.withElements { elements in
        UnsafeRawBufferPointer(elements).map { String(format: "%02x", $0) }.joined()
      }
      #expect(hex == facts[name]?["hex"] as? String, "\(name)")
    }
    var types: Set<ScalarType> = []
    for name in file.names {
      let type = try #require(file.scalarType(of: name))
      #expect(type.name == facts[name]?["dtype"] as? String)
      #expect(file.shape(of: name)?.extents == facts[name]?["shape"] as? [Int])
      types.insert(type)
      switch type {
      case .float32: try check(name, Float.self)
      case .float64: try check(name, Double.self)
      case .int8: try check(name, Int8.self)
      case .int16: try check(name, Int16.self)
      case .int32: try check(name, Int32.self)
      case .int64:
        try check(name, Int64.self)
        try check(name, Int.self)
      case .uint8: try check(name, UInt8.self)
      case .uint16: try check(name, UInt16.self)
      case .uint32: try check(name, UInt32.self)
      case .uint64: try check(name, UInt64.self)
      case .bool: try check(name, Bool.self)
      }
    }
    #expect(types == Set(ScalarType.allCases))
    #expect(try file.tensor("scalar", as: Float.self).scalar == 2.5)
    #expect(try file.tensor("layer4.int32", as: Int32.self).scalars == [.min, .max, 2, 3, 4, 5])
    #expect(
      try file.tensor("layer10.bool", as: Bool.self).scalars == [
        true, false, false, true, false, false, true, false,
      ])
  }

  @Test func otherReferenceFiles() throws {
    let empty = try SafeTensors(contentsOf: fixture("empty.safetensors").path)
    #expect(empty.names.isEmpty && empty.metadata.isEmpty)
    let names = try SafeTensors(contentsOf: fixture("names.safetensors").path)
    #expect(names.names == ["b", "quote \" back \\ slash / tab \t bell \u{7} é 漢 😀"])
    #expect(names.metadata == ["key \"\n": "value \\ \u{1F} é 😀"])
    let half = formatError { () throws(FormatError) in
      _ = try SafeTensors(
        parsing: try File.bytes(of: (try? fixture("float16.safetensors").path) ?? ""), file: "t")
    }
    #expect(
      half?.problem.hasPrefix(
        "the tensor “half” is of type “F16”; the types that can be read are F32,") == true)
  }

  @Test func askingForWhatIsNotThere() throws {
    var tensors = SafeTensors()
    let none = formatError { () throws(FormatError) in _ = try tensors.tensor("w", as: Float.self) }
    #expect(none?.problem == "there is no tensor “w”")
    tensors.set("weight", to: Tensor<Float>([1]))
    let missing = formatError { () throws(FormatError) in
      _ = try tensors.tensor("w", as: Float.self)
    }
    #expect(missing?.problem == "there is no tensor “w”: the tensors are “weight”")
    let type = formatError { () throws(FormatError) in
      _ = try tensors.tensor("weight", as: Double.self)
    }
    #expect(type?.problem == "the tensor “weight” holds float32; float64 is needed")
    #expect(tensors.shape(of: "w") == nil && tensors.scalarType(of: "w") == nil)
  }

  @Test func readsWhatTheFormatAllows() throws {
    // Blanks behind the header, tensors out of order, no padding, an empty tensor between.
    let data = [UInt8](0..<6)
    let header =
      "{\(entry("b", "U8", "[2,1]", 4, 6)),\(entry("e", "I64", "[3,0]", 4, 4)),\(entry("a", "I16", "[2]", 0, 4))} \n "
    let tensors = try SafeTensors(parsing: file(header, data: data), file: "t")
    #expect(tensors.names == ["b", "e", "a"])
    #expect(try tensors.tensor("a", as: Int16.self) == [0x0100, 0x0302])
    #expect(try tensors.tensor("b", as: UInt8.self) == [[4], [5]])
    #expect(try tensors.tensor("e", as: Int.self).shape == [3, 0])
    #expect(try SafeTensors(parsing: file("{\"__metadata__\":{}}"), file: "t").metadata.isEmpty)
  }

  @Test func damagedLengths() {
    #expect(problem([]) == "0 bytes are too few for a safetensors file, which begins with 8")
    #expect(problem([1, 2, 3, 4, 5, 6, 7]).hasPrefix("7 bytes are too few"))
    #expect(
      problem([9, 0, 0, 0, 0, 0, 0, 0] + Array("{}".utf8))
        == "a header of 9 bytes, but only 2 follow: the file is cut off")
    #expect(
      problem([0, 0, 0, 0, 1, 0, 0, 0]).hasPrefix("a header of 4294967296 bytes; this isn't"))
    #expect(
      problem([UInt8](repeating: 255, count: 20)).hasPrefix(
        "a header of 18446744073709551615 bytes; this isn't"))
    #expect(problem([UInt8](repeating: 0, count: 8)) == "the header has to begin with {")
    #expect(problem(file(" {}")) == "the header has to begin with {")
  }

  @Test(arguments: [
    ("{", "the JSON breaks off; a name in quotes is needed"),
    ("{}x", "“x” where the end of the JSON is needed"),
    ("{\"a\":1}", "“1}” where an object is needed"),
    ("{\"a\":{}}", "the tensor “a” lacks dtype and shape and data_offsets"),
    ("{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}", "the tensor “a” lacks data_offsets"),
    ("{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\"}}", "the tensor “a” has two of “dtype”"),
    (
      "{\"a\":{\"kind\":1}}",
      "the tensor “a” has an unknown property “kind”; dtype, shape, data_offsets are known"
    ),
    ("{\"a\":{\"dtype\":7}}", "“7}}” where a type is needed"),
    ("{\"a\":{\"shape\":[-1]}}", "an extent of the tensor “a” is -1; it can't be negative"),
    (
      "{\"a\":{\"shape\":[1.5]}}",
      "a number with a fraction or exponent where an extent of the tensor “a” is needed"
    ),
    ("{\"a\":{\"shape\":[99999999999999999999]}}", "a whole number that doesn't fit 64 bits"),
    (
      "{\"a\":{\"shape\":[[[[[[1]]]]]]}}",
      "“[[[[[1]]]]]]}}” where an extent of the tensor “a” is needed"
    ),
    (
      "{\"a\":{\"data_offsets\":[0,1,2]}}",
      "an offset of the tensor “a” is one too many: 2 are allowed"
    ),
    ("{\"__metadata__\":{\"a\":1}}", "“1}}” where a text, as all of __metadata__ is, is needed"),
    ("{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}", "“a” stands twice in __metadata__"),
    ("{\"__metadata__\":{},\"__metadata__\":{}}", "__metadata__ stands here twice"),
  ])
  func damagedHeaders(_ header: String, _ expected: String) {
    #expect(problem(file(header)) == expected)
  }

  @Test func damagedPlaces() {
    let eight = [UInt8](repeating: 0, count: 8)
    func places(_ entries: String...) -> String {
      problem(file("{" + entries.joined(separator: ",") + "}", data: eight))
    }
    #expect(
      places(entry("a", "F32", "[3]", 0, 12))
        == "the tensor “a” has the offsets [0, 12], but 8 bytes follow")
    #expect(
      places(entry("a", "F32", "[1]", 8, 4))
        == "the tensor “a” has the offsets [8, 4], but 8 bytes follow")
    #expect(
      places("\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[4]}")
        == "the tensor “a” has the offsets [4], but 8 bytes follow")
    #expect(
      places(entry("a", "F32", "[1]", 0, 8))
        == "the tensor “a” of float32 and shape (1,) takes 4 bytes, but has 8")
    #expect(
      places(entry("a", "F32", "[]", 0, 8))
        == "the tensor “a” of float32 and shape () takes 4 bytes, but has 8")
    #expect(
      places(entry("a", "F32", "[0]", 0, 8))
        == "the tensor “a” of float32 and shape (0,) takes 0 bytes, but has 8")
    #expect(
      places(entry("a", "F32", "[4611686018427387904,2]", 0, 8))
        == "the tensor “a” has a shape [4611686018427387904, 2] that is too large")
    #expect(
      places(entry("a", "F32", "[0,4611686018427387904,8]", 0, 0))
        == "the tensor “a” has a shape [0, 4611686018427387904, 8] that is too large")
    #expect(places(entry("a", "F32", "[1]", 0, 4)) == "4 bytes at the end belong to no tensor")
    #expect(
      places(entry("a", "F32", "[1]", 4, 8)) == "4 bytes before the tensor “a” belong to none")
    #expect(
      places(entry("a", "F32", "[2]", 0, 8), entry("b", "F32", "[1]", 4, 8))
        == "the tensor “b” lies over another one")
    #expect(
      places(entry("a", "F32", "[2]", 0, 8), entry("b", "F32", "[2]", 0, 8)).contains(
        "lies over another one"))
    #expect(
      places(entry("a", "F32", "[1]", 0, 4), entry("a", "F32", "[1]", 4, 8))
        == "the name “a” is given twice")
    #expect(
      places(
        entry("a", "F32", "[\(Array(repeating: "1", count: 65).joined(separator: ","))]", 0, 4)
      ).contains("one too many: 64 are allowed"))
    #expect(problem(file("{}", data: [1])) == "1 bytes at the end belong to no tensor")
    #expect(
      problem(file("{\(entry("a", "BOOL", "[3]", 0, 3))}", data: [0, 1, 2]))
        == "the tensor “a” is of type BOOL, but holds 2; 0 and 1 are truth values")
  }

  @Test func largeHeadersOfNothing() {
    // Deep and long JSON is refused at its first wrong byte.
    for text in [
      "{\"a\":" + String(repeating: "[", count: 1_000_000),
      "{\"a\":{\"shape\":[" + String(repeating: "1,", count: 1_000_000),
    ] {
      #expect(problem(file(text)) != "")
    }
  }
}

@Suite struct SafeTensorsWritingTests {
  @Test func sameBytesAsTheReference() throws {
    for name in ["all_types", "empty", "names"] {
      let bytes = try File.bytes(of: fixture(name + ".safetensors").path)
      let file = try SafeTensors(parsing: bytes, file: name)
      #expect(try file.encoded() == bytes, "\(name)")
    }
  }

  @Test func roundTrip() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/t.safetensors"
      var tensors = SafeTensors()
      let matrix: Tensor<Float> = [[1, 2, 3], [4, 5, 6]]
      tensors.set("view", to: matrix.transposed())
      tensors.set("broadcast", to: Tensor<Double>(repeating: 0.1, shape: [3, 2]))
      tensors.set("flags", to: Tensor<Bool>([true, false, true]))
      tensors.set("whole", to: Tensor<Int>([.min, -1, .max]))
      tensors.set("nothing", to: Tensor<UInt8>.zeros([0, 3]))
      tensors.set("one", to: Tensor<Float>(-0.0))
      tensors.set("view", to: matrix[1])
      tensors.metadata = ["b": "2", "a": "", "é\n": "\u{0}"]
      #expect(tensors.names == ["view", "broadcast", "flags", "whole", "nothing", "one"])
      #expect(try tensors.tensor("view", as: Float.self) == [4, 5, 6])
      try tensors.write(to: path)
      let bytes = try File.bytes(of: path)
      #expect(try tensors.encoded() == bytes)
      let back = try SafeTensors(contentsOf: path)
      #expect(back.metadata == tensors.metadata)
      #expect(Set(back.names) == Set(tensors.names))
      #expect(try back.tensor("view", as: Float.self) == [4, 5, 6])
      #expect(
        try back.tensor("broadcast", as: Double.self) == Tensor(repeating: 0.1, shape: [3, 2]))
      #expect(try back.tensor("flags", as: Bool.self) == [true, false, true])
      #expect(try back.tensor("whole", as: Int.self).scalars == [.min, -1, .max])
      #expect(try back.tensor("nothing", as: UInt8.self).shape == [0, 3])
      #expect(try back.tensor("one", as: Float.self).scalar.sign == .minus)
      // The elements begin at a multiple of eight, whatever the names.
      #expect((8 + Int(bytes[0]) + Int(bytes[1]) << 8) % 8 == 0)
      // What was read can be changed and written again.
      var changed = back
      changed.set("one", to: Tensor<Float>(7))
      try changed.write(to: path)
      #expect(try SafeTensors(contentsOf: path).tensor("one", as: Float.self).scalar == 7)
      #expect(try back.tensor("one", as: Float.self).scalar == 0)
    }
  }
}

@Suite struct SafeTensorsHostileTests {
  private func read(_ bytes: [UInt8]) throws {
    let file = try SafeTensors(parsing: bytes, file: "t")
    var size = 0
    for name in file.names {
      switch file.scalarType(of: name) {
      case .float32: size += try file.tensor(name, as: Float.self).count * 4
      case .bool: size += try file.tensor(name, as: Bool.self).scalars.count
      case .int16: size += try file.tensor(name, as: Int16.self).count * 2
      default: break
      }
    }
    #expect(size <= bytes.count)
  }

  private var valid: [UInt8] {
    get throws {
      var tensors = SafeTensors()
      let weight: Tensor<Float> = [[1, 2], [3, 4]]
      tensors.set("weight", to: weight)
      tensors.set("flags", to: Tensor<Bool>([true, false]))
      tensors.set("n", to: Tensor<Int16>([1, 2, 3]))
      tensors.metadata["layer \"1\""] = "é"
      return try tensors.encoded()
    }
  }

  @Test func truncated() throws {
    let valid = try valid
    let outcome = readTruncations(of: valid, read)
    #expect(outcome.accepted == 0)
    #expect(outcome.refused == valid.count)
  }

  @Test func flipped() throws {
    let valid = try valid
    let outcome = readFlips(of: valid, repeats: 60, seed: 7, read)
    #expect(outcome.accepted + outcome.refused == valid.count * 60)
    // A changed element or letter of a name is as good as another.
    #expect(outcome.accepted > 0 && outcome.refused > outcome.accepted)
  }

  @Test func noise() throws {
    let alphabet = Array("{}[]:,\"\"0123456789-.eE\\u dtypeshapedata_offsetsF32".utf8)
    let outcome = readNoise(alphabet: alphabet, count: 5000, seed: 8) { bytes in
      try read(bytes)
    }
    #expect(outcome.refused == 10_000)
    // The same as a header of the right length.
    let headers = readNoise(alphabet: alphabet, count: 20_000, seed: 9) { bytes in
      try read(
        (0..<8).map { UInt8(truncatingIfNeeded: (bytes.count + 1) >> (8 * $0)) } + [
          UInt8(ascii: "{")
        ] + bytes)
    }
    #expect(headers.accepted + headers.refused == 40_000)
    #expect(headers.refused > 39_000)
  }
}
