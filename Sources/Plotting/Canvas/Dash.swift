/// How a line is broken.
///
///     var figure = Figure()
///     figure.axes.line([0, 1], [1, 1], dash: .dashed)
///     figure.svg().contains("stroke-dasharray")  // true
public enum Dash: Hashable, Sendable, CaseIterable {
  /// Not at all.
  case solid
  /// Strokes as long as the gaps between them.
  case dashed
  /// Points.
  case dotted
  /// A stroke and a point by turns.
  case dashDotted

  /// Lengths of strokes and gaps for a line of a width, in points.
  func pattern(width: Double) -> [Double]? {
    let unit = max(width, 0.5)
    return switch self {
    case .solid: nil
    case .dashed: [4 * unit, 2.5 * unit]
    case .dotted: [unit, 1.8 * unit]
    case .dashDotted: [5 * unit, 2 * unit, unit, 2 * unit]
    }
  }
}

/// The shape of a point.
///
///     var figure = Figure()
///     figure.axes.scatter([0, 1], [1, 1], marker: .cross)
///     figure.svg().contains("<path")  // true
public enum Marker: Hashable, Sendable, CaseIterable {
  /// A filled circle.
  case circle
  /// A filled square.
  case square
  /// A filled triangle that points up.
  case triangle
  /// A filled square on its corner.
  case diamond
  /// Two strokes, ×.
  case cross
  /// Two strokes, +.
  case plus

  /// Whether it is made of strokes and has no area.
  var isOpen: Bool { self == .cross || self == .plus }

  /// Its corners around the origin, part by part; y grows downwards.
  func outline(radius: Double) -> [[Point]] {
    let r = radius
    switch self {
    case .circle:
      return [
        (0..<16).map { step in
          // A regular polygon; only a line's marker in a legend of another size would show it.
          let (x, y) = Marker.unitCircle[step]
          return Point(r * x, r * y)
        }
      ]
    case .square: return [[Point(-r, -r), Point(r, -r), Point(r, r), Point(-r, r)]]
    case .triangle:
      return [[Point(0, -1.1 * r), Point(1.05 * r, 0.75 * r), Point(-1.05 * r, 0.75 * r)]]
    case .diamond:
      return [[Point(0, -1.25 * r), Point(1.25 * r, 0), Point(0, 1.25 * r), Point(-1.25 * r, 0)]]
    case .cross: return [[Point(-r, -r), Point(r, r)], [Point(-r, r), Point(r, -r)]]
    case .plus: return [[Point(-r, 0), Point(r, 0)], [Point(0, -r), Point(0, r)]]
    }
  }

  private static let unitCircle: [(Double, Double)] = {
    let (a, b, c) = (0.9238795325112867, 0.7071067811865476, 0.3826834323650898)
    return [
      (1, 0), (a, c), (b, b), (c, a), (0, 1), (-c, a), (-b, b), (-a, c), (-1, 0), (-a, -c),
      (-b, -b),
      (-c, -a), (0, -1), (c, -a), (b, -b), (a, -c),
    ]
  }()
}
