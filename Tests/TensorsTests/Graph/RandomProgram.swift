import Tensors
import TestSupport

/// A function made up at random from a seed: run on concrete tensors, or traced.
struct RandomProgram: Sendable {
  /// A step: the operation, and the numbers of the values it is done on.
  enum Step: Sendable {
    case unary(any UnaryPrimitive.Type, Int)
    case binary(any BinaryPrimitive.Type, Int, Int)
    /// x · scale + shift; scales of 1 are left out by simplification.
    case affine(Int, scale: Double, shift: Double)
    case select(Int, Int)
    case reduction(any ReductionPrimitive.Type, axis: Int, keeps: Bool, Int)
    case line(any LinePrimitive.Type, axis: Int, Int)
    case matmul(Int, Int)
    case index([TensorIndex], Int)
    case concatenate([Int], axis: Int)
    case transpose([Int], Int)
    case reshape(Shape, Int)
    case broadcast(Shape, Int)
    case rows([Int], Int)
    case throughFloat(Int)
    case contiguous(Int)
  }

  private(set) var inputs: [Shape] = []
  private(set) var steps: [Step] = []
  /// The shape of each value: the inputs, then the results of the steps.
  private(set) var shapes: [Shape] = []

  // Without logarithms: log of a softmax or sigmoid is rewritten when traced. Most keep numbers small.
  private static let unary: [any UnaryPrimitive.Type] = [
    Absolute.self, Exp.self, Expm1.self, Negate.self, Relu.self, Sigmoid.self, Sign.self,
    Softplus.self, Square.self, SquareRoot.self, Tanh.self, Tanh.self, Tanh.self,
  ]
  private static let binary: [any BinaryPrimitive.Type] = [
    Add.self, Add.self, Subtract.self, Multiply.self, Multiply.self, Maximum.self, Minimum.self,
    Divide.self,
  ]
  private static let reductions: [any ReductionPrimitive.Type] = [
    Sum.self, Sum.self, Product.self, Largest.self, Smallest.self,
  ]

  /// The most elements that a value has.
  private let most: Int

  /// Makes up a function.
  ///
  /// - Parameters:
  ///   - seed: What it is made up from.
  ///   - extents: The extents of the inputs' axes; larger ones make tables of several tiles.
  init(seed: UInt64, extents: ClosedRange<Int> = 1...4) {
    most = 600 * extents.upperBound / 4 * extents.upperBound / 4
    var random = SeededGenerator(seed: seed)
    for _ in 0..<random.int(1...4) {
      let last = inputs.last
      // Equal shapes are frequent, so that binary steps find partners.
      inputs.append(
        random.once(in: 2) && last != nil
          ? last ?? [] : random.shape(rank: random.int(0...3), extents: extents))
    }
    // A column beside a vector: an element for each row of either.
    if let vector = inputs.last, vector.rank > 0, random.once(in: 3) {
      inputs.append(random.once(in: 2) ? Shape(vector.extents + [1]) : [vector[0]])
    }
    shapes = inputs
    let count = random.int(1...25)
    for _ in 0..<200 where steps.count < count {
      if let (step, shape) = propose(&random) {
        steps.append(step)
        shapes.append(shape)
      }
    }
  }

