import Tensors
import TestSupport
import Testing

@Suite struct ReductionTests {
  /// Shapes around the lengths at which the loops take another way: 8 accumulators, runs of 128, 32 columns.
  static let shapes: [Shape] = [
    [1], [7], [8], [9], [64], [127], [128], [129], [300], [1, 1], [2, 3], [2, 300], [140, 3],
    [9, 31], [8, 32], [17, 33], [0, 3], [3, 0], [2, 3, 4], [3, 1, 5], [2, 0, 2],
    [4, 9, 2, 3], [2, 1, 2, 1, 2, 3, 2, 2, 2],
  ]

  @Test(arguments: Catalogue.reductions.map(CatalogueEntry.init))
  func agreesWithItsDefinition(_ entry: CatalogueEntry<any ReductionPrimitive.Type>) {
    func check<Reduction: ReductionPrimitive>(_: Reduction.Type) {
      checkFloating(Reduction.self, Float.self)
      checkFloating(Reduction.self, Double.self)
      checkWhole(Reduction.self, Int8.self)
      checkWhole(Reduction.self, Int16.self)
      checkWhole(Reduction.self, Int32.self)
      checkWhole(Reduction.self, Int.self)
      checkWhole(Reduction.self, UInt8.self)
      checkWhole(Reduction.self, UInt16.self)
      checkWhole(Reduction.self, UInt32.self)
      checkWhole(Reduction.self, UInt.self)
    }
    check(entry.type)
  }

  private func checkFloating<Reduction: ReductionPrimitive, Scalar: FloatingScalar>(
    _: Reduction.Type, _: Scalar.Type
  ) {
    // Small numbers whose sums and products are exact in any order.
    let factors: [Scalar] = [1, -1, 2, 0.5]
    check(Reduction.self, sum: +, product: *) { random -> Scalar in
      Reduction.self == Product.self ? factors[random.int(0...3)] : Scalar(random.int(-8...8))
    }
  }

  private func checkWhole<Reduction: ReductionPrimitive, Scalar: NumericScalar & FixedWidthInteger>(
    _: Reduction.Type, _: Scalar.Type
  ) {
    check(Reduction.self, sum: &+, product: &*) { random -> Scalar in
      random.once(in: 2) ? Scalar(random.int(0...5)) : .random(in: .min ... .max, using: &random)
    }
  }

  private func check<Reduction: ReductionPrimitive, Scalar: NumericScalar>(
    _: Reduction.Type, sum: (Scalar, Scalar) -> Scalar, product: (Scalar, Scalar) -> Scalar,
    scalar: (inout SeededGenerator) -> Scalar
  ) {
    var random = SeededGenerator(seed: 5)
    for shape in Self.shapes {
      let scalars = (0..<shape.elementCount).map { _ in scalar(&random) }
      let views = View.layouts(scalars, shape)
      for axis in shape.indices {
        let needsElements = Reduction.self != Sum.self && Reduction.self != Product.self
        if shape[axis] == 0 && needsElements { continue }
        let lines = lines(of: scalars, shape, axis: axis)
        for view in views {
          let comment: Comment = "\(Reduction.name) of \(Scalar.self), \(view.name), axis \(axis)"
          func expect<Result: TensorScalar>(_ expected: [Result]) {
            let result: Tensor<Result> = Reduction(axis: axis).apply(to: [view.tensor])
            #expect(result.shape == shape.removing(axis: axis), comment)
            #expect(difference(result.scalars, from: expected) == nil, comment)
          }
          switch Reduction.name {
          case "sum": expect(lines.map { $0.reduce(0, sum) })
          case "product": expect(lines.map { $0.reduce(1, product) })
          case "max": expect(lines.compactMap { $0.max() })
          case "min": expect(lines.compactMap { $0.min() })
          case "argMax": expect(lines.compactMap { $0.max().flatMap($0.firstIndex(of:)) })
          case "argMin": expect(lines.compactMap { $0.min().flatMap($0.firstIndex(of:)) })
          default: Issue.record("\(Reduction.name) has no definition here")
          }
        }
      }
    }
  }

