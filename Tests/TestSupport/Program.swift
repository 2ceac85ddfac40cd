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
  ///   - environment: What is set beside the tests' own environment.
  ///   - output: Where standard output goes; `nil` collects it.
  ///   - interruptWhen: Is shown the output so far; once it returns true the program gets SIGINT.
  /// - Returns: How it ended and what it wrote.
  /// - Throws: `ReferenceError` if the program can't be started.
  package func run(
    _ arguments: [String], in folder: URL, environment: [String: String] = [:],
    output: String? = nil, interruptWhen: ((String) -> Bool)? = nil
  ) throws -> ProgramResult {
    // Files instead of pipes: the program can't block on a reader. And no Foundation.Process: it leaves a program
    // that has ended to be waited for by whoever comes first, which hangs beside the exit tests of Swift Testing.
    let files = ["out", "err"].map { name in
      FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).\(name)")
    }
    defer { for file in files { try? FileManager.default.removeItem(at: file) } }
    func text(_ index: Int) -> String {
      String(decoding: (try? Data(contentsOf: files[index])) ?? Data(), as: UTF8.self)
    }
    let process = try spawn(
      arguments, in: folder, environment: environment, output: output ?? files[0].path,
      error: files[1].path)
    var status: Int32 = 0
    if let interruptWhen {
      while waitpid(process, &status, WNOHANG) == 0 {
        if interruptWhen(text(0)) {
          kill(process, SIGINT)
          waitpid(process, &status, 0)
          break
        }
        usleep(5000)
      }
    } else {
      while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    }
    // The low seven bits are the signal that ended the program, the next byte its exit code.
    let signal = status & 0x7F
    return ProgramResult(
      status: signal == 0 ? status >> 8 & 0xFF : -signal, output: text(0), error: text(1))
  }

  private func spawn(
    _ arguments: [String], in folder: URL, environment: [String: String], output: String,
    error: String
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, error, O_WRONLY | O_CREAT, 0o600)
    // The shell changes the folder and then becomes the program.
    let shell =
      ["/bin/sh", "-c", "cd \"$0\" && exec env \"$@\"", folder.path]
      + environment.map { "\($0.key)=\($0.value)" } + [url.path]
    var words = (shell + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process: pid_t = 0
    let failure = posix_spawn(&process, shell[0], &actions, nil, &words, environ)
    guard failure == 0 else {
      throw ReferenceError(
        message: "\(url.path) can't be started: \(String(cString: strerror(failure)))")
    }
    return process
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
