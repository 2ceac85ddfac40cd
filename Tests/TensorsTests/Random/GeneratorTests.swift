import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct GeneratorTests {
  /// NumPy's own draws, in sequences: the numbers, the states between them, and the errors.
  @Test func drawsAsNumPyDoes() throws {
    let url = try #require(
      Bundle.module.url(forResource: "Fixtures/numpy/generator", withExtension: "json"))
    let played = try play(url, with: Player.self)
    #expect(played.sequences == 119)
    #expect(played.steps == 2110)
    // What Python finds wrong with a type when it runs, the compiler doesn't let through here.
    #expect(
      played.refused.sorted() == [
        "SeedSequence expects int or sequence of ints for entropy not 5.5",
        "Unsupported dtype dtype('float64') for integers",
        "Unsupported dtype dtype('int32') for random",
      ])
    #expect(
      played.operations == [
        "advance", "bytes", "choice", "default_rng", "exponential", "generate_state", "get_state",
        "integers", "normal", "permutation", "permuted", "random", "random_raw", "set_state",
        "shuffle", "spawn", "standard_exponential", "standard_normal", "uniform", "use", "words",
      ])
  }
}

// What the sequences leave out; the numbers are NumPy 2.4.6's.
extension GeneratorTests {
  @Test func exampleOfTheDocumentation() throws {
    var random = Generator(seed: 42)
    #expect(random.random() == 0.7739560485559633)
    #expect(try random.integers(0, 10) == 6)
    #expect(random.permutation(3) == [2, 0, 1])

    var seeds = SeedSequence(42)
    #expect(seeds.generateState(2) == [3_444_837_047, 2_669_555_309])
    let workers = seeds.spawn(3)
    #expect(workers.map(\.spawnKey) == [[0], [1], [2]])
    var first = Generator(seedSequence: workers[0])
    let drawn = first.random([2]).scalars
    #expect(abs(drawn[0] - 0.91674416) < 1e-8 && abs(drawn[1] - 0.91098667) < 1e-8)
  }

