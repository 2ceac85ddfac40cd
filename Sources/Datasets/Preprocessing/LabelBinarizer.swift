public import Tensors

/// Makes a column of marks for each class: which rows are of it.
///
/// Two classes need one column, which marks the second; a single class has a column without marks.
///
///     let binarizer = try LabelBinarizer(fitting: [3, 1, 7])
///     binarizer.classes               // [1, 3, 7]
///     try binarizer.transform([3, 1, 9])  // [[0 1 0]
///                                         //  [1 0 0]
///                                         //  [0 0 0]]
///     try binarizer.inverseTransform(Tensor<Double>([[0.2, 0.1, 0.7]]))  // [7]
///
/// - SeeAlso: scikit-learn's `LabelBinarizer`, which also takes tables of marks as they are.
public struct LabelBinarizer<Label: Hashable & Comparable & Sendable>: Sendable {
  private let encoder: LabelEncoder<Label>
  /// What stands in the columns of other classes.
  public let negative: Int
  /// What stands in the column of the class.
  public let positive: Int

  /// The different labels, ascending.
  public var classes: [Label] { encoder.classes }

  /// Makes a binarizer of the labels that occur.
  ///
  ///     let signs = try LabelBinarizer(fitting: ["no", "yes"], negative: -1, positive: 1)
  ///     try signs.transform(["yes", "no"])  // [[ 1]
  ///                                         //  [-1]]
  ///
  /// - Parameters:
  ///   - labels: At least one.
  ///   - negative: The mark of other classes.
  ///   - positive: The mark of the class, greater than `negative`.
  /// - Throws: `DatasetError` if there is no label, or `negative` isn't less than `positive`.
  public init(
    fitting labels: [Label], negative: Int = 0, positive: Int = 1
  ) throws(DatasetError) {
    guard !labels.isEmpty else {
      throw DatasetError("a label binarizer needs at least one label to be fitted")
    }
    guard negative < positive else {
      throw DatasetError(
        "the mark of other classes is \(negative), not less than \(positive), that of the class")
    }
    encoder = LabelEncoder(fitting: labels)
    self.negative = negative
    self.positive = positive
  }

  /// The number of columns.
  private var width: Int { classes.count == 2 ? 1 : classes.count }

  /// Returns the marks of labels.
  ///
  /// - Parameter labels: Any labels; those of no class are marked nowhere.
  /// - Returns: `[labels.count, classes.count]`, or `[labels.count, 1]` for two classes.
  /// - Throws: `DatasetError` if there are too many marks.
  public func transform(_ labels: [Label]) throws(DatasetError) -> Tensor<Int> {
    try Limits.require(table: labels.count, by: width, "the marks")
    var marks = [Int](repeating: negative, count: labels.count * width)
    for (row, label) in labels.enumerated() {
      guard let number = encoder.number(of: label) else { continue }
      switch classes.count {
      case 1: break
      case 2: marks[row] = number == 1 ? positive : negative
      default: marks[row * width + number] = positive
      }
    }
    return Tensor(marks, shape: [labels.count, width])
  }

  /// Returns the label of each row of marks, or of a classifier's scores.
  ///
  /// - Parameters:
  ///   - marks: `[rows, classes.count]`, of which the greatest in a row counts, the first if several
  ///     are equal; or `[rows, 1]` for two classes, where those above `threshold` are of the second.
  ///   - threshold: `nil` means the middle between ``negative`` and ``positive``.
  /// - Returns: As many labels as rows.
  /// - Throws: `DatasetError` if the shape is another.
  public func inverseTransform<Scalar: NumericScalar>(
    _ marks: Tensor<Scalar>, threshold: Double? = nil
  ) throws(DatasetError) -> [Label] {
    guard marks.rank == 2, marks.shape[1] == width else {
      throw DatasetError("the marks have the shape \(marks.shape), not (rows, \(width))")
    }
    let numbers = Tensor<Double>(marks)
    if classes.count > 2 { return numbers.argMax(axis: 1).scalars.map { classes[$0] } }
    let middle = (Double(negative) + Double(positive)) / 2
    return numbers.scalars.map {
      classes.count == 2 && $0 > threshold ?? middle ? classes[1] : classes[0]
    }
  }
}
