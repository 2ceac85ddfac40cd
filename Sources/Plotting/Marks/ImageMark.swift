public import Tensors

/// Pixels, each a square of one colour, with the middle of the first at (0, 0).
struct ImageMark: Mark {
  /// What the pixels are.
  enum Pixels: Sendable {
    /// Numbers and their colours.
    case values([Double], ColorScale)
    /// Red, green and blue of each.
    case colors([UInt8])
  }

  let rows: Int
  let columns: Int
  let pixels: Pixels
  let barLabel: String?

  var horizontalExtent: Extent { Extent([], edges: edges(columns)) }
  var verticalExtent: Extent { Extent([], edges: edges(rows)) }
  var layer: MarkLayer { .area }
  var coversArea: Bool { true }
  var horizontalTicks: [Tick]? { wholeTicks(columns) }
  var verticalTicks: [Tick]? { wholeTicks(rows) }

  var colorScale: ColorScale? {
    guard let barLabel, case .values(_, var scale) = pixels else { return nil }
    scale.label = barLabel
    return scale
  }

  private func edges(_ count: Int) -> [Double] { count > 0 ? [-0.5, Double(count) - 0.5] : [] }

  func draw(on canvas: inout Canvas, in frame: Frame, color: Color) {
    guard rows > 0, columns > 0,
      let left = frame.x(-0.5), let right = frame.x(Double(columns) - 0.5),
      let top = frame.y(-0.5), let bottom = frame.y(Double(rows) - 0.5)
    else { return }
    // Only what can be seen, in the order in which it is seen.
    let shown = (
      rows: visible(rows, from: top, to: bottom, in: frame.box.top...frame.box.bottom),
      columns: visible(columns, from: left, to: right, in: frame.box.left...frame.box.right)
    )
    guard !shown.rows.isEmpty, !shown.columns.isEmpty else { return }
    func edge(_ index: Int, _ count: Int, _ start: Double, _ end: Double) -> Double {
      start + Double(index) / Double(count) * (end - start)
    }
    let x = [shown.columns.lowerBound, shown.columns.upperBound].map {
      edge($0, columns, left, right)
    }
    let y = [shown.rows.lowerBound, shown.rows.upperBound].map { edge($0, rows, top, bottom) }
    let part = raster(rows: shown.rows, columns: shown.columns, theme: canvas.theme)
    let isFlipped = (rows: bottom < top, columns: right < left)
    let raster =
      isFlipped.rows || isFlipped.columns
      ? part.taking(
        rows: isFlipped.rows ? (0..<part.rows).reversed() : Array(0..<part.rows),
        columns: isFlipped.columns ? (0..<part.columns).reversed() : Array(0..<part.columns))
      : part
    canvas.image(
      raster,
      in: Box(
        left: min(x[0], x[1]), top: min(y[0], y[1]), right: max(x[0], x[1]),
        bottom: max(y[0], y[1])))
  }

  /// The pixels of which a part lies within limits.
  private func visible(
    _ count: Int, from start: Double, to end: Double, in limits: ClosedRange<Double>
  ) -> Range<Int> {
    let size = (end - start) / Double(count)
    guard size != 0 else { return 0..<0 }
    let places = [(limits.lowerBound - start) / size, (limits.upperBound - start) / size]
    let low = max(0, min(Double(count), min(places[0], places[1]).rounded(.down)))
    let high = max(low, min(Double(count), max(places[0], places[1]).rounded(.up)))
    return Int(low)..<Int(high)
  }

