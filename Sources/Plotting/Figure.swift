public import Formats
import Tensors

/// A picture of one or several axes.
///
///     var figure = Figure(rows: 1, columns: 2, width: 8, height: 3)
///     figure[0, 0].line([1, 3, 2])
///     figure[0, 1].scatter([1, 2, 3], [1, 3, 2])
///     figure.title = "Twice the same"
///     try figure.write(to: "twice.svg")
///
/// A figure is a value; its SVG depends on nothing but that value, to the byte.
public struct Figure: Sendable {
  /// Which axes have the same limits; ticks between them are named once.
  ///
  ///     var figure = Figure(rows: 2, columns: 2)
  ///     figure.sharedY = Figure.Sharing.rows
  public enum Sharing: Hashable, Sendable, CaseIterable {
    /// None.
    case none
    /// Those in one row.
    case rows
    /// Those in one column.
    case columns
    /// All.
    case all
  }

  /// The title above all axes.
  public var title = ""
  /// The width in inches.
  ///
  /// A width or height below a quarter of an inch, or not finite, counts as a quarter; above 1,000 as
  /// 1,000.
  public var width: Double
  /// The height in inches.
  public var height: Double
  /// Pixels an inch; SVG has none, but says how large it wants to be shown.
  public var dotsPerInch = 100.0
  /// How wide the columns are in proportion to one another; alike if empty.
  public var columnWidths: [Double] = []
  /// How high the rows are in proportion to one another; alike if empty.
  public var rowHeights: [Double] = []
  /// Which axes have the same limits of x.
  public var sharedX = Sharing.none
  /// Which axes have the same limits of y.
  public var sharedY = Sharing.none
  /// How many axes there are from top to bottom.
  public let rows: Int
  /// How many axes there are from left to right.
  public let columns: Int

  var cells: [Axes]

  /// Makes a figure with empty axes.
  ///
  ///     let figure = Figure(rows: 2, columns: 3, width: 9, height: 6)
  ///     figure.rows  // 2
  ///
  /// - Parameters:
  ///   - rows: How many axes from top to bottom, 1 to 1,000.
  ///   - columns: How many axes from left to right, 1 to 1,000.
  ///   - width: In inches.
  ///   - height: In inches.
  /// - Precondition: There is at least one pair of axes, and at most 1,000 each way.
  /// - SeeAlso: matplotlib's `subplots`, whose default size it has.
  public init(rows: Int = 1, columns: Int = 1, width: Double = 6.4, height: Double = 4.8) {
    require(
      1...1000 ~= rows && 1...1000 ~= columns,
      "a figure has 1 to 1000 rows and columns, not \(rows) and \(columns)")
    self.rows = rows
    self.columns = columns
    self.width = width
    self.height = height
    cells = Array(repeating: Axes(), count: rows * columns)
  }

  /// The first axes: of a figure that has no others, the only ones.
  ///
  ///     var figure = Figure()
  ///     figure.axes.title = "One"
  ///     figure[0, 0].title  // One
  public var axes: Axes {
    get { cells[0] }
    _modify { yield &cells[0] }
  }

  /// The axes at a place.
  ///
  ///     var figure = Figure(rows: 2, columns: 2)
  ///     figure[1, 0].title = "lower left"
  ///
  /// - Parameters:
  ///   - row: From 0, at the top.
  ///   - column: From 0, at the left.
  /// - Precondition: They are there.
  public subscript(row: Int, column: Int) -> Axes {
    get { cells[place(row, column)] }
    _modify { yield &cells[place(row, column)] }
  }

  private func place(_ row: Int, _ column: Int) -> Int {
    require(
      0..<rows ~= row && 0..<columns ~= column,
      "the figure has \(rows) rows and \(columns) columns of axes; there are none at (\(row), \(column))"
    )
    return row * columns + column
  }

  /// The figure as SVG: whole, without script, font or file of its own.
  ///
  ///     var figure = Figure()
  ///     figure.axes.line([1, 2])
  ///     figure.svg() == figure.svg()  // true
  ///
  /// - Parameter theme: The colours.
  /// - Returns: An XML document.
  public func svg(theme: Theme = .light) -> String {
    String(decoding: FigureLayout(self).drawn(theme: theme).svg, as: UTF8.self)
  }

  /// Writes the figure to a file, beside its place first and then renamed.
  ///
  ///     try Figure().write(to: "empty.svg")
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - theme: The colours.
  /// - Throws: `FormatError` if it can't be written.
  public func write(to path: String, theme: Theme = .light) throws(FormatError) {
    let bytes = FigureLayout(self).drawn(theme: theme).svg
    try File.replace(path) { writer throws(FormatError) in try writer.append(bytes) }
  }
}
