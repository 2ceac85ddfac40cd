public import NeuralNetworks
public import Plotting
public import Tensors

extension Sequential {
  /// A figure of how the weights of each layer are distributed.
  ///
  ///     let model = try Sequential(input: [4], seed: 1) {
  ///       Dense(8, activation: .relu)
  ///       Dense(3, activation: .softmax)
  ///     }
  ///     model.weightFigure().columns                              // 2
  ///     model.weightFigure().svg().contains("dense1.weight: 32")  // true
  ///
  /// - Parameter bins: The number of bins of each histogram; about the square root of the number of
  ///   weights, 5 to 50, if nil.
  /// - Returns: A histogram for each of the first 60 parameters that aren't vectors of biases; empty
  ///   axes if there are none.
  public func weightFigure(bins: Int? = nil) -> Figure {
    let places = parameterLayout.filter { $0.parameter.shape.rank > 1 }.prefix(Figure.mostPanels)
    var figure = Figure.panels(places.count, width: 3.1, height: 2.6)
    for (index, place) in places.enumerated() {
      let axes = (index / figure.columns, index % figure.columns)
      let count = place.parameter.shape.elementCount
      let root = Int(Double(count).squareRoot())
      figure[axes.0, axes.1].histogram(self[place.name], bins: bins ?? min(50, max(5, root)))
      figure[axes.0, axes.1].title = "\(place.name): \(count)"
    }
    return figure
  }

  /// A figure of the weights that lead to units of the first layer, each unit's as an image.
  ///
  ///     let model = try Sequential(input: [64], seed: 1) { Dense(10, activation: .softmax) }
  ///     let figure = model.firstLayerFigure(rows: 8, columns: 8)
  ///     try figure.write(to: "weights.svg")
  ///
  /// Red weights raise the unit's sum, blue ones lower it; white is 0, and all images have the same
  /// scale.
  ///
  /// - Parameters:
  ///   - rows: Of pixels in an image.
  ///   - columns: Of pixels in an image.
  ///   - limit: The most units that are shown, from the first.
  /// - Returns: The images in a grid.
  /// - Precondition: The first layer with weights takes `rows · columns` features.
  public func firstLayerFigure(rows: Int, columns: Int, limit: Int = 64) -> Figure {
    let place = parameterLayout.first { $0.parameter.shape.rank == 2 }
    let inputs = place?.parameter.shape[0] ?? 0
    require(
      rows > 0 && columns > 0 && rows.multipliedReportingOverflow(by: columns) == (inputs, false),
      "the first layer takes \(inputs) features, which are no image of \(rows) × \(columns) pixels")
    let weights = self[place?.name ?? ""]
    let count = min(max(1, limit), weights.shape[1])
    let images = weights[.all, 0..<count].transposed().reshaped([count, rows, columns])
    let reach = Double(abs(images).max().scalar)
    let bound = reach > 0 && reach.isFinite ? reach : 1
    return .images(
      images, columns: min(count, 8), colorMap: .coolwarm, limits: -bound...bound)
  }
}

extension Figure {
  /// A figure of weights that were recorded while they were trained: a line for each.
  ///
  ///     let iris = Dataset.iris()
  ///     let model = try Sequential(input: [4], seed: 1) { Dense(3, activation: .softmax) }
  ///     let trainer = try Trainer(model, loss: .categoricalCrossEntropy, optimizer: Adam())
  ///     var sampler = BatchSampler(count: iris.count, batchSize: 50)
  ///     var record = [trainer.model["dense1.weight"]]
  ///     for _ in 0..<5 {
  ///       for _ in 0..<sampler.stepsPerEpoch { trainer.step(iris, &sampler) }
  ///       record.append(trainer.model["dense1.weight"])
  ///     }
  ///     try Figure.weights(record).write(to: "weights.svg")
  ///
  /// - Parameters:
  ///   - record: The weights at the beginning and after each epoch, all of one shape.
  ///   - limit: The most lines that are drawn; of more weights, as many are picked in equal steps.
  ///     The title says so.
  /// - Returns: A figure.
  /// - Precondition: The tensors have the same shape.
  public static func weights<Scalar: NumericScalar>(
    _ record: [Tensor<Scalar>], limit: Int = 100
  ) -> Figure {
    var figure = Figure()
    figure.axes.x.label = "epoch"
    figure.axes.y.label = "weight"
    let count = record.first?.count ?? 0
    for weights in record {
      require(
        weights.shape == record[0].shape,
        "the weights have shape \(record[0].shape) first and \(weights.shape) later")
    }
    let shown = min(count, max(1, limit))
    let numbers = record.map(\.numbers)
    for line in 0..<shown {
      let index = line * count / shown
      figure.axes.line(
        numbers.map { $0[index] }, width: shown > 20 ? 0.9 : 1.5, opacity: shown > 20 ? 0.7 : 1)
    }
    figure.axes.title =
      shown < count ? "\(shown) of \(count) weights" : "\(count) weight\(count == 1 ? "" : "s")"
    return figure
  }

  /// The most axes that a figure of one for each of something has.
  static let mostPanels = 60

  /// A figure with that many axes of a size in inches, in up to three columns.
  static func panels(_ count: Int, width: Double, height: Double) -> Figure {
    let count = max(1, min(count, mostPanels))
    let columns = min(3, count)
    let rows = (count + columns - 1) / columns
    var figure = Figure(
      rows: rows, columns: columns, width: width * Double(columns), height: height * Double(rows))
    for index in count..<rows * columns {
      figure[index / columns, index % columns].isBare = true
    }
    return figure
  }
}
