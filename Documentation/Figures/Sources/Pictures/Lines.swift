import Myelin

/// A training run on the digits.
func loss() throws -> Figure {
  // picture loss
  let (train, test) = Dataset.digits().split(testFraction: 0.3, seed: 1827)
  var model = try Sequential(input: [64], seed: 7) {
    Dense(32, activation: .relu)
    Dense(10, activation: .softmax)
  }
  let history = try model.fit(
    train, validation: test, loss: .categoricalCrossEntropy, optimizer: Adam(), epochs: 30)

  var figure = Figure(width: 6, height: 3.6)
  figure.axes.title = "Digits, one hidden layer of 32"
  figure.axes.x.label = "epoch"
  figure.axes.y.label = "cross-entropy"
  figure.axes.y.scale = .logarithmic
  let epochs = history.epochs.map(\.number)
  figure.axes.line(epochs, history.epochs.map(\.loss), label: "training")
  figure.axes.line(epochs, history.epochs.compactMap(\.validationLoss), label: "validation")
  // end
  return figure
}

func functions() -> Figure {
  // picture functions
  let x = Tensor<Double>.linearlySpaced(from: -4, to: 4, count: 200)
  var figure = Figure(width: 6, height: 3.6)
  figure.axes.title = "Activations"
  figure.axes.x.label = "$x$"
  figure.axes.y.limits = -1.2...2.2
  figure.axes.line(x, relu(x), label: "relu")
  figure.axes.line(x, tanh(x), label: "tanh", dash: .dashed)
  figure.axes.line(x, sigmoid(x), label: "$\\sigma(x) = 1 / (1 + e^{-x})$")
  // end
  return figure
}

func iris() -> Figure {
  // picture iris
  let iris = Dataset.iris()
  var figure = Figure(width: 6, height: 4)
  figure.axes.x.label = "length of the petals, cm"
  figure.axes.y.label = "width of the petals, cm"
  figure.axes.scatter(
    iris.features[.all, 2], iris.features[.all, 3], classes: iris.labels ?? [],
    names: iris.classNames ?? [], opacity: 0.7)
  // end
  return figure
}

func fit() throws -> Figure {
  // picture fit
  var random = Generator(seed: 3)
  let x = Tensor<Double>.linearlySpaced(from: 0, to: 10, count: 60)
  let truth = 0.5 * x + sin(x)
  let noise = random.standardNormal([60]) * 0.6
  var figure = Figure(width: 6, height: 3.6)
  figure.axes.title = "$y = x / 2 + \\sin x + \\epsilon$"
  figure.axes.band(x, from: truth - 1.2, to: truth + 1.2, label: "two standard deviations")
  figure.axes.line(x, truth, label: "without noise")
  figure.axes.scatter(x, truth + noise, label: "drawn", color: .text, size: 3.5)
  // end
  return figure
}

func panels() -> Figure {
  // picture panels
  let x = Tensor<Double>.linearlySpaced(from: 0, to: 6.5, count: 120)
  var figure = Figure(rows: 2, columns: 2, width: 6.5, height: 4.5)
  figure.title = "Sums of a square wave's harmonics"
  figure.sharedX = .all
  figure.sharedY = .all
  for (index, count) in [1, 2, 4, 16].enumerated() {
    var sum = x * 0
    for harmonic in 0..<count {
      let k = Double(2 * harmonic + 1)
      sum += sin(k * x) / k
    }
    figure[index / 2, index % 2].title = count == 1 ? "one" : "\(count)"
    figure[index / 2, index % 2].line(x, sum * (4 / Double.pi), color: .palette(index))
  }
  // end
  return figure
}
