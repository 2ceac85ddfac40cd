public import Plotting
import Tensors

extension Figure {
  /// A figure of predicted numbers against the true ones, with the diagonal on which they are equal.
  ///
  ///     let figure = Figure.predictions([1.1, 1.9, 3.2], targets: [1, 2, 3])
  ///     figure.svg().contains("true value")  // true
  ///
  /// - Parameters:
  ///   - predictions: What the model says.
  ///   - targets: What is true, as many. A point that isn't finite isn't shown.
  ///   - unit: Of both, written behind the axes' names; none if empty.
  /// - Returns: A square figure whose axes have the same limits.
  /// - Precondition: There is a target for each prediction.
  public static func predictions(
    _ predictions: some NumericSeries, targets: some NumericSeries, unit: String = ""
  ) -> Figure {
    let (predictions, targets) = checked(predictions, targets)
    let finite = (predictions + targets).filter(\.isFinite)
    var figure = Figure(width: 4.8, height: 4.6)
    if let low = finite.min(), let high = finite.max() {
      let margin = high > low ? high / 20 - low / 20 : 0.5
      let largest = Double.greatestFiniteMagnitude
      let (start, end) = (max(-largest, low - margin), min(largest, high + margin))
      figure.axes.x.limits = start...end
      figure.axes.y.limits = start...end
      figure.axes.line(
        [start, end], [start, end], label: "equal", color: .muted, width: 1.2, dash: .dashed)
    }
    figure.axes.scatter(
      targets, predictions, color: .palette(0), size: size(of: targets.count), opacity: 0.6)
    figure.axes.title = "Predictions"
    figure.axes.x.label = "true value" + suffix(unit)
    figure.axes.y.label = "predicted value" + suffix(unit)
    figure.axes.isEqual = true
    return figure
  }

  /// A figure of residuals: how far predictions lie above the truth, against the predictions.
  ///
  ///     let figure = Figure.residuals([1.1, 1.9, 3.2], targets: [1, 2, 3])
  ///     figure.svg().contains("predicted − true")  // true
  ///
  /// If the model says all there is to say, they lie around 0 without a pattern.
  ///
  /// - Parameters:
  ///   - predictions: What the model says.
  ///   - targets: What is true, as many. A point that isn't finite isn't shown.
  ///   - unit: Of both, written behind the axes' names; none if empty.
  /// - Returns: A figure.
  /// - Precondition: There is a target for each prediction.
  public static func residuals(
    _ predictions: some NumericSeries, targets: some NumericSeries, unit: String = ""
  ) -> Figure {
    let (predictions, targets) = checked(predictions, targets)
    var figure = Figure(width: 4.8, height: 4.6)
    let finite = predictions.filter(\.isFinite)
    if let low = finite.min(), let high = finite.max() {
      figure.axes.line([low, high], [0, 0], color: .muted, width: 1.2, dash: .dashed)
    }
    figure.axes.scatter(
      predictions, zip(predictions, targets).map { $0 - $1 }, color: .palette(0),
      size: size(of: targets.count), opacity: 0.6)
    figure.axes.title = "Residuals"
    figure.axes.x.label = "predicted value" + suffix(unit)
    figure.axes.y.label = "predicted − true" + suffix(unit)
    return figure
  }

  private static func checked(
    _ predictions: some NumericSeries, _ targets: some NumericSeries
  ) -> (predictions: [Double], targets: [Double]) {
    let (predictions, targets) = (predictions.numbers, targets.numbers)
    require(
      predictions.count == targets.count,
      "there must be a target for each prediction, but there are \(predictions.count) predictions "
        + "and \(targets.count) targets")
    return (predictions, targets)
  }

  private static func suffix(_ unit: String) -> String { unit.isEmpty ? "" : " in \(unit)" }

  /// The diameter of points: the more there are, the smaller.
  private static func size(of count: Int) -> Double { count > 2000 ? 2.5 : count > 300 ? 4 : 5.5 }
}
