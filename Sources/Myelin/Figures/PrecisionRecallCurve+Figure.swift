public import NeuralNetworks
public import Plotting

extension PrecisionRecallCurve {
  /// A figure of the curve, with its average precision and the precision of guesses.
  ///
  ///     let curve = PrecisionRecallCurve(Tensor<Float>([0.1, 0.4, 0.35, 0.8]), [0, 0, 1, 1])
  ///     curve.figure().svg().contains("average precision 0.833")  // true
  ///
  /// - Returns: A square figure.
  public func figure() -> Figure {
    var figure = Figure.unitSquare(
      "Precision and recall", x: "recall: positives found",
      y: "precision: positives among those taken for it")
    figure.axes.line(
      [0, 1], [positiveShare, positiveShare], label: "guesses", color: .muted, width: 1.2,
      dash: .dashed)
    figure.axes.line(self)
    return figure
  }
}

extension Axes {
  /// Adds a precision–recall curve, with its average precision (AP) in the legend.
  ///
  ///     let curve = PrecisionRecallCurve(Tensor<Float>([0.1, 0.4, 0.35, 0.8]), [0, 0, 1, 1])
  ///     var figure = Figure()
  ///     figure.axes.line(curve, label: "cats")
  ///     figure.svg().contains("cats, AP 0.833")  // true
  ///
  /// Between two thresholds the precision is that of the lower one, as the average takes it.
  ///
  /// - Parameters:
  ///   - curve: What to draw.
  ///   - label: What the legend calls it, beside the number; the number alone if nil.
  ///   - color: Of the line; the next of the palette if nil.
  public mutating func line(
    _ curve: PrecisionRecallCurve, label: String? = nil, color: Color? = nil
  ) {
    let number = decimals(curve.averagePrecision, 3)
    var (recalls, precisions) = (curve.recalls.prefix(1), curve.precisions.prefix(1))
    for index in curve.recalls.indices.dropFirst() {
      recalls += [curve.recalls[index - 1], curve.recalls[index]]
      precisions += [curve.precisions[index - 1], curve.precisions[index - 1]]
    }
    line(
      Array(recalls), Array(precisions),
      label: label.map { "\($0), AP \(number)" } ?? "average precision \(number)", color: color,
      width: 2)
  }
}
