import Formats
import Foundation
import Tensors
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The bytes of a file of the fixtures.
func npyFixture(_ name: String) throws -> [UInt8] {
  try File.bytes(of: fixture("npy/" + name).path)
}

/// The lists of a manifest: what each file holds.
func manifest(_ name: String, _ key: String) throws -> [[String: Any]] {
  let object = try JSONSerialization.jsonObject(
    with: Data(contentsOf: fixture("npy/" + name)))
  return try #require((object as? [String: Any])?[key] as? [[String: Any]])
}

/// Expects that a tensor of the type found is what a manifest says, bit for bit but for NaN.
func expect(
  _ type: ScalarType?, _ facts: [String: Any], _ name: String,
  _ tensor: (any TensorScalar.Type) throws -> any Sendable
) throws {
  let expected = try #require(ReferenceArray(facts))
  #expect(type?.name == expected.type, "\(name)")
  func check<Scalar: TensorScalar>(
    _ scalar: Scalar.Type, _ values: [Scalar], _ same: (Scalar, Scalar) -> Bool = { $0 == $1 }
  ) throws {
    let tensor = try #require(try tensor(scalar) as? Tensor<Scalar>)
    #expect(tensor.shape.extents == expected.shape, "\(name)")
    #expect(tensor.scalars.count == values.count, "\(name)")
    let isSame = zip(tensor.scalars, values).allSatisfy { same($0, $1) }
    #expect(isSame, "\(name): \(tensor.scalars)")
  }
  switch type {
  case .float64:
    try check(Double.self, expected.doubles) {
      $0.isNaN ? $1.isNaN : $0.bitPattern == $1.bitPattern
    }
  case .float32:
    try check(Float.self, expected.doubles.map { Float($0) }) { $0.bitPattern == $1.bitPattern }
  case .int8: try check(Int8.self, expected.ints.compactMap { Int8(exactly: $0) })
  case .int16: try check(Int16.self, expected.ints.compactMap { Int16(exactly: $0) })
  case .int32: try check(Int32.self, expected.ints.compactMap { Int32(exactly: $0) })
  case .int64:
    try check(Int64.self, expected.ints.map { Int64($0) })
    try check(Int.self, expected.ints)
  case .uint8: try check(UInt8.self, expected.unsigned.compactMap { UInt8(exactly: $0) })
  case .uint16: try check(UInt16.self, expected.unsigned.compactMap { UInt16(exactly: $0) })
  case .uint32: try check(UInt32.self, expected.unsigned.compactMap { UInt32(exactly: $0) })
  case .uint64:
    try check(UInt64.self, expected.unsigned)
    try check(UInt.self, expected.unsigned.map { UInt($0) })
  case .bool: try check(Bool.self, expected.bools)
  case nil: Issue.record("\(name) has no type")
  }
}

/// Reads a file's only tensor, whatever its type.
func readWhole(_ file: NPY) throws {
  func size<Scalar: TensorScalar>(_ scalar: Scalar.Type) throws -> Int {
    try file.tensor(as: scalar).scalars.count
  }
  let count =
    switch file.scalarType {
    case .float32: try size(Float.self)
    case .float64: try size(Double.self)
    case .int8: try size(Int8.self)
    case .int16: try size(Int16.self)
    case .int32: try size(Int32.self)
    case .int64: try size(Int64.self)
    case .uint8: try size(UInt8.self)
    case .uint16: try size(UInt16.self)
    case .uint32: try size(UInt32.self)
    case .uint64: try size(UInt64.self)
    case .bool: try size(Bool.self)
    }
  #expect(count == file.shape.elementCount)
}

/// A file of version 1 with this header.
private func file(_ header: String, data: Int = 0, version: UInt8 = 1) -> [UInt8] {
  let length = header.utf8.count
  let bytes = (0..<(version == 1 ? 2 : 4)).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }
  return [0x93] + Array("NUMPY".utf8) + [version, 0] + bytes + Array(header.utf8)
    + [UInt8](repeating: 0, count: data)
}

private func problem(_ bytes: [UInt8]) -> String {
  formatError { () throws(FormatError) in _ = try NPY(parsing: bytes, file: "t") }?.problem ?? ""
}

/// How errors list the types.
let types =
  "the types that can be read are "
  + "float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool"

