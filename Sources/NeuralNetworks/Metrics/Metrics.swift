public import Tensors

/// Returns the fraction of samples whose class is predicted right.
///
/// With several outputs the class is the position of the largest; with one it is whether that is
/// above one half.
///
///     accuracy(Tensor<Double>([[0.9, 0.1], [0.4, 0.6]]), Tensor([[1, 0], [1, 0]]))  // 0.5
///
/// - Parameters:
///   - prediction: `[batch, outputs]`.
///   - target: The same shape, one-hot or 0 and 1.
/// - Returns: One element from 0 to 1.
/// - SeeAlso: Keras's `CategoricalAccuracy` and `BinaryAccuracy`.
public func accuracy<Scalar: FloatingScalar>(
  _ prediction: Tensor<Scalar>, _ target: Tensor<Scalar>
) -> Tensor<Scalar> {
  let isRight =
    prediction.shape.last == 1
    ? (prediction .> 0.5) .== (target .> 0.5)
    : prediction.argMax(axis: -1) .== target.argMax(axis: -1)
  return Tensor<Scalar>(isRight).mean()
}

/// How often each class was predicted as each class.
///
///     let matrix = ConfusionMatrix(
///       predicted: [0, 1, 1, 1], actual: [0, 0, 1, 1], classNames: ["cat", "dog"])
///     matrix           //      cat  dog
///                      // cat    1    1
///                      // dog    0    2
///     matrix.accuracy  // 0.75
public struct ConfusionMatrix: Sendable, Hashable {
  /// `counts[t][p]`: the samples of class `t` that were predicted as class `p`.
  public let counts: [[Int]]
  /// The names of the classes.
  public let classNames: [String]

  /// Counts predictions.
  ///
  /// - Parameters:
  ///   - predicted: The predicted class of each sample.
  ///   - actual: The true class of each sample; as many.
  ///   - classNames: The names of the classes.
  /// - Precondition: Every class has a name.
  public init(predicted: [Int], actual: [Int], classNames: [String]) {
    precondition(predicted.count == actual.count, "a prediction for each sample is needed")
    var counts = [[Int]](
      repeating: [Int](repeating: 0, count: classNames.count), count: classNames.count)
    for (p, t) in zip(predicted, actual) { counts[t][p] += 1 }
    self.counts = counts
    self.classNames = classNames
  }

  /// The fraction of samples on the diagonal; NaN for none.
  public var accuracy: Double {
    let total = counts.joined().reduce(0, +)
    return Double(counts.indices.reduce(0) { $0 + counts[$1][$1] }) / Double(total)
  }
}

extension ConfusionMatrix: CustomStringConvertible {
  /// A table: true classes down, predicted ones across.
  public var description: String {
    let cells = counts.map { $0.map(String.init) }
    let left = classNames.map(\.count).max() ?? 0
    let widths = classNames.indices.map { column in
      Swift.max(classNames[column].count, cells.map { $0[column].count }.max() ?? 0)
    }
    func line(_ head: String, _ row: [String]) -> String {
      let cells = zip(row, widths).map { String(repeating: " ", count: $1 - $0.count) + $0 }
      return ([String(repeating: " ", count: left - head.count) + head] + cells)
        .joined(separator: "  ")
    }
    return ([line("", classNames)] + zip(classNames, cells).map(line)).joined(separator: "\n")
  }
}

extension Tensor where Scalar: FloatingScalar {
  /// The class of each row of predictions or one-hot targets: see ``accuracy(_:_:)``.
  ///
  ///     Tensor<Float>([[0.9, 0.1], [0.2, 0.8]]).classes  // [0, 1]
  ///     Tensor<Float>([[0.9], [0.2]]).classes            // [1, 0]
  public var classes: [Int] {
    shape.last == 1 ? scalars.map { $0 > 0.5 ? 1 : 0 } : argMax(axis: -1).scalars
  }
}
