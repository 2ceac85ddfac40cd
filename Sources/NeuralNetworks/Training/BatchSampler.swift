public import Tensors

/// How the rows of a training's steps are chosen.
///
///     var random = RandomState(seed: 7)
///     var model = try Sequential(Float.self, input: [4], random: &random) {
///       Dense(3, activation: .softmax)
///     }
///     // The weights first, then the rows of each step: the order in which the seed's numbers are
///     // drawn in NumPy programs.
///     try model.fit(
///       .iris(), loss: .categoricalCrossEntropy, optimizer: SGD(), sampling: .choice(random))
public enum Sampling: Sendable {
  /// Each epoch goes once through all rows, in an order drawn anew; its last step takes what is
  /// left.
  case shuffledEpochs
  /// Each epoch goes once through all rows as they stand; its last step takes what is left.
  case inOrder
  /// Each step draws its rows from all, none of them twice; if it takes all, as they stand.
  case draws
  /// Each step draws its rows as `numpy.random.choice(count, batchSize, replace=False)` does from
  /// this state on, which goes through all rows each time.
  case choice(RandomState)
}

/// Chooses the rows of one step after the other.
///
///     var sampler = BatchSampler(count: 5, batchSize: 2, .inOrder)
///     sampler.next()  // [0, 1]
///     sampler.next()  // [2, 3]
///     sampler.next()  // [4]
///     sampler.next()  // [0, 1]
///
///     // numpy.random.seed(7), then choice(5, 2, replace=False) twice.
///     var choice = BatchSampler(count: 5, batchSize: 2, .choice(RandomState(seed: 7)))
///     choice.next()  // [0, 3]
///     choice.next()  // [2, 1]
public struct BatchSampler: Sendable {
  /// The steps that have as many rows together as there are, or a few more.
  public let stepsPerEpoch: Int
  /// The rows of a step, but for the last of an epoch that goes once through all.
  public let batchSize: Int

  /// The number of rows that are chosen from.
  public let count: Int
  private var sampling: Sampling
  private var random: SplitMix64
  /// All rows; the next ones to take begin at `position`.
  private(set) var order: [Int]
  private var position = 0

  /// Prepares to choose rows.
  ///
  /// - Parameters:
  ///   - count: The number of rows there are, 1 or more.
  ///   - batchSize: The rows of a step, 1 or more; more than there are means all.
  ///   - sampling: How to choose.
  ///   - seed: The seed of the generator that draws, where the sampling doesn't bring its own.
  /// - Precondition: `count` and `batchSize` are 1 or more.
  public init(
    count: Int, batchSize: Int, _ sampling: Sampling = .shuffledEpochs, seed: UInt64 = 0
  ) {
    precondition(count > 0, "there are \(count) rows to choose from; there must be 1 or more")
    precondition(batchSize > 0, "the batch size is \(batchSize); it must be 1 or more")
    self.count = count
    self.batchSize = Swift.min(batchSize, count)
    self.sampling = sampling
    stepsPerEpoch = (count + self.batchSize - 1) / self.batchSize
    random = SplitMix64(seed: seed)
    order = Array(0..<count)
  }

  /// Returns the rows of the next step.
  ///
  /// - Returns: Numbers from 0 to `count − 1`, none of them twice.
  public mutating func next() -> [Int] {
    switch advance() {
    case .consecutive(let rows): Array(rows)
    case .listed(let places): Array(order[places])
    }
  }

  /// The rows of a step.
  enum Batch {
    /// Rows that follow each other.
    case consecutive(Range<Int>)
    /// Those that stand at some places of ``order``.
    case listed(Range<Int>)
  }

  /// Chooses the rows of the next step; nothing is allocated but by `choice`.
  mutating func advance() -> Batch {
    switch sampling {
    case .shuffledEpochs:
      if position == 0 { shuffle(first: count) }
      return .listed(nextPart())
    case .inOrder:
      return .consecutive(nextPart())
    case .draws:
      if batchSize == count { return .consecutive(0..<count) }
      shuffle(first: batchSize)
      return .listed(0..<batchSize)
    case .choice(var state):
      order = state.permutation(count)
      sampling = .choice(state)
      return .listed(0..<batchSize)
    }
  }

  /// The next places of an epoch.
  private mutating func nextPart() -> Range<Int> {
    let part = position..<Swift.min(position + batchSize, count)
    position = part.upperBound == count ? 0 : part.upperBound
    return part
  }
}

extension BatchSampler {
  /// Draws what stands at the first places from all (Fisher & Yates 1938, Durstenfeld 1964).
  private mutating func shuffle(first places: Int) {
    let count = count
    order.withUnsafeMutableBufferPointer { order in
      for place in 0..<Swift.min(places, count - 1) {
        let other = place &+ random.below(count &- place)
        (order[place], order[other]) = (order[other], order[place])
      }
    }
  }
}
