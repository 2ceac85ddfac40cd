public import Tensors

extension Figure {
  /// Makes a figure of several images in a grid, with a title over each.
  ///
  ///     let digits = Tensor<Float>(repeating: 0.5, shape: [6, 8, 8])
  ///     let figure = Figure.images(digits, titles: ["5", "0"], titleColors: [.green, .red])
  ///     figure.columns  // 6
  ///
  /// - Parameters:
  ///   - pixels: `[images, rows, columns]`, or `[images, rows, columns, 3]` as ``Axes/image`` takes it.
  ///   - titles: What stands over the images, from the first; nothing over those left.
  ///   - titleColors: The colours of the titles; the text's for those left.
  ///   - columns: How many images stand in a row; about as many as there are rows if nil.
  ///   - colorMap: The colours of numbers.
  ///   - limits: The numbers of the first and last colour; the least and the greatest of all images if
  ///     nil.
  /// - Returns: A figure that is as large as the grid needs, an inch for each image.
  /// - Precondition: The shape is one of the two, and there is at least one column.
  public static func images<Scalar: NumericScalar>(
    _ pixels: Tensor<Scalar>, titles: [String] = [], titleColors: [Color] = [],
    columns: Int? = nil, colorMap: ColorMap = .grays, limits: ClosedRange<Double>? = nil
  ) -> Figure {
    let shape = pixels.shape
    require(
      shape.rank == 3 || shape.rank == 4 && shape[3] == 3,
      "Invalid shape \(shape) for images: it must be [images, rows, columns] or [images, rows, columns, 3]"
    )
    let count = shape[0]
    require((columns ?? 1) > 0, "images need at least one column, not \(columns ?? 1)")
    let balanced = Int((Double(count) * 1.5).squareRoot().rounded(.up))
    let columnCount = max(1, min(columns ?? (count <= 6 ? count : balanced), count, 1000))
    let rowCount = max(1, (count + columnCount - 1) / columnCount)
    var ratio = Double(shape[1]) / Double(max(1, shape[2]))
    if ratio.isNaN || ratio == 0 { ratio = 1 }
    let titleHeight = titles.isEmpty ? 0.0 : 0.28
    var figure = Figure(
      rows: rowCount, columns: columnCount, width: 0.3 + 1.0 * Double(columnCount),
      height: 0.3 + (max(0.1, min(10, ratio)) + titleHeight) * Double(rowCount))
    let range =
      limits ?? (shape.rank == 3 ? ColorScale(colorMap, fitting: pixels.numbers).limits : nil)
    for index in figure.cells.indices {
      figure.cells[index].isBare = true
      guard index < count else { continue }
      figure.cells[index].image(pixels[index], colorMap: colorMap, limits: range)
      if index < titles.count { figure.cells[index].title = titles[index] }
      if index < titleColors.count { figure.cells[index].titleColor = titleColors[index] }
    }
    return figure
  }
}
