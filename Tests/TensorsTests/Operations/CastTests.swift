import Tensors
import TestSupport
import Testing

/// Conversions between all pairs of element types.
@Suite struct CastTests {
  static let types: [any TensorScalar.Type] = [
    Float.self, Double.self, Int8.self, Int16.self, Int32.self, Int64.self, Int.self, UInt8.self,
    UInt16.self, UInt32.self, UInt64.self, UInt.self, Bool.self,
  ]

  @Test func hasAllTypes() {
    #expect(Set(Self.types.map { $0.scalarType }) == Set(ScalarType.allCases))
  }

  @Test func convertsBetweenAllTypes() throws {
    func check<From: TensorScalar, To: TensorScalar>(_: From.Type, _: To.Type) throws {
      let scalars: [From] = try samples()
      let expected = try scalars.map { try convert($0) as To }
      for view in View.all(scalars) {
        let result = Tensor<To>(view.tensor)
        #expect(result.shape == view.tensor.shape)
        let wanted = try view.scalars.map { try convert($0) as To }
        #expect(
          mismatch(result.scalars, wanted) == nil, "\(From.self) to \(To.self), \(view.name)")
      }
      for count in lengthsAroundVectors where count < scalars.count {
        let part = Tensor<To>(Tensor(scalars)[..<count])
        #expect(
          mismatch(part.scalars, Array(expected[..<count])) == nil,
          "\(count) of \(From.self) to \(To.self)")
      }
    }
    for from in Self.types {
      for to in Self.types { try check(from, to) }
    }
  }

  @Test func keepsTheSameType() {
    let x: Tensor<Float> = [1, 2]
    #expect(Tensor<Float>(x).storage === x.storage)
  }

  /// The numbers at which a conversion of this type may go wrong, and some others.
  private func samples<Scalar: TensorScalar>() throws -> [Scalar] {
    var random = SeededGenerator(seed: 4)
    var found: [any TensorScalar] = []
    func whole<Whole: TensorScalar & FixedWidthInteger>(_: Whole.Type) -> [any TensorScalar] {
      let edges: [Whole] = [0, 1, 2, .min, .max, .min + 1, .max - 1, .max / 2, .max / 2 + 1]
      return edges + (0..<80).map { _ in Whole.random(in: .min ... .max, using: &random) }
    }
    func floating<Floating: FloatingScalar>(_: Floating.Type) -> [any TensorScalar] {
      // The ends of every whole type and the numbers beside them, fractions on both sides.
      let powers = [7, 8, 15, 16, 24, 31, 32, 53, 63, 64].map {
        Floating(sign: .plus, exponent: .init($0), significand: 1)
      }
      let near = powers.flatMap { [$0, $0.nextDown, $0.nextUp, $0 - 0.5, $0 - 1, $0 + 1] }
      let small: [Floating] = [0, 0.25, 0.5, 0.75, 1, 1.5, 1.99, 2.5]
      let positive = near + small + specialScalars().filter { $0 > 0 }
      return positive + positive.map { -$0 } + [.nan]
    }
    switch Scalar.scalarType {
    case .float32: found = floating(Float.self)
    case .float64: found = floating(Double.self)
    case .int8: found = whole(Int8.self)
    case .int16: found = whole(Int16.self)
    case .int32: found = whole(Int32.self)
    case .int64: found = Scalar.self == Int.self ? whole(Int.self) : whole(Int64.self)
    case .uint8: found = whole(UInt8.self)
    case .uint16: found = whole(UInt16.self)
    case .uint32: found = whole(UInt32.self)
    case .uint64: found = Scalar.self == UInt.self ? whole(UInt.self) : whole(UInt64.self)
    case .bool: found = (0..<70).map { $0 % 3 == 0 }
    }
    return try found.map { try #require($0 as? Scalar) }
  }

  /// The conversion as it is documented: toward zero, saturating, NaN to 0; whole numbers wrap.
  private func convert<From: TensorScalar, To: TensorScalar>(_ x: From) throws -> To {
    func fromWhole<Whole: FixedWidthInteger>(_ x: Whole) throws -> To {
      let result: any TensorScalar =
        switch To.self {
        case is Float.Type: Float(x)
        case is Double.Type: Double(x)
        case is Bool.Type: x != 0
        case let type as any (TensorScalar & FixedWidthInteger).Type:
          type.init(truncatingIfNeeded: x)
        default: throw Unknown()
        }
      return try #require(result as? To)
    }
    func fromFloating(_ x: Double) throws -> To {
      func saturated<Whole: TensorScalar & FixedWidthInteger>(_: Whole.Type) -> any TensorScalar {
        if x.isNaN { return Whole.zero }
        return Whole(exactly: x.rounded(.towardZero)) ?? (x < 0 ? Whole.min : Whole.max)
      }
      let result: any TensorScalar =
        switch To.self {
        case is Float.Type: Float(x)
        case is Double.Type: x
        case is Bool.Type: x != 0
        case let type as any (TensorScalar & FixedWidthInteger).Type: saturated(type)
        default: throw Unknown()
        }
      return try #require(result as? To)
    }
    switch x {
    case let x as Float: return try fromFloating(Double(x))
    case let x as Double: return try fromFloating(x)
    case let x as Bool: return try fromWhole(x ? 1 as UInt8 : 0)
    case let x as any FixedWidthInteger: return try fromWhole(x)
    default: throw Unknown()
    }
  }

  /// The difference by the type that the scalars turn out to have: zeros and NaN count for floating ones.
  private func mismatch<Scalar: TensorScalar>(_ got: [Scalar], _ expected: [Scalar]) -> String? {
    if let got = got as? [Double], let expected = expected as? [Double] {
      return difference(got, from: expected)
    }
    if let got = got as? [Float], let expected = expected as? [Float] {
      return difference(got, from: expected)
    }
    return difference(got, from: expected)
  }

  private struct Unknown: Error {}
}
