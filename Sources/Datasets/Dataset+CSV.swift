public import Formats
public import Tensors

/// What the target column of a file holds.
///
///     let rows = CSV.Table<Float>(numbers: [[1, 10], [2, 20]], names: ["area", "price"])
///     try rows.write(to: "houses.csv")
///     try Dataset(csv: "houses.csv", targets: CSVTargets.numbers).targets  // [[10.]
///                                                                          //  [20.]]
///     try Dataset(csv: "houses.csv", targets: .classes).classNames ?? []   // ["10", "20"]
public enum CSVTargets: Sendable, Hashable {
  /// Labels, whole numbers or words; the classes are those that occur, in the order of their
  /// numbers or of the alphabet.
  case classes
  /// Labels of these classes and no others.
  case knownClasses([String])
  /// Numbers to predict.
  case numbers
}

extension Dataset where Scalar == Float {
  /// Reads a CSV file into `Float`: columns of features, and one of targets.
  ///
  ///     let table = CSV.Table<Float>(
  ///       numbers: [[1, 10], [2, 20]], names: ["a", "b"], text: [("kind", ["x", "y"])])
  ///     try table.write(to: "rows.csv")
  ///     let data = try Dataset(csv: "rows.csv", target: "kind")
  ///     data.features          // [[ 1. 10.]
  ///                            //  [ 2. 20.]]
  ///     data.classNames ?? []  // ["x", "y"]
  ///
  /// See the initializer of the same parameters for any scalar, `Dataset<Double>(csv: …)`.
  /// - Parameters:
  ///   - path: The file.
  ///   - target: The name of the column of targets.
  ///   - features: The names of the columns of features.
  ///   - targets: What the target column holds.
  /// - Throws: `FormatError` with the line and column, if the file is missing or doesn't hold such
  ///   data.
  public init(
    csv path: String, target: String? = nil, features: [String]? = nil,
    targets: CSVTargets = .classes
  ) throws(FormatError) {
    try self.init(
      csv: try File.bytes(of: path), file: path, target: target, features: features,
      targets: targets)
  }
}

extension Dataset {
  /// Reads a CSV file: columns of features, and one of targets.
  ///
  ///     let table = CSV.Table<Double>(numbers: [[1, 10], [2, 20]], names: ["area", "price"])
  ///     try table.write(to: "houses.csv")
  ///     let data = try Dataset<Double>(csv: "houses.csv", target: "price", targets: .numbers)
  ///     data.features  // [[1.]
  ///                    //  [2.]]
  ///     try Dataset<Double>(csv: "houses.csv", target: "rooms")
  ///     // throws …/houses.csv: there is no column “rooms”: the columns are “area”, “price”
  ///
  /// With `features` the columns are found by their names, whatever their order, and there may be
  /// no other but the target.
  /// - Parameters:
  ///   - path: The file.
  ///   - target: The name of the column of targets; `nil` means the last column, or with `features`
  ///     the one that isn't among these.
  ///   - features: The names of the columns of features, in the order wanted; `nil` means all but
  ///     the target.
  ///   - targets: What the target column holds.
  /// - Throws: `FormatError` with the line and column, if the file is missing or doesn't hold such
  ///   data. All features are finite numbers.
  public init(
    csv path: String, target: String? = nil, features: [String]? = nil,
    targets: CSVTargets = .classes
  ) throws(FormatError) {
    try self.init(
      csv: try File.bytes(of: path), file: path, target: target, features: features,
      targets: targets)
  }

  /// Reads the bytes of a CSV file.
  ///
  /// - Parameters:
  ///   - bytes: What such a file holds.
  ///   - file: What errors call it; without its folder and extension, also the name of the data
  ///     set.
  ///   - target: The name of the column of targets.
  ///   - features: The names of the columns of features.
  ///   - targets: What the target column holds.
  /// - Throws: `FormatError` with the line and column, if the bytes don't hold such data.
  package init(
    csv bytes: [UInt8], file: String, target: String? = nil, features: [String]? = nil,
    targets: CSVTargets = .classes
  ) throws(FormatError) {
    let table = try CSV.Table<Scalar>(parsing: bytes, file: file) { names throws(FormatError) in
      let columns = CSVColumns(names: names, file: file)
      let position = try columns.target(target, features: features)
      let chosen = try columns.features(features, besides: [position])
      return targets == .numbers
        ? CSV.Selection(numbers: chosen + [position])
        : CSV.Selection(numbers: chosen, text: [position])
    }
    let name = Dataset.name(of: file)
    let classes: [String]? =
      switch targets {
      case .numbers: nil
      case .classes: try CSVLabels.classes(of: table.text[0], file: file)
      case .knownClasses(let names): names
      }
    guard let classes else {
      let width = table.numberNames.count - 1
      self.init(
        name: name, features: table.numbers[.all, 0..<width].contiguous(),
        targets: table.numbers[.all, width..<width + 1].contiguous(),
        featureNames: Array(table.numberNames.dropLast()))
      return
    }
    let labels = try CSVLabels.positions(of: table.text[0], in: classes, file: file)
    // One-hot targets take memory for each class in each row, which a file of many short labels
    // doesn't back.
    guard labels.count.multipliedReportingOverflow(by: classes.count).partialValue <= 1 << 28 else {
      throw FormatError(
        .malformedData, file: file, column: table.text[0].position + 1,
        columnName: table.text[0].name,
        problem: "\(classes.count) different labels in \(labels.count) rows are too many; "
          + "are they numbers to predict?")
    }
    self.init(
      name: name, features: table.numbers, labels: labels, classNames: classes,
      featureNames: table.numberNames)
  }

