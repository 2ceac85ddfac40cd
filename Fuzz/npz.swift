import Formats
import Tensors

private struct Source: TensorSource {
  var file: NPZ
  var name: String
  func tensor<Scalar: TensorScalar>(as scalar: Scalar.Type) throws -> Tensor<Scalar> {
    try file.tensor(name, as: scalar)
  }
}

/// An npz file.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  run(start, count) { bytes in
    let file = try NPZ(parsing: bytes, file: "fuzz")
    for name in file.names {
      guard let type = file.scalarType(of: name) else { continue }
      try roundTrip(type, Source(file: file, name: name))
    }
    let written = try file.encoded(compressing: true)
    guard let again = try? NPZ(parsing: written, file: "again") else {
      fatalError("what was written can't be read")
    }
    precondition(again.names == file.names, "what was written has other names")
  }
}
