import Tensors
import TestSupport
import Testing

/// What is traced and run from a plan is what runs at once, to the bit.
@Suite struct CompileTests {
  @Test func everyPrimitiveComputesTheSame() {
    var random = SeededGenerator(seed: 40)
    for _ in 0..<10 {
      check(&random, Float.self)
      check(&random, Double.self)
    }
  }

  private func check<Scalar: FloatingScalar>(_ random: inout SeededGenerator, _: Scalar.Type) {
    let shape = random.shape(rank: random.int(1...4), extents: random.once(in: 6) ? 0...2 : 1...5)
    let other = Shape(shape.map { random.once(in: 2) ? 1 : $0 }.suffix(random.int(0...shape.rank)))
    let (x, y): (Tensor<Scalar>, Tensor<Scalar>) = (random.tensor(shape), random.tensor(other))
    let axis = random.int(0...shape.rank - 1)

    func expect<Result: TensorScalar>(
      _ name: String,
      _ function: @escaping @Sendable (Tensor<Scalar>, Tensor<Scalar>) -> Tensor<Result>
    ) {
      let compiled = compile { (x: Tensor<Scalar>, y: Tensor<Scalar>) in function(x, y) }
      let (got, wanted) = (compiled(x, y), function(x, y))
      let comment: Comment = "\(name) of \(Scalar.self) \(shape) and \(other)"
      if let got = got as? Tensor<Scalar>, let wanted = wanted as? Tensor<Scalar> {
        #expect(difference(got, from: wanted) == nil, comment)
      } else {
        #expect(difference(got, from: wanted) == nil, comment)
      }
    }
    for operation in Catalogue.unary {
      expect(operation.name) { x, _ in operation.result(x) }
    }
    for operation in Catalogue.binary {
      expect(operation.name) { x, y in operation.result(x, y) }
      expect(operation.name) { x, y in operation.result(y, x) }
    }
    for operation in Catalogue.comparisons {
      expect(operation.name) { x, y in operation.result(x, y) }
    }
    for operation in Catalogue.reductions where !shape.contains(0) {
      let operation = operation.init(axis: axis)
      if operation.scalarType(of: [Scalar.scalarType]) == Scalar.scalarType {
        expect(operation.name) { x, _ in operation.apply(to: [x]) as Tensor<Scalar> }
      } else {
        expect(operation.name) { x, _ in operation.apply(to: [x]) as Tensor<Int> }
      }
    }
    for operation in Catalogue.lines {
      let operation = operation.init(axis: axis)
      expect(operation.name) { x, _ in operation.apply(to: [x]) as Tensor<Scalar> }
    }
    expect("select") { x, y in select(x .< y, x, y) }
    expect("cast") { x, _ in Tensor<Int16>(x * 100) }
    expect("cast back") { x, _ in Tensor<Scalar>(Tensor<Bool>(x)) }
  }

  @Test func severalArgumentsAndResults() {
    let function = compile { (x: Tensor<Float>, n: Tensor<Int>, flags: Tensor<Bool>) in
      (x * Tensor<Float>(n), select(flags, n, -1), x.max())
    }
    let (product, chosen, largest) = function([1.5, 2], [2, 3], [true, false])
    #expect(product.scalars == [3, 6])
    #expect(chosen.scalars == [2, -1])
    #expect(largest.scalar == 2)
  }

  @Test func tracesOncePerShape() {
    final class Count: @unchecked Sendable { var traces = 0 }
    let count = Count()
    let function = compile { (x: Tensor<Float>) in
      count.traces += 1
      return x.sum() * 2
    }
    #expect(function([1, 2]).scalar == 6)
    #expect(function([3, 4]).scalar == 14)
    #expect(count.traces == 1)
    #expect(function([1, 2, 3]).scalar == 12)
    #expect(function([[1, 2]]).scalar == 6)
    #expect(count.traces == 3)
    #expect(function([5, 6]).scalar == 22)
    #expect(count.traces == 3)
  }

