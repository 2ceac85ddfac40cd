import DocumentationExamples
import Testing

/// What is taken for an example, and what is made of it.
@Suite struct ExtractionTests {
  private func statements(_ comment: String) -> [Statement] {
    let text = comment.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "///" : "/// \($0)" }.joined(separator: "\n")
    return Declaration.all(in: text + "\npublic func f() {}").first?.comment?.statements ?? []
  }

  @Test func resultsStandBehindAndUnderAnExpression() {
    let comment = """
      Summary.

          let x = [1, 2]  // no result
          x.first         // a
          x.rows          // [[1
                          //  [2
          // And this is the third line.

          // A remark.
          x.last
          // b
          x[0] = 5        // a remark
          x == [5]        // true
          "a // b"        // c // d
      """
    #expect(
      statements(comment) == [
        Statement(code: ["let x = [1, 2]"], line: 3),
        Statement(code: ["x.first"], line: 4, result: "a"),
        Statement(code: ["x.rows"], line: 5, result: "[[1\n [2\nAnd this is the third line."),
        Statement(code: ["x.last"], line: 10, result: "b"),
        Statement(code: ["x[0] = 5"], line: 12),
        Statement(code: ["x == [5]"], line: 13, result: "true"),
        Statement(code: ["\"a // b\""], line: 14, result: "c // d"),
      ])
  }

  @Test func stepsGoOnWhileBracketsAreOpen() {
    let comment = """
          let f = { (x: Int) in
            x + 1  // inside
          }
          f(
            2)  // 3
          [1, 2]
            .map { $0 }  // [1, 2]
      """
    #expect(
      statements(comment) == [
        Statement(code: ["let f = { (x: Int) in", "  x + 1", "}"], line: 1),
        Statement(code: ["f(", "  2)"], line: 4, result: "3"),
        Statement(code: ["[1, 2]", "  .map { $0 }"], line: 6, result: "[1, 2]"),
      ])
  }

  @Test func textThatIsIndentedIsNoExample() {
    let comment = """
      A paragraph that goes on
          with an indentation.

          code  // 1

      - Parameters:
        - x: An item that goes on
          in the next line.

          and has a second paragraph.
      """
    #expect(statements(comment) == [Statement(code: ["code"], line: 4, result: "1")])
  }

  @Test func testFileHoldsTheExamplesOfWhatCodeCanReach() {
    let source = """
      /// One.
      ///
      ///     one()             // 1
      ///     try two("x.npy")  // throws “no \\"file\\"”
      public func one() {}
      /// Hidden.
      ///
      ///     hidden()  // 1
      private func hidden() {}
      """
    let file = testFile(
      for: source, path: "/sources/One.swift", title: "Things/One.swift", modules: ["Things"])
    #expect(file.contains("import Things\n"))
    #expect(
      file.contains("#sourceLocation(file: \"-sources-One.swift\", line: 3)\nexpect(one(), \"1\")"))
    #expect(
      file.contains(
        "expectThrows(try two(folder.path(\"x.npy\")), \"“no \\\\\\\"file\\\\\\\"”\")"))
    #expect(!file.contains("hidden"))
    #expect(
      testFile(for: "", path: "/a.swift", title: "A.swift", modules: [])
        == "// No examples in A.swift.\n")
  }

  @Test func anEllipsisStandsForAnything() {
    #expect(matches("abc", "abc") && !matches("abc", "abd"))
    #expect(matches("abc", "a…") && matches("abc", "…c") && matches("abc", "a…c"))
    #expect(matches("abcd", "a…b…d") && !matches("abcd", "a…c…b…d") && !matches("ab", "ab…b"))
    #expect(matches("0.37454", "0.374…") && !matches("0.38", "0.374…"))
  }
}
