import Plotting
import TestSupport
import Testing

/// Any data and any text: the SVG is well-formed, and no text overlaps another or leaves the canvas.
@Suite struct LayoutTests {
  /// Data that finds the edges of a scale.
  static let data: [(name: String, values: [Double])] = [
    ("empty", []),
    ("one", [3]),
    ("zero", [0]),
    ("constant", [7, 7, 7]),
    ("constant and large", [1e17, 1e17]),
    ("constant and small", [-3e-9, -3e-9]),
    ("negative", [-5, -3, -4]),
    ("huge", [-1.7e308, 0, 1.7e308]),
    ("greatest", [.greatestFiniteMagnitude, .greatestFiniteMagnitude]),
    ("tiny", [1e-308, 2e-308, 3e-308]),
    ("subnormal", [.leastNonzeroMagnitude, 2 * .leastNonzeroMagnitude]),
    ("NaN", [.nan, .nan]),
    ("with NaN", [1, .nan, 3, .infinity, 2, -.infinity]),
    ("close", [1e9, 1e9 + 1e-6]),
    ("closest", [1, 1.0.nextUp]),
    ("wide", [1e-12, 1, 1e12]),
    ("offset", [123_456_789, 123_456_790.5]),
    ("decades", [0.001, 1000]),
    ("halves", [-0.5, 0.5]),
    ("integers", Array(stride(from: 0, to: 100, by: 1))),
  ]

  @Test(arguments: data.indices, Scale.allCases)
  func textKeepsApart(_ index: Int, _ scale: Scale) throws {
    let (name, values) = Self.data[index]
    for (width, height) in [(6.4, 4.8), (2, 1.5), (0.5, 0.4), (12, 1), (1, 9)] {
      var figure = Figure(rows: 2, columns: 2, width: width, height: height)
      figure.title = "A title of a whole figure about \(name)"
      for row in 0..<2 {
        for column in 0..<2 {
          figure[row, column].line(values, label: "a line of \(name)")
          figure[row, column].scatter(values, values, values: values, barLabel: "value")
          figure[row, column].title = "Values, \(name)"
          figure[row, column].x.label = "number"
          figure[row, column].y.label = "value of $x_1^2$ in a long label that may be cut"
          figure[row, column].y.scale = scale
          figure[row, column].x.scale = column == 0 ? .linear : scale
          figure[row, column].x.isInverted = row == 1
        }
      }
      let faults = try SVGReader(figure.svg(theme: width > 2 ? .automatic : .dark)).faults
      #expect(faults == [], "\(name), \(width) × \(height)")
    }
  }

  @Test(arguments: [(6.4, 4.8), (3, 2), (1.6, 1.2)])
  func limitsOfOnesOwn(_ width: Double, _ height: Double) throws {
    let limits: [ClosedRange<Double>] = [
      0...0, 1...1.0.nextUp, -1e308...1e308, 0 ... .leastNonzeroMagnitude, -.infinity ... .infinity,
      -2...1e-9,
      1e-300...1e300, 3...4, 0.1...0.1, 1e-300...1e-295, 2...2.0.nextUp,
    ]
    for limit in limits {
      for scale in Scale.allCases {
        var figure = Figure(width: width, height: height)
        figure.axes.line([1, 2, 3], label: "line")
        figure.axes.x.limits = limit
        figure.axes.y.limits = limit
        figure.axes.y.scale = scale
        #expect(try SVGReader(figure.svg()).faults == [], "\(limit), \(scale)")
      }
    }
  }

  @Test(arguments: [
    "a < b && \"c\" > 'd'", "]]><script>alert(1)</script>", "é ü 漢字 😀", "$x_", "$$", "$", "$\\",
    "\\$5 and $5", "$\\frac{1}{2}$", "${{{{{{{{{{{{{{{{x$", "$_^_^_^_^_^_^_^_^_^x$",
    "a\u{0}b\u{1}\u{FFFE}",
    "line\nline\nline\nline\nline", String(repeating: "word ", count: 200),
    String(repeating: "W", count: 500), "   ", "\u{202E}right", "a\u{301}\u{302}",
  ])
  func oddText(_ text: String) throws {
    var figure = Figure(width: 5, height: 4)
    figure.title = text
    figure.axes.title = text
    figure.axes.x.label = text
    figure.axes.y.label = text
    figure.axes.line([1, 2, 1.5], label: text)
    figure.axes.scatter([0, 1], [1, 2], classes: [0, 1], names: [text, text])
    figure.axes.x.ticks = .labeled([0, 1, 2], [text, "b", text])
    #expect(try SVGReader(figure.svg()).faults == [])
  }

