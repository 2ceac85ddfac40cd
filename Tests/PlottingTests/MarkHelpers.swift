import TestSupport

@testable import Plotting

/// Numbers that drawings have gone wrong on: empty, one, equal, very large and small, not finite.
let oddSeries: [[Double]] = [
  [], [3], [0], [-2, -2, -2], [1e308, -1e308], [1e-308, 2e-308], [.leastNonzeroMagnitude, 0],
  [.nan, 1, .infinity, -.infinity, 2], [.nan], [.infinity], [1, 1 + 1e-16, 1 - 1e-16],
  [.greatestFiniteMagnitude, .greatestFiniteMagnitude], [-0.0, 1e300, 1e-300],
]

/// A frame of 100 by 100 points at (0, 0) whose axes go over the given limits.
func frame(
  x: ClosedRange<Double> = 0...10, y: ClosedRange<Double> = 0...10, xScale: Scale = .linear,
  yScale: Scale = .linear
) -> Frame {
  Frame(
    box: Box(left: 0, top: 0, width: 100, height: 100),
    x: AxisMap(scale: xScale, limits: x, start: 0, end: 100),
    y: AxisMap(scale: yScale, limits: y, start: 100, end: 0))
}

/// The marks of axes that `body` fills.
func marks<M: Mark>(_ type: M.Type = M.self, _ body: (inout Axes) -> Void) -> [M] {
  var figure = Figure()
  body(&figure.axes)
  return figure.axes.marks.compactMap { $0 as? M }
}

/// What a figure's canvas holds: its bytes and the boxes of its texts.
func drawn(_ figure: Figure) -> Canvas { FigureLayout(figure).drawn(theme: .light) }

/// What is wrong with a figure, large and linear and small and logarithmic: text on text or cut off, or
/// what isn't XML.
func problems(_ body: (inout Axes) -> Void) -> [String] {
  var found: [String] = []
  for (width, height, scale) in [(6.4, 4.8, Scale.linear), (3.0, 2.0, .logarithmic)] {
    var figure = Figure(width: width, height: height)
    figure.axes.y.scale = scale
    body(&figure.axes)
    do {
      found += try SVGReader(figure.svg()).faults.map { "\(scale): \($0)" }
    } catch {
      found.append("\(scale): \(error)")
    }
  }
  return found
}
