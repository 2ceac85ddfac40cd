import Myelin
import TestSupport
import Testing

/// The ready-made figures: that they say what the values say, and that odd values do no harm.
@Suite struct FiguresTests {
  private func history(
    _ epochs: Int, validation: Bool = true, isClassifier: Bool = true
  ) throws -> History {
    let names: [String]? = isClassifier ? ["a", "b"] : nil
    let data = Dataset<Float>(
      name: "two", features: [[0], [1], [2], [3]], targets: [[1, 0], [1, 0], [0, 1], [0, 1]],
      classNames: names)
    var model = try Sequential(input: [1], seed: 1) { Dense(2, activation: .softmax) }
    return try model.fit(
      data, validation: validation ? data : nil, loss: .categoricalCrossEntropy,
      optimizer: SGD(learningRate: 0.1), epochs: epochs)
  }

  /// The texts of a figure that is well-formed.
  private func text(of figure: Figure) throws -> String {
    try #require(ParsedXML(figure.svg())).text
  }

  // MARK: History

  @Test func historyShowsWhatWasMeasured() throws {
    let both = try history(3).figure()
    #expect(both.columns == 2)
    #expect(both.axes.title == "Loss" && both[0, 1].title == "Accuracy in %")
    let text = try text(of: both)
    #expect(text.contains("training") && text.contains("validation"))
    #expect(try !self.text(of: history(3, validation: false).figure()).contains("validation"))
    #expect(try history(3, isClassifier: false).figure().columns == 1)
    #expect(try history(3).figure(isLogarithmic: true).axes.y.scale == .logarithmic)
    #expect(both.axes.y.scale == .linear && both.svg() == both.svg())
  }

  @Test func epochsAreWhole() throws {
    for (epochs, expected) in [
      (1, [1.0]), (3, [1, 2, 3]), (15, [2, 4, 6, 8, 10, 12, 14]), (30, [5, 10, 15, 20, 25, 30]),
      (1000, [100, 200, 300, 400, 500, 600, 700, 800, 900, 1000]),
    ] {
      guard case .at(let ticks) = try history(epochs).figure().axes.x.ticks else {
        Issue.record("the ticks of \(epochs) epochs aren't given")
        continue
      }
      #expect(ticks == expected)
    }
  }

  // MARK: Confusion

  @Test func confusionShowsCountsOrShares() throws {
    let matrix = ConfusionMatrix(
      predicted: [0, 1, 1, 1, 1], actual: [0, 0, 0, 0, 1], classNames: ["cat <", "dog & co"])
    let counts = try text(of: matrix.figure())
    #expect(counts.contains("cat <") && counts.contains("dog & co"))
    #expect(counts.contains("3") && !counts.contains("75"))
    let shares = try text(of: matrix.figure(showsShares: true))
    #expect(shares.contains("75") && shares.contains("25") && shares.contains("100"))
  }

  /// Where numbers don't fit they are left out; a class without samples has no shares.
  @Test func confusionOfManyClassesOrNone() throws {
    let names = (0..<100).map { "class number \($0)" }
    let classes = Array(0..<100).flatMap { [Int](repeating: $0, count: 12_345) }
    let matrix = ConfusionMatrix(predicted: classes, actual: classes, classNames: names)
    #expect(try !text(of: matrix.figure()).contains("12345"))
    #expect(matrix.figure().width < 9)
    let empty = ConfusionMatrix(predicted: [], actual: [], classNames: ["a", "b"])
    _ = try text(of: empty.figure())
    _ = try text(of: empty.figure(showsShares: true))
    _ = try text(of: ConfusionMatrix(predicted: [], actual: [], classNames: []).figure())
  }

  // MARK: Boundaries

  private let points = Dataset<Float>(
    name: "xor", features: [[0, 0], [3, 0], [0, 6], [3, 6]], labels: [0, 1, 1, 0],
    classNames: ["equal", "different"], featureNames: ["left", "right"])

  @Test func boundaryAsksForPlacesAroundTheData() throws {
    var asked: Tensor<Float> = []
    let figure = Figure.decisionBoundary(on: points, resolution: 7) { x in
      asked = x
      return x[.all, 0..<1] / 3
    }
    #expect(asked.shape == [49, 2])
    // A twelfth beyond the data on each side, the first feature fastest.
    #expect(asked[0].scalars == [-0.25, -0.5] && asked[48].scalars == [3.25, 6.5])
    #expect(abs(asked[1, 0].scalar - (-0.25 + 3.5 / 6)) < 1e-6 && asked[1, 1].scalar == -0.5)
    #expect(figure.axes.x.label == "left" && figure.axes.y.label == "right")
    let text = try text(of: figure)
    #expect(text.contains("equal") && text.contains("different"))
  }

  /// A classifier that is sure of one class everywhere leaves no area to the other, and no border.
  @Test func boundaryFillsWhatBelongsToAClass() throws {
    func areas(_ chance: Float) -> (first: Int, second: Int) {
      let figure = Figure.decisionBoundary(on: points, resolution: 5) {
        .init(repeating: chance, shape: [$0.shape[0], 1])
      }
      let filled = (ParsedXML(figure.svg())?.elements ?? []).filter {
        // The points are circles.
        $0.name == "path" && $0.attributes["d"]?.isEmpty == false
      }
      let colors = ["#0072B2", "#D55E00"].map { color in
        filled.count { $0.attributes["fill"] == color }
      }
      return (colors[0], colors[1])
    }
    // Two areas each: where the class leads, and where it leads by a half.
    #expect(areas(0) == (2, 0) && areas(1) == (0, 2))
    #expect(areas(0.4) == (1, 0) && areas(0.6) == (0, 1))
  }

