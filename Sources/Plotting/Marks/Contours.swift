public import Tensors

/// Numbers over a plane, with what contours of them have in common.
struct Field: Sendable {
  let x: [Double]
  let y: [Double]
  /// Row by row: `[y.count, x.count]`.
  let z: [Double]

  var horizontalExtent: Extent { extent(of: x) }
  var verticalExtent: Extent { extent(of: y) }

  /// All places, the outermost of which are the end for good.
  private func extent(of places: [Double]) -> Extent {
    let range = Extent(places).range
    return Extent(places, edges: range.map { [$0.lowerBound, $0.upperBound] } ?? [])
  }

  /// Round levels, about `count` bands of them; if they are borders of areas, they reach around all
  /// numbers.
  func levels(count: Int, isCovering: Bool) -> [Double] {
    guard Extent(z).range != nil else { return [] }
    let range = Extent(z).limits(scale: .linear)
    // The limits of an axis have a margin; the numbers alone count, unless they are all the same.
    let own = Extent(z).range ?? range
    let isFlat =
      !(own.upperBound > own.lowerBound)
      || Tick.round(in: own, scale: .linear, atMost: 2).isEmpty
    let limits = isFlat ? range : own
    var levels = Tick.round(in: limits, scale: .linear, atMost: max(2, min(100, count)))
      .map(\.value)
    guard levels.count > 1, isCovering else {
      return isCovering ? [limits.lowerBound, limits.upperBound] : levels
    }
    let step = levels[1] / 2 - levels[0] / 2
    let largest = Double.greatestFiniteMagnitude
    if levels[0] > own.lowerBound { levels.insert(max(-largest, levels[0] - step - step), at: 0) }
    let last = levels[levels.count - 1]
    if last < own.upperBound { levels.append(min(largest, last + step + step)) }
    return levels
  }

  /// The larger of its extents: thinned by as much, nothing but its corners is left.
  var most: Int { max(x.count, y.count) }

  /// The field with NaN where an axis has no place for it: 0 and less on a logarithmic one.
  func without(placesOutside frame: Frame) -> Field {
    let (columns, rows) = (x.map { frame.x($0) != nil }, y.map { frame.y($0) != nil })
    guard columns.contains(false) || rows.contains(false) else { return self }
    return Field(
      x: x, y: y,
      z: z.indices.map { columns[$0 % x.count] && rows[$0 / x.count] ? z[$0] : .nan })
  }

  /// Every how many points of the grid, so that a tracing has at most about `most` points.
  func thinned(by step: Int) -> Field {
    guard step > 1 else { return self }
    func kept(_ count: Int) -> [Int] {
      let inner = Array(stride(from: 0, to: count - 1, by: step))
      return inner + [count - 1]
    }
    let (columns, rows) = (kept(x.count), kept(y.count))
    return Field(
      x: columns.map { x[$0] }, y: rows.map { y[$0] },
      z: rows.flatMap { row in columns.map { z[row * x.count + $0] } })
  }
}

/// A path on the figure without points in the middle of straight lines along the axes.
private func placed(_ points: [Point], isClosed: Bool, in frame: Frame) -> [Point] {
  let places = points.compactMap { frame.point($0.x, $0.y) }
  return places.indices.filter { index in
    guard isClosed || (index > 0 && index < places.count - 1) else { return true }
    let (a, b) = (places[(index + places.count - 1) % places.count], places[index])
    let c = places[(index + 1) % places.count]
    return !(a.x == b.x && b.x == c.x) && !(a.y == b.y && b.y == c.y)
  }.map { places[$0] }
}

/// Areas of one colour between levels.
struct FilledContours: Mark {
  let field: Field
  let levels: [Double]
  let scale: ColorScale
  let opacity: Double
  let showsBar: Bool

  var horizontalExtent: Extent { field.horizontalExtent }
  var verticalExtent: Extent { field.verticalExtent }
  var layer: MarkLayer { .area }
  var coversArea: Bool { true }
  var colorScale: ColorScale? { showsBar ? scale : nil }

