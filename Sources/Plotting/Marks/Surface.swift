public import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Numbers over a plane as a landscape, seen from above at a slant.
struct Surface: Mark {
  let field: Field
  let scale: ColorScale
  let color: Color?
  let isWireframe: Bool
  let azimuth: Double
  let elevation: Double
  let zLabel: String
  let showsBar: Bool

  /// More points than this each way are thinned.
  private static let mostPoints = 151

  var horizontalExtent: Extent { field.horizontalExtent }
  var verticalExtent: Extent { field.verticalExtent }
  var coversArea: Bool { true }
  var colorScale: ColorScale? { showsBar ? scale : nil }

  func draw(on canvas: inout Canvas, in frame: Frame, color: Color) {
    guard let range = Extent(field.z).range else { return }
    let isFlat = Tick.round(in: range, scale: .linear, atMost: 3).isEmpty
    let zLimits = isFlat ? Extent(field.z).limits(scale: .linear) : range
    var space = Space(
      x: frame.x, y: frame.y, z: zLimits, azimuth: azimuth, elevation: elevation)
    let labels = [RichText(frame.labels.x), RichText(frame.labels.y), RichText(zLabel)]
    let texts = space.fit(labels, in: frame.box.expanded(by: -1))
    drawWalls(on: &canvas, space)
    drawCells(on: &canvas, space)
    for axis in space.axes {
      let stroke = Stroke(Color(.axis), width: 0.8)
      canvas.line([space.place(axis.start), space.place(axis.end)], stroke: stroke)
      canvas.lines(
        axis.ticks.map { tick in
          let place = space.place(axis.position(tick.part))
          return [
            place,
            Point(
              place.x + Spacing.tick * axis.outward.x, place.y + Spacing.tick * axis.outward.y),
          ]
        }, stroke: stroke)
    }
    for text in texts {
      var style = TextStyle(
        size: text.size, anchor: .middle, alignment: .middle, isVertical: text.isVertical)
      style.color = .text
      canvas.text(text.text, at: text.center, style)
    }
  }

  /// The three walls behind the landscape with the lines of their ticks.
  private func drawWalls(on canvas: inout Canvas, _ space: Space) {
    let back = space.back
    let corners: [[Vector]] = [
      [
        Vector(-0.5, -0.5, back.z), Vector(0.5, -0.5, back.z), Vector(0.5, 0.5, back.z),
        Vector(-0.5, 0.5, back.z),
      ],
      [
        Vector(back.x, -0.5, -0.5), Vector(back.x, 0.5, -0.5), Vector(back.x, 0.5, 0.5),
        Vector(back.x, -0.5, 0.5),
      ],
      [
        Vector(-0.5, back.y, -0.5), Vector(0.5, back.y, -0.5), Vector(0.5, back.y, 0.5),
        Vector(-0.5, back.y, 0.5),
      ],
    ]
    for wall in corners {
      canvas.line(
        wall.map(space.place), isClosed: true, fill: Fill(Color(.grid), opacity: 0.3),
        stroke: Stroke(Color(.grid), width: 0.8))
    }
    var lines: [[Vector]] = []
    for tick in space.axes[0].ticks {
      let x = tick.part
      lines.append([
        Vector(x, -back.y, back.z), Vector(x, back.y, back.z), Vector(x, back.y, -back.z),
      ])
    }
    for tick in space.axes[1].ticks {
      let y = tick.part
      lines.append([
        Vector(-back.x, y, back.z), Vector(back.x, y, back.z), Vector(back.x, y, -back.z),
      ])
    }
    for tick in space.axes[2].ticks {
      let z = tick.part
      lines.append([
        Vector(-back.x, back.y, z), Vector(back.x, back.y, z), Vector(back.x, -back.y, z),
      ])
    }
    canvas.lines(lines.map { $0.map(space.place) }, stroke: Stroke(Color(.grid), width: 0.8))
  }

