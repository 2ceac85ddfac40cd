public import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A table of numbers as a table of colours.
struct HeatMap: Mark {
  let rows: Int
  let columns: Int
  let values: [Double]
  let rowNames: [String]?
  let columnNames: [String]?
  let scale: ColorScale
  let showsNumbers: Bool
  let digits: Int?
  let showsBar: Bool

  /// More cells than this are pixels of an image.
  private static let mostRectangles = 2500

  private var image: ImageMark {
    ImageMark(rows: rows, columns: columns, pixels: .values(values, scale), barLabel: nil)
  }

  var horizontalExtent: Extent { image.horizontalExtent }
  var verticalExtent: Extent { image.verticalExtent }
  var layer: MarkLayer { .area }
  var coversArea: Bool { true }
  var colorScale: ColorScale? { showsBar ? scale : nil }
  var horizontalTicks: [Tick]? { columnNames.map(ticks) ?? wholeTicks(columns) }
  var verticalTicks: [Tick]? { rowNames.map(ticks) ?? wholeTicks(rows) }

  private func ticks(_ names: [String]) -> [Tick] {
    names.enumerated().map { Tick(Double($0), RichText($1)) }
  }

  func draw(on canvas: inout Canvas, in frame: Frame, color: Color) {
    guard rows * columns <= HeatMap.mostRectangles else {
      image.draw(on: &canvas, in: frame, color: color)
      return
    }
    let x = (0...columns).map { frame.x(Double($0) - 0.5) }
    let y = (0...rows).map { frame.y(Double($0) - 0.5) }
    var cells: [(box: Box, value: Double)] = []
    for row in 0..<rows {
      for column in 0..<columns {
        guard let a = x[column], let b = x[column + 1], let c = y[row], let d = y[row + 1] else {
          continue
        }
        let box = Box(left: min(a, b), top: min(c, d), right: max(a, b), bottom: max(c, d))
        cells.append((box, values[row * columns + column]))
      }
    }
    for (box, value) in cells {
      // Each reaches a little under its neighbours to the right and below, so that no seam shows.
      let right = box.right < frame.box.right - 0.01 ? box.right + 0.4 : box.right
      let bottom = box.bottom < frame.box.bottom - 0.01 ? box.bottom + 0.4 : box.bottom
      canvas.rectangle(
        Box(left: box.left, top: box.top, right: right, bottom: bottom), fill: Fill(scale[value]))
    }
    if showsNumbers { drawNumbers(cells, on: &canvas, frame) }
  }

  /// Writes the numbers in one size at which all of them fit, if it can be read.
  private func drawNumbers(
    _ cells: [(box: Box, value: Double)], on canvas: inout Canvas, _ frame: Frame
  ) {
    let named = cells.filter { !$0.value.isNaN }.map {
      ($0.box, RichText(text(of: $0.value)), $0.value)
    }
    var size = 10.0
    for (box, text, _) in named {
      size = min(size, 0.62 * box.height, 0.86 * box.width / max(0.1, text.width(size: 1)))
    }
    size = (size * 4).rounded(.down) / 4
    guard size >= 4.5 else { return }
    for (box, text, value) in named where frame.box.contains(box.center) {
      canvas.text(
        text, at: box.center,
        TextStyle(
          size: size, color: scale[value].contrasting, anchor: .middle, alignment: .middle))
    }
  }

  /// A number as its cell shows it.
  private func text(of value: Double) -> String {
    guard value.isFinite, abs(value) < 1e6 else { return shortLabel(value) }
    guard let digits else {
      return value == value.rounded() ? Tick.label(of: value) : shortLabel(value)
    }
    let places = max(0, min(9, digits))
    let scaled = (value * pow(10, Double(places))).rounded()
    return Tick.decimal(Int(scaled), exponent: -places, places: places)
  }
}

extension Axes {
  /// Adds a table of numbers as a table of colours, such as a confusion matrix.
  ///
  /// Row 0 is at the top, column 0 at the left; the middle of a cell lies at its (column, row). More
  /// than 2,500 cells are shown as ``image`` does it, without numbers.
  ///
  ///     var figure = Figure()
  ///     figure.axes.heatMap(
  ///       Tensor<Int>([[48, 2], [5, 45]]), rowNames: ["cat", "dog"], columnNames: ["cat", "dog"],
  ///       colorMap: .blues, showsNumbers: true)
  ///     figure.axes.x.label = "predicted"
  ///     figure.svg().contains(">48<")  // true
  ///
  /// - Parameters:
  ///   - values: `[rows, columns]`; NaN is gray and has no number.
  ///   - rowNames: What the rows are; their numbers from 0 if nil.
  ///   - columnNames: What the columns are; their numbers from 0 if nil.
  ///   - colorMap: The colours.
  ///   - limits: The numbers of the first and last colour; the least and the greatest if nil, which a
  ///     diverging map takes as far below the centre as above.
  ///   - center: The number of a diverging map's middle colour.
  ///   - showsNumbers: Whether the numbers stand in the cells, in black or white. They are smaller where
  ///     room is scarce, and left out where they couldn't be read.
  ///   - digits: How many digits follow the point; if nil, none for whole numbers, and three digits in
  ///     all for others.
  ///   - barLabel: What the numbers are, beside a colour bar; no colour bar if nil.
  /// - Precondition: `values` has two axes, and each row and column a name if there are names.
  /// - SeeAlso: seaborn's `heatmap`.
  public mutating func heatMap(
    _ values: Tensor<some NumericScalar>, rowNames: [String]? = nil, columnNames: [String]? = nil,
    colorMap: ColorMap = .viridis, limits: ClosedRange<Double>? = nil, center: Double = 0,
    showsNumbers: Bool = false, digits: Int? = nil, barLabel: String? = nil
  ) {
    let shape = values.shape
    require(shape.rank == 2, "a heat map shows values of shape [rows, columns], not \(shape)")
    require(
      (rowNames?.count ?? shape[0]) == shape[0],
      "\(rowNames?.count ?? 0) names for \(shape[0]) rows of a heat map")
    require(
      (columnNames?.count ?? shape[1]) == shape[1],
      "\(columnNames?.count ?? 0) names for \(shape[1]) columns of a heat map")
    let numbers = values.numbers
    var scale =
      limits.map { ColorScale(colorMap, limits: $0) }
      ?? ColorScale(colorMap, fitting: numbers, center: center)
    scale.label = barLabel ?? ""
    add(
      HeatMap(
        rows: shape[0], columns: shape[1], values: numbers, rowNames: rowNames,
        columnNames: columnNames, scale: scale, showsNumbers: showsNumbers, digits: digits,
        showsBar: barLabel != nil))
    y.isInverted = true
    spines = Set(Side.allCases)
  }
}
