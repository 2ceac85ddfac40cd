/// How a line is drawn.
package struct Stroke: Sendable {
  package var color: Color
  /// In points.
  package var width: Double
  package var dash: Dash
  package var opacity: Double

  package init(_ color: Color, width: Double = 1, dash: Dash = .solid, opacity: Double = 1) {
    self.color = color
    self.width = width
    self.dash = dash
    self.opacity = opacity
  }
}

/// How an area is filled.
package struct Fill: Sendable {
  package var color: Color
  package var opacity: Double

  package init(_ color: Color, opacity: Double = 1) {
    self.color = color
    self.opacity = opacity
  }
}

/// Which part of a text stands at its place.
///
///     var figure = Figure()
///     figure.axes.text("here", x: 1, y: 1, anchor: TextAnchor.end)
///     figure.svg().contains("text-anchor=\"end\"")  // true
public enum TextAnchor: Hashable, Sendable, CaseIterable {
  /// Its start: the text stands right of the place.
  case start
  /// Its middle.
  case middle
  /// Its end: the text stands left of the place.
  case end
}

/// What of a text's height stands at its place.
///
///     var figure = Figure()
///     figure.axes.text("here", x: 1, y: 1, alignment: TextAlignment.top)
public enum TextAlignment: Hashable, Sendable, CaseIterable {
  /// Its top: the text stands below the place.
  case top
  /// The middle of its capital letters.
  case middle
  /// The line that its letters stand on.
  case base
  /// Its bottom: the text stands above the place.
  case bottom
}

/// How a text looks.
package struct TextStyle: Sendable {
  package var size = 10.0
  package var color = Color.text
  package var isBold = false
  package var anchor = TextAnchor.start
  package var alignment = TextAlignment.base
  /// Whether it reads upwards: turned by a quarter against the clock.
  package var isVertical = false
}