  private func propose(_ random: inout SeededGenerator) -> (Step, Shape)? {
    // Later values are taken more often: chains grow long.
    func pick() -> Int {
      random.once(in: 2) ? shapes.count - 1 : random.int(0...shapes.count - 1)
    }
    let x = pick()
    let shape = shapes[x]
    switch random.int(0...17) {
    case 0...3:
      return (.unary(Self.unary[random.int(0...Self.unary.count - 1)], x), shape)
    case 4...6:
      let y = pick()
      guard let common = try? Shape.broadcast(shape, shapes[y]), common.elementCount <= most
      else { return nil }
      let operation = Self.binary[random.int(0...Self.binary.count - 1)]
      return (random.once(in: 2) ? .binary(operation, x, y) : .binary(operation, y, x), common)
    case 7:
      return (
        .affine(x, scale: Double(random.int(-2...2)) / 2, shift: Double(random.int(-2...2))), shape
      )
    case 8:
      let y = pick()
      guard let common = try? Shape.broadcast(shape, shapes[y]), common.elementCount <= most
      else { return nil }
      return (.select(x, y), common)
    case 9:
      guard shape.rank > 0 else { return nil }
      let axis = random.int(0...shape.rank - 1)
      let keeps = random.once(in: 2)
      let operation = Self.reductions[random.int(0...Self.reductions.count - 1)]
      if shape[axis] == 0 && operation != Sum.self { return nil }
      return (
        .reduction(operation, axis: axis, keeps: keeps, x),
        keeps ? shape.replacing(axis: axis, by: 1) : shape.removing(axis: axis)
      )
    case 10:
      guard shape.rank > 0 else { return nil }
      let operation = Catalogue.lines[random.int(0...Catalogue.lines.count - 1)]
      return (.line(operation, axis: random.int(0...shape.rank - 1), x), shape)
    case 11:
      for y in shapes.indices.shuffled(using: &random) {
        if let product = try? Shape.matmul(shape, shapes[y]), product.elementCount <= most {
          return (.matmul(x, y), product)
        }
      }
      return nil
    case 12:
      var index: [TensorIndex] = []
      var extents: [Int] = []
      for extent in shape {
        if extent > 0 && random.once(in: 4) {
          index.append(.position(random.int(0...extent - 1)))
          continue
        }
        let step = [1, 1, 2, -1, -2][random.int(0...4)]
        let start = random.once(in: 2) ? nil : random.int(0...extent)
        guard
          let taken = try? TensorIndex.positions(start: start, stop: nil, step: step, of: extent),
          taken.count > 0 || random.once(in: 20)
        else { return nil }
        index.append(.slice(start: start, stop: nil, step: step))
        extents.append(taken.count)
      }
      if random.once(in: 6) {
        index.append(.newAxis)
        extents.append(1)
      }
      return (.index(index, x), Shape(extents))
    case 13:
      guard shape.rank > 0 else { return nil }
      let axis = random.int(0...shape.rank - 1)
      var parts = [x]
      for y in shapes.indices.shuffled(using: &random) where parts.count < 4 {
        if (try? Shape.concatenate(parts.map { shapes[$0] } + [shapes[y]], axis: axis)) != nil {
          parts.append(y)
        }
      }
      parts.shuffle(using: &random)
      guard
        let whole = try? Shape.concatenate(parts.map { shapes[$0] }, axis: axis),
        whole.elementCount <= most
      else { return nil }
      return (.concatenate(parts, axis: axis), whole)
    case 14:
      let axes = Array(shape.indices).shuffled(using: &random)
      return (.transpose(axes, x), Shape(axes.map { shape[$0] }))
    case 15:
      guard shape.elementCount > 0 else { return nil }
      let factor = (1...shape.elementCount).filter { shape.elementCount.isMultiple(of: $0) }
      let first = factor[random.int(0...factor.count - 1)]
      let target: Shape =
        random.once(in: 3) ? [shape.elementCount] : [first, shape.elementCount / first]
      return (.reshape(target, x), target)
    case 16:
      let target = Shape([random.int(1...3)] + shape.map { $0 == 1 ? random.int(1...3) : $0 })
      return target.rank < 5 && target.elementCount <= most ? (.broadcast(target, x), target) : nil
    default:
      switch random.int(0...2) {
      case 0:
        guard shape.rank > 0, shape[0] > 0 else { return nil }
        let numbers = (0..<random.int(1...4)).map { _ in random.int(0...shape[0] - 1) }
        return (.rows(numbers, x), shape.replacing(axis: 0, by: numbers.count))
      case 1: return (.throughFloat(x), shape)
      default: return (.contiguous(x), shape)
      }
    }
  }

  /// All values: the inputs, then the results of the steps.
  func values<Scalar: FloatingScalar>(of inputs: [Tensor<Scalar>]) -> [Tensor<Scalar>] {
    var values = inputs
    for step in steps {
      let result: Tensor<Scalar> =
        switch step {
        case .unary(let operation, let x): operation.result(values[x])
        case .binary(let operation, let x, let y): operation.result(values[x], values[y])
        case .affine(let x, let scale, let shift):
          values[x] * Scalar(scale) + Scalar(shift)
        case .select(let x, let y):
          Tensors.select(values[x] .> values[y], values[x], values[y] * 0.5)
        case .reduction(let operation, let axis, let keeps, let x):
          keeps
            ? operation.init(axis: axis).apply(to: [values[x]]).expanded(axis)
            : operation.init(axis: axis).apply(to: [values[x]])
        case .line(let operation, let axis, let x):
          operation.init(axis: axis).apply(to: [values[x]])
        case .matmul(let x, let y): values[x].matmul(values[y])
        case .index(let index, let x): values[x][index]
        case .concatenate(let parts, let axis):
          Tensors.concatenate(parts.map { values[$0] }, axis: axis)
        case .transpose(let axes, let x): values[x].transposed(axes)
        case .reshape(let shape, let x): values[x].reshaped(shape)
        case .broadcast(let shape, let x): values[x].broadcast(to: shape)
        case .rows(let numbers, let x): values[x].rows(numbers)
        case .throughFloat(let x): Tensor<Scalar>(Tensor<Float>(values[x]))
        case .contiguous(let x): values[x].contiguous()
        }
      values.append(result)
    }
    return values
  }

  /// Numbers for the inputs.
  func arguments<Scalar: FloatingScalar>(seed: UInt64) -> [Tensor<Scalar>] {
    var random = SeededGenerator(seed: seed)
    return inputs.map { random.tensor($0) }
  }
}

extension UnaryPrimitive {
  static func result<Scalar: TensorScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> { Self()(x) }
}

extension BinaryPrimitive {
  static func result<Scalar: TensorScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>
  ) -> Tensor<Scalar> {
    Self()(x, y)
  }
}
