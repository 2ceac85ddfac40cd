import Plotting
import TestSupport
import Testing

@Suite struct TickTests {
  private func labels(
    _ limits: ClosedRange<Double>, _ count: Int, scale: Scale = .linear
  ) -> [String] {
    Tick.round(in: limits, scale: scale, atMost: count).map(\.label.plain)
  }

  @Test func roundNumbers() {
    #expect(
      labels(0...1, 6) == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"].map { $0 == "0.0" ? "0" : $0 })
    #expect(labels(0...10, 6) == ["0", "2", "4", "6", "8", "10"])
    #expect(labels(-1...1, 5) == ["−1.0", "−0.5", "0", "0.5", "1.0"])
    #expect(labels(0...1, 5) == ["0", "0.25", "0.50", "0.75", "1.00"])
    #expect(labels(3...97, 4) == ["25", "50", "75"])
    #expect(labels(0...123_456, 3) == ["0", "50000", "100000"])
    #expect(labels(1000...1001, 5) == ["1000.00", "1000.25", "1000.50", "1000.75", "1001.00"])
  }

  @Test func largeAndSmallOnes() {
    #expect(labels(0...2e6, 4) == ["0", "1×106", "2×106"])
    #expect(labels(0...2.5e7, 6) == ["0", "0.5×107", "1.0×107", "1.5×107", "2.0×107", "2.5×107"])
    #expect(labels(0...4e-5, 4) == ["0", "2×10−5", "4×10−5"])
    #expect(labels(0...0.004, 4) == ["0", "0.002", "0.004"])
    #expect(labels(-1.7e308...1.7e308, 4) == ["−1×10308", "0", "1×10308"])
  }

  @Test func logarithmic() {
    #expect(
      labels(0.5...2000, 9, scale: .logarithmic).filter { !$0.isEmpty } == [
        "100", "101", "102", "103",
      ])
    // Between them, from 2 to 9, marks without a name.
    #expect(Tick.round(in: 1...100, scale: .logarithmic, atMost: 9).count == 3 + 16)
    #expect(labels(1e-300...1e300, 4, scale: .logarithmic) == ["10−200", "100", "10200"])
    #expect(labels(2...5, 4, scale: .logarithmic) == ["2", "3", "4", "5"])
  }

  /// Any range: as many as allowed at most, in order, inside, evenly spaced, and their labels say their
  /// values.
  @Test func anyRange() throws {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<4000 {
      let scale = Double("1e\(Int.random(in: -300...300, using: &generator))") ?? 1
      let a = Double.random(in: -1...1, using: &generator) * scale
      let width = Double.random(in: 1e-9...1, using: &generator) * scale
      let count = Int.random(in: 2...12, using: &generator)
      let limits = a...(a + width)
      guard limits.upperBound - limits.lowerBound > abs(a) * 1e-11 else { continue }
      let ticks = Tick.round(in: limits, scale: .linear, atMost: count)
      // With 1, 2, 2½ and 5 the step is less than 2½ times the least.
      #expect(
        ticks.count <= count && Double(ticks.count) >= (Double(count) / 2.5).rounded(.down),
        "\(limits) \(count)")
      let values = ticks.map(\.value)
      #expect(
        values.allSatisfy {
          limits.contains($0) || abs($0 - a) < width * 1e-6
            || abs($0 - limits.upperBound) < width * 1e-6
        })
      #expect(zip(values, values.dropFirst()).allSatisfy { $0 < $1 })
      for tick in ticks {
        #expect(
          abs(try number(tick.label.plain, order: tick.value) - tick.value) <= width * 1e-6,
          "\(limits) \(tick)")
      }
      #expect(Set(ticks.map(\.label.plain)).count == ticks.count)
    }
  }

  /// The number that a label says: `1.5×106` is 1.5 · 10⁶.
  private func number(_ label: String, order value: Double) throws -> Double {
    let text = label.replacing("\u{2212}", with: "-")
    let parts = text.split(separator: "×10", maxSplits: 1)
    return try #require(Double(parts.count == 2 ? parts[0] + "e" + parts[1] : text[...]))
  }

  @Test func shortLabels() {
    #expect(shortLabel(0) == "0")
    #expect(shortLabel(1234) == "1230")
    #expect(shortLabel(0.98765) == "0.988")
    #expect(shortLabel(-0.5) == "−0.5")
    #expect(shortLabel(9.999) == "10")
    #expect(shortLabel(0.0001234) == "0.000123")
    #expect(shortLabel(.nan) == "NaN")
    #expect(shortLabel(42, digits: 2) == "42")
    #expect(shortLabel(99.96, digits: 3) == "100")
  }

  @Test func extents() {
    #expect(Extent([0, 10]).limits(scale: .linear) == -0.5...10.5)
    #expect(Extent([0, 10], edges: [0]).limits(scale: .linear) == 0...10.5)
    #expect(Extent([.nan, .infinity]).limits(scale: .linear) == 0...1)
    #expect(Extent([3, 3]).limits(scale: .linear) == 2.5...3.5)
    #expect(Extent([-1, 0]).limits(scale: .logarithmic) == 1...10)
  }
}
