import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct PrintingTests {
  /// Every text that the reference file has for a type of ours, and how many there are of the others.
  @Test func referenceTexts() throws {
    let cases = try referenceCases("printing")
    #expect(cases.count == 343)
    var foreign: [String: Int] = [:]
    for example in cases {
      try #require(example.string("op") == "print")
      let array = try #require(example.child("inputs")?.array("a"))
      guard let tensor = printable(array) else {
        foreign[array.type, default: 0] += 1
        continue
      }
      expectTexts(of: tensor, PrintOptions(), example)
    }
    // There is no tensor of half precision.
    #expect(foreign == ["float16": 7])
    print(
      "printing.json: \(cases.count) cases, of which 7 print half precision, which no tensor holds")
  }

  @Test func referenceTextsUnderOptions() throws {
    let cases = try referenceCases("print_options")
    #expect(cases.count == 150)
    for example in cases {
      let array = try #require(example.child("inputs")?.array("a"))
      let tensor = try #require(printable(array), "no tensor of \(array.type)")
      let chosen = try #require(example.child("args"))
      let known: Set = ["precision", "threshold", "edgeitems", "linewidth", "suppress"]
      #expect(known.isSuperset(of: chosen.object.keys))
      var options = PrintOptions()
      if let precision = chosen.int("precision") { options.precision = precision }
      if let threshold = chosen.int("threshold") { options.threshold = threshold }
      if let edgeItems = chosen.int("edgeitems") { options.edgeItems = edgeItems }
      if let lineWidth = chosen.int("linewidth") { options.lineWidth = lineWidth }
      if let suppress = chosen.object["suppress"] as? Bool { options.suppressSmall = suppress }
      expectTexts(of: tensor, options, example)
    }
  }

  @Test func descriptionsAreTheDefaultTexts() {
    let x: Tensor<Float> = [[1, 2.5], [-3, 4]]
    #expect("\(x)" == "[[ 1.   2.5]\n [-3.   4. ]]")
    #expect(
      String(reflecting: x) == "array([[ 1. ,  2.5],\n       [-3. ,  4. ]], dtype=float32)")
    #expect(x[0, 1].description == "2.5")
  }

  @Test func optionsOfTheDocumentation() {
    var options = PrintOptions()
    options.precision = 3
    #expect(Tensor<Double>([1.0 / 3, 2.5]).formatted(options) == "[0.333 2.5  ]")
    #expect(Tensor<Float>([1, 2.5]).debugDescription == "array([1. , 2.5], dtype=float32)")
  }

  @Test func integersOfBothNames() {
    #expect(Tensor<Int>([1, -2]).debugDescription == "array([ 1, -2])")
    #expect(Tensor<Int64>([1, -2]).debugDescription == "array([ 1, -2])")
    #expect(Tensor<UInt>([.max]).debugDescription == "array([18446744073709551615], dtype=uint64)")
    #expect(
      Tensor<UInt64>([.max]).debugDescription == "array([18446744073709551615], dtype=uint64)")
    #expect(Tensor<Int>([.min, .max]).description == "[-9223372036854775808  9223372036854775807]")
  }

  /// A view prints as a tensor of its own with the same elements does.
  @Test(arguments: [1000, 10])
  func views(threshold: Int) {
    let base = Tensor((0..<240).map { Float($0) / 8 - 3 }, shape: [4, 6, 10])
    let views: [Tensor<Float>] = [
      base.transposed(),
      base.transposed([1, 0, 2]),
      base[.all, .stride(by: -2), 1..<9],
      base[.stride(by: -1), 3],
      base[.rest, .new, 4],
      base[2, 1, .stride(by: 3)],
      base[1, 5, 9],
      base[0..<0],
      base[0, 0].broadcast(to: [3, 8, 10]),
      base[0, .all, 0..<1].broadcast(to: [2, 6, 9]),
    ]
    let options = PrintOptions(threshold: threshold, edgeItems: 2)
    for view in views {
      let copy = Tensor(view.scalars, shape: view.shape)
      #expect(view.formatted(options) == copy.formatted(options))
      #expect(view.debugFormatted(options) == copy.debugFormatted(options))
    }
  }

  /// What is printed is all that's read: these would otherwise take hours, or overflow.
  @Test func hugeViews() {
    let extent = 1 << 40
    let row = Tensor<Int8>(repeating: 7, shape: [extent])
    #expect(row.description == "[7 7 7 ... 7 7 7]")
    #expect(
      row.debugDescription
        == "array([7, 7, 7, ..., 7, 7, 7], shape=(1099511627776,), dtype=int8)")
    let cube = Tensor<Bool>(repeating: true, shape: [extent, extent, extent])
    #expect(
      cube.formatted(PrintOptions(edgeItems: 1))
        == """
        [[[ True ...  True]
          ...
          [ True ...  True]]

         ...

         [[ True ...  True]
          ...
          [ True ...  True]]]
        """)
    #expect(Tensor<Double>.zeros([extent, 0, extent, extent]).description == "[]")
    #expect(
      Tensor<Double>.zeros([extent, extent, 0]).debugDescription
        == "array([], shape=(1099511627776, 1099511627776, 0), dtype=float64)")
  }

  @Test func extremeOptions() {
    let options = PrintOptions(
      precision: .max, threshold: .min, edgeItems: .max, lineWidth: .min, suppressSmall: true)
    let x = Tensor<Double>([.leastNonzeroMagnitude, 1])
    let tiny = "0." + String(repeating: "0", count: 323) + "5"
    #expect(
      x.formatted(options) == "[\(tiny)\n 1." + String(repeating: " ", count: 324) + "]")
    #expect(
      Tensor<Int>([1, 2]).formatted(PrintOptions(threshold: .max, lineWidth: .max)) == "[1 2]")
    #expect(Tensor<Double>(1e300).debugFormatted(options) == "array(1.e+300,\n      shape=())")
  }

  /// A tensor of many axes takes a loop, not a stack frame an axis.
  @Test func manyAxes() {
    let rank = 20_000
    let text = Tensor<Int>(5).reshaped(Shape([Int](repeating: 1, count: rank))).description
    #expect(
      text == String(repeating: "[", count: rank) + "5" + String(repeating: "]", count: rank))
  }

  @Test func tracedTensors() {
    let input = Tensor<Float>(Node(input: [2, 3], .float32))
    let text = "Tensor<Float>(traced, shape: (2, 3))"
    #expect(input.description == text)
    #expect(input.debugDescription == text)
    #expect(input.table() == text)
    #expect(
      (input + 1).sum(axis: 1).description == "Tensor<Float>(traced, shape: (2,))")
  }
}

