/// Text at a place of the data, with an arrow from it to another if asked for.
struct Annotation: Mark {
  let lines: [String]
  let x: Double
  let y: Double
  let target: (x: Double, y: Double)?
  let style: TextStyle
  /// The colour of the arrow.
  let color: Color
  let width: Double

  var layer: MarkLayer { .annotation }
  private var hasPlace: Bool { x.isFinite && y.isFinite }
  var horizontalExtent: Extent { hasPlace ? Extent([x] + (target.map { [$0.x] } ?? [])) : Extent() }
  var verticalExtent: Extent { hasPlace ? Extent([y] + (target.map { [$0.y] } ?? [])) : Extent() }

  func draw(on canvas: inout Canvas, in frame: Frame, color: Color) {
    guard let place = frame.point(x, y), frame.box.expanded(by: 0.5).contains(place) else { return }
    let box = drawText(on: &canvas, at: place, in: frame)
    guard let target, let tip = frame.point(target.x, target.y) else { return }
    drawArrow(on: &canvas, from: place, to: tip, around: box)
  }

  /// Writes the lines below one another, moved inside of the area and away from other text.
  private func drawText(on canvas: inout Canvas, at place: Point, in frame: Frame) -> Box? {
    let room = frame.box.expanded(by: -3)
    guard !lines.isEmpty, room.width > 0, room.height > 0 else { return nil }
    let texts = lines.map { RichText($0).truncated(to: room.width, size: style.size) }
    let lineHeight = Spacing.lineHeight(style.size)
    // The first line's place, such that the whole stands as one line would.
    let more = Double(texts.count - 1) * lineHeight
    var first = place
    switch style.alignment {
    case .top, .base: break
    case .middle: first.y -= more / 2
    case .bottom: first.y -= more
    }
    var boxes: [Box] = []
    for (index, text) in texts.enumerated() where !text.isEmpty {
      boxes.append(
        Canvas.box(
          of: text, at: Point(first.x, first.y + Double(index) * lineHeight), style))
    }
    guard var whole = boxes.first else { return nil }
    for box in boxes { whole = whole.union(box) }
    let move = Annotation.move(whole, into: room, awayFrom: canvas.texts)
    for (index, text) in texts.enumerated() {
      canvas.text(
        text, at: Point(first.x + move.x, first.y + move.y + Double(index) * lineHeight), style)
    }
    return whole.moved(by: move)
  }

  /// How far to move a box so that it lies in a room and hides nothing, if a free place is near.
  static func move(_ box: Box, into room: Box, awayFrom others: [Box]) -> Point {
    func inside(_ box: Box) -> Point {
      Point(
        box.left < room.left ? room.left - box.left : min(0, room.right - box.right),
        box.top < room.top ? room.top - box.top : min(0, room.bottom - box.bottom))
    }
    let near = others.filter { $0.overlaps(box.expanded(by: 4 * box.height)) }
    let first = inside(box)
    for step in [0.0, -0.5, 0.5, -1, 1, -1.5, 1.5, -2, 2, -3, 3] {
      let shift = Point(first.x, first.y + step * box.height)
      let moved = box.moved(by: shift)
      let back = inside(moved)
      guard back.x == 0, back.y == 0 || step == 0 else { continue }
      if !near.contains(where: moved.overlaps) { return shift }
    }
    return first
  }

  /// Draws an arrow that begins outside of the text and ends a little before the tip.
  private func drawArrow(on canvas: inout Canvas, from start: Point, to tip: Point, around box: Box?)
  {
    var start = start
    if let box {
      start = box.center
      let rim = box.expanded(by: 2)
      if rim.contains(tip) { return }
      if let (_, end) = rim.clipping(start, tip) { start = end }
    }
    let (dx, dy) = (tip.x - start.x, tip.y - start.y)
    let length = (dx * dx + dy * dy).squareRoot()
    guard length > 1 else { return }
    let (ux, uy) = (dx / length, dy / length)
    let head = min(length, 4 + 2.5 * width)
    let half = head * 0.38
    let neck = Point(tip.x - ux * head, tip.y - uy * head)
    canvas.line(
      [start, Point(tip.x - ux * head * 0.8, tip.y - uy * head * 0.8)],
      stroke: Stroke(color, width: width))
    canvas.line(
      [
        tip, Point(neck.x - uy * half, neck.y + ux * half),
        Point(neck.x + uy * half, neck.y - ux * half),
      ], isClosed: true, fill: Fill(color))
  }
}

