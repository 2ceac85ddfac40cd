package import Foundation

/// What a run of a program left behind.
package struct ProgramResult {
  /// The exit code, or the signal that ended the program as a negative number.
  package var status: Int32
  package var output: String
  package var error: String
}

/// The program `myelin` that was built with the tests.
package struct Program {
  package let url: URL

  /// Finds the program beside the tests.
  package init() throws {
    // The test runner, or on Apple systems its bundle, lies in the folder of the built products.
    let places =
      Bundle.allBundles.map { $0.bundleURL.deletingLastPathComponent() }
      + [
        Bundle.main.bundleURL,
        URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent(),
      ]
    let candidates = places.map { $0.appendingPathComponent("myelin") }
    guard
      let found = candidates.first(where: { FileManager.default.isExecutableFile(atPath: $0.path) })
    else {
      throw ReferenceError(message: "no program myelin in \(places.map(\.path))")
    }
    url = found
  }

  /// Runs the program to its end.
  ///
  /// - Parameters:
  ///   - arguments: The arguments.
  ///   - folder: The folder to run in.
  ///   - interruptWhen: Is shown the output so far; once it returns true the program gets SIGINT.
  /// - Returns: How it ended and what it wrote.
  /// - Throws: What Foundation throws if the program can't be started.
  package func run(
    _ arguments: [String], in folder: URL, interruptWhen: ((String) -> Bool)? = nil
  ) throws -> ProgramResult {
    let process = Process()
    process.executableURL = url
    process.arguments = arguments
    process.currentDirectoryURL = folder
    // Files instead of pipes: the program can't block on a reader.
    let files = try ["out", "err"].map { name in
      let file = FileManager.default.temporaryDirectory
        .appendingPathComponent("\(UUID().uuidString).\(name)")
      _ = FileManager.default.createFile(atPath: file.path, contents: nil)
      return (file, try FileHandle(forWritingTo: file))
    }
    defer { for (file, _) in files { try? FileManager.default.removeItem(at: file) } }
    process.standardOutput = files[0].1
    process.standardError = files[1].1
    process.standardInput = FileHandle.nullDevice
    try process.run()
    func text(_ index: Int) -> String {
      String(decoding: (try? Data(contentsOf: files[index].0)) ?? Data(), as: UTF8.self)
    }
    if let interruptWhen {
      while process.isRunning {
        if interruptWhen(text(0)) {
          process.interrupt()
          break
        }
        usleep(5000)
      }
    }
    process.waitUntilExit()
    let status =
      process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    return ProgramResult(status: status, output: text(0), error: text(1))
  }
}

/// A folder of a test's own, removed with the last reference to it.
package final class TemporaryFolder: Sendable {
  package let url: URL

  package init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("myelin-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// The path of a file in the folder.
  package func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  /// Writes a file and returns its path.
  package func file(_ name: String, _ text: String) throws -> String {
    try Data(text.utf8).write(to: url.appendingPathComponent(name))
    return path(name)
  }

  /// The names of the files in the folder, sorted.
  package var names: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: url.path).sorted()) ?? []
  }
}
