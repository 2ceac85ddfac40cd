/// A figure with a place for everything.
///
/// The room that names and titles take depends on the ticks, these on the size of the areas, and that
/// on the room: so it is decided in a few rounds, and the last round's ticks are the ones drawn.
struct FigureLayout {
  private let figure: Figure
  /// In points.
  let size: (width: Double, height: Double)
  private var title = TextBlock.empty
  private var detail = Detail.all
  private var cells: [AxesLayout] = []
  /// The room of each area, and the area in its middle.
  private var places: [Box] = []
  private var boxes: [Box] = []
  private var legendsOutside: [Bool]

  init(_ figure: Figure) {
    self.figure = figure
    size = FigureLayout.size(of: figure)
    legendsOutside = figure.cells.map { $0.legend == .outside && !$0.legendKeys.isEmpty }
    settle()
  }

  /// The width and height of a figure in points.
  static func size(of figure: Figure) -> (width: Double, height: Double) {
    func points(_ inches: Double) -> Double {
      inches.isFinite ? (max(0.25, min(1000, inches)) * 72).rounded(to: 100) : 18
    }
    return (points(figure.width), points(figure.height))
  }

  /// Pixels a point.
  static func scale(of figure: Figure) -> Double {
    (figure.dotsPerInch.isFinite ? max(1, min(10_000, figure.dotsPerInch)) : 100) / 72
  }

  // MARK: Deciding

  /// Writes as much as leaves an area its least size.
  private mutating func settle() {
    let limits = sharedLimits()
    for detail in Detail.allCases.reversed() {
      self.detail = detail
      title =
        detail >= .titles
        ? TextBlock(
          figure.title, width: size.width - 2 * Spacing.figure, size: Spacing.figureTitleSize,
          isBold: true) : .empty
      if settle(limits) >= Spacing.leastArea { break }
    }
    for (index, place) in places.enumerated() { cells[index].fit(to: room(of: place)) }
  }

  /// Decides for one detail, and returns the least width or height of an area.
  private mutating func settle(
    _ limits: [(x: ClosedRange<Double>, y: ClosedRange<Double>)]
  ) -> Double {
    let count = (rows: Double(figure.rows), columns: Double(figure.columns))
    let (width, height) = (size.width / count.columns * 0.75, size.height / count.rows * 0.75)
    places = Array(
      repeating: Box(left: 0, top: 0, width: width, height: height), count: figure.cells.count)
    boxes = places
    let room = (
      width: (size.width - 2 * Spacing.figure) / count.columns * 0.95,
      height: (size.height - 2 * Spacing.figure - titleHeight) / count.rows * 0.95
    )
    for _ in 0..<4 {
      cells = figure.cells.indices.map { index in
        let (row, column) = index.quotientAndRemainder(dividingBy: figure.columns)
        return AxesLayout(
          figure.cells[index], x: limits[index].x, y: limits[index].y,
          width: boxes[index].width, height: boxes[index].height,
          place: self.room(of: places[index]), room: room,
          showsX: row == figure.rows - 1 || figure.sharedX == .none || figure.sharedX == .rows,
          showsY: column == 0 || figure.sharedY == .none || figure.sharedY == .columns,
          legendIsOutside: legendsOutside[index], detail: detail)
      }
      place()
    }
    return places.map { min($0.width, $0.height) }.min() ?? 0
  }

  /// How long texts beside a place may be: a little more than it, but less than to the next axes.
  private func room(of place: Box) -> (width: Double, height: Double) {
    (place.width + between.x / 2, place.height + between.y / 2)
  }

  private var titleHeight: Double {
    title.isEmpty ? 0 : title.height + Spacing.labelToTitle
  }

  /// What lies between the axes with all that is written around them.
  private var between: (x: Double, y: Double) {
    (
      min(Spacing.betweenAxes, size.width / Double(figure.columns) / 10),
      min(Spacing.betweenAxes, size.height / Double(figure.rows) / 10)
    )
  }

  /// Gives each area its place, and in that the box of its shape.
  private mutating func place() {
    func indices(row: Int) -> [Int] { (0..<figure.columns).map { row * figure.columns + $0 } }
    func indices(column: Int) -> [Int] { (0..<figure.rows).map { $0 * figure.columns + column } }
    func most(_ indices: [Int], _ side: KeyPath<Margins, Double>) -> Double {
      indices.map { cells[$0].margins[keyPath: side] }.max() ?? 0
    }
    let lefts = (0..<figure.columns).map { most(indices(column: $0), \.left) }
    let rights = (0..<figure.columns).map { most(indices(column: $0), \.right) }
    let tops = (0..<figure.rows).map { most(indices(row: $0), \.top) }
    let bottoms = (0..<figure.rows).map { most(indices(row: $0), \.bottom) }

    let gaps = 2 * Spacing.figure
    let widths = shares(
      figure.columnWidths, figure.columns,
      of: size.width - gaps - (lefts + rights).reduce(0, +) - between.x * Double(figure.columns - 1)
    )
    let heights = shares(
      figure.rowHeights, figure.rows,
      of: size.height - gaps - titleHeight - (tops + bottoms).reduce(0, +)
        - between.y * Double(figure.rows - 1))

    places = []
    var top = Spacing.figure + titleHeight
    for row in 0..<figure.rows {
      top += tops[row]
      var left = Spacing.figure
      for column in 0..<figure.columns {
        left += lefts[column]
        places.append(
          Box(left: left, top: top, width: widths[column], height: heights[row]))
        left += widths[column] + rights[column] + between.x
      }
      top += heights[row] + bottoms[row] + between.y
    }
    boxes = zip(places, cells).map { shaped($0, $1) }
  }

