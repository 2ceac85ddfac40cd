import ArgumentParser
import Myelin

@main
struct MyelinCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "myelin")
}
