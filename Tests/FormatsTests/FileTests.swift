import Formats
import Foundation
import Testing

@Suite struct FileTests {
  @Test func readsWhatWasWritten() throws {
    try withTemporaryFolder { folder in
      for count in [0, 1, 65_535, 65_536, 65_537, 1_000_000] {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let path = folder + "/file\(count)"
        try File.replace(path) { writer throws(FormatError) in
          // Pieces below and above what the writer collects.
          try writer.append(Array(bytes.prefix(count / 3)))
          try writer.append(Array(bytes.dropFirst(count / 3)))
        }
        #expect(try File.bytes(of: path) == bytes)
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 6)
    }
  }

  @Test func readingLimits() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/file"
      try Data(count: 100).write(to: URL(fileURLWithPath: path))
      #expect(try File.bytes(of: path, limit: 100).count == 100)
      let error = formatError { () throws(FormatError) in _ = try File.bytes(of: path, limit: 99) }
      #expect(error?.kind == .malformedData)
      #expect(error?.problem == "is larger than the 99 bytes that are read at most")
      // A file that never ends and tells no size.
      let endless = formatError { () throws(FormatError) in
        _ = try File.bytes(of: "/dev/zero", limit: 200_000)
      }
      #expect(endless?.kind == .malformedData)
    }
  }

  @Test func readingErrors() throws {
    try withTemporaryFolder { folder in
      let missing = formatError { () throws(FormatError) in _ = try File.bytes(of: folder + "/no") }
      #expect(missing?.kind == .missingFile)
      #expect(missing?.description == folder + "/no: can't be read: No such file or directory")
      let isFolder = formatError { () throws(FormatError) in _ = try File.bytes(of: folder) }
      #expect(isFolder?.kind == .missingFile)
      #expect(isFolder?.problem == "is a folder; a file is needed")
      try Data().write(to: URL(fileURLWithPath: folder + "/file"))
      let below = formatError { () throws(FormatError) in _ = try File.bytes(of: folder + "/file/x")
      }
      #expect(below?.kind == .missingFile)
      for path in ["", "a\0b"] {
        #expect(
          formatError { () throws(FormatError) in _ = try File.bytes(of: path) }?.kind
            == .missingFile)
      }
    }
  }

  @Test func replacingKeepsTheOldFileOnFailure() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/file"
      try Data("old".utf8).write(to: URL(fileURLWithPath: path))
      let failure = FormatError(.malformedData, file: path, problem: "on purpose")
      let error = formatError { () throws(FormatError) in
        try File.replace(path) { writer throws(FormatError) in
          try writer.append([UInt8](repeating: 1, count: 1 << 20))
          throw failure
        }
      }
      #expect(error == failure)
      #expect(try File.bytes(of: path) == Array("old".utf8))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["file"])
    }
  }

  @Test func replacingErrors() throws {
    try withTemporaryFolder { folder in
      let missing = formatError { () throws(FormatError) in
        try File.replace(folder + "/no/file") { writer throws(FormatError) in try writer.append([1])
        }
      }
      #expect(missing?.kind == .inputOutput)
      #expect(
        missing?.description == folder + "/no/file: can't be written: No such file or directory")
      let isFolder = formatError { () throws(FormatError) in
        try File.replace(folder) { writer throws(FormatError) in try writer.append([1]) }
      }
      #expect(isFolder?.kind == .inputOutput)
      #expect(isFolder?.problem == "can't be written: it is a folder")
      #if os(Linux)
        // A device that is always full.
        let full = formatError { () throws(FormatError) in
          try File.replace("/dev/full") { writer throws(FormatError) in try writer.append([1]) }
        }
        #expect(full?.description == "/dev/full: can't be written: No space left on device")
      #endif
    }
  }

  @Test func replacingFollowsLinksAndKeepsPermissions() throws {
    try withTemporaryFolder { folder in
      let manager = FileManager.default
      let path = folder + "/file"
      try Data("old".utf8).write(to: URL(fileURLWithPath: path))
      try manager.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
      try manager.createSymbolicLink(atPath: folder + "/link", withDestinationPath: "file")
      try File.replace(folder + "/link") { writer throws(FormatError) in try writer.append([7]) }
      #expect(try File.bytes(of: path) == [7])
      #expect(try manager.destinationOfSymbolicLink(atPath: folder + "/link") == "file")
      let permissions = try manager.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
      #expect(permissions?.intValue == 0o640)
    }
  }

  @Test func writesToDevicesAsTheyAre() throws {
    try File.replace("/dev/null") { writer throws(FormatError) in try writer.append([1]) }
    var info = stat()
    #expect(stat("/dev/null", &info) == 0)
    #expect(UInt32(info.st_mode) & 0o170000 == 0o020000)
  }

  @Test func longNames() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/" + String(repeating: "é", count: 125)
      try File.replace(path) { writer throws(FormatError) in try writer.append([3]) }
      #expect(try File.bytes(of: path) == [3])
    }
  }

  @Test func namesBesideLeftOvers() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/file"
      for attempt in 0..<3 {
        try Data().write(
          to: URL(
            fileURLWithPath: "\(path).tmp-\(ProcessInfo.processInfo.processIdentifier)-\(attempt)"))
      }
      try File.replace(path) { writer throws(FormatError) in try writer.append([3]) }
      #expect(try File.bytes(of: path) == [3])
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 4)
    }
  }
}