  @Test func seedsOfAnySize() throws {
    let large: UInt128 = 1 << 100 + 5
    let words: [UInt32] = [5, 0, 0, 16]
    #expect(SeedSequence(large).entropy == words)
    #expect(SeedSequence(large) == SeedSequence(words))
    #expect(try SeedSequence(checking: Int128(large)) == SeedSequence(words))
    #expect(
      SeedSequence(large).generateState(3, as: UInt64.self) == [
        9_078_455_287_024_407_234, 7_202_953_484_939_410_354, 15_808_953_772_476_573_456,
      ])
    #expect(Generator(seed: large) == Generator(seed: words))
    #expect(try Generator(checking: 5) == Generator(seed: 5))
    #expect(try Generator(checking: [5, 1 << 40]) == Generator(seed: [5, 0, 256]))
    #expect(Generator(seed: 5).state == Generator(seed: [5]).state)
    // Zeros count: a list of them is another seed than one.
    #expect(SeedSequence(0).entropy == [0])
    #expect(Generator(seed: [0, 0, 0, 0, 0]).state != Generator(seed: 0).state)
    for seed in [-1, .min] {
      let error = #expect(throws: RandomError.self) { try Generator(checking: seed) }
      #expect(error?.message == "expected non-negative integer")
      #expect(throws: RandomError.self) { try Generator(checking: [1, seed]) }
    }
  }

  @Test func seedsOfTheSystem() {
    var random = Generator()
    #expect(random.seedSequence?.entropy.count == 4)
    #expect(random != Generator())
    var again = Generator(seed: random.seedSequence?.entropy ?? [])
    #expect(random.random() == again.random())
  }

  @Test func seedSequencesGoOn() throws {
    var seeds = SeedSequence([1, 2], spawnKey: [3], spawnedCount: 4)
    let child = try #require(seeds.spawn(1).first)
    #expect(child.spawnKey == [3, 4])
    #expect(child.entropy == [1, 2])
    #expect(seeds.spawnedCount == 5)
    var random = Generator(seedSequence: child)
    #expect(random.random() == 0.9655758539068668)
    #expect(seeds.spawn(0) == [])
    #expect(SeedSequence(1).generateState(0, as: UInt64.self) == [])
  }

  @Test func integersOfTheWholeRange() throws {
    var random = Generator(seed: 7)
    let signed = try random.integers(Int.min, Int128(Int.max) + 1, shape: [3])
    #expect(
      signed.scalars == [2_307_604_057_237_572_235, 7_327_301_329_031_162_517]
        + [5_085_503_372_737_050_978])
    let unsigned = try random.integers(0, Int128(1) << 64, shape: [2], as: UInt64.self)
    #expect(unsigned.scalars == [4_154_339_397_315_733_314, 5_537_090_637_313_560_901])
    let bytes = try random.integers(
      Tensor([0, 5, 10, 7]), Tensor([3, 256, 20, 8]), shape: [3, 4], as: UInt8.self)
    #expect(bytes.scalars == [0, 43, 19, 7, 0, 215, 11, 7, 1, 223, 14, 7])
    #expect(random.state.keptWord != nil)
  }

  @Test func halvesOfWordsAreKept() throws {
    var random = Generator(seed: 1)
    #expect(random.random([3], as: Float.self).scalars == [0.47318864, 0.51182157, 0.7551675])
    // 64 bits are new ones; the half waits.
    #expect(random.next() == 2_659_275_481_604_167_885)
    #expect(random.random(as: Float.self) == 0.95046365)
    #expect(random.state.keptWord == nil)
  }

  @Test func drawsOfNothing() throws {
    var random = Generator(seed: 7)
    let start = random
    var tensor = Tensor<Double>.zeros([5, 0])
    random.shuffle(&tensor)
    #expect(random.permuted(tensor).shape == [5, 0])
    #expect(random.permuted(tensor, axis: 0).shape == [5, 0])
    #expect(random.permuted(tensor, axis: 1).shape == [5, 0])
    #expect(random.permutation(-1) == [])
    #expect(try random.integers(5, 5, shape: [0]).shape == [0])
    #expect(try random.integers(Tensor([5, 5]), Tensor([1, 1]), shape: [0, 2]).shape == [0, 2])
    #expect(try random.integers(3, 4, shape: [2], as: UInt8.self).scalars == [3, 3])
    #expect(try random.choice(0, size: 0) == [])
    #expect(try random.choice(Tensor<Double>([]), shape: [0, 3]).shape == [0, 3])
    #expect(try random.choice(tensor, shape: [0], axis: 1).shape == [5, 0])
    #expect(try random.choice(1 << 40, size: 0, replacing: false) == [])
    #expect(random == start)
    #expect(random.bytes(0) == [])
    #expect(random != start)
  }

  @Test func partsOfViews() throws {
    var random = Generator(seed: 3)
    let view = Tensor(Array(0..<12), shape: [3, 4]).transposed()
    #expect(random.permutation(view).scalars == [3, 7, 11, 2, 6, 10, 1, 5, 9, 0, 4, 8])
    let permuted = random.permuted(view, axis: 0)
    #expect(permuted.shape == [4, 3])
    #expect(permuted.scalars == [3, 7, 9, 1, 5, 8, 0, 4, 10, 2, 6, 11])
    let everySecond = Tensor(Array(0..<10))[.stride(by: -2)]
    #expect(try random.choice(everySecond, shape: [2, 2]) == [[7, 9], [3, 3]])
    #expect(random.permutation(view, axis: 1).scalars == [8, 4, 0, 9, 5, 1, 10, 6, 2, 11, 7, 3])
    random = Generator(seed: 3)
    var shuffled = view
    random.shuffle(&shuffled, axis: -1)
    #expect(shuffled.scalars == [8, 4, 0, 9, 5, 1, 10, 6, 2, 11, 7, 3])
    // In C order, whatever the order of memory: what NumPy does with a contiguous array.
    #expect(random.permuted(view).scalars == [7, 3, 10, 8, 1, 0, 4, 5, 6, 2, 11, 9])
    #expect(view.scalars == [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11])
  }

  @Test func parametersBroadcast() throws {
    var random = Generator(seed: 5)
    let drawn = try random.normal(
      mean: [[1], [2]], deviation: Tensor([0.5, 1, 2]), shape: [2, 2, 3])
    #expect(
      drawn.scalars == [
        0.5990342873732764, -0.32435899562814496, 0.5032767558095029, 2.210222619032761,
        3.136046532489643, 2.2194127986436163, 0.7236763397318837, 0.21521964465572163,
        2.4974915414691825, 2.817391521479289, 2.272768775844722, -0.46665732806154336,
      ])
  }

  /// One draw after the other gives what a tensor of draws does.
  @Test func manyDrawsAreSingleDraws() throws {
    var many = Generator(seed: 1)
    var single = many
    func compare<Scalar: Equatable>(
      _ all: (inout Generator) throws -> [Scalar], _ one: (inout Generator) throws -> Scalar
    ) rethrows {
      let drawn = try all(&many)
      #expect(try drawn == drawn.map { _ in try one(&single) })
      #expect(drawn.count == 500)
      #expect(many == single)
    }
    compare({ $0.random([500]).scalars }, { $0.random() })
    compare({ $0.random([500], as: Float.self).scalars }, { $0.random(as: Float.self) })
    compare({ $0.standardNormal([500]).scalars }, { $0.standardNormal() })
    compare(
      { $0.standardNormal([500], as: Float.self).scalars }, { $0.standardNormal(as: Float.self) })
    compare({ $0.standardExponential([500]).scalars }, { $0.standardExponential() })
    compare(
      { $0.standardExponential([500], as: Float.self).scalars },
      { $0.standardExponential(as: Float.self) })
    try compare({ try $0.uniform(2, 5, shape: [500]).scalars }, { try $0.uniform(2, 5) })
    try compare(
      { try $0.normal(mean: 2, deviation: 5, shape: [500]).scalars },
      { try $0.normal(mean: 2, deviation: 5) })
    try compare(
      { try $0.exponential(scale: 3, shape: [500]).scalars }, { try $0.exponential(scale: 3) })
    try compare({ try $0.integers(-7, 90, shape: [500]).scalars }, { try $0.integers(-7, 90) })
    try compare({ try $0.choice(9, size: 500) }, { try $0.choice(9) })
  }

  @Test func errors() {
    var random = Generator(seed: 1)
    let before = random
    func expect(_ message: String, _ draw: (inout Generator) throws -> Void) {
      let error = #expect(throws: RandomError.self) { try draw(&random) }
      #expect(error?.message == message)
      #expect(random == before)
    }
    expect("high - low range exceeds valid bounds") { _ = try $0.uniform(0, .nan) }
    expect("high - low < 0") { _ = try $0.uniform(0, -0.0) }
    expect("scale < 0") { _ = try $0.normal(deviation: -1, shape: [0]) }
    expect("scale < 0") { _ = try $0.exponential(scale: Tensor([1, -0.0])) }
    // NumPy draws with a part of the bounds here.
    expect("Output size (2,) is not compatible with broadcast dimensions of inputs (2, 2).") {
      _ = try $0.integers([[1], [2]], Tensor([3, 4]), shape: [2])
    }
    expect("low is out of bounds for uint8") { _ = try $0.integers(-1, 1000, as: UInt8.self) }
    expect("low >= high") { _ = try $0.integers(Int128.max, Int128.min, shape: [1]) == [0] }
    let long = (1 << 61) + 1
    let tooLong =
      "array is too big; `arr.size * arr.dtype.itemsize` is larger than the maximum possible size."
    expect(tooLong) { _ = try $0.choice(5, size: long) }
    expect(tooLong) { _ = try $0.choice(long, size: long, replacing: false) }
    expect("Probabilities contain NaN") {
      _ = try $0.choice(3, shape: [2, 2], probabilities: Tensor([.nan, 0.5, 0.5]))
    }
    expect("p must be 1-dimensional") {
      _ = try $0.choice(Tensor([1.5]), shape: [], probabilities: [[1]])
    }
  }
}