  /// The landscape, cell by cell from the back to the front.
  private func drawCells(on canvas: inout Canvas, _ space: Space) {
    let step = max(
      (field.x.count + Surface.mostPoints - 3) / (Surface.mostPoints - 1),
      (field.y.count + Surface.mostPoints - 3) / (Surface.mostPoints - 1))
    let field = field.thinned(by: step)
    let (columns, rows) = (field.x.count, field.y.count)
    guard columns > 1, rows > 1 else { return }
    let x = field.x.map { space.x.map($0) }
    let y = field.y.map { space.y.map($0) }
    let z = field.z.map { space.z.map($0) }
    func ordered(_ parts: [Double?], away: Double) -> [Int] {
      let rises = (parts.first ?? nil) ?? 0 <= (parts.last ?? nil) ?? 0
      let order = Array(0..<parts.count - 1)
      return rises == (away < 0) ? order : order.reversed()
    }
    let isCoarse = columns * rows <= 4000
    for row in ordered(y, away: space.back.y) {
      for column in ordered(x, away: space.back.x) {
        let index = row * columns + column
        let indices = [index, index + 1, index + columns + 1, index + columns]
        guard let left = x[column], let right = x[column + 1], let near = y[row],
          let far = y[row + 1], let a = z[indices[0]], let b = z[indices[1]],
          let c = z[indices[2]], let d = z[indices[3]],
          [left, right, near, far].allSatisfy({ abs($0) < 0.5001 })
        else { continue }
        let corners = [
          Vector(left, near, a), Vector(right, near, b), Vector(right, far, c),
          Vector(left, far, d),
        ]
        let mean = indices.reduce(0) { $0 + field.z[$1] / 4 }
        let hue = color ?? scale[mean]
        let stroke: Stroke
        let fill: Fill
        if isWireframe {
          fill = Fill(.background)
          stroke = Stroke(hue, width: 0.7)
        } else {
          let normal = (corners[2] - corners[0]).cross(corners[3] - corners[1])
          let light = space.light(on: normal)
          let lit = shaded(hue, by: light, canvas.theme)
          fill = Fill(lit)
          // Of its own colour, so that no seam shows; of a coarse grid a little darker.
          stroke = Stroke(isCoarse ? shaded(hue, by: light * 0.86, canvas.theme) : lit, width: 0.4)
        }
        canvas.line(corners.map(space.place), isClosed: true, fill: fill, stroke: stroke)
      }
    }
  }

  private func shaded(_ color: Color, by light: Double, _ theme: Theme) -> Color {
    let (red, green, blue) = theme.bytes(of: color)
    func part(_ byte: UInt8) -> Double {
      let value = Double(byte) / 255
      return light <= 1 ? value * light : value + (1 - value) * (light - 1)
    }
    return Color(red: part(red), green: part(green), blue: part(blue))
  }
}

/// A place or direction in space; z is up.
struct Vector {
  var x: Double
  var y: Double
  var z: Double

  init(_ x: Double, _ y: Double, _ z: Double) {
    self.x = x
    self.y = y
    self.z = z
  }

  static func - (a: Vector, b: Vector) -> Vector { Vector(a.x - b.x, a.y - b.y, a.z - b.z) }
  static func + (a: Vector, b: Vector) -> Vector { Vector(a.x + b.x, a.y + b.y, a.z + b.z) }
  static func * (a: Double, b: Vector) -> Vector { Vector(a * b.x, a * b.y, a * b.z) }
  func dot(_ other: Vector) -> Double { x * other.x + y * other.y + z * other.z }
  func cross(_ b: Vector) -> Vector {
    Vector(y * b.z - z * b.y, z * b.x - x * b.z, x * b.y - y * b.x)
  }
  var length: Double { dot(self).squareRoot() }
}

