public import NeuralNetworks
public import Plotting

extension History {
  /// A figure of the losses and, for classes, the accuracies, epoch by epoch.
  ///
  ///     var model = try Sequential(input: [4], seed: 1) { Dense(3, activation: .softmax) }
  ///     let (train, test) = Dataset.iris().split(testFraction: 0.3, seed: 1)
  ///     let history = try model.fit(
  ///       train, validation: test, loss: .categoricalCrossEntropy, optimizer: Adam(), epochs: 5)
  ///     try history.figure().write(to: "history.svg")
  ///     history.figure(isLogarithmic: true).columns  // 2
  ///
  /// The line of the training rows is the mean over an epoch, while the parameters change; that of
  /// the validation rows is measured after it.
  ///
  /// - Parameter isLogarithmic: Whether equal ratios of the loss are equally far.
  /// - Returns: The loss, and beside it the accuracy in percent if it was measured.
  public func figure(isLogarithmic: Bool = false) -> Figure {
    let hasAccuracy = epochs.contains { $0.accuracy != nil || $0.validationAccuracy != nil }
    var figure = Figure(
      columns: hasAccuracy ? 2 : 1, width: hasAccuracy ? 9.2 : 6.4, height: hasAccuracy ? 3.4 : 4)
    draw(on: &figure[0, 0], "Loss", \.loss, \.validationLoss)
    if isLogarithmic { figure.axes.y.scale = .logarithmic }
    if hasAccuracy {
      draw(on: &figure[0, 1], "Accuracy in %", \.accuracyPercent, \.validationAccuracyPercent)
    }
    return figure
  }

  private func draw(
    on axes: inout Axes, _ title: String, _ training: KeyPath<Epoch, Double?>,
    _ validation: KeyPath<Epoch, Double?>
  ) {
    axes.title = title
    axes.x.label = "epoch"
    axes.x.ticks = .at(Self.wholeTicks(upTo: epochs.last?.number ?? 0))
    let numbers = epochs.map { Double($0.number) }
    let marker: Marker? = epochs.count <= 10 ? .circle : nil
    for (name, path, color) in [
      ("training", training, Color.palette(0)), ("validation", validation, .palette(1)),
    ] where epochs.contains(where: { $0[keyPath: path] != nil }) {
      axes.line(
        numbers, epochs.map { $0[keyPath: path] ?? .nan }, label: name, color: color, marker: marker
      )
    }
  }

  /// At most ten round numbers, for epochs have no halves.
  static func wholeTicks(upTo last: Int) -> [Double] {
    var power = 1
    while last / power > 100 { power *= 10 }
    let step = [1, 2, 5].map { $0 * power }.first { last / $0 <= 10 } ?? 10 * power
    return stride(from: step, through: last, by: step).map(Double.init)
  }

  private func draw(
    on axes: inout Axes, _ title: String, _ training: KeyPath<Epoch, Double>,
    _ validation: KeyPath<Epoch, Double?>
  ) {
    draw(on: &axes, title, training.appending(path: \.optional), validation)
  }
}

extension Double {
  fileprivate var optional: Double? { self }
}

extension History.Epoch {
  fileprivate var accuracyPercent: Double? { accuracy.map { $0 * 100 } }
  fileprivate var validationAccuracyPercent: Double? { validationAccuracy.map { $0 * 100 } }
}
