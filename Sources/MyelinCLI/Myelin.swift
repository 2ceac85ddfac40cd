import ArgumentParser
import Foundation
import Tensors

/// The command `myelin`: it parses and prints; what it does lives in the libraries.
@main
struct MyelinCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "myelin",
    abstract: "Neural networks, trained in moments.",
    discussion: """
      myelin train digits                       trains on the bundled handwritten digits
      myelin evaluate digits.safetensors FILE   how well a saved model does on a CSV file
      myelin predict digits.safetensors FILE    what it takes each row of a CSV file for
      myelin bench                              how long training steps take on this machine
      """,
    version: "0.1.0",
    subcommands: [Train.self, Predict.self, Evaluate.self, Bench.self])

  /// Runs the command that the arguments name; arguments that make no sense get one line on
  /// standard error.
  static func main() async {
    // A reader that has gone shows in the result of a write.
    signal(SIGPIPE, SIG_IGN)
    do {
      try checkInstructionSet()
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch let code as ExitCode {
      Foundation.exit(code.rawValue)
    } catch {
      guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
      Terminal.writeError("myelin: \(message(for: error))\n")
      Foundation.exit(Failure.Code.usage.rawValue)
    }
  }

  /// Refuses a MYELIN_ISA that this machine doesn't have.
  private static func checkInstructionSet() throws {
    guard let wanted = ProcessInfo.processInfo.environment["MYELIN_ISA"] else { return }
    let available = Kernels.instructionSets
    guard available.contains(wanted) else {
      throw ValidationError(
        "MYELIN_ISA is '\(wanted)'; this machine has \(available.joined(separator: ", "))")
    }
  }
}
