import Formats
import Foundation
import TestSupport
import Testing

@testable import Plotting

@Suite struct RendererTests {
  private static let isInstalled = Renderer(in: Renderer.searchPath) != nil

  private func figure() -> Figure {
    var figure = Figure(width: 3, height: 2)
    figure.axes.line([1, 3, 2])
    return figure
  }

  /// A program with the name of a renderer that does what a script says; `folder` is its search path.
  private func renderer(
    _ script: String, named name: String = "rsvg-convert", in folder: TemporaryFolder
  ) throws -> Renderer {
    let program = try folder.file(name, "#!/bin/sh\n" + script)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    return try #require(Renderer(in: "/nowhere::\(folder.url.path)"))
  }

  @Test func lookupTakesExecutableFilesAlone() throws {
    let folder = try TemporaryFolder()
    #expect(Renderer(in: "") == nil)
    #expect(Renderer(in: folder.url.path) == nil)
    _ = try folder.file("rsvg-convert", "not executable")
    #expect(Renderer(in: folder.url.path) == nil)
    try FileManager.default.createDirectory(
      at: folder.url.appendingPathComponent("resvg"), withIntermediateDirectories: true)
    #expect(Renderer(in: folder.url.path) == nil)
    #expect(try renderer("", in: folder).kind == .rsvg)
  }

  @Test func messageNamesWhatToInstall() {
    let message = Renderer.missing(for: "a.png").description
    #expect(message.hasPrefix("a.png: PNG needs the program “rsvg-convert” or “resvg”"))
    #expect(message.contains("apt install librsvg2-bin"))
    #expect(message.contains("brew install librsvg"))
  }

  @Test func failureGivesTheFirstLine() throws {
    let folder = try TemporaryFolder()
    let failing = try renderer("echo 'no such font' >&2; echo more >&2; exit 3", in: folder)
    let error = #expect(throws: FormatError.self) {
      try failing.png(of: Array(figure().svg().utf8), width: 3, height: 2, for: "a.png")
    }
    #expect(error?.description == "a.png: “\(failing.program)” failed: “no such font”")
  }

  @Test(
    arguments: [
      ("exit 7", "failed with exit code 7"), ("kill -9 $$", "failed with signal 9"),
      ("exit 0", "ended without an error but made no PNG"),
    ])
  func silentFailureIsSaid(_ script: String, _ problem: String) throws {
    let folder = try TemporaryFolder()
    let failing = try renderer(script, named: "resvg", in: folder)
    let error = #expect(throws: FormatError.self) {
      try failing.png(of: [], width: 3, height: 2, for: "a.png")
    }
    #expect(error?.problem == "“\(failing.program)” \(problem)")
  }

  @Test func muchOutputBlocksNobody() throws {
    let folder = try TemporaryFolder()
    let failing = try renderer(
      "head -c 3000000 /dev/zero; head -c 3000000 /dev/zero >&2; exit 1", in: folder)
    #expect(throws: FormatError.self) {
      try failing.png(
        of: [UInt8](repeating: 32, count: 3_000_000), width: 3, height: 2, for: "a.png")
    }
  }

  /// The arguments reach the program as they are, and its file comes back.
  @Test(arguments: ["rsvg-convert", "resvg"])
  func argumentsAndResult(_ name: String) throws {
    let folder = try TemporaryFolder()
    let output = name == "resvg" ? "$6" : "$9"
    let input = name == "resvg" ? "$5" : "${10}"
    let fake = try renderer(
      "printf '\\211PNG\\r\\n\\032\\n' >\"\(output)\"; echo \"$@\" >>\"\(output)\"; cat \"\(input)\" >>\"\(output)\"\n",
      named: name, in: folder)
    let png = try fake.png(of: Array("<svg/>".utf8), width: 320, height: 200, for: "a.png")
    let text = String(decoding: png.dropFirst(8), as: UTF8.self)
    #expect(text.contains("--width 320 --height 200"))
    #expect(text.hasSuffix("<svg/>"))
  }

  @Test(.enabled(if: isInstalled, "no program that turns SVG to PNG is installed"))
  func pixelsAreInchesTimesDotsPerInch() throws {
    let folder = try TemporaryFolder()
    for dotsPerInch in [72.0, 100, 200] {
      var figure = figure()
      figure.dotsPerInch = dotsPerInch
      try figure.write(to: folder.path("a.PNG"))
      let png = try File.bytes(of: folder.path("a.PNG"))
      func number(_ offset: Int) -> Int {
        png[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
      }
      #expect(number(16) == Int(3 * dotsPerInch))
      #expect(number(20) == Int(2 * dotsPerInch))
    }
    #expect(folder.names == ["a.PNG"])
  }

  @Test func otherEndingsAreRefused() throws {
    let folder = try TemporaryFolder()
    for name in ["a.pdf", "png", "a", "a.html"] {
      let error = #expect(throws: FormatError.self) { try figure().write(to: folder.path(name)) }
      #expect(error?.problem == "a figure is written to a file that ends in .svg or .png")
    }
    try figure().write(to: folder.path("a.SVG"))
    #expect(folder.names == ["a.SVG"])
  }
}
