extension Tensor: Equatable {
  /// Tells whether two tensors have the same shape and equal elements: NumPy's `array_equal`.
  ///
  ///     Tensor([1, 2]) == Tensor([1, 2])    // true
  ///     Tensor([1, 2]) == Tensor([[1, 2]])  // false
  ///
  /// - Parameters:
  ///   - a: A tensor.
  ///   - b: Another.
  /// - Returns: Whether they are equal; one with a NaN is not equal to itself.
  /// - Precondition: Both tensors are concrete.
  public static func == (a: Tensor, b: Tensor) -> Bool {
    guard a.shape == b.shape else { return false }
    return a.withElements { x in b.withElements { y in x.elementsEqual(y) } }
  }
}
