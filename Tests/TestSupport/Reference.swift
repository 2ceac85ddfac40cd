package import Foundation
package import Tensors

/// A file of reference answers: an object whose `cases` are the answers, each an object.
///
/// The layout is described in the README beside the fixtures.
package struct ReferenceFile {
  /// The cases, in the order of the file.
  package let cases: [ReferenceCase]

  package init(_ url: URL) throws {
    let object = try JSONSerialization.jsonObject(with: Data(contentsOf: url))
    guard let file = object as? [String: Any], let cases = file["cases"] as? [[String: Any]] else {
      throw ReferenceError(message: "\(url.path): no cases")
    }
    self.cases = cases.map(ReferenceCase.init)
  }
}

/// What is wrong with a reference file.
package struct ReferenceError: Error {
  package let message: String

  package init(message: String) { self.message = message }
}

/// One answer (or one step of a sequence): an object by keys.
package struct ReferenceCase {
  package let object: [String: Any]

  package init(_ object: [String: Any]) { self.object = object }

  package func string(_ key: String) -> String? { object[key] as? String }
  package func int(_ key: String) -> Int? { (object[key] as? NSNumber)?.intValue }
  /// A whole number of any size up to 128 bits; `nil` for a fraction too.
  package func integer(_ key: String) -> Int128? {
    (object[key] as? NSNumber).flatMap { Int128($0.stringValue) }
  }
  /// A truth value.
  package func bool(_ key: String) -> Bool? { (object[key] as? NSNumber)?.boolValue }
  package func double(_ key: String) -> Double? { ReferenceArray.double(object[key] as Any) }
  package func child(_ key: String) -> ReferenceCase? {
    (object[key] as? [String: Any]).map(ReferenceCase.init)
  }
  package func children(_ key: String) -> [ReferenceCase] {
    (object[key] as? [[String: Any]] ?? []).map(ReferenceCase.init)
  }
  package func array(_ key: String) -> ReferenceArray? { ReferenceArray(object[key] as Any) }
}

/// An array of a reference file: `{"shape", "dtype", "data"}`, or nested lists of numbers.
package struct ReferenceArray {
  package let shape: [Int]
  package let type: String
  private let data: [Any]

  package init?(_ value: Any) {
    if let object = value as? [String: Any] {
      guard let shape = object["shape"] as? [Int], let type = object["dtype"] as? String,
        let data = object["data"] as? [Any]
      else { return nil }
      (self.shape, self.type, self.data) = (shape, type, data)
    } else if let list = value as? [Any] {
      var shape: [Int] = []
      var level = list
      shape.append(level.count)
      while let rows = level as? [[Any]], !rows.isEmpty {
        shape.append(rows[0].count)
        level = rows.flatMap { $0 }
      }
      (self.shape, type, data) = (shape, "float64", level)
    } else {
      return nil
    }
  }

  static func double(_ value: Any) -> Double? {
    switch value {
    // Numbers of 17 digits come as decimals, whose `doubleValue` is not always the nearest.
    case let number as NSDecimalNumber: Double(number.stringValue)
    case let number as NSNumber: number.doubleValue
    case let text as String: Double(text)
    default: nil
    }
  }

  package var doubles: [Double] { data.compactMap(ReferenceArray.double) }
  package var ints: [Int] { data.compactMap { ($0 as? NSNumber)?.intValue } }
  package var unsigned: [UInt64] { data.compactMap { ($0 as? NSNumber)?.uint64Value } }
  package var bools: [Bool] { data.compactMap { ($0 as? NSNumber)?.boolValue } }

  /// The array as a tensor of doubles.
  package var tensor: Tensor<Double> { Tensor(doubles, shape: Shape(shape)) }
}

/// The largest difference between two arrays over the largest magnitude of the second.
///
/// Infinite if the counts differ or a NaN stands in one of them only.
package func relativeDifference(_ got: [Double], _ expected: [Double]) -> Double {
  guard got.count == expected.count else { return .infinity }
  var worst = 0.0
  var scale = 0.0
  for (x, y) in zip(got, expected) {
    if x.isNaN && y.isNaN || x == y {
      scale = max(scale, y.isFinite ? abs(y) : 0)
      continue
    }
    guard x.isFinite, y.isFinite else { return .infinity }
    worst = max(worst, abs(x - y))
    scale = max(scale, abs(y))
  }
  return worst == 0 ? 0 : worst / scale
}

/// How many representable numbers lie from one floating number to another.
///
/// 0 if they are equal or both NaN, infinite if only one is NaN.
package func ulpDistance<Scalar: BinaryFloatingPoint>(_ a: Scalar, _ b: Scalar) -> Double {
  if a.isNaN || b.isNaN { return a.isNaN && b.isNaN ? 0 : .infinity }
  if a == b { return 0 }
  // The bits without the sign count the numbers from 0 up; infinity comes after the largest.
  func position(_ x: Scalar) -> UInt64 {
    x is Float ? UInt64(Float(x.magnitude).bitPattern) : Double(x.magnitude).bitPattern
  }
  let (x, y) = (position(a), position(b))
  return Double(a.sign == b.sign ? max(x, y) - min(x, y) : x + y)
}
