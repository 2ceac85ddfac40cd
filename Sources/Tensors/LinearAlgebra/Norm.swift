/// Which norm of vectors or matrices is meant.
///
/// A number can stand for itself: `x.norm(1)`.
///
///     let x: Tensor<Double> = [3, -4]
///     x.norm(1)                   // 7.0
///     x.norm(NormOrder.infinity)  // 4.0
///     x.norm(.negativeInfinity)   // 3.0
public enum NormOrder: Sendable, Hashable {
  /// The `p`-th root of the sum of the magnitudes to the power `p`; of a matrix one of ±1 (the
  /// largest or smallest sum of a column's magnitudes), ±2 (the largest or smallest singular value)
  /// and ±∞ (the largest or smallest sum of a row's magnitudes).
  ///
  /// The 0-norm of a vector is the number of elements other than 0, the ±∞-norm the largest or
  /// smallest magnitude.
  case p(Double)
  /// Of a matrix, the square root of the sum of the squares.
  case frobenius
  /// Of a matrix, the sum of the singular values.
  case nuclear

  /// The largest magnitude of a vector, or sum of a row's magnitudes of a matrix.
  public static let infinity = NormOrder.p(.infinity)
  /// The smallest magnitude of a vector, or sum of a row's magnitudes of a matrix.
  public static let negativeInfinity = NormOrder.p(-.infinity)
}

extension NormOrder: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
  /// Makes the `p`-norm.
  public init(integerLiteral value: Int) { self = .p(Double(value)) }
  /// Makes the `p`-norm.
  public init(floatLiteral value: Double) { self = .p(value) }
}

extension Shape {
  /// Returns the axes that a norm is taken over, in the order given, after checking that there is
  /// such a norm.
  ///
  ///     try Shape([2, 3, 4]).normAxes(.nuclear, [-1, 0])  // [2, 0]
  ///     try Shape([2, 3, 4]).normAxes(.nuclear, [0])
  ///     // throws Invalid norm order 'nuc' for vectors
  ///
  /// - Parameters:
  ///   - order: Which norm; `nil` is the square root of the sum of the squares, for any number of
  ///     axes if they aren't given.
  ///   - axes: One axis for vectors, or the row and the column axis of matrices; `nil` means all.
  /// - Returns: The axes from 0 to `rank - 1`.
  /// - Throws: `ShapeError` if the axes or their number don't fit.
  /// - SeeAlso: NumPy's `linalg.norm`.
  public func normAxes(_ order: NormOrder?, _ axes: [Int]?) throws(ShapeError) -> [Int] {
    guard let axes else {
      let all = Array(0..<rank)
      return order == nil ? all : try normAxes(order, all)
    }
    guard axes.count == 1 || axes.count == 2 else {
      throw ShapeError("Improper number of dimensions to norm.")
    }
    if axes.count == 1 {
      switch order {
      case nil, .p: break
      case .frobenius: throw ShapeError("Invalid norm order 'fro' for vectors")
      case .nuclear: throw ShapeError("Invalid norm order 'nuc' for vectors")
      }
    }
    var normalized: [Int] = []
    for axis in axes { normalized.append(try normalizedAxis(axis)) }
    if axes.count == 2 {
      guard normalized[0] != normalized[1] else { throw ShapeError("Duplicate axes given.") }
      if case .p(let p) = order, ![1, 2, .infinity].contains(p.magnitude) {
        throw ShapeError("Invalid norm order for matrices.")
      }
    }
    return normalized
  }
}

extension Tensor where Scalar: FloatingScalar {
  /// Returns the norm of a vector or matrix, or of each along some axes.
  ///
  ///     let x: Tensor<Double> = [[3, 4], [6, 8]]
  ///     x.norm()         // 11.180339887498949
  ///     x.norm(axis: 1)  // [ 5. 10.]
  ///     x.norm(1)        // 12.0
  ///
  /// Norms of matrices that need singular values (2, −2, nuclear) can't be traced.
  ///
  /// - Parameters:
  ///   - order: Which norm; `nil` is the square root of the sum of the squares.
  ///   - axes: One axis for vectors, or the row and the column axis of matrices; `nil` means all,
  ///     of which there must be one or two unless `order` is `nil`.
  ///   - keepingAxes: Whether the axes stay, with extent 1.
  /// - Returns: The norms, none negative; NaN where singular values are needed and an element is
  ///   infinite or NaN.
  /// - Precondition: ``Shape/normAxes(_:_:)`` holds; the smallest of no elements is not asked for.
  /// - SeeAlso: NumPy's `linalg.norm`, which throws where this is NaN for singular values.
  public func norm(
    _ order: NormOrder? = nil, axes: [Int]? = nil, keepingAxes: Bool = false
  ) -> Tensor {
    let over = requireShape { () throws(ShapeError) in try shape.normAxes(order, axes) }
    switch order {
    case nil, .frobenius:
      return sqrt(square(self).sum(axes: over, keepingAxes: keepingAxes))
    case .nuclear:
      return ofSingularValues(over, keepingAxes) { $0.sum(axis: -1) }
    case .p(let p):
      return over.count == 1
        ? vectorNorm(p, over[0], keepingAxes) : matrixNorm(p, over, keepingAxes)
    }
  }

