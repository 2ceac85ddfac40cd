import Foundation
import TestSupport
import Testing

@testable import Formats

/// Reads text as the fast path does; `nil` if it gives up.
private func fast<Scalar: DecimalScalar>(_ text: String, as scalar: Scalar.Type) -> Scalar? {
  (Array(text.utf8) + [0]).withUnsafeBufferPointer { bytes in
    guard var position = bytes.baseAddress else { return nil }
    let start = position
    guard let number = DecimalNumber.scan(&position), position == start + text.utf8.count else {
      return nil
    }
    return Scalar.nearest(number)
  }
}

@Suite struct DecimalNumberTests {
  @Test func rounding() {
    var generator = TestGenerator(seed: 1)
    var doubles = 0
    var floats = 0
    for _ in 0..<200_000 {
      let digits = Int.random(in: 1...19, using: &generator)
      let value = generator.next() % UInt64(pow(10, Double(digits)))
      let point = Int.random(in: -5...22, using: &generator)
      var text = "\(value)"
      switch point {
      case ..<0: text += "e\(-point * 4)"
      case 1..<text.count: text.insert(".", at: text.index(text.endIndex, offsetBy: -point))
      case text.count...: text += "E-\(point)"
      default: break
      }
      if generator.next() & 1 == 0 { text = "-" + text }
      if let got = fast(text, as: Double.self) {
        doubles += 1
        if got != Double(text) { Issue.record("Double \(text): \(got)") }
      }
      if let got = fast(text, as: Float.self) {
        floats += 1
        if got != Float(text) { Issue.record("Float \(text): \(got)") }
      }
    }
    // All these numbers are within what the fast path covers.
    #expect(doubles == 200_000)
    #expect(floats == 200_000)
  }

  @Test func shortestTextsReadBack() {
    var generator = TestGenerator(seed: 2)
    var covered = 0
    for _ in 0..<100_000 {
      let value = Double.random(in: -1000...1000, using: &generator)
      let single = Float(value)
      if let got = fast("\(value)", as: Double.self) {
        covered += 1
        if got != value { Issue.record("\(value)") }
      }
      if fast("\(single)", as: Float.self) != single { Issue.record("\(single)") }
    }
    #expect(covered == 100_000)
  }

  @Test func halfwayBetweenFloats() {
    // Decimal texts at, just above and just below the middle of two neighbouring floats.
    var generator = TestGenerator(seed: 3)
    for _ in 0..<20_000 {
      let significand = UInt64.random(in: 1 << 23..<1 << 24, using: &generator)
      let shift = Int.random(in: 1...25, using: &generator)
      let middle = (significand << 1 | 1) << UInt64(shift - 1)
      for text in [
        "\(middle)", "\(middle - 1)", "\(middle + 1)", "\(middle).0001", "\(middle - 1).9999",
      ] {
        let got = fast(text, as: Float.self)
        if got != Float(text) { Issue.record("\(text): \(String(describing: got))") }
      }
    }
  }

  @Test(arguments: [
    "9007199254740993", "9007199254740992.5", "9007199254740993e22",
    "9999999999999999999", "0.1", "1e22", "1e23", "1e-22", "1e27", "1e-27",
    "123456789012345678e-27",
    "9999999999999999999e27", "8.5e22", "3.4028235e27", "340282350000000000e21", "16777217",
    "16777219",
    "0.0000000000000000001", "0.00000000000012345678901", "00000000000000000000000012.5",
    "000000000000000000000",
    "0.000000000000000000000", "0", "-0", "0.0e5", "1.", ".5", "+3", "5e0", "5e-0",
  ])
  func particular(_ text: String) {
    let double = fast(text, as: Double.self)
    #expect(double == Double(text.hasSuffix(".") ? text + "0" : text))
    #expect(double?.sign == (text.hasPrefix("-") ? .minus : .plus))
    #expect(fast(text, as: Float.self) == Float(text.hasSuffix(".") ? text + "0" : text))
  }

  @Test func largestFloats() {
    let text = "34028235677973366"
    #expect(fast(text + "1e21", as: Float.self) == .greatestFiniteMagnitude)
    // The middle between the largest float and the next would-be one rounds up.
    #expect(fast(text + "2e21", as: Float.self) == .infinity)
    #expect(fast("4000000000000000e23", as: Float.self) == .infinity)
    #expect(fast("4e38", as: Float.self) == nil)
  }

  @Test(arguments: [
    "", "-", "+", ".", "-.", "e5", "1e", "1e+", "1e5.", "--1", "1-", "0x10", "1_000",
    "12345678901234567890",
    "1.0000000000000000000", "1e123456", "nan", " 1", "1 ",
  ])
  func leftToTheSlowPath(_ text: String) { #expect(fast(text, as: Double.self) == nil) }

  @Test func grammar() {
    func isValid(_ text: String) -> Bool {
      Array(text.utf8).withUnsafeBufferPointer(DecimalNumber.isValid)
    }
    for text in [
      "1", "-1.5", "+.5", "5.", "1e5", "1E-05", "0001", "1e999999999", "12345678901234567890.5",
    ] {
      #expect(isValid(text), "\(text)")
    }
    for text in [
      "", "-", ".", "e", "1e", "1e+", "1.2.3", "1,5", "0x1", "1f", "nan", "inf", "1 ", " 1", "1__0",
      "٣",
    ] {
      #expect(!isValid(text), "\(text)")
    }
  }
}
