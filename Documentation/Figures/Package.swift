// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "Figures",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "Myelin", path: "../..")],
  targets: [
    .executableTarget(
      name: "Pictures", dependencies: [.product(name: "Myelin", package: "Myelin")],
      swiftSettings: [.swiftLanguageMode(.v6)])
  ]
)