/// A box in space, from −½ to ½ each way, and how it lies on the figure (without perspective).
struct Space {
  /// Where the numbers of one direction stand between −½ and ½.
  struct Numbers {
    let map: AxisMap
    init(_ limits: ClosedRange<Double>, scale: Scale) {
      map = AxisMap(scale: scale, limits: limits, start: -0.5, end: 0.5)
    }
  }

  /// An edge of the box with ticks and names.
  struct Edge {
    let start: Vector
    let end: Vector
    /// The direction on the figure in which the names stand, of length 1.
    let outward: Point
    var ticks: [(part: Double, label: RichText)] = []

    func position(_ part: Double) -> Vector { start + (part + 0.5) * (end - start) }
  }

  /// A text on the figure.
  struct Label {
    let text: RichText
    let center: Point
    let size: Double
    var isVertical = false

    var box: Box {
      let (width, height) = (text.width(size: size), Spacing.lineHeight(size))
      let (half, rise) = isVertical ? (height / 2, width / 2) : (width / 2, height / 2)
      return Box(
        left: center.x - half, top: center.y - rise, right: center.x + half,
        bottom: center.y + rise)
    }
  }

  /// How high the box is, as a part of its width.
  private static let heightRatio = 0.72

  let x: Numbers
  let y: Numbers
  let z: Numbers
  private let right: Vector
  private let up: Vector
  private let toEye: Vector
  /// The coordinates of the walls at the back.
  let back: Vector
  private(set) var axes: [Edge] = []
  private var size = 1.0
  private var offset = Point(0, 0)

  init(
    x: AxisMap, y: AxisMap, z: ClosedRange<Double>, azimuth: Double, elevation: Double
  ) {
    self.x = Numbers(x.limits, scale: x.scale)
    self.y = Numbers(y.limits, scale: y.scale)
    self.z = Numbers(z, scale: .linear)
    let turn = (azimuth.isFinite ? azimuth.truncatingRemainder(dividingBy: 360) : -60) * .pi / 180
    let rise = (elevation.isFinite ? max(-90, min(90, elevation)) : 30) * .pi / 180
    toEye = Vector(cos(rise) * cos(turn), cos(rise) * sin(turn), sin(rise))
    right = Vector(-sin(turn), cos(turn), 0)
    up = Vector(-sin(rise) * cos(turn), -sin(rise) * sin(turn), cos(rise))
    back = Vector(
      toEye.x > 0 ? -0.5 : 0.5, toEye.y > 0 ? -0.5 : 0.5, toEye.z >= 0 ? -0.5 : 0.5)
    axes = edges()
  }

  /// The place of a point before it is enlarged.
  private func projected(_ point: Vector) -> Point {
    let point = Vector(point.x, point.y, point.z * Space.heightRatio)
    return Point(point.dot(right), -point.dot(up))
  }

  func place(_ point: Vector) -> Point {
    let place = projected(point)
    return Point(offset.x + size * place.x, offset.y + size * place.y)
  }

  /// How bright a face is whose normal points up: 1 is its own colour.
  func light(on normal: Vector) -> Double {
    let normal = Vector(normal.x, normal.y, normal.z / Space.heightRatio)
    guard normal.length > 0 else { return 1 }
    // From above, over the viewer's left shoulder.
    let source = Vector(0, 0, 1) + 0.45 * toEye + (-0.75) * right
    return 0.72 + 0.36 * abs(normal.dot(source)) / (normal.length * source.length)
  }

