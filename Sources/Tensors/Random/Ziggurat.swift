import CKernels

/// A falling density, cut into layers for drawing from it: 256 of equal area, the lowest with the
/// tail.
///
/// Layer `i` from 1 on is a rectangle from 0 to `xᵢ`, between the heights `f(xᵢ)` and `f(xᵢ₋₁)`,
/// where `x₀` = 0. Layer 0 is all that lies below `f(r)`, with `r` = `x₂₅₅`; it counts as a
/// rectangle of its area. A point drawn in a rectangle is taken if it lies under the density, which
/// is certain left of `xᵢ₋₁` and else takes a computation to tell.
/// - SeeAlso: Marsaglia & Tsang 2000, "The Ziggurat Method for Generating Random Variables".
struct Ziggurat<Scalar: ZigguratScalar>: Sendable {
  struct Layer: Sendable {
    /// Points below this are under the density for certain: NumPy's `ki`, `ke`.
    var limit: UInt64
    /// The width that one point stands for: NumPy's `wi`, `we`.
    var step: Scalar
    /// The density at the right end, 1 for layer 0: NumPy's `fi`, `fe`.
    var height: Scalar
  }

  var layers: [Layer]
  /// Where the tail begins: `r`.
  let tail: Scalar
  /// 1 / `r`.
  private let inverseTail: Scalar

  /// Layers from doubles, with `points` points across a layer.
  fileprivate init(
    widths: [Double], heights: [Double], points: Double, limit: (Int) -> UInt64
  ) {
    layers = widths.indices.map {
      Layer(
        limit: $0 == 1 ? 0 : limit($0), step: Scalar(widths[$0] / points),
        height: Scalar(heights[$0]))
    }
    tail = Scalar(widths[255])
    inverseTail = Scalar(1 / widths[255])
  }
}

/// A type that normal and exponential numbers are drawn in: `Float` or `Double`.
protocol ZigguratScalar: FloatingScalar {
  static var normalZiggurat: Ziggurat<Self> { get }
  static var exponentialZiggurat: Ziggurat<Self> { get }
  /// Bits that give a layer (the lowest 8), a sign (the next) and a point in the layer (the rest).
  static func normalBits(from generator: inout PCG64) -> UInt64
  /// Bits that give a layer (the lowest 8) and a point in the layer (the rest).
  static func exponentialBits(from generator: inout PCG64) -> UInt64
  /// A number from 0 up to but not including 1.
  static func unit(from generator: inout PCG64) -> Self
  static func exp(_ x: Self) -> Self
  static func log1p(_ x: Self) -> Self
}

extension Ziggurat {
  /// A draw from the standard normal distribution.
  @inline(__always)
  func normal(from generator: inout PCG64) -> Scalar {
    while true {
      let bits = Scalar.normalBits(from: &generator)
      let index = Int(bits & 0xff)
      let point = bits >> 9
      let magnitude = Scalar(point) * layers[index].step
      let x = bits >> 8 & 1 == 1 ? -magnitude : magnitude
      if point < layers[index].limit { return x }
      if index == 0 { return normalTail(negative: point >> 8 & 1 == 1, from: &generator) }
      // Compared in `Double` for `Float` too, as C's `exp` is.
      let density = CKernels.exp(-0.5 * Double(x) * Double(x))
      if Double(height(in: index, from: &generator)) < density { return x }
    }
  }

  /// A draw from the tail: Marsaglia's method.
  @inline(never)
  private func normalTail(negative: Bool, from generator: inout PCG64) -> Scalar {
    while true {
      let x = -inverseTail * Scalar.log1p(-Scalar.unit(from: &generator))
      let y = -Scalar.log1p(-Scalar.unit(from: &generator))
      if y + y > x * x { return negative ? -(tail + x) : tail + x }
    }
  }

  /// A draw from the exponential distribution of mean 1.
  @inline(__always)
  func exponential(from generator: inout PCG64) -> Scalar {
    while true {
      let bits = Scalar.exponentialBits(from: &generator)
      let index = Int(bits & 0xff)
      let point = bits >> 8
      let x = Scalar(point) * layers[index].step
      if point < layers[index].limit { return x }
      // The tail is the density itself, moved.
      if index == 0 { return tail - Scalar.log1p(-Scalar.unit(from: &generator)) }
      if height(in: index, from: &generator) < Scalar.exp(-x) { return x }
    }
  }

  /// A height within a layer other than 0.
  @inline(__always)
  private func height(in index: Int, from generator: inout PCG64) -> Scalar {
    let (above, below) = (layers[index - 1].height, layers[index].height)
    return (above - below) * Scalar.unit(from: &generator) + below
  }
}

extension Double: ZigguratScalar {
  static let normalZiggurat = Ziggurat<Double>(
    widths: NormalLayers.widths, heights: NormalLayers.heights, points: 0x1p52
  ) { UInt64((NormalLayers.share($0) * 0x1p52).rounded(.toNearestOrEven)) }

