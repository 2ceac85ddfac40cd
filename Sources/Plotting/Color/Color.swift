#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A colour of a mark: a fixed one, or one that follows the theme.
///
///     Color(hex: 0x0072B2)              // #0072B2
///     Color(red: 1, green: 0, blue: 0)  // #FF0000
///     Color.palette(1)                  // palette(1)
public struct Color: Hashable, Sendable, CustomStringConvertible {
  enum Source: Hashable, Sendable {
    case fixed(red: UInt8, green: UInt8, blue: UInt8)
    case role(Role)
  }

  /// What a colour of the theme is for.
  enum Role: Hashable, Sendable {
    case text, axis, grid, muted, background
    case palette(Int)
  }

  let source: Source

  init(_ role: Role) { source = .role(role) }

  init(bytes red: UInt8, _ green: UInt8, _ blue: UInt8) {
    source = .fixed(red: red, green: green, blue: blue)
  }

  /// Makes a colour of six hexadecimal digits, as in HTML.
  ///
  ///     Color(hex: 0xD55E00)  // #D55E00
  ///
  /// - Parameter hex: Red, green and blue, 8 bits each; higher bits are ignored.
  public init(hex: UInt32) {
    self.init(
      bytes: UInt8(truncatingIfNeeded: hex >> 16), UInt8(truncatingIfNeeded: hex >> 8),
      UInt8(truncatingIfNeeded: hex))
  }

  /// Makes a colour of its parts in sRGB.
  ///
  ///     Color(red: 0, green: 0.5, blue: 1)  // #0080FF
  ///
  /// - Parameters:
  ///   - red: From 0 to 1; what lies outside is cut off, and NaN counts as 0.
  ///   - green: The same.
  ///   - blue: The same.
  public init(red: Double, green: Double, blue: Double) {
    func byte(_ part: Double) -> UInt8 {
      UInt8((max(0, min(1, part.isNaN ? 0 : part)) * 255).rounded())
    }
    self.init(bytes: byte(red), byte(green), byte(blue))
  }

  /// A colour of the palette, which can be told apart with any colour vision.
  ///
  /// The palette has eight, five of Okabe and Ito (2008) and two purples of Tol (2021) with a gray, and
  /// begins again after them; marks that are given no colour take them in turn, from 0.
  ///
  ///     Color.palette(0)                      // palette(0)
  ///     Color.palette(8) == Color.palette(0)  // true
  ///
  /// - Parameter index: Any number; its remainder by 8 counts.
  /// - Returns: The colour; it is a little lighter on a dark background.
  public static func palette(_ index: Int) -> Color {
    let count = Theme.paletteCount
    return Color(.palette((index % count + count) % count))
  }

  /// The colour of text: nearly black, or nearly white on a dark background.
  ///
  ///     Color.text  // text
  public static let text = Color(.text)
  /// The colour of what stands back: a middling gray.
  ///
  ///     Color.muted  // muted
  public static let muted = Color(.muted)
  /// The colour of the figure's background.
  ///
  ///     Color.background  // background
  public static let background = Color(.background)
  /// Black on any background.
  ///
  ///     Color.black  // #000000
  public static let black = Color(hex: 0x000000)
  /// White on any background.
  ///
  ///     Color.white  // #FFFFFF
  public static let white = Color(hex: 0xFFFFFF)
  /// The palette's blue.
  ///
  ///     Color.blue  // palette(0)
  public static let blue = Color(.palette(0))
  /// The palette's red, a vermilion.
  public static let red = Color(.palette(1))
  /// The palette's green.
  public static let green = Color(.palette(2))
  /// The palette's orange.
  ///
  ///     Color.orange == Color.palette(3)  // true
  public static let orange = Color(.palette(3))
  /// The palette's purple.
  ///
  ///     Color.purple == Color.palette(4)  // true
  public static let purple = Color(.palette(4))

  /// The six digits, or the name of the theme's colour.
  public var description: String {
    switch source {
    case .fixed(let red, let green, let blue):
      "#" + hexadecimal(red) + hexadecimal(green) + hexadecimal(blue)
    case .role(let role): "\(role)"
    }
  }

  /// Black or white, whichever is easier to read on this colour.
  ///
  /// By the contrast of WCAG 2.1; the theme's colours count as they are on a light background.
  var contrasting: Color {
    let (red, green, blue) = Theme.light.bytes(of: self)
    func linear(_ byte: UInt8) -> Double {
      let part = Double(byte) / 255
      return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
    let luminance = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    // Where both are equally far: (l + 0.05)² = 1.05 · 0.05.
    return luminance > 0.1791 ? .black : .white
  }
}

/// Two hexadecimal digits.
func hexadecimal(_ byte: UInt8) -> String {
  (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
}
