#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Standard output and error.
enum Terminal {
  /// Whether standard output is a terminal.
  static var isInteractive: Bool { isatty(STDOUT_FILENO) == 1 }

  /// The columns of the terminal, 80 if it doesn't say.
  static var width: Int {
    var size = winsize()
    let answer = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size)
    return answer == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
  }

  /// Writes results to standard output at once, also if that is a pipe.
  static func write(_ text: String) throws(Failure) {
    guard put(text, STDOUT_FILENO) else {
      throw Failure(
        .inputOutput, "standard output can't be written: \(String(cString: strerror(errno)))")
    }
  }

  /// Writes progress to standard output; where that can't be written it is not missed.
  static func writeProgress(_ text: String) { _ = put(text, STDOUT_FILENO) }

  /// Writes text to standard error.
  static func writeError(_ text: String) { _ = put(text, STDERR_FILENO) }

  /// Writes all bytes; false if that fails.
  private static func put(_ text: String, _ descriptor: Int32) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let part = UnsafeBufferPointer(rebasing: rest)
        #if canImport(Glibc)
          let count = Glibc.write(descriptor, part.baseAddress, part.count)
        #elseif canImport(Musl)
          let count = Musl.write(descriptor, part.baseAddress, part.count)
        #elseif canImport(Darwin)
          let count = Darwin.write(descriptor, part.baseAddress, part.count)
        #endif
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { return false }
        rest = rest.dropFirst(count)
      }
      return true
    }
  }
}
