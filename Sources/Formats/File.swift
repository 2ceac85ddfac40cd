#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Whole files: read at once, written beside their place and renamed.
package enum File {
  /// The largest file that is read unless a caller says otherwise: 16 GiB.
  package static let defaultLimit = 1 << 34
  /// The most that is read of what isn't a regular file, and so doesn't say its size: 1 GiB.
  package static let streamLimit = 1 << 30

  /// Returns the bytes of a whole file.
  ///
  /// - Parameters:
  ///   - path: The file; a pipe or device is read to its end.
  ///   - limit: The most bytes to read.
  /// - Returns: The bytes.
  /// - Throws: `FormatError` if there is no such file, it can't be read, or it is larger than
  ///   `limit`.
  package static func bytes(
    of path: String, limit: Int = defaultLimit
  ) throws(FormatError) -> [UInt8] {
    try checkPath(path)
    let descriptor = retrying { open(path, O_RDONLY | O_CLOEXEC) }
    guard descriptor >= 0 else { throw inputError(path, "can't be read") }
    defer { _ = close(descriptor) }
    var info = stat()
    guard fstat(descriptor, &info) == 0 else { throw inputError(path, "can't be read") }
    guard mode(info) != .folder else {
      throw FormatError(.missingFile, file: path, problem: "is a folder; a file is needed")
    }
    let size = mode(info) == .regular ? Int(info.st_size) : 0
    let limit = mode(info) == .regular ? limit : min(limit, streamLimit)
    let tooLarge = FormatError(
      .malformedData, file: path, problem: "is larger than the \(limit) bytes that are read at most"
    )
    guard size <= limit else { throw tooLarge }
    var failed = false
    // One byte more than the size, so that the end is seen; a file may also grow while it is read.
    var bytes = [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, count in
      (count, failed) = fill(UnsafeMutableRawBufferPointer(buffer), from: descriptor)
    }
    while !failed, bytes.count > size {
      guard bytes.count <= limit else { throw tooLarge }
      let chunk = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
        (count, failed) = fill(UnsafeMutableRawBufferPointer(buffer), from: descriptor)
      }
      if chunk.isEmpty { break }
      bytes += chunk
    }
    guard !failed else { throw outputError(path, "can't be read") }
    guard bytes.count <= limit else { throw tooLarge }
    return bytes
  }

  /// Replaces a file, or makes it, all at once.
  ///
  /// The bytes go to a temporary file beside it (`name.tmp-<process>-<n>`), which is renamed once
  /// they are on the disk: a reader sees the old file or the new, and a failure leaves the old. A
  /// link is followed, and what isn't a regular file (a pipe, `/dev/stdout`) is written to as it
  /// is.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - body: Writes the bytes.
  /// - Throws: `FormatError` if the system fails, or what `body` throws; the temporary file is gone
  ///   then.
  package static func replace(
    _ path: String, _ body: (inout Writer) throws(FormatError) -> Void
  ) throws(FormatError) {
    try checkPath(path)
    var info = stat()
    let exists = stat(path, &info) == 0
    if exists, mode(info) == .folder {
      throw FormatError(.inputOutput, file: path, problem: "can't be written: it is a folder")
    }
    if exists, mode(info) != .regular {
      let descriptor = retrying { open(path, O_WRONLY | O_CLOEXEC) }
      guard descriptor >= 0 else { throw outputError(path, "can't be written") }
      defer { _ = close(descriptor) }
      var writer = Writer(descriptor: descriptor, path: path)
      try body(&writer)
      return try writer.flush()
    }
    guard !exists || access(path, W_OK) == 0 else { throw outputError(path, "can't be written") }
    let target = resolved(path)
    let (descriptor, temporary) = try makeTemporary(beside: target, for: path)
    var isOpen = true
    do throws(FormatError) {
      var writer = Writer(descriptor: descriptor, path: path)
      try body(&writer)
      try writer.flush()
      if exists { _ = fchmod(descriptor, info.st_mode & 0o7777) }
      // Some file systems have nothing to synchronise and say so.
      if retrying({ fsync(descriptor) }) != 0, errno != EINVAL, errno != ENOTSUP {
        throw outputError(path, "can't be written")
      }
      isOpen = false
      guard close(descriptor) == 0 else { throw outputError(path, "can't be written") }
      guard rename(temporary, target) == 0 else { throw outputError(path, "can't be replaced") }
    } catch {
      if isOpen { _ = close(descriptor) }
      _ = unlink(temporary)
      throw error
    }
    synchronizeFolder(of: target)
  }

  /// Writes bytes to a file, in large pieces.
  package struct Writer: ~Copyable {
    fileprivate let descriptor: Int32
    fileprivate let path: String
    private var buffer: [UInt8] = []
    private static let capacity = 1 << 18

    fileprivate init(descriptor: Int32, path: String) {
      self.descriptor = descriptor
      self.path = path
    }

    /// Writes bytes.
    package mutating func append(_ bytes: UnsafeRawBufferPointer) throws(FormatError) {
      if bytes.count >= Writer.capacity {
        try flush()
        try write(bytes)
      } else {
        buffer.append(contentsOf: bytes)
        if buffer.count >= Writer.capacity { try flush() }
      }
    }

    /// Writes bytes.
    package mutating func append(_ bytes: [UInt8]) throws(FormatError) {
      if bytes.count >= Writer.capacity {
        try flush()
        try write(bytes)
      } else {
        buffer += bytes
        if buffer.count >= Writer.capacity { try flush() }
      }
    }

    fileprivate mutating func flush() throws(FormatError) {
      try write(buffer)
      buffer.removeAll(keepingCapacity: true)
    }

    private func write(_ bytes: [UInt8]) throws(FormatError) {
      var failure: FormatError?
      bytes.withUnsafeBytes { bytes in
        do throws(FormatError) { try write(bytes) } catch { failure = error }
      }
      if let failure { throw failure }
    }

    private func write(_ bytes: UnsafeRawBufferPointer) throws(FormatError) {
      var written = 0
      while written < bytes.count {
        let rest = UnsafeRawBufferPointer(rebasing: bytes[written...].prefix(File.largestTransfer))
        let count = File.transfer(rest, to: descriptor)
        guard count > 0 else { throw File.outputError(path, "can't be written") }
        written += count
      }
    }
  }
}