  @Test func severalAxes() {
    var random = SeededGenerator(seed: 6)
    for _ in 0..<100 {
      let shape = random.shape(rank: random.int(0...5), extents: 1...4)
      let scalars = (0..<shape.elementCount).map { _ in random.int(-9...9) }
      let axes = shape.indices.filter { _ in random.once(in: 2) }
      let given = axes.shuffled(using: &random).map { random.once(in: 2) ? $0 : $0 - shape.rank }
      let short = Shape(shape.indices.filter { !axes.contains($0) }.map { shape[$0] })
      let long = Shape(shape.indices.map { axes.contains($0) ? 1 : shape[$0] })
      var sums = [Int](repeating: 0, count: short.elementCount)
      var largest = [Int](repeating: .min, count: short.elementCount)
      for (scalar, position) in zip(scalars, positions(of: shape)) {
        let kept = position.enumerated().filter { !axes.contains($0.offset) }.map(\.element)
        sums[flat(kept, in: short)] += scalar
        largest[flat(kept, in: short)] = Swift.max(largest[flat(kept, in: short)], scalar)
      }
      for view in View.layouts(scalars, shape) {
        let comment: Comment = "\(view.name), axes \(given)"
        #expect(view.tensor.sum(axes: given) == Tensor(sums, shape: short), comment)
        #expect(
          view.tensor.sum(axes: given, keepingAxes: true) == Tensor(sums, shape: long), comment)
        #expect(view.tensor.max(axes: given) == Tensor(largest, shape: short), comment)
        #expect((-view.tensor).min(axes: given) == -Tensor(largest, shape: short), comment)
        let doubled = Tensor<Double>(view.tensor).mean(axes: given)
        let count = Double(shape.elementCount / short.elementCount)
        #expect(doubled == Tensor(sums.map { Double($0) / count }, shape: short), comment)
      }
    }
  }

  @Test func wholeTensor() {
    let x: Tensor<Int> = [[3, -1, 2], [5, 5, 0]]
    #expect(x.sum() == Tensor(14))
    #expect(x.product() == Tensor(0))
    #expect(x.max() == Tensor(5))
    #expect(x.min() == Tensor(-1))
    #expect(x.argMax() == Tensor(3))
    #expect(x.argMin() == Tensor(1))
    #expect(x.transposed().argMax() == Tensor(1))
    #expect(x.argMax(axis: -1) == Tensor([0, 0]))
    #expect(x.product(axis: 1, keepingAxis: true) == [[-6], [0]])
    #expect(Tensor(7).sum() == Tensor(7))
    #expect(Tensor(7).argMax() == Tensor(0))
  }

  /// A number is a vector of one element, as in NumPy.
  @Test func positionsInNumbers() throws {
    #expect(Tensor(3).argMax(axis: -1).scalar == 0)
    let message = "axis 1 is out of bounds for array of dimension 1"
    #expect(throws: ShapeError(message)) { try Shape([]).checkPosition("argmax", axis: 1) }
  }

  @Test func nothing() {
    let none = Tensor<Double>.zeros([0, 3])
    #expect(none.sum().scalar == 0)
    #expect(none.product().scalar == 1)
    #expect(none.sum(axis: 0).scalars == [0, 0, 0])
    #expect(none.sum(axis: 1).shape == [0])
    #expect(none.max(axis: 1).shape == [0])
    #expect(none.argMax(axis: 1).shape == [0])
    #expect(none.mean().scalar.isNaN)
  }

  /// A NaN wins over all numbers, infinite ones too; its place is that of the first.
  @Test(arguments: [1, 5, 8, 9, 130]) func notANumber(_ count: Int) {
    for place in Set([0, count / 2, count - 1]) {
      var scalars = (0..<count).map { Double($0) }
      scalars[0] = .infinity
      scalars[count - 1] = -.infinity
      scalars[place] = .nan
      for view in View.vectors(scalars) + [View.matrices(scalars)[0]] {
        let axis = view.tensor.rank - 1
        let comment: Comment = "\(view.name), NaN at \(place) of \(count)"
        #expect(view.tensor.max(axis: axis).scalars.allSatisfy { $0.isNaN }, comment)
        #expect(view.tensor.min(axis: axis).scalars.allSatisfy { $0.isNaN }, comment)
        #expect(view.tensor.sum(axis: axis).scalars.allSatisfy { $0.isNaN }, comment)
        #expect(view.tensor.product(axis: axis).scalars.allSatisfy { $0.isNaN }, comment)
        #expect(view.tensor.argMax(axis: axis).scalars.allSatisfy { $0 == place }, comment)
        #expect(view.tensor.argMin(axis: axis).scalars.allSatisfy { $0 == place }, comment)
      }
    }
  }

  /// Zeros sum to 0, not −0, whatever their signs: NumPy's sums start from 0.
  @Test(arguments: [1, 7, 8, 9, 129]) func negativeZeros(_ count: Int) {
    for view in View<Float>.layouts([Float](repeating: -0.0, count: 2 * count), [2, count]) {
      for axis in 0...1 {
        #expect(
          view.tensor.sum(axis: axis).scalars.allSatisfy { $0 == 0 && $0.sign == .plus },
          "\(view.name), axis \(axis)")
      }
    }
    let products = Tensor<Float>(repeating: -0.0, shape: [count]).product()
    #expect(products.scalar == 0 && products.scalar.sign == (count % 2 == 1 ? .minus : .plus))
  }

  /// The error that pairwise summation may make: (4 + 2⌈log₂ n⌉) · ε · Σ|x|.
  ///
  /// Higham 1993, "The accuracy of floating point summation", §3, with room for the runs that are added up one after
  /// the other.
  private func tolerance(_ scalars: [Float]) -> Double {
    let count = scalars.count
    let steps = Double(4 + 2 * (Int.bitWidth - (count - 1).leadingZeroBitCount))
    return steps * Double(Float.ulpOfOne) * scalars.reduce(0) { $0 + Double($1.magnitude) }
  }

  @Test func sumOfTenths() {
    let scalars = [Float](repeating: 0.1, count: 2500)
    let exact = 2500 * Double(Float(0.1))
    for view in View.all(scalars) {
      let sums = view.tensor.sum(axis: view.tensor.rank == 1 ? 0 : 1)
      if view.name == "repeated columns" { continue }
      for sum in sums.scalars {
        #expect(Swift.abs(Double(sum) - exact) <= tolerance(scalars), "\(view.name)")
      }
    }
    // One after the other, the sum would be 250.02 or so: the bound tells the two apart.
    let naive = scalars.reduce(0, +)
    #expect(Swift.abs(Double(naive) - exact) > tolerance(scalars) / 10)
  }

  @Test func sumOfAMillion() {
    var random = SeededGenerator(seed: 7)
    let (rows, columns) = (1000, 1000)
    let x: Tensor<Float> = Tensor(
      random.scalars(rows * columns, in: -1...1), shape: [rows, columns])
    let scalars = x.scalars
    var byRow = [Double](repeating: 0, count: rows)
    var byColumn = [Double](repeating: 0, count: columns)
    var (rowMagnitude, columnMagnitude) = (byRow, byColumn)
    for row in 0..<rows {
      for column in 0..<columns {
        let scalar = Double(scalars[row * columns + column])
        byRow[row] += scalar
        byColumn[column] += scalar
        rowMagnitude[row] += scalar.magnitude
        columnMagnitude[column] += scalar.magnitude
      }
    }
    // ⌈log₂ 1000⌉ = 10 and ⌈log₂ 10⁶⌉ = 20.
    let each = Double(4 + 2 * 10) * Double(Float.ulpOfOne)
    #expect(
      difference(x.sum(axis: 1), from: byRow, tolerance: rowMagnitude.map { each * $0 }) == nil)
    #expect(
      difference(x.sum(axis: 0), from: byColumn, tolerance: columnMagnitude.map { each * $0 })
        == nil)
    let total = Double(4 + 2 * 20) * Double(Float.ulpOfOne) * rowMagnitude.reduce(0, +)
    #expect(
      difference(x.sum(), from: [byRow.reduce(0, +)], tolerance: [total]) == nil)
  }
}
