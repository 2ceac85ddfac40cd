public import Datasets
public import Plotting
public import Tensors

extension Figure {
  /// A figure of images, what each is taken for, and its greatest probabilities as bars beside it.
  ///
  ///     let digits = Dataset.digits().rows([0, 1, 2, 3])
  ///     let model = try Sequential(input: [64], seed: 1) { Dense(10, activation: .softmax) }
  ///     let figure = Figure.predictedImages(
  ///       of: digits, model.predict(digits.features), rows: 8, columns: 8)
  ///     try figure.write(to: "digits.svg")
  ///
  /// Above an image stands the predicted class: in blue if it is right; in red, with the true class,
  /// if it is wrong. The bar of the true class is blue, that of a wrong prediction red, all others
  /// gray.
  ///
  /// - Parameters:
  ///   - data: The samples; all are shown, up to 60.
  ///   - probabilities: `[count, classes]`: what the model says to them.
  ///   - rows: Of pixels in an image.
  ///   - columns: Of pixels in an image.
  ///   - bars: The most bars beside an image.
  /// - Returns: Four images with their bars in a row.
  /// - Precondition: The data have classes, there is a row of probabilities for each sample, and a
  ///   sample has `rows · columns` features.
  public static func predictedImages<Scalar: FloatingScalar>(
    of data: Dataset<Scalar>, _ probabilities: Tensor<Scalar>, rows: Int, columns: Int,
    bars: Int = 5
  ) -> Figure {
    guard let names = data.classNames?.map(literal), let labels = data.labels else {
      require(false, "images are shown with their classes, but \(data.name) has none")
      return Figure()
    }
    require(
      probabilities.shape == data.targets.shape,
      "the probabilities have shape \(probabilities.shape), but the targets \(data.targets.shape)")
    let count = min(data.count, mostPanels)
    let across = min(4, max(1, count))
    let down = max(1, (count + across - 1) / across)
    var figure = Figure(
      rows: down, columns: 2 * across, width: 2.3 * Double(across), height: 1.5 * Double(down) + 0.2
    )
    figure.columnWidths = (0..<across).flatMap { _ in [1.15, 1] }
    let numbers = probabilities.numbers
    for place in 0..<down * across {
      let (row, column) = (place / across, 2 * (place % across))
      guard place < count else {
        figure[row, column].isBare = true
        figure[row, column + 1].isBare = true
        continue
      }
      let chances = Array(numbers[place * names.count..<(place + 1) * names.count])
      let order = chances.indices.sorted {
        (chances[$1], $0) < (chances[$0], $1)
      }
      let (predicted, actual) = (probabilities[place].argMax().scalar, labels[place])
      let isRight = predicted == actual
      figure[row, column].image(data.features[place].reshaped([rows, columns]), colorMap: .grays)
      figure[row, column].isBare = true
      figure[row, column].title =
        isRight ? names[predicted] : "\(names[predicted]) (\(names[actual]))"
      figure[row, column].titleColor = isRight ? .blue : .red

      var shown = Array(order.prefix(max(1, bars)))
      // The true class is worth a bar, however small it is.
      if !shown.contains(actual) { shown[shown.count - 1] = actual }
      figure[row, column + 1].bars(
        shown.map { chances[$0] }, categories: shown.map { names[$0] },
        colors: shown.map { $0 == actual ? .blue : $0 == predicted ? .red : .muted },
        isHorizontal: true)
      figure[row, column + 1].x.limits = 0...1
      figure[row, column + 1].x.ticks = .none
      figure[row, column + 1].spines = [.left]
      figure[row, column + 1].y.isInverted = true
    }
    return figure
  }
}
