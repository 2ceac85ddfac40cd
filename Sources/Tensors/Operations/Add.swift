import CKernels

package struct Add: BinaryPrimitive {
  package init() {}
  package static var name: String { "add" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.numeric(type).pointee.add }
  package static func reference(_ x: Double, _ y: Double) -> Double { x + y }
  package static func derivative<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ z: Tensor<Scalar>, _ dz: Tensor<Scalar>
  ) -> (Tensor<Scalar>, Tensor<Scalar>) {
    (dz, dz)
  }
}

extension Tensor where Scalar: NumericScalar {
  /// Adds two tensors element by element; whole numbers wrap.
  ///
  ///     let x: Tensor<Int> = [1, 2]
  ///     x + [[10], [20]]  // [[11 12]
  ///                       //  [21 22]]
  ///     x + 5             // [6 7]
  ///
  /// - Parameters:
  ///   - x: Any shape.
  ///   - y: A shape that broadcasts with that of `x`.
  /// - Returns: A tensor of the common shape.
  /// - SeeAlso: NumPy's `add`.
  public static func + (x: Tensor, y: Tensor) -> Tensor { Add()(x, y) }

  /// Adds a tensor and a number element by element; whole numbers wrap.
  public static func + (x: Tensor, y: Scalar) -> Tensor { Add()(x, Tensor(y)) }

  /// Adds a number and a tensor element by element; whole numbers wrap.
  public static func + (x: Scalar, y: Tensor) -> Tensor { Add()(Tensor(x), y) }

  /// Replaces the tensor by the result of `+`.
  ///
  ///     var x: Tensor<Int> = [1, 2]
  ///     x += [10, 20]
  ///     x  // [11 22]
  ///
  /// - Precondition: `y` broadcasts to the shape of `x`.
  public static func += (x: inout Tensor, y: Tensor) {
    requireShape { () throws(ShapeError) in try x.shape.checkInPlace(with: y.shape) }
    x = x + y
  }

  /// Replaces the tensor by the result of `+`.
  public static func += (x: inout Tensor, y: Scalar) { x = x + y }
}
