// swift-tools-version: 6.2
import PackageDescription

// A room knows only the rooms listed before it: the arrows of the architecture stand here.

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
  name: "Myelin",
  platforms: [.macOS(.v15), .iOS(.v18), .tvOS(.v18), .watchOS(.v11), .visionOS(.v2)],
  products: [
    .library(name: "Myelin", targets: ["Myelin"]),
    .library(name: "Tensors", targets: ["Tensors"]),
    .library(name: "Formats", targets: ["Formats"]),
    .library(name: "NeuralNetworks", targets: ["NeuralNetworks"]),
    .library(name: "Datasets", targets: ["Datasets"]),
    .library(name: "Plotting", targets: ["Plotting"]),
    .executable(name: "myelin", targets: ["MyelinCLI"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
  ],
  targets: [
    .target(name: "CKernels"),
    .target(name: "Tensors", dependencies: ["CKernels"]),
    .target(name: "Formats", dependencies: ["Tensors"]),
    .target(name: "Datasets", dependencies: ["Tensors", "Formats"]),
    .target(name: "NeuralNetworks", dependencies: ["Tensors", "Formats", "Datasets"]),
    .target(name: "Plotting", dependencies: ["Tensors", "Formats"]),
    .target(
      name: "Myelin",
      dependencies: ["Tensors", "Formats", "Datasets", "NeuralNetworks", "Plotting"]),
    .executableTarget(
      name: "MyelinCLI",
      dependencies: [
        "Myelin", "Tensors", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .target(name: "TestSupport", dependencies: ["Tensors", "Plotting"], path: "Tests/TestSupport"),
    .target(name: "AllocationCounter", path: "Tests/AllocationCounter"),
    .testTarget(
      name: "TensorsTests",
      dependencies: ["Tensors", "CKernels", "AllocationCounter", "TestSupport"],
      resources: [.copy("Fixtures")]),
    .testTarget(
      name: "FormatsTests", dependencies: ["Tensors", "Formats", "TestSupport"],
      resources: [.copy("Fixtures")]),
    .testTarget(
      name: "DatasetsTests", dependencies: ["Tensors", "Formats", "Datasets", "TestSupport"],
      resources: [.copy("Fixtures")]),
    .testTarget(
      name: "NeuralNetworksTests",
      dependencies: [
        "Tensors", "Formats", "Datasets", "NeuralNetworks", "AllocationCounter", "TestSupport",
      ],
      resources: [.copy("Fixtures")]),
    .testTarget(
      name: "PlottingTests", dependencies: ["Tensors", "Formats", "Plotting", "TestSupport"]),
    // The examples in doc comments: a tool makes tests of them while the tests are built.
    .target(name: "DocumentationExamples", path: "Tests/DocumentationExamples"),
    .executableTarget(
      name: "ExampleGenerator", dependencies: ["DocumentationExamples"],
      path: "Tests/ExampleGenerator"),
    .plugin(
      name: "ExamplePlugin", capability: .buildTool(), dependencies: ["ExampleGenerator"],
      path: "Tests/ExamplePlugin"),
    .testTarget(
      name: "DocumentationTests",
      dependencies: [
        "Tensors", "Formats", "Datasets", "NeuralNetworks", "Plotting", "Myelin",
        "DocumentationExamples", "TestSupport",
      ],
      plugins: ["ExamplePlugin"]),
    .testTarget(name: "MyelinTests", dependencies: ["Myelin", "TestSupport"]),
    .testTarget(name: "MyelinCLITests", dependencies: ["Myelin", "MyelinCLI", "TestSupport"]),
  ],
)

let targetsInC = ["CKernels", "AllocationCounter"]
for target in package.targets where !targetsInC.contains(target.name) && target.type != .plugin {
  target.swiftSettings = strict
}
