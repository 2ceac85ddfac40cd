/// The box that explains what the labelled marks are.
struct Legend {
  private static let symbolWidth = 20.0
  private static let size = Spacing.legendSize
  private static let padding = 6.0
  private static let lineHeight = Spacing.lineHeight(size) * 1.12

  private let keys: [LegendKey]
  private let rows: Int
  private let columnWidth: Double

  /// Lays out a legend in as few columns as a height allows, at most four.
  ///
  /// Labels are cut to the width; of more keys than have room the last are left out, and said to be.
  init?(_ keys: [LegendKey], room: Double, width: Double) {
    guard !keys.isEmpty else { return nil }
    let perColumn = max(1, Int((room - 2 * Legend.padding) / Legend.lineHeight))
    var shown = keys
    if keys.count > 4 * perColumn {
      shown = Array(keys.prefix(4 * perColumn - 1))
      shown.append(LegendKey("… \(keys.count - shown.count) more"))
    }
    let columns = (shown.count + perColumn - 1) / perColumn
    rows = (shown.count + columns - 1) / columns
    let spare = Legend.symbolWidth + 2 * Legend.padding
    let textWidth = max(10, width / Double(columns) - spare)
    self.keys = shown.map { key in
      var key = key
      key.label = key.label.truncated(to: textWidth, size: Legend.size)
      return key
    }
    columnWidth = spare + (self.keys.map { $0.label.width(size: Legend.size) }.max() ?? 0)
  }

  var width: Double {
    Double((keys.count + rows - 1) / rows) * columnWidth + Legend.padding
  }
  var height: Double { Double(rows) * Legend.lineHeight + 2 * Legend.padding }

  /// The place in the area where the legend hides nothing, if there is one.
  func freePlace(in box: Box, _ occupancy: Occupancy) -> Box? {
    let places: [Axes.LegendPlace] = [.upperRight, .upperLeft, .lowerRight, .lowerLeft]
    let inner = box.expanded(by: -Spacing.legend)
    guard width <= inner.width, height <= inner.height else { return nil }
    let middle = (inner.left + inner.right - width) / 2
    let center = (inner.top + inner.bottom - height) / 2
    let more = [
      Point(inner.right - width, center), Point(inner.left, center), Point(middle, inner.top),
      Point(middle, inner.bottom - height),
    ].map { Box(left: $0.x, top: $0.y, width: width, height: height) }
    return (places.map { corner($0, in: inner) } + more)
      .first { occupancy.count(in: $0.expanded(by: 1)) == 0 }
  }

  /// The place that was asked for, if the legend fits there and covers no text.
  func place(_ place: Axes.LegendPlace, in box: Box, besides texts: [Box]) -> Box? {
    let inner = box.expanded(by: -Spacing.legend)
    let place = corner(place, in: inner)
    let fits = width <= inner.width && height <= inner.height
    return fits && !texts.contains(where: place.overlaps) ? place : nil
  }

  /// The box in a corner; the upper right one if `place` names none.
  private func corner(_ place: Axes.LegendPlace, in inner: Box) -> Box {
    let isLeft = place == .upperLeft || place == .lowerLeft
    let isLower = place == .lowerLeft || place == .lowerRight
    return Box(
      left: isLeft ? inner.left : inner.right - width,
      top: isLower ? inner.bottom - height : inner.top, width: width, height: height)
  }

  func draw(on canvas: inout Canvas, left: Double, top: Double) {
    canvas.rectangle(
      Box(left: left, top: top, width: width, height: height), radius: 3,
      fill: Fill(.background, opacity: 0.85), stroke: Stroke(Color(.grid), width: 0.8))
    for (index, key) in keys.enumerated() {
      let (column, row) = index.quotientAndRemainder(dividingBy: rows)
      let x = left + Legend.padding + Double(column) * columnWidth
      let y = top + Legend.padding + (Double(row) + 0.5) * Legend.lineHeight
      for symbol in key.symbols {
        switch symbol {
        case .line(let stroke):
          canvas.line([Point(x, y), Point(x + Legend.symbolWidth, y)], stroke: stroke)
        case .marker(let shape, let size, let fill, let edge):
          canvas.markers(
            [Point(x + Legend.symbolWidth / 2, y)], shape: shape, size: min(size, 9), fill: fill,
            edge: edge)
        case .patch(let fill, let stroke):
          canvas.rectangle(
            Box(left: x + 2, top: y - 3.5, width: Legend.symbolWidth - 4, height: 7), fill: fill,
            stroke: stroke)
        }
      }
      let style = TextStyle(size: Legend.size, alignment: .middle)
      canvas.text(key.label, at: Point(x + Legend.symbolWidth + Legend.padding, y), style)
    }
  }
}
