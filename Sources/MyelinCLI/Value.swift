import ArgumentParser

/// The values of options, with what would be right where one isn't.
enum Value {
  static func wholeNumber(_ text: String) throws -> Int {
    guard let value = Int(text) else { throw ValidationError("it must be a whole number") }
    return value
  }

  static func number(_ text: String) throws -> Double {
    guard let value = Double(text) else { throw ValidationError("it must be a number") }
    return value
  }

  static func seed(_ text: String) throws -> UInt32 {
    guard let value = UInt32(text) else {
      throw ValidationError("it must be a whole number from 0 to 4294967295")
    }
    return value
  }

  /// Refuses an option's value that is out of range.
  static func check(
    _ option: String, _ value: some Any, _ isRight: Bool, _ right: String
  ) throws {
    guard isRight else { throw ValidationError("\(option) is \(value); it must be \(right)") }
  }
}
