import Formats

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A program that turns SVG to PNG.
struct Renderer {
  /// The programs that are looked for, in this order.
  enum Kind: String, CaseIterable {
    case rsvg = "rsvg-convert"
    case resvg
  }

  let kind: Kind
  /// The file of the program.
  let program: String

  /// Finds a program in the folders of a search path.
  ///
  /// - Parameter searchPath: Folders with colons between them; an empty one doesn't stand for the working
  ///   folder.
  init?(in searchPath: String) {
    let folders = searchPath.split(separator: ":")
    for kind in Kind.allCases {
      for folder in folders {
        let program = "\(folder)/\(kind.rawValue)"
        var info = stat()
        // Folders can be executable too.
        guard access(program, X_OK) == 0, stat(program, &info) == 0,
          UInt32(info.st_mode) & 0o170000 == 0o100000
        else { continue }
        self.kind = kind
        self.program = program
        return
      }
    }
    return nil
  }

  /// Where programs are looked for: what the environment says in `PATH`.
  static var searchPath: String { getenv("PATH").map { String(cString: $0) } ?? "" }

  /// What is said if there is no program.
  static func missing(for path: String) -> FormatError {
    let names = Kind.allCases.map { "“\($0.rawValue)”" }.joined(separator: " or ")
    return FormatError(
      .inputOutput, file: path,
      problem: """
        PNG needs the program \(names), and neither is in a folder of PATH; Debian has the first in \
        “apt install librsvg2-bin”, Homebrew in “brew install librsvg”; SVG needs no program
        """)
  }

  /// Returns an SVG as PNG.
  ///
  /// - Parameters:
  ///   - svg: The SVG's bytes.
  ///   - width: In pixels.
  ///   - height: In pixels.
  ///   - path: The file that it is for, to name in errors.
  /// - Returns: The PNG's bytes.
  /// - Throws: `FormatError` if the program can't be started, fails, or makes something else.
  func png(
    of svg: [UInt8], width: Int, height: Int, for path: String
  ) throws(FormatError) -> [UInt8] {
    // Files instead of pipes: neither side can wait for the other.
    let folder = try TemporaryFolder(for: path)
    defer { folder.remove() }
    let (input, output) = (folder.path("figure.svg"), folder.path("figure.png"))
    try File.replace(input) { writer throws(FormatError) in try writer.append(svg) }
    let arguments =
      switch kind {
      case .rsvg:
        [
          "--format", "png", "--unlimited", "--width", "\(width)", "--height", "\(height)",
          "--output", output, input,
        ]
      case .resvg: ["--width", "\(width)", "--height", "\(height)", input, output]
      }
    let messages = folder.path("messages")
    let status = try run(arguments, messages: messages, for: path)
    guard status == 0 else {
      let text = (try? File.bytes(of: messages)).map { String(decoding: $0, as: UTF8.self) } ?? ""
      let line = text.split(whereSeparator: \.isNewline).first
      // The low seven bits are the signal that ended the program, the next byte its exit code.
      let end = status & 0x7F == 0 ? "exit code \(status >> 8 & 0xFF)" : "signal \(status & 0x7F)"
      throw failure(path, line.map { "failed: \(quoted($0, limit: 200))" } ?? "failed with \(end)")
    }
    let png = (try? File.bytes(of: output)) ?? []
    guard png.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) else {
      throw failure(path, "ended without an error but made no PNG")
    }
    return png
  }

  private func failure(_ path: String, _ problem: String) -> FormatError {
    FormatError(.inputOutput, file: path, problem: "“\(program)” \(problem)")
  }

  #if os(macOS) || os(Linux) || os(Android) || os(FreeBSD)
    /// Runs the program to its end, and returns its status as `waitpid` has it.
    private func run(
      _ arguments: [String], messages: String, for path: String
    ) throws(FormatError) -> Int32 {
      #if canImport(Darwin)
        var actions: posix_spawn_file_actions_t?
      #else
        var actions = posix_spawn_file_actions_t()
      #endif
      posix_spawn_file_actions_init(&actions)
      defer { posix_spawn_file_actions_destroy(&actions) }
      posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
      posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
      posix_spawn_file_actions_addopen(
        &actions, STDERR_FILENO, messages, O_WRONLY | O_CREAT, 0o600)
      var words = ([program] + arguments).map { strdup($0) } + [nil]
      defer { for word in words { free(word) } }
      var process: pid_t = 0
      var problem = posix_spawn(&process, program, &actions, nil, &words, environ)
      // A program that was written just now may be open in another process for a moment more.
      var attempts = 0
      while problem == ETXTBSY, attempts < 200 {
        usleep(10_000)
        problem = posix_spawn(&process, program, &actions, nil, &words, environ)
        attempts += 1
      }
      guard problem == 0 else {
        throw failure(path, "can't be started: \(String(cString: strerror(problem)))")
      }
      var status: Int32 = 0
      while waitpid(process, &status, 0) < 0 {
        guard errno == EINTR else {
          throw failure(path, "can't be waited for: \(String(cString: strerror(errno)))")
        }
      }
      return status
    }
  #else
    private func run(
      _ arguments: [String], messages: String, for path: String
    ) throws(FormatError) -> Int32 {
      throw failure(path, "can't be started: this system lets no program start another")
    }
  #endif
}

/// A folder for files that are needed for a moment.
private struct TemporaryFolder {
  private let folder: String

  init(for path: String) throws(FormatError) {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    var template = Array("\(parent.isEmpty ? "/tmp" : parent)/myelin-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw FormatError(
        .inputOutput, file: path,
        problem: "a temporary folder can't be made: \(String(cString: strerror(errno)))")
    }
    folder = String(
      decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  func path(_ name: String) -> String { "\(folder)/\(name)" }

  func remove() {
    for name in ["figure.svg", "figure.png", "messages"] { _ = unlink(path(name)) }
    _ = rmdir(folder)
  }
}
