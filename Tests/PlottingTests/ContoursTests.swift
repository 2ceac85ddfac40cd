import Tensors
import Testing

@testable import Plotting

@Suite struct ContoursTests {
  /// The area inside of closed lines: those that run against the clock count, the others are holes.
  private func area(_ lines: [[Point]]) -> Double {
    lines.reduce(0) { sum, points in
      sum
        + points.indices.reduce(0) { sum, index in
          let (a, b) = (points[index], points[(index + 1) % points.count])
          return sum + (a.x * b.y - b.x * a.y) / 2
        }
    }
  }

  /// The area above a level of one cell, as the rule says it: by corners and crossings in order.
  private func areaOfCell(_ corners: [Point], _ z: [Double], above level: Double) -> Double {
    func crossing(_ a: Int, _ b: Int) -> Point {
      let part = (level - z[a]) / (z[b] - z[a])
      return Point(
        corners[a].x + part * (corners[b].x - corners[a].x),
        corners[a].y + part * (corners[b].y - corners[a].y))
    }
    let isAbove = z.map { $0 >= level }
    let isSaddle = isAbove[0] == isAbove[2] && isAbove[1] == isAbove[3] && isAbove[0] != isAbove[1]
    if isSaddle, z.reduce(0, +) / 4 < level {
      return (0..<4).filter { isAbove[$0] }.reduce(0) { sum, corner in
        let (next, last) = ((corner + 1) % 4, (corner + 3) % 4)
        return sum + area([[corners[corner], crossing(corner, next), crossing(corner, last)]])
      }
    }
    var polygon: [Point] = []
    for corner in 0..<4 {
      let next = (corner + 1) % 4
      if isAbove[corner] { polygon.append(corners[corner]) }
      if isAbove[corner] != isAbove[next] { polygon.append(crossing(corner, next)) }
    }
    return area([polygon])
  }

  @Test func areasOfDiscs() {
    for count in [21, 40, 101] {
      let x = (0..<count).map { -2 + 4 * Double($0) / Double(count - 1) }
      let tracer = ContourTracer(x: x, y: x, z: x.flatMap { y in x.map { $0 * $0 + y * y } })
      let h = 4 / Double(count - 1)
      for level in [0.5, 1, 2, 3.5] {
        // On an edge the square is at most h²/4 below the line between its ends, which moves the
        // crossing by h²/8r; a chord no longer than √2·h is at most h²/4r inside of the arc. Together,
        // along a circle of length 2πr, less than 2.4 h².
        let disc = 16 - area(tracer.area(above: level))
        #expect(abs(disc - .pi * level) < 2.4 * h * h)
      }
      let ring = area(tracer.area(above: 1)) - area(tracer.area(above: 2))
      #expect(abs(ring - .pi) < 2 * 2.4 * h * h)
    }
  }

  @Test func areasOfNoiseAreThoseOfTheCells() {
    let (columns, rows) = (23, 17)
    var random = RandomState(seed: 5)
    var z = random.standardNormal([rows * columns]).scalars as [Double]
    for index in [0, 40, 41, 100, 200, 222, 245, columns * rows - 1] { z[index] = .nan }
    // Uneven, and from right to left.
    let x = (0..<columns).map { (column: Int) -> Double in
      10 - Double(column * column) / 50 - Double(column) / 10
    }
    let y = (0..<rows).map { (row: Int) -> Double in Double(row) + 0.3 * Double(row % 3) }
    let tracer = ContourTracer(x: x, y: y, z: z)
    for level in [-9.0, -1, -0.1, 0, 0.3, 2, 9] {
      var expected = 0.0
      for row in 0..<rows - 1 {
        for column in 0..<columns - 1 {
          let places = [(row, column), (row, column + 1), (row + 1, column + 1), (row + 1, column)]
          let values = places.map { z[$0.0 * columns + $0.1] }
          if values.contains(where: \.isNaN) { continue }
          expected += areaOfCell(
            places.map { Point(x[$0.1], y[$0.0]) }, values, above: level)
        }
      }
      // Rounding: some thousand terms of size 10.
      #expect(abs(area(tracer.area(above: level)) - expected) < 1e-10)
    }
  }

