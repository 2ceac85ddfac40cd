import Tensors

/// Points, each of its own.
struct Scatter: Mark {
  /// Where the points' colours come from.
  enum Colors: Sendable {
    case one(Color?)
    case values([Double], ColorScale, showsBar: Bool)
    case classes([Int], names: [String])
  }

  let x: [Double]
  let y: [Double]
  let colors: Colors
  let label: String?
  let marker: Marker
  let size: Double
  let edge: Color?
  let opacity: Double

  var horizontalExtent: Extent { Extent(x) }
  var verticalExtent: Extent { Extent(y) }

  var takesPaletteColor: Bool {
    if case .one(nil) = colors { true } else { false }
  }

  var colorScale: ColorScale? {
    if case .values(_, let scale, showsBar: true) = colors { scale } else { nil }
  }

  private var edgeStroke: Stroke? { edge.map { Stroke($0, width: max(0.5, size / 10)) } }

  func legendKeys(color: Color) -> [LegendKey] {
    func key(_ label: String, _ color: Color) -> LegendKey {
      LegendKey(
        label,
        .marker(marker, size: min(size, 8), fill: Fill(color, opacity: opacity), edge: edgeStroke))
    }
    switch colors {
    case .one(let own): return label.map { [key($0, own ?? color)] } ?? []
    case .values: return label.map { [key($0, .muted)] } ?? []
    case .classes(_, let names): return names.enumerated().map { key($1, .palette($0)) }
    }
  }

  func draw(on canvas: inout Canvas, in frame: Frame, color: Color) {
    let area = frame.box.expanded(by: size)
    let places = zip(x, y).map { x, y in
      frame.point(x, y).flatMap { area.contains($0) ? $0 : nil }
    }
    func draw(_ indices: [Int], _ color: Color) {
      canvas.markers(
        indices.compactMap { places[$0] }, shape: marker, size: size,
        fill: Fill(color, opacity: opacity), edge: edgeStroke)
    }
    switch colors {
    case .one(let own): draw(Array(places.indices), own ?? color)
    case .classes(let classes, let names):
      for number in names.indices {
        draw(classes.indices.filter { classes[$0] == number }, .palette(number))
      }
    case .values(let values, let scale, _):
      // Sixty-four shades, so that points of one shade are one group.
      let shades = 64
      var groups: [[Int]] = Array(repeating: [], count: shades + 1)
      let (low, high) = (scale.limits.lowerBound / 2, scale.limits.upperBound / 2)
      for (index, value) in values.enumerated() {
        let part = high > low ? (value / 2 - low) / (high - low) : 0.5
        let shade = value.isNaN ? shades : Int(max(0, min(1, part)) * Double(shades - 1) + 0.5)
        groups[shade].append(index)
      }
      for (shade, group) in groups.enumerated() {
        draw(group, shade == shades ? .muted : scale.map[Double(shade) / Double(shades - 1)])
      }
    }
  }
}

extension Axes {
  /// Adds points of one colour.
  ///
  /// Of more than 20,000 that aren't circles, only the first in each square point (1/72 inch) is drawn,
  /// and they let through nothing of one another.
  ///
  ///     var figure = Figure()
  ///     figure.axes.scatter([0, 1, 2], [0, 1, 4], label: "measured", marker: .diamond)
  ///     figure.svg().contains("measured")  // true
  ///
  /// - Parameters:
  ///   - x: The points' first coordinates.
  ///   - y: The second, as many. A point that isn't finite isn't shown.
  ///   - label: What the legend calls them; none if nil.
  ///   - color: Of all points; the next of the palette if nil.
  ///   - marker: Their shape.
  ///   - size: Their diameter in points.
  ///   - edge: The colour of a thin line around each; none if nil.
  ///   - opacity: From 0 to 1.
  /// - Precondition: `x` and `y` have the same length.
  /// - SeeAlso: matplotlib's `scatter`, whose `s` is the square of the diameter.
  public mutating func scatter(
    _ x: some NumericSeries, _ y: some NumericSeries, label: String? = nil, color: Color? = nil,
    marker: Marker = .circle, size: Double = 5, edge: Color? = nil, opacity: Double = 1
  ) {
    let (x, y) = (x.numbers, y.numbers)
    requireEqual(x.count, y.count)
    add(
      Scatter(
        x: x, y: y, colors: .one(color), label: label, marker: marker, size: size, edge: edge,
        opacity: opacity))
  }