  @Test func textIsEscapedNotChanged() throws {
    var figure = Figure()
    figure.axes.title = "a < b & \"c\""
    let reader = try SVGReader(figure.svg())
    #expect(reader.texts.contains { $0.content == "a < b & \"c\"" })
  }

  @Test func manyNamesAreTurnedOrThinned() throws {
    for count in [3, 12, 30, 200, 5000] {
      var figure = Figure()
      figure.axes.line(Array(repeating: 1.0, count: count))
      let names = (0..<count).map { "category \($0)" }
      figure.axes.x.ticks = .labeled((0..<count).map(Double.init), names)
      figure.axes.y.ticks = .labeled((0..<count).map { Double($0) / Double(count) }, names)
      let reader = try SVGReader(figure.svg())
      #expect(reader.faults == [])
      #expect(reader.texts.contains { $0.content == "category 0" })
    }
  }

  @Test func legendHidesNothing() throws {
    // The only free corner is the lower right one.
    var figure = Figure()
    figure.axes.line([0.0, 8, 9.5, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10], label: "saturating")
    let reader = try SVGReader(figure.svg())
    let label = try #require(reader.texts.first { $0.content == "saturating" })
    #expect(label.left > reader.width / 2 && label.top > reader.height / 2)

    // Nowhere is free: the legend stands beside the axes.
    figure = Figure()
    figure.axes.scatter(
      (0..<2500).map { Double($0 % 50) }, (0..<2500).map { Double($0 / 50) }, label: "everywhere")
    let full = try SVGReader(figure.svg())
    let area = try #require(full.elements.first { $0.name == "svg" && $0["x"] != nil })
    let beside = try #require(full.texts.first { $0.content == "everywhere" })
    #expect(beside.left > (area["x"] ?? .infinity) + (area["width"] ?? 0))
    #expect(full.faults == [])
  }

  @Test(arguments: Axes.LegendPlace.allCases) func anyLegendPlace(_ place: Axes.LegendPlace) throws
  {
    for (width, height) in [(6.4, 4.8), (1.2, 3), (3, 1.2), (2, 2)] {
      var figure = Figure(width: width, height: height)
      for number in 0..<4 { figure.axes.line([0, Double(number)], label: "line \(number)") }
      figure.axes.bars([3, 1, 2], label: "bars", showsValues: true)
      figure.axes.legend = place
      #expect(try SVGReader(figure.svg()).faults == [], "\(width) × \(height)")
    }
  }

  @Test func sizesOfAnyProportion() throws {
    for weights in [
      [1e307, 1], [1e-300, 1e300], [.nan, 1], [-1, 2], [.infinity, 1], [1e308, 1e308],
    ] {
      var figure = Figure(rows: 2, columns: 2)
      figure.columnWidths = weights
      figure.rowHeights = weights
      for row in 0..<2 { for column in 0..<2 { figure[row, column].line([1, 2], label: "a") } }
      #expect(try SVGReader(figure.svg()).faults == [], "\(weights)")
    }
  }

  @Test func aLineKeepsItsSlopeFarOutside() throws {
    var figure = Figure()
    figure.axes.isBare = true
    (figure.axes.x.limits, figure.axes.y.limits) = (0...10, 0...10)
    figure.axes.line([0, 1e6], [0, 5e5])
    let reader = try SVGReader(figure.svg())
    let area = try #require(reader.elements.first { $0.name == "svg" && $0["x"] != nil })
    let path = try #require(reader.elements.first { $0.name == "path" }?.attributes["d"])
    let line = try #require(path.wholeMatch(of: /M[-0-9. ]+l([0-9.]+)(-[0-9.]+)/))
    let (dx, dy) = (try #require(Double(line.1)), try #require(Double(line.2)))
    // Half as many of y as of x, in the area's points.
    let expected = -0.5 * (area["height"] ?? 0) / (area["width"] ?? 1)
    #expect(abs(dy / dx - expected) < 1e-3)
  }

  @Test func aLegendOfManyKeysFits() throws {
    for count in [1, 20, 60, 400] {
      var figure = Figure(width: 7, height: 4)
      for number in 0..<count { figure.axes.line([0, Double(number)], label: "line \(number)") }
      #expect(try SVGReader(figure.svg()).faults == [], "\(count)")
    }
  }

  @Test func sharedAxesHaveOneLimit() throws {
    var figure = Figure(rows: 2, columns: 1)
    figure.sharedX = .columns
    figure[0, 0].line([0, 1], [0, 1])
    figure[1, 0].line([0, 100], [0, 1])
    let reader = try SVGReader(figure.svg())
    // The ticks of the upper axes are those of the lower, which alone names them.
    #expect(reader.texts.filter { $0.content == "100" }.count == 1)
    figure.sharedX = .none
    #expect(try SVGReader(figure.svg()).texts.contains { $0.content == "0.6" })
  }
}