@Suite struct NPYReadingTests {
  @Test func referenceFiles() throws {
    let list = try manifest("manifest.json", "npy")
    #expect(list.count == 44)
    var refused: [String] = []
    for facts in list {
      let name = try #require(facts["file"] as? String)
      let bytes = try npyFixture(name)
      guard facts["dtype"] as? String != "float16" else {
        #expect(
          problem(bytes)
            == "the elements are float16 (“\(name == "f2_c.npy" ? "<" : ">")f2”); \(types)")
        refused.append(name)
        continue
      }
      let file = try NPY(parsing: bytes, file: name)
      #expect(file.shape.extents == facts["shape"] as? [Int])
      func tensor<Scalar: TensorScalar>(_ scalar: Scalar.Type) throws -> any Sendable {
        try file.tensor(as: scalar)
      }
      try expect(file.scalarType, facts, name) { try tensor($0) }
    }
    #expect(refused == ["f2_c.npy", "f2_big_endian.npy"])
    print("npy: \(list.count) files .npy, of which 2 hold half precision, which no tensor holds")
  }

  /// What the error for each malformed file says.
  static let problems: [String: String] = [
    "empty_file.npy":
      "the file is cut off: an npy file begins with 8 bytes",
    "magic_cut.npy":
      "the file is cut off: an npy file begins with 8 bytes",
    "magic_wrong.npy":
      "this isn't an npy file: it doesn't begin with the bytes 93 4E 55 4D 50 59",
    "version_cut.npy":
      "the file is cut off: the format's version is missing",
    "version_unknown.npy":
      "version 4.0 of the format; 1.0, 2.0 and 3.0 can be read",
    "header_length_cut.npy":
      "the file is cut off: the header's length is missing",
    "header_cut.npy":
      "a header of 118 bytes, but only 30 follow: the file is cut off",
    "header_length_beyond_file.npy":
      "a header of 60000 bytes; 10000 are the most that are read",
    "header_length_4gib_v2.npy":
      "a header of 4294967295 bytes; 10000 are the most that are read",
    "header_length_zero.npy":
      "the header breaks off; a dictionary, which begins with {, is needed",
    "header_list.npy":
      "“['<f8', False, (” where a dictionary, which begins with {, is needed",
    "header_number.npy":
      "“42” where a dictionary, which begins with {, is needed",
    "header_unclosed.npy":
      "the header breaks off; an extent, a whole number, is needed",
    "header_no_shape.npy":
      "the header lacks shape",
    "header_no_descr.npy":
      "the header lacks descr",
    "header_extra_key.npy":
      "the header has an unknown key “note”; descr, fortran_order, shape are known",
    "header_code.npy":
      "“tuple([3])}” where a tuple for the shape, such as (2, 3) or (3,), is needed",
    "header_binary.npy":
      "“����������������” where a dictionary, which begins with {, is needed",
    "header_nested.npy":
      "“((((((((((((((((” where an extent, a whole number, is needed",
    "shape_not_tuple.npy":
      "“3, }” where a tuple for the shape, such as (2, 3) or (3,), is needed",
    "shape_float.npy":
      "an extent has to be a whole number",
    "shape_string.npy":
      "“'3',), }” where an extent, a whole number, is needed",
    "shape_negative.npy":
      "an extent is negative; it has to be 0 or more",
    "shape_negative_pair.npy":
      "an extent is negative; it has to be 0 or more",
    "shape_huge.npy":
      "float64 of the shape (1000000000000,) takes 8000000000000 bytes, but 24 follow: the file is cut off",
    "shape_overflow.npy":
      "the shape (4294967296, 4294967296) is too large",
    "shape_overflow_bytes.npy":
      "the shape (2305843009213693952,) is too large",
    "shape_beyond_int64.npy":
      "an extent that doesn't fit 64 bits",
    "shape_many_dims.npy":
      "an axis too many: NumPy has 64 at most",
    "fortran_not_bool.npy":
      "“1, 'shape': (3,)” where True or False for fortran_order is needed",
    "dtype_object_pickle.npy":
      "the elements are objects of Python (“|O”), which are never loaded; \(types)",
    "pickle_bare.npy":
      "this is a pickle of Python, which is never loaded; np.save writes npy files",
    "dtype_unknown.npy":
      "there is no type “<q9”; \(types)",
    "dtype_number.npy":
      "“8, 'fortran_orde” where a type such as '<f8' for descr is needed",
    "dtype_structured.npy":
      "the elements are of a structured type; \(types)",
    "dtype_complex.npy":
      "the elements are complex numbers (“<c16”); \(types)",
    "dtype_string.npy":
      "the elements are text (“<U3”); \(types)",
    "data_cut.npy":
      "float64 of the shape (3,) takes 24 bytes, but 19 follow: the file is cut off",
    "data_none.npy":
      "float64 of the shape (3,) takes 24 bytes, but 0 follow: the file is cut off",
    "data_trailing.npy":
      "float64 of the shape (3,) takes 24 bytes, but 31 follow",
  ]

  @Test func malformedFiles() throws {
    let names = try manifest("bad/manifest.json", "files").compactMap { $0["file"] as? String }
      .filter { $0.hasSuffix(".npy") }
    print("npy/bad: \(names.count) files .npy")
    #expect(Set(names) == Set(NPYReadingTests.problems.keys))
    for name in names {
      let error = formatError { () throws(FormatError) in
        _ = try NPY(contentsOf: (try? fixture("npy/bad/" + name).path) ?? "")
      }
      #expect(error?.kind == .malformedData)
      #expect(error?.file.hasSuffix(name) == true)
      #expect(error?.problem == NPYReadingTests.problems[name], "\(name)")
    }
  }

  /// Claims of 4 GiB to 80 TB, and bombs: memory stays near what the files have.
  @Test func malformedFilesTakeNoMemory() async {
    await #expect(processExitsWith: .success) {
      func peak() -> Int {
        var usage = rusage()
        // 0: of this process.
        getrusage(0, &usage)
        #if canImport(Darwin)
          return Int(usage.ru_maxrss)
        #else
          return Int(usage.ru_maxrss) * 1024
        #endif
      }
      let names = try manifest("bad/manifest.json", "files").compactMap { $0["file"] as? String }
      precondition(names.count == 64)
      let files = try names.map { try npyFixture("bad/" + $0) }
      let before = peak()
      for (name, bytes) in zip(names, files) {
        do {
          if name.hasSuffix("npy") {
            try readWhole(NPY(parsing: bytes, file: name))
          } else {
            try readWhole(NPZ(parsing: bytes, file: name))
          }
          preconditionFailure("\(name) was read")
        } catch is FormatError {}
      }
      // The bomb alone unpacks to 32 MB; the files' own sizes add up to less than 60 KB.
      precondition(peak() - before < 16 << 20, "\(peak() - before) bytes more")
    }
  }

  @Test func askingForAnotherType() throws {
    let path = try fixture("npy/f4_c.npy").path
    let error = formatError { () throws(FormatError) in
      _ = try NPY.tensor(contentsOf: path, as: Double.self)
    }
    #expect(error?.problem == "the file holds float32; float64 is needed")
    #expect(error?.file == path)
    #expect(try NPY.tensor(contentsOf: path, as: Float.self).shape == [2, 3])
    let missing = formatError { () throws(FormatError) in
      _ = try NPY.tensor(contentsOf: "/nowhere/x.npy", as: Double.self)
    }
    #expect(missing?.kind == .missingFile)
  }

  @Test(arguments: [
    "{'descr': '<f8', 'fortran_order': False, 'shape': ()}",
    "{\"shape\":(),'descr':\"f8\",\n'fortran_order' : True , }\t\r\n ",
    "{'descr': '=f8', 'fortran_order': False, 'shape': ( 1 , 1L,), }",
    "{'descr': '>f8', 'fortran_order': True, 'shape': (1,1,1)}",
    "{'descr': 'float64', 'fortran_order': True, 'shape': (1,)}",
  ])
  func headersThatCanBeRead(_ header: String) throws {
    for version in [1, 2, 3] as [UInt8] {
      let file = try NPY(parsing: file(header, data: 8, version: version), file: "t")
      #expect(file.scalarType == .float64)
      #expect(try file.tensor(as: Double.self).scalars == [0])
    }
  }

  @Test(arguments: [
    ("", "the header breaks off; a dictionary, which begins with {, is needed"),
    ("{", "the header breaks off; a key in quotes or the end of the dictionary is needed"),
    ("{}", "the header lacks descr and fortran_order and shape"),
    ("{,}", "“,}” where a key in quotes or the end of the dictionary is needed"),
    ("{'descr'}", "“}” where a colon is needed"),
    ("{'descr", "a text without its closing quote"),
    ("{'de\\x73cr': 1}", "a byte that can't stand in a text here: only plain ASCII can"),
    ("{'d\né': 1}", "a byte that can't stand in a text here: only plain ASCII can"),
    ("{'shape': (), 'shape': ()}", "the header has two of “shape”"),
    (
      "{'descr': '<f8' 'shape': ()}",
      "“'shape': ()}” where a comma or the end of the dictionary is needed"
    ),
    ("{'shape': (1 2)}", "“2)}” where a comma or the end of the shape is needed"),
    ("{'shape': (3)}", "(3) is a number; (3,) is a shape"),
    ("{'shape': (,)}", "“,)}” where an extent, a whole number, is needed"),
    ("{'shape': (True,)}", "“True,)}” where an extent, a whole number, is needed"),
    ("{'shape': (03,)}", "a whole number with a 0 in front"),
    ("{'shape': (-0,)}", "an extent is negative; it has to be 0 or more"),
    ("{'shape': (1e3,)}", "an extent has to be a whole number"),
    ("{'shape': (1_0,)}", "“_0,)}” where a comma or the end of the shape is needed"),
    ("{'shape': (9223372036854775808,)}", "an extent that doesn't fit 64 bits"),
    ("{'shape': [1]}", "“[1]}” where a tuple for the shape, such as (2, 3) or (3,), is needed"),
    ("{'fortran_order': None}", "“None}” where True or False for fortran_order is needed"),
    ("{'descr': '|f8'}", "the type “|f8” lacks its byte order, < or >"),
    ("{'descr': '<b8'}", "there is no type “<b8”; \(types)"),
    ("{'descr': ''}", "there is no type “”; \(types)"),
    ("{'descr': '<'}", "there is no type “<”; \(types)"),
    ("{'descr': '<f8x'}", "there is no type “<f8x”; \(types)"),
    ("{'descr': [('x', '<f8')}", "a list without its end"),
    (
      "{'descr': '<f8', 'fortran_order': False, 'shape': ()} # x",
      "“# x” where the end of the header is needed"
    ),
    (
      "{'descr': '<M8[ns]', 'fortran_order': False, 'shape': ()}",
      "the elements are dates or times (“<M8[ns]”); \(types)"
    ),
    (
      "{'descr': '<f16', 'fortran_order': False, 'shape': ()}",
      "the elements are long doubles (“<f16”); \(types)"
    ),
    (
      "{'descr': '|V8', 'fortran_order': False, 'shape': ()}",
      "the elements are raw bytes (“|V8”); \(types)"
    ),
    (
      "{'descr': '<f8', 'fortran_order': False, 'shape': (0, 4611686018427387904)}",
      "the shape (0, 4611686018427387904) is too large"
    ),
    ("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 0)}", ""),
  ])
  func damagedHeaders(_ header: String, _ expected: String) throws {
    if expected.isEmpty {
      try readWhole(NPY(parsing: file(header), file: "t"))
    } else {
      #expect(problem(file(header)) == expected)
    }
  }

  @Test func truthValues() {
    var bytes = file("{'descr': '|b1', 'fortran_order': False, 'shape': (3,)}", data: 3)
    bytes[bytes.count - 2] = 2
    let error = formatError { () throws(FormatError) in _ = try NPY(parsing: bytes, file: "t") }
    #expect(
      error?.problem == "the elements are of type bool, but one is 2; 0 and 1 are truth values")
    #expect(error?.offset == bytes.count - 2)
  }

  @Test func longHeaders() throws {
    // The longest that is read, and one more byte.
    let header = "{'descr': '<f8', 'fortran_order': False, 'shape': (0,)}"
    func padded(_ length: Int) -> [UInt8] {
      file(header + String(repeating: " ", count: length - header.utf8.count))
    }
    #expect(try NPY(parsing: padded(10_000), file: "t").shape == [0])
    #expect(problem(padded(10_001)) == "a header of 10001 bytes; 10000 are the most that are read")
  }
}

