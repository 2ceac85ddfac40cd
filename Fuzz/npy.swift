import Formats
import Tensors

private struct Source: TensorSource {
  var file: NPY
  func tensor<Scalar: TensorScalar>(as scalar: Scalar.Type) throws -> Tensor<Scalar> {
    try file.tensor(as: scalar)
  }
}

/// An npy file.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  run(start, count) { bytes in
    let file = try NPY(parsing: bytes, file: "fuzz")
    precondition(file.shape.elementCount * file.scalarType.byteCount <= bytes.count)
    try roundTrip(file.scalarType, Source(file: file))
  }
}
