import Tensors
import TestSupport

/// A tensor whose elements lie in some way, and what they are.
struct View<Scalar: TensorScalar>: Sendable {
  var name: String
  var tensor: Tensor<Scalar>
  /// The elements in C order, put together without the tensor.
  var scalars: [Scalar]
}

extension View {
  /// The same vector, lying in memory in each way that loops tell apart.
  static func vectors(_ scalars: [Scalar]) -> [View] {
    let filler = Scalar.one
    let count = scalars.count
    let contiguous = Tensor(scalars)
    let shifted = Tensor([filler] + scalars)[1...]
    let spread = Tensor(scalars.flatMap { [$0, filler] })[.stride(by: 2)]
    let reversed = Tensor(Array(scalars.reversed()))[.stride(by: -1)]
    let column = Tensor(scalars.flatMap { [filler, $0, filler] }, shape: [count, 3])[.all, 1]
    return [
      View(name: "contiguous", tensor: contiguous, scalars: scalars),
      View(name: "shifted", tensor: shifted, scalars: scalars),
      View(name: "step 2", tensor: spread, scalars: scalars),
      View(name: "step −1", tensor: reversed, scalars: scalars),
      View(name: "column", tensor: column, scalars: scalars),
    ]
  }

  /// Matrices of two rows made of a vector: transposed, and repeated along either axis.
  static func matrices(_ scalars: [Scalar]) -> [View] {
    let count = scalars.count
    let turned = Tensor(scalars.flatMap { [$0, $0] }, shape: [count, 2]).transposed()
    let rows = Tensor(scalars).broadcast(to: [2, count])
    let columns = Tensor(scalars, shape: [count, 1]).broadcast(to: [count, 3])
    return [
      View(name: "transposed", tensor: turned, scalars: scalars + scalars),
      View(name: "repeated rows", tensor: rows, scalars: scalars + scalars),
      View(
        name: "repeated columns", tensor: columns, scalars: scalars.flatMap { [$0, $0, $0] }),
    ]
  }

  /// All of these.
  static func all(_ scalars: [Scalar]) -> [View] { vectors(scalars) + matrices(scalars) }
}

extension View {
  /// The same elements of any shape, lying in memory in several ways.
  static func layouts(_ scalars: [Scalar], _ shape: Shape) -> [View] {
    let axes = Array(shape.indices)
    let all = axes.map { _ in TensorIndex.stride(by: -1) }
    let backwards = Tensor(Array(scalars.reversed()), shape: shape)[all]
    var views = [
      View(name: "contiguous \(shape)", tensor: Tensor(scalars, shape: shape), scalars: scalars),
      View(name: "backwards \(shape)", tensor: backwards, scalars: scalars),
    ]
    guard shape.rank > 0 else { return views }
    // Stored with its axes in reverse order, turned back by a view.
    let turned = Shape(shape.extents.reversed())
    let stored = numbers(of: shape, axes: axes.reversed()).map { scalars[$0] }
    views.append(
      View(
        name: "transposed \(shape)", tensor: Tensor(stored, shape: turned).transposed(),
        scalars: scalars))
    // Every second element of the last axis of a tensor twice as large.
    let wide = Shape(shape.extents.dropLast() + [2 * shape[shape.rank - 1]])
    views.append(
      View(
        name: "spread \(shape)",
        tensor: Tensor(scalars.flatMap { [$0, .one] }, shape: wide)[.rest, .stride(by: 2)],
        scalars: scalars))
    return views
  }
}

/// All positions of a shape in C order.
func positions(of shape: Shape) -> [[Int]] {
  shape.reduce([[]]) { found, extent in
    found.flatMap { position in (0..<extent).map { position + [$0] } }
  }
}

/// The number of a position in C order.
func flat(_ position: [Int], in shape: Shape) -> Int {
  zip(position, shape).reduce(0) { $0 * $1.1 + $1.0 }
}

/// The numbers, in C order of the whole, of the elements at 0 on all axes but these, of which the last runs fastest.
func numbers(of shape: Shape, axes: [Int]) -> [Int] {
  axes.reduce([0]) { starts, axis in
    let step = shape.extents[(axis + 1)...].reduce(1, *)
    return starts.flatMap { start in (0..<shape[axis]).map { start + $0 * step } }
  }
}

/// The elements of each line along an axis, lines in C order.
func lines<Scalar>(of scalars: [Scalar], _ shape: Shape, axis: Int) -> [[Scalar]] {
  let line = numbers(of: shape, axes: [axis])
  return numbers(of: shape, axes: shape.indices.filter { $0 != axis }).map { start in
    line.map { scalars[start + $0] }
  }
}

/// Lengths 0 and 1, and around the widths of vectors: 8 to 64 elements are what instruction sets take at once.
let lengthsAroundVectors = [0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 1000]

/// The numbers at which floating functions break first.
func specialScalars<Scalar: FloatingScalar>() -> [Scalar] {
  let magnitudes: [Scalar] = [
    0, .leastNonzeroMagnitude, .leastNonzeroMagnitude * 3, .leastNormalMagnitude / 2,
    .leastNormalMagnitude, .ulpOfOne / 2, .ulpOfOne, 0.5, 1 - .ulpOfOne / 2, 1, 1 + .ulpOfOne, 2, 3,
    // Around the ends of exp's range in each type, and of its subnormal results.
    87, 88, 88.5, 89, 103, 104, 709, 710, 745, 746,
    .greatestFiniteMagnitude.squareRoot(), .greatestFiniteMagnitude / 2, .greatestFiniteMagnitude,
    .infinity,
  ]
  return magnitudes.flatMap { [$0, -$0] } + [.nan]
}

extension SeededGenerator {
  /// Numbers of every magnitude and both signs, as many near 1 as far from it.
  mutating func scalarsOfAllMagnitudes<Scalar: FloatingScalar>(_ count: Int) -> [Scalar] {
    let highest = Int(Scalar.greatestFiniteMagnitude.exponent)
    return (0..<count).map { _ in
      let range = once(in: 2) ? 6 : highest
      let scale = Scalar(
        sign: once(in: 2) ? .plus : .minus, exponent: .init(int(-range...range)), significand: 1)
      return scale * Scalar(Double.random(in: 1..<2, using: &self))
    }
  }
}