@Suite struct NPYWritingTests {
  /// What NumPy's `save` makes, for all types, and for headers of many lengths.
  @Test func sameBytesAsNumPy() throws {
    let cases = try ReferenceFile(fixture("npy/saves.json")).cases
    #expect(cases.count == 166)
    var types: Set<ScalarType> = []
    for item in cases {
      let shape = Shape(try #require(item.object["shape"] as? [Int]))
      func hex<Scalar: TensorScalar>(_ element: (Int) -> Scalar) throws -> String {
        types.insert(Scalar.scalarType)
        let tensor = Tensor((0..<shape.elementCount).map(element), shape: shape)
        return try NPY.encoded(tensor).map { String(format: "%02x", $0) }.joined()
      }
      let bytes: String? =
        switch item.string("dtype") {
        case "float32": try hex { Float($0 % 120) }
        case "float64": try hex { Double($0 % 120) }
        case "int8": try hex { Int8($0 % 120) }
        case "int16": try hex { Int16($0 % 120) }
        case "int32": try hex { Int32($0 % 120) }
        case "int64": try hex { Int($0 % 120) }
        case "uint8": try hex { UInt8($0 % 120) }
        case "uint16": try hex { UInt16($0 % 120) }
        case "uint32": try hex { UInt32($0 % 120) }
        case "uint64": try hex { UInt($0 % 120) }
        case "bool": try hex { $0 % 2 == 1 }
        default: nil
        }
      #expect(bytes == item.string("hex"), "\(shape)")
    }
    #expect(types == Set(ScalarType.allCases))
  }

  @Test func roundTrip() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/x.npy"
      let matrix: Tensor<Float> = [[1, 2, 3], [4, 5, 6]]
      try NPY.write(matrix.transposed(), to: path)
      #expect(try NPY.tensor(contentsOf: path, as: Float.self) == matrix.transposed())
      #expect(try File.bytes(of: path) == NPY.encoded(matrix.transposed()))
      try NPY.write(Tensor<Int>(7), to: path)
      #expect(try NPY.tensor(contentsOf: path, as: Int64.self).scalar == 7)
      // Nothing else is left in the folder.
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["x.npy"])
    }
  }

  @Test func tooManyAxes() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/x.npy"
      let tensor = Tensor<Float>.zeros(Shape([Int](repeating: 1, count: 65)))
      let error = formatError { () throws(FormatError) in try NPY.write(tensor, to: path) }
      #expect(error?.problem == "a tensor with 65 axes; NumPy reads 64 at most")
      #expect(!FileManager.default.fileExists(atPath: path))
    }
  }
}

