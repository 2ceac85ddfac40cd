import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct RandomStateTests {
  /// NumPy's own draws, in sequences: the numbers, the states between them, and the errors.
  @Test func drawsAsNumPyDoes() throws {
    let url = try #require(
      Bundle.module.url(forResource: "Fixtures/numpy/random", withExtension: "json"))
    let played = try play(url, with: Player.self)
    print("random.json: \(played.sequences) cases of \(played.steps) steps")
    #expect(played.sequences == 113)
    #expect(played.steps == 1613)
    // What Python finds wrong with a type when it runs, the compiler doesn't let through here.
    #expect(
      played.refused.sorted() == [
        "Cannot cast scalar from dtype('float64') to dtype('int64') according to the rule 'safe'",
        "Seed array must be 1-d", "Unsupported dtype dtype('float64') for randint",
      ])
    #expect(
      played.operations == [
        "advance", "bytes", "choice", "exponential", "get_state", "normal", "permutation", "rand",
        "randint", "randn", "random_integers", "random_sample", "seed", "set_state", "shuffle",
        "standard_exponential", "standard_normal", "uniform",
      ])
  }
}

// What the sequences leave out; the numbers are NumPy 2.4.6's.
extension RandomStateTests {
  @Test func exampleOfTheDocumentation() throws {
    var random = RandomState(seed: 42)
    #expect(random.randomSample() == 0.3745401188473625)
    #expect(try random.randint(0, 10) == 7)
    #expect(random.permutation(3) == [1, 2, 0])
  }

  @Test func integersBetweenBoundsOfTheirOwnShareWords() throws {
    var random = RandomState(seed: 7)
    let bytes = try random.randint(
      Tensor([0, 5, 10, 7]), Tensor([3, 256, 20, 8]), shape: [3, 4], as: UInt8.self)
    #expect(bytes.scalars == [0, 141, 13, 7, 0, 233, 12, 7, 2, 30, 12, 7])
    #expect(random.state.position == 3)
    let shorts = try random.randint(
      Tensor([0, -300]), Tensor([1000, 300]), shape: [3, 2], as: Int16.self)
    #expect(shorts.scalars == [502, 124, 579, -241, 211, 9])
    #expect(random.state.position == 7)
    // Single draws don't.
    var singles: [UInt8] = []
    for _ in 0..<4 { singles.append(try random.randint(0, 200, as: UInt8.self)) }
    #expect(singles == [103, 92, 185, 142])
    #expect(random.state.position == 11)
  }

