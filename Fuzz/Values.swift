import Formats
import Tensors

/// Reads a tensor of a type that is known at run time only, and writes it again.
///
/// Stops if what is written isn't read back as the same bytes.
func roundTrip<Scalar: TensorScalar>(
  _ scalar: Scalar.Type, _ tensor: () throws -> Tensor<Scalar>
) throws {
  let written = try NPY.encoded(tensor())
  guard let file = try? NPY(parsing: written, file: "again"),
    let again = try? file.tensor(as: scalar), let bytes = try? NPY.encoded(again)
  else { fatalError("what was written can't be read") }
  precondition(bytes == written, "what was written reads differently")
}

/// The tensors of any type that a file holds.
protocol TensorSource {
  func tensor<Scalar: TensorScalar>(as scalar: Scalar.Type) throws -> Tensor<Scalar>
}

func roundTrip(_ type: ScalarType, _ source: some TensorSource) throws {
  switch type {
  case .float32: try roundTrip(Float.self) { try source.tensor(as: Float.self) }
  case .float64: try roundTrip(Double.self) { try source.tensor(as: Double.self) }
  case .int8: try roundTrip(Int8.self) { try source.tensor(as: Int8.self) }
  case .int16: try roundTrip(Int16.self) { try source.tensor(as: Int16.self) }
  case .int32: try roundTrip(Int32.self) { try source.tensor(as: Int32.self) }
  case .int64: try roundTrip(Int64.self) { try source.tensor(as: Int64.self) }
  case .uint8: try roundTrip(UInt8.self) { try source.tensor(as: UInt8.self) }
  case .uint16: try roundTrip(UInt16.self) { try source.tensor(as: UInt16.self) }
  case .uint32: try roundTrip(UInt32.self) { try source.tensor(as: UInt32.self) }
  case .uint64: try roundTrip(UInt64.self) { try source.tensor(as: UInt64.self) }
  case .bool: try roundTrip(Bool.self) { try source.tensor(as: Bool.self) }
  }
}

/// Calls a reader with the bytes that libFuzzer made; a `FormatError` is an answer like any other.
func run(
  _ start: UnsafePointer<UInt8>?, _ count: Int, _ read: ([UInt8]) throws -> Void
) -> Int32 {
  do {
    try read(Array(UnsafeBufferPointer(start: start, count: count)))
  } catch is FormatError {
  } catch {
    fatalError("an error of another type: \(error)")
  }
  return 0
}