// What the system's calls need around them.
extension File {
  /// The largest piece that every system reads or writes in one call.
  fileprivate static let largestTransfer = 1 << 30

  private enum Mode { case regular, folder, other }

  private static func mode(_ info: stat) -> Mode {
    switch UInt32(info.st_mode) & 0o170000 {
    case 0o100000: .regular
    case 0o040000: .folder
    default: .other
    }
  }

  /// Repeats a call that a signal interrupts.
  private static func retrying(_ call: () -> Int32) -> Int32 {
    while true {
      let result = call()
      if result >= 0 || errno != EINTR { return result }
    }
  }

  /// Reads until the buffer is full or the input ends.
  private static func fill(
    _ buffer: UnsafeMutableRawBufferPointer, from descriptor: Int32
  ) -> (count: Int, failed: Bool) {
    var count = 0
    while count < buffer.count, let start = buffer.baseAddress {
      let got = read(descriptor, start + count, min(buffer.count - count, largestTransfer))
      if got < 0, errno == EINTR { continue }
      if got <= 0 { return (count, got < 0) }
      count += got
    }
    return (count, false)
  }

  /// Writes some of the bytes: how many, or less than 1 if that failed.
  fileprivate static func transfer(
    _ bytes: UnsafeRawBufferPointer, to descriptor: Int32
  ) -> Int {
    while true {
      let count = write(descriptor, bytes.baseAddress, bytes.count)
      if count >= 0 || errno != EINTR { return count }
    }
  }

  private static func makeTemporary(
    beside target: String, for path: String
  ) throws(FormatError) -> (descriptor: Int32, path: String) {
    // A name may take 255 bytes: a long one is cut so that the addition fits.
    let folder = target.utf8.lastIndex(of: UInt8(ascii: "/")).map { target[...$0] } ?? ""
    var name = target.dropFirst(folder.count)
    while name.utf8.count > 200 { name.removeLast() }
    for attempt in 0..<1000 {
      let temporary = "\(folder)\(name).tmp-\(getpid())-\(attempt)"
      let descriptor = retrying { open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666) }
      if descriptor >= 0 { return (descriptor, temporary) }
      guard errno == EEXIST else { break }
    }
    throw outputError(path, "can't be written")
  }

  /// The path with its links followed, so that a link stays a link when its file is replaced.
  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  /// Makes a rename last through a loss of power, where the system can.
  private static func synchronizeFolder(of path: String) {
    let folder = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) } ?? "."
    let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    _ = fsync(descriptor)
    _ = close(descriptor)
  }

  private static func checkPath(_ path: String) throws(FormatError) {
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw FormatError(
        .missingFile, file: quoted(path), problem: "is not a path: it is empty or holds a NUL")
    }
  }

  /// The system's reason, as `errno` tells it.
  ///
  /// `strerror` of the systems' own libraries is safe to call from many threads.
  private static var reason: String { String(cString: strerror(errno)) }

  private static func inputError(_ path: String, _ problem: String) -> FormatError {
    let missing = [ENOENT, ENOTDIR, EACCES, EPERM, ENAMETOOLONG, ELOOP].contains(errno)
    return FormatError(
      missing ? .missingFile : .inputOutput, file: path, problem: "\(problem): \(reason)")
  }

  fileprivate static func outputError(_ path: String, _ problem: String) -> FormatError {
    FormatError(.inputOutput, file: path, problem: "\(problem): \(reason)")
  }
}
