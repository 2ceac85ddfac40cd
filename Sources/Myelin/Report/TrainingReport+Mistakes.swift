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
    let losses = rowLosses(predictions)
    func key(_ row: Int) -> Double { losses[row].isNaN ? -.infinity : -losses[row] }
    var rows = losses.indices.sorted { (key($0), $0) < (key($1), $1) }
    let wrong = test.labels.map { labels in
      let predicted = predictions.classes
      return labels.indices.count { labels[$0] != predicted[$0] }
    }
    if let labels = test.labels, let wrong, wrong > 0 {
      let predicted = predictions.classes
      rows = rows.filter { labels[$0] != predicted[$0] }
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
            "Above each image stands what it is taken for, and what it is if that is wrong; the bars "
              + "are the greatest probabilities.")
        }
      } else {
        addTable(of: Array(rows.prefix(10)), predictions, losses, to: &html)
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
    of rows: [Int], _ predictions: Tensor<Scalar>, _ losses: [Double], to html: inout HTML
  ) {
    let features = model.inputShape.elementCount
    let shown = min(features, 6)
    let width = predictions.shape[1]
    let classes = predictions.classes
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
    let rest = shown < features ? "; \(counted(features - shown, "more feature")) not shown" : ""
    html.table(
      head + names, lines, numbers: Set(0..<head.count + shown).subtracting(words),
      caption: "\(counted(rows.count, "row"))\(rest)")
  }
}
