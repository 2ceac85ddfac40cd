#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How an axis goes from its lower limit to its upper one.
///
///     var figure = Figure()
///     figure.axes.line([1, 10, 1000])
///     figure.axes.y.scale = .logarithmic
///     figure.svg().contains(">10<tspan")  // true
public enum Scale: Hashable, Sendable, CaseIterable {
  /// Equal differences are equally far.
  case linear
  /// Equal ratios are equally far; numbers of 0 or less have no place.
  case logarithmic
}

/// Where the numbers of an axis stand on the figure.
package struct AxisMap: Sendable {
  package let scale: Scale
  /// The numbers at the ends.
  package let limits: ClosedRange<Double>
  /// The places of the ends, in points.
  package let start: Double
  package let end: Double

  package init(scale: Scale, limits: ClosedRange<Double>, start: Double, end: Double) {
    self.scale = scale
    self.limits = limits
    self.start = start
    self.end = end
  }

  /// The place of a number, which may lie beyond the ends; nil if it has none.
  package func callAsFunction(_ value: Double) -> Double? {
    guard value.isFinite, scale == .linear || value > 0 else { return nil }
    let part: Double
    switch scale {
    case .linear:
      let span = limits.upperBound - limits.lowerBound
      // The largest numbers' difference is infinite; half of it isn't.
      part =
        span.isFinite
        ? (value - limits.lowerBound) / span
        : (value / 2 - limits.lowerBound / 2) / (limits.upperBound / 2 - limits.lowerBound / 2)
    case .logarithmic:
      let (low, high) = (log10(limits.lowerBound), log10(limits.upperBound))
      part = (log10(value) - low) / (high - low)
    }
    // Far outside it is all the same how far; nearer, lines must keep their slopes.
    return start + max(-1e9, min(1e9, part)) * (end - start)
  }

  /// The number at a place: the inverse.
  package func value(at place: Double) -> Double {
    let part = (place - start) / (end - start)
    switch scale {
    case .linear: return limits.lowerBound * (1 - part) + limits.upperBound * part
    case .logarithmic:
      return pow(10, log10(limits.lowerBound) * (1 - part) + log10(limits.upperBound) * part)
    }
  }
}

/// The numbers that marks need room for, along one axis.
package struct Extent: Sendable {
  package private(set) var range: ClosedRange<Double>?
  /// The range of those above 0.
  package private(set) var positiveRange: ClosedRange<Double>?
  /// Where marks end for good, such as the foot of a bar: an axis that ends there has no margin.
  package private(set) var edges: [Double] = []

  package init() {}

  package init(_ values: some Sequence<Double>, edges: [Double] = []) {
    for value in values { include(value) }
    for edge in edges { include(edge: edge) }
  }

  /// Makes room for a number, if it is one.
  package mutating func include(_ value: Double) {
    guard value.isFinite else { return }
    range = Extent.union(range, value...value)
    if value > 0 { positiveRange = Extent.union(positiveRange, value...value) }
  }

  /// Makes room for a number at which marks end for good.
  package mutating func include(edge: Double) {
    guard edge.isFinite else { return }
    include(edge)
    edges.append(edge)
  }

  package mutating func formUnion(_ other: Extent) {
    range = Extent.union(range, other.range)
    positiveRange = Extent.union(positiveRange, other.positiveRange)
    edges += other.edges
  }

  private static func union(_ a: ClosedRange<Double>?, _ b: ClosedRange<Double>?) -> ClosedRange<
    Double
  >? {
    guard let a, let b else { return a ?? b }
    return min(a.lowerBound, b.lowerBound)...max(a.upperBound, b.upperBound)
  }

  /// The limits of an axis that shows everything with a margin of a twentieth on each side.
  package func limits(scale: Scale) -> ClosedRange<Double> {
    switch scale {
    case .linear:
      guard let range else { return 0...1 }
      let (low, high) = (range.lowerBound, range.upperBound)
      let size = max(abs(low), abs(high))
      let largest = Double.greatestFiniteMagnitude
      // A range too narrow to be told apart by its numbers is shown as one number.
      guard high - low > size * 1e-11, high - low > 1e-290 else {
        let room = size < 10 ? (size < 1e-3 && size > 1e-280 ? size / 2 : 0.5) : size / 20
        return max(-largest, low - room)...min(largest, high + room)
      }
      let margin = high / 20 - low / 20
      let lower = edges.contains(low) ? low : max(-largest, low - margin)
      let upper = edges.contains(high) ? high : min(largest, high + margin)
      return lower...upper
    case .logarithmic:
      guard let range = positiveRange else { return 1...10 }
      let (low, high) = (log10(range.lowerBound), log10(range.upperBound))
      let margin = high - low < 1e-9 ? 0.5 : (high - low) / 20
      let lower = max(.leastNonzeroMagnitude, pow(10, low - margin))
      return lower...min(.greatestFiniteMagnitude, pow(10, high + margin))
    }
  }
}