// States, copies and tasks.
extension GeneratorTests {
  @Test func stateGoesRound() throws {
    var random = Generator(seed: 9)
    _ = random.random([401], as: Float.self)
    let state = random.state
    #expect(state.keptWord != nil)
    var other = Generator(seed: 0)
    other.state = try Generator.State(
      state: state.state, increment: state.increment, keptWord: state.keptWord)
    #expect(other.state == state)
    #expect(other.seedSequence == SeedSequence(0))
    let drawn = random.standardNormal([1000], as: Float.self)
    #expect(other.standardNormal([1000], as: Float.self) == drawn)
    var third = Generator(state: state)
    #expect(third.standardNormal([1000], as: Float.self) == drawn)
    #expect(third.state == random.state)
    // A state alone has nothing to spawn from.
    #expect(third.seedSequence == nil)
    let error = #expect(throws: RandomError.self) { try third.spawn(1) }
    #expect(error?.message == "The underlying SeedSequence does not implement spawning.")
  }

  /// With an even increment drawing might never end: of zeros come zeros.
  @Test func partsThatAreNoState() throws {
    let error = #expect(throws: RandomError.self) { try Generator.State(state: 0, increment: 4) }
    #expect(error?.message == "the increment of a generator's state is 4 instead of odd")
    var random = Generator(state: try .init(state: 0, increment: 1))
    #expect(try (0..<3).contains(random.integers(0, 3)))
  }