  @Test func theMiddleDecidesAtSaddles() {
    for z in [[1.0, 0, 0, 1], [0, 1, 1, 0]] {
      let tracer = ContourTracer(x: [0, 1], y: [0, 1], z: z)
      // Below the mean of ½ the high corners are joined, with triangles of legs 0.4 cut off.
      let joined = tracer.area(above: 0.4)
      #expect(joined.count == 1)
      #expect(abs(area(joined) - 0.84) < 1e-15)
      let parted = tracer.area(above: 0.6)
      #expect(parted.count == 2)
      #expect(abs(area(parted) - 0.16) < 1e-15)
      #expect(tracer.area(above: 0.5).count == 1)
      #expect(tracer.area(above: 0.5, isStrict: true).count == 2)
      #expect(tracer.lines(at: 0.4).count == 2)
    }
  }

  @Test func areasOfAPlaneAreExact() {
    let (x, y) = ([0.0, 1, 10], [0.0, 2, 3])
    let tracer = ContourTracer(x: x, y: y, z: y.flatMap { _ in x })
    #expect(abs(area(tracer.area(above: 5)) - 15) < 1e-14)
    #expect(area(tracer.area(above: 0)) == 30)
    #expect(tracer.area(above: 10, isStrict: true).isEmpty)
    let lines = tracer.lines(at: 5)
    #expect(lines.count == 1)
    #expect(lines.first?.isClosed == false)
    #expect(lines.first?.points.map(\.y).sorted() == y)
  }

  @Test func linesAreJoined() {
    let x = (0..<60).map { -2 + 4 * Double($0) / 59 }
    let z = x.flatMap { y in x.map { $0 * $0 + y * y } }
    let tracer = ContourTracer(x: x, y: x, z: z)
    let circle = tracer.lines(at: 1)
    #expect(circle.count == 1)
    #expect(circle.first?.isClosed == true)
    // A circle beyond the middle of the sides is four arcs.
    let arcs = tracer.lines(at: 5)
    #expect(arcs.count == 4)
    #expect(arcs.allSatisfy { !$0.isClosed })
  }

  @Test func cellsWithoutNumbersAreLeftOut() {
    let x = (0..<6).map(Double.init)
    var z = [Double](repeating: 1, count: 36)
    z[14] = .nan
    let tracer = ContourTracer(x: x, y: x, z: z)
    #expect(area(tracer.area(above: 1)) == 25 - 4)
    #expect(tracer.lines(at: 1).isEmpty)
  }

  @Test func levelsAreRound() {
    func levels(_ z: [Double], count: Int = 8, covering: Bool = true) -> [Double] {
      Field(x: z.indices.map(Double.init), y: [0], z: z).levels(
        count: count, isCovering: covering)
    }
    #expect(levels([0.13, 0.94], count: 5) == [0, 0.2, 0.4, 0.6, 0.8, 1])
    #expect(levels([0.13, 0.94], count: 5, covering: false) == [0.2, 0.4, 0.6, 0.8])
    #expect(levels([0, 4], count: 5) == [0, 1, 2, 3, 4])
    #expect(levels([.nan]) == [])
    #expect(levels([]) == [])
    #expect(levels([7, 7]) == [6.6, 6.8, 7, 7.2, 7.4])
    for (name, values) in oddNumbers {
      let z = values.scalars
      let levels = levels(z)
      let finite = z.filter(\.isFinite)
      #expect(levels == levels.sorted(), "\(name)")
      guard let low = finite.min(), let high = finite.max() else { continue }
      #expect(levels.count > 1, "\(name)")
      #expect((levels.first ?? .nan) <= low && high <= (levels.last ?? .nan), "\(name)")
    }
  }

