import Formats
import Foundation
import Tensors
import TestSupport
import Testing

/// Reads all tensors of a file, whatever their types.
func readWhole(_ file: NPZ) throws {
  for name in file.names {
    func size<Scalar: TensorScalar>(_ scalar: Scalar.Type) throws -> Int {
      try file.tensor(name, as: scalar).scalars.count
    }
    let count =
      switch file.scalarType(of: name) {
      case .float32: try size(Float.self)
      // Of a type that can't be read: that is the error.
      case .float64, nil: try size(Double.self)
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
    #expect(count == file.shape(of: name)?.elementCount)
  }
}

private func problem(_ bytes: [UInt8]) -> String {
  do {
    try readWhole(NPZ(parsing: bytes, file: "t"))
    return ""
  } catch {
    return (error as? FormatError)?.problem ?? "\(error)"
  }
}

/// The tensors of the fixtures `written_stored.npz` and `written_deflated.npz`.
private func example() -> NPZ {
  var file = NPZ()
  file.set("weight", to: Tensor<Float>([[1, -2, 0.5], [4, 5, 6]]).transposed())
  file.set("layer/0/größe", to: Tensor<Double>(repeating: 0.1, shape: [8, 50]))
  file.set("flags", to: Tensor<Bool>([true, false, true]))
  file.set("whole", to: Tensor<Int>([.min, -1, .max]))
  file.set("nothing", to: Tensor<UInt8>.zeros([0, 3]))
  file.set("", to: Tensor<UInt16>(7))
  return file
}

@Suite struct NPZReadingTests {
  @Test func referenceFiles() throws {
    let list = try manifest("manifest.json", "npz")
    #expect(list.count == 6)
    var count = 0
    for facts in list {
      let name = try #require(facts["file"] as? String)
      let arrays = try #require(facts["arrays"] as? [String: [String: Any]])
      let file = try NPZ(contentsOf: fixture("npy/" + name).path)
      #expect(Set(file.names) == Set(arrays.keys) && file.names.count == arrays.count)
      for (array, facts) in arrays {
        #expect(file.shape(of: array)?.extents == facts["shape"] as? [Int])
        func tensor<Scalar: TensorScalar>(_ scalar: Scalar.Type) throws -> any Sendable {
          try file.tensor(array, as: scalar)
        }
        try expect(file.scalarType(of: array), facts, "\(name): \(array)") { try tensor($0) }
        count += 1
      }
    }
    #expect(count == 14)
    print("npy: \(list.count) files .npz")
    // The order of the file.
    #expect(
      try NPZ(contentsOf: fixture("npy/stored.npz").path).names == [
        "W1", "b1", "n", "mask", "names",
      ])
  }

  /// Made by Info-ZIP, which adds fields of its own (times, owners) to the members.
  @Test func archivesOfOthers() throws {
    let file = try NPZ(contentsOf: fixture("npy/infozip.npz").path)
    #expect(file.names == ["f4_fortran", "header_long_v2", "f8_empty_0"])
    let path = try fixture("npy/f4_fortran.npy").path
    #expect(
      try file.tensor("f4_fortran", as: Float.self)
        == NPY.tensor(contentsOf: path, as: Float.self))
    #expect(try file.tensor("header_long_v2", as: Double.self) == [0, 1, 2])
    #expect(try file.tensor("f8_empty_0", as: Double.self).shape == [0])
  }

  /// What the error for each malformed file says.
  static let problems: [String: String] = [
    "zip_not.npz":
      "this isn't a zip archive, as npz files are: it doesn't begin with PK",
    "zip_empty_file.npz":
      "this isn't a zip archive, as npz files are: it doesn't begin with PK",
    "zip_cut.npz":
      "the archive has no record at its end, so it is cut off or damaged",
    "zip_crc.npz":
      "the member “a.npy” is damaged: its checksum is wrong",
    "zip_crc_deflated.npz":
      "the header of the member “a.npy” differs from the directory",
    "zip_deflate_broken.npz":
      "the member “a.npy” is damaged: a block with an impossible code of lengths",
    "zip_local_signature.npz":
      "the member “a.npy” has no header where the directory says",
    "zip_directory_beyond.npz":
      "a directory of 51 bytes from byte 2147483647 on, but the record of the end stands at 238: they have to meet",
    "zip_directory_count.npz":
      "the archive claims 60000 members, but its directory lists 1",
    "zip_member_beyond.npz":
      "the member “a.npy” begins at byte 16777215, beyond the members",
    "zip_member_size_beyond.npz":
      "the member “a.npy” claims 1073741824 packed bytes, but 152 follow",
    "zip_claim_4gib.npz":
      "the member “a.npy” claims 4294967294 bytes, which 386 packed bytes can't hold",
    "zip64_claim.npz":
      "the member “a.npy” claims 1125899906842624 packed bytes, but 152 follow",
    "zip_bomb.npz":
      "the array “a”, byte 128: float64 of the shape (4,) takes 32 bytes, but 33554432 follow",
    "zip_bomb_shape.npz":
      "the array “a”, byte 128: float64 of the shape (10000000000000,) takes 80000000000000 bytes, but 24 follow: the file is cut off",
    "zip_slip.npz":
      "the member “../../outside.npy” leads out of its folder, by “..”",
    "zip_slip_absolute.npz":
      "the member “/outside.npy” has an absolute path; it has to be relative",
    "zip_duplicate.npz":
      "there are two members “a.npy”",
    "zip_member_bad_magic.npz":
      "the array “a”, byte 0: this isn't an npy file: it doesn't begin with the bytes 93 4E 55 4D 50 59",
    "zip_member_cut.npz":
      "the array “a”, byte 128: float64 of the shape (3,) takes 24 bytes, but 20 follow: the file is cut off",
    "zip_member_object.npz":
      "the array “a”, byte 20: the elements are objects of Python (“|O”), which are never loaded; \(types)",
    "zip_method_unknown.npz":
      "the member “a.npy” is packed by method 99; 0 (stored) and 8 (deflated) are read",
    "zip_encrypted.npz":
      "the member “a.npy” is encrypted, which isn't read",
    "zip_overlap.npz":
      "the header of the member “b.npy” differs from the directory",
  ]

  @Test func malformedFiles() throws {
    let names = try manifest("bad/manifest.json", "files").compactMap { $0["file"] as? String }
      .filter { $0.hasSuffix(".npz") }
    print("npy/bad: \(names.count) files .npz")
    #expect(Set(names) == Set(NPZReadingTests.problems.keys))
    for name in names {
      #expect(problem(try npyFixture("bad/" + name)) == NPZReadingTests.problems[name], "\(name)")
    }
  }

  @Test func askingForWhatIsNotThere() throws {
    var tensors = NPZ()
    let none = formatError { () throws(FormatError) in _ = try tensors.tensor("w", as: Float.self) }
    #expect(none?.problem == "there is no array “w”")
    tensors.set("weight", to: Tensor<Float>([1]))
    let missing = formatError { () throws(FormatError) in
      _ = try tensors.tensor("w", as: Float.self)
    }
    #expect(missing?.problem == "there is no array “w”: the arrays are “weight”")
    let type = formatError { () throws(FormatError) in
      _ = try tensors.tensor("weight", as: Double.self)
    }
    #expect(type?.problem == "the array “weight” holds float32; float64 is needed")
    #expect(tensors.shape(of: "w") == nil && tensors.scalarType(of: "w") == nil)
    let file = formatError { () throws(FormatError) in _ = try NPZ(contentsOf: "/nowhere/x.npz") }
    #expect(file?.kind == .missingFile)
  }

  /// An array of another type spoils only itself, and is kept when the file is written again.
  @Test func arraysOfOtherTypes() throws {
    let text = try npyFixture("bad/dtype_string.npy")
    let number = try NPY.encoded(Tensor<Float>([1, 2]))
    let file = try NPZ(parsing: archive([("t.npy", text), ("x.npy", number)]), file: "t")
    #expect(file.names == ["t", "x"])
    #expect(file.scalarType(of: "t") == nil && file.shape(of: "t") != nil)
    #expect(try file.tensor("x", as: Float.self) == [1, 2])
    let error = formatError { () throws(FormatError) in _ = try file.tensor("t", as: Float.self) }
    #expect(error?.problem.hasPrefix("the array “t”, byte 20: the elements are text (“<U") == true)
    let again = try NPZ(parsing: file.encoded(compressing: true), file: "t")
    #expect(again.names == ["t", "x"] && again.shape(of: "t") == file.shape(of: "t"))
    #expect(
      try again.encoded() == archive([("t.npy", text), ("x.npy", number)]))
  }

  @Test func unfitMembers() throws {
    let number = try NPY.encoded(Tensor<Float>([1, 2]))
    #expect(
      problem(try archive([("readme.txt", [1])]))
        == "the member “readme.txt” is no array: that has a name in .npy")
    #expect(
      problem(try archive([("a.npy", number), ("b.npy", Array(number.dropLast()))])).hasPrefix(
        "the array “b”, byte 128: float32 of the shape (2,) takes 8 bytes, but 7 follow"))
    #expect(
      problem(try archive([("a.npy", number), ("a.npy", number)]))
        == "there are two members “a.npy”")
  }

  /// A stream that ends before the size that the directory tells, or after it.
  @Test func sizesOfStreams() throws {
    let npy = try NPY.encoded(Tensor<Float>([1, 2]))
    let valid = try archive([("a.npy", npy)], compressing: true)
    let entry = valid.count - 22 - 51
    #expect(valid[22] == 136 && valid[entry + 24] == 136)
    for (size, expected) in [
      (137, "it unpacks to 136 bytes, not 137"), (135, "it unpacks to more than 135 bytes"),
    ] {
      var bytes = valid
      bytes[22] = UInt8(size)
      bytes[entry + 24] = UInt8(size)
      #expect(problem(bytes) == "the member “a.npy” is damaged: \(expected)")
    }
    // Bytes between the stream's end and the directory that count as packed.
    var bytes = valid
    bytes.insert(0, at: entry)
    bytes[18] += 1
    bytes[entry + 1 + 20] += 1
    bytes[bytes.count - 6] += 1
    #expect(
      problem(bytes) == "the member “a.npy” is damaged: 1 bytes follow its packed data")
  }

  /// A member whose data holds another member.
  @Test func overlaps() throws {
    let inner = try archive([("i.npy", NPY.encoded(Tensor<Float>([1, 2])))])
    let outer = try archive([("o.npy", inner)])
    // Both have one entry of 51 bytes and a record of 22; the header and name take 35.
    let place = outer.count - 22 - 51
    var entry = Array(inner[(inner.count - 22 - 51)..<(inner.count - 22)])
    entry[42] = 35
    var end = Array(outer[(outer.count - 22)...])
    end.replaceSubrange(8..<14, with: [2, 0, 2, 0, 102, 0])
    let both = outer[..<(outer.count - 22)] + entry + end
    #expect(problem(Array(both)) == "the members “o.npy” and “i.npy” overlap")
    // Without the entry of the outer one, its bytes belong to none, and the inner one can be read.
    end[8...12] = [1, 0, 1, 0, 51]
    let one = try NPZ(parsing: outer[..<place] + entry + end, file: "t")
    #expect(try one.tensor("i", as: Float.self) == [1, 2])
  }

  @Test func zip64() throws {
    // As a file over 4 GiB has them: all sizes and places that are not tiny in zip64's fields.
    let number = try NPY.encoded(Tensor<Float>([1, 2]))
    for most in [0, 100, 150, 300, 100_000] as [UInt64] {
      for compressing in [false, true] {
        let bytes = try archive(
          [("a.npy", number), ("b.npy", number), ("c.npy", number)], compressing: compressing,
          most: most)
        let file = try NPZ(parsing: bytes, file: "t")
        #expect(file.names == ["a", "b", "c"])
        #expect(try file.tensor("c", as: Float.self) == [1, 2])
        let outcome = readTruncations(of: bytes) {
          try readWhole(NPZ(parsing: $0, file: "t"))
        }
        #expect(outcome.accepted == 0)
      }
    }
  }

  @Test func comments() throws {
    // The longest comment there may be, and bytes behind the end.
    var bytes = try example().encoded()
    bytes.replaceSubrange((bytes.count - 2)..., with: [0xFF, 0xFF])
    let comment = [UInt8](repeating: 0x50, count: 0xFFFF)
    try readWhole(NPZ(parsing: bytes + comment, file: "t"))
    #expect(problem(bytes + comment + [0]).contains("no record at its end"))
    #expect(problem([0] + bytes + comment).contains("they have to meet"))
  }
}