  /// The colours of some pixels; of more than a million, or of a longer side than 4,000, the means of
  /// blocks.
  func raster(rows: Range<Int>, columns: Range<Int>, theme: Theme) -> Raster {
    func blocks(_ count: Int, _ block: Int) -> Int { (count + block - 1) / block }
    var block = (rows: blocks(rows.count, 4000), columns: blocks(columns.count, 4000))
    var size = (rows: blocks(rows.count, block.rows), columns: blocks(columns.count, block.columns))
    while size.rows * size.columns > 1_000_000 {
      block = (block.rows + 1, block.columns + 1)
      size = (blocks(rows.count, block.rows), blocks(columns.count, block.columns))
    }
    /// The index of each pixel of a block.
    func forEach(row: Int, column: Int, _ body: (Int) -> Void) {
      for y
        in (rows.lowerBound + row * block.rows)..<min(
          rows.upperBound, rows.lowerBound + (row + 1) * block.rows)
      {
        for x
          in (columns.lowerBound + column * block.columns)..<min(
            columns.upperBound, columns.lowerBound + (column + 1) * block.columns)
        {
          body(y * self.columns + x)
        }
      }
    }
    switch pixels {
    case .colors(let colors):
      var bytes: [UInt8] = []
      bytes.reserveCapacity(3 * size.rows * size.columns)
      for row in 0..<size.rows {
        for column in 0..<size.columns {
          var sums = (red: 0, green: 0, blue: 0, count: 0)
          forEach(row: row, column: column) { index in
            sums.red += Int(colors[3 * index])
            sums.green += Int(colors[3 * index + 1])
            sums.blue += Int(colors[3 * index + 2])
            sums.count += 1
          }
          for sum in [sums.red, sums.green, sums.blue] {
            bytes.append(UInt8((2 * sum + sums.count) / (2 * sums.count)))
          }
        }
      }
      return Raster(rows: size.rows, columns: size.columns, bytes: bytes)
    case .values(let values, let scale):
      // A palette takes a third of the bytes. Its last colour is for what isn't a number, if any.
      let shades = values.contains(where: \.isNaN) ? 255 : 256
      let low = scale.limits.lowerBound / 2
      let span = scale.limits.upperBound / 2 - low
      var bytes: [UInt8] = []
      bytes.reserveCapacity(size.rows * size.columns)
      for row in 0..<size.rows {
        for column in 0..<size.columns {
          var (sum, count) = (0.0, 0.0)
          forEach(row: row, column: column) { index in
            let value = values[index]
            if value.isNaN { return }
            let part = span > 0 ? (value / 2 - low) / span : 0.5
            sum += max(0, min(1, part))
            count += 1
          }
          bytes.append(
            count > 0 ? UInt8((sum / count * Double(shades - 1)).rounded()) : UInt8(shades))
        }
      }
      let colors =
        (0..<shades).map { scale.map[Double($0) / Double(shades - 1)] }
        + [.muted].prefix(256 - shades)
      let palette = colors.flatMap { color in
        let (red, green, blue) = theme.bytes(of: color)
        return [red, green, blue]
      }
      return Raster(rows: size.rows, columns: size.columns, bytes: bytes, palette: palette)
    }
  }
}

/// Ticks at the numbers of rows or columns; round ones if there are many.
func wholeTicks(_ count: Int) -> [Tick] {
  if count <= 12 { return (0..<max(0, count)).map { Tick(Double($0), String($0)) } }
  return Tick.round(in: 0...Double(count - 1), scale: .linear, atMost: 8)
    .filter { $0.value == $0.value.rounded() }
}

extension Axes {
  /// Adds an image: numbers as shades, or red, green and blue.
  ///
  /// The middle of the pixel in row 0 and column 0 lies at (0, 0), the row below has y = 1: so y grows
  /// downwards, and pixels are squares, unless told otherwise afterwards (`y.isInverted`, ``isEqual``).
  /// Pixels aren't blurred. Of more than a million the means of blocks are shown.
  ///
  ///     var figure = Figure()
  ///     figure.axes.image(Tensor<Float>([[0, 0.5], [0.5, 1]]))
  ///     figure.svg().contains("data:image/png")  // true
  ///
  /// - Parameters:
  ///   - pixels: `[rows, columns]`, or `[rows, columns, 3]` for red, green and blue from 0 to 1, or of
  ///     a type of whole numbers from 0 to 255. NaN is gray among shades, and 0 among colours.
  ///   - colorMap: The colours of numbers, in 256 steps.
  ///   - limits: The numbers of the first and last colour; the least and the greatest if nil.
  ///   - barLabel: What the numbers are, beside a colour bar; no colour bar if nil.
  /// - Precondition: The shape is one of the two.
  /// - SeeAlso: matplotlib's `imshow(pixels, interpolation="nearest")`.
  public mutating func image<Scalar: NumericScalar>(
    _ pixels: Tensor<Scalar>, colorMap: ColorMap = .grays, limits: ClosedRange<Double>? = nil,
    barLabel: String? = nil
  ) {
    let shape = pixels.shape
    require(
      shape.rank == 2 || shape.rank == 3 && shape[2] == 3,
      "Invalid shape \(shape) for image data: it must be [rows, columns] or [rows, columns, 3]")
    let numbers = pixels.numbers
    let content: ImageMark.Pixels
    if shape.rank == 2 {
      let scale =
        limits.map { ColorScale(colorMap, limits: $0) } ?? ColorScale(colorMap, fitting: numbers)
      content = .values(numbers, scale)
    } else {
      let unit = Scalar.self is any BinaryInteger.Type ? 1.0 : 255.0
      content = .colors(
        numbers.map { UInt8(max(0, min(255, $0.isNaN ? 0 : $0 * unit)).rounded()) })
    }
    add(ImageMark(rows: shape[0], columns: shape[1], pixels: content, barLabel: barLabel))
    y.isInverted = true
    isEqual = true
    spines = Set(Side.allCases)
  }
}