extension Box {
  func moved(by move: Point) -> Box {
    Box(left: left + move.x, top: top + move.y, right: right + move.x, bottom: bottom + move.y)
  }
}

extension Axes {
  /// Writes text at a place of the data.
  ///
  ///     var figure = Figure()
  ///     figure.axes.line([3, 1, 2])
  ///     figure.axes.text("lowest", x: 1, y: 1, alignment: .top)
  ///     figure.svg().contains("lowest")  // true
  ///
  /// Text that would be cut off is moved inside of the area, and text that would lie on other text of
  /// the area is moved up or down if there is room near; it is cut if it is wider than the area.
  ///
  /// - Parameters:
  ///   - text: The text; lines may be broken, and it may hold simple mathematics (``title``).
  ///   - x: Where it stands; the axes reach there, and if their limits don't, it isn't shown.
  ///   - y: The same upwards.
  ///   - size: Of the letters in points, from 1 to 1,000.
  ///   - color: Of the letters.
  ///   - anchor: Which part of the text stands at `x`.
  ///   - alignment: What of its height stands at `y`.
  ///   - isBold: Whether the letters are bold.
  /// - SeeAlso: matplotlib's `text`, which may be cut off.
  public mutating func text(
    _ text: String, x: Double, y: Double, size: Double = 9, color: Color = .text,
    anchor: TextAnchor = .middle, alignment: TextAlignment = .middle, isBold: Bool = false
  ) {
    var style = TextStyle(size: size.isFinite ? max(1, min(1000, size)) : 9, color: color)
    style.anchor = anchor
    style.alignment = alignment
    style.isBold = isBold
    add(
      Annotation(
        lines: annotationLines(text), x: x, y: y, target: nil, style: style, color: color, width: 1)
    )
  }

  /// Draws an arrow from one place of the data to another, with text at its beginning.
  ///
  ///     var figure = Figure()
  ///     figure.axes.line([3, 1, 2])
  ///     figure.axes.arrow(from: (1.2, 2.5), to: (1, 1), text: "lowest")
  ///     figure.svg().contains("lowest")  // true
  ///
  /// - Parameters:
  ///   - start: Where the text stands, or the arrow begins if there is none. The axes reach to both
  ///     places; if their limits don't reach the first, nothing is shown.
  ///   - end: Where the arrow points.
  ///   - text: The text in the middle of which the arrow begins; moved as by ``text``.
  ///   - color: Of the arrow.
  ///   - textColor: Of the letters.
  ///   - size: Of the letters in points, from 1 to 1,000.
  ///   - width: Of the arrow's line, in points.
  /// - SeeAlso: matplotlib's `annotate`.
  public mutating func arrow(
    from start: (x: Double, y: Double), to end: (x: Double, y: Double), text: String = "",
    color: Color = .text, textColor: Color = .text, size: Double = 9, width: Double = 1
  ) {
    var style = TextStyle(size: size.isFinite ? max(1, min(1000, size)) : 9, color: textColor)
    style.anchor = .middle
    style.alignment = .middle
    add(
      Annotation(
        lines: annotationLines(text), x: start.x, y: start.y, target: end, style: style,
        color: color, width: width.isFinite ? max(0, min(100, width)) : 1))
  }
}

private func annotationLines(_ text: String) -> [String] {
  text.isEmpty ? [] : text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
}
