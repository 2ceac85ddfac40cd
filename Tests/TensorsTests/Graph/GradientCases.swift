import Tensors
import TestSupport
import Testing

/// A function of some tensors whose gradient is tested, and whose traced form must compute the same as it does at once.
struct GradientCase: Sendable, CustomTestStringConvertible {
  var name: String
  /// The shapes of the arguments.
  var shapes: [Shape]
  /// Where the function is defined, and smooth but for single points.
  var domain: ClosedRange<Double>
  /// Whether its gradient has a gradient that is more than 0 almost everywhere; piecewise linear functions have none.
  var isSmooth: Bool
  /// Whether tracing records other operations than run at once, which round differently.
  var isRewritten: Bool
  var function: @Sendable ([Tensor<Double>]) -> Tensor<Double>

  var testDescription: String { name }

  init(
    _ name: String, _ shapes: [Shape], in domain: ClosedRange<Double> = -2...2,
    isSmooth: Bool = true, isRewritten: Bool = false,
    _ function: @escaping @Sendable ([Tensor<Double>]) -> Tensor<Double>
  ) {
    self.name = name
    self.shapes = shapes
    self.domain = domain
    self.isSmooth = isSmooth
    self.isRewritten = isRewritten
    self.function = function
  }

  /// The number of elements of all arguments.
  var count: Int { shapes.reduce(0) { $0 + $1.elementCount } }

  /// The function of one vector that holds the elements of all arguments.
  func callAsFunction(_ vector: Tensor<Double>) -> Tensor<Double> {
    var start = 0
    return function(
      shapes.map { shape in
        defer { start += shape.elementCount }
        return vector[start..<start + shape.elementCount].reshaped(shape)
      })
  }

  /// Numbers of the domain; the same for each call.
  ///
  /// Multiples of 2⁻¹⁰, so that a conversion to `Float` loses nothing, also beside them.
  func point(seed: UInt64) -> Tensor<Double> {
    var random = SeededGenerator(seed: seed)
    let scalars: [Double] = random.scalars(count, in: domain)
    return Tensor(scalars.map { ($0 * 1024).rounded() / 1024 })
  }
}

extension GradientCase {
  static let all: [GradientCase] =
    Catalogue.unary.map(GradientCase.init) + Catalogue.binary.flatMap(GradientCase.ofBinary)
    + reductions + Catalogue.lines.flatMap(GradientCase.ofLine) + shaping + products + composed

  /// Functions that are straight but for kinks.
  private static let piecewiseLinear: [any Primitive.Type] = [
    Absolute.self, Negate.self, Relu.self, Sign.self, Add.self, Subtract.self, Maximum.self,
    Minimum.self,
  ]

  private init(_ operation: any UnaryPrimitive.Type) {
    self.init(
      operation.name, [[7]], in: operation.domain,
      isSmooth: !Self.piecewiseLinear.contains { $0 == operation }
    ) { operation.result($0[0]) }
  }

  private static func ofBinary(_ operation: any BinaryPrimitive.Type) -> [GradientCase] {
    let shapes: [[Shape]] = [[[2, 3], [2, 3]], [[3, 1], [4]], [[], [5]], [[5], [1]]]
    return shapes.map { shapes in
      GradientCase(
        "\(operation.name) of \(shapes[0]) and \(shapes[1])", shapes, in: operation.domain,
        isSmooth: !piecewiseLinear.contains { $0 == operation }
      ) { operation.result($0[0], $0[1]) }
    }
  }

  private static let reductions =
    [Sum.self, Product.self, Largest.self, Smallest.self].flatMap {
      (reduction: any ReductionPrimitive.Type) in
      [0, 1, 2].map { axis in
        GradientCase(
          reduction.init(axis: axis).name, [[3, 2, 4]], isSmooth: reduction == Product.self
        ) { reduction.init(axis: axis).apply(to: [$0[0]]) }
      }
    } + [
      GradientCase("sum of two axes, kept", [[2, 3, 4]], isSmooth: false) {
        $0[0].sum(axes: [0, 2], keepingAxes: true)
      },
      GradientCase("product of all", [[2, 3]], in: 0.5...2) { $0[0].product() },
      GradientCase("max of all", [[2, 3]], isSmooth: false) { $0[0].max() },
      GradientCase("min of two axes", [[2, 3, 4]], isSmooth: false) { $0[0].min(axes: [1, 2]) },
      GradientCase("mean", [[2, 3]], isSmooth: false) { $0[0].mean() },
      GradientCase("mean of an axis", [[2, 3]], isSmooth: false) { $0[0].mean(axis: -1) },
    ]

  private static func ofLine(_ operation: any LinePrimitive.Type) -> [GradientCase] {
    [0, 1, 2].map { axis in
      GradientCase(operation.init(axis: axis).name, [[3, 2, 4]]) {
        operation.init(axis: axis).apply(to: [$0[0]])
      }
    }
  }