  @Test func whatLiesBeyondTheLevelsIsLeftOut() {
    let (x, y) = ([0.0, 10], [0.0, 1])
    let field = Field(x: x, y: y, z: [0, 10, 0, 10])
    let mark = FilledContours(
      field: field, levels: [2, 5, 6], scale: ColorScale(.viridis, limits: 2...6), opacity: 1,
      showsBar: false)
    // By the even-odd rule what is above 6 is a hole in each.
    let areas = mark.areas(of: field)
    #expect(areas.map(\.count) == [2, 2])
    #expect(areas.map { $0.map { abs(area([$0])) } } == [[8, 4], [5, 4]])
  }

  @Test func aGapOfTheLineHoldsTheLabel() {
    let x = (0..<50).map { -2 + 4 * Double($0) / 49 }
    var figure = Figure()
    figure.axes.contours(
      x, x, Tensor(x.flatMap { y in x.map { $0 * $0 + y * y } }, shape: [50, 50]), levels: [1, 2],
      color: .black, isLabeled: true)
    let lines = elements("path", in: figure.svg()).filter { $0["stroke"] == "#000000" }
    #expect(lines.count == 2)
    #expect(figure.svg().contains(">1</text>"))
    // A closed line with a gap is cut where it begins and where the gap is.
    #expect(lines.allSatisfy { ($0["d"] ?? "").filter { $0 == "M" }.count == 2 })
    expectSound(figure)
  }

  @Test func oddNumbersGivePictures() {
    for (_, values) in oddNumbers {
      var figure = Figure()
      figure.axes.filledContours([0, 1, 2, 3, 4], [0, 1, 2, 3], values, barLabel: "z")
      figure.axes.contours([0, 1, 2, 3, 4], [0, 1, 2, 3], values, isLabeled: true)
      expectSound(figure)
    }
    for x in [[0, 0, 0, 0, 0.0], [.nan, 1, 2, 3, 4], [-1e308, 0, 1, 2, 1e308], [4, 1, 3, 0, 2]] {
      var figure = Figure()
      figure.axes.filledContours(x, [1, 10, 100, 1000], oddNumbers[8].values, opacity: 0.5)
      figure.axes.y.scale = .logarithmic
      expectSound(figure)
    }
    var figure = Figure()
    figure.axes.filledContours([Double](), [Double](), Tensor<Double>(repeating: 0, shape: [0, 0]))
    figure.axes.contours([1.0], [2.0], Tensor<Double>([[3]]))
    figure.axes.filledContours([1.0], [2.0], Tensor<Double>([[3]]), levels: [.nan, 1, 1])
    expectSound(figure)
  }

  @Test func noiseStaysSmall() {
    var random = RandomState(seed: 1)
    let x = (0..<300).map(Double.init)
    let z: Tensor<Double> = random.standardNormal([300, 300])
    var figure = Figure()
    figure.axes.filledContours(x, x, z)
    #expect(figure.svg().utf8.count < 5_000_000)
  }

  @Test func logarithmicAxesLeaveOutWhatHasNoPlace() throws {
    let z = Tensor<Double>([[0, 1, 2, 3], [1, 2, 3, 4], [2, 3, 4, 5]])
    var (all, part) = (Figure(), Figure())
    for axis in [\Axes.x, \Axes.y] {
      all.axes[keyPath: axis].scale = .logarithmic
      part.axes[keyPath: axis].scale = .logarithmic
    }
    // The column at 0 has no place: the picture is that of the others alone.
    all.axes.filledContours([0, 1, 2, 3], [1, 10, 100], z, levels: [0, 1, 2, 3, 4, 5])
    part.axes.filledContours(
      [1, 2, 3], [1, 10, 100], z[.all, 1..<4], levels: [0, 1, 2, 3, 4, 5])
    #expect(all.svg() == part.svg())
  }

  @Test func moreLevelsThanAnyoneCanSee() {
    var figure = Figure()
    let levels = (0..<100_000).map { Double($0) / 1e5 }
    figure.axes.filledContours(
      [0, 1], [0, 1], Tensor<Double>([[0, 1], [1, 0]]), levels: levels)
    #expect(figure.svg().hasSuffix("</svg>\n"))
  }
}
