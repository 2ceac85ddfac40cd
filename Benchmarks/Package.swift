// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "Myelin", path: "..")],
  targets: [
    .executableTarget(
      name: "NumPyComparison", dependencies: [.product(name: "Tensors", package: "Myelin")],
      swiftSettings: [.swiftLanguageMode(.v6)]),
    .target(name: "CPeak"),
    .executableTarget(
      name: "Peak", dependencies: ["CPeak", .product(name: "Tensors", package: "Myelin")],
      swiftSettings: [.swiftLanguageMode(.v6)]),
  ]
)
