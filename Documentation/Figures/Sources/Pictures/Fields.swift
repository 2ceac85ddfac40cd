import Myelin

func confusion() throws -> Figure {
  // picture confusion
  let (train, test) = Dataset.digits().split(testFraction: 0.3, seed: 1827)
  var model = try Sequential(input: [64], seed: 7) {
    Dense(8, activation: .relu)
    Dense(10, activation: .softmax)
  }
  try model.fit(train, loss: .categoricalCrossEntropy, optimizer: Adam(), epochs: 20)
  let predicted = model.predict(test.features).argMax(axis: 1).scalars
  var counts = Tensor<Int>(repeating: 0, shape: [10, 10])
  for (label, guess) in zip(test.labels ?? [], predicted) { counts[label, guess] += 1 }

  var figure = Figure(width: 5.4, height: 4.6)
  figure.axes.title = "Held-out digits"
  figure.axes.x.label = "predicted"
  figure.axes.y.label = "true"
  let names = (0..<10).map { "\($0)" }
  figure.axes.heatMap(
    counts, rowNames: names, columnNames: names, colorMap: .blues, showsNumbers: true,
    barLabel: "digits")
  // end
  return figure
}

func digits() throws -> Figure {
  // picture digits
  let (train, test) = Dataset.digits().split(testFraction: 0.3, seed: 1827)
  var model = try Sequential(input: [64], seed: 7) {
    Dense(8, activation: .relu)
    Dense(10, activation: .softmax)
  }
  try model.fit(train, loss: .categoricalCrossEntropy, optimizer: Adam(), epochs: 20)
  let guesses = model.predict(test.features).argMax(axis: 1).scalars
  let labels = test.labels ?? []

  let figure = Figure.images(
    test.features[0..<24].reshaped(24, 8, 8), titles: guesses.prefix(24).map { "\($0)" },
    titleColors: zip(guesses, labels).prefix(24).map { $0 == $1 ? .muted : .red }, columns: 8,
    colorMap: .grays.reversed)
  // end
  return figure
}

func descent() -> Figure {
  // picture descent
  let x = Tensor<Double>.linearlySpaced(from: -2, to: 2, count: 61)
  let y = Tensor<Double>.linearlySpaced(from: -1, to: 3, count: 61)
  let grid = meshgrid([x, y])
  let (a, b) = (1 - grid[0], grid[1] - grid[0] * grid[0])
  let height = log(1 + a * a + 5 * b * b)

  var path: [(x: Double, y: Double)] = [(-1.5, 2.6)]
  for _ in 0..<800 {
    let (x, y) = path[path.count - 1]
    let b = y - x * x
    path.append((x + 0.01 * (2 * (1 - x) + 20 * x * b), y - 0.01 * 10 * b))
  }

  var figure = Figure(width: 6, height: 4.2)
  figure.axes.title = "Gradient descent in Rosenbrock's valley"
  figure.axes.filledContours(x, y, height, count: 12, barLabel: "$\\log(1 + f)$")
  figure.axes.line(path.map(\.x), path.map(\.y), color: .white, width: 2)
  figure.axes.scatter([-1.5, 1], [2.6, 1], color: .white, marker: .cross, size: 9)
  // end
  return figure
}

func peaks() -> Figure {
  // picture surface
  let x = Tensor<Double>.linearlySpaced(from: -3, to: 3, count: 20)
  let grid = meshgrid([x, x])
  let (u, v) = (grid[0], grid[1])
  let height = 3 * (1 - u) * (1 - u) * exp(-u * u - (v + 1) * (v + 1))
  let valley = 8 * (u / 5 - u * u * u) * exp(-u * u - v * v)

  var figure = Figure(width: 6, height: 4.2)
  figure.axes.x.label = "$w_1$"
  figure.axes.y.label = "$w_2$"
  figure.axes.surface(x, x, height - valley, zLabel: "height", barLabel: "")
  // end
  return figure
}

func topology() throws -> Figure {
  // picture topology
  let xor = Dataset(
    name: "xor", features: Tensor<Float>([[0, 0], [0, 1], [1, 0], [1, 1]]), labels: [0, 1, 1, 0],
    classNames: ["equal", "different"])
  var model = try Sequential(input: [2], seed: 4) {
    Dense(4, activation: .tanh)
    Dense(2, activation: .softmax)
  }
  try model.fit(
    xor, loss: .categoricalCrossEntropy, optimizer: Adam(learningRate: 0.05), epochs: 200)

  var figure = Figure(width: 5, height: 3.2)
  figure.axes.network(
    layers: [2, 4, 2], weights: [model["dense1.weight"], model["dense2.weight"]],
    names: ["input", "tanh", "softmax"])
  // end
  return figure
}
