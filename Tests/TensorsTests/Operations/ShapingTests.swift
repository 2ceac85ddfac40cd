import Tensors
import TestSupport
import Testing

/// Operations that move elements: their gradients, what they record, and mistakes that NumPy's answers don't cover.
@Suite struct ShapingTests {
  private static let functions:
    [(name: String, shape: Shape, function: @Sendable (Tensor<Double>) -> Tensor<Double>)] = [
      ("raveled", [2, 3], { $0.raveled(order: .columnMajor) }),
      ("reshaped", [2, 6], { $0.reshaped([3, 4], order: .columnMajor) }),
      ("squeezed", [1, 3, 1], { $0.squeezed() }),
      ("expandedDimensions", [2, 3], { $0.expandedDimensions(at: 0, -1) }),
      ("swappedAxes", [2, 3, 4], { $0.swappedAxes(0, -1) }),
      ("movedAxis", [2, 3, 4], { $0.movedAxis(0, to: 1) }),
      ("stack", [2, 3], { stack([$0, square($0)], axis: 1) }),
      ("columnStack", [3], { columnStack([$0, square($0)]) }),
      ("dstack", [3], { dstack([$0, square($0)]) }),
      ("split", [5, 2], { $0.split(at: [1, 3])[1] }),
      ("tiled", [2, 3], { $0.tiled(2, 1, 3) }),
      ("repeated", [2, 3], { $0.repeated(2, axis: 1) }),
      ("repeated by counts", [2, 3], { $0.repeated([2, 0, 1], axis: 1) }),
      ("flipped", [2, 3], { $0.flipped() }),
      ("rolled", [4, 3], { $0.rolled(by: [1, -1], axes: [0, 1]) }),
      ("padded", [2, 3], { $0.padded([(1, 0), (0, 2)], with: 5) }),
      ("rotated90", [2, 3], { $0.rotated90(-1) }),
      ("lowerTriangle", [2, 3, 3], { $0.lowerTriangle(offset: 1) }),
      ("upperTriangle", [4], { $0.upperTriangle(offset: -1) }),
      ("diag", [4], { $0.diag(offset: -1) }),
      ("diag of a matrix", [4, 3], { $0.diag(offset: 1) }),
      ("diagonal", [2, 3, 3], { $0.diagonal(offset: -1, axes: (1, 2)) }),
      ("take", [3, 4], { $0.take([[1, 1], [0, 3]], axis: 1) }),
      ("takeAlongAxis", [3, 2], { $0.takeAlongAxis([[0, 2], [2, 2]], axis: 0) }),
      ("array index", [3, 4, 2], { $0[[1, 1, 0], .all, [0, 1, 1]] }),
      ("mask", [3, 4], { $0[.all, [true, false, false, true]] }),
      ("linearlySpaced", [2, 3], { .linearlySpaced(from: $0[0], to: $0[1], count: 4) }),
      ("meshgrid", [3], { meshgrid([$0, square($0)])[1] }),
    ]

  /// ⟨v, Jᵀu⟩ = ⟨Jv, u⟩: these are linear but for squares, for which central differences are exact up to rounding.
  @Test(arguments: functions.indices) func gradientsAndPlans(_ number: Int) {
    let (name, shape, function) = Self.functions[number]
    var random = SeededGenerator(seed: UInt64(number))
    let x: Tensor<Double> = random.tensor(shape)
    let v: Tensor<Double> = random.tensor(shape)
    let value = function(x)
    let u: Tensor<Double> = random.tensor(value.shape)
    let run = compile { (x: Tensor<Double>) in function(x) }
    let planned = run(x)
    #expect(difference(planned, from: value) == nil, "\(name)")
    let slope = gradient(of: { (x: Tensor<Double>) in (function(x) * u).sum() })(x)
    let h = 0x1p-8
    let forward = ((function(x + v * h) - function(x - v * h)) * u).sum().scalar / (2 * h)
    let backward = (slope * v).sum().scalar
    // Some roundings of each of as many terms, divided by h.
    let scale = Double(value.count + x.count) * 64 * Double.ulpOfOne / h
    #expect(Swift.abs(forward - backward) <= scale, "\(name): \(forward), \(backward)")
    #expect(slope.scalars.contains { $0 != 0 }, "\(name)")
  }

