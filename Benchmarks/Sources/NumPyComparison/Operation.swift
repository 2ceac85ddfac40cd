import Tensors

/// The case to run, and how large its inputs are.
struct Request {
  var name: String
  /// The elements of a vector.
  var count: Int
  var rows: Int
  var columns: Int
}

/// Makes the inputs of a case and returns the operation that is timed.
///
/// The cases are those of `numpy_comparison.py`, in its order.
///
/// - Returns: The operation, or `nil` if there is no such case.
func operation<Scalar: FloatingScalar>(
  _ request: Request, as _: Scalar.Type
) throws -> (() -> Tensor<Scalar>)? {
  /// Numbers from −4 to 4, the same as NumPy draws from this seed.
  func input(_ seed: UInt32, _ shape: Shape) throws -> Tensor<Scalar> {
    var random = RandomState(seed: seed)
    return Tensor<Scalar>(try random.uniform(-4, 4, shape: shape))
  }
  func vector(_ seed: UInt32) throws -> Tensor<Scalar> { try input(seed, [request.count]) }
  func matrix() throws -> Tensor<Scalar> { try input(1, [request.rows, request.columns]) }

  switch request.name {
  case "add":
    let (a, b) = (try vector(1), try vector(2))
    return { a + b }
  case "multiply-add":
    let (a, b, c) = (try vector(1), try vector(2), try vector(3))
    return { a * b + c }
  case "exp":
    let a = try vector(1)
    return { exp(a) }
  case "tanh":
    let a = try vector(1)
    return { tanh(a) }
  case "sum":
    let m = try matrix()
    return { m.sum() }
  case "sum over axis 0":
    let m = try matrix()
    return { m.sum(axis: 0) }
  case "sum over axis 1":
    let m = try matrix()
    return { m.sum(axis: 1) }
  case "broadcast row":
    let (m, row) = (try matrix(), try input(2, [request.columns]))
    return { m + row }
  case "broadcast column":
    let (m, column) = (try matrix(), try input(2, [request.rows, 1]))
    return { m + column }
  case "transposed copy":
    let m = try matrix()
    return { m.transposed().contiguous() }
  case "boolean mask":
    let a = try vector(1)
    let mask = a .> 0
    return { a[mask] }
  case "fancy rows":
    let m = try matrix()
    var random = RandomState(seed: 2)
    let extent = Double(request.rows)
    let rows = Tensor<Int>(try random.uniform(0, extent, shape: [request.rows]))
    return { m[rows] }
  case "sort":
    let a = try vector(1)
    return { a.sorted() }
  case "matmul":
    let (m, n) = (try matrix(), try input(2, [request.columns, request.rows]))
    return { m.matmul(n) }
  default:
    return nil
  }
}