  @Test func integersOfTheWholeRange() throws {
    var random = RandomState(seed: 7)
    _ = random.bytes(44)
    let signed = try random.randint(Int.min, Int128(Int.max) + 1, shape: [3])
    #expect(
      signed.scalars == [-4_355_814_168_544_580_024, -7_623_238_088_739_655_314]
        + [-1_487_320_192_467_309_862])
    let unsigned = try random.randint(0, Int128(1) << 64, shape: [2], as: UInt64.self)
    #expect(unsigned.scalars == [293_494_324_576_406_695, 9_735_542_036_507_001_924])
    #expect(try random.randomInteger(Int.min, Int.max) == 6_803_186_075_276_793_727)
  }

  @Test func drawsOfNothing() throws {
    var random = RandomState(seed: 7)
    #expect(random.bytes(0) == [])
    #expect(random.state.position == 1)
    var tensor = Tensor<Double>.zeros([5, 0])
    random.shuffle(&tensor)
    #expect(random.state.position == 1)
    #expect(random.permutation(tensor).shape == [5, 0])
    #expect(random.state.position > 1)
    let before = random
    #expect(random.permutation(-1) == [])
    #expect(try random.randint(5, 5, shape: [0]).shape == [0])
    #expect(try random.randint(Tensor([5, 5]), Tensor([1, 1]), shape: [0, 2]).shape == [0, 2])
    #expect(try random.choice(0, size: 0) == [])
    #expect(try random.choice(Tensor<Double>([]), shape: [0, 3]).shape == [0, 3])
    #expect(random == before)
    #expect(try random.choice(5, size: 0, replacing: false) == [])
    #expect(random != before)
  }

  @Test func rowsOfViews() throws {
    var random = RandomState(seed: 3)
    let view = Tensor(Array(0..<12), shape: [3, 4]).transposed()
    #expect(random.permutation(view).scalars == [3, 7, 11, 1, 5, 9, 0, 4, 8, 2, 6, 10])
    var shuffled = view
    random.shuffle(&shuffled)
    #expect(shuffled.scalars == [1, 5, 9, 2, 6, 10, 0, 4, 8, 3, 7, 11])
    #expect(view.scalars == [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11])
    let everySecond = Tensor(Array(0..<10))[.stride(by: -2)]
    #expect(try random.choice(everySecond, shape: [2, 2]) == [[9, 3], [5, 3]])
  }

  @Test func parametersBroadcast() throws {
    var random = RandomState(seed: 5)
    let drawn = try random.normal(
      mean: [[1], [2]], deviation: Tensor([0.5, 1, 2]), shape: [2, 2, 3])
    #expect(
      drawn.scalars == [
        1.2206137434425206, 0.6691298481059124, 5.86154237401556, 1.8739539351984615,
        2.109609841578183, 5.164962234123127, 0.545383797571879, 0.4083633420697116,
        1.375206451674071, 1.8350650211103203, 0.8072353875781939, 1.5902469788248255,
      ])
  }

  /// A tensor is filled from whole blocks of words; that gives what single draws give, wherever it starts and ends.
  @Test(arguments: [0, 1, 2, 310, 311, 312, 313, 623, 624, 625, 2000])
  func manyDrawsAreSingleDraws(count: Int) {
    for drawnBefore in [0, 1, 2, 622, 623, 624, 625] {
      var many = RandomState(seed: 1)
      for _ in 0..<drawnBefore { _ = many.bytes(4) }
      var single = many
      let drawn = many.randomSample([count]).scalars
      #expect(drawn == (0..<count).map { _ in single.randomSample() })
      #expect(many == single)
    }
  }

  @Test func errors() {
    var random = RandomState(seed: 1)
    let before = random
    func expect(_ message: String, _ draw: (inout RandomState) throws -> Void) {
      let error = #expect(throws: RandomError.self) { try draw(&random) }
      #expect(error?.message == message)
      #expect(error.map { "\($0)" } == message)
      #expect(random == before)
    }
    expect("scale < 0") { _ = try $0.normal(deviation: -0.0) }
    expect("scale < 0") { _ = try $0.normal(deviation: -1, shape: [0]) }
    expect("scale < 0") { _ = try $0.exponential(scale: Tensor([1, -0.0])) }
    expect("Range exceeds valid bounds") { _ = try $0.uniform(0, .nan) }
    expect("Range exceeds valid bounds") { _ = try $0.uniform(Tensor([0, 0]), Tensor(.infinity)) }
    expect("operands could not be broadcast together with shapes (2,) (3,) ") {
      _ = try $0.uniform(Tensor([0, 0, 0]), Tensor([1, 1]))
    }
    expect("operands could not be broadcast together with shapes (2,) (3,) ") {
      _ = try $0.randint(Tensor([1, 2]), Tensor([3, 4, 5]))
    }
    expect(
      "Output size (2, 1) is not compatible with broadcast dimensions of inputs (2, 3)."
    ) { _ = try $0.normal(mean: Tensor([0, 0, 0]), deviation: Tensor(1), shape: [2, 1]) }
    expect("Output size () is not compatible with broadcast dimensions of inputs (1,).") {
      _ = try $0.exponential(scale: Tensor([1]), shape: [])
    }
    expect(
      "shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between arg 0 "
        + "with shape (2, 3) and arg 1 with shape (3, 2)."
    ) { _ = try $0.normal(mean: .zeros([2, 3]), deviation: .ones([3, 2])) }
    expect(
      "shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between arg 0 "
        + "with shape (2,) and arg 2 with shape (3,)."
    ) { _ = try $0.randint(Tensor([1, 2]), Tensor([3, 4]), shape: [3]) }
    expect("low >= high") { _ = try $0.randint(Tensor([1, 2]), Tensor([3, 2])) }
    expect("high <= 0") { _ = try $0.randint(Tensor([0, 0]), Tensor([3, 0])) }
    expect("low is out of bounds for uint8") {
      _ = try $0.randint(Tensor([1, -2]), Tensor([3, 2]), as: UInt8.self)
    }
    expect("high is out of bounds for uint8") {
      _ = try $0.randint(Tensor([1, 2]), Tensor([1, 257]), as: UInt8.self)
    }
    expect("low >= high") { _ = try $0.randint(-3, -3) }
    expect("low is out of bounds for bool") {
      _ = try $0.randint(-1, 1, shape: [1], as: Bool.self)
    }
    expect("high is out of bounds for bool") {
      _ = try $0.randint(0, 3, shape: [1], as: Bool.self)
    }
    expect("low >= high") { _ = try $0.randomInteger(3, 2) }
    expect("negative dimensions are not allowed") { _ = try $0.choice(3, size: -1) }
    expect("Negative dimensions are not allowed") {
      _ = try $0.choice(3, size: -1, replacing: false)
    }
    expect("a must be greater than 0 unless no samples are taken") { _ = try $0.choice(0) }
    expect("Cannot take a larger sample than population when 'replace=False'") {
      _ = try $0.choice(-5, size: 0, replacing: false)
    }
    expect("probabilities do not sum to 1") {
      _ = try $0.choice(0, size: 0, probabilities: [])
    }
    let long = (1 << 61) + 1
    let tooLong =
      "array is too big; `arr.size * arr.dtype.itemsize` is larger than the maximum possible size."
    expect(tooLong) { _ = try $0.choice(5, size: long) }
    expect(tooLong) { _ = try $0.choice(long, size: 2, replacing: false) }
    expect("probabilities contain NaN") {
      _ = try $0.choice(3, size: 2, probabilities: [.infinity, -.infinity, 0])
    }
  }

  @Test func seedsFromOutside() throws {
    #expect(try RandomState(checking: 5) == RandomState(seed: 5))
    #expect(try RandomState(checking: [5]) == RandomState(seed: [5]))
    #expect(RandomState(seed: [5]) != RandomState(seed: 5))
    for seed in [-1, 1 << 32, .min, .max] {
      let error = #expect(throws: RandomError.self) { try RandomState(checking: seed) }
      #expect(error?.message == "Seed must be between 0 and 2**32 - 1")
    }
  }

  @Test func shapesFromOutside() throws {
    #expect(try Shape(checking: [2, 0, 3]) == [2, 0, 3])
    #expect(try Shape(checking: []) == [])
    #expect(try Shape(checking: [.max, .max, 0]).elementCount == 0)
    let negative = #expect(throws: ShapeError.self) { try Shape(checking: [2, -1]) }
    #expect(negative?.message == "negative dimensions are not allowed")
    let huge = #expect(throws: ShapeError.self) { try Shape(checking: [1 << 40, 1 << 40]) }
    #expect(huge?.message == "Maximum allowed dimension exceeded")
  }
}

