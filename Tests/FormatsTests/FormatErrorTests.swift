import Formats
import Testing

@Suite struct FormatErrorTests {
  @Test func description() {
    #expect(
      FormatError(.missingFile, file: "a.csv", problem: "is gone").description == "a.csv: is gone")
    #expect(
      FormatError(
        .malformedData, file: "a.csv", line: 7, column: 3, columnName: "x\n", problem: "is bad"
      ).description == "a.csv: line 7, column 3 (“x\\n”): is bad")
    #expect(
      FormatError(.malformedData, file: "a.bin", offset: 16, problem: "is bad").description
        == "a.bin: byte 16: is bad")
  }

  @Test func textIsShownShortAndHarmless() {
    #expect(quoted("a b") == "“a b”")
    #expect(quoted("tab\t line\n return\r") == "“tab\\t line\\n return\\r”")
    #expect(quoted("\u{1B}[31m\u{0}\u{7F}\u{202E}") == "“\\u{1b}[31m\\u{0}\\u{7f}\\u{202e}”")
    #expect(
      quoted(String(repeating: "x", count: 41)) == "“" + String(repeating: "x", count: 40) + "…”")
    #expect(
      quoted(String(repeating: "x", count: 40)) == "“" + String(repeating: "x", count: 40) + "”")
    // One character for Swift, but a million marks for the screen.
    #expect(quoted("e" + String(repeating: "\u{301}", count: 1_000_000)).unicodeScalars.count == 43)
    #expect(quotedList(["a", "b", "c"], limit: 2) == "“a”, “b” and 1 more")
    #expect(quotedList(["a", "b"], limit: 2) == "“a”, “b”")
  }
}