  /// Nothing is copied where a view will do.
  @Test func viewsShareMemory() {
    let x = Tensor(Array(0..<24)).reshaped(2, 3, 4)
    let views = [
      x.swappedAxes(0, 2), x.movedAxis(0, to: 2), x.expandedDimensions(at: 1), x[.new].squeezed(),
      x.flipped(), x.rotated90(), x.split(into: 3, axis: 1)[1], x.diagonal(), x.raveled(),
      x.reshaped([4, 6], order: .rowMajor), x[0].diag(), meshgrid([x, x])[1], x.atLeast3D(),
    ]
    for view in views { #expect(view.storage === x.storage) }
  }

  @Test func rangesAtTheLimits() throws {
    #expect(Tensor<Int8>.range(from: -128, to: 127, by: 100).scalars == [-128, -28, 72])
    #expect(Tensor<UInt8>.range(from: 0, to: 255, by: 85).scalars == [0, 85, 170])
    #expect(Tensor<Int>.range(from: .min, to: .max, by: 1 << 62).count == 4)
    #expect(Tensor<Int>.range(from: 3, to: 0, by: -2).scalars == [3, 1])
    #expect(throws: ShapeError("Maximum allowed size exceeded")) {
      try Shape.range(from: Int.min, to: .max, by: 1)
    }
    #expect(Tensor<Double>.range(from: 0, to: 5, by: .infinity).scalars == [0])
    #expect(Tensor<Double>.range(from: 0, to: -5, by: .infinity).scalars == [])
    #expect(throws: ShapeError("arange: cannot compute length")) {
      try Shape.range(from: .infinity, to: .infinity, by: 1)
    }
    #expect(throws: ShapeError("Maximum allowed size exceeded")) {
      try Shape.range(from: 0, to: 1, by: 1e-300)
    }
    #expect(Tensor<Float>.range(3) == [0, 1, 2])
    #expect(Tensor<Int>.range(3) == [0, 1, 2])
    #expect(Tensor<UInt8>.linearlySpaced(from: 0, to: 1, count: 5).scalars == [0, 0, 0, 0, 1])
    #expect(Tensor<Double>.linearStep(from: 0, to: 1, count: 1).isNaN)
    #expect(Tensor<Double>.geometricallySpaced(from: -1000, to: -1, count: 4)[-1].scalar == -1)
    #expect(Tensor<Double>.geometricallySpaced(from: 2, to: 3, count: 0).shape == [0])
    #expect(Tensor<Double>.geometricallySpaced(from: 2, to: 3, count: 1).scalars == [2])
    #expect(throws: ShapeError("Geometric sequence cannot include zero")) {
      try Shape.geometricSamples(from: 0, to: 1, count: 2)
    }
  }

  @Test func matrices() {
    #expect(Tensor<Int>.tri(3, columns: 2, offset: -1) == [[0, 0], [1, 0], [1, 1]])
    #expect(Tensor<Int>.tri(2, offset: .max) == [[1, 1], [1, 1]])
    #expect(Tensor<Int>.tri(2, offset: .min) == [[0, 0], [0, 0]])
    #expect(Tensor<Int>.eye(2, offset: .max) == [[0, 0], [0, 0]])
    #expect(Tensor<Int>.eye(2, offset: .min) == [[0, 0], [0, 0]])
    let x: Tensor<Int> = [[1, 2], [3, 4]]
    #expect(x.lowerTriangle(offset: .max) == x)
    #expect(x.upperTriangle(offset: .min) == x)
    #expect(x.upperTriangle(offset: .max) == [[0, 0], [0, 0]])
    #expect(x.diag(offset: .min).shape == [0])
    #expect(throws: ShapeError("Maximum allowed dimension exceeded")) {
      try Shape([2]).diag(offset: .max)
    }
    #expect(Tensor<Bool>.zeros(like: x) == Tensor<Bool>.zeros([2, 2]))
    #expect(Tensor<Float>.ones(like: x) == [[1, 1], [1, 1]])
    #expect(Tensor<Float>(repeating: 3, like: x) == [[3, 3], [3, 3]])
  }

  @Test func sizesTooLarge() {
    let error = ShapeError("Maximum allowed dimension exceeded")
    #expect(throws: error) { try Shape([2]).tiled([.max]) }
    #expect(throws: error) { try Shape([2, 2]).tiled([1 << 40, 1 << 40]) }
    #expect(throws: error) { try Shape([2]).repeated(.max) }
    #expect(throws: error) { try Shape([2]).repeated([.max, 1]) }
    #expect(throws: error) { try Shape([2]).padded([(.max, 1)]) }
    #expect(throws: error) { try Shape.stack([[1 << 62], [1 << 62]], axis: 0) }
    #expect(Tensor([1, 2, 3]).rolled(by: .max).scalars == [3, 1, 2])
    #expect(Tensor([1, 2, 3]).rolled(by: .min).scalars == [3, 1, 2])
    #expect(throws: ShapeError("Axes must be different.")) {
      try Shape([2, 2]).rotationAxes((1, 1))
    }
    #expect(throws: ShapeError("Axes=(0, \(Int.min)) out of range for array of ndim=2.")) {
      try Shape([2, 2]).rotationAxes((0, .min))
    }
  }

  @Test func nonzeroCountsNaN() {
    #expect(Tensor<Double>([0, .nan, -0.0, 2]).nonzero()[0].scalars == [1, 3])
    #expect(Tensor<Double>(3).argwhere().shape == [1, 0])
    #expect(throws: ShapeError.self) { try Shape([]).checkNonzero() }
  }

  @Test func putsAlongAnAxis() {
    var x: Tensor<Int> = [[1, 2, 3], [4, 5, 6]]
    x.putAlongAxis([[0], [-1]], Tensor(0), axis: 1)
    #expect(x == [[0, 2, 3], [4, 5, 0]])
  }
}