  /// Parts of a length by weights; each has at least a point.
  private func shares(_ weights: [Double], _ count: Int, of length: Double) -> [Double] {
    let weights = (0..<count).map { index in
      index < weights.count && weights[index].isFinite && weights[index] > 0 ? weights[index] : 1
    }
    // Of the largest first: the sum of very large weights would be infinite.
    let parts = weights.map { $0 / (weights.max() ?? 1) }
    let sum = parts.reduce(0, +)
    return parts.map { max(1, length * $0 / sum) }
  }

  /// The largest box of the right shape in the middle of a place.
  private func shaped(_ box: Box, _ cell: AxesLayout) -> Box {
    var ratio = cell.axes.aspect
    if cell.axes.isEqual, cell.axes.x.scale == .linear, cell.axes.y.scale == .linear {
      let (x, y) = (cell.xLimits, cell.yLimits)
      ratio = (y.upperBound / 2 - y.lowerBound / 2) / (x.upperBound / 2 - x.lowerBound / 2)
    }
    guard let ratio, ratio.isFinite, ratio > 0 else { return box }
    let width = max(1, min(box.width, box.height / ratio))
    let height = max(1, min(box.height, box.width * ratio))
    return Box(
      left: box.center.x - width / 2, top: box.center.y - height / 2, width: width, height: height)
  }

  /// The limits of all axes, those that are shared made one.
  private func sharedLimits() -> [(x: ClosedRange<Double>, y: ClosedRange<Double>)] {
    let indices = figure.cells.indices
    func joined(
      _ sharing: Figure.Sharing, _ axis: KeyPath<Axes, Axis>, _ extent: KeyPath<Axes, Extent>
    ) -> [ClosedRange<Double>] {
      /// The number of those that share with the axes.
      func group(_ index: Int) -> Int {
        switch sharing {
        case .none: index
        case .rows: index / figure.columns
        case .columns: index % figure.columns
        case .all: 0
        }
      }
      var unions: [Extent] = Array(repeating: Extent(), count: indices.count)
      // An axis with limits of its own lends them to those that it shares with.
      var given: [ClosedRange<Double>?] = Array(repeating: nil, count: indices.count)
      for index in indices {
        unions[group(index)].formUnion(figure.cells[index][keyPath: extent])
        given[group(index)] = given[group(index)] ?? figure.cells[index][keyPath: axis].limits
      }
      return indices.map { index in
        var own = figure.cells[index][keyPath: axis]
        own.limits = own.limits ?? given[group(index)]
        return own.resolvedLimits(for: unions[group(index)])
      }
    }
    let x = joined(figure.sharedX, \.x, \.horizontalExtent)
    let y = joined(figure.sharedY, \.y, \.verticalExtent)
    return indices.map { (x[$0], y[$0]) }
  }

  // MARK: Drawing

  /// Draws the figure; where no place inside of the axes is free for a legend, once more with the
  /// legend beside them.
  func drawn(theme: Theme) -> Canvas {
    var layout = self
    while true {
      var canvas = Canvas(theme: theme)
      let moved = layout.draw(on: &canvas)
      if moved.isEmpty { return canvas }
      for index in moved { layout.legendsOutside[index] = true }
      layout.settle()
    }
  }

  /// Draws, and returns the axes whose legend found no place.
  private func draw(on canvas: inout Canvas) -> [Int] {
    var homeless: [Int] = []
    begin(&canvas)
    for (index, cell) in cells.enumerated() {
      let box = boxes[index]
      let hasLegend = detail == .all && cell.axes.legend != .none && !legendsOutside[index]
      let keys = hasLegend ? cell.axes.legendKeys : []
      let legend = Legend(keys, room: max(box.height, 40), width: box.width * 0.6)
      var occupancy = legend == nil ? nil : Occupancy(box)
      cell.draw(on: &canvas, box: box, occupancy: &occupancy)
      if let legend, let occupancy {
        let place =
          cell.axes.legend == .automatic
          ? legend.freePlace(in: box, occupancy)
          : legend.place(cell.axes.legend, in: box, besides: canvas.texts)
        if let place {
          legend.draw(on: &canvas, left: place.left, top: place.top)
        } else {
          homeless.append(index)
        }
      }
    }
    canvas.write("</svg>\n")
    return homeless
  }

  private func begin(_ canvas: inout Canvas) {
    let scale = FigureLayout.scale(of: figure)
    canvas.write("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"")
    canvas.write(size.width * scale)
    canvas.write("\" height=\"")
    canvas.write(size.height * scale)
    canvas.write("\" viewBox=\"0 0 ")
    canvas.write(size.width)
    canvas.write(" ")
    canvas.write(size.height)
    canvas.write("\" role=\"img\" font-family=\"\(FontMetrics.family)\" font-size=\"10\">\n")
    let names = figure.names
    if !names.isEmpty {
      canvas.write("<title>")
      canvas.write(escaped: names)
      canvas.write("</title>\n")
    }
    if canvas.theme.followsViewer {
      let rules = Theme.dark.rules(in: "")
      canvas.write("<style>@media (prefers-color-scheme:dark){\(rules)}</style>\n")
    }
    canvas.rectangle(
      Box(left: 0, top: 0, width: size.width, height: size.height), fill: Fill(.background))
    title.draw(on: &canvas, top: Point(size.width / 2, Spacing.figure))
  }
}
