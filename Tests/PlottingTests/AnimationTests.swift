import Formats
import TestSupport
import Testing

@testable import Plotting

@Suite struct AnimationTests {
  /// Frames that differ in what they have, not only in how it looks.
  static let examples: [String: [Figure]] = [
    "one frame": [figure { $0.line([1, 2, 3]) }],
    "equal frames": (0..<4).map { _ in figure { $0.line([1, 2, 3], label: "a") } },
    "a growing line": (0..<6).map { epoch in
      figure {
        $0.title = "epoch \(epoch) < 6 & \"more\""
        $0.x.limits = 0...6
        $0.y.limits = 0...1
        $0.band([0, 6], from: [0.2, 0.2], to: [0.4, 0.4])
        $0.line((0...epoch).map { 1 / Double($0 + 1) }, label: "loss")
        $0.scatter([1, 2, 3], [0.5, 0.6, 0.7], opacity: 0.5)
      }
    },
    "limits that move": (0..<5).map { step in
      figure { $0.scatter([0, step], [0, step * step], label: "to \(step)") }
    },
    "something and nothing": [
      figure { $0.line([1, 2]) }, figure { _ in }, figure { $0.line([Double.nan, .infinity]) },
      figure { $0.isBare = true }, figure { $0.line([1e308, -1e308]) },
    ],
    "marks in another order": (0..<3).map { turn in
      figure { axes in
        let colors: [Color] = [.red, .green, .blue]
        for index in 0..<3 {
          axes.line([index, 2 - index], color: colors[(index + turn) % 3])
        }
      }
    },
    "several axes": (0..<4).map { step in
      var figure = Figure(rows: 2, columns: 2)
      figure[0, 0].line([0, step])
      figure[1, 1].line([0, 1], label: step < 2 ? "early" : "late")
      figure.title = step % 2 == 0 ? "even" : "odd"
      return figure
    },
  ]

  private static func figure(_ change: (inout Axes) -> Void) -> Figure {
    var figure = Figure(width: 4, height: 3)
    change(&figure.axes)
    return figure
  }

  /// The lines that are seen while a frame is shown, without titles and the style of the animation.
  private func lines(of svg: String, frame: Int) -> [Substring] {
    var lines: [Substring] = []
    // Of the groups of runs that are open: whether the frame is among its frames. Of others: nil.
    var open: [Bool?] = []
    for line in svg.split(separator: "\n") {
      let isGroup = line.hasPrefix("<g ") && !line.hasSuffix("</g>")
      if isGroup, line.hasPrefix("<g class=\"m") {
        let name = line.split(separator: "\"")[1].split(separator: " ").last ?? ""
        let run = name.split(separator: "-").dropFirst().compactMap { Int($0) }
        open.append(run[0] <= frame && frame <= run[1])
        continue
      }
      if isGroup { open.append(nil) }
      if line == "</g>", let last = open.popLast(), last != nil { continue }
      let isSaid = line.hasPrefix("<title>") || line.hasPrefix("<style>.m")
      if !isSaid, !open.contains(false) { lines.append(line) }
    }
    return lines
  }

  @Test(arguments: examples.keys.sorted(), [Theme.light, .automatic])
  func eachFrameIsItsFigure(_ name: String, _ theme: Theme) throws {
    let frames = try #require(Self.examples[name])
    let svg = Animation(frames: frames, seconds: 1).svg(theme: theme)
    for (index, frame) in frames.enumerated() {
      let own = frame.svg(theme: theme).split(separator: "\n").filter { !$0.hasPrefix("<title>") }
      #expect(lines(of: svg, frame: index) == own, "frame \(index)")
    }
  }

  @Test(arguments: examples.keys.sorted())
  func atRestTheLastFrameIsSeen(_ name: String) throws {
    let frames = try #require(Self.examples[name])
    let svg = Animation(frames: frames, seconds: 1).svg()
    for line in svg.split(separator: "\n") where line.hasPrefix("<g class=\"m") {
      #expect(line.contains("visibility=\"hidden\"") != line.contains("-\(frames.count - 1)\""))
    }
  }

  @Test func whatFramesShareIsWrittenOnce() {
    let noise = (0..<2000).map { Double($0 * 7919 % 2003) }
    let frames = (0..<100).map { step in
      Self.figure {
        $0.scatter(noise, noise.reversed(), color: .blue, opacity: 0.5)
        $0.line([0, step], [0, 2000], color: .red)
        $0.x.limits = 0...2000
      }
    }
    let one = frames[0].svg().utf8.count
    let all = Animation(frames: frames, seconds: 1).svg().utf8.count
    #expect(one > 50_000)
    #expect(all < one + 100 * 500)
  }