// States, copies and tasks.
extension RandomStateTests {
  @Test func stateGoesRound() throws {
    var random = RandomState(seed: 9)
    _ = random.randomSample([400])
    _ = random.standardNormal()
    let state = random.state
    #expect(state.keptNormal != nil)
    var other = RandomState(seed: 0)
    other.state = try RandomState.State(
      key: state.key, position: state.position, keptNormal: state.keptNormal)
    #expect(other == random)
    #expect(other.state == state)
    let drawn = random.standardNormal([1000])
    #expect(other.standardNormal([1000]) == drawn)
    var third = RandomState(state: state)
    #expect(third.standardNormal([1000]) == drawn)
  }

  /// Parts with which drawing would read past the words or never end.
  @Test func partsThatAreNoState() throws {
    let zeros = [UInt32](repeating: 0, count: 624)
    func message(_ key: [UInt32], _ position: Int) -> String? {
      #expect(throws: RandomError.self) { try RandomState.State(key: key, position: position) }?
        .message
    }
    #expect(
      message([1, 2, 3], 0) == "the key of a random state has 3 words instead of 624")
    for position in [-1, 625] {
      #expect(
        message(RandomState(seed: 1).state.key, position)
          == "the position of a random state is \(position) instead of 0 to 624")
    }
    // The lower bits of the first word are not part of the recurrence.
    var key = zeros
    for first: UInt32 in [0, 0x7fff_ffff] {
      key[0] = first
      #expect(message(key, 624) == "the key of a random state must not be all zeros")
    }
    key[0] = 0x8000_0000
    var random = RandomState(state: try .init(key: key, position: 624))
    #expect(random.standardNormal().isFinite)
  }

  @Test func tasksDrawFromCopies() async {
    var random = RandomState(seed: 3)
    _ = random.standardNormal()
    let start = random
    let expected = random.standardNormal([1001])
    let end = random
    await withTaskGroup(of: (Tensor<Double>, RandomState).self) { group in
      for _ in 0..<10 {
        group.addTask {
          var own = start
          let drawn = own.standardNormal([1001])
          return (drawn, own)
        }
      }
      var count = 0
      for await (drawn, own) in group {
        #expect(drawn == expected)
        #expect(own == end)
        count += 1
      }
      #expect(count == 10)
    }
  }

  @Test func drawsForSwiftsOwnFunctions() throws {
    var random = RandomState(seed: 11)
    var words = random
    let high: UInt32 = try words.randint(0, Int64(1) << 32, as: UInt32.self)
    let low: UInt32 = try words.randint(0, Int64(1) << 32, as: UInt32.self)
    #expect(random.next() == UInt64(high) << 32 | UInt64(low))
    #expect(random == words)
    #expect((0..<6).contains(Int.random(in: 0..<6, using: &random)))
    #expect(random != words)
  }
}

