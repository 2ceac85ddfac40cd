import Foundation

/// The most memory that this process has held at a time, in megabytes (10⁶ bytes); `nil` where
/// the system doesn't tell.
///
/// On Linux this is `VmHWM`: `getrusage` begins there with what the process was started from had.
func peakMegabytes() -> Double? {
  #if os(Linux)
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    for line in status.split(separator: "\n") where line.hasPrefix("VmHWM:") {
      let kibibytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap {
        Double($0)
      }
      return kibibytes.map { $0 * 1024 / 1e6 }
    }
    return nil
  #else
    var usage = rusage()
    return getrusage(RUSAGE_SELF, &usage) == 0 ? Double(usage.ru_maxrss) / 1e6 : nil
  #endif
}
