import Plotting
import Testing

@Suite struct RichTextTests {
  @Test func plainText() {
    let runs = RichText("a b").runs
    #expect(runs.map(\.text) == ["a b"] && runs.allSatisfy { $0.scale == 1 && $0.rise == 0 })
    #expect(RichText("").isEmpty)
    #expect(RichText("costs \\$5").plain == "costs $5")
    #expect(RichText("5$ or so").plain == "5$ or so")
  }

  @Test func subscriptsAndSuperscripts() {
    let runs = RichText("$x_1^{23}$").runs
    #expect(runs.map(\.text) == ["x", "1", "23"])
    #expect(runs.map(\.isItalic) == [true, false, false])
    #expect(runs[1].rise < 0 && runs[2].rise > 0 && runs[1].scale < 1)
    #expect(RichText("$e^{x^2}$").runs.map(\.scale) == [1, 0.7, 0.5])
  }

  @Test func names() {
    #expect(RichText("$\\alpha - \\beta$").plain == "α − β")
    #expect(RichText("$y=-x+10^{-3}$").plain == "y = −x + 10−3")
    #expect(RichText("$\\hat{y}$").plain == "y\u{302}")
    #expect(RichText("$\\log x$").plain == "log x")
    #expect(RichText("$\\unknown$").plain == "\\unknown")
    #expect(RichText("$\\text{mean loss}_i$").plain == "mean lossi")
  }

  @Test func literalText() {
    for name in ["$x_1$", "a$b", "\\$", "\\alpha", ""] {
      #expect(RichText(literal(name)).plain == name)
    }
  }

  @Test func widths() {
    // DejaVu Sans: “i” is 0.278 of the size, “W” 0.989.
    #expect(RichText("iW").width(size: 1000) == 278 + 989)
    #expect(RichText("$W^W$").width(size: 100) > 98.9)
    #expect(RichText("WW").truncated(to: 15, size: 10).plain == "…")
    // “abc” and the ellipsis take 613 + 635 + 550 + 1000 thousandths.
    #expect(RichText("abcdef").truncated(to: 27.98, size: 10).plain == "abc…")
    #expect(RichText("abcdef").truncated(to: 27.97, size: 10).plain == "ab…")
    let long = String(repeating: "word ", count: 20_000)
    #expect(RichText(long).truncated(to: 100, size: 10).plain.count < 30)
    #expect(RichText("abcdef").truncated(to: 1000, size: 10).plain == "abcdef")
    #expect(RichText("漢").width(size: 10) == 10)
  }
}
