import Myelin

/// A line that fits itself to points.
func regression() throws -> Animation {
  // picture regression
  var random = Generator(seed: 5)
  let x = try random.uniform(-2, 2, shape: [40])
  let y = 0.8 * x + 0.5 + random.standardNormal([40]) * 0.3
  var (slope, intercept) = (-1.0, 2.0)
  var losses: [Double] = []
  var frames: [Figure] = []
  for epoch in 0...30 {
    let error = slope * x + intercept - y
    losses.append((error * error).mean().scalar)

    var figure = Figure(rows: 1, columns: 2, width: 7, height: 3.2)
    figure[0, 0].title = "epoch \(epoch)"
    figure[0, 0].x.limits = -2...2
    figure[0, 0].y.limits = -2...4
    figure[0, 0].scatter(x, y, opacity: 0.7)
    figure[0, 0].line([-2, 2], [intercept - 2 * slope, intercept + 2 * slope], width: 2.5)
    figure[0, 1].title = "mean squared error"
    figure[0, 1].x.limits = 0...30
    figure[0, 1].x.label = "epoch"
    figure[0, 1].y.limits = 0.05...10
    figure[0, 1].y.scale = .logarithmic
    figure[0, 1].line(losses, color: .palette(1))
    figure[0, 1].scatter([epoch], [losses[epoch]], color: .palette(1))
    frames.append(figure)

    slope -= 0.1 * (error * x).mean().scalar
    intercept -= 0.1 * error.mean().scalar
  }
  let animation = Animation(
    frames: frames, seconds: 4, labels: (0...30).map { "epoch \($0)" })
  try animation.write(to: "regression.html")
  // end
  return animation
}

/// A network that learns to tell two half moons apart.
func moons() throws -> Animation {
  // picture moons
  var random = Generator(seed: 2)
  let angle = Tensor<Double>.linearlySpaced(from: 0, to: .pi, count: 60)
  let upper = stack([cos(angle), sin(angle)], axis: 1)
  let lower = stack([1 - cos(angle), 0.5 - sin(angle)], axis: 1)
  let points = concatenate([upper, lower]) + random.standardNormal([120, 2]) * 0.12
  let labels = (0..<120).map { $0 / 60 }
  let moons = Dataset(
    name: "moons", features: Tensor<Float>(points), labels: labels, classNames: ["upper", "lower"])

  let x = Tensor<Double>.linearlySpaced(from: -1.5, to: 2.5, count: 41)
  let y = Tensor<Double>.linearlySpaced(from: -1.2, to: 1.7, count: 30)
  let grid = meshgrid([x, y]).map { $0.reshaped(-1) }
  let places = Tensor<Float>(stack(grid, axis: 1))

  let model = try Sequential(input: [2], seed: 1) {
    Dense(16, activation: .tanh)
    Dense(16, activation: .tanh)
    Dense(2, activation: .softmax)
  }
  let trainer = try Trainer(
    model, loss: .categoricalCrossEntropy, optimizer: Adam(learningRate: 0.01))
  var sampler = BatchSampler(count: 120, batchSize: 30, .shuffledEpochs, seed: 1)
  var frames: [Figure] = []
  var names: [String] = []
  for epoch in 0...80 {
    if epoch % 5 == 0 {
      let lower = trainer.model.predict(places)[.all, 1].reshaped(30, 41)
      var figure = Figure(width: 5, height: 3.8)
      figure.axes.title = "epoch \(epoch)"
      figure.axes.filledContours(
        x, y, lower, levels: [0, 0.25, 0.5, 0.75, 1], colorMap: .coolwarm, center: 0.5,
        barLabel: "probability of the lower moon", opacity: 0.6)
      figure.axes.scatter(
        points[.all, 0], points[.all, 1], classes: labels, names: ["upper", "lower"],
        edge: .white)
      figure.axes.legend = .none
      frames.append(figure)
      names.append("epoch \(epoch)")
    }
    for _ in 0..<4 { trainer.step(moons, &sampler) }
  }
  // The last frame stays for a while.
  frames += Array(repeating: frames[frames.count - 1], count: 5)
  names += Array(repeating: names[names.count - 1], count: 5)
  let animation = Animation(frames: frames, seconds: 5, labels: names)
  try animation.write(to: "moons.html")
  // end
  return animation
}