/// An archive of these members.
private func archive(
  _ members: [(String, [UInt8])], compressing: Bool = false, most: UInt64 = 0xFFFF_FFFE
) throws -> [UInt8] {
  var bytes: [UInt8] = []
  var writer = ZipWriter(file: "t", most: most)
  for (name, contents) in members {
    try writer.append(name, contents[...], nil, compressing: compressing) { bytes += $0 }
  }
  try writer.finish { bytes += $0 }
  return bytes
}

@Suite struct NPZWritingTests {
  /// The files that NumPy was shown to read, by `check_written.py`, are still what is written.
  @Test func sameBytesAsNumPyWasShown() throws {
    for (name, compressing) in [("written_stored", false), ("written_deflated", true)] {
      let bytes = try npyFixture(name + ".npz")
      #expect(try example().encoded(compressing: compressing) == bytes, "\(name)")
      // What was read is written the same.
      #expect(try NPZ(parsing: bytes, file: name).encoded(compressing: compressing) == bytes)
    }
    let number = try NPY.encoded(Tensor<Float>([1, 2]))
    let wide = try archive([("a.npy", number), ("b.npy", number)], compressing: true, most: 0)
    #expect(try wide == npyFixture("written_zip64.npz"))
  }

  @Test func bytesOfTheFormat() throws {
    var file = NPZ()
    file.set("a", to: Tensor<UInt8>([1]))
    let npy = try NPY.encoded(Tensor<UInt8>([1]))
    let sum = (0..<4).map { UInt8(truncatingIfNeeded: CRC32.of(npy) >> (8 * $0)) }
    let shared: [UInt8] =
      [20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0] + sum + [129, 0, 0, 0, 129, 0, 0, 0, 5, 0, 0, 0]
    let header: [UInt8] = [0x50, 0x4B, 3, 4] + shared + Array("a.npy".utf8)
    let entry: [UInt8] =
      [0x50, 0x4B, 1, 2, 45, 3] + shared + [0, 0, 0, 0, 0, 0, 0, 0, 0xA4, 0x81, 0, 0, 0, 0]
      + Array("a.npy".utf8)
    let end: [UInt8] = [
      0x50, 0x4B, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0, 51, 0, 0, 0, 164, 0, 0, 0, 0, 0,
    ]
    #expect(header.count + npy.count == 164 && entry.count == 51)
    #expect(try file.encoded() == header + npy + entry + end)
    #expect(
      try NPZ().encoded() == [0x50, 0x4B, 5, 6] + [UInt8](repeating: 0, count: 18))
    #expect(try NPZ().encoded() == npyFixture("no_members.npz"))
  }

  @Test func roundTrip() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/t.npz"
      for compressing in [false, true] {
        var tensors = example()
        tensors.set("whole", to: Tensor<Int32>([5]))
        #expect(tensors.names == ["weight", "layer/0/größe", "flags", "whole", "nothing", ""])
        #expect(try tensors.tensor("whole", as: Int32.self) == [5])
        try tensors.write(to: path, compressing: compressing)
        #expect(try File.bytes(of: path) == tensors.encoded(compressing: compressing))
        let back = try NPZ(contentsOf: path)
        #expect(back.names == tensors.names)
        #expect(try back.tensor("weight", as: Float.self) == [[1, 4], [-2, 5], [0.5, 6]])
        #expect(
          try back.tensor("layer/0/größe", as: Double.self)
            == Tensor(repeating: 0.1, shape: [8, 50]))
        #expect(try back.tensor("flags", as: Bool.self) == [true, false, true])
        #expect(try back.tensor("whole", as: Int32.self) == [5])
        #expect(try back.tensor("nothing", as: UInt8.self).shape == [0, 3])
        #expect(try back.tensor("", as: UInt16.self).scalar == 7)
        // What was read can be changed and written again, over itself.
        var changed = back
        changed.set("flags", to: Tensor<Int64>([1]))
        try changed.write(to: path, compressing: compressing)
        #expect(try NPZ(contentsOf: path).tensor("flags", as: Int.self) == [1])
        #expect(try back.tensor("flags", as: Bool.self).scalars == [true, false, true])
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["t.npz"])
    }
  }

  @Test func unfitNames() throws {
    for (name, expected) in [
      ("../a", "leads out of its folder, by “..”"), ("a\\..\\b", "leads out of its folder"),
      ("/a", "has an absolute path"), ("C:\\a", "has an absolute path"), ("a\0b", "has a NUL"),
      (String(repeating: "a", count: 65_532), "is too long"),
    ] {
      var file = NPZ()
      file.set(name, to: Tensor<Float>([1]))
      let error = formatError { () throws(FormatError) in _ = try file.encoded() }
      #expect(error?.problem.contains(expected) == true)
    }
    var file = NPZ()
    for name in ["..a", "a..", "a//b", "...", "dense:/0"] { file.set(name, to: Tensor<Float>([1])) }
    #expect(try NPZ(parsing: file.encoded(), file: "t").names == file.names)
  }
}

