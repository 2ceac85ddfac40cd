public import NeuralNetworks
public import Plotting

extension ROCCurve {
  /// A figure of the curve, with the area under it and the diagonal of guesses.
  ///
  ///     let curve = ROCCurve(Tensor<Float>([0.1, 0.4, 0.35, 0.8]), [0, 0, 1, 1])
  ///     curve.figure().svg().contains("area 0.750")  // true
  ///
  /// - Returns: A square figure.
  public func figure() -> Figure {
    var figure = Figure.unitSquare(
      "Receiver operating characteristic", x: "others taken for positive",
      y: "positives found")
    figure.axes.line([0, 1], [0, 1], label: "guesses", color: .muted, width: 1.2, dash: .dashed)
    figure.axes.line(self)
    return figure
  }
}

extension Axes {
  /// Adds a receiver operating characteristic, with its area in the legend.
  ///
  ///     let curve = ROCCurve(Tensor<Float>([0.1, 0.4, 0.35, 0.8]), [0, 0, 1, 1])
  ///     var figure = Figure()
  ///     figure.axes.line(curve, label: "cats")
  ///     figure.svg().contains("cats, area 0.750")  // true
  ///
  /// - Parameters:
  ///   - curve: What to draw.
  ///   - label: What the legend calls it, beside the number; the number alone if nil.
  ///   - color: Of the line; the next of the palette if nil.
  public mutating func line(_ curve: ROCCurve, label: String? = nil, color: Color? = nil) {
    let number = decimals(curve.area, 3)
    line(
      curve.falsePositiveRates, curve.truePositiveRates,
      label: label.map { "\($0), area \(number)" } ?? "area \(number)", color: color, width: 2)
  }
}

extension Figure {
  /// A figure of what lies between 0 and 1 both ways, as a square with a little room around it.
  static func unitSquare(_ title: String, x: String, y: String) -> Figure {
    var figure = Figure(width: 4.6, height: 4.4)
    figure.axes.title = title
    for (axis, label) in [(\Axes.x, x), (\Axes.y, y)] {
      figure.axes[keyPath: axis].label = label
      figure.axes[keyPath: axis].limits = -0.02...1.02
      figure.axes[keyPath: axis].ticks = .at([0, 0.2, 0.4, 0.6, 0.8, 1])
    }
    figure.axes.isEqual = true
    return figure
  }
}
