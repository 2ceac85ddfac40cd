import Foundation
import PackagePlugin

/// Gives a test target the examples in the doc comments of the package's libraries.
///
/// One file of tests for each of their source files, made anew when that changes. The target
/// depends on all libraries: if it lacks one, the tests don't build.
@main struct ExamplePlugin: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let modules = context.package.targets.compactMap { $0 as? SwiftSourceModuleTarget }.filter {
      $0.kind == .generic
        && $0.directoryURL.deletingLastPathComponent().lastPathComponent == "Sources"
    }
    let generator = try context.tool(named: "ExampleGenerator").url
    return modules.flatMap { module in
      module.sourceFiles(withSuffix: ".swift").map { file in
        let title = module.name + "/" + file.url.lastPathComponent
        let output = context.pluginWorkDirectoryURL.appending(
          path: title.replacing("/", with: "-"))
        return .buildCommand(
          displayName: "Examples of \(title)", executable: generator,
          arguments: [file.url.path(), output.path(), title] + modules.map(\.name),
          inputFiles: [file.url], outputFiles: [output])
      }
    }
  }
}
