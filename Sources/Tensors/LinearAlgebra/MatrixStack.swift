/// The matrices of the last two axes of a tensor, one after the other in memory, as doubles.
struct MatrixStack {
  /// The extents of the axes in front of the last two.
  let batch: Shape
  let rows: Int
  let columns: Int
  private let elements: Tensor<Double>

  /// Memory for matrices, not set to anything.
  init(batch: Shape, rows: Int, columns: Int) {
    self.batch = batch
    self.rows = rows
    self.columns = columns
    elements = Tensor(Shape(batch.extents + [rows, columns])) { _ in }
  }

  /// A copy of the matrices of a tensor of rank 2 or more.
  init<Scalar: FloatingScalar>(copying tensor: Tensor<Scalar>) {
    batch = Shape(Array(tensor.shape.extents.dropLast(2)))
    rows = tensor.shape[tensor.rank - 2]
    columns = tensor.shape[tensor.rank - 1]
    let doubles = Tensor<Double>(tensor)
    // A conversion has made memory of its own already.
    elements = tensor is Tensor<Double> ? doubles.copied() : doubles.contiguous()
  }

  /// The number of matrices.
  var count: Int { batch.elementCount }

  /// A matrix; the stack must be kept alive while it is used.
  subscript(index: Int) -> MatrixBlock {
    guard let start = elements.storage.elements(as: Double.self).baseAddress else {
      preconditionFailure("a stack of matrices has no memory")
    }
    return MatrixBlock(
      start + (elements.layout.offset + index * rows * columns), rows, columns)
  }

  /// The matrices as a tensor.
  func tensor<Scalar: FloatingScalar>() -> Tensor<Scalar> { Tensor<Scalar>(elements) }

  /// The transposes of the matrices as a tensor.
  func transposed<Scalar: FloatingScalar>() -> Tensor<Scalar> {
    let columns = elements.matrixTransposed
    // A conversion lays the elements out anew anyway.
    return Scalar.self == Double.self
      ? Tensor<Scalar>(columns.contiguous()) : Tensor<Scalar>(columns)
  }

  /// The first row of each matrix as a tensor of vectors.
  func vectors<Scalar: FloatingScalar>() -> Tensor<Scalar> {
    Tensor<Scalar>(elements.reshaped(Shape(batch.extents + [rows * columns])))
  }

  /// The only element of each matrix.
  func numbers<Scalar: FloatingScalar>() -> Tensor<Scalar> {
    Tensor<Scalar>(elements.reshaped(batch))
  }
}

extension Tensor where Scalar: FloatingScalar {
  /// Stops if the elements aren't known, which `operation` needs.
  func requireConcrete(for operation: String) {
    // Unlike a precondition, this says why in an optimised build too.
    if isTraced {
      fatalError(
        "\(operation) needs the elements of its operands and can't be traced: "
          + "call it outside of compile, gradient and valueAndGradient")
    }
  }

  /// Checks that the tensor is a matrix or a stack of matrices.
  func checkMatrices() throws(LinearAlgebraError) {
    guard rank >= 2 else { throw .notMatrices(rank: rank) }
  }

  /// Checks that the tensor is a square matrix or a stack of them.
  func checkSquareMatrices() throws(LinearAlgebraError) {
    try checkMatrices()
    guard shape[rank - 2] == shape[rank - 1] else { throw .notSquare }
  }
}
