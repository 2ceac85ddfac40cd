/// Numbers to colours: a map and the numbers at its ends.
///
///     let scale = ColorScale(.grays, limits: 0...10)
///     scale[5]   // #808080
///     scale[99]  // #FFFFFF
///
/// A mark that has one is explained by a colour bar beside the axes.
public struct ColorScale: Hashable, Sendable {
  /// The colours.
  public var map: ColorMap
  /// The numbers of the first and the last colour.
  public var limits: ClosedRange<Double>
  /// What the numbers are, beside the colour bar.
  public var label = ""
  /// The borders between areas of one colour, in order; none if the colours flow.
  public var levels: [Double] = []

  /// Makes a scale.
  ///
  ///     ColorScale(.viridis, limits: 0...1)[0]  // #440154
  ///
  /// - Parameters:
  ///   - map: The colours.
  ///   - limits: The numbers of the first and the last colour.
  public init(_ map: ColorMap, limits: ClosedRange<Double>) {
    self.map = map
    self.limits = limits
  }

  /// Makes a scale that fits numbers.
  ///
  /// The limits are the least and the greatest finite number; with a diverging map as far below
  /// `center` as above it.
  ///
  ///     ColorScale(.coolwarm, fitting: [-1, 4], center: 0).limits  // -4.0...4.0
  ///     ColorScale(.viridis, fitting: [-1, 4]).limits              // -1.0...4.0
  ///
  /// - Parameters:
  ///   - map: The colours.
  ///   - values: The numbers; those that aren't finite don't count.
  ///   - center: The number of the middle colour, for diverging maps.
  public init(_ map: ColorMap, fitting values: some NumericSeries, center: Double = 0) {
    let range = Extent(values.numbers).range ?? 0...1
    guard map.isDiverging, center.isFinite else {
      self.init(map, limits: range)
      return
    }
    let reach = max(abs(range.lowerBound - center), abs(range.upperBound - center))
    let bound = min(reach, .greatestFiniteMagnitude / 2)
    self.init(map, limits: (center - bound)...(center + bound))
  }

  /// The colour of a number.
  ///
  ///     ColorScale(.grays, limits: 0...1)[1]  // #FFFFFF
  ///
  /// - Parameter value: Beyond the limits it has the colour of the nearer one; NaN is gray.
  public subscript(value: Double) -> Color {
    let span = limits.upperBound / 2 - limits.lowerBound / 2
    // One number alone has the middle colour.
    return map[span > 0 ? (value / 2 - limits.lowerBound / 2) / span : value.isNaN ? .nan : 0.5]
  }
}
