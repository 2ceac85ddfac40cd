/// Numbers the classes of labels in their order: 0 for the least, and so on.
///
///     let encoder = LabelEncoder(fitting: ["cat", "ant", "cat", "dog"])
///     encoder.classes                               // ["ant", "cat", "dog"]
///     try encoder.transform(["dog", "ant"])         // [2, 0]
///     try encoder.inverseTransform([2, 0])          // ["dog", "ant"]
///     try encoder.transform(["cow"])
///     // throws the label “cow” is none of the 3 classes that the encoder was fitted on
///
/// - SeeAlso: scikit-learn's `LabelEncoder`.
public struct LabelEncoder<Label: Hashable & Comparable & Sendable>: Sendable {
  /// The different labels, ascending.
  public let classes: [Label]
  private let numbers: [Label: Int]

  /// Makes an encoder of the labels that occur.
  ///
  /// - Parameter labels: Any number of labels.
  public init(fitting labels: [Label]) {
    let classes = Set(labels).sorted()
    self.classes = classes
    numbers = Dictionary(
      zip(classes, classes.indices), uniquingKeysWith: { first, _ in first })
  }

  /// The number of a label's class; `nil` if it is none of the classes.
  func number(of label: Label) -> Int? { numbers[label] }

  /// Returns the number of each label's class.
  ///
  /// - Parameter labels: Labels of those that the encoder was fitted on.
  /// - Returns: As many numbers, each a position in ``classes``.
  /// - Throws: `DatasetError` if a label is none of the classes.
  public func transform(_ labels: [Label]) throws(DatasetError) -> [Int] {
    var result: [Int] = []
    result.reserveCapacity(labels.count)
    for label in labels {
      guard let number = numbers[label] else {
        throw DatasetError(
          "the label “\(label)” is none of the \(classes.count) classes that the encoder was "
            + "fitted on")
      }
      result.append(number)
    }
    return result
  }

  /// Returns the labels of the classes of these numbers.
  ///
  /// - Parameter numbers: Positions in ``classes``.
  /// - Returns: As many labels.
  /// - Throws: `DatasetError` if a number is out of range.
  public func inverseTransform(_ numbers: [Int]) throws(DatasetError) -> [Label] {
    var result: [Label] = []
    result.reserveCapacity(numbers.count)
    for number in numbers {
      guard classes.indices.contains(number) else {
        throw DatasetError("there is no class \(number) among \(classes.count)")
      }
      result.append(classes[number])
    }
    return result
  }
}