/// A generator that runs the steps of a reference sequence.
private struct Player: SequencePlayer {
  var random: RandomState
  private var saved: [String: RandomState.State] = [:]

  init(_ sequence: ReferenceCase) throws {
    random = try #require(try Player.seeded(sequence))
  }

  /// A generator from the number or list under `seed`, `nil` if it is neither.
  private static func seeded(_ from: ReferenceCase) throws -> RandomState? {
    if let seed = from.integer("seed") { return try RandomState(checking: Int(seed)) }
    guard let list = from.array("seed"), list.shape.count == 1 else { return nil }
    return try RandomState(checking: list.ints)
  }

  mutating func perform(_ operation: String, _ step: StepArguments) throws -> Outcome {
    switch operation {
    case "seed":
      guard let seeded = try Player.seeded(step.arguments) else { return .notExpressible }
      random = seeded
      return .silent
    case "get_state":
      if let name = step.arguments.string("save") { saved[name] = random.state }
      return .silent
    case "set_state":
      random.state = try #require(saved[step.arguments.string("saved") ?? ""])
      return .silent
    case "advance":
      _ = random.randomSample([try #require(step.arguments.int("draws"))])
      return .silent
    case "random_sample", "rand":
      let shape = try step.shape()
      return .drew(
        Drawn(shape.map { random.randomSample($0) } ?? Tensor(random.randomSample())))
    case "standard_normal", "randn":
      let shape = try step.shape()
      return .drew(
        Drawn(shape.map { random.standardNormal($0) } ?? Tensor(random.standardNormal())))
    case "standard_exponential":
      let shape = try step.shape()
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
    case "randint": return try randint(step)
    case "random_integers":
      // With one bound NumPy takes it for the upper, and 1 for the lower.
      let first = try #require(step.arguments.int("low"))
      let second = step.arguments.int("high")
      let (low, high) = second.map { (first, $0) } ?? (1, first)
      let shape = try step.shape()
      return .drew(
        Drawn(
          try shape.map { try random.randomIntegers(low, high, shape: $0) }
            ?? Tensor(random.randomInteger(low, high))))
    case "bytes":
      return .drew(Drawn(Tensor(random.bytes(try #require(step.arguments.int("length"))))))
    case "choice": return try choice(step)
    case "permutation":
      if let count = step.arguments.int("x") {
        return .drew(Drawn(Tensor(random.permutation(count))))
      }
      let x = try #require(step.inputs?.array("x"))
      return .drew(
        x.type == "int64"
          ? Drawn(random.permutation(x.intTensor)) : Drawn(random.permutation(x.tensor)))
    case "shuffle": return try shuffle(step)
    default:
      Issue.record("unknown operation \(operation)")
      return .notExpressible
    }
  }

  private mutating func randint(_ step: StepArguments) throws -> Outcome {
    let shape = try step.shape()
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
        return .drew(Drawn(try random.randint(low, high, shape: shape, as: type)))
      }
      return .drew(
        Drawn(
          try shape.map { try random.randint(low, high, shape: $0, as: type) }
            ?? Tensor(random.randint(low, high, as: type))))
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
        Drawn(try random.randint(low, high, shape: try #require(shape), as: Bool.self)))
    default: return .notExpressible
    }
  }

  private mutating func choice(_ step: StepArguments) throws -> Outcome {
    let shape = try step.shape()
    let replacing = step.arguments.bool("replace") == true
    let p = step.inputs?.array("p") ?? step.arguments.array("p")
    if let a = step.inputs?.array("a") {
      let shape = shape ?? []
      return .drew(
        a.type == "int64"
          ? Drawn(
            try random.choice(
              a.intTensor, shape: shape, replacing: replacing, probabilities: p?.tensor))
          : Drawn(
            try random.choice(
              a.tensor, shape: shape, replacing: replacing, probabilities: p?.tensor)))
    }
    let count = try #require(step.arguments.int("a"))
    guard let shape else {
      return .drew(
        Drawn(
          Tensor(
            try random.choice(count, replacing: replacing, probabilities: p?.doubles))))
    }
    if shape.rank == 1, p?.shape.count ?? 1 == 1 {
      return .drew(
        Drawn(
          Tensor(
            try random.choice(
              count, size: shape[0], replacing: replacing, probabilities: p?.doubles))))
    }
    return .drew(
      Drawn(
        try random.choice(count, shape: shape, replacing: replacing, probabilities: p?.tensor)))
  }

  private mutating func shuffle(_ step: StepArguments) throws -> Outcome {
    let x = try #require(step.inputs?.array("x"))
    switch (step.arguments.string("kind"), x.type) {
    case ("list", "int64"):
      var list = x.ints
      random.shuffle(&list)
      return .drew(Drawn(Tensor(list)))
    case ("array", "int64"):
      var tensor = x.intTensor
      random.shuffle(&tensor)
      return .drew(Drawn(tensor))
    case ("array", "float64"):
      var tensor = x.tensor
      random.shuffle(&tensor)
      return .drew(Drawn(tensor))
    default: return .notExpressible
    }
  }

  func expectState(_ expected: ReferenceCase, _ place: Comment) {
    let state = random.state
    let sum = state.key.reduce(0) { $0 + Int($1) }
    #expect(state.key.prefix(10).map { Int($0) } == expected.array("key_first10")?.ints, place)
    #expect(sum == expected.int("key_sum"), place)
    #expect(state.position == expected.int("pos"), place)
    let kept = expected.int("has_gauss") == 1 ? expected.double("cached_gaussian") : nil
    #expect(state.keptNormal?.bitPattern == kept?.bitPattern, place)
    if let key = expected.array("key") { #expect(state.key.map { Int($0) } == key.ints, place) }
  }
}