  /// For each band from the lowest the area above its lower level, without what lies above all levels.
  func areas(of field: Field) -> [[[Point]]] {
    guard let last = levels.last, levels.count > 1 else { return [] }
    let tracer = ContourTracer(x: field.x, y: field.y, z: field.z)
    // As areas in areas, what is above becomes a hole.
    let above = tracer.area(above: last, isStrict: true)
    return levels.dropLast().map { tracer.area(above: $0) + above }
  }

  func draw(on canvas: inout Canvas, in frame: Frame, color: Color) {
    var step = 1
    let field = field.without(placesOutside: frame)
    var shown = areas(of: field)
    while shown.reduce(0, { $0 + $1.reduce(0) { $0 + $1.count } }) > 300_000, step < field.most {
      step += 1
      shown = areas(of: field.thinned(by: step))
    }
    // Each area lies on the lower ones, so no seam can show between them. What lets through what is
    // behind does so as a whole.
    func draw(_ canvas: inout Canvas) {
      for (index, paths) in shown.enumerated() {
        canvas.lines(
          paths.map { placed($0, isClosed: true, in: frame) }, isClosed: true,
          fill: Fill(scale[levels[index] / 2 + levels[index + 1] / 2]))
      }
    }
    if opacity < 1 {
      canvas.group("opacity=\"\(max(0, (opacity.isNaN ? 1 : opacity).rounded(to: 1000)))\"", draw)
    } else {
      draw(&canvas)
    }
  }
}

/// Lines of one level each.
struct ContourLines: Mark {
  let field: Field
  let levels: [Double]
  let scale: ColorScale
  let color: Color?
  let width: Double
  let dash: Dash
  let label: String?
  let isLabeled: Bool
  let showsBar: Bool

  var horizontalExtent: Extent { field.horizontalExtent }
  var verticalExtent: Extent { field.verticalExtent }
  var colorScale: ColorScale? { showsBar && color == nil ? scale : nil }

  func legendKeys(color: Color) -> [LegendKey] {
    label.map {
      [LegendKey($0, .line(Stroke(self.color ?? scale.map[0.5], width: width, dash: dash)))]
    } ?? []
  }

  /// A line on the figure, and its level.
  private struct Path {
    let level: Double
    var points: [Point]
  }

  func draw(on canvas: inout Canvas, in frame: Frame, color: Color) {
    var step = 1
    let field = field.without(placesOutside: frame)
    var paths = paths(of: field, in: frame)
    while paths.reduce(0, { $0 + $1.points.count }) > 300_000, step < field.most {
      step += 1
      paths = self.paths(of: field.thinned(by: step), in: frame)
    }
    let labels = isLabeled ? labels(for: paths, in: frame.box, besides: canvas.texts) : []
    for level in levels {
      var lines = paths.filter { $0.level == level }.map(\.points)
      for label in labels { lines = lines.flatMap { cut($0, by: label.box) } }
      canvas.lines(lines, stroke: Stroke(self.color ?? scale[level], width: width, dash: dash))
    }
    for label in labels {
      let style = TextStyle(
        size: ContourLines.labelSize, color: self.color ?? scale[label.level], anchor: .middle,
        alignment: .middle)
      canvas.text(label.text, at: label.box.center, style)
    }
  }

  private func paths(of field: Field, in frame: Frame) -> [Path] {
    let tracer = ContourTracer(x: field.x, y: field.y, z: field.z)
    return levels.flatMap { level in
      tracer.lines(at: level).map { path in
        let points = placed(path.points, isClosed: path.isClosed, in: frame)
        return Path(level: level, points: path.isClosed ? points + points.prefix(1) : points)
      }
    }
  }

  // MARK: Labels

  private static let labelSize = 8.0

  private struct Label {
    let level: Double
    let text: RichText
    let box: Box
  }