@Suite struct NPZHostileTests {
  private func read(_ bytes: [UInt8]) throws { try readWhole(NPZ(parsing: bytes, file: "t")) }

  private var valid: [[UInt8]] {
    get throws {
      var file = NPZ()
      file.set("w", to: Tensor<Float>([[1, 2], [3, 4]]))
      file.set("flags", to: Tensor<Bool>([true, false]))
      return try [
        file.encoded(), file.encoded(compressing: true), npyFixture("streamed_deflated.npz"),
        npyFixture("written_zip64.npz"),
      ]
    }
  }

  @Test func truncated() throws {
    for valid in try valid {
      let outcome = readTruncations(of: valid, read)
      #expect(outcome.accepted == 0)
      #expect(outcome.refused == valid.count)
    }
  }

  @Test func flipped() throws {
    for valid in try valid {
      let written = try NPZ(parsing: valid, file: "t").encoded()
      let outcome = readFlips(of: valid, repeats: 15, seed: 21) { bytes in
        try read(bytes)
        // Whatever is taken holds the same arrays under the same names.
        #expect(try NPZ(parsing: bytes, file: "t").encoded() == written)
      }
      #expect(outcome.accepted + outcome.refused == valid.count * 15)
      // Times, versions and attributes aren't looked at; all else is told twice or checked.
      #expect(outcome.accepted > 0 && outcome.refused > 4 * outcome.accepted)
    }
  }

  @Test func noise() throws {
    let alphabet: [UInt8] = [0x50, 0x4B, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0xFF, 22, 30, 46]
    let outcome = readNoise(alphabet: alphabet, count: 5000, seed: 22, read)
    #expect(outcome.refused == 10_000)
    // With a record of the end that fits.
    let directories = readNoise(alphabet: alphabet, count: 5000, seed: 23) { bytes in
      let count = UInt8(bytes.count)
      try read(
        bytes + [0x50, 0x4B, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0, count] + [UInt8](repeating: 0, count: 9))
    }
    #expect(directories.refused == 10_000)
  }
}