  // NumPy counts the limits in steps of two points.
  static let exponentialZiggurat = Ziggurat<Double>(
    widths: ExponentialLayers.widths.map(\.high), heights: ExponentialLayers.heights.map(\.high),
    points: 0x1p53
  ) { UInt64(2 * ExponentialLayers.share($0).scaled(by: 0x1p52).floor) }

  @inline(__always)
  static func normalBits(from generator: inout PCG64) -> UInt64 {
    generator.nextPair() & 0x1fff_ffff_ffff_ffff
  }
  @inline(__always)
  static func exponentialBits(from generator: inout PCG64) -> UInt64 { generator.nextPair() >> 3 }
  @inline(__always)
  static func unit(from generator: inout PCG64) -> Double { generator.nextDouble() }
  static func exp(_ x: Double) -> Double { CKernels.exp(x) }
  static func log1p(_ x: Double) -> Double { CKernels.log1p(x) }
}

extension Float: ZigguratScalar {
  static let normalZiggurat = Ziggurat<Float>(
    widths: NormalLayers.widths, heights: NormalLayers.heights, points: 0x1p23
  ) { UInt64((NormalLayers.share($0) * 0x1p23).rounded()) }

  static let exponentialZiggurat = {
    var ziggurat = Ziggurat<Float>(
      widths: ExponentialLayers.widths.map(\.high), heights: ExponentialLayers.heights.map(\.high),
      points: 0x1p23
    ) { UInt64((ExponentialLayers.share($0).high * 0x1p23).rounded()) }
    // NumPy's table was rounded to nine decimals before it was to `Float`, which shows in four
    // numbers.
    ziggurat.layers[226].step = ziggurat.layers[226].step.nextUp
    ziggurat.layers[128].height = ziggurat.layers[128].height.nextDown
    ziggurat.layers[154].height = ziggurat.layers[154].height.nextUp
    ziggurat.layers[171].height = ziggurat.layers[171].height.nextDown
    return ziggurat
  }()

  @inline(__always)
  static func normalBits(from generator: inout PCG64) -> UInt64 { UInt64(generator.nextWord()) }
  @inline(__always)
  static func exponentialBits(from generator: inout PCG64) -> UInt64 {
    UInt64(generator.nextWord() >> 1)
  }
  @inline(__always)
  static func unit(from generator: inout PCG64) -> Float { generator.nextFloat() }
  static func exp(_ x: Float) -> Float { CKernels.expf(x) }
  static func log1p(_ x: Float) -> Float { CKernels.log1pf(x) }
}

/// The layers of `exp(−x² / 2)`.
///
/// NumPy's tables come of arithmetic in `Double`, each step of it rounded, and its area is four
/// units in the last place below the nearest; so are these, with a logarithm and an exponential
/// that round to the nearest.
private enum NormalLayers {
  private static let tail = 3.6541528853610088
  private static let area = 0.004928673233974652

  private static let layers = {
    var widths = [Double](repeating: tail, count: 256)
    var heights = [Double](repeating: 1, count: 256)
    heights[255] = density(tail)
    for index in stride(from: 254, to: 0, by: -1) {
      let height = area / widths[index + 1] + heights[index + 1]
      widths[index] = (-2 * DoubleDouble.log(DoubleDouble(height)).high).squareRoot()
      heights[index] = density(widths[index])
      // Nearly half-way between two doubles; NumPy has the upper one.
      if index == 38 { heights[index] = heights[index].nextUp }
    }
    widths[0] = area / heights[255]
    return (widths, heights)
  }()

  static var widths: [Double] { layers.0 }
  static var heights: [Double] { layers.1 }

  /// The share of a layer's width that is under the density for certain.
  static func share(_ index: Int) -> Double {
    (index == 0 ? tail : widths[index - 1]) / widths[index]
  }

  private static func density(_ x: Double) -> Double {
    DoubleDouble.exp(DoubleDouble(-0.5 * x * x)).high
  }
}

/// The layers of `exp(−x)`.
///
/// NumPy's tables are rounded from exact numbers, for which more than a `Double` is needed.
private enum ExponentialLayers {
  /// What makes the last rectangle end at the density's top, 1.
  private static let tail = DoubleDouble(0x1.ec9d_9297_ebb8_3p+2, -0x1.a1eb_4a1d_9b51_6p-52)

  private static let layers = {
    var widths = [DoubleDouble](repeating: tail, count: 256)
    var heights = [DoubleDouble](repeating: DoubleDouble(1), count: 256)
    heights[255] = DoubleDouble.exp(-tail)
    // The rectangle and the tail, whose area is the density where it begins.
    widths[0] = tail + DoubleDouble(1)
    let area = widths[0] * heights[255]
    for index in stride(from: 254, to: 0, by: -1) {
      heights[index] = area / widths[index + 1] + heights[index + 1]
      widths[index] = -DoubleDouble.log(heights[index])
    }
    return (widths, heights)
  }()

  static var widths: [DoubleDouble] { layers.0 }
  static var heights: [DoubleDouble] { layers.1 }

  /// The share of a layer's width that is under the density for certain.
  static func share(_ index: Int) -> DoubleDouble {
    (index == 0 ? tail : widths[index - 1]) / widths[index]
  }
}