  @Test func tasksDrawFromChildren() async throws {
    var random = Generator(seed: 3)
    let children = try random.spawn(10)
    #expect(random.seedSequence?.spawnedCount == 10)
    #expect(random.state == Generator(seed: 3).state)
    let expected = children.map { child in
      var child = child
      return child.standardNormal([100])
    }
    await withTaskGroup(of: (Int, Tensor<Double>).self) { group in
      for (number, child) in children.enumerated() {
        group.addTask {
          var own = child
          return (number, own.standardNormal([100]))
        }
      }
      var drawn: [Int: Tensor<Double>] = [:]
      for await (number, numbers) in group { drawn[number] = numbers }
      #expect((0..<10).map { drawn[$0] } == expected)
    }
    #expect(Set(expected.map(\.scalars)).count == 10)
  }

  @Test func drawsForSwiftsOwnFunctions() {
    var random = Generator(seed: 11)
    let start = random
    #expect((0..<6).contains(Int.random(in: 0..<6, using: &random)))
    #expect(random != start)
    #expect((0..<50).shuffled(using: &random).sorted() == Array(0..<50))
  }
}

/// A generator that runs the steps of a reference sequence.
private struct Player: SequencePlayer {
  var random: Generator
  private var states: [String: Generator.State] = [:]
  private var children: [String: Generator] = [:]

  init(_ sequence: ReferenceCase) throws {
    let entropy = try #require(try Player.seeds(sequence))
    if let key = sequence.array("spawn_key") {
      let key = key.ints.map { UInt32($0) }
      random = Generator(seedSequence: SeedSequence(entropy.entropy, spawnKey: key))
    } else {
      random = Generator(seedSequence: entropy)
    }
  }

  /// The seed sequence of the number or list under `seed`, `nil` if it is neither.
  private static func seeds(_ from: ReferenceCase) throws -> SeedSequence? {
    if let seed = from.integer("seed") { return try SeedSequence(checking: seed) }
    if let text = from.string("seed") { return SeedSequence(words(text)) }
    guard let list = from.object["seed"] as? [Any] else { return nil }
    let large = list.compactMap { $0 as? String }
    if !large.isEmpty {
      // A number among others counts by its words.
      return SeedSequence(
        list.flatMap { part in
          (part as? String).map { words($0) }
            ?? SeedSequence(
              UInt128((part as? NSNumber)?.uint64Value ?? 0)
            ).entropy
        })
    }
    guard list.allSatisfy({ $0 is NSNumber }) else { return nil }
    return try SeedSequence(checking: list.compactMap { ($0 as? NSNumber)?.intValue })
  }

