import Datasets
import NeuralNetworks
import Plotting
import Tensors

extension TrainingReport {
  /// Adds everything that the page shows, from the title down.
  func addContent(to html: inout HTML) {
    addHead(to: &html)
    addCurves(to: &html)
    addQuality(to: &html)
    addMistakes(to: &html)
    addNetwork(to: &html)
    addData(to: &html)
    addSettings(to: &html)
    addUse(to: &html)
  }

  private func add(_ figure: Figure, caption: String = "", to html: inout HTML) {
    html.element("figure") { html in
      html.markup(figure.svg())
      if !caption.isEmpty { html.element("figcaption", caption) }
    }
  }

  private func section(
    _ title: String, of html: inout HTML, _ content: (inout HTML) -> Void
  ) {
    html.element("section") { html in
      html.element("h2", title)
      content(&html)
    }
  }

  // MARK: Head

  private var seconds: Double { history.epochs.last?.seconds ?? 0 }

  private func addHead(to html: inout HTML) {
    html.element("header") { html in
      html.element("p", with: ["class": "kind"], "Training report")
      html.element("h1", training.name)
      html.element("p", with: ["class": "lead"], lead)
      if history.wasCancelled {
        let planned = plannedEpochs.map { " of \($0)" } ?? ""
        html.element(
          "p", with: ["class": "note"],
          "The training was interrupted in epoch \(history.epochs.count)\(planned). This is the "
            + "model as it stood then; the last epoch may be cut short.")
      }
      html.element("dl", with: ["class": "tiles"]) { html in
        for (index, tile) in tiles.enumerated() {
          html.element("div", with: index == 0 ? ["class": "first"] : [:]) { html in
            html.element("dt", tile.name)
            html.element("dd", tile.value)
          }
        }
      }
    }
  }

  private var lead: String {
    let layers = model.layers.count { $0 is Dense }
    let network =
      layers == 0
      ? "A network" : "A network of \(counted(layers, "dense layer"))"
    let quality =
      testEvaluation.accuracy.map { "it is right in \(percent($0))" }
      ?? "its loss is \(decimals(testEvaluation.loss, 4))"
    return "\(network) with \(counted(model.parameterCount, "parameter")), trained for "
      + "\(counted(history.epochs.count, "epoch")) on \(counted(training.count, "row")) in "
      + "\(duration(seconds)). On \(counted(test.count, "row")) held out for the test \(quality)."
  }

  private var tiles: [(name: String, value: String)] {
    var tiles: [(name: String, value: String)] = []
    if let held = testEvaluation.accuracy, let seen = trainingEvaluation.accuracy {
      tiles.append(("test accuracy", percent(held)))
      tiles.append(("train accuracy", percent(seen)))
    }
    tiles.append(("test loss", decimals(testEvaluation.loss, 4)))
    tiles.append(("train loss", decimals(trainingEvaluation.loss, 4)))
    tiles.append(("epochs", grouped(history.epochs.count)))
    tiles.append(("time", duration(seconds)))
    return tiles
  }

  // MARK: Training

  private func addCurves(to html: inout HTML) {
    section("How the training went", of: &html) { html in
      add(
        history.figure(),
        caption: "Training: the mean over the steps of the epoch, of the loss that is made small. "
          + "Validation: measured after the epoch, without what only helps the training, such as "
          + "label smoothing.",
        to: &html)
    }
  }

  // MARK: Quality

  /// More classes than these have no picture: it would be larger than the page.
  private static var mostClassesShown: Int { 200 }

  private func addQuality(to html: inout HTML) {
    section("How well it does", of: &html) { html in
      guard let held = testEvaluation.confusion, let seen = trainingEvaluation.confusion else {
        addRegression(to: &html)
        return
      }
      if held.classNames.count <= Self.mostClassesShown {
        // Side by side they are half as large.
        let arrangement = held.classNames.count <= 12 ? "pair" : "stack"
        html.element("div", with: ["class": arrangement]) { html in
          for (name, matrix, count) in [
            ("Test", held, test.count), ("Training", seen, training.count),
          ] {
            var figure = matrix.figure()
            figure.axes.title = "\(name): \(counted(count, "row"))"
            add(figure, to: &html)
          }
        }
      } else {
        html.element(
          "p",
          "There are \(counted(held.classNames.count, "class")): too many for a picture of "
            + "which is taken for which.")
      }
      addConfusions(held, to: &html)
      addTwoClasses(to: &html)
    }
  }

