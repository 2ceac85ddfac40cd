import Formats
import Testing

private func read<Value>(
  _ text: String, _ body: (inout JSONReader) throws(FormatError) -> Value
) throws(FormatError) -> Value {
  var reader = JSONReader(Array(text.utf8)[...], file: "t.json", offset: 100)
  let value = try body(&reader)
  try reader.end()
  return value
}

private func problem(_ text: String, _ body: (inout JSONReader) throws(FormatError) -> Void)
  -> String
{
  formatError { () throws(FormatError) in try read(text, body) }?.description ?? ""
}

@Suite struct JSONReaderTests {
  @Test func strings() throws {
    for (text, expected) in [
      ("\"\"", ""), ("\"abc\"", "abc"), (" \"é漢😀\" ", "é漢😀"),
      ("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\u{8}\u{C}\n\r\t"),
      ("\"\\u00e9\\u6F22\\ud83d\\uDE00\"", "é漢😀"), ("\"\\u0000\"", "\0"),
    ] {
      #expect(try read(text) { reader throws(FormatError) in try reader.string() } == expected)
    }
    for text in [
      "\"", "\"abc", "abc", "\"\n\"", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\\ud800\"",
      "\"\\ud800\\u0041\"", "\"\\udc00\"",
      "\"a\" b", "\"\\", "\"\\u", "\"\\ud800\\", "\"\\ud800\\u", "",
    ] {
      #expect(
        problem(text) { reader throws(FormatError) in _ = try reader.string() } != "", "\(text)")
    }
    var invalid = JSONReader([0x22, 0xC3, 0x28, 0x22], file: "t.json")
    #expect(
      formatError { () throws(FormatError) in _ = try invalid.string() }?.problem
        == "text that isn't UTF-8")
  }

  @Test func integers() throws {
    for (text, expected) in [
      ("0", 0), ("-0", 0), (" 12 ", 12), ("-7", -7), ("9223372036854775807", Int.max),
      ("-9223372036854775808", Int.min),
    ] {
      #expect(try read(text) { reader throws(FormatError) in try reader.integer() } == expected)
    }
    for text in [
      "", "-", "01", "-01", "00", "1.0", "1e3", "1E3", "9223372036854775808",
      "-9223372036854775809",
      "99999999999999999999999999999999", "+1", "x", "1 2", "0x1", "true",
    ] {
      #expect(
        problem(text) { reader throws(FormatError) in _ = try reader.integer() } != "", "\(text)")
    }
  }

  @Test func structure() throws {
    let text = " { \"a\" : [ 1 , 2 ] , \"b\" : [ ] , \"a\" : [ 3 ] } "
    var members: [String] = []
    try read(text) { reader throws(FormatError) in
      try reader.object { reader, name throws(FormatError) in
        var numbers: [Int] = []
        try reader.array { reader throws(FormatError) in numbers.append(try reader.integer()) }
        members.append("\(name) \(numbers)")
      }
    }
    #expect(members == ["a [1, 2]", "b []", "a [3]"])
    for text in [
      "{", "{\"a\"", "{\"a\":", "{\"a\":[1", "{\"a\":[1]", "{\"a\":[1],}", "{\"a\":[1,]}", "{,}",
      "{\"a\":[,]}", "{\"a\" [1]}", "{a:[1]}",
      "{}{}", "[]", "{\"a\":[1 2]}", "{\"a\":[1]} x", "{\"a\":[[1]]}", "{\"a\":null}",
    ] {
      let message = problem(text) { reader throws(FormatError) in
        try reader.object { reader, _ throws(FormatError) in
          try reader.array { reader throws(FormatError) in _ = try reader.integer() }
        }
      }
      #expect(message.hasPrefix("t.json: byte 1"), "\(text): \(message)")
    }
  }

  @Test func messages() {
    #expect(
      problem("[1,x]") { reader throws(FormatError) in
        try reader.array { reader throws(FormatError) in _ = try reader.integer("an extent") }
      } == "t.json: byte 103: “x]” where an extent is needed")
    #expect(
      problem("[1") { reader throws(FormatError) in
        try reader.array { reader throws(FormatError) in _ = try reader.integer() }
      } == "t.json: byte 102: the JSON breaks off; a comma or the end of the array is needed")
  }

  @Test func quotesTexts() throws {
    let scalars = (0..<0x300).compactMap { Unicode.Scalar($0) } + ["\u{FFFF}", "😀"]
    let text = String(String.UnicodeScalarView(scalars))
    let bytes = JSONReader.bytes(of: text)
    var reader = JSONReader(bytes[...], file: "t.json")
    #expect(try reader.string() == text)
    #expect(
      JSONReader.bytes(of: "\u{1}\u{1F}\n\"\\/é") == Array("\"\\u0001\\u001f\\n\\\"\\\\/é\"".utf8))
  }
}
