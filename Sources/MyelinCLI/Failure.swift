import ArgumentParser
import Myelin

/// What ends the command: a sentence for standard error, and an exit code of sysexits.h.
struct Failure: Error {
  /// The codes of sysexits.h that are used.
  enum Code: Int32 {
    case usage = 64
    case data = 65
    case noInput = 66
    case software = 70
    case inputOutput = 74
  }

  let code: Code
  let sentence: String

  init(_ code: Code, _ sentence: String) {
    self.code = code
    self.sentence = sentence
  }

  /// Translates the libraries' errors.
  init(_ error: any Error) {
    switch error {
    case let error as Failure:
      self = error
    case let error as FormatError:
      switch error.kind {
      case .missingFile: self.init(.noInput, error.description)
      case .malformedData: self.init(.data, error.description)
      case .inputOutput: self.init(.inputOutput, error.description)
      }
    case let error as TrainingError:
      switch error {
      case .setting, .diverged: self.init(.usage, error.description)
      case .data: self.init(.data, error.description)
      }
    case let error as ShapeError:
      self.init(.usage, error.message)
    default:
      self.init(.software, "\(error)")
    }
  }
}

/// Runs the body of a command: a failure becomes one line on standard error and its exit code.
func reportingFailures(_ body: () throws -> Void) throws {
  do { try body() } catch { throw report(error) }
}

/// Runs the body of a command that waits: see the other form.
func reportingFailures(_ body: () async throws -> Void) async throws {
  do { try await body() } catch { throw report(error) }
}

/// Prints the sentence of a failure; returns the exit code to end with.
private func report(_ error: any Error) -> ExitCode {
  if let code = error as? ExitCode { return code }
  let failure = Failure(error)
  Terminal.writeError("myelin: \(failure.sentence)\n")
  return ExitCode(failure.code.rawValue)
}