  @Test(arguments: [Float.nan, .infinity, -1e30, 1e30])
  func boundaryOfOddAnswersAndPoints(_ odd: Float) throws {
    _ = try text(
      of: .decisionBoundary(on: points, resolution: 4) {
        .init(repeating: odd, shape: [$0.shape[0], 3])
      })
    let lost = Dataset<Float>(
      name: "odd", features: Tensor([odd, 0, odd, odd], shape: [2, 2]), labels: [0, 1],
      classNames: ["a", "b"])
    _ = try text(of: .decisionBoundary(on: lost, resolution: 4) { $0 })
  }

  // MARK: Curves

  @Test func curvesShowTheirNumbers() throws {
    let (scores, targets) = (Tensor<Float>([0.1, 0.4, 0.35, 0.8]), Tensor<Float>([0, 0, 1, 1]))
    #expect(try text(of: ROCCurve(scores, targets).figure()).contains("area 0.750"))
    let precision = PrecisionRecallCurve(scores, targets)
    #expect(try text(of: precision.figure()).contains("average precision 0.833"))
    let calibration = CalibrationCurve(scores, targets)
    #expect(try text(of: calibration.figure()).contains("perfectly calibrated"))
    let nothing = Tensor<Float>([])
    for (scores, targets) in [(scores, targets - targets), (nothing, nothing)] {
      _ = try text(of: ROCCurve(scores, targets).figure())
      _ = try text(of: PrecisionRecallCurve(scores, targets).figure())
      _ = try text(of: CalibrationCurve(scores, targets).figure())
    }
  }

  // MARK: Regression

  @Test func predictionsHaveADiagonal() throws {
    let figure = Figure.predictions([1.0, 5], targets: [2.0, 4], unit: "km")
    #expect(figure.axes.x.limits == figure.axes.y.limits && figure.axes.isEqual)
    #expect(try #require(figure.axes.x.limits).contains(5))
    #expect(figure.axes.x.label == "true value in km")
    #expect(Figure.residuals([1.0], targets: [2.0]).axes.y.label == "predicted − true")
  }

  @Test(arguments: [[], [Double.nan, .infinity], [1e308, -1e308], [1e-308, 2e-308], [7, 7]])
  func oddPredictions(_ values: [Double]) throws {
    _ = try text(of: .predictions(values, targets: values))
    _ = try text(of: .residuals(values, targets: Array(values.reversed())))
  }

  // MARK: Weights

  @Test func weightsOfLayersAndEpochs() throws {
    let model = try Sequential(input: [6], seed: 1) {
      Dense(4, activation: .relu)
      Dense(2, activation: .softmax)
    }
    let figure = model.weightFigure()
    #expect(figure.columns == 2 && figure.rows == 1)
    #expect(figure[0, 1].title == "dense2.weight: 8")
    _ = try text(
      of: Sequential(input: [1]) { Normalization(mean: [0], scale: [1]) }.weightFigure())

    let record = (0..<4).map { Tensor<Float>(repeating: Float($0), shape: [3, 50]) }
    #expect(Figure.weights(record).axes.title == "100 of 150 weights")
    #expect(Figure.weights(record, limit: 1000).axes.title == "150 weights")
    _ = try text(of: .weights([Tensor<Float>]()))

    let images = model.firstLayerFigure(rows: 2, columns: 3, limit: 3)
    #expect(try #require(ParsedXML(images.svg())).count("image") == 3)
    #expect(model.firstLayerFigure(rows: 3, columns: 2).columns == 4)
  }

  // MARK: Images

  @Test func predictedImagesAreBlueOrRed() throws {
    let data = Dataset<Float>(
      name: "pixels", features: Tensor(repeating: 1, shape: [2, 4]), labels: [0, 0],
      classNames: ["zero", "<one>", "two"])
    let figure = Figure.predictedImages(
      of: data, [[0.9, 0.1, 0], [0.2, 0.7, 0.1]], rows: 2, columns: 2, bars: 1)
    #expect(figure.columns == 4)
    #expect(figure[0, 0].title == "zero" && figure[0, 0].titleColor == .blue)
    #expect(figure[0, 2].title == "<one> (zero)" && figure[0, 2].titleColor == .red)
    _ = try text(of: figure)
    // The single bar is that of the true class.
    #expect(try text(of: figure).contains("zero"))
    let broken = Tensor<Float>(repeating: .nan, shape: [2, 3])
    _ = try text(of: .predictedImages(of: data, broken, rows: 2, columns: 2))
    _ = try text(of: .predictedImages(of: data.rows([]), .zeros([0, 3]), rows: 2, columns: 2))
  }

  @Test func mistakes() async {
    await #expect(processExitsWith: .failure) { _ = Figure.predictions([1], targets: [1, 2]) }
    await #expect(processExitsWith: .failure) {
      _ = Figure.decisionBoundary(on: Dataset<Float>.iris()) { $0 }
    }
    await #expect(processExitsWith: .failure) {
      _ = try Sequential(input: [6]) { Dense(4) }.firstLayerFigure(rows: 2, columns: 2)
    }
    await #expect(processExitsWith: .failure) {
      _ = Figure.weights([Tensor<Float>([1]), Tensor<Float>([1, 2])])
    }
  }
}