  @Test func eachFrameHasItsTime() {
    let frames = (0..<3).map { index in Self.figure { $0.title = "\(index)" } }
    let svg = Animation(frames: frames, seconds: 1.5).svg()
    let rules = svg.split(separator: "\n").first { $0.hasPrefix("<style>") } ?? ""
    func has(_ run: String, _ states: String) -> Bool {
      rules.contains("-\(run){\(states)}@") || rules.contains("-\(run){\(states)}.")
    }
    #expect(has("0-0", "0%{visibility:visible}33.3333%{visibility:hidden}"))
    #expect(
      has(
        "1-1",
        "0%{visibility:hidden}33.3333%{visibility:visible}66.6667%{visibility:hidden}"))
    #expect(has("2-2", "0%{visibility:hidden}66.6667%{visibility:visible}"))
    #expect(rules.contains("{animation-duration:1.5s}"))
  }

  @Test(arguments: [(Double.nan, 0.1), (-1, 0.1), (0, 0.1), (2, 2), (.infinity, 86_400)])
  func secondsThatCount(_ seconds: Double, _ counted: Double) {
    #expect(Animation(frames: [Figure()], seconds: seconds).duration == counted)
  }

  @Test func sameFramesGiveTheSameBytes() throws {
    let frames = try #require(Self.examples["a growing line"])
    let animation = Animation(frames: frames, seconds: 1)
    #expect(animation.svg() == Animation(frames: frames, seconds: 1).svg())
    #expect(animation.html() == Animation(frames: frames, seconds: 1).html())
    #expect(animation.svg(theme: .dark) != animation.svg())
  }

  @Test func pageIsWholeAndEscaped() {
    let frames = [Self.figure { $0.title = "</title><b>" }, Self.figure { $0.line([1, 2]) }]
    let labels = ["</script><script>alert(1)</script>", "$x^2$ & \"b\"", "one too many"]
    let page = Animation(frames: frames, seconds: 1, labels: labels).html()
    #expect(page.contains("<li>&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;</li>"))
    #expect(page.contains("<li>x2 &amp; &quot;b&quot;</li>"))
    #expect(!page.contains("one too many"))
    #expect(page.ranges(of: "<script").count == 1)
    // Nothing from elsewhere, but for the name of SVG.
    let foreign = page.replacing("http://www.w3.org/2000/svg", with: "")
    for sign in ["://", "src=", "href", "url(", "@import", "fetch("] {
      #expect(!foreign.contains(sign), "\(sign)")
    }
    let unnamed = Animation(frames: frames, seconds: 1, labels: ["a"]).html()
    #expect(unnamed.contains("<li>a</li>\n<li>frame 2 of 2</li>"))
  }

  @Test func endingsSayWhatIsWritten() throws {
    let folder = try TemporaryFolder()
    let animation = Animation(frames: [Figure(), Figure()], seconds: 1)
    try animation.write(to: folder.path("a.svg"))
    try animation.write(to: folder.path("A.HTML"), theme: .dark)
    #expect(try File.bytes(of: folder.path("a.svg")) == Array(animation.svg().utf8))
    #expect(try File.bytes(of: folder.path("A.HTML")) == Array(animation.html(theme: .dark).utf8))
    for name in ["a.gif", "svg", "a.png", "a.svg/"] {
      let error = #expect(throws: FormatError.self) { try animation.write(to: name) }
      #expect(
        error?.description
          == "\(name): an animation is written to a file that ends in .svg or .html")
    }
    #expect(folder.names == ["A.HTML", "a.svg"])
  }

  @Test func mistakesStopTheProgram() async {
    await #expect(processExitsWith: .failure) { _ = Animation(frames: [], seconds: 1) }
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Animation(frames: [Figure(), Figure(width: 3, height: 2)], seconds: 1)
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("the first is 6.4 x 4.8 inches, and the one at index 1 is 3.0 x 2.0"))
  }

  @Test func longestRise() {
    func rise(_ numbers: [Int]) -> [Int] {
      SharedDrawing.longestRise(numbers).map { numbers[$0] }
    }
    #expect(rise([]) == [])
    #expect(rise([3, 2, 1]).count == 1)
    #expect(rise([5, 1, 6, 2, 3, 9, 4]) == [1, 2, 3, 4])
    #expect(rise(Array(0..<50)) == Array(0..<50))
  }
}
