public import NeuralNetworks
public import Plotting

extension CalibrationCurve {
  /// A figure of the curve and the diagonal on which a well calibrated classifier lies.
  ///
  ///     let curve = CalibrationCurve(Tensor<Float>([0.1, 0.2, 0.7, 0.9]), [0, 0, 1, 1], bins: 2)
  ///     curve.figure().svg().contains("perfectly calibrated")  // true
  ///
  /// - Returns: A square figure.
  public func figure() -> Figure {
    var figure = Figure.unitSquare(
      "Calibration", x: "mean predicted probability",
      y: "part that is positive")
    figure.axes.line(
      [0, 1], [0, 1], label: "perfectly calibrated", color: .muted, width: 1.2, dash: .dashed)
    figure.axes.line(self, label: "classifier")
    return figure
  }
}

extension Axes {
  /// Adds a calibration curve: a point for each bin that has samples.
  ///
  ///     let curve = CalibrationCurve(Tensor<Float>([0.1, 0.2, 0.7, 0.9]), [0, 0, 1, 1], bins: 2)
  ///     var figure = Figure()
  ///     figure.axes.line(curve, label: "cats")
  ///     figure.svg().contains("cats")  // true
  ///
  /// - Parameters:
  ///   - curve: What to draw.
  ///   - label: What the legend calls it.
  ///   - color: Of the line; the next of the palette if nil.
  public mutating func line(_ curve: CalibrationCurve, label: String, color: Color? = nil) {
    line(
      curve.probabilities, curve.positiveShares, label: label, color: color, width: 2,
      marker: .circle)
  }
}
