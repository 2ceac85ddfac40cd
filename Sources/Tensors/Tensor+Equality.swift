extension Tensor: Equatable {
  /// Tells whether two tensors have the same shape and equal elements: NumPy's `array_equal`.
  ///
  /// - Precondition: Both tensors are concrete.
  public static func == (a: Tensor, b: Tensor) -> Bool {
    guard a.shape == b.shape else { return false }
    return a.withElements { x in b.withElements { y in x.elementsEqual(y) } }
  }
}
