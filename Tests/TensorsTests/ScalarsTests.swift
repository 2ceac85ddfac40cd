import CKernels
import Foundation
import Tensors
import Testing

@Suite struct ScalarsTests {
  @Test func types() {
    #expect(
      ScalarType.allCases.map(\.name).joined(separator: " ")
        == "float32 float64 int8 int16 int32 int64 uint8 uint16 uint32 uint64 bool")
    #expect(ScalarType.allCases.map(\.byteCount) == [4, 8, 1, 2, 4, 8, 1, 2, 4, 8, 1])
    #expect(ScalarType.allCases.filter(\.isFloating) == [.float32, .float64])
    #expect(ScalarType.allCases.count == Int(MY_TYPES.rawValue))
  }

  @Test func sizesAreThoseOfTheSwiftTypes() {
    for type in CastTests.types {
      func check<Scalar: TensorScalar>(_: Scalar.Type) {
        #expect(Scalar.scalarType.byteCount == MemoryLayout<Scalar>.size)
        #expect(Scalar.zero != Scalar.one)
      }
      check(type)
    }
  }

  /// MYELIN_ISA picks the loops, so that the tests run for each instruction set; a name that is unknown or more than
  /// the processor has leaves the best.
  @Test func instructionSet() {
    var available: [String] = []
    while let kernels = my_kernels_available(available.count) {
      available.append(String(cString: kernels.pointee.name))
    }
    #expect(available.last == "baseline")
    let wanted = ProcessInfo.processInfo.environment["MYELIN_ISA"] ?? ""
    #expect(Kernels.instructionSet == (available.contains(wanted) ? wanted : available[0]))
  }
}
