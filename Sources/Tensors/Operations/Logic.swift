// On truth values the loops of arithmetic are those of logic: see MY_NUMERIC_LOOPS.

extension Tensor where Scalar == Bool {
  /// Tells for each pair of elements whether both are true: NumPy's `logical_and`.
  ///
  ///     Tensor<Bool>([true, true, false]) .& Tensor([true, false, false])  // [ True False False]
  ///
  /// - Parameters:
  ///   - x: Any shape.
  ///   - y: A shape that broadcasts with that of `x`.
  /// - Returns: A tensor of the common shape.
  public static func .& (x: Tensor, y: Tensor) -> Tensor { Multiply()(x, y) }
  /// Tells for each pair of elements whether at least one is true: NumPy's `logical_or`.
  ///
  ///     Tensor<Bool>([true, true, false]) .| Tensor([true, false, false])  // [ True  True False]
  ///
  /// - Parameters:
  ///   - x: Any shape.
  ///   - y: A shape that broadcasts with that of `x`.
  /// - Returns: A tensor of the common shape.
  public static func .| (x: Tensor, y: Tensor) -> Tensor { Add()(x, y) }
  /// Tells for each pair of elements whether exactly one is true: NumPy's `logical_xor`.
  ///
  ///     Tensor<Bool>([true, true, false]) .^ Tensor([true, false, false])  // [False  True False]
  ///
  /// - Parameters:
  ///   - x: Any shape.
  ///   - y: A shape that broadcasts with that of `x`.
  /// - Returns: A tensor of the common shape.
  public static func .^ (x: Tensor, y: Tensor) -> Tensor { Subtract()(x, y) }
  /// Tells for each element whether it is false: NumPy's `logical_not`.
  ///
  ///     .!Tensor<Bool>([true, false])  // [False  True]
  ///
  /// - Parameter x: Any shape.
  /// - Returns: A tensor of the same shape.
  public static prefix func .! (x: Tensor) -> Tensor { Negate()(x) }
}
