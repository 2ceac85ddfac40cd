@testable import Plotting

/// Numbers that drawings have gone wrong on: empty, one, equal, very large and small, not finite.
let oddSeries: [[Double]] = [
  [], [3], [0], [-2, -2, -2], [1e308, -1e308], [1e-308, 2e-308], [.leastNonzeroMagnitude, 0],
  [.nan, 1, .infinity, -.infinity, 2], [.nan], [.infinity], [1, 1 + 1e-16, 1 - 1e-16],
  [.greatestFiniteMagnitude, .greatestFiniteMagnitude], [-0.0, 1e300, 1e-300],
]

/// A frame of 100 by 100 points at (0, 0) whose axes go over the given limits.
func frame(
  x: ClosedRange<Double> = 0...10, y: ClosedRange<Double> = 0...10, xScale: Scale = .linear,
  yScale: Scale = .linear
) -> Frame {
  Frame(
    box: Box(left: 0, top: 0, width: 100, height: 100),
    x: AxisMap(scale: xScale, limits: x, start: 0, end: 100),
    y: AxisMap(scale: yScale, limits: y, start: 100, end: 0))
}

/// The marks of axes that `body` fills.
func marks<M: Mark>(_ type: M.Type = M.self, _ body: (inout Axes) -> Void) -> [M] {
  var figure = Figure()
  body(&figure.axes)
  return figure.axes.marks.compactMap { $0 as? M }
}

/// What a figure's canvas holds: its bytes and the boxes of its texts.
func drawn(_ figure: Figure) -> Canvas { FigureLayout(figure).drawn(theme: .light) }

/// What is wrong with a figure, large and linear and small and logarithmic: text on text or cut off, or
/// what isn't XML.
func problems(_ body: (inout Axes) -> Void) -> [String] {
  var found: [String] = []
  for (width, height, scale) in [(6.4, 4.8, Scale.linear), (3.0, 2.0, .logarithmic)] {
    var figure = Figure(width: width, height: height)
    figure.axes.y.scale = scale
    body(&figure.axes)
    let canvas = drawn(figure)
    if let fault = faultOfXML(canvas.svg) { found.append("\(scale): \(fault)") }
    let area = Box(left: 0, top: 0, width: width * 72, height: height * 72).expanded(by: 0.5)
    for (index, text) in canvas.texts.enumerated() {
      // The boxes have room for accents and for the widest font.
      let inner = text.expanded(by: -1.5)
      for other in canvas.texts[(index + 1)...] where inner.overlaps(other) {
        found.append("\(scale): text at \(text) on \(other)")
      }
      if text.left < area.left || text.right > area.right || text.top < area.top
        || text.bottom > area.bottom
      {
        found.append("\(scale): text at \(text) leaves the canvas")
      }
    }
  }
  return found
}

/// The first fault of bytes as XML: a tag that isn't closed, an attribute without quotes, a bare `&`.
func faultOfXML(_ bytes: [UInt8]) -> String? {
  var open: [ArraySlice<UInt8>] = []
  var start = 0
  while let end = bytes[start...].firstIndex(of: UInt8(ascii: ">")) {
    let part = bytes[start..<end]
    start = end + 1
    guard let begin = part.firstIndex(of: UInt8(ascii: "<")) else { return "a > without <" }
    if let fault = faultOfText(part[..<begin]) { return fault }
    let tag = part[(begin + 1)...]
    if tag.contains(UInt8(ascii: "<")) || tag.count(where: { $0 == UInt8(ascii: "\"") }) % 2 != 0 {
      return "<\(String(decoding: tag, as: UTF8.self))>"
    }
    if tag.first == UInt8(ascii: "/") {
      guard let last = open.popLast(), last == tag.dropFirst() else {
        return "an end without start"
      }
    } else if tag.last != UInt8(ascii: "/") {
      open.append(tag.prefix { $0 > UInt8(ascii: " ") })
    }
  }
  return open.isEmpty ? faultOfText(bytes[start...]) : "\(open.count) tags aren't closed"
}

private func faultOfText(_ text: ArraySlice<UInt8>) -> String? {
  guard text.contains(UInt8(ascii: "&")) else { return nil }
  let parts = String(decoding: text, as: UTF8.self).split(
    separator: "&", omittingEmptySubsequences: false)
  let bare = parts.dropFirst().first { part in
    !["amp;", "lt;", "gt;", "quot;"].contains(where: part.hasPrefix)
  }
  return bare.map { "a bare & before \($0.prefix(10))" }
}
