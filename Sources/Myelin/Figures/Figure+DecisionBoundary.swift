public import Datasets
public import NeuralNetworks
public import Plotting
public import Tensors

extension Figure {
  /// A figure of which class a classifier sees where, for data of two features.
  ///
  ///     let points = Dataset<Float>(
  ///       name: "points", features: [[0, 0], [1, 0], [0, 1], [1, 1]], labels: [0, 1, 1, 0],
  ///       classNames: ["equal", "different"], featureNames: ["a", "b"])
  ///     let figure = Figure.decisionBoundary(on: points) { x in
  ///       let difference = abs(x[.all, 0..<1] - x[.all, 1..<2])
  ///       return concatenate([1 - difference, difference], axis: 1)
  ///     }
  ///     figure.svg().contains("different")  // true
  ///
  /// The area is in the colour of the class with the greatest probability, darker where it is by a
  /// half or more above all others; a line parts the classes. The points are those of the data.
  ///
  /// - Parameters:
  ///   - data: The points, `[count, 2]`, and their classes.
  ///   - resolution: The places along each axis for which the classifier is asked, 2 to 1,000.
  ///   - predict: The classifier: `[places, 2]` to probabilities `[places, classes]`, or of two classes
  ///     `[places, 1]` to those of the second.
  /// - Returns: A figure.
  /// - Precondition: The data have two features and the classifier gives a row for each place.
  public static func decisionBoundary<Scalar: FloatingScalar>(
    on data: Dataset<Scalar>, resolution: Int = 160,
    predict: (Tensor<Scalar>) -> Tensor<Scalar>
  ) -> Figure {
    require(
      data.features.rank == 2 && data.features.shape[1] == 2,
      "a decision boundary needs data of shape (count, 2), not \(data.features.shape)")
    require(2...1000 ~= resolution, "the resolution is \(resolution); it must be from 2 to 1000")
    let features = (0..<2).map { data.features[.all, $0].numbers }
    let places = features.map { Figure.evenPlaces(around: $0, count: resolution) }
    var grid: [Double] = []
    grid.reserveCapacity(2 * resolution * resolution)
    for y in places[1] { for x in places[0] { grid += [x, y] } }
    let answers = predict(Tensor<Scalar>(Tensor(grid, shape: [resolution * resolution, 2])))
    require(
      answers.rank == 2 && answers.shape[0] == resolution * resolution && answers.shape[1] > 0,
      "the classifier gave the shape \(answers.shape) for \(resolution * resolution) places")
    var chances = (0..<answers.shape[1]).map { answers[.all, $0].numbers }
    if chances.count == 1 { chances.insert(chances[0].map { 1 - $0 }, at: 0) }

    var figure = Figure(width: 6, height: 4.8)
    for (number, own) in chances.enumerated() {
      // How far the class is ahead of the best of the others.
      let lead = own.indices.map { place in
        own[place]
          - chances.indices.reduce(-Double.infinity) {
            $1 == number ? $0 : max($0, chances[$1][place])
          }
      }
      let z = Tensor(lead, shape: [resolution, resolution])
      let color = Color.palette(number)
      for level in [0, 0.5] {
        figure.axes.filledContours(
          places[0], places[1], z, levels: [level, 2], colorMap: ColorMap([color, color]),
          opacity: 0.22)
      }
      figure.axes.contours(places[0], places[1], z, levels: [0], color: .text, width: 1)
    }
    let classes = data.targets.classes
    let names =
      data.classNames.map { ($0.count == 1 ? ["other"] + $0 : $0).map(literal) }
      ?? (0...max(1, classes.max() ?? 1)).map { "\($0)" }
    figure.axes.scatter(
      features[0], features[1], classes: classes, names: names, size: 6,
      edge: .background)
    figure.axes.x.limits = places[0][0]...places[0][resolution - 1]
    figure.axes.y.limits = places[1][0]...places[1][resolution - 1]
    if data.featureNames.count == 2 {
      figure.axes.x.label = literal(data.featureNames[0])
      figure.axes.y.label = literal(data.featureNames[1])
    }
    return figure
  }

  /// A figure of which class a model sees where, for data of two features.
  ///
  ///     let points = Dataset<Float>(
  ///       name: "points", features: [[0, 0], [1, 0], [0, 1], [1, 1]], labels: [0, 1, 1, 0],
  ///       classNames: ["equal", "different"])
  ///     let model = try Sequential(input: [2], seed: 1) {
  ///       Dense(8, activation: .tanh)
  ///       Dense(2, activation: .softmax)
  ///     }
  ///     try Figure.decisionBoundary(of: model, on: points).write(to: "boundary.svg")
  ///
  /// See ``decisionBoundary(on:resolution:predict:)``.
  ///
  /// - Parameters:
  ///   - model: A classifier of samples of two features.
  ///   - data: The points, `[count, 2]`, and their classes.
  ///   - resolution: The places along each axis for which the model is asked, 2 to 1,000.
  /// - Returns: A figure.
  /// - Precondition: The data have two features, and so has what the model takes.
  public static func decisionBoundary<Scalar: FloatingScalar>(
    of model: Sequential<Scalar>, on data: Dataset<Scalar>, resolution: Int = 160
  ) -> Figure {
    decisionBoundary(on: data, resolution: resolution) { model.predict($0) }
  }

  /// Places from below the least to above the greatest of the finite values.
  private static func evenPlaces(around values: [Double], count: Int) -> [Double] {
    let finite = values.filter(\.isFinite)
    let (low, high) = (finite.min() ?? 0, finite.max() ?? 1)
    let margin = high > low ? high / 12 - low / 12 : 0.5
    let largest = Double(Float.greatestFiniteMagnitude)
    let (start, end) = (max(-largest, low - margin), min(largest, high + margin))
    return (0..<count).map { index in
      let part = Double(index) / Double(count - 1)
      return start * (1 - part) + end * part
    }
  }
}
