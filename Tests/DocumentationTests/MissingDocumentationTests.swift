import DocumentationExamples
import Foundation
import Testing

/// Every public declaration of the libraries has a doc comment, and an example shows it.
@Suite struct MissingDocumentationTests {
  /// The folder of the libraries, in the checkout that the tests were built in.
  private static let sources = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Sources")

  @Test func nothingIsMissing() throws {
    let modules = try FileManager.default.contentsOfDirectory(atPath: Self.sources.path)
    for module in modules.sorted() {
      let missing = missingDocumentation(in: try files(of: module))
      #expect(missing.isEmpty, "\(missing.joined(separator: "\n"))")
    }
    let names = Declaration.visible(try files(of: "Tensors").flatMap(\.declarations)).map(\.name)
    #expect(names.contains("Tensor.matmul(_:)") && names.contains("Shape.matmul(_:_:)"))
  }

  private func files(of module: String) throws -> [SourceFile] {
    let root = Self.sources.appending(path: module)
    let paths = try FileManager.default.subpathsOfDirectory(atPath: root.path)
    return try paths.filter { $0.hasSuffix(".swift") }.sorted().map { path in
      let text = try String(contentsOf: root.appending(path: path), encoding: .utf8)
      return SourceFile(title: "\(module)/\(path)", text: text)
    }
  }

  @Test func publicDeclarationsAreFound() {
    let text = """
      /// A thing.
      public struct Thing<Scalar: FloatingScalar>: Sendable
      where Scalar: Comparable {
        public let size: Int
        var hidden = 1
        /// Makes one.
        @inlinable
        public init(_ size: Int, named name: String = ")", pair: (Int, b: Int)) {
          let local = 1
          public func inner() {}
        }
        public static func + (x: Thing, y: Thing) -> Thing { x }
        public func map<T>(_ body: (Int, Int) -> T) -> T {
        }
        public subscript(index: Int) -> Int { size }
        public subscript(dynamicMember name: String) -> Int { 0 }
        public private(set) var computed: Int { 1 }
        public enum Kind {
          case first
        }
      }
      extension Thing {
        func quiet() {}
        public static var zero: Thing { Thing(0) }
      }
      struct Secret {
        public func shown() {}
      }
      extension Secret {
        public func alsoShown() {}
      }
      public protocol Walker {
        func walk(to place: String)
      }
      public func free(
        _ a: Int,
        by b: [Int: Int]
      ) {}
      """
    let found = Declaration.visible(Declaration.all(in: text))
    #expect(
      found.map { "\($0.line) \($0.kind) \($0.name)" } == [
        "2 type Thing", "4 storedProperty Thing.size", "8 initializer Thing.init(_:named:pair:)",
        "12 function Thing.+(_:_:)", "13 function Thing.map(_:)",
        "15 subscript Thing.subscript(_:)",
        "16 subscript Thing.subscript(dynamicMember:)", "17 computedProperty Thing.computed",
        "18 type Thing.Kind", "19 other Thing.Kind.first", "24 staticProperty Thing.zero",
        "32 type Walker", "33 function Walker.walk(to:)", "35 function free(_:by:)",
      ])
    #expect(found.filter { $0.comment != nil }.map(\.line) == [2, 8])
  }

  @Test func missingExamplesAreFound() {
    let text = """
      /// A thing.
      ///
      ///     Thing(1).shown  // 1
      public struct Thing {
        /// Makes one.
        public init(_ size: Int) {}
        /// Makes another.
        public init(size: Int, of kind: Int) {}
        /// In the type's example.
        public var shown: Int { 1 }
        /// Nowhere.
        public var unshown: Int { 1 }
        public func bare() {}
        /// A sum.
        ///
        ///     Thing(1) + Thing(2)  // Thing
        public static func + (x: Thing, y: Thing) -> Thing { x }
        /// In the example above.
        public static func + (x: Thing, y: Int) -> Thing { x }
        /// Only the stored property is described.
        public var size = 1
      }
      extension Thing: CustomStringConvertible {
        public var description: String { "Thing" }
      }
      /// A walker.
      ///
      ///     walker.walk()
      public protocol Walker {
        /// Walks.
        func walk()
      }
      extension Thing: Walker {
        public func walk() {}
      }
      """
    #expect(
      missingDocumentation(in: [SourceFile(title: "Thing.swift", text: text)]) == [
        "Thing.swift:8: Thing.init(size:of:) has no example",
        "Thing.swift:12: Thing.unshown has no example",
        "Thing.swift:13: Thing.bare() has no comment",
      ])
  }
}
