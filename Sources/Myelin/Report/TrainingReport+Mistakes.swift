import Datasets
import NeuralNetworks
import Plotting
import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension TrainingReport {
  /// Adds the rows held out on which the model does worst: as images if they are such, else as a
  /// table.
  func addMistakes(to html: inout HTML) {
    let predictions = model.predict(test.features)
    let (losses, classes) = (rowLosses(predictions), predictions.classes)
    func key(_ row: Int) -> Double { losses[row].isNaN ? -.infinity : -losses[row] }
    var rows = losses.indices.sorted { (key($0), $0) < (key($1), $1) }
    var wrong: Int?
    if let labels = test.labels {
      let mistakes = rows.filter { labels[$0] != classes[$0] }
      wrong = mistakes.count
      if !mistakes.isEmpty { rows = mistakes }
    }
    html.element("section") { html in
      html.element("h2", wrong == 0 ? "Its least certain answers" : "Its worst mistakes")
      html.element("p", introduction(wrong: wrong))
      if test.classNames != nil, let shape = validImageShape {
        let shown = test.rows(Array(rows.prefix(12)))
        let figure = Figure.predictedImages(
          of: shown, model.predict(shown.features), rows: shape.rows, columns: shape.columns)
        html.element("figure") { html in
          html.markup(figure.svg())
          html.element(
            "figcaption",
            "Above each image stands what it is taken for, and in parentheses what it is. The bars "
              + "are the greatest probabilities: red that of the mistake, blue that of the truth.")
        }
      } else {
        addTable(of: Array(rows.prefix(10)), predictions, classes, losses, to: &html)
      }
    }
  }

  private func introduction(wrong: Int?) -> String {
    guard let wrong else {
      return "The test rows whose predictions are furthest off."
    }
    if wrong == 0 {
      return "All \(counted(test.count, "test row")) are predicted right; these are the ones whose "
        + "class has the lowest probability."
    }
    return "\(grouped(wrong)) of \(counted(test.count, "test row")) "
      + "\(wrong == 1 ? "is" : "are") predicted wrong; the worst are those whose true class has the "
      + "lowest probability."
  }

  /// How bad the prediction of each row is: for classes the negative logarithm of the probability
  /// of the true one, else the squared error.
  private func rowLosses(_ predictions: Tensor<Scalar>) -> [Double] {
    guard let labels = test.labels else {
      return square(predictions - test.targets).sum(axis: 1).scalars.map(Double.init)
    }
    let width = predictions.shape[1]
    return predictions.withElements { values in
      labels.enumerated().map { row, label in -log(Double(values[row * width + label])) }
    }
  }

  private func addTable(
    of rows: [Int], _ predictions: Tensor<Scalar>, _ classes: [Int], _ losses: [Double],
    to html: inout HTML
  ) {
    let features = model.inputShape.elementCount
    let shown = min(features, 6)
    let width = predictions.shape[1]
    let isClassifier = test.classNames != nil
    let head =
      isClassifier
      ? ["true", "taken for", "probability", "loss"] : ["true", "predicted", "squared error"]
    let names = (0..<shown).map { index in
      test.featureNames.isEmpty ? "feature \(index + 1)" : shortened(test.featureNames[index])
    }
    let lines = rows.map { row in
      let line: [String]
      if let names = test.classNames, let labels = test.labels {
        line = [
          shortened(names[labels[row]]), shortened(names[classes[row]]),
          percent(Double(predictions[row, classes[row]].scalar)), decimals(losses[row], 3),
        ]
      } else {
        func list(_ tensor: Tensor<Scalar>) -> String {
          tensor[row].scalars.prefix(4).map { "\($0)" }.joined(separator: ", ")
            + (width > 4 ? ", …" : "")
        }
        line = [list(test.targets), list(predictions), "\(Float(losses[row]))"]
      }
      return line + test.features[row].reshaped(-1)[0..<shown].scalars.map { "\($0)" }
    }
    let words: Set<Int> = isClassifier ? [0, 1] : []
    var caption =
      isClassifier
      ? "The probability is that of the class it is taken for, the loss the negative logarithm of "
        + "that of the true class."
      : "The error is the sum over the outputs."
    if shown < features {
      caption +=
        " The other \(counted(features - shown, "feature")) \(features - shown == 1 ? "is" : "are") not shown."
    }
    html.table(
      head + names, lines, numbers: Set(0..<head.count + shown).subtracting(words),
      caption: caption)
  }
}
