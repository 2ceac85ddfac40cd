import Myelin

/// A line that fits itself to points.
func regression() throws -> Animation {
  // picture regression
  var random = Generator(seed: 5)
  let x = try random.uniform(0, 4, shape: [40])
  let y = 0.8 * x + 0.5 + random.standardNormal([40]) * 0.3
  var (slope, intercept) = (-1.0, 3.0)
  var losses: [Double] = []
  var frames: [Figure] = []
  for epoch in 0...40 {
    let error = slope * x + intercept - y
    losses.append((error * error).mean().scalar)

    var figure = Figure(rows: 1, columns: 2, width: 7, height: 3.2)
    figure[0, 0].x.limits = 0...4
    figure[0, 0].y.limits = -1...4
    figure[0, 0].scatter(x, y, opacity: 0.7)
    figure[0, 0].line([0, 4], [intercept, 4 * slope + intercept], width: 2.5)
    figure[0, 1].x.limits = 0...40
    figure[0, 1].x.label = "epoch"
    figure[0, 1].y.limits = 0.05...5
    figure[0, 1].y.scale = .logarithmic
    figure[0, 1].y.label = "mean squared error"
    figure[0, 1].line(losses, color: .palette(1), marker: .circle)
    frames.append(figure)

    slope -= 0.08 * 2 * (error * x).mean().scalar
    intercept -= 0.08 * 2 * error.mean().scalar
  }
  let labels = (0...40).map { "epoch \($0)" }
  let animation = Animation(frames: frames, seconds: 5, labels: labels)
  try animation.write(to: "regression.html")
  // end
  return animation
}
