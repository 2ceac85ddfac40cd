import Foundation
import Tensors
import TestSupport
import Testing

/// The cases of a fixture of NumPy's answers.
func numpyCases(_ name: String) throws -> [ReferenceCase] {
  let url = try #require(
    Bundle.module.url(forResource: "Fixtures/numpy/\(name)", withExtension: "json"))
  return try ReferenceFile(url).cases
}

extension ScalarType {
  /// The type of NumPy's name.
  init?(name: String) {
    guard let type = ScalarType.allCases.first(where: { $0.name == name }) else { return nil }
    self = type
  }

  /// The Swift type of the elements.
  var swiftType: any TensorScalar.Type {
    switch self {
    case .float32: Float.self
    case .float64: Double.self
    case .int8: Int8.self
    case .int16: Int16.self
    case .int32: Int32.self
    case .int64: Int.self
    case .uint8: UInt8.self
    case .uint16: UInt16.self
    case .uint32: UInt32.self
    case .uint64: UInt.self
    case .bool: Bool.self
    }
  }
}

extension ReferenceArray {
  var scalarType: ScalarType {
    get throws { try #require(ScalarType(name: type), "no tensor of \(type)") }
  }

  /// The array as a tensor of its own type, which must be the one asked for.
  func tensor<Scalar: TensorScalar>(of _: Scalar.Type) throws -> Tensor<Scalar> {
    try #require(try scalarType == Scalar.scalarType)
    let whole: [any TensorScalar] =
      switch Scalar.scalarType {
      case .float64: doubles
      case .float32: doubles.map { Float($0) }
      case .bool: bools
      case .uint64: unsigned.map { UInt($0) }
      case .int64: ints
      case .int32: ints.map { Int32($0) }
      case .int16: ints.map { Int16($0) }
      case .int8: ints.map { Int8($0) }
      case .uint32: ints.map { UInt32($0) }
      case .uint16: ints.map { UInt16($0) }
      case .uint8: ints.map { UInt8($0) }
      }
    return Tensor(try whole.map { try #require($0 as? Scalar) }, shape: Shape(shape))
  }

  /// The array as a tensor of any type, converted if need be.
  func converted<Scalar: TensorScalar>(to _: Scalar.Type) throws -> Tensor<Scalar> {
    func convert<Own: TensorScalar>(_: Own.Type) throws -> Tensor<Scalar> {
      Tensor<Scalar>(try tensor(of: Own.self))
    }
    return try convert(scalarType.swiftType)
  }
}

/// An operation of a file that its test doesn't run.
struct Unknown: Error {
  var name: String
}

/// Judges the results of cases against what the file expects, and counts them by operation.
struct ReferenceJudge {
  /// Whether 0 and −0 differ where no tolerance is given.
  var zeroSignsCount: (String) -> Bool
  /// Whether they differ under a tolerance in units in the last place.
  var zeroSignsCountUnderUlps = false
  private(set) var counts: [String: Int] = [:]

  init(
    zeroSignsCount: @escaping (String) -> Bool = { _ in true },
    zeroSignsCountUnderUlps: Bool = false
  ) {
    self.zeroSignsCount = zeroSignsCount
    self.zeroSignsCountUnderUlps = zeroSignsCountUnderUlps
  }

  /// Runs a case and records an issue if a result, or the message of an error, is not what is expected.
  mutating func judge(
    _ example: ReferenceCase, run: (ReferenceCase) throws -> [String: any AnyTensor]
  ) throws {
    let id = try #require(example.string("id"))
    let operation = try #require(example.string("op"))
    counts[operation, default: 0] += 1
    do {
      let results = try run(example)
      guard let expected = example.child("expected") else {
        Issue.record("\(id) \(operation): no error, but \(example.object["error"] ?? "nothing")")
        return
      }
      #expect(Set(results.keys) == Set(expected.object.keys), "\(id) \(operation)")
      for (name, got) in results {
        let wanted = try #require(expected.array(name))
        let tolerance = example.child("tol")?.child(name) ?? example.child("tol")
        let problem = problem(got, wanted, tolerance, operation)
        #expect(problem == nil, "\(id) \(operation) \(example.object["args"] ?? ""): \(name)")
      }
    } catch let error as ShapeError {
      let wanted = example.child("error")?.string("message")
      #expect(error.message == wanted, "\(id) \(operation)")
    }
  }

  /// What tells a result from what is expected, if anything.
  func problem(
    _ got: any AnyTensor, _ expected: ReferenceArray, _ tolerance: ReferenceCase?,
    _ operation: String
  ) -> String? {
    if got.shape.extents != expected.shape { return "shape \(got.shape), not \(expected.shape)" }
    if got.scalarType.name != expected.type {
      return "\(got.scalarType.name), not \(expected.type)"
    }
    func compare<Scalar: TensorScalar>(_: Scalar.Type) -> String? {
      guard let got = got as? Tensor<Scalar>, let wanted = try? expected.tensor(of: Scalar.self)
      else { return "the elements can't be read" }
      for (index, (x, y)) in zip(got.scalars, wanted.scalars).enumerated() {
        let isRight =
          switch (x, y) {
          case (let x as Double, let y as Double): agree(x, y, tolerance, operation)
          case (let x as Float, let y as Float): agree(x, y, tolerance, operation)
          default: x == y
          }
        if !isRight { return "element \(index) is \(x), not \(y)" }
      }
      return nil
    }
    return compare(got.scalarType.swiftType)
  }

  private func agree<Scalar: FloatingScalar>(
    _ x: Scalar, _ y: Scalar, _ tolerance: ReferenceCase?, _ operation: String
  ) -> Bool {
    if x.isNaN || y.isNaN { return x.isNaN && y.isNaN }
    let isSignWrong = x == 0 && y == 0 && x.sign != y.sign
    guard let tolerance else { return x == y && !(isSignWrong && zeroSignsCount(operation)) }
    let ulps = tolerance.double("ulp")
    if isSignWrong && ulps != nil && zeroSignsCountUnderUlps { return false }
    if x == y { return true }
    if let ulps, ulpDistance(x, y) <= ulps { return true }
    let (relative, absolute) = (tolerance.double("rtol") ?? 0, tolerance.double("atol") ?? 0)
    let error = (Double(x) - Double(y)).magnitude
    return x.isFinite && y.isFinite && error <= absolute + relative * Double(y).magnitude
  }

  /// Prints how many cases of each operation were run, and expects these to be all.
  func expectCounts(_ expected: [String: Int], of file: String) {
    print(
      "\(file): \(counts.values.reduce(0, +)) cases: "
        + counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        .joined(separator: ", "))
    #expect(counts == expected)
  }
}