  private static let shaping: [GradientCase] = [
    GradientCase("cumulativeSum", [[2, 3]]) { square($0[0]).cumulativeSum(axis: 1) },
    GradientCase("cumulativeProduct", [[2, 3]]) { ($0[0] * $0[0] + 1).cumulativeProduct(axis: 1) },
    GradientCase("diagonal", [[2, 3, 3]]) { square($0[0]).diagonal(offset: -1, axes: (1, 2)) },
    GradientCase("diag", [[4]]) { square($0[0]).diag(offset: 1) },
    // Each is squared, so that the second derivative tells something.
    GradientCase("broadcast", [[3, 1]]) { square($0[0]).broadcast(to: [2, 3, 4]) },
    GradientCase("broadcast of a scalar", [[]]) { square($0[0]).broadcast(to: [3]) },
    GradientCase("broadcast to nothing", [[1]]) { square($0[0]).broadcast(to: [0]) },
    GradientCase("transpose", [[2, 3, 4]]) { square($0[0]).transposed([2, 0, 1]) },
    GradientCase("reshape", [[2, 6]]) { square($0[0]).reshaped(3, 4) },
    GradientCase("reshape of a transpose", [[2, 6]]) { square($0[0]).transposed().reshaped(3, 4) },
    GradientCase("contiguous", [[2, 3]]) { square($0[0].transposed().contiguous()) },
    GradientCase("copy", [[2, 3]]) { square(Copy().apply(to: [$0[0].transposed()])) },
    GradientCase("slice", [[5, 4]]) { square($0[0])[1..., .stride(by: -2)] },
    GradientCase("slice of one", [[5, 4]]) { square($0[0])[2, -1] },
    GradientCase("slice of none", [[5]]) { square($0[0])[5...] },
    GradientCase("concatenate", [[2, 3], [2, 1], [2, 2]]) {
      square(concatenate([$0[0], $0[1], $0[2]], axis: 1))
    },
    GradientCase("concatenate the same", [[3]]) {
      square(concatenate([$0[0], square($0[0]), $0[0]]))
    },
    GradientCase("select", [[6], [6]]) {
      select(Tensor([true, false, false, true, true, false]), square($0[0]), square($0[1]))
    },
    GradientCase("select by comparison", [[6], [6]]) {
      select($0[0] .< $0[1], square($0[0]), $0[1])
    },
    GradientCase("cast", [[6]]) { square(Tensor<Double>(Tensor<Float>($0[0]))) },
    GradientCase("rows", [[4, 3]]) { square($0[0]).rows([2, 0, 2, 3]) },
    GradientCase("rows of a view", [[3, 4]]) { square($0[0].transposed().rows([1, 1])) },
  ]

  private static let products: [GradientCase] =
    [
      ([[2, 3], [3, 4]]), ([[3], [3]]), ([[3], [3, 4]]), ([[2, 3], [3]]), ([[5, 2, 3], [3, 4]]),
      ([[2, 3], [2, 3, 2]]), ([[2, 1, 2, 3], [3, 3, 2]]), ([[4], [2, 4, 3]]), ([[2, 3, 4], [4]]),
      ([[2, 0], [0, 3]]),
    ].map { (shapes: [Shape]) in
      GradientCase("matmul of \(shapes[0]) and \(shapes[1])", shapes) { $0[0].matmul($0[1]) }
    } + [
      GradientCase("matmul of transposes", [[3, 2], [4, 3]]) {
        $0[0].transposed().matmul($0[1].transposed())
      }
    ]

  private static let composed: [GradientCase] = [
    GradientCase("log of softmax", [[2, 4]], isRewritten: true) { log(softmax($0[0])) },
    GradientCase("log of sigmoid", [[6]], isRewritten: true) { log(sigmoid($0[0])) },
    GradientCase("log1p of −sigmoid", [[6]], isRewritten: true) { log1p(-sigmoid($0[0])) },
    GradientCase("sigmoidCrossEntropy", [[6], [6]]) { sigmoidCrossEntropy($0[0], $0[1]) },
    GradientCase("sigmoidCrossEntropy of a row and a column", [[4], [3, 1]]) {
      sigmoidCrossEntropy($0[0], $0[1])
    },
    GradientCase("the same argument several times", [[5]]) { $0[0] * $0[0] + tanh($0[0]) * $0[0] },
    GradientCase("with numbers", [[5]], in: 0.5...2) {
      (2 - power($0[0], 3) / 3) * 0.5 + 1 / $0[0]
    },
    GradientCase("an argument that has no influence", [[3], [2]]) { square($0[0]) },
    GradientCase("a result that is no sum", [[3]], isSmooth: false) { $0[0] },
    GradientCase("a layer and its loss", [[4, 3], [3, 2], [2]]) {
      square(tanh($0[0].matmul($0[1]) + $0[2]) - 0.5).mean()
    },
    GradientCase("cross-entropy", [[4, 3]]) {
      -(logSoftmax($0[0]) * Tensor<Double>.oneHot([0, 2, 1, 1], classes: 3)).sum(axis: 1).mean()
    },
  ]
}
