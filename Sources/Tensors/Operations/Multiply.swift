import CKernels

package struct Multiply: BinaryPrimitive {
  package init() {}
  package static var name: String { "multiply" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.numeric(type).pointee.multiply }
  package static func reference(_ x: Double, _ y: Double) -> Double { x * y }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ z: Tensor<Scalar>, _ dz: Tensor<Scalar>
  ) -> (Tensor<Scalar>, Tensor<Scalar>) {
    (dz * y, dz * x)
  }
}

extension Tensor where Scalar: NumericScalar {
  /// Multiplies two tensors element by element; whole numbers wrap.
  ///
  ///     let x: Tensor<Double> = [1, 2]
  ///     x * [[10], [20]]  // [[10. 20.]
  ///                       //  [20. 40.]]
  ///     0.5 * x           // [0.5 1. ]
  ///
  /// - Parameters:
  ///   - x: Any shape.
  ///   - y: A shape that broadcasts with that of `x`.
  /// - Returns: A tensor of the common shape.
  /// - SeeAlso: NumPy's `multiply`.
  public static func * (x: Tensor, y: Tensor) -> Tensor { Multiply()(x, y) }

  /// Multiplies a tensor and a number element by element; whole numbers wrap.
  public static func * (x: Tensor, y: Scalar) -> Tensor { Multiply()(x, Tensor(y)) }

  /// Multiplies a number and a tensor element by element; whole numbers wrap.
  public static func * (x: Scalar, y: Tensor) -> Tensor { Multiply()(Tensor(x), y) }

  /// Replaces the tensor by the result of `*`.
  ///
  ///     var x: Tensor<Int> = [1, 2]
  ///     x *= 3
  ///     x  // [3 6]
  ///
  /// - Precondition: `y` broadcasts to the shape of `x`.
  public static func *= (x: inout Tensor, y: Tensor) {
    requireShape { () throws(ShapeError) in try x.shape.checkInPlace(with: y.shape) }
    x = x * y
  }

  /// Replaces the tensor by the result of `*`.
  public static func *= (x: inout Tensor, y: Scalar) { x = x * y }
}