/// Writes an SVG, element by element.
///
/// Lengths are points. What is written depends on the calls alone, so the same figure gives the same
/// bytes. It knows where it put text (``texts``), and if asked to also what room is taken
/// (``occupancy``).
package struct Canvas {
  package private(set) var svg: [UInt8] = []
  /// The boxes of the texts so far.
  package private(set) var texts: [Box] = []
  /// The room that is taken, while it is of interest.
  package var occupancy: Occupancy?
  let theme: Theme

  package init(theme: Theme) { self.theme = theme }

  // MARK: Shapes

  /// A line through points, or around them if it is closed.
  package mutating func line(
    _ points: [Point], isClosed: Bool = false, fill: Fill? = nil, stroke: Stroke? = nil
  ) {
    lines([points], isClosed: isClosed, fill: fill, stroke: stroke)
  }

  /// Several lines as one shape: where two closed ones lie in each other, the inner one is a hole.
  package mutating func lines(
    _ lines: [[Point]], isClosed: Bool = false, fill: Fill? = nil, stroke: Stroke? = nil
  ) {
    guard lines.contains(where: { $0.count > 1 }) else { return }
    write("<path d=\"")
    for points in lines where points.count > 1 {
      occupancy?.mark(points, isClosed: isClosed, isFilled: fill != nil)
      var last = Point(0, 0)
      for (index, point) in points.enumerated() {
        last = index == 0 ? move(to: point) : draw(to: point, from: last)
      }
      if isClosed { write("z") }
    }
    write("\"")
    if fill != nil && lines.count > 1 { write(" fill-rule=\"evenodd\"") }
    paint(fill: fill, stroke: stroke)
    if stroke != nil { write(" stroke-linejoin=\"round\"") }
    write("/>\n")
  }

  /// A rectangle, with round corners if they have a radius.
  package mutating func rectangle(
    _ box: Box, radius: Double = 0, fill: Fill? = nil, stroke: Stroke? = nil
  ) {
    occupancy?.mark(box)
    write("<rect x=\"")
    write(box.left)
    attribute("y", box.top)
    attribute("width", box.right.rounded(to: 100) - box.left.rounded(to: 100))
    attribute("height", box.bottom.rounded(to: 100) - box.top.rounded(to: 100))
    if radius > 0 { attribute("rx", radius) }
    write("\"")
    paint(fill: fill, stroke: stroke)
    write("/>\n")
  }

  /// A circle.
  package mutating func circle(
    _ center: Point, radius: Double, fill: Fill? = nil, stroke: Stroke? = nil
  ) {
    occupancy?.mark(
      Box(left: center.x - radius, top: center.y - radius, width: 2 * radius, height: 2 * radius))
    write("<circle cx=\"")
    write(center.x)
    attribute("cy", center.y)
    attribute("r", radius)
    write("\"")
    paint(fill: fill, stroke: stroke)
    write("/>\n")
  }

  /// Many markers of one shape, size and colour.
  ///
  /// If they let through what lies behind them, or have an edge, each is a shape of its own; else all
  /// are one, which takes a third of the bytes and looks the same. More than 20,000 that aren't circles
  /// are one in any case, let through nothing of one another, and of those in one square point only the
  /// first is drawn.
  package mutating func markers(
    _ points: [Point], shape: Marker, size: Double, fill: Fill, edge: Stroke? = nil
  ) {
    guard !points.isEmpty else { return }
    let radius = size / 2
    for point in points {
      occupancy?.mark(
        Box(left: point.x - radius, top: point.y - radius, width: size, height: size))
    }
    // A circle or a square is a line without length with round or square ends.
    let isDot = edge == nil && (shape == .circle || shape == .square)
    let outline = shape.outline(radius: radius)
    let isMany = points.count > 20_000 && shape != .circle
    let isOne = edge == nil && fill.opacity >= 1 || isMany
    write("<g")
    if isDot {
      paint(fill: nil, stroke: Stroke(fill.color, width: size, opacity: fill.opacity))
      write(shape == .circle ? " stroke-linecap=\"round\"" : " stroke-linecap=\"square\"")
    } else if shape.isOpen {
      paint(
        fill: nil, stroke: Stroke(fill.color, width: max(1, size / 5), opacity: fill.opacity))
    } else {
      paint(fill: fill, stroke: edge)
    }
    write(">")
    if isOne { write("<path d=\"") }
    var seen: Set<Point> = []
    for point in points {
      if isMany, !seen.insert(Point(point.x.rounded(.down), point.y.rounded(.down))).inserted {
        continue
      }
      if !isOne, shape == .circle, !isDot {
        write("<circle cx=\"")
        write(point.x)
        attribute("cy", point.y)
        attribute("r", radius)
        write("\"/>")
        continue
      }
      if !isOne { write("<path d=\"") }
      if isDot {
        _ = move(to: point)
        // librsvg leaves out some squares without any length.
        write(shape == .circle ? "h0" : "h.01")
      } else {
        for part in outline {
          var last = Point(0, 0)
          for (index, offset) in part.enumerated() {
            let place = Point(point.x + offset.x, point.y + offset.y)
            last = index == 0 ? move(to: place) : draw(to: place, from: last)
          }
          if !shape.isOpen { write("z") }
        }
      }
      if !isOne { write("\"/>") }
    }
    if isOne { write("\"/>") }
    write("</g>\n")
  }

  // MARK: Text

  /// How far the base line of a text lies below its place, before turning.
  private static func drop(of text: RichText, _ style: TextStyle) -> Double {
    switch style.alignment {
    case .top: text.ascent(size: style.size)
    case .middle: FontMetrics.capitalHeight * style.size / 2
    case .base: 0
    case .bottom: -text.descent(size: style.size)
    }
  }

  /// The box that a line of text may fill.
  package static func box(of text: RichText, at place: Point, _ style: TextStyle) -> Box {
    let size = style.size
    let (ascent, descent) = (text.ascent(size: size), text.descent(size: size))
    let drop = drop(of: text, style)
    let width = text.width(size: size, isBold: style.isBold)
    let start =
      switch style.anchor {
      case .start: 0.0
      case .middle: -width / 2
      case .end: -width
      }
    return style.isVertical
      ? Box(
        left: place.x + drop - ascent, top: place.y - start - width,
        right: place.x + drop + descent, bottom: place.y - start)
      : Box(
        left: place.x + start, top: place.y + drop - ascent, right: place.x + start + width,
        bottom: place.y + drop + descent)
  }

  /// A line of text.
  ///
  /// - Returns: The box that it may fill.
  @discardableResult
  package mutating func text(_ text: RichText, at place: Point, _ style: TextStyle = TextStyle())
    -> Box
  {
    guard !text.isEmpty else { return Box(left: place.x, top: place.y, width: 0, height: 0) }
    let size = style.size
    let drop = Canvas.drop(of: text, style)
    let box = Canvas.box(of: text, at: place, style)
    texts.append(box)
    occupancy?.mark(box)

    write("<text x=\"")
    let base = style.isVertical ? Point(place.x + drop, place.y) : Point(place.x, place.y + drop)
    write(base.x)
    attribute("y", base.y)
    write("\"")
    if style.isVertical {
      write(" transform=\"rotate(-90 ")
      write(base.x)
      write(" ")
      write(base.y)
      write(")\"")
    }
    switch style.anchor {
    case .start: break
    case .middle: write(" text-anchor=\"middle\"")
    case .end: write(" text-anchor=\"end\"")
    }
    if size != 10 {
      write(" font-size=\"")
      write(size)
      write("\"")
    }
    if style.isBold { write(" font-weight=\"bold\"") }
    paint(fill: Fill(style.color), stroke: nil)
    write(">")
    var rise = 0.0
    for run in text.runs {
      if run.scale == 1, run.rise == 0, rise == 0, !run.isItalic {
        write(escaped: run.text)
        continue
      }
      write("<tspan")
      if run.rise != rise {
        write(" dy=\"")
        write((rise - run.rise) * size)
        write("\"")
        rise = run.rise
      }
      if run.scale != 1 {
        write(" font-size=\"")
        write(run.scale * size)
        write("\"")
      }
      if run.isItalic { write(" font-style=\"italic\"") }
      write(">")
      write(escaped: run.text)
      write("</tspan>")
    }
    write("</text>\n")
    return box
  }

  // MARK: Groups

  /// Draws with everything outside of `box` cut off.
  package mutating func clipped(to box: Box, _ body: (inout Canvas) -> Void) {
    // An inner picture cuts off what lies outside of it, and unlike a clip path needs no name that
    // another figure on the page might have.
    func edges(_ canvas: inout Canvas) {
      canvas.write(box.left)
      canvas.write(" ")
      canvas.write(box.top)
      canvas.write(" ")
      canvas.write(box.width)
      canvas.write(" ")
      canvas.write(box.height)
    }
    write("<svg x=\"")
    write(box.left)
    attribute("y", box.top)
    attribute("width", box.width)
    attribute("height", box.height)
    write("\" viewBox=\"")
    edges(&self)
    write("\" overflow=\"hidden\">\n")
    body(&self)
    write("</svg>\n")
  }

  /// Draws inside a group with attributes, written as they are: `id="a"`.
  package mutating func group(_ attributes: String, _ body: (inout Canvas) -> Void) {
    write("<g ")
    write(attributes)
    write(">\n")
    body(&self)
    write("</g>\n")
  }

  // MARK: Bytes

  /// Writes text as it is.
  package mutating func write(_ text: String) { svg.append(contentsOf: text.utf8) }

  /// Writes text with what XML has a meaning for escaped.
  package mutating func write(escaped text: String) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): write("&amp;")
      case UInt8(ascii: "<"): write("&lt;")
      case UInt8(ascii: ">"): write("&gt;")
      case UInt8(ascii: "\""): write("&quot;")
      default: svg.append(byte)
      }
    }
  }

  /// Writes a number to hundredths, as short as it can be.
  package mutating func write(_ value: Double) {
    write(hundredths: Canvas.hundredths(value))
  }

  private static func hundredths(_ value: Double) -> Int {
    // Nothing of a figure lies further out than this; NaN is the marks' to keep away.
    Int((max(-1e7, min(1e7, value.isNaN ? 0 : value)) * 100).rounded())
  }

  private mutating func write(hundredths: Int) {
    if hundredths < 0 { svg.append(UInt8(ascii: "-")) }
    let (whole, part) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
    if whole > 0 || part == 0 { write(digits: whole) }
    if part > 0 {
      svg.append(UInt8(ascii: "."))
      svg.append(UInt8(ascii: "0") + UInt8(part / 10))
      if part % 10 > 0 { svg.append(UInt8(ascii: "0") + UInt8(part % 10)) }
    }
  }

  private mutating func write(digits value: UInt) {
    if value >= 10 { write(digits: value / 10) }
    svg.append(UInt8(ascii: "0") + UInt8(value % 10))
  }

  private mutating func move(to point: Point) -> Point {
    write("M")
    write(point.x)
    if point.y >= 0 || Canvas.hundredths(point.y) == 0 { write(" ") }
    write(point.y)
    return Point(Double(Canvas.hundredths(point.x)), Double(Canvas.hundredths(point.y)))
  }

  /// A line to a point from `last` (in hundredths), as the difference, which is shorter.
  private mutating func draw(to point: Point, from last: Point) -> Point {
    let (x, y) = (Canvas.hundredths(point.x), Canvas.hundredths(point.y))
    let (dx, dy) = (x - Int(last.x), y - Int(last.y))
    if dy == 0 {
      write("h")
      write(hundredths: dx)
    } else if dx == 0 {
      write("v")
      write(hundredths: dy)
    } else {
      write("l")
      write(hundredths: dx)
      if dy > 0 { write(" ") }
      write(hundredths: dy)
    }
    return Point(Double(x), Double(y))
  }

  /// Ends the attribute before and begins another.
  private mutating func attribute(_ name: String, _ value: Double) {
    write("\" \(name)=\"")
    write(value)
  }

  private mutating func paint(fill: Fill?, stroke: Stroke?) {
    write(" fill=\"\(fill.map { theme.code($0.color) } ?? "none")\"")
    if let fill, fill.opacity < 1 {
      write(" fill-opacity=\"")
      write(fill.opacity)
      write("\"")
    }
    if let stroke {
      write(" stroke=\"\(theme.code(stroke.color))\"")
      if stroke.width != 1 {
        write(" stroke-width=\"")
        write(stroke.width)
        write("\"")
      }
      if stroke.opacity < 1 {
        write(" stroke-opacity=\"")
        write(stroke.opacity)
        write("\"")
      }
      if let pattern = stroke.dash.pattern(width: stroke.width) {
        write(" stroke-dasharray=\"")
        for (index, length) in pattern.enumerated() {
          if index > 0 { write(" ") }
          write(length)
        }
        write("\"")
      }
    }
    let classes = [
      fill?.color.className.map { "f" + $0 }, stroke?.color.className.map { "s" + $0 },
    ]
    .compactMap { $0 }
    if !classes.isEmpty { write(" class=\"\(classes.joined(separator: " "))\"") }
  }
}

extension Double {
  /// The nearest multiple of one part in `parts`.
  func rounded(to parts: Double) -> Double { (self * parts).rounded() / parts }
}
