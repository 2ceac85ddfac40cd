import Tensors

/// Numbers from 0 to 1 to colours.
///
///     ColorMap.viridis[0]          // #440154
///     ColorMap.grays[0.5]          // #808080
///     ColorMap.grays.reversed[0]   // #FFFFFF
///
/// Between its colours, which are evenly spaced, a map is linear in sRGB.
public struct ColorMap: Hashable, Sendable {
  private let colors: [UInt32]
  /// Whether its middle is neutral and stands for zero, or another centre.
  public let isDiverging: Bool

  /// Makes a map from colours.
  ///
  ///     let map = ColorMap([.white, Color(hex: 0x804000)], isDiverging: false)
  ///     map[0.5]  // #C0A080
  ///
  /// - Parameters:
  ///   - colors: Two or more, from 0 to 1, evenly spaced; the theme's count as on a light background.
  ///   - isDiverging: Whether marks put the middle of the map at zero unless told otherwise.
  /// - Precondition: There are two or more colours.
  public init(_ colors: [Color], isDiverging: Bool = false) {
    require(colors.count > 1, "a color map needs two colors or more, not \(colors.count)")
    self.init(
      hex: colors.map { color in
        let (red, green, blue) = Theme.light.bytes(of: color)
        return UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue)
      }, isDiverging: isDiverging)
  }

  private init(hex colors: [UInt32], isDiverging: Bool = false) {
    self.colors = colors
    self.isDiverging = isDiverging
  }

  /// The colour of a number.
  ///
  ///     ColorMap.coolwarm[0.5]  // #DDDCDC
  ///
  /// - Parameter part: From 0 to 1; what lies outside takes the colour at that end, and NaN is gray.
  public subscript(part: Double) -> Color {
    if part.isNaN { return .muted }
    let place = max(0, min(1, part)) * Double(colors.count - 1)
    let index = min(Int(place), colors.count - 2)
    let weight = place - Double(index)
    func mixed(_ shift: UInt32) -> UInt8 {
      let (a, b) = (Double(colors[index] >> shift & 255), Double(colors[index + 1] >> shift & 255))
      return UInt8((a + weight * (b - a)).rounded())
    }
    return Color(bytes: mixed(16), mixed(8), mixed(0))
  }

  /// The same colours from the last to the first.
  ///
  ///     ColorMap.viridis.reversed[1]  // #440154
  public var reversed: ColorMap { ColorMap(hex: colors.reversed(), isDiverging: isDiverging) }

  /// Dark violet over green to yellow, evenly brighter: for amounts.
  ///
  /// By Smith and van der Walt (2015), as matplotlib has it to within 2 of 255.
  public static let viridis = ColorMap(hex: [
    0x440154, 0x470D60, 0x48186A, 0x482374, 0x472D7B, 0x453781, 0x424086, 0x3E4989, 0x3B528B,
    0x375B8D, 0x33638D, 0x2F6B8E, 0x2C728E, 0x297A8E, 0x26828E, 0x23898E, 0x21918C, 0x1F978B,
    0x1F9F88, 0x21A685, 0x27AD81, 0x31B57B, 0x3DBC74, 0x4CC26C, 0x5CC863, 0x6ECE58, 0x81D34D,
    0x95D840, 0xAADC32, 0xC0DF25, 0xD5E21A, 0xEAE51A, 0xFDE725,
  ])
  /// Blue over light gray to red: for what has a sign.
  ///
  /// By Moreland (2009).
  public static let coolwarm = ColorMap(
    hex: [
      0x3B4CC0, 0x4E68D8, 0x6282EA, 0x779AF7, 0x8DB0FE, 0xA3C2FE, 0xB9D0F9, 0xCCD9ED, 0xDDDCDC,
      0xEBD3C6, 0xF4C5AD, 0xF7B194, 0xF49A7B, 0xEC7F63, 0xDE614D, 0xCB3E38, 0xB40426,
    ], isDiverging: true)
  /// Black to white.
  public static let grays = ColorMap(hex: [0x000000, 0xFFFFFF])
  /// White to dark blue: for counts.
  ///
  ///     ColorMap.blues[0]  // #F7FBFF
  ///
  /// ColorBrewer's *Blues* (Brewer 2002).
  public static let blues = ColorMap(hex: [
    0xF7FBFF, 0xDEEBF7, 0xC6DBEF, 0x9DCAE1, 0x6AAED6, 0x4292C6, 0x2171B5, 0x08519C, 0x08306B,
  ])
}