  private func addConfusions(_ matrix: ConfusionMatrix, to html: inout HTML) {
    var pairs: [(count: Int, actual: Int, predicted: Int)] = []
    for (actual, row) in matrix.counts.enumerated() {
      for (predicted, count) in row.enumerated() where count > 0 && actual != predicted {
        pairs.append((count, actual, predicted))
      }
    }
    guard !pairs.isEmpty else { return }
    pairs.sort { ($1.count, $0.actual, $0.predicted) < ($0.count, $1.actual, $1.predicted) }
    let rows = pairs.prefix(8).map { pair in
      [
        shortened(matrix.classNames[pair.actual]), shortened(matrix.classNames[pair.predicted]),
        grouped(pair.count),
        percent(Double(pair.count) / Double(matrix.counts[pair.actual].reduce(0, +))),
      ]
    }
    html.table(
      ["true", "taken for", "rows", "of the class"], rows, numbers: [2, 3],
      caption: "The most frequent mistakes in the test")
  }

  /// Adds curves that only two classes have, and what only two features have.
  private func addTwoClasses(to html: inout HTML) {
    guard let names = test.classNames, names.count == 2, test.targets.shape[1] == 2 else {
      addBoundary(to: &html)
      return
    }
    let column: (Tensor<Scalar>) -> Tensor<Scalar> = { $0[.all, 1].contiguous() }
    let (scores, targets) = (column(model.predict(test.features)), column(test.targets))
    guard scores.scalars.allSatisfy({ 0...1 ~= $0 }) else {
      addBoundary(to: &html)
      return
    }
    html.element("h3", "“\(shortened(names[1]))” against “\(shortened(names[0]))” in the test")
    html.element("div", with: ["class": "pair"]) { html in
      add(ROCCurve(scores, targets).figure(), to: &html)
      add(PrecisionRecallCurve(scores, targets).figure(), to: &html)
      add(CalibrationCurve(scores, targets).figure(), to: &html)
      addBoundary(to: &html)
    }
  }

  private func addBoundary(to html: inout HTML) {
    guard test.features.rank == 2, test.features.shape[1] == 2,
      let names = test.classNames, names.count <= 8
    else { return }
    var figure = Figure.decisionBoundary(of: model, on: test)
    figure.axes.title = "Where the model sees which class"
    if names.count == 2 { (figure.width, figure.height) = (5.2, 4.4) }
    add(
      figure, caption: "The points are the test rows, each in the colour of its class.",
      to: &html)
  }

  private func addRegression(to html: inout HTML) {
    let predictions = model.predict(test.features)
    for column in 0..<min(test.targets.shape[1], 8) {
      let (predicted, targets) = (predictions[.all, column], test.targets[.all, column])
      if test.targets.shape[1] > 1 { html.element("h3", "Output \(column + 1)") }
      html.element("div", with: ["class": "pair"]) { html in
        add(.predictions(predicted, targets: targets), to: &html)
        add(.residuals(predicted, targets: targets), to: &html)
      }
    }
  }

  // MARK: Network

  private func addNetwork(to html: inout HTML) {
    section("The network", of: &html) { html in
      var rows = [["Input", "", shape(model.inputShape), "0"]]
      var shape = model.inputShape
      for (index, layer) in model.layers.enumerated() {
        shape = (try? layer.outputShape(for: shape)) ?? shape
        let count = model.parameterLayout.filter { $0.layer == index }
          .reduce(0) { $0 + $1.parameter.shape.elementCount }
        rows.append([
          type(of: layer).kind, (layer as? Dense)?.activation.rawValue ?? "", self.shape(shape),
          grouped(count),
        ])
      }
      if let figure = networkFigure {
        add(
          figure,
          caption:
            "Red connections have positive weights, blue ones negative; the thicker, the larger. "
            + "Of many units the first and the last are shown.", to: &html)
      }
      html.table(
        ["layer", "activation", "output", "parameters"], rows, numbers: [2, 3],
        caption: counted(model.parameterCount, "parameter") + " in all")
      if let figure = firstLayer {
        add(
          figure,
          caption: "The weights from the pixels to units of the first layer: red raises the unit's "
            + "sum, blue lowers it.", to: &html)
      }
      add(model.weightFigure(), to: &html)
    }
  }

  private func shape(_ shape: Shape) -> String {
    shape.extents.map(grouped).joined(separator: " × ")
  }