/// What the tests need of a tensor whose scalar type they don't know.
private protocol PrintableTensor {
  func formatted(_ options: PrintOptions) -> String
  func debugFormatted(_ options: PrintOptions) -> String
}

extension Tensor: PrintableTensor {}

/// The tensor of the type that the array's dtype names, if there is such a type.
private func printable(_ array: ReferenceArray) -> (any PrintableTensor)? {
  let shape = Shape(array.shape)
  return switch ScalarType.allCases.first(where: { $0.name == array.type }) {
  case .float32: Tensor(array.doubles.map { Float($0) }, shape: shape)
  case .float64: Tensor(array.doubles, shape: shape)
  case .int8: Tensor(array.ints.map { Int8($0) }, shape: shape)
  case .int16: Tensor(array.ints.map { Int16($0) }, shape: shape)
  case .int32: Tensor(array.ints.map { Int32($0) }, shape: shape)
  case .int64: Tensor(array.ints, shape: shape)
  case .uint8: Tensor(array.unsigned.map { UInt8($0) }, shape: shape)
  case .uint16: Tensor(array.unsigned.map { UInt16($0) }, shape: shape)
  case .uint32: Tensor(array.unsigned.map { UInt32($0) }, shape: shape)
  case .uint64: Tensor(array.unsigned, shape: shape)
  case .bool: Tensor(array.bools, shape: shape)
  case nil: nil
  }
}

private func expectTexts(
  of tensor: any PrintableTensor, _ options: PrintOptions, _ example: ReferenceCase,
  location: SourceLocation = #_sourceLocation
) {
  let name: Comment = "\(example.string("id") ?? "")"
  #expect(
    tensor.formatted(options) == example.string("str"), name, sourceLocation: location)
  #expect(
    tensor.debugFormatted(options) == example.string("repr"), name, sourceLocation: location)
}

private func referenceCases(_ name: String) throws -> [ReferenceCase] {
  let url = try #require(
    Bundle.module.url(forResource: "Fixtures/numpy/\(name)", withExtension: "json"))
  return try ReferenceFile(url).cases
}
