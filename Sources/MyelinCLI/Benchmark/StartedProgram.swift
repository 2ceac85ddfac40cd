import Foundation

/// This program, started anew with other arguments.
enum StartedProgram {
  /// Runs it to its end.
  ///
  /// - Parameter arguments: The arguments.
  /// - Returns: What it wrote to standard output, and the microseconds from just before it was
  ///   started until that was read to its end.
  /// - Throws: `Failure` if it can't be started or ends with an error.
  static func run(_ arguments: [String]) throws -> (output: String, microseconds: Double) {
    guard let path = Bundle.main.executablePath else {
      throw Failure(.software, "the program can't tell where it lies")
    }
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw problem(errno) }
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
    posix_spawn_file_actions_addclose(&actions, ends[0])
    posix_spawn_file_actions_addclose(&actions, ends[1])
    var words = ([path] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }

    let clock = ContinuousClock()
    let start = clock.now
    var process: pid_t = 0
    let failure = posix_spawn(&process, path, &actions, nil, &words, environ)
    close(ends[1])
    defer { close(ends[0]) }
    guard failure == 0 else { throw problem(failure) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(ends[0], &part, part.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { break }
      bytes += part.prefix(count)
    }
    let microseconds = (clock.now - start) / .microseconds(1)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    guard status == 0 else { throw Failure(.software, "the program that was started failed") }
    return (String(decoding: bytes, as: UTF8.self), microseconds)
  }

  private static func problem(_ code: Int32) -> Failure {
    Failure(.software, "the program can't be started anew: \(String(cString: strerror(code)))")
  }
}