  /// A label for each line that is long enough: where it runs flat, and other lines are far.
  private func labels(for paths: [Path], in area: Box, besides texts: [Box]) -> [Label] {
    var all = Occupancy(area)
    for path in paths { all.mark(path.points, isClosed: false, isFilled: false) }
    var labels: [Label] = []
    let height = Spacing.lineHeight(ContourLines.labelSize)
    for path in paths {
      let text = RichText(shortLabel(path.level, digits: 4))
      let width = text.width(size: ContourLines.labelSize) + 5
      let places = steps(along: path.points, by: 4)
      guard Double(places.count) * 4 > 5 * width else { continue }
      var own = Occupancy(area)
      own.mark(path.points, isClosed: false, isFilled: false)
      var best: (score: Double, box: Box)?
      for (index, place) in places.enumerated() {
        let box = Box(
          left: place.point.x - width / 2, top: place.point.y - height / 2, width: width,
          height: height)
        let inner = area.expanded(by: -2)
        guard inner.left <= box.left, box.right <= inner.right, inner.top <= box.top,
          box.bottom <= inner.bottom, !labels.contains(where: { $0.box.overlaps(box) }),
          !texts.contains(where: box.overlaps)
        else { continue }
        let around = box.expanded(by: 2)
        let others = all.count(in: around) - own.count(in: around)
        guard others <= 1 else { continue }
        let fromMiddle = abs(Double(index) / Double(places.count) - 0.5)
        let score = place.steepness + 2 * Double(others) + 0.4 * fromMiddle
        if score < best?.score ?? .infinity { best = (score, box) }
      }
      if let best { labels.append(Label(level: path.level, text: text, box: best.box)) }
    }
    return labels
  }

  /// Places at equal distances along a line, and how steep it is there, from 0 to 1.
  private func steps(along points: [Point], by length: Double) -> [(
    point: Point, steepness: Double
  )] {
    var places: [(point: Point, steepness: Double)] = []
    var rest = length / 2
    for (a, b) in zip(points, points.dropFirst()) {
      let (dx, dy) = (b.x - a.x, b.y - a.y)
      let distance = (dx * dx + dy * dy).squareRoot()
      guard distance > 0 else { continue }
      while rest <= distance, places.count < 2000 {
        let part = rest / distance
        places.append((Point(a.x + part * dx, a.y + part * dy), abs(dy) / distance))
        rest += length
      }
      rest -= distance
    }
    return places
  }

  /// The parts of a line outside of a box.
  private func cut(_ points: [Point], by box: Box) -> [[Point]] {
    guard let first = points.first else { return [] }
    var parts: [[Point]] = []
    var part = [first]
    func finish() {
      if part.count > 1 { parts.append(part) }
    }
    for (a, b) in zip(points, points.dropFirst()) {
      guard let (entry, exit) = box.clipping(a, b) else {
        part.append(b)
        continue
      }
      if entry != a { part.append(entry) }
      finish()
      part = exit == b ? [b] : [exit, b]
    }
    finish()
    return parts
  }
}

extension Axes {
  /// Adds areas of one colour between levels of numbers over a plane.
  ///
  /// Between the points of the grid the numbers count as linear along its edges; where it is open which
  /// of two pairs of corners is joined, the mean of the four decides. Cells with a corner that isn't
  /// finite are left out, and so is what lies below the first level or above the last. Of a grid whose
  /// areas would have more than 300,000 corners, only every second, third … point counts.
  ///
  ///     let x = [0.0, 1, 2], y = [0.0, 1]
  ///     var figure = Figure()
  ///     figure.axes.filledContours(x, y, Tensor<Double>([[0, 1, 2], [1, 2, 3]]), barLabel: "height")
  ///     figure.svg().contains("height")  // true
  ///
  /// - Parameters:
  ///   - x: Where the columns stand, from left to right or from right to left; any distances.
  ///   - y: Where the rows stand, the same.
  ///   - z: The numbers, `[y.count, x.count]`.
  ///   - levels: The borders of the areas; round numbers around all of `z` if nil.
  ///   - count: About how many areas there are if `levels` is nil.
  ///   - colorMap: The colours; an area has that of the middle between its levels.
  ///   - center: The number of a diverging map's middle colour.
  ///   - barLabel: What the numbers are, beside a colour bar; no colour bar if nil.
  ///   - opacity: From 0 to 1.
  /// - Precondition: `z` has the shape that `x` and `y` ask for.
  /// - SeeAlso: matplotlib's `contourf`.
  public mutating func filledContours(
    _ x: some NumericSeries, _ y: some NumericSeries, _ z: Tensor<some NumericScalar>,
    levels: [Double]? = nil, count: Int = 8, colorMap: ColorMap = .viridis, center: Double = 0,
    barLabel: String? = nil, opacity: Double = 1
  ) {
    let field = field(x, y, z)
    let levels = ordered(levels) ?? field.levels(count: count, isCovering: true)
    var scale = ColorScale(colorMap, fitting: levels, center: center)
    scale.levels = levels
    scale.label = barLabel ?? ""
    add(
      FilledContours(
        field: field, levels: levels, scale: scale, opacity: opacity, showsBar: barLabel != nil))
  }