  /// The 32-bit words of a hexadecimal number, the lowest first.
  private static func words(_ text: String) -> [UInt32] {
    var digits = Array(text.dropFirst(2))
    var words: [UInt32] = []
    while !digits.isEmpty {
      words.append(UInt32(String(digits.suffix(8)), radix: 16) ?? 0)
      digits.removeLast(min(8, digits.count))
    }
    return words
  }

  mutating func perform(_ operation: String, _ step: StepArguments) throws -> Outcome {
    let single = step.arguments.string("dtype") == "float32"
    switch operation {
    case "default_rng":
      guard let seeds = try Player.seeds(step.arguments) else { return .notExpressible }
      random = Generator(seedSequence: seeds)
      return .silent
    case "get_state":
      if let name = step.arguments.string("save") { states[name] = random.state }
      return .silent
    case "set_state":
      random.state = try #require(states[step.arguments.string("saved") ?? ""])
      return .silent
    case "spawn":
      let name = try #require(step.arguments.string("keep"))
      var firsts: [Double] = []
      for (number, child) in try random.spawn(
        try #require(step.arguments.int("n_children"))
      ).enumerated() {
        children["\(name).\(number)"] = child
        var child = child
        firsts.append(child.random())
      }
      return .drew(Drawn(Tensor(firsts)))
    case "use":
      random = try #require(children[step.arguments.string("kept") ?? ""])
      return .silent
    case "generate_state":
      let shape = try Shape(checking: [try #require(step.arguments.int("n_words"))])
      let seeds = try #require(random.seedSequence)
      return .drew(
        step.arguments.string("dtype") == "uint64"
          ? Drawn(Tensor(seeds.generateState(shape[0], as: UInt64.self)))
          : Drawn(Tensor(seeds.generateState(shape[0]))))
    case "advance":
      _ = random.random([try #require(step.arguments.int("draws"))])
      return .silent
    case "random_raw":
      let count = try #require(step.arguments.int("size"))
      return .drew(Drawn(Tensor((0..<count).map { _ in random.next() })))
    case "words": return try drawsAfterWords(step)
    case "random":
      if step.arguments.string("dtype") == "int32" { return .notExpressible }
      let shape = try step.shape()
      if single {
        return .drew(
          Drawn(
            shape.map { random.random($0, as: Float.self) } ?? Tensor(random.random(as: Float.self))
          ))
      }
      return .drew(Drawn(shape.map { random.random($0) } ?? Tensor(random.random())))
    case "standard_normal":
      let shape = try step.shape()
      if single {
        return .drew(
          Drawn(
            shape.map { random.standardNormal($0, as: Float.self) }
              ?? Tensor(random.standardNormal(as: Float.self))))
      }
      return .drew(
        Drawn(shape.map { random.standardNormal($0) } ?? Tensor(random.standardNormal())))
    case "standard_exponential":
      let shape = try step.shape()
      if single {
        return .drew(
          Drawn(
            shape.map { random.standardExponential($0, as: Float.self) }
              ?? Tensor(random.standardExponential(as: Float.self))))
      }
      return .drew(
        Drawn(shape.map { random.standardExponential($0) } ?? Tensor(random.standardExponential())))
    case "uniform":
      return .drew(
        Drawn(
          try step.draw(
            "low", 0, "high", 1,
            one: { try random.uniform($0, $1) },
            many: { try random.uniform($0, $1, shape: $2) },
            each: { try random.uniform($0, $1, shape: $2) })))
    case "normal":
      return .drew(
        Drawn(
          try step.draw(
            "loc", 0, "scale", 1,
            one: { try random.normal(mean: $0, deviation: $1) },
            many: { try random.normal(mean: $0, deviation: $1, shape: $2) },
            each: { try random.normal(mean: $0, deviation: $1, shape: $2) })))
    case "exponential":
      return .drew(
        Drawn(
          try step.draw(
            "scale", 1, "", 0,
            one: { scale, _ in try random.exponential(scale: scale) },
            many: { scale, _, shape in try random.exponential(scale: scale, shape: shape) },
            each: { scale, _, shape in try random.exponential(scale: scale, shape: shape) })))
    case "integers": return try integers(step)
    case "bytes":
      return .drew(Drawn(Tensor(random.bytes(try #require(step.arguments.int("length"))))))
    case "choice": return try choice(step)
    case "permutation":
      if let count = step.arguments.int("x") {
        return .drew(Drawn(Tensor(random.permutation(count))))
      }
      let x = try #require(step.inputs?.array("x"))
      let axis = try checkedAxis(step, x) ?? 0
      return .drew(
        x.type == "int64"
          ? Drawn(random.permutation(x.intTensor, axis: axis))
          : Drawn(random.permutation(x.tensor, axis: axis)))
    case "permuted":
      let x = try #require(step.inputs?.array("x"))
      let axis = try checkedAxis(step, x)
      return .drew(
        x.type == "int64"
          ? Drawn(random.permuted(x.intTensor, axis: axis))
          : Drawn(random.permuted(x.tensor, axis: axis)))
    case "shuffle": return try shuffle(step)
    default:
      Issue.record("unknown operation \(operation)")
      return .notExpressible
    }
  }

  /// The axis of a step, by the rule that the methods stop with.
  private func checkedAxis(_ step: StepArguments, _ x: ReferenceArray) throws -> Int? {
    let axis = step.arguments.int("axis")
    if let axis { _ = try Shape(x.shape).normalizedAxis(axis) }
    return axis
  }

  private mutating func integers(_ step: StepArguments) throws -> Outcome {
    let shape = try step.shape()
    let endpoint = step.arguments.bool("endpoint") == true
    // With one bound NumPy takes it for the upper, and 0 for the lower.
    let first = step.arguments.integer("low")
    let second = step.arguments.integer("high")
    let (low, high) = second.map { (first ?? 0, $0) } ?? (0, first ?? 0)
    func drawn<Scalar: NumericScalar & FixedWidthInteger>(
      as type: Scalar.Type
    ) throws -> Outcome {
      if step.inputs != nil {
        let low = try #require(step.ints("low"))
        let high = try #require(step.ints("high"))
        return .drew(
          Drawn(try random.integers(low, high, shape: shape, endpoint: endpoint, as: type)))
      }
      return .drew(
        Drawn(
          try shape.map {
            try random.integers(low, high, shape: $0, endpoint: endpoint, as: type)
          } ?? Tensor(random.integers(low, high, endpoint: endpoint, as: type))))
    }
    switch step.arguments.string("dtype") {
    case nil, "int64": return try drawn(as: Int.self)
    case "int32": return try drawn(as: Int32.self)
    case "int16": return try drawn(as: Int16.self)
    case "int8": return try drawn(as: Int8.self)
    case "uint64": return try drawn(as: UInt64.self)
    case "uint32": return try drawn(as: UInt32.self)
    case "uint16": return try drawn(as: UInt16.self)
    case "uint8": return try drawn(as: UInt8.self)
    case "bool":
      return .drew(
        Drawn(
          try random.integers(low, high, shape: shape ?? [], endpoint: endpoint, as: Bool.self)))
    default: return .notExpressible
    }
  }

  private mutating func choice(_ step: StepArguments) throws -> Outcome {
    let arguments = step.arguments
    let shape: Shape?
    // A negative count reaches the method, as NumPy's does.
    if let size = arguments.int("size"), size < 0 { shape = nil } else { shape = try step.shape() }
    let replacing = arguments.bool("replace") == true
    let shuffled = arguments.bool("shuffle") ?? true
    let p = step.inputs?.array("p")
    if let a = step.inputs?.array("a") {
      let shape = shape ?? []
      let axis = try checkedAxis(step, a) ?? 0
      return .drew(
        a.type == "int64"
          ? Drawn(
            try random.choice(
              a.intTensor, shape: shape, replacing: replacing, probabilities: p?.tensor, axis: axis,
              shuffled: shuffled))
          : Drawn(
            try random.choice(
              a.tensor, shape: shape, replacing: replacing, probabilities: p?.tensor, axis: axis,
              shuffled: shuffled)))
    }
    let count = try #require(arguments.int("a"))
    if let size = arguments.int("size"), p?.shape.count ?? 1 == 1 {
      return .drew(
        Drawn(
          Tensor(
            try random.choice(
              count, size: size, replacing: replacing, probabilities: p?.doubles, shuffled: shuffled
            ))))
    }
    guard let shape else {
      return .drew(
        Drawn(
          Tensor(
            try random.choice(count, replacing: replacing, probabilities: p?.doubles))))
    }
    return .drew(
      Drawn(
        try random.choice(
          count, shape: shape, replacing: replacing, probabilities: p?.tensor, shuffled: shuffled)))
  }

  private mutating func shuffle(_ step: StepArguments) throws -> Outcome {
    let x = try #require(step.inputs?.array("x"))
    let axis = try checkedAxis(step, x) ?? 0
    switch (step.arguments.string("kind"), x.type) {
    case ("list", "int64"):
      var list = x.ints
      random.shuffle(&list)
      return .drew(Drawn(Tensor(list)))
    case ("array", "int64"):
      var tensor = x.intTensor
      random.shuffle(&tensor, axis: axis)
      return .drew(Drawn(tensor))
    case ("array", "float64"):
      var tensor = x.tensor
      random.shuffle(&tensor, axis: axis)
      return .drew(Drawn(tensor))
    default: return .notExpressible
    }
  }

  /// The draws of generators whose next word is given, each with the number that `random()` gives after it.
  ///
  /// The words lie at the edges of the ziggurats' layers, so that a table that is off by a bit shows.
  private func drawsAfterWords(_ step: StepArguments) throws -> Outcome {
    let words = try #require(step.inputs?.array("words")).unsigned
    // A state whose upper half is zero is output as its lower half. The state before it takes the multiplier's
    // inverse, by Newton's method: each round doubles the bits that are right.
    let multiplier: UInt128 = 0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645
    var inverse = multiplier
    for _ in 0..<6 { inverse = inverse &* (2 &- multiplier &* inverse) }
    try #require(inverse &* multiplier == 1)
    var drawn: [Double] = []
    for word in words {
      let state = try Generator.State(state: (UInt128(word) &- 1) &* inverse, increment: 1)
      var random = Generator(state: state)
      switch (step.arguments.string("of"), step.arguments.string("dtype")) {
      case ("standard_normal", "float64"): drawn.append(random.standardNormal())
      case ("standard_normal", "float32"):
        drawn.append(Double(random.standardNormal(as: Float.self)))
      case ("standard_exponential", "float64"): drawn.append(random.standardExponential())
      case ("standard_exponential", "float32"):
        drawn.append(Double(random.standardExponential(as: Float.self)))
      default: return .notExpressible
      }
      drawn.append(random.random())
    }
    return .drew(Drawn(Tensor(drawn, shape: [words.count, 2])))
  }

  func expectState(_ expected: ReferenceCase, _ place: Comment) {
    let state = random.state
    #expect("\(state.state)" == expected.string("state"), place)
    #expect("\(state.increment)" == expected.string("inc"), place)
    let kept = expected.int("has_uint32") == 1 ? expected.int("uinteger") : nil
    #expect(state.keptWord.map { Int($0) } == kept, place)
    #expect(random.seedSequence?.spawnedCount == expected.int("spawned"), place)
  }
}
