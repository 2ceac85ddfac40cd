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

  /// Writes the lines below one another, in the first size that finds a place, and returns the box.
  private func drawText(on canvas: inout Canvas, at place: Point, in frame: Frame) -> Box? {
    let room = frame.box.expanded(by: -3)
    guard !lines.isEmpty, room.width > 0 else { return nil }
    for part in [1, 0.8] {
      var style = style
      style.size *= part
      let lineHeight = Spacing.lineHeight(style.size)
      let count = min(lines.count, max(0, Int(min(10_000, room.height / lineHeight))))
      let texts = lines.prefix(count).map {
        RichText($0).truncated(to: room.width, size: style.size)
      }
      // The first line's place, such that the whole stands as one line would.
      let more = Double(texts.count - 1) * lineHeight
      var first = place
      switch style.alignment {
      case .top, .base: break
      case .middle: first.y -= more / 2
      case .bottom: first.y -= more
      }
      let places = texts.indices.map { Point(first.x, first.y + Double($0) * lineHeight) }
      let boxes = zip(texts, places).filter { !$0.0.isEmpty }
        .map { Canvas.box(of: $0, at: $1, style) }
      guard let any = boxes.first else { continue }
      let whole = boxes.reduce(any) { $0.union($1) }
      guard
        let move = Annotation.move(
          whole, into: room, awayFrom: canvas.texts, lineHeight: lineHeight)
      else { continue }
      for (text, place) in zip(texts, places) {
        canvas.text(text, at: Point(place.x + move.x, place.y + move.y), style)
      }
      return whole.moved(by: move)
    }
    return nil
  }

  /// How far to move a box so that it lies in a room and covers no other; nil if there is no place near.
  static func move(_ box: Box, into room: Box, awayFrom others: [Box], lineHeight: Double)
    -> Point?
  {
    func inside(_ box: Box) -> Point {
      Point(
        box.left < room.left ? room.left - box.left : min(0, room.right - box.right),
        box.top < room.top ? room.top - box.top : min(0, room.bottom - box.bottom))
    }
    let first = inside(box)
    let start = box.moved(by: first)
    // Where text is that crowded, moving a little helps no one.
    let (reach, crowd) = (6 * lineHeight, 300)
    let near = others.filter { $0.overlaps(start.expanded(by: reach + box.width)) }.prefix(
      crowd + 1)
    let rows = near.count <= crowd ? -12...12 : 0...0
    let shifts = rows.flatMap { row in
      [0, -0.5, 0.5, -1, 1].map { Point($0 * box.width, Double(row) * (lineHeight / 2 + 0.01)) }
    }
    // To the side counts less than up or down.
    let nearest = shifts.enumerated().sorted { a, b in
      let (x, y) = (
        abs(a.element.x) / 2 + abs(a.element.y), abs(b.element.x) / 2 + abs(b.element.y)
      )
      return (x, a.offset) < (y, b.offset)
    }
    for (_, shift) in nearest {
      let moved = start.moved(by: shift)
      if inside(moved) == Point(0, 0), !near.contains(where: moved.overlaps) {
        return Point(first.x + shift.x, first.y + shift.y)
      }
    }
    return nil
  }

  /// Draws an arrow that begins outside of the text and ends a little before the tip.
  private func drawArrow(
    on canvas: inout Canvas, from start: Point, to tip: Point, around box: Box?
  ) {
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
  /// Text that would be cut off is moved inside of the area, and text that would lie on other text is
  /// moved a little or made a little smaller; it isn't shown where that isn't enough, and it ends in
  /// an ellipsis if it is wider than the area.
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