  /// Reads the features of a CSV file that needs no targets.
  ///
  ///     let table = CSV.Table<Double>(numbers: [[1, 10], [2, 20]], names: ["area", "price"])
  ///     try table.write(to: "houses.csv")
  ///     try Dataset<Double>.features(csv: "houses.csv", ignoring: "price")  // [[1.]
  ///                                                                         //  [2.]]
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - names: The names of the columns of features, in the order wanted; `nil` means all columns.
  ///   - target: The name of a column of targets that may stand in the file and is passed over;
  ///     `nil` means, with `names`, the only one that isn't among these, if there is one.
  /// - Returns: `[rows, features]`.
  /// - Throws: `FormatError` with the line and column, if the file is missing or doesn't hold these
  ///   columns of finite numbers.
  public static func features(
    csv path: String, named names: [String]? = nil, ignoring target: String? = nil
  ) throws(FormatError) -> Tensor<Scalar> {
    try features(csv: try File.bytes(of: path), file: path, named: names, ignoring: target)
  }

  /// Reads the features from the bytes of a CSV file.
  package static func features(
    csv bytes: [UInt8], file: String, named features: [String]? = nil,
    ignoring target: String? = nil
  ) throws(FormatError) -> Tensor<Scalar> {
    let table = try CSV.Table<Scalar>(parsing: bytes, file: file) { names throws(FormatError) in
      let columns = CSVColumns(names: names, file: file)
      let expected = features.map(Set.init)
      let others = names.indices.filter { index in
        target.map { names[index] == $0 } ?? (expected?.contains(names[index]) == false)
      }
      let ignored = others.count == 1 ? others : []
      return CSV.Selection(numbers: try columns.features(features, besides: ignored))
    }
    return table.numbers
  }

  /// The file's name without its folder and extension.
  private static func name(of file: String) -> String {
    let last = file.split(separator: "/").last ?? ""
    let parts = last.split(separator: ".", omittingEmptySubsequences: false)
    return (parts.count > 1 ? parts.dropLast() : parts).joined(separator: ".")
  }
}

/// The columns of a file, and which of them are wanted.
private struct CSVColumns {
  let names: [String]
  let file: String

  func failure(_ problem: String) -> FormatError {
    FormatError(.malformedData, file: file, problem: problem)
  }

  /// The position of the target column.
  func target(_ target: String?, features: [String]?) throws(FormatError) -> Int {
    if let target {
      guard let position = names.firstIndex(of: target) else {
        throw failure("there is no column \(quoted(target)): the columns are \(quotedList(names))")
      }
      if let features, features.contains(target) {
        throw failure("the column \(quoted(target)) can't be a feature and the target")
      }
      return position
    }
    guard let features else { return names.count - 1 }
    let expected = Set(features)
    let others = names.indices.filter { !expected.contains(names[$0]) }
    guard others.count == 1 else {
      // Missing features tell more than columns too many.
      _ = try self.features(features, besides: others)
      throw failure(
        others.isEmpty
          ? "there is no column of targets beside the \(features.count) features"
          : "which column holds the targets? Beside the features there are "
            + quotedList(others.map { names[$0] }))
    }
    return others[0]
  }