  /// Adds points whose colours show a number each, in 64 shades, explained by a colour bar.
  ///
  /// Points of a higher number lie over those of a lower one.
  ///
  ///     var figure = Figure()
  ///     figure.axes.scatter([0, 1, 2], [0, 1, 4], values: [0.1, 0.5, 0.9], barLabel: "weight")
  ///     figure.svg().contains("weight")  // true
  ///
  /// - Parameters:
  ///   - x: The points' first coordinates.
  ///   - y: The second, as many. A point that isn't finite isn't shown.
  ///   - values: The numbers, as many; NaN is gray.
  ///   - colorMap: Their colours.
  ///   - limits: The numbers of the first and last colour; the least and greatest if nil.
  ///   - barLabel: What the numbers are; no colour bar if nil.
  ///   - label: What the legend calls the points; none if nil.
  ///   - marker: Their shape.
  ///   - size: Their diameter in points.
  ///   - edge: The colour of a thin line around each; none if nil.
  ///   - opacity: From 0 to 1.
  /// - Precondition: The three have the same length.
  /// - SeeAlso: matplotlib's `scatter(x, y, c=values)`.
  public mutating func scatter(
    _ x: some NumericSeries, _ y: some NumericSeries, values: some NumericSeries,
    colorMap: ColorMap = .viridis, limits: ClosedRange<Double>? = nil, barLabel: String? = "",
    label: String? = nil, marker: Marker = .circle, size: Double = 5, edge: Color? = nil,
    opacity: Double = 1
  ) {
    let (x, y, values) = (x.numbers, y.numbers, values.numbers)
    requireEqual(x.count, y.count)
    requireEqual(x.count, values.count)
    var scale =
      limits.map { ColorScale(colorMap, limits: $0) } ?? ColorScale(colorMap, fitting: values)
    scale.label = barLabel ?? ""
    add(
      Scatter(
        x: x, y: y, colors: .values(values, scale, showsBar: barLabel != nil), label: label,
        marker: marker, size: size, edge: edge, opacity: opacity))
  }

  /// Adds points of classes, each in a colour of the palette and named in the legend.
  ///
  ///     var figure = Figure()
  ///     figure.axes.scatter([0, 1, 2], [0, 1, 4], classes: [0, 1, 0], names: ["cat", "dog"])
  ///     figure.svg().contains("dog")  // true
  ///
  /// - Parameters:
  ///   - x: The points' first coordinates.
  ///   - y: The second, as many. A point that isn't finite isn't shown.
  ///   - classes: The number of each point's class, from 0.
  ///   - names: The classes' names; `class 0` and so on if nil.
  ///   - marker: The points' shape.
  ///   - size: Their diameter in points.
  ///   - edge: The colour of a thin line around each; none if nil.
  ///   - opacity: From 0 to 1.
  /// - Precondition: The three have the same length, and each class has a name.
  public mutating func scatter(
    _ x: some NumericSeries, _ y: some NumericSeries, classes: [Int], names: [String]? = nil,
    marker: Marker = .circle, size: Double = 5, edge: Color? = nil, opacity: Double = 1
  ) {
    let (x, y) = (x.numbers, y.numbers)
    requireEqual(x.count, y.count)
    requireEqual(x.count, classes.count)
    let count = names?.count ?? min((classes.max() ?? -1) + 1, 1000)
    require(
      classes.allSatisfy { 0..<count ~= $0 },
      "a class is a number from 0 to \(count - 1), not \(classes.first { !(0..<count ~= $0) } ?? 0)"
    )
    add(
      Scatter(
        x: x, y: y,
        colors: .classes(classes, names: names ?? (0..<count).map { "class \($0)" }), label: nil,
        marker: marker, size: size, edge: edge, opacity: opacity))
  }
}