@Suite struct NPYHostileTests {
  private func read(_ bytes: [UInt8]) throws {
    let file = try NPY(parsing: bytes, file: "t")
    try readWhole(file)
    #expect(file.shape.elementCount * file.scalarType.byteCount <= bytes.count)
  }

  @Test func truncated() throws {
    for name in ["f8_3d_fortran_big_endian.npy", "header_unpadded.npy", "version3.npy"] {
      let valid = try npyFixture(name)
      let outcome = readTruncations(of: valid, read)
      #expect(outcome.accepted == 0)
      #expect(outcome.refused == valid.count)
    }
  }

  @Test func flipped() throws {
    for name in ["f4_fortran.npy", "b1_c.npy", "version2.npy"] {
      let valid = try npyFixture(name)
      let outcome = readFlips(of: valid, repeats: 60, seed: 11, read)
      #expect(outcome.accepted + outcome.refused == valid.count * 60)
      // A changed element is as good as another, and so are the blanks.
      #expect(outcome.accepted > 0 && outcome.refused > outcome.accepted)
    }
  }

  @Test func noise() throws {
    let alphabet = Array(
      "{}()[]:,''\"\" 0123456789-L<>|=fiub?TrueFalse descrfortran_ordershape".utf8)
    let outcome = readNoise(alphabet: alphabet, count: 5000, seed: 12, read)
    #expect(outcome.refused == 10_000)
    let headers = readNoise(alphabet: alphabet, count: 10_000, seed: 13) { bytes in
      try read([0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(bytes.count), 0] + bytes)
    }
    #expect(headers.refused == 20_000)
    let shapes = readNoise(alphabet: Array("0123456789,() ".utf8), count: 10_000, seed: 14) {
      bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      try read(file("{'descr': '<u1', 'fortran_order': True, 'shape': (\(text))}", data: 7))
    }
    #expect(shapes.accepted > 0 && shapes.refused > shapes.accepted)
  }
}