  /// A drawing of the dense layers; nil if there are none, or others between them change the number
  /// of features.
  private var networkFigure: Figure? {
    let dense = model.layers.indices.compactMap { index in
      (model.layers[index] as? Dense).map { (index: index, layer: $0) }
    }
    let weights = dense.compactMap { dense in
      model.parameterLayout.first { $0.layer == dense.index && $0.parameter.name == "weight" }
    }
    guard let first = weights.first, weights.count == dense.count else { return nil }
    let widths = [first.parameter.shape[0]] + dense.map(\.layer.units)
    let areJoined = zip(weights, widths).allSatisfy { $0.parameter.shape[0] == $1 }
    guard areJoined else { return nil }
    var figure = Figure(width: 8, height: 4)
    figure.axes.network(
      layers: widths, weights: weights.map { Tensor<Float>(model[$0.name]) },
      names: ["Input"] + dense.map { "Dense (\($0.layer.activation.rawValue))" })
    return figure
  }

  private var firstLayer: Figure? {
    guard let (rows, columns) = validImageShape,
      let first = model.parameterLayout.first(where: { $0.parameter.shape.rank == 2 }),
      first.parameter.shape[0] == rows * columns
    else { return nil }
    return model.firstLayerFigure(rows: rows, columns: columns, limit: 16)
  }

  /// The shape of images, if samples have as many features.
  var validImageShape: (rows: Int, columns: Int)? {
    guard let (rows, columns) = imageShape, rows > 0, columns > 0,
      rows.multipliedReportingOverflow(by: columns).partialValue == model.inputShape.elementCount
    else { return nil }
    return (rows, columns)
  }

  // MARK: Data

  private func addData(to html: inout HTML) {
    section("The data", of: &html) { html in
      let features = model.inputShape.elementCount
      var entries = [
        ("name", training.name), ("rows", grouped(training.count + test.count)),
        ("for training", grouped(training.count)), ("for the test", grouped(test.count)),
        ("features", grouped(features) + list(training.featureNames, of: features)),
      ]
      if let names = training.classNames {
        entries.append(("classes", grouped(names.count) + list(names, of: names.count)))
      } else {
        entries.append(("outputs", grouped(training.targets.shape[1])))
      }
      html.list(entries)
      if let figure = classFigure { add(figure, to: &html) }
    }
  }

  /// Names behind their number, the first of them if they are many.
  private func list(_ names: [String], of count: Int) -> String {
    guard !names.isEmpty else { return "" }
    let most = 16
    let shown = names.prefix(most).map { shortened($0) }.joined(separator: ", ")
    return ": " + shown + (count > most ? " … and \(grouped(count - most)) more" : "")
  }

  private var classFigure: Figure? {
    guard let names = training.classNames, names.count <= Self.mostClassesShown,
      let seen = training.labels, let held = test.labels
    else { return nil }
    func counts(_ labels: [Int]) -> [Double] {
      Tensor(labels).binCounts(minimumLength: names.count).numbers
    }
    var figure = Figure(width: min(9.2, max(4.6, 0.5 * Double(names.count) + 2)), height: 3)
    figure.axes.title = "Rows of each class"
    figure.axes.bars(
      groups: [
        (label: "training", heights: counts(seen)), (label: "test", heights: counts(held)),
      ],
      categories: names.map(literal), arrangement: .stacked)
    return figure
  }

  // MARK: Settings

  private func addSettings(to html: inout HTML) {
    guard !settings.isEmpty || !command.isEmpty else { return }
    section("Settings", of: &html) { html in
      if !settings.isEmpty { html.list(settings) }
      if !command.isEmpty {
        html.element("p", "The same again:")
        html.element("pre") { html in
          html.element("code", command.map(shellWord).joined(separator: " "))
        }
      }
    }
  }

  // MARK: Use

  private func addUse(to html: inout HTML) {
    guard let modelPath else { return }
    section("How to use the model", of: &html) { html in
      // A name that begins with a hyphen would be taken for an option.
      let file = shellWord(modelPath.hasPrefix("-") ? "./" + modelPath : modelPath)
      html.element("p", "On the command line, for the rows of a CSV file:")
      html.element("pre") { html in
        html.element(
          "code",
          "myelin predict \(file) rows.csv\nmyelin evaluate \(file) rows-with-classes.csv")
      }
      html.element("p", "In Swift:")
      html.element("pre") { html in
        html.element(
          "code",
          """
          import Myelin

          let model = try Sequential(contentsOf: \(swiftLiteral(modelPath)))
          let rows = try Dataset.features(csv: "rows.csv", named: model.featureNames)
          let probabilities = model.predict(rows)
          """)
      }
    }
  }
}
