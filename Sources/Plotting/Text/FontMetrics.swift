/// How much room text takes, whatever font it is shown in.
///
/// Figures ask for a sans-serif font and can't know which one the viewer has. The widths are those of
/// the widest of the fonts they ask for (see `FontWidths`), so text may be narrower than its box,
/// not wider.
package enum FontMetrics {
  package static let family = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
  /// The height of the highest letter with its accent above the base line, as a part of the size.
  package static let ascent = 0.93
  /// The depth of the lowest letter below the base line, as a part of the size.
  package static let descent = 0.24
  /// The height of a figure or a capital letter, as a part of the size.
  package static let capitalHeight = 0.73

  /// The width of a line in points.
  package static func width(of text: some StringProtocol, size: Double, isBold: Bool = false)
    -> Double
  {
    var thousandths = 0
    for scalar in text.unicodeScalars { thousandths += width(of: scalar, isBold: isBold) }
    return Double(thousandths) * size / 1000
  }

  /// The width of a character in thousandths of the size.
  ///
  /// One that isn't in the tables (most are ideographs) is taken to be as wide as high, and marks
  /// that stand on the character before them take no room.
  private static func width(of scalar: Unicode.Scalar, isBold: Bool) -> Int {
    if 0x300...0x36F ~= scalar.value { return 0 }
    for (first, widths) in isBold ? FontWidths.bold : FontWidths.regular {
      guard scalar.value >= first else { break }
      let place = Int(scalar.value - first)
      if place < widths.count { return Int(widths[place]) }
    }
    return scalar.properties.isEmojiPresentation ? 1300 : 1000
  }
}