  /// More shapes than plans are kept for: older plans go, and come back when needed.
  @Test func manyShapes() {
    let function = compile { (x: Tensor<Float>) in x.sum() + Float(x.count) }
    for _ in 0..<2 {
      for count in 0..<100 {
        #expect(function(Tensor.ones([count])).scalar == Float(2 * count))
      }
    }
  }

  /// What follows a large product: numbers alone, of whatever columns are done, and rows, which must be whole.
  @Test(arguments: [512, 600, 1100]) func largeProductsAreFinishedAsTheyAre(_ columns: Int) {
    var random = SeededGenerator(seed: 41)
    let x: Tensor<Float> = random.tensor([110, 300])
    let w: Tensor<Float> = random.tensor([300, columns]) / 100
    let b: Tensor<Float> = random.tensor([columns])
    let layer = compile { (x: Tensor<Float>, w: Tensor<Float>, b: Tensor<Float>) in
      (relu(x.matmul(w) + b), softmax(x.matmul(w) + b))
    }
    let (activations, shares) = layer(x, w, b)
    #expect(activations == relu(x.matmul(w) + b))
    #expect(shares == softmax(x.matmul(w) + b))
  }

  @Test func takesViews() {
    let function = compile { (x: Tensor<Int>) in x * 10 + x }
    for view in View.all([1, 2, 3, 4, 5]) {
      #expect(function(view.tensor).scalars == view.scalars.map { 11 * $0 }, "\(view.name)")
    }
    #expect(function(Tensor<Int>.zeros([0, 3])).shape == [0, 3])
    #expect(function(Tensor(3)).scalar == 33)
  }

  @Test func resultsAreKept() {
    let function = compile { (x: Tensor<Float>) in (x, x[.stride(by: -1)], Tensor<Float>([7])) }
    let (same, reversed, constant) = function([1, 2])
    _ = function([8, 9])
    #expect(same.scalars == [1, 2])
    #expect(reversed.scalars == [2, 1])
    #expect(constant.scalars == [7])
  }

  @Test func compiledWithinCompiled() {
    let inner = compile { (x: Tensor<Double>) in tanh(x) * 2 }
    let outer = compile { (x: Tensor<Double>) in inner(x) + inner(x + 1) }
    let x: Tensor<Double> = [0.5, -1]
    #expect(outer(x) == tanh(x) * 2 + tanh(x + 1) * 2)
    let slope = gradient(of: { (x: Tensor<Double>) in inner(x).sum() })
    #expect(slope(x) == gradient(of: { (x: Tensor<Double>) in (tanh(x) * 2).sum() })(x))
    let compiledSlope = compile(slope)
    #expect(compiledSlope(x) == slope(x))
  }

  /// A training step as a compiled function of the parameters: the loss falls.
  @Test func aStepLowersTheLoss() {
    let step = compile { (w: Tensor<Double>, x: Tensor<Double>, y: Tensor<Double>) in
      let (loss, slope) = valueAndGradient(of: { (w: Tensor<Double>) in
        square(tanh(x.matmul(w)) - y).mean()
      })(w)
      return (loss, w - slope * 0.1)
    }
    var w = Tensor<Double>([0.5, -0.25])
    var losses: [Double] = []
    for _ in 0..<50 {
      let (loss, next) = step(w, [[1, 2], [3, 4], [-1, 0.5]], [0.2, 0.1, -0.4])
      losses.append(loss.scalar)
      w = next
    }
    #expect(losses[49] < losses[0] * 0.5)
    #expect(zip(losses, losses.dropFirst()).allSatisfy { $0 > $1 })
  }

  // MARK: Simplification

