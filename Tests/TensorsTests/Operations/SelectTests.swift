import Tensors
import TestSupport
import Testing

@Suite struct SelectTests {
  @Test func choosesElementByElement() {
    var random = SeededGenerator(seed: 12)
    for count in lengthsAroundVectors {
      let conditions = (0..<count).map { _ in random.once(in: 2) }
      let x: [Float] = random.scalars(count, in: -1...1)
      let y: [Float] = random.scalars(count, in: -1...1)
      let expected = conditions.indices.map { conditions[$0] ? x[$0] : y[$0] }
      for condition in View.vectors(conditions) {
        for (x, y) in zip(View.vectors(x), View.vectors(y).reversed()) {
          #expect(
            select(condition.tensor, x.tensor, y.tensor).scalars == expected,
            "\(condition.name), \(x.name), \(y.name)")
        }
      }
      #expect(
        select(Tensor(conditions), Tensor(x), 7).scalars
          == zip(conditions, x).map { $0 ? $1 : 7 })
      #expect(
        select(Tensor(conditions), 7, Tensor(y)).scalars
          == zip(conditions, y).map { $0 ? 7 : $1 })
    }
  }

  @Test func broadcastsAllThree() {
    let chosen = select(
      Tensor([true, false], shape: [2, 1]), Tensor([1, 2, 3]), Tensor([10, 20], shape: [2, 1]))
    #expect(chosen == [[1, 2, 3], [20, 20, 20]])
    #expect(select(Tensor(true), Tensor(1), Tensor([5, 6])).scalars == [1, 1])
  }

  /// What is not chosen has no influence: a NaN or an infinity there stays there.
  @Test func ignoresWhatIsNotChosen() {
    let x = Tensor<Double>([.nan, 1, .infinity])
    #expect(select(x .== x, x, 0).scalars == [0, 1, .infinity])
    #expect(select(x .< 2, x, -1).scalars == [-1, 1, -1])
  }
}
