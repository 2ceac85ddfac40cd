public import NeuralNetworks
public import Plotting
import Tensors

extension ConfusionMatrix {
  /// A figure of the matrix: true classes down, predicted ones across, the counts in the cells.
  ///
  ///     let matrix = ConfusionMatrix(
  ///       predicted: [0, 1, 1, 1], actual: [0, 0, 1, 1], classNames: ["cat", "dog"])
  ///     try matrix.figure().write(to: "confusion.svg")
  ///     matrix.figure(showsShares: true).svg().contains(">50<")  // true
  ///
  /// The figure grows with the number of classes, up to a size that fits a page; numbers that don't
  /// fit their cells are left out.
  ///
  /// - Parameter showsShares: Whether each cell shows, instead of the count, which part of its row it
  ///   is, in percent; a row without samples is empty then.
  /// - Returns: A square figure.
  public func figure(showsShares: Bool = false) -> Figure {
    let count = classNames.count
    let values = counts.map { row in
      let total = Double(row.reduce(0, +))
      return row.map { showsShares ? Double($0) / total * 100 : Double($0) }
    }
    let names = 0.07 * Double(min(16, classNames.map(\.count).max() ?? 0))
    let side = min(7.2, max(2.6, 0.38 * Double(count)) + names + 0.6)
    var figure = Figure(width: side + 0.2, height: side)
    figure.axes.heatMap(
      Tensor(values.flatMap { $0 }, shape: [count, count]), rowNames: classNames.map(literal),
      columnNames: classNames.map(literal), colorMap: .blues, limits: showsShares ? 0...100 : nil,
      showsNumbers: true, digits: 0, barLabel: showsShares ? "% of the true class" : nil)
    figure.axes.x.label = "predicted class"
    figure.axes.y.label = "true class"
    figure.axes.isEqual = true
    return figure
  }
}
