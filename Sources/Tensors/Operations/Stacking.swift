extension Shape {
  /// Returns the shape of tensors stacked along a new axis.
  ///
  ///     try Shape.stack([[2, 3], [2, 3]], axis: -1)  // (2, 3, 2)
  ///
  /// - Parameters:
  ///   - shapes: At least one, all equal.
  ///   - axis: Where the new axis stands in the result, from the end if negative.
  /// - Returns: The common shape with the new axis, whose extent is the number of tensors.
  /// - Throws: `ShapeError` if there is none, the shapes differ or there is no such axis.
  /// - SeeAlso: NumPy's `stack`.
  public static func stack(_ shapes: [Shape], axis: Int) throws(ShapeError) -> Shape {
    guard let first = shapes.first else { throw ShapeError("need at least one array to stack") }
    guard shapes.allSatisfy({ $0 == first }) else {
      throw ShapeError("all input arrays must have the same shape")
    }
    let whole = Shape(first.extents + [1])
    var extents = first.extents
    extents.insert(shapes.count, at: try whole.normalizedAxis(axis))
    return try Shape(checking: extents)
  }
}

/// Stacks tensors along a new axis.
///
///     stack([Tensor<Int>([1, 2]), Tensor<Int>([3, 4])], axis: 1)  // [[1 3]
///                                                                 //  [2 4]]
///
/// - Parameters:
///   - tensors: At least one, all of the same shape.
///   - axis: Where the new axis stands in the result, from the end if negative.
/// - Returns: A tensor of one axis more.
/// - SeeAlso: NumPy's `stack`; the rule is ``Shape/stack(_:axis:)``.
public func stack<Scalar: TensorScalar>(
  _ tensors: [Tensor<Scalar>], axis: Int = 0
) -> Tensor<Scalar> {
  let place = requireShape { () throws(ShapeError) in
    let whole = try Shape.stack(tensors.map(\.shape), axis: axis)
    return try whole.normalizedAxis(axis)
  }
  return concatenate(tensors.map { $0.expandedDimensions(at: place) }, axis: place)
}

/// Joins tensors one beside the other: along the second axis, vectors along their only one.
///
///     hstack([Tensor<Int>([[1], [2]]), [[3], [4]]])  // [[1 3]
///                                                    //  [2 4]]
///
/// - Parameter tensors: At least one; scalars count as vectors of one element.
/// - Returns: The joined tensor.
/// - SeeAlso: NumPy's `hstack`; the rule is ``Shape/concatenate(_:axis:)``.
public func hstack<Scalar: TensorScalar>(_ tensors: [Tensor<Scalar>]) -> Tensor<Scalar> {
  concatenate(
    tensors.map { $0.atLeast1D() }, axis: tensors.first.map { $0.rank > 1 } == true ? 1 : 0)
}

/// Joins tensors one below the other: along the first axis, vectors as rows.
///
///     vstack([Tensor<Int>([1, 2]), [3, 4]])  // [[1 2]
///                                            //  [3 4]]
///
/// - Parameter tensors: At least one.
/// - Returns: The joined tensor.
/// - SeeAlso: NumPy's `vstack`; the rule is ``Shape/concatenate(_:axis:)``.
public func vstack<Scalar: TensorScalar>(_ tensors: [Tensor<Scalar>]) -> Tensor<Scalar> {
  concatenate(tensors.map { $0.atLeast2D() }, axis: 0)
}

/// Joins tensors one behind the other: along the third axis.
///
///     dstack([Tensor<Int>([[1, 2]]), [[3, 4]]])  // [[[1 3]
///                                                //   [2 4]]]
///
/// - Parameter tensors: At least one; those of fewer axes are extended as ``Tensor/atLeast3D()``
///   does.
/// - Returns: The joined tensor.
/// - SeeAlso: NumPy's `dstack`; the rule is ``Shape/concatenate(_:axis:)``.
public func dstack<Scalar: TensorScalar>(_ tensors: [Tensor<Scalar>]) -> Tensor<Scalar> {
  concatenate(tensors.map { $0.atLeast3D() }, axis: 2)
}

/// Joins vectors as columns, and matrices one beside the other.
///
///     columnStack([Tensor<Int>([1, 2]), [3, 4]])  // [[1 3]
///                                                 //  [2 4]]
///
/// - Parameter tensors: At least one.
/// - Returns: The joined tensor.
/// - SeeAlso: NumPy's `column_stack`; the rule is ``Shape/concatenate(_:axis:)``.
public func columnStack<Scalar: TensorScalar>(_ tensors: [Tensor<Scalar>]) -> Tensor<Scalar> {
  concatenate(tensors.map { $0.rank < 2 ? $0.reshaped(-1, 1) : $0 }, axis: 1)
}

extension Tensor {
  /// Returns the tensor with another at its end.
  ///
  ///     let x: Tensor<Int> = [[1, 2]]
  ///     x.appending([[3, 4]], axis: 0)  // [[1 2]
  ///                                     //  [3 4]]
  ///     x.appending([3])                // [1 2 3]
  ///
  /// - Parameters:
  ///   - other: Equal in shape but for the extent on `axis`.
  ///   - axis: The axis to join along, from the end if negative; `nil` joins all elements in C
  ///     order.
  /// - Returns: The joined tensor.
  /// - SeeAlso: NumPy's `append`; the rule is ``Shape/concatenate(_:axis:)``.
  public func appending(_ other: Tensor, axis: Int? = nil) -> Tensor {
    concatenate([self, other], axis: axis)
  }
}
