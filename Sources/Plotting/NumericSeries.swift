public import Tensors

/// Numbers to draw: an array or a tensor of any number type.
///
/// A tensor gives its elements in C order.
///
///     func count(_ series: some NumericSeries) -> Int { series.numbers.count }
///     count([1, 2, 3])                       // 3
///     count(Tensor<Float>([[1, 2], [3, 4]])) // 4
public protocol NumericSeries {
  /// The numbers in order.
  ///
  ///     Tensor<Float>([0.5, 2]).numbers  // [0.5, 2.0]
  var numbers: [Double] { get }
}

extension Array: NumericSeries where Element: NumericScalar {
  /// The elements as `Double`.
  ///
  ///     [1, 2].numbers  // [1.0, 2.0]
  public var numbers: [Double] { self as? [Double] ?? Tensor(self).numbers }
}

extension Tensor: NumericSeries where Scalar: NumericScalar {
  /// The elements in C order as `Double`.
  ///
  ///     Tensor<Int>([[1, 2], [3, 4]]).transposed().numbers  // [1.0, 3.0, 2.0, 4.0]
  public var numbers: [Double] { Tensor<Double>(self).scalars }
}
