public import Tensors

/// A drawn network: layers as columns of circles, and the connections between them.
struct NetworkDiagram: Mark {
  let layers: [Int]
  /// `[inputs, units]` of each step, or none.
  let weights: [Tensor<Float>]
  let names: [String]

  var horizontalExtent: Extent { Extent([], edges: [0, 1]) }
  var verticalExtent: Extent { Extent([], edges: [0, 1]) }
  var coversArea: Bool { true }

  func draw(on canvas: inout Canvas, in frame: Frame, color: Color) {
    let box = frame.box
    for (layer, count) in layers.enumerated() {
      let x = box.left + (Double(layer) + 0.5) / Double(layers.count) * box.width
      let shown = min(count, 10)
      for unit in 0..<shown {
        let y = box.top + (Double(unit) + 0.5) / Double(shown) * box.height
        canvas.circle(Point(x, y), radius: 5, fill: Fill(.background), stroke: Stroke(.text))
      }
    }
  }
}

extension Axes {
  /// Adds a drawing of a network: a column of circles for each layer, joined by its connections.
  ///
  ///     var figure = Figure()
  ///     figure.axes.network(layers: [2, 3, 1], names: ["input", "hidden", "output"])
  ///     figure.svg().contains("hidden")  // true
  ///
  /// - Parameters:
  ///   - layers: How many units each layer has.
  ///   - weights: The weights between layers, `[inputs, units]` each.
  ///   - names: The layers' names.
  public mutating func network(
    layers: [Int], weights: [Tensor<Float>] = [], names: [String] = []
  ) {
    add(NetworkDiagram(layers: layers, weights: weights, names: names))
    isBare = true
  }
}