  /// The positions of the feature columns, in the order wanted.
  func features(_ wanted: [String]?, besides others: [Int]) throws(FormatError) -> [Int] {
    guard let wanted else {
      let rest = names.indices.filter { !others.contains($0) }
      guard !rest.isEmpty else {
        throw failure("there is no column of features beside \(quotedList(names))")
      }
      return rest
    }
    let positions = Dictionary(zip(names, names.indices)) { first, _ in first }
    let missing = wanted.filter { positions[$0] == nil }
    guard missing.isEmpty else {
      throw failure(
        "\(missing.count == 1 ? "a column is" : "\(missing.count) columns are") missing: "
          + quotedList(missing))
    }
    let known = Set(wanted).union(others.map { names[$0] })
    let unknown = names.filter { !known.contains($0) }
    guard unknown.isEmpty else {
      throw failure(
        "\(unknown.count == 1 ? "a column is" : "\(unknown.count) columns are") not expected: "
          + "\(quotedList(unknown)); the features are \(quotedList(wanted))")
    }
    return wanted.compactMap { positions[$0] }
  }
}

/// Labels of classes as text.
private enum CSVLabels {
  /// The names of the classes that occur.
  static func classes(of column: CSV.TextColumn, file: String) throws(FormatError) -> [String] {
    var words: Set<String> = []
    var numbers: Set<Int> = []
    var isNumeric = true
    var firstFraction: Int?
    for (row, value) in column.values.enumerated() {
      let label = trimmed(value)
      guard !label.isEmpty, label.lowercased() != "nan" else {
        throw failure(
          label.isEmpty
            ? "the field is empty; a label is needed" : "\(quoted(value)) is not a label", column,
          row, file)
      }
      if let number = wholeNumber(label) {
        numbers.insert(number)
      } else if isDecimal(label) {
        firstFraction = firstFraction ?? row
      } else {
        isNumeric = false
      }
      words.insert(label)
    }
    guard isNumeric else { return words.sorted() }
    if let row = firstFraction {
      throw failure(
        "\(quoted(column.values[row])) is not a label; labels are whole numbers or words, "
          + "and this column holds numbers to predict", column, row, file)
    }
    return numbers.sorted().map(String.init)
  }

  /// The class of each row.
  static func positions(
    of column: CSV.TextColumn, in classes: [String], file: String
  ) throws(FormatError) -> [Int] {
    let numbers = classes.compactMap(wholeNumber)
    let areNumbers = numbers.count == classes.count
    let byNumber = Dictionary(zip(numbers, classes.indices)) { first, _ in first }
    let byWord = Dictionary(zip(classes, classes.indices)) { first, _ in first }
    var positions: [Int] = []
    positions.reserveCapacity(column.values.count)
    for (row, value) in column.values.enumerated() {
      let label = trimmed(value)
      // With classes of numbers 7, 7.0 and 07 are the same.
      let position = areNumbers ? wholeNumber(label).flatMap { byNumber[$0] } : byWord[label]
      guard let position else {
        throw failure(
          label.isEmpty
            ? "the field is empty; a label is needed"
            : "the label \(quoted(value)) is not among the classes \(listed(classes, numbers))",
          column, row, file)
      }
      positions.append(position)
    }
    return positions
  }

  private static func failure(
    _ problem: String, _ column: CSV.TextColumn, _ row: Int, _ file: String
  ) -> FormatError {
    FormatError(
      .malformedData, file: file, line: column.lines[row], column: column.position + 1,
      columnName: column.name, problem: problem)
  }

  /// The classes as a message lists them: `0…9`, or the names.
  private static func listed(_ classes: [String], _ numbers: [Int]) -> String {
    let isRun =
      numbers.count == classes.count && numbers.count > 2
      && zip(numbers, numbers.dropFirst()).allSatisfy {
        $0.addingReportingOverflow(1) == ($1, false)
      }
    return isRun ? "\(numbers[0])…\(numbers[numbers.count - 1])" : quotedList(classes)
  }

  private static func trimmed(_ text: String) -> String {
    guard let first = text.utf8.first, let last = text.utf8.last,
      isBlank(first) || isBlank(last)
    else { return text }
    let start = text.utf8.firstIndex { !isBlank($0) } ?? text.endIndex
    let end = text.utf8.lastIndex { !isBlank($0) }.map { text.utf8.index(after: $0) } ?? start
    return String(text[start..<end])
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }

  private static func isDecimal(_ label: String) -> Bool {
    // Swift also reads hexadecimal numbers, infinities and NaN, which are words here.
    label.utf8.allSatisfy { "0123456789+-.eE".utf8.contains($0) } && Double(label) != nil
  }

  /// The number that a label of a whole number means: 7 for `7`, `07` and `7.0`.
  private static func wholeNumber(_ label: String) -> Int? {
    if let number = Int(label) { return number }
    guard isDecimal(label), let number = Double(label), number.magnitude < 0x1p53 else {
      return nil
    }
    return Int(exactly: number)
  }
}
