public import Formats
import Tensors

/// Figures shown one after the other, over and over.
///
///     let frames = (1...10).map { epoch in
///       var figure = Figure(width: 4, height: 3)
///       figure.axes.x.limits = 0...10
///       figure.axes.y.limits = 0...1
///       figure.axes.line((0...epoch).map { 1 / Double($0 + 1) }, label: "loss")
///       return figure
///     }
///     let animation = Animation(
///       frames: frames, seconds: 2, labels: (1...10).map { "epoch \($0)" })
///     try animation.write(to: "loss.svg")
///     try animation.write(to: "loss.html")
///
/// What all frames have in common is written once, and what several in a row have in common once for
/// these: give the axes limits (``Axis/limits``), so that they stand still. To hold a frame, repeat it;
/// that costs next to nothing.
public struct Animation: Sendable {
  /// The pictures in order.
  public let frames: [Figure]
  /// How long it takes to show all frames, each as long as any other.
  ///
  /// Less than a tenth of a second, or not a number, counts as a tenth; more than a day as a day.
  public var seconds: Double
  /// What the frames are called beside the slider of ``html(theme:)``.
  ///
  /// A frame without a label is called by its number; labels without a frame don't count.
  public var labels: [String]

  /// Makes an animation of figures.
  ///
  ///     let animation = Animation(frames: [Figure(), Figure()], seconds: 1)
  ///     animation.frames.count  // 2
  ///
  /// - Parameters:
  ///   - frames: One or more, of one width and height; the first one's pixels an inch count.
  ///   - seconds: How long it takes to show all of them.
  ///   - labels: What they are called, such as "epoch 1"; their numbers if empty.
  /// - Precondition: There is a frame, and all are as wide and high as the first.
  /// - SeeAlso: matplotlib's `ArtistAnimation`.
  public init(frames: [Figure], seconds: Double, labels: [String] = []) {
    require(!frames.isEmpty, "an animation needs a frame or more, not 0")
    for (index, frame) in frames.enumerated() {
      require(
        FigureLayout.size(of: frame) == FigureLayout.size(of: frames[0]),
        "the frames of an animation must have one size, but the first is \(frames[0].width) x"
          + " \(frames[0].height) inches, and the one at index \(index) is \(frame.width) x"
          + " \(frame.height)")
    }
    self.frames = frames
    self.seconds = seconds
    self.labels = labels
  }

  /// The animation as SVG that plays by itself, without script.
  ///
  /// Who asks for less motion, or looks at it in a program that knows no animation, sees the last frame.
  ///
  ///     let animation = Animation(frames: [Figure(), Figure()], seconds: 1)
  ///     animation.svg().contains("<script")  // false
  ///     animation.svg() == animation.svg()   // true
  ///
  /// - Parameter theme: The colours.
  /// - Returns: An XML document.
  public func svg(theme: Theme = .light) -> String {
    String(decoding: svgBytes(theme: theme), as: UTF8.self)
  }

  private func svgBytes(theme: Theme) -> [UInt8] {
    let drawing = SharedDrawing(frames, theme: theme)
    // Several animations may stand on one page, where names of styles are common to all.
    let name = "m" + String(drawing.checksum, radix: 36)
    var output = drawing.head
    let runs = drawing.runs
    if !runs.isEmpty {
      output += "<style>.\(name){animation:0s step-end infinite}".utf8
      for run in runs { output += keyframes("\(name)-\(run.first)-\(run.last)", run).utf8 }
      // Whoever doesn't see it move sees what the attributes below say: the last frame.
      output += "@media (prefers-reduced-motion:no-preference){".utf8
      output += ".\(name){animation-duration:\(decimal(duration))s}".utf8
      for run in runs {
        let rule = "\(name)-\(run.first)-\(run.last)"
        output += ".\(rule){animation-name:\(rule)}".utf8
      }
      output += "}</style>\n".utf8
    }
    drawing.write(to: &output) { run in
      let visibility = run.last == frames.count - 1 ? "" : " visibility=\"hidden\""
      return "<g class=\"\(name) \(name)-\(run.first)-\(run.last)\"\(visibility)>\n"
    }
    output += "</svg>\n".utf8
    return output
  }

  /// When a run of frames is seen; each state lasts until the next.
  private func keyframes(_ name: String, _ run: SharedDrawing.Run) -> String {
    func percent(_ frame: Int) -> String {
      decimal(Double(frame) * 100 / Double(frames.count)) + "%"
    }
    var rule = "@keyframes \(name){"
    if run.first > 0 { rule += "0%{visibility:hidden}" }
    rule += percent(run.first) + "{visibility:visible}"
    if run.last < frames.count - 1 { rule += percent(run.last + 1) + "{visibility:hidden}" }
    return rule + "}"
  }

  /// The animation as a page with a button to play and pause, a slider, and the name of the frame.
  ///
  /// The page is whole: it asks for no other file and no network. It plays at once, except for those who
  /// ask for less motion. The button and the slider work by keyboard; the space bar plays and pauses.
  /// Without scripts the page shows the last frame.
  ///
  ///     let animation = Animation(frames: [Figure(), Figure()], seconds: 1, labels: ["a", "b"])
  ///     animation.html().contains("<li>b</li>")  // true
  ///
  /// - Parameter theme: The colours; unless told otherwise, light or dark as the viewer prefers.
  /// - Returns: An HTML document.
  public func html(theme: Theme = .automatic) -> String {
    String(decoding: AnimationPage(self, theme: theme).bytes, as: UTF8.self)
  }

  /// Writes the animation to a file, beside its place first and then renamed.
  ///
  ///     let animation = Animation(frames: [Figure(), Figure()], seconds: 1)
  ///     try animation.write(to: "both.html")
  ///     try animation.write(to: "both.gif")  // throws both.gif: … .svg or .html
  ///
  /// - Parameters:
  ///   - path: The file. Its ending says what it becomes: `.svg` or `.html`.
  ///   - theme: The colours; if nil, those that ``svg(theme:)`` or ``html(theme:)`` has unless told
  ///     otherwise.
  /// - Throws: `FormatError` if the ending is another one, or the file can't be written.
  public func write(to path: String, theme: Theme? = nil) throws(FormatError) {
    let bytes =
      switch try FileEnding(of: path, among: [.svg, .html], what: "an animation") {
      case .html: AnimationPage(self, theme: theme ?? .automatic).bytes
      default: svgBytes(theme: theme ?? .light)
      }
    try File.replace(path) { writer throws(FormatError) in try writer.append(bytes) }
  }

  /// The seconds that count.
  var duration: Double { seconds.isNaN ? 0.1 : max(0.1, min(86_400, seconds)) }

  /// What a frame is called.
  func label(_ index: Int) -> String {
    index < labels.count ? labels[index] : "frame \(index + 1) of \(frames.count)"
  }
}

/// A number above 0 to four decimals, as short as it can be.
func decimal(_ value: Double) -> String {
  let (whole, part) = Int((value * 10_000).rounded()).quotientAndRemainder(dividingBy: 10_000)
  if part == 0 { return "\(whole)" }
  var digits = String(part + 10_000).dropFirst()
  while digits.last == "0" { digits.removeLast() }
  return "\(whole).\(digits)"
}
