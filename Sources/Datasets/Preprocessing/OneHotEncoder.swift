public import Tensors

/// Makes a column of zeros and ones for each category of each column of whole numbers.
///
///     let encoder = try OneHotEncoder(fitting: [[0, 3], [1, 5], [0, 5]])
///     encoder.categories                   // [[0, 1], [3, 5]]
///     try encoder.transform([[1, 3]])      // [[0. 1. 1. 0.]]
///     try encoder.inverseTransform(Tensor<Float>([[0, 1, 1, 0]]))  // [[1 3]]
///     try OneHotEncoder(fitting: [[0, 3], [1, 5]], dropping: .first).transform([[1, 3]])
///     // [[1. 0.]]
///
/// For labels of one column see also `Tensor.oneHot(_:classes:)` and ``LabelEncoder``.
/// - SeeAlso: scikit-learn's `OneHotEncoder(sparse_output=False)`.
public struct OneHotEncoder: Sendable {
  /// Which categories get no column, as the others tell them.
  ///
  ///     let dropping = OneHotEncoder.Dropping.ifBinary
  ///     let encoder = try OneHotEncoder(fitting: [[0, 3], [1, 4], [1, 5]], dropping: dropping)
  ///     try encoder.transform([[1, 4]])  // [[1. 0. 1. 0.]]
  ///
  public enum Dropping: Sendable, Hashable {
    /// None.
    case none
    /// The least category of each column.
    case first
    /// The lesser category of each column that has two.
    case ifBinary
  }

  /// The different numbers of each column, ascending.
  public let categories: [[Int]]
  /// Which categories get no column.
  public let dropping: Dropping
  private let encoders: [LabelEncoder<Int>]

  /// Makes an encoder of the numbers that occur.
  ///
  /// - Parameters:
  ///   - rows: `[count, columns]`, at least one row.
  ///   - dropping: Which categories get no column.
  /// - Throws: `DatasetError` if the shape is another or there is no row.
  public init(fitting rows: Tensor<Int>, dropping: Dropping = .none) throws(DatasetError) {
    guard rows.rank == 2, rows.shape[0] > 0 else {
      throw DatasetError(
        "a one-hot encoder is fitted on rows of the shape (count, columns), not \(rows.shape)")
    }
    let (width, numbers) = (rows.shape[1], rows.scalars)
    encoders = (0..<width).map { column in
      LabelEncoder(fitting: stride(from: column, to: numbers.count, by: width).map { numbers[$0] })
    }
    categories = encoders.map(\.classes)
    self.dropping = dropping
  }

  /// How many categories of a column get none.
  private func droppedCount(_ column: Int) -> Int {
    switch dropping {
    case .none: 0
    case .first: 1
    case .ifBinary: categories[column].count == 2 ? 1 : 0
    }
  }

  /// How many columns each column gets.
  private var widths: [Int] {
    categories.indices.map { categories[$0].count - droppedCount($0) }
  }

  /// Returns a one in the column of each number's category and zeros elsewhere.
  ///
  /// - Parameters:
  ///   - rows: `[count, columns]`, of numbers that the encoder was fitted on.
  ///   - scalar: The type of the zeros and ones.
  /// - Returns: `[count, categories]`, the categories of the first column first.
  /// - Throws: `DatasetError` if the columns are not as many, a number is none of its column's
  ///   categories, or the result is too large.
  public func transform<Scalar: FloatingScalar>(
    _ rows: Tensor<Int>, as scalar: Scalar.Type = Float.self
  ) throws(DatasetError) -> Tensor<Scalar> {
    guard rows.rank == 2, rows.shape[1] == categories.count else {
      throw DatasetError(
        "the rows have the shape \(rows.shape), not (count, \(categories.count))")
    }
    let count = rows.shape[0]
    var starts: [Int] = []
    var width = 0
    for part in widths {
      starts.append(width)
      width += part
    }
    try Limits.require(table: count, by: width, "one-hot rows")
    var result = [Scalar](repeating: 0, count: count * width)
    for (position, value) in rows.scalars.enumerated() {
      let (row, column) = position.quotientAndRemainder(dividingBy: categories.count)
      guard let number = encoders[column].number(of: value) else {
        throw DatasetError(
          "\(value) in row \(row) is none of the \(categories[column].count) categories of column "
            + "\(column)")
      }
      let place = number - droppedCount(column)
      if place >= 0 { result[row * width + starts[column] + place] = 1 }
    }
    return Tensor(result, shape: [count, width])
  }

  /// Returns the numbers whose categories are marked.
  ///
  /// - Parameter marks: `[count, categories]`, of which the greatest of a column's categories counts;
  ///   if none is above 0, the dropped category.
  /// - Returns: `[count, columns]`.
  /// - Throws: `DatasetError` if the shape is another, or a row marks no category of a column that
  ///   drops none.
  public func inverseTransform<Scalar: FloatingScalar>(
    _ marks: Tensor<Scalar>
  ) throws(DatasetError) -> Tensor<Int> {
    let widths = widths
    let width = widths.reduce(0, +)
    guard marks.rank == 2, marks.shape[1] == width else {
      throw DatasetError("the marks have the shape \(marks.shape), not (rows, \(width))")
    }
    let (count, scalars) = (marks.shape[0], marks.scalars)
    var result: [Int] = []
    result.reserveCapacity(count * categories.count)
    for row in 0..<count {
      var start = row * width
      for (column, width) in widths.enumerated() {
        let part = scalars[start..<start + width]
        start += width
        let greatest = part.indices.max { part[$0] < part[$1] }
        if let greatest, part[greatest] > 0 {
          result.append(categories[column][greatest - part.startIndex + droppedCount(column)])
        } else if droppedCount(column) > 0 {
          result.append(categories[column][0])
        } else {
          throw DatasetError("row \(row) marks no category of column \(column)")
        }
      }
    }
    return Tensor(result, shape: [count, categories.count])
  }
}
