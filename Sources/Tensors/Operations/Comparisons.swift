import CKernels

package struct Equal: ComparisonPrimitive {
  package init() {}
  package static var name: String { "equal" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.numeric(type).pointee.equal }
  package static func reference(_ x: Double, _ y: Double) -> Bool { x == y }
}

package struct NotEqual: ComparisonPrimitive {
  package init() {}
  package static var name: String { "not_equal" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.numeric(type).pointee.not_equal }
  package static func reference(_ x: Double, _ y: Double) -> Bool { x != y }
}

package struct Less: ComparisonPrimitive {
  package init() {}
  package static var name: String { "less" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.numeric(type).pointee.less }
  package static func reference(_ x: Double, _ y: Double) -> Bool { x < y }
}

package struct LessOrEqual: ComparisonPrimitive {
  package init() {}
  package static var name: String { "less_equal" }
  package static func loop(_ type: ScalarType) -> Loop { Kernels.numeric(type).pointee.less_equal }
  package static func reference(_ x: Double, _ y: Double) -> Bool { x <= y }
}

extension Tensor {
  /// Tells for each pair of elements whether they are equal; NaN is equal to nothing.
  ///
  ///     let x = Tensor<Double>([1, .nan])
  ///     x .== x  // [ True False]
  ///     x .== 1  // [ True False]
  ///
  /// - Parameters:
  ///   - x: Any shape.
  ///   - y: A shape that broadcasts with that of `x`.
  /// - Returns: Truth values of the common shape.
  /// - SeeAlso: NumPy's `equal`.
  public static func .== (x: Tensor, y: Tensor) -> Tensor<Bool> { Equal()(x, y) }
  /// Tells for each element whether, with the number, they are equal.
  public static func .== (x: Tensor, y: Scalar) -> Tensor<Bool> { x .== Tensor(y) }
  /// Tells for each pair of elements whether they differ; NaN is equal to nothing.
  ///
  ///     let x = Tensor<Double>([1, .nan])
  ///     x .!= x  // [False  True]
  ///     x .!= 1  // [False  True]
  ///
  /// - Parameters:
  ///   - x: Any shape.
  ///   - y: A shape that broadcasts with that of `x`.
  /// - Returns: Truth values of the common shape.
  /// - SeeAlso: NumPy's `not_equal`.
  public static func .!= (x: Tensor, y: Tensor) -> Tensor<Bool> { NotEqual()(x, y) }
  /// Tells for each element whether, with the number, they differ.
  public static func .!= (x: Tensor, y: Scalar) -> Tensor<Bool> { x .!= Tensor(y) }
}

extension Tensor {
  /// Tells for each pair of elements whether the first is less (false is less than true); NaN is
  /// equal to nothing.
  ///
  ///     Tensor<Int>([1, 2]) .< Tensor([2, 2])  // [ True False]
  ///     Tensor<Int>([1, 2]) .< 2               // [ True False]
  ///
  /// - Parameters:
  ///   - x: Any shape.
  ///   - y: A shape that broadcasts with that of `x`.
  /// - Returns: Truth values of the common shape.
  /// - SeeAlso: NumPy's `less`.
  public static func .< (x: Tensor, y: Tensor) -> Tensor<Bool> { Less()(x, y) }
  /// Tells for each element whether, with the number, the first is less.
  public static func .< (x: Tensor, y: Scalar) -> Tensor<Bool> { x .< Tensor(y) }
  /// Tells for each pair of elements whether the first is less or equal; NaN is equal to nothing.
  ///
  ///     Tensor<Int>([1, 2]) .<= Tensor([1, 1])  // [ True False]
  ///     Tensor<Int>([1, 2]) .<= 1               // [ True False]
  ///
  /// - Parameters:
  ///   - x: Any shape.
  ///   - y: A shape that broadcasts with that of `x`.
  /// - Returns: Truth values of the common shape.
  /// - SeeAlso: NumPy's `less_equal`.
  public static func .<= (x: Tensor, y: Tensor) -> Tensor<Bool> { LessOrEqual()(x, y) }
  /// Tells for each element whether, with the number, the first is less or equal.
  public static func .<= (x: Tensor, y: Scalar) -> Tensor<Bool> { x .<= Tensor(y) }
  /// Tells for each pair of elements whether the first is greater; NaN is equal to nothing.
  ///
  ///     Tensor<Int>([1, 2]) .> Tensor([1, 1])  // [False  True]
  ///     Tensor<Int>([1, 2]) .> 1               // [False  True]
  ///
  /// - Parameters:
  ///   - x: Any shape.
  ///   - y: A shape that broadcasts with that of `x`.
  /// - Returns: Truth values of the common shape.
  /// - SeeAlso: NumPy's `greater`.
  public static func .> (x: Tensor, y: Tensor) -> Tensor<Bool> { Less()(y, x) }
  /// Tells for each element whether, with the number, the first is greater.
  public static func .> (x: Tensor, y: Scalar) -> Tensor<Bool> { x .> Tensor(y) }
  /// Tells for each pair of elements whether the first is greater or equal; NaN is equal to
  /// nothing.
  ///
  ///     Tensor<Int>([1, 2]) .>= Tensor([2, 2])  // [False  True]
  ///     Tensor<Int>([1, 2]) .>= 2               // [False  True]
  ///
  /// - Parameters:
  ///   - x: Any shape.
  ///   - y: A shape that broadcasts with that of `x`.
  /// - Returns: Truth values of the common shape.
  /// - SeeAlso: NumPy's `greater_equal`.
  public static func .>= (x: Tensor, y: Tensor) -> Tensor<Bool> { LessOrEqual()(y, x) }
  /// Tells for each element whether, with the number, the first is greater or equal.
  public static func .>= (x: Tensor, y: Scalar) -> Tensor<Bool> { x .>= Tensor(y) }
}
