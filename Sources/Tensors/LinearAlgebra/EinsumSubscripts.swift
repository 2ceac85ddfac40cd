/// The subscripts of a sum over products in Einstein's notation: a label for each axis of each
/// operand and of the result.
struct EinsumSubscripts {
  /// A letter, or the position of a broadcast axis counted from the last, which is −1.
  typealias Label = Int

  private(set) var operands: [[Label]] = []
  private(set) var output: [Label] = []
  /// The extent of each label.
  private(set) var extents: [Label: Int] = [:]

  /// Reads subscripts such as `ij,jk->ik` for operands of these shapes.
  ///
  /// - Throws: `ShapeError` with NumPy's words, in the order in which NumPy looks for mistakes.
  init(_ subscripts: String, _ shapes: [Shape]) throws(ShapeError) {
    var rest = Substring(subscripts)
    var counts: [Label: Int] = [:]
    var broadcastRank = 0
    guard !shapes.isEmpty else {
      throw ShapeError(
        "must specify the einstein sum subscripts string and at least one operand, or at least one "
          + "operand and its corresponding subscripts list")
    }
    for (number, shape) in shapes.enumerated() {
      let text = rest.prefix { $0 != "," && $0 != "-" }
      rest = rest.dropFirst(text.count)
      let isLast = number == shapes.count - 1
      // NumPy says "more" of operands where there are fewer than subscripts.
      if isLast != (rest.first != ",") {
        throw ShapeError(
          "\(isLast ? "more" : "fewer") operands provided to einstein sum function than specified in "
            + "the subscripts string")
      }
      if !isLast { rest = rest.dropFirst() }
      let labels = try EinsumSubscripts.labels(text, of: shape, number)
      broadcastRank = Swift.max(broadcastRank, labels.count { $0 < 0 })
      for label in labels { counts[label, default: 0] += 1 }
      operands.append(labels)
    }
    let broadcast = Array(-broadcastRank..<0)
    if rest.isEmpty {
      // What occurs once stays, in the order of the alphabet.
      output = broadcast + counts.filter { $0.key >= 0 && $0.value == 1 }.keys.sorted()
    } else {
      guard rest.hasPrefix("->") else {
        throw ShapeError(
          "einstein sum subscript string does not contain proper '->' output specified")
      }
      output = try EinsumSubscripts.outputLabels(rest.dropFirst(2), counts, broadcast)
    }
    try findExtents(shapes)
  }

  /// The labels of an operand's axes.
  private static func labels(
    _ text: Substring, of shape: Shape, _ number: Int
  ) throws(ShapeError) -> [Label] {
    var labels: [Label] = []
    var ellipsis: Int?
    var position = text.startIndex
    while position < text.endIndex {
      let character = text[position]
      if let label = label(character) {
        guard labels.count < shape.rank else {
          throw ShapeError(
            "einstein sum subscripts string contains too many subscripts for operand \(number)")
        }
        labels.append(label)
      } else if character == "." {
        guard ellipsis == nil, text[position...].hasPrefix("...") else {
          throw ShapeError(
            "einstein sum subscripts string contains a '.' that is not part of an ellipsis ('...') in "
              + "operand \(number)")
        }
        ellipsis = labels.count
        position = text.index(position, offsetBy: 2)
      } else if character != " " {
        throw invalid(character)
      }
      position = text.index(after: position)
    }
    let missing = shape.rank - labels.count
    if let ellipsis {
      labels.insert(contentsOf: -missing..<0, at: ellipsis)
    } else if missing > 0 {
      throw ShapeError(
        "operand has more dimensions than subscripts given in einstein sum, but no '...' ellipsis "
          + "provided to broadcast the extra dimensions.")
    }
    return labels
  }

  private static func outputLabels(
    _ text: Substring, _ counts: [Label: Int], _ broadcast: [Label]
  ) throws(ShapeError) -> [Label] {
    var labels: [Label] = []
    var hasEllipsis = false
    var position = text.startIndex
    while position < text.endIndex {
      let character = text[position]
      if let label = label(character) {
        guard !text[text.index(after: position)...].contains(character) else {
          throw ShapeError(
            "einstein sum subscripts string includes output subscript '\(character)' multiple times"
          )
        }
        guard counts[label] != nil else {
          throw ShapeError(
            "einstein sum subscripts string included output subscript '\(character)' which never "
              + "appeared in an input")
        }
        labels.append(label)
      } else if character == "." {
        guard !hasEllipsis, text[position...].hasPrefix("...") else {
          throw ShapeError(
            "einstein sum subscripts string contains a '.' that is not part of an ellipsis ('...') in "
              + "the output")
        }
        hasEllipsis = true
        labels += broadcast
        position = text.index(position, offsetBy: 2)
      } else if character != " " {
        throw invalid(character)
      }
      position = text.index(after: position)
    }
    guard hasEllipsis || broadcast.isEmpty else {
      throw ShapeError(
        "output has more dimensions than subscripts given in einstein sum, but no '...' ellipsis "
          + "provided to broadcast the extra dimensions.")
    }
    return labels
  }

  private static func label(_ character: Character) -> Label? {
    guard character.isASCII, character.isLetter else { return nil }
    return character.asciiValue.map { Int($0) }
  }

  private static func invalid(_ character: Character) -> ShapeError {
    ShapeError(
      "invalid subscript '\(character)' in einstein sum subscripts string, subscripts must be letters"
    )
  }

  /// The extents of all labels: those of an operand's axes with one label must be equal, those of
  /// different operands broadcast.
  private mutating func findExtents(_ shapes: [Shape]) throws(ShapeError) {
    var own: [[Label: Int]] = []
    for (number, (labels, shape)) in zip(operands, shapes).enumerated() {
      var known: [Label: Int] = [:]
      for (axis, label) in labels.enumerated() {
        if let other = known[label], other != shape[axis] {
          // NumPy has two ways, one for what only moves elements of one operand.
          let isView = operands.count == 1 && labels[...axis].allSatisfy(output.contains)
          let letter = Character(UnicodeScalar(UInt8(clamping: label)))
          throw ShapeError(
            "dimensions in \(isView ? "single operand" : "operand \(number)") for collapsing index "
              + "'\(letter)' don't match (\(other) != \(shape[axis]))")
        }
        known[label] = shape[axis]
      }
      own.append(known)
    }
    for known in own {
      for (label, extent) in known {
        guard let other = extents[label], other != 1 else {
          extents[label] = extent
          continue
        }
        if extent != 1, extent != other { throw mismatch(shapes, own) }
      }
    }
  }

  /// Extents that don't broadcast: each operand's axes are shown in the order of the labels.
  private func mismatch(_ shapes: [Shape], _ own: [[Label: Int]]) -> ShapeError {
    let order = output + Set(own.flatMap(\.keys)).subtracting(output).sorted()
    let parts = zip(zip(shapes, operands), own).map { operand, known in
      // Axes that have one label count as one.
      let (shape, labels) = operand
      let kept = labels.indices.filter { labels.firstIndex(of: labels[$0]) == $0 }
      let original = Shape(kept.map { shape[$0] })
      let remapped = order.map { known[$0] }.drop { $0 == nil }
        .map { $0.map(String.init) ?? "newaxis" }
      let text = remapped.joined(separator: ",")
      return "\(original.compact)->(\(text)\(order.count == 1 && !remapped.isEmpty ? "," : ""))"
    }
    return ShapeError(
      "operands could not be broadcast together with remapped shapes [original->remapped]: "
        + parts.map { $0 + " " }.joined())
  }
}