  /// The edges that carry the numbers: the two at the front of the floor, and the upright one at the
  /// left.
  private func edges() -> [Edge] {
    func edge(_ start: Vector, _ end: Vector, _ outward: Vector) -> Edge {
      let direction = projected(outward)
      let length = (direction.x * direction.x + direction.y * direction.y).squareRoot()
      return Edge(
        start: start, end: end,
        outward: length > 1e-6
          ? Point(direction.x / length, direction.y / length) : Point(0, 1))
    }
    let front = Vector(-back.x, -back.y, -back.z)
    let isLeft = projected(Vector(back.x, front.y, 0)).x < projected(Vector(front.x, back.y, 0)).x
    let foot = isLeft ? (back.x, front.y) : (front.x, back.y)
    var upright = Edge(
      start: Vector(foot.0, foot.1, -0.5), end: Vector(foot.0, foot.1, 0.5), outward: Point(-1, 0))
    upright.ticks = []
    return [
      edge(Vector(-0.5, front.y, back.z), Vector(0.5, front.y, back.z), Vector(0, front.y, 0)),
      edge(Vector(front.x, -0.5, back.z), Vector(front.x, 0.5, back.z), Vector(front.x, 0, 0)),
      upright,
    ]
  }

  /// Makes the box as large as it can be with its names inside of an area.
  ///
  /// - Returns: The names and labels, none of which touch.
  mutating func fit(_ labels: [RichText], in area: Box) -> [Label] {
    let corners = [-0.5, 0.5].flatMap { x in
      [-0.5, 0.5].flatMap { y in [-0.5, 0.5].map { projected(Vector(x, y, $0)) } }
    }
    let unit = Box(
      left: corners.map(\.x).min() ?? 0, top: corners.map(\.y).min() ?? 0,
      right: corners.map(\.x).max() ?? 1, bottom: corners.map(\.y).max() ?? 1)
    let largest = min(area.width / unit.width, area.height / unit.height)
    (size, offset) = (largest * 0.7, area.center)
    var names: [Label] = []
    for _ in 0..<4 {
      names = placedLabels(labels)
      let box = Box(
        left: offset.x + size * unit.left, top: offset.y + size * unit.top,
        right: offset.x + size * unit.right, bottom: offset.y + size * unit.bottom)
      let whole = names.reduce(box) { $0.union($1.box) }
      // What the names take beside the box hardly depends on its size.
      let spare = (x: whole.width - box.width, y: whole.height - box.height)
      size = max(
        largest * 0.2,
        min((area.width - spare.x) / unit.width, (area.height - spare.y) / unit.height))
      offset = Point(
        area.left + box.left - whole.left - size * unit.left
          + (area.width - spare.x - size * unit.width) / 2,
        area.top + box.top - whole.top - size * unit.top
          + (area.height - spare.y - size * unit.height) / 2)
    }
    return placedLabels(labels).filter {
      $0.box.left >= area.left - 1 && $0.box.right <= area.right + 1
        && $0.box.top >= area.top - 1 && $0.box.bottom <= area.bottom + 1
    }
  }

  /// Picks the ticks and places their names and the labels, leaving out what would touch another.
  private mutating func placedLabels(_ labels: [RichText]) -> [Label] {
    var placed: [Label] = []
    func isFree(_ label: Label) -> Bool {
      placed.allSatisfy { !$0.box.expanded(by: 1).overlaps(label.box) }
    }
    /// The text with its nearest side at a distance from the edge.
    func label(
      _ text: RichText, at place: Point, _ outward: Point, away: Double, size: Double,
      isVertical: Bool = false
    ) -> Label {
      let (width, height) = (text.width(size: size), Spacing.lineHeight(size))
      let (w, h) = isVertical ? (height, width) : (width, height)
      let reach = away + w / 2 * abs(outward.x) + h / 2 * abs(outward.y)
      return Label(
        text: text, center: Point(place.x + reach * outward.x, place.y + reach * outward.y),
        size: size, isVertical: isVertical)
    }
    let away = Spacing.tick + 2
    for index in axes.indices {
      let numbers = [x, y, z][index]
      let edge = axes[index]
      let (start, end) = (place(edge.start), place(edge.end))
      let length = ((end.x - start.x) * (end.x - start.x) + (end.y - start.y) * (end.y - start.y))
        .squareRoot()
      var count = max(2, min(7, Int(length / 24)))
      var names: [Label] = []
      while count > 0 {
        let ticks = Tick.round(in: numbers.map.limits, scale: numbers.map.scale, atMost: count)
          .filter { !$0.label.isEmpty }
        axes[index].ticks = ticks.compactMap { tick in
          numbers.map(tick.value).map { ($0, tick.label) }
        }
        names = axes[index].ticks.map {
          label(
            $0.label, at: place(edge.position($0.part)), edge.outward, away: away,
            size: Spacing.tickSize)
        }
        if zip(names, names.dropFirst()).allSatisfy({ !$0.box.expanded(by: 1).overlaps($1.box) }) {
          break
        }
        count -= 1
      }
      for name in names where isFree(name) { placed.append(name) }
      guard !labels[index].isEmpty, length > 20 else { continue }
      let depth =
        names.map { abs(edge.outward.x) * $0.box.width + abs(edge.outward.y) * $0.box.height }
        .max() ?? 0
      let text = labels[index].truncated(
        to: index == 2 ? length : max(40, length), size: Spacing.labelSize)
      for further in 0..<12 {
        let name = label(
          text, at: place(edge.position(0)), edge.outward,
          away: away + depth + Spacing.labelToTitle + 3 * Double(further),
          size: Spacing.labelSize, isVertical: index == 2)
        if isFree(name) {
          placed.append(name)
          break
        }
      }
    }
    return placed
  }
}

