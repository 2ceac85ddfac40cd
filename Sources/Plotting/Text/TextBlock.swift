/// Lines of text one below the other, centred.
struct TextBlock {
  let lines: [RichText]
  private let style: TextStyle

  /// Breaks text at its line ends and at spaces so that each line fits.
  ///
  /// What is too long for that many lines is cut.
  init(
    _ text: String, width: Double, lines limit: Int = lineLimit, size: Double,
    isBold: Bool = false, color: Color = .text
  ) {
    style = TextStyle(size: size, color: color, isBold: isBold, anchor: .middle, alignment: .base)
    lines = TextBlock.broken(text, width, limit, size, isBold)
      .map { RichText($0).truncated(to: width, size: size, isBold: isBold) }
      .filter { !$0.isEmpty }
  }

  /// The most lines unless told otherwise.
  static let lineLimit = 3

  /// A block without text.
  static let empty = TextBlock("", width: 0, size: 0)

  var isEmpty: Bool { lines.isEmpty }

  /// The height of all lines, or the width if they are vertical.
  var height: Double { lines.reduce(0) { $0 + height(of: $1) } }

  private func height(of line: RichText) -> Double {
    line.ascent(size: style.size) + line.descent(size: style.size)
  }

  /// Draws the lines around the middle of their upper edge.
  func draw(on canvas: inout Canvas, top: Point) {
    var y = top.y
    for line in lines {
      canvas.text(line, at: Point(top.x, y + line.ascent(size: style.size)), style)
      y += height(of: line)
    }
  }

  /// Draws the lines upwards around the middle of their left edge.
  func draw(on canvas: inout Canvas, left: Point) {
    var style = style
    style.isVertical = true
    var x = left.x
    for line in lines {
      canvas.text(line, at: Point(x + line.ascent(size: style.size), left.y), style)
      x += height(of: line)
    }
  }

  private static func broken(
    _ text: String, _ width: Double, _ limit: Int, _ size: Double, _ isBold: Bool
  ) -> [String] {
    guard limit > 0 else { return [] }
    var lines: [String] = []
    for paragraph in text.split(separator: "\n", omittingEmptySubsequences: true) {
      var line = ""
      for word in words(of: paragraph) {
        let longer = line.isEmpty ? word : line + " " + word
        // The last line takes all that is left, and is cut.
        if !line.isEmpty, lines.count < limit - 1,
          RichText(longer).width(size: size, isBold: isBold) > width
        {
          lines.append(line)
          line = word
        } else {
          line = longer
        }
      }
      if !line.isEmpty { lines.append(line) }
    }
    if lines.count > limit {
      lines[limit - 1] += "…"
      lines.removeLast(lines.count - limit)
    }
    return lines
  }

  /// The words of a text; a space between dollar signs parts none.
  private static func words(of text: some StringProtocol) -> [String] {
    var words: [String] = []
    var word = ""
    var isMathematics = false
    let hasPairs = text.count { $0 == "$" } % 2 == 0
    for character in text {
      if character == "$", hasPairs { isMathematics.toggle() }
      if character == " ", !isMathematics {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else {
        word.append(character)
      }
    }
    if !word.isEmpty { words.append(word) }
    return words
  }
}
