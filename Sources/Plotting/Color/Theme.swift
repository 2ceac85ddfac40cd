/// The colours of what isn't data, and of the palette.
///
///     var figure = Figure()
///     figure.axes.line([1, 3, 2])
///     figure.svg(theme: .dark).utf8.count > 500               // true
///     figure.svg(theme: .light) == figure.svg(theme: .dark)  // false
public struct Theme: Hashable, Sendable {
  var text: UInt32
  var axis: UInt32
  var grid: UInt32
  var muted: UInt32
  var background: UInt32
  var palette: [UInt32]
  /// Whether a viewer who asks for dark pages gets the dark theme instead.
  var followsViewer = false

  static let paletteCount = 8

  /// Dark on white.
  public static let light = Theme(
    text: 0x1F2328, axis: 0x6E7781, grid: 0xE4E7EB, muted: 0x8C959F, background: 0xFFFFFF,
    palette: [0x0072B2, 0xD55E00, 0x009E73, 0xE69F00, 0xAA4499, 0x56B4E9, 0x7F7F7F, 0x882255])
  /// Light on a dark gray.
  public static let dark = Theme(
    text: 0xE6EDF3, axis: 0x8B949E, grid: 0x2B3139, muted: 0x848D97, background: 0x0F1318,
    palette: [0x4BA3DC, 0xF07F3C, 0x2FBF95, 0xF0B429, 0xD07CC4, 0x8CCBF0, 0xA8A8A8, 0xD1679A])
  /// Light, or dark where the viewer asks for it: a browser with dark pages.
  ///
  ///     Figure().svg(theme: Theme.automatic).contains("prefers-color-scheme")  // true
  ///
  /// Programs that turn a figure to pixels take it as ``light``.
  public static let automatic: Theme = {
    var theme = Theme.light
    theme.followsViewer = true
    return theme
  }()

  private func hex(of role: Color.Role) -> UInt32 {
    switch role {
    case .text: text
    case .axis: axis
    case .grid: grid
    case .muted: muted
    case .background: background
    case .palette(let index): palette[index]
    }
  }

  /// Red, green and blue of a colour on this theme.
  func bytes(of color: Color) -> (UInt8, UInt8, UInt8) {
    switch color.source {
    case .fixed(let red, let green, let blue): return (red, green, blue)
    case .role(let role):
      let hex = hex(of: role)
      return (UInt8(hex >> 16 & 255), UInt8(hex >> 8 & 255), UInt8(hex & 255))
    }
  }

  /// The colour as SVG writes it.
  func code(_ color: Color) -> String {
    let (red, green, blue) = bytes(of: color)
    return "#" + hexadecimal(red) + hexadecimal(green) + hexadecimal(blue)
  }
}

extension Color {
  /// What a style sheet calls the colour, if it belongs to the theme: `f` (fill) or `s` (stroke) goes
  /// before it.
  var className: String? {
    guard case .role(let role) = source else { return nil }
    return switch role {
    case .text: "-text"
    case .axis: "-axis"
    case .grid: "-grid"
    case .muted: "-muted"
    case .background: "-background"
    case .palette(let index): "-\(index)"
    }
  }
}

extension Theme {
  private static let roles: [Color] =
    [Color(.text), Color(.axis), Color(.grid), Color(.muted), Color(.background)]
    + (0..<paletteCount).map { .palette($0) }

  /// The rules of a style sheet that put this theme's colours on figures inside `scope`.
  package func rules(in scope: String) -> String {
    Theme.roles.map { color in
      let (name, code) = (color.className ?? "", code(color))
      return "\(scope) .f\(name){fill:\(code)}\(scope) .s\(name){stroke:\(code)}"
    }.joined()
  }

  /// This theme's colours as properties of a style sheet, for a page around figures:
  /// `--color-text:#1F2328;` …, `--color-0:` for the palette's first.
  package var properties: String {
    Theme.roles.map { "--color\($0.className ?? ""):\(code($0));" }.joined()
  }
}
