import CKernels

package struct Divide: BinaryPrimitive {
  package init() {}
  package static var name: String { "divide" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.numeric(type).pointee.divide }
  package static func reference(_ x: Double, _ y: Double) -> Double { x / y }
  package static var domain: ClosedRange<Double> { 0.5...4 }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ z: Tensor<Scalar>, _ dz: Tensor<Scalar>
  ) -> (Tensor<Scalar>, Tensor<Scalar>) {
    (dz / y, -(dz * z) / y)
  }
}

extension Tensor where Scalar: FloatingScalar {
  /// Divides two tensors element by element; division by zero gives an infinity or NaN.
  ///
  /// - Parameters:
  ///   - x: Any shape.
  ///   - y: A shape that broadcasts with that of `x`.
  /// - Returns: A tensor of the common shape.
  /// - SeeAlso: NumPy's `divide`.
  public static func / (x: Tensor, y: Tensor) -> Tensor { Divide()(x, y) }

  /// Divides a tensor and a number element by element; division by zero gives an infinity or NaN.
  public static func / (x: Tensor, y: Scalar) -> Tensor { Divide()(x, Tensor(y)) }

  /// Divides a number and a tensor element by element; division by zero gives an infinity or NaN.
  public static func / (x: Scalar, y: Tensor) -> Tensor { Divide()(Tensor(x), y) }

  /// Replaces the tensor by the result of `/`.
  ///
  ///     var x: Tensor<Double> = [1, 2]
  ///     x /= [4, 5]
  ///     x  // [0.25 0.4 ]
  ///
  /// - Precondition: `y` broadcasts to the shape of `x`.
  public static func /= (x: inout Tensor, y: Tensor) {
    requireShape { () throws(ShapeError) in try x.shape.checkInPlace(with: y.shape) }
    x = x / y
  }

  /// Replaces the tensor by the result of `/`.
  public static func /= (x: inout Tensor, y: Scalar) { x = x / y }
}

extension Tensor where Scalar: IntegerScalar {
  /// Divides two tensors of whole numbers element by element; the quotients are `Double`.
  ///
  ///     Tensor([7, 1]) / Tensor([2, 0])  // [3.5 inf]
  ///
  /// - Parameters:
  ///   - x: Any shape.
  ///   - y: A shape that broadcasts with that of `x`.
  /// - Returns: A tensor of the common shape; division by zero gives an infinity or NaN.
  /// - SeeAlso: NumPy's `divide`; ``floorDivide(_:_:)`` for whole quotients.
  public static func / (x: Tensor, y: Tensor) -> Tensor<Double> {
    Tensor<Double>(x) / Tensor<Double>(y)
  }

  /// Divides a tensor and a whole number element by element; the quotients are `Double`.
  public static func / (x: Tensor, y: Scalar) -> Tensor<Double> { x / Tensor(y) }

  /// Divides a whole number and a tensor element by element; the quotients are `Double`.
  public static func / (x: Scalar, y: Tensor) -> Tensor<Double> { Tensor(x) / y }
}