  /// Returns the norm of each vector along an axis.
  ///
  ///     Tensor<Double>([[3, 4], [6, 8]]).norm(axis: 1)  // [ 5. 10.]
  ///
  /// - Parameters:
  ///   - order: Which norm; `nil` is the square root of the sum of the squares.
  ///   - axis: The axis to take it over, from the end if negative.
  ///   - keepingAxis: Whether it stays, with extent 1.
  /// - Returns: The norms, 0 or more.
  /// - SeeAlso: NumPy's `linalg.norm`.
  public func norm(
    _ order: NormOrder? = nil, axis: Int, keepingAxis: Bool = false
  ) -> Tensor {
    norm(order, axes: [axis], keepingAxes: keepingAxis)
  }

  private func vectorNorm(_ p: Double, _ axis: Int, _ keeping: Bool) -> Tensor {
    switch p {
    case .infinity: return abs(self).largest(axis, keeping)
    case -.infinity: return abs(self).min(axis: axis, keepingAxis: keeping)
    case 0: return Tensor(self .!= 0).sum(axis: axis, keepingAxis: keeping)
    case 1: return abs(self).sum(axis: axis, keepingAxis: keeping)
    case 2: return sqrt(square(self).sum(axis: axis, keepingAxis: keeping))
    default:
      let sum = power(abs(self), Scalar(p)).sum(axis: axis, keepingAxis: keeping)
      return power(sum, 1 / Scalar(p))
    }
  }

  private func matrixNorm(_ p: Double, _ axes: [Int], _ keeping: Bool) -> Tensor {
    switch p {
    case 2: return ofSingularValues(axes, keeping) { $0.largest(-1, false) }
    case -2: return ofSingularValues(axes, keeping) { $0.min(axis: -1) }
    default:
      // Columns are summed along the row axis, rows along the column axis.
      let (along, across) = p.magnitude == 1 ? (axes[0], axes[1]) : (axes[1], axes[0])
      let sums = abs(self).sum(axis: along, keepingAxis: true)
      let result =
        p > 0 ? sums.largest(across, true) : sums.min(axis: across, keepingAxis: true)
      return keeping ? result : result.reshaped(removing(axes))
    }
  }

  /// The largest element, none of which is negative; 0 for none.
  private func largest(_ axis: Int, _ keeping: Bool) -> Tensor {
    let axis = axis < 0 ? axis + rank : axis
    if shape[axis] == 0 { return sum(axis: axis, keepingAxis: keeping) }
    return max(axis: axis, keepingAxis: keeping)
  }

  private func removing(_ axes: [Int]) -> Shape {
    Shape(shape.indices.filter { !axes.contains($0) }.map { shape[$0] })
  }

  private func ofSingularValues(
    _ axes: [Int], _ keeping: Bool, _ norm: (Tensor) -> Tensor
  ) -> Tensor {
    requireConcrete(for: "a norm by singular values")
    let matrices = transposed(shape.indices.filter { !axes.contains($0) } + axes)
    let result: Tensor
    do throws(LinearAlgebraError) {
      result = norm(try matrices.singularValues())
    } catch {
      // Of several matrices, one that is not finite doesn't spoil the others.
      result = matrices.finiteSingularValues(norm)
    }
    guard keeping else { return result }
    return result.reshaped(Shape(shape.indices.map { axes.contains($0) ? 1 : shape[$0] }))
  }

  /// What `norm` gives for the singular values of each matrix, NaN for those with elements that are
  /// not finite.
  private func finiteSingularValues(_ norm: (Tensor) -> Tensor) -> Tensor {
    let batch = Shape(Array(shape.extents.dropLast(2)))
    let matrices = reshaped(Shape([batch.elementCount] + shape.extents.suffix(2)))
    let norms = (0..<batch.elementCount).map { index in
      let values = try? matrices[index].singularValues()
      return values.map { norm($0).scalar } ?? .nan
    }
    return Tensor(norms, shape: batch)
  }
}
