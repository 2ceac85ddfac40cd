extension Tensor {
  /// Makes a tensor without axes: one number.
  ///
  ///     Tensor<Float>(2.5)  // 2.5
  ///
  /// - Parameter scalar: The element.
  /// - SeeAlso: NumPy's `array` of a number.
  public init(_ scalar: Scalar) {
    self.init([] as Shape) { $0.initialize(repeating: scalar) }
  }

  /// Makes a vector of these elements.
  ///
  ///     Tensor([1.5, 2])  // [1.5 2. ]
  ///
  /// - Parameter scalars: Any number of elements.
  /// - SeeAlso: NumPy's `array` of a list.
  public init(_ scalars: [Scalar]) {
    self.init(scalars, shape: [scalars.count])
  }

  /// Makes a tensor of these elements in C order.
  ///
  ///     Tensor([1, 2, 3, 4], shape: [2, 2])  // [[1 2]
  ///                                          //  [3 4]]
  ///
  /// - Parameters:
  ///   - scalars: As many as `shape` holds.
  ///   - shape: The extents of the axes.
  /// - Precondition: The counts are equal.
  public init(_ scalars: [Scalar], shape: Shape) {
    precondition(
      scalars.count == shape.elementCount,
      "cannot reshape array of size \(scalars.count) into shape \(shape.compact)")
    self.init(shape) { _ = $0.initialize(from: scalars) }
  }

  /// Makes a tensor whose elements are all the same.
  ///
  ///     Tensor<Float>(repeating: 7, shape: [2])  // [7. 7.]
  ///
  /// - Parameters:
  ///   - scalar: The element.
  ///   - shape: The extents of the axes.
  /// - SeeAlso: NumPy's `full`.
  public init(repeating scalar: Scalar, shape: Shape) {
    let one = Tensor(scalar)
    self.init(storage: one.storage, layout: one.layout.broadcast(to: shape))
  }

  /// Returns a tensor of zeros (or false).
  ///
  ///     Tensor<Int>.zeros([2, 2])  // [[0 0]
  ///                                //  [0 0]]
  ///
  /// - Parameter shape: The extents of the axes.
  /// - Returns: A tensor of that shape.
  /// - SeeAlso: NumPy's `zeros`.
  public static func zeros(_ shape: Shape) -> Tensor { Tensor(repeating: .zero, shape: shape) }

  /// Returns a tensor of ones (or true).
  ///
  ///     Tensor<Double>.ones([2])  // [1. 1.]
  ///
  /// - Parameter shape: The extents of the axes.
  /// - Returns: A tensor of that shape.
  /// - SeeAlso: NumPy's `ones`.
  public static func ones(_ shape: Shape) -> Tensor { Tensor(repeating: .one, shape: shape) }
}

extension Shape {
  /// Returns the shape of rows with a one in the column of each label.
  ///
  ///     try Shape.oneHot([1, 0], classes: 3)  // (2, 3)
  ///     try Shape.oneHot([1, 3], classes: 3)
  ///     // throws index 3 is out of bounds for axis 0 with size 3
  ///
  /// - Parameters:
  ///   - labels: Each from 0 to `classes - 1`.
  ///   - classes: The number of columns.
  /// - Returns: `[labels.count, classes]`.
  /// - Throws: `ShapeError` if a label is out of range.
  public static func oneHot(_ labels: [Int], classes: Int) throws(ShapeError) -> Shape {
    let shape = try Shape(checking: [labels.count, classes])
    if let wrong = labels.first(where: { $0 < 0 || $0 >= classes }) {
      throw .outOfBounds(wrong, axis: 0, extent: classes)
    }
    return shape
  }
}

extension Tensor where Scalar: NumericScalar {
  /// Returns rows with a one in the column of each label and zeros elsewhere.
  ///
  ///     Tensor<Float>.oneHot([1, 0], classes: 3)  // [[0. 1. 0.]
  ///                                               //  [1. 0. 0.]]
  ///
  /// - Parameters:
  ///   - labels: `[count]`, each from 0 to `classes - 1`.
  ///   - classes: The number of columns.
  /// - Returns: `[count, classes]`.
  /// - Precondition: Every label is in range.
  /// - SeeAlso: Keras's `to_categorical`; the rule is ``Shape/oneHot(_:classes:)``.
  public static func oneHot(_ labels: [Int], classes: Int) -> Tensor {
    let shape = requireShape { () throws(ShapeError) in
      try Shape.oneHot(labels, classes: classes)
    }
    return Tensor(shape) { elements in
      elements.initialize(repeating: .zero)
      for (row, label) in labels.enumerated() { elements[row * classes + label] = .one }
    }
  }
}

/// A part of a tensor literal: a number, or a row of parts.
///
///     let row: TensorLiteral<Int> = [1, 2]
///     let matrix: Tensor<Int> = [[3, 4], [5, 6]]
///     Tensor(arrayLiteral: row, row)  // [[1 2]
///                                     //  [1 2]]
///     matrix.shape                    // (2, 2)
public struct TensorLiteral<Scalar: TensorScalar>: ExpressibleByArrayLiteral, Sendable {
  fileprivate let shape: [Int]
  fileprivate let scalars: [Scalar]

  fileprivate init(_ scalar: Scalar) {
    shape = []
    scalars = [scalar]
  }

  fileprivate init(rows: [TensorLiteral]) {
    for row in rows {
      require(
        row.shape == rows[0].shape,
        "setting an array element with a sequence. The requested array has an inhomogeneous shape")
    }
    shape = [rows.count] + (rows.first?.shape ?? [])
    scalars = rows.flatMap(\.scalars)
  }

  /// Makes a row of parts.
  ///
  /// - Precondition: All parts have the same shape.
  public init(arrayLiteral parts: TensorLiteral...) { self.init(rows: parts) }
}

extension TensorLiteral: ExpressibleByIntegerLiteral where Scalar: NumericScalar {
  /// Makes a number.
  public init(integerLiteral value: Scalar.IntegerLiteralType) {
    self.init(Scalar(integerLiteral: value))
  }
}

extension TensorLiteral: ExpressibleByFloatLiteral where Scalar: FloatingScalar {
  /// Makes a number.
  public init(floatLiteral value: Scalar.FloatLiteralType) {
    self.init(Scalar(floatLiteral: value))
  }
}

extension TensorLiteral: ExpressibleByBooleanLiteral where Scalar == Bool {
  /// Makes a truth value.
  public init(booleanLiteral value: Bool) { self.init(value) }
}

extension Tensor {
  /// Makes the same tensor, or one from a literal of any depth: `Tensor<Float>([[1, 2], [3, 4]])`.
  ///
  /// - Parameter tensor: A tensor, or a literal of numbers in brackets.
  public init(_ tensor: Tensor) { self = tensor }
}

extension Tensor: ExpressibleByArrayLiteral {
  /// Makes a tensor from a literal of any depth: `[[1, 2], [3, 4]]`.
  ///
  /// - Precondition: All rows of a depth have the same shape.
  public init(arrayLiteral parts: TensorLiteral<Scalar>...) {
    let whole = TensorLiteral(rows: parts)
    self.init(whole.scalars, shape: Shape(whole.shape))
  }
}