  /// Adds lines along which numbers over a plane have a level.
  ///
  /// The numbers between the points of the grid are those of ``filledContours``.
  ///
  ///     let x = [0.0, 1, 2], y = [0.0, 1]
  ///     var figure = Figure()
  ///     figure.axes.contours(x, y, Tensor<Double>([[0, 1, 2], [1, 2, 3]]), levels: [1.5], color: .red)
  ///     figure.svg().contains("<path")  // true
  ///
  /// - Parameters:
  ///   - x: Where the columns stand, from left to right or from right to left; any distances.
  ///   - y: Where the rows stand, the same.
  ///   - z: The numbers, `[y.count, x.count]`.
  ///   - levels: The lines' numbers; round ones if nil.
  ///   - count: About how many lines there are if `levels` is nil.
  ///   - color: Of all lines; that of their level by `colorMap` if nil.
  ///   - colorMap: The colours of levels; the middle of ``ColorMap/viridis``, which can be seen on any
  ///     background, if nil.
  ///   - center: The number of a diverging map's middle colour.
  ///   - width: In points.
  ///   - dash: How the lines are broken.
  ///   - isLabeled: Whether the levels stand in gaps of the lines, where there is room.
  ///   - label: What the legend calls the lines; none if nil.
  ///   - barLabel: What the numbers are, beside a colour bar; no colour bar if nil, or if there is one
  ///     colour.
  /// - Precondition: `z` has the shape that `x` and `y` ask for.
  /// - SeeAlso: matplotlib's `contour` and `clabel`.
  public mutating func contours(
    _ x: some NumericSeries, _ y: some NumericSeries, _ z: Tensor<some NumericScalar>,
    levels: [Double]? = nil, count: Int = 8, color: Color? = nil, colorMap: ColorMap? = nil,
    center: Double = 0, width: Double = 1.2, dash: Dash = .solid, isLabeled: Bool = false,
    label: String? = nil, barLabel: String? = nil
  ) {
    let field = field(x, y, z)
    let levels = ordered(levels) ?? field.levels(count: count, isCovering: false)
    var scale = ColorScale(colorMap ?? .middleViridis, fitting: levels, center: center)
    scale.label = barLabel ?? ""
    add(
      ContourLines(
        field: field, levels: levels, scale: scale, color: color, width: width, dash: dash,
        label: label, isLabeled: isLabeled, showsBar: barLabel != nil))
  }

  private func ordered(_ levels: [Double]?) -> [Double]? {
    guard let levels else { return nil }
    var ordered: [Double] = []
    for level in levels.filter(\.isFinite).sorted() where level != ordered.last {
      ordered.append(level)
    }
    return ordered
  }
}

extension ColorMap {
  /// The middle of ``viridis``: what can be seen as a line on any background.
  static let middleViridis = ColorMap(
    (0...16).map { ColorMap.viridis[0.3 + 0.5 * Double($0) / 16] })
}

/// The numbers over the plane, if their shapes fit.
func field(
  _ x: some NumericSeries, _ y: some NumericSeries, _ z: Tensor<some NumericScalar>
) -> Field {
  let (x, y) = (x.numbers, y.numbers)
  require(
    z.shape == [y.count, x.count],
    "z must have shape [\(y.count), \(x.count)] for \(y.count) numbers y and \(x.count) numbers x, not \(z.shape)"
  )
  return Field(x: x, y: y, z: z.numbers)
}
