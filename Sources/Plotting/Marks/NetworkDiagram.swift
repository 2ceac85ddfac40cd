public import Tensors

/// A drawn network: layers as columns of circles, and the connections between them.
struct NetworkDiagram: Mark {
  let layers: [Int]
  /// Of each step from layer to layer, row by row: `[inputs, units]`; none if they aren't known.
  let weights: [[Double]]
  let names: [String]

  /// More connections than this are thinned to the strongest.
  static let mostConnections = 2000
  private static let mostUnits = 14

  var horizontalExtent: Extent { Extent([], edges: [0, 1]) }
  var verticalExtent: Extent { Extent([], edges: [0, 1]) }
  var coversArea: Bool { true }

  /// A layer on the figure.
  struct Column {
    let x: Double
    /// The units that are shown, and their heights.
    var units: [(index: Int, y: Double)] = []
    /// The heights of the dots that stand for the others.
    var dots: [Double] = []
  }

  /// A line between two units that are shown.
  struct Connection {
    let start: Point
    let end: Point
    /// From 0 to 1, the strongest of the step; nil if weights aren't known.
    let strength: Double?
    let isPositive: Bool
  }

  func draw(on canvas: inout Canvas, in frame: Frame, color: Color) {
    guard !layers.isEmpty else { return }
    let box = frame.box
    let pitch = box.width / Double(layers.count)
    let (nameSize, countSize) = (Spacing.labelSize, Spacing.tickSize)
    // As in a paragraph: the drawing, the names, the counts, the note.
    let line = (name: Spacing.lineHeight(nameSize), count: Spacing.lineHeight(countSize))
    let hasNames = names.contains { !$0.isEmpty }
    var textHeight = (hasNames ? line.name : 0) + line.count
    let isTextShown = textHeight + 30 < box.height
    if !isTextShown { textHeight = 0 }

    var drawing = Box(
      left: box.left, top: box.top + 2, right: box.right, bottom: box.bottom - textHeight - 4)
    var (columns, radius) = place(in: drawing, pitch: pitch)
    var connections = connections(between: columns)
    var note = RichText("")
    if connections.count > NetworkDiagram.mostConnections, isTextShown {
      // The note takes a line more.
      textHeight += line.count
      drawing.bottom -= line.count
      (columns, radius) = place(in: drawing, pitch: pitch)
      connections = self.connections(between: columns)
      note = RichText(
        "the strongest \(NetworkDiagram.mostConnections) of \(connections.count) connections")
    }
    draw(strongest(connections), on: &canvas)
    draw(columns, radius: radius, on: &canvas)

    guard isTextShown else { return }
    var y = drawing.bottom + 4
    var style = TextStyle(size: nameSize, anchor: .middle, alignment: .top)
    let width = pitch - 6
    if hasNames {
      for (column, name) in zip(columns, names) {
        canvas.text(
          shortened(RichText(name), to: width, size: nameSize), at: Point(column.x, y), style)
      }
      y += line.name
    }
    style.size = countSize
    style.color = .muted
    for (column, count) in zip(columns, layers) {
      let text = RichText(count == 1 ? "1 unit" : "\(count) units")
      let isWide = text.width(size: countSize) > width
      canvas.text(
        shortened(isWide ? RichText("\(count)") : text, to: width, size: countSize),
        at: Point(column.x, y), style)
    }
    y += line.count
    canvas.text(
      shortened(note, to: box.width, size: countSize), at: Point(box.center.x, y), style)
  }

  /// The text, cut if it is a little too long; nothing rather than a single letter.
  private func shortened(_ text: RichText, to width: Double, size: Double) -> RichText {
    let short = text.truncated(to: width, size: size)
    return short == text || short.plain.count > 3 ? short : RichText("")
  }

  /// Where the units stand, and how large they are.
  private func place(in box: Box, pitch: Double) -> (columns: [Column], radius: Double) {
    let most = max(3, min(NetworkDiagram.mostUnits, Int(box.height / 14)))
    let rows = layers.map { min($0, most) }.max() ?? 1
    // A slot is the room of a unit; a lone unit isn't larger than those of a small network.
    let slot = min(box.height / Double(max(rows, 1)), 44)
    let radius = max(1, min(0.36 * slot, 0.2 * pitch, 13))
    let columns = layers.enumerated().map { layer, count in
      var column = Column(x: box.left + (Double(layer) + 0.5) * pitch)
      let slots = min(count, most)
      let top = box.center.y - Double(slots) * slot / 2
      func y(_ place: Int) -> Double { top + (Double(place) + 0.5) * slot }
      guard count > most else {
        column.units = (0..<count).map { ($0, y($0)) }
        return column
      }
      // One slot is for the dots.
      let before = slots / 2
      for place in 0..<slots where place != before {
        column.units.append((place < before ? place : count - slots + place, y(place)))
      }
      column.dots = [-0.25, 0, 0.25].map { y(before) + $0 * slot }
      return column
    }
    return (columns, radius)
  }