  @Test func simplifies() {
    let x = Node(input: [3], .float64)
    let tensor = Tensor<Double>(x)
    let ones = Tensor<Double>(repeating: 1, shape: [])
    let one = Tensor<Double>(2) - 1
    let same = tanh(tensor) + tanh(tensor)
    let outputs = [same, tensor * ones, one * tensor, tensor / one, exp(tensor)]
    let graph = Graph(inputs: [x], outputs: outputs.dropLast().map(\.node)).simplified()
    // tanh is done once, what is times 1 or over 1 not at all, and exp is not asked for.
    #expect(graph.values.compactMap { $0.operation?.name } == ["tanh", "add"])
    #expect(graph.outputs.suffix(3) == [0, 0, 0])
    // Two numbers that are equal as numbers but not the same, 0 and −0, must stay apart.
    let zeros = compile { (x: Tensor<Double>) in (x / 0, x / -0.0) }
    let (up, down) = zeros([1])
    #expect(up.scalars == [.infinity])
    #expect(down.scalars == [-.infinity])
  }

  // MARK: Tasks

  @Test func manyTasksAtOnce() async {
    let function = compile { (x: Tensor<Double>, w: Tensor<Double>) in
      (tanh(x.matmul(w)), (x * 2).sum())
    }
    let failures = await withTaskGroup(of: Int.self) { group in
      for task in 0..<32 {
        group.addTask {
          var random = SeededGenerator(seed: UInt64(task))
          var failures = 0
          for round in 0..<20 {
            // Four shapes among all tasks: plans are shared, and made by several tasks at the same time.
            let rows = 1 + (task + round) % 4
            let x: Tensor<Double> = random.tensor([rows, 5])
            let w: Tensor<Double> = random.tensor([5, 3])
            let (product, sum) = function(x, w)
            if product != tanh(x.matmul(w)) || sum != (x * 2).sum() { failures += 1 }
          }
          return failures
        }
      }
      return await group.reduce(0, +)
    }
    #expect(failures == 0)
  }

  @Test func gradientsInManyTasksAtOnce() async {
    let slope = gradient(of: { (x: Tensor<Double>) in
      gradient(of: { (x: Tensor<Double>) in (x * x * x).sum() })(x).sum()
    })
    let sums = await withTaskGroup(of: Double.self) { group in
      for task in 0..<16 {
        group.addTask { slope(Tensor([Double(task), 1])).sum().scalar }
      }
      var sums: [Double] = []
      for await sum in group { sums.append(sum) }
      return sums
    }
    #expect(sums.sorted() == (0..<16).map { 6 * Double($0) + 6 })
  }

  // MARK: Steps that are done together

  /// In a table of one column, an element of each row is a number for each row, too.
  @Test func columnsBesideVectors() {
    let sums = compile { (x: Tensor<Float>, v: Tensor<Float>) in x.sum(axis: 1) + v }
    #expect(sums([[1], [2], [3]], [10, 20, 30]).scalars == [11, 22, 33])
    let products = compile { (x: Tensor<Float>, v: Tensor<Float>) in (x + 1).max(axis: 1) * v }
    #expect(products([[1], [2], [3]], [10, 20, 30]).scalars == [20, 60, 120])
  }

  /// What is in the way of one another isn't done together: h + m waits for m, m + g for h.
  @Test(arguments: [false, true]) func groupsDontWaitForEachOther(_ vectorFirst: Bool) {
    let function = compile { (a: Tensor<Float>, b: Tensor<Float>) in
      if vectorFirst {
        let m = exp(b)
        let h = exp(a)
        return concatenate([(h + m).reshaped(-1), m + h.sum(axis: 0)])
      }
      let h = exp(a)
      let g = h.sum(axis: 0)
      let m = exp(b)
      return concatenate([(h + m).reshaped(-1), m + g])
    }
    #expect(
      function(Tensor([0, 0, 0, 0], shape: [2, 2]), Tensor([0, 0])).scalars == [2, 2, 2, 2, 3, 3])
  }

  /// Many operands are no trouble: neither for their number nor for how late they are joined.
  @Test func manyOperands() {
    let function = compile { (x: Tensor<Float>) in
      let parts = (0..<2000).map { x * Float($0) }
      return concatenate(parts).sum() + parts[1999].sum()
    }
    #expect(function(Tensor([1])).scalar == 1_999_000 + 1999)
  }
}
