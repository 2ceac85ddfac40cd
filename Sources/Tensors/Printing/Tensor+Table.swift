extension Tensor {
  /// Returns a vector or matrix as a table with labels, each column set by itself.
  ///
  ///     let prices: Tensor<Double> = [[3.5, 120], [12.25, 80]]
  ///     print(prices.table(rows: ["tea", "coffee"], columns: ["price", "count"]))
  ///     //         price  count
  ///     // tea      3.50  120.0
  ///     // coffee  12.25   80.0
  ///
  /// Numbers stand at the right of their column. Floating numbers have as many of six digits after
  /// the point as their column needs, or exponents if one is below 10⁻⁶ or the column gets too
  /// wide. Of more than 60 rows the first and last five are shown, of more than 20 columns the
  /// first and last ten, and the number of both below.
  ///
  /// - Parameters:
  ///   - rows: A label for each row; `nil` for their numbers.
  ///   - columns: A label for each column; `nil` for their numbers, or none if the tensor is a
  ///     vector. A vector is one column.
  /// - Returns: The lines, without a line break at the end. A traced tensor, which has no elements
  ///   yet, shows its type and shape.
  /// - Precondition: The tensor has one or two axes, and the labels are as many as rows and
  ///   columns.
  /// - Complexity: O(*n*) in the number of elements shown.
  /// - SeeAlso: How pandas prints a `DataFrame` in a notebook; unlike there, lines are never
  ///   broken, numbers of columns stand at the right whatever their length, a vector's column has a
  ///   header only if it has a label, and a table without elements shows its shape alone.
  public func table(rows: [String]? = nil, columns: [String]? = nil) -> String {
    precondition(
      rank == 1 || rank == 2, "a table takes a tensor with one or two axes, not shape \(shape)")
    let rowCount = shape[0]
    let columnCount = rank == 1 ? 1 : shape[1]
    precondition(
      rows.map { $0.count == rowCount } ?? true,
      "\(rows?.count ?? 0) row labels for \(rowCount) rows")
    precondition(
      columns.map { $0.count == columnCount } ?? true,
      "\(columns?.count ?? 0) column labels for \(columnCount) columns")
    if isTraced { return tracedDescription }
    guard rowCount > 0, columnCount > 0 else { return "Empty table, shape: \(shape)" }

    let shownRows = ShownAxis(rowCount, edge: rowCount > 60 ? 5 : nil)
    let shownColumns = ShownAxis(columnCount, edge: columnCount > 20 ? 10 : nil)
    let axes = rank == 1 ? [shownRows] : [shownRows, shownColumns]
    let elements = elements(at: axes)
    let hasHeader = rank == 2 || columns != nil

    let labels = (0..<shownRows.count).map { index in
      rows.map { $0[shownRows[index]] } ?? String(shownRows[index])
    }
    var blocks = [
      Block(cells: labels, header: hasHeader ? "" : nil, isLeft: true, gap: shownRows.gap)
    ]
    for column in 0..<shownColumns.count {
      if column == shownColumns.gap {
        let dots = [String](repeating: " ...", count: shownRows.count)
        blocks.append(Block(cells: dots, header: hasHeader ? " ..." : nil, gap: shownRows.gap))
      }
      let values = (0..<shownRows.count).map { elements[$0 * shownColumns.count + column] }
      let position = shownColumns[column]
      let header = hasHeader ? " " + (columns?[position] ?? String(position)) : nil
      blocks.append(
        Block(cells: Tensor.cells(of: values), header: header, gap: shownRows.gap))
    }

    var lines = [String](repeating: "", count: blocks[0].lines.count)
    for (index, block) in blocks.enumerated() {
      for line in lines.indices { lines[line] += (index > 0 ? " " : "") + block.lines[line] }
    }
    if shownRows.gap != nil || shownColumns.gap != nil {
      lines += ["", "[\(rowCount) rows x \(columnCount) columns]"]
    }
    return lines.joined(separator: "\n")
  }

  /// The elements of one column as text; numbers begin with a space or a minus sign.
  private static func cells(of values: [Scalar]) -> [String] {
    switch values {
    case let values as [Float]: floatingCells(of: values)
    case let values as [Double]: floatingCells(of: values)
    default:
      values.map { value in
        let text = value.elementDescription
        return text.first == "-" ? text : " " + text
      }
    }
  }

  private static func floatingCells<Value: FloatingScalar>(of values: [Value]) -> [String] {
    let digits = 6
    // Cells that get longer than this have exponents, if there are numbers above a million.
    let widest = digits + 6
    let magnitudes = values.lazy.filter { $0.isFinite && $0 != 0 }.map(\.magnitude)
    let isSmall = magnitudes.contains { $0 < Value(1e-6) }
    let isLarge = values.contains { $0.magnitude > 1e6 }
    // From 10¹² on there's nothing to measure: thirteen digits are too wide in any case.
    if !isSmall, magnitudes.allSatisfy({ $0 < 1e12 }) {
      let numbers = values.map {
        $0.isFinite ? DecimalNumber(nearest: Double($0), place: -digits) : nil
      }
      // A column has the digits that one of its numbers needs, and at least one.
      let needed = numbers.reduce(1) { Swift.max($0, -($1?.exponent ?? 0)) }
      let cells = values.indices.map { index in
        cell(values[index], numbers[index]) { $0.append(positional: $1, fractionDigits: needed) }
      }
      if !isLarge || cells.allSatisfy({ $0.utf8.count <= widest }) { return cells }
    }
    return values.map { value in
      let number =
        value.isFinite ? DecimalNumber(nearest: Double(value), digitCount: digits + 1) : nil
      return cell(value, number) {
        $0.append(scientific: $1, fractionDigits: digits, exponentDigits: 2)
      }
    }
  }

  /// A floating number as `write` puts its decimal digits; `number` is `nil` if it isn't finite.
  private static func cell<Value: FloatingScalar>(
    _ value: Value, _ number: DecimalNumber?,
    _ write: (inout [UInt8], DecimalNumber) -> Void
  ) -> String {
    guard let number else { return value.isNaN ? "NaN" : value < 0 ? "-inf" : " inf" }
    var text: [UInt8] = []
    if !number.isNegative { text.append(spaces: 1) }
    write(&text, number)
    return String(decoding: text, as: UTF8.self)
  }
}

/// A column of a table, with its header and the mark for what is left out, all of one width.
private struct Block {
  let lines: [String]

  init(cells: [String], header: String?, isLeft: Bool = false, gap: Int?) {
    let width = (cells + [header ?? ""]).reduce(0) { Swift.max($0, $1.count) }
    var lines = cells
    if let gap { lines.insert(width > 3 ? "..." : "..", at: gap) }
    if let header { lines.insert(header, at: 0) }
    self.lines = lines.map { line in
      let padding = String(repeating: " ", count: Swift.max(width - line.count, 0))
      return isLeft ? line + padding : padding + line
    }
  }
}
