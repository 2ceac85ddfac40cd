/// The elements of a concrete tensor that are shown, and how they are set in brackets and lines.
struct TensorText<Scalar: TensorScalar> {
  /// Whether only the ends of long axes are shown.
  let isSummarised: Bool
  let isEmpty: Bool
  private let axes: [ShownAxis]
  private let elements: [Scalar]
  private let options: PrintOptions

  init(_ tensor: Tensor<Scalar>, _ options: PrintOptions) {
    let extents = tensor.shape.extents
    isEmpty = extents.contains(0)
    // Saturates, as a view that repeats few elements can have more of them than an `Int` counts.
    let count = extents.reduce(isEmpty ? 0 : 1) { product, extent in
      let (next, overflow) = product.multipliedReportingOverflow(by: extent)
      return overflow ? Int.max : next
    }
    isSummarised = count > options.threshold
    let isSummarised = isSummarised
    axes = extents.map { ShownAxis($0, edge: isSummarised ? options.edgeItems : nil) }
    elements = isEmpty ? [] : tensor.elements(at: axes)
    self.options = options
  }

  /// Appends the text.
  ///
  /// - Parameters:
  ///   - text: The text to append to; its last line has `indent` characters.
  ///   - separator: What stands between elements: a space, or a comma and a space.
  ///   - indent: The spaces that the lines after the first begin with.
  ///   - lineWidth: The number of characters after which a line is broken.
  func append(to text: inout [UInt8], separator: String, indent: Int, lineWidth: Int) {
    guard !isEmpty else {
      text.append("[]")
      return
    }
    let write = elementWriter()
    guard let rowAxis = axes.last else {
      write(0, &text)
      return
    }
    let rank = axes.count
    let rowIndent = indent + rank
    // Each outer axis will close a bracket behind the row, and the row itself a bracket or a comma.
    let rowWidth = lineWidth - rank
    let lineSeparator = separator.utf8.filter { $0 != UInt8(ascii: " ") }
    var word: [UInt8] = []
    var column = 0

    func put(_ word: [UInt8]) {
      if column + word.count > rowWidth, column > rowIndent {
        while text.last == UInt8(ascii: " ") { text.removeLast() }
        text.append(UInt8(ascii: "\n"))
        text.append(spaces: rowIndent)
        column = rowIndent
      }
      text.append(contentsOf: word)
      column += word.count
    }
    func putSeparator() {
      text.append(contentsOf: separator.utf8)
      column += separator.utf8.count
    }
    func breakLine(after axis: Int) {
      text.append(contentsOf: lineSeparator)
      text.append(contentsOf: repeatElement(UInt8(ascii: "\n"), count: rank - 1 - axis))
      text.append(spaces: indent + 1 + axis)
    }

    var position = [Int](repeating: 0, count: rank - 1)
    var element = 0
    text.append(contentsOf: repeatElement(UInt8(ascii: "["), count: rank))
    while true {
      column = rowIndent
      for index in 0..<rowAxis.count {
        if index > 0 { putSeparator() }
        if index == rowAxis.gap {
          put(Array("...".utf8))
          putSeparator()
        }
        word.removeAll(keepingCapacity: true)
        write(element, &word)
        put(word)
        element += 1
      }
      text.append(UInt8(ascii: "]"))

      // To the next row: axes that are through close their bracket, the one that goes on breaks the
      // line.
      var axis = rank - 2
      while axis >= 0, position[axis] == axes[axis].count - 1 {
        position[axis] = 0
        text.append(UInt8(ascii: "]"))
        axis -= 1
      }
      guard axis >= 0 else { return }
      position[axis] += 1
      breakLine(after: axis)
      if position[axis] == axes[axis].gap {
        text.append("...")
        breakLine(after: axis)
      }
      text.append(contentsOf: repeatElement(UInt8(ascii: "["), count: rank - 1 - axis))
    }
  }

  /// What appends the element at an index of `elements` in the form that all of them share.
  private func elementWriter() -> (Int, inout [UInt8]) -> Void {
    switch elements {
    case let values as [Float]:
      let format = FloatFormat(values, options)
      return { format.append(values[$0], to: &$1) }
    case let values as [Double]:
      let format = FloatFormat(values, options)
      return { format.append(values[$0], to: &$1) }
    case let values as [Bool]:
      // Truth values line up as if one of them were false, whether or not one is.
      let width = axes.isEmpty ? 0 : 5
      return { $1.append(values[$0].elementDescription, width: width) }
    default:
      let words = elements.map { String(describing: $0) }
      let width = words.reduce(0) { Swift.max($0, $1.utf8.count) }
      return { $1.append(words[$0], width: width) }
    }
  }
}

/// Which positions of an axis are shown: all, or as many at each end.
struct ShownAxis {
  private let extent: Int
  /// How many positions are shown.
  let count: Int
  /// The number of the first position shown after those that are left out, if any are.
  let gap: Int?

  /// The first and last `edge` positions of an axis, or all of them if they are no more, or `edge`
  /// is `nil`.
  init(_ extent: Int, edge: Int?) {
    self.extent = extent
    if let edge, edge < extent, edge < extent - edge {
      count = 2 * edge
      gap = edge
    } else {
      count = extent
      gap = nil
    }
  }

  /// The position shown as number `index`.
  subscript(index: Int) -> Int {
    if let gap, index >= gap { extent - count + index } else { index }
  }
}

extension Tensor {
  /// The elements at all combinations of the positions shown, in C order.
  ///
  /// - Precondition: The tensor is concrete, and no axis is empty.
  func elements(at axes: [ShownAxis]) -> [Scalar] {
    var result: [Scalar] = []
    var position = [Int](repeating: 0, count: rank)
    var offset = layout.offset
    let elements = storage.elements(as: Scalar.self)
    defer { withExtendedLifetime(storage) {} }
    while true {
      result.append(elements[offset])
      var axis = rank - 1
      while axis >= 0, position[axis] == axes[axis].count - 1 {
        offset -= axes[axis][position[axis]] * layout.strides[axis]
        position[axis] = 0
        axis -= 1
      }
      guard axis >= 0 else { return result }
      let before = axes[axis][position[axis]]
      position[axis] += 1
      offset += (axes[axis][position[axis]] - before) * layout.strides[axis]
    }
  }
}