extension Axes {
  /// Adds numbers over a plane as a landscape in space, with axes of its own.
  ///
  /// It is seen without perspective, so that equal lengths stay equal, and lit from the upper left.
  /// The labels of ``x`` and ``y`` stand at its edges, their limits are its own; there should be no
  /// other mark. Cells with a corner that isn't finite are left out. Of more than 151 points each way
  /// only every second, third … is shown.
  ///
  ///     let x = [0.0, 1, 2], y = [0.0, 1]
  ///     var figure = Figure()
  ///     figure.axes.surface(x, y, Tensor<Double>([[0, 1, 2], [1, 2, 3]]), zLabel: "loss")
  ///     figure.axes.x.label = "$w_1$"
  ///     figure.svg().contains("loss")  // true
  ///
  /// - Parameters:
  ///   - x: Where the columns stand, in order; any distances.
  ///   - y: Where the rows stand, the same.
  ///   - z: The numbers, `[y.count, x.count]`.
  ///   - colorMap: The colours of the numbers; ``ColorMap/viridis``, or for lines its middle, if nil.
  ///   - color: Of all the surface; by `colorMap` if nil.
  ///   - isWireframe: Whether only the lines of the grid are drawn; what is in front still hides what is
  ///     behind.
  ///   - azimuth: From where it is seen, in degrees against the clock from the direction of x.
  ///   - elevation: From how high, in degrees above the plane; 90 is straight from above.
  ///   - zLabel: What the numbers are, beside the upright axis.
  ///   - barLabel: What the numbers are, beside a colour bar; no colour bar if nil.
  /// - Precondition: `z` has the shape that `x` and `y` ask for.
  /// - SeeAlso: matplotlib's `plot_surface` and `plot_wireframe`, whose angles these are.
  public mutating func surface(
    _ x: some NumericSeries, _ y: some NumericSeries, _ z: Tensor<some NumericScalar>,
    colorMap: ColorMap? = nil, color: Color? = nil, isWireframe: Bool = false,
    azimuth: Double = -60, elevation: Double = 30, zLabel: String = "", barLabel: String? = nil
  ) {
    let field = field(x, y, z)
    var scale = ColorScale(
      colorMap ?? (isWireframe ? .middleViridis : .viridis), fitting: field.z)
    scale.label = barLabel ?? ""
    add(
      Surface(
        field: field, scale: scale, color: color, isWireframe: isWireframe, azimuth: azimuth,
        elevation: elevation, zLabel: zLabel, showsBar: barLabel != nil && color == nil))
    isBare = true
  }
}