  /// The connections of units that are shown; a weight of 0 or NaN is none.
  func connections(between columns: [Column]) -> [Connection] {
    zip(columns, columns.dropFirst()).enumerated().flatMap { step, pair in
      let own = step < weights.count ? weights[step] : nil
      let units = layers[step + 1]
      func weight(_ input: Int, _ unit: Int) -> Double? { own?[input * units + unit] }
      var largest = 0.0
      for input in pair.0.units {
        for unit in pair.1.units {
          let size = abs(weight(input.index, unit.index) ?? 0)
          if size.isFinite { largest = max(largest, size) }
        }
      }
      return pair.0.units.flatMap { input in
        pair.1.units.compactMap { unit -> Connection? in
          let weight = weight(input.index, unit.index)
          if let weight, weight == 0 || weight.isNaN { return nil }
          return Connection(
            start: Point(pair.0.x, input.y), end: Point(pair.1.x, unit.y),
            strength: weight.map { largest > 0 ? min(1, abs($0) / largest) : 1 },
            isPositive: (weight ?? 0) > 0)
        }
      }
    }
  }

  /// The strongest connections; of equals, the first.
  func strongest(_ connections: [Connection]) -> [Connection] {
    guard connections.count > NetworkDiagram.mostConnections else { return connections }
    let order = connections.indices.sorted {
      let (a, b) = (connections[$0].strength ?? 1, connections[$1].strength ?? 1)
      return a == b ? $0 < $1 : a > b
    }
    return order.prefix(NetworkDiagram.mostConnections).sorted().map { connections[$0] }
  }

  /// Draws the connections in eight strengths, the strongest over the others.
  private func draw(_ connections: [Connection], on canvas: inout Canvas) {
    let steps = 8
    func group(_ connection: Connection) -> Int {
      connection.strength.map { max(0, min(steps - 1, Int(($0 * Double(steps)).rounded(.up)) - 1)) }
        ?? 0
    }
    let unknown = connections.filter { $0.strength == nil }
    canvas.lines(
      unknown.map { [$0.start, $0.end] }, stroke: Stroke(.muted, width: 0.6, opacity: 0.5))
    let known = connections.filter { $0.strength != nil }
    for step in 0..<steps {
      let part = (Double(step) + 0.5) / Double(steps)
      for isPositive in [false, true] {
        let lines = known.filter { group($0) == step && $0.isPositive == isPositive }
        canvas.lines(
          lines.map { [$0.start, $0.end] },
          stroke: Stroke(
            isPositive ? .red : .blue, width: 0.3 + 2 * part, opacity: 0.12 + 0.78 * part))
      }
    }
  }

  private func draw(_ columns: [Column], radius: Double, on canvas: inout Canvas) {
    for column in columns {
      for unit in column.units {
        canvas.circle(
          Point(column.x, unit.y), radius: radius, fill: Fill(.background),
          stroke: Stroke(.text, width: max(0.6, min(1.3, radius / 6))))
      }
      for dot in column.dots {
        canvas.circle(
          Point(column.x, dot), radius: max(0.7, min(1.6, radius / 4)), fill: Fill(.muted))
      }
    }
  }
}

extension Axes {
  /// Adds a drawing of a network: a column of circles for each layer, joined by its connections.
  ///
  /// Of a long layer the first and last units are shown, with dots between, and its count of units
  /// below. A positive weight is red and a negative one blue, the wider and stronger the further from
  /// 0, as a part of the largest one shown in its step; a weight of 0 or NaN isn't drawn. Of more than
  /// 2,000 connections between the units shown, the strongest are drawn, and the drawing says so.
  ///
  ///     var figure = Figure()
  ///     figure.axes.network(
  ///       layers: [2, 3, 1], weights: [[[1, -2, 0.5], [0, 1, -1]], [[1], [-1], [0.5]]],
  ///       names: ["input", "hidden", "output"])
  ///     figure.svg().contains("hidden")  // true
  ///
  /// - Parameters:
  ///   - layers: How many units each layer has, from the input.
  ///   - weights: Those of each step from a layer to the next, `[inputs, units]`; all connections are
  ///     gray if there are none.
  ///   - names: What stands below the layers, from the first.
  /// - Precondition: Layers have at least one unit each, and the weights the shapes that these ask for.
  public mutating func network(
    layers: [Int], weights: [Tensor<Float>] = [], names: [String] = []
  ) {
    require(
      layers.allSatisfy { $0 > 0 },
      "a layer has one unit or more, not \(layers.first { $0 <= 0 } ?? 0)")
    require(
      weights.isEmpty || weights.count == layers.count - 1,
      "\(layers.count) layers have \(max(0, layers.count - 1)) weights between them, not \(weights.count)"
    )
    for (index, weight) in weights.enumerated() {
      require(
        weight.shape == [layers[index], layers[index + 1]],
        "the weights of step \(index) must have shape [\(layers[index]), \(layers[index + 1])], not \(weight.shape)"
      )
    }
    add(NetworkDiagram(layers: layers, weights: weights.map(\.numbers), names: names))
    isBare = true
  }
}
