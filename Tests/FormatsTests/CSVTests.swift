import Formats
import Foundation
import Tensors
import TestSupport
import Testing

private func table(
  _ text: String, text columns: [String] = [], allowsNonFinite: Bool = false
) throws(FormatError) -> CSV.Table<Double> {
  try CSV.Table(
    parsing: Array(text.utf8), file: "t.csv", text: columns, allowsNonFinite: allowsNonFinite)
}

/// The message for a table that can't be read.
private func message(_ text: String, text columns: [String] = []) -> String {
  formatError { () throws(FormatError) in _ = try table(text, text: columns) }?.description ?? ""
}

@Suite struct CSVReadingTests {
  @Test func numbers() throws {
    let t = try table("a,b,c\n1,-2.5,3e2\n4,5,.5\n")
    #expect(t.columnNames == ["a", "b", "c"])
    #expect(t.numberNames == ["a", "b", "c"])
    #expect(t.numbers == [[1, -2.5, 300], [4, 5, 0.5]])
    #expect(t.text.isEmpty)
    #expect(t.rowCount == 2)
    let single = try CSV.Table<Float>(parsing: Array("x\n0.1\n".utf8), file: "t.csv")
    #expect(single.numbers == [[0.1]])
  }

  @Test(arguments: [
    "a,b\n1,2\n3,4\n", "a,b\n1,2\n3,4", "a,b\r\n1,2\r\n3,4\r\n", "a,b\r1,2\r3,4\r", "a,b\r1,2\r3,4",
    "\u{FEFF}a,b\n1,2\n3,4\n", "\n\na,b\n\n1,2\r\n\r\n3,4\n\n\n",
    "\"a\",\"b\"\n\"1\",\"2\"\n\"3\",4",
    "a,b\n 1 ,\t2\n3,\" 4 \"\n", "a,b\n1.0,+2\n3e0,00000000000000000000004\n",
    "a,b\n1,2.0000000000000000000000000\n3,4\n",
  ])
  func sameTable(_ text: String) throws {
    let t = try table(text)
    #expect(t.columnNames == ["a", "b"])
    #expect(t.numbers == [[1, 2], [3, 4]])
  }

  @Test func text() throws {
    let t = try table(
      "x,name,y,note\n1,one,10,\n2,\"two, \"\"2\"\"\nlines\",20, b \n3,é漢,30,\"\"\n",
      text: ["note", "name"])
    #expect(t.numberNames == ["x", "y"])
    #expect(t.numbers == [[1, 10], [2, 20], [3, 30]])
    #expect(t.text.map(\.name) == ["note", "name"])
    #expect(t.text.map(\.position) == [3, 1])
    #expect(t.text[0].values == ["", " b ", ""])
    #expect(t.text[1].values == ["one", "two, \"2\"\nlines", "é漢"])
    #expect(t.text[1].lines == [2, 3, 5])
  }

  @Test func invalidUTF8IsRefused() throws {
    let bytes = Array("x,n\n1,".utf8) + [0xFF, 0x41] + Array("\n".utf8)
    let text = formatError { () throws(FormatError) in
      _ = try CSV.Table<Float>(parsing: bytes, file: "t.csv", text: ["n"])
    }
    #expect(text?.description == "t.csv: line 2, column 2 (“n”): “\u{FFFD}A” is not UTF-8 text")
    let error = formatError { () throws(FormatError) in
      _ = try CSV.Table<Float>(parsing: bytes, file: "t.csv")
    }
    #expect(error?.description == "t.csv: line 2, column 2 (“n”): “\u{FFFD}A” is not a number")
  }

  @Test func selectedColumnsInTheOrderWanted() throws {
    let t = try CSV.Table<Double>(
      parsing: Array("a,b,c,d\n1,2,x,4\n5,6,\"y\ny\",8\n".utf8), file: "t.csv"
    ) {
      names throws(FormatError) in
      #expect(names == ["a", "b", "c", "d"])
      return CSV.Selection(numbers: [3, 0])
    }
    #expect(t.numberNames == ["d", "a"])
    #expect(t.numbers == [[4, 1], [8, 5]])
    let textOnly = try CSV.Table<Double>(parsing: Array("a,b\n1,2\n".utf8), file: "t.csv") {
      _ throws(FormatError) in CSV.Selection(numbers: [], text: [1])
    }
    #expect(textOnly.numbers.shape == [1, 0])
    #expect(textOnly.text[0].values == ["2"])
  }

  @Test func nonFiniteNumbers() throws {
    let t = try table("a\nnan\n-inf\n Infinity\n1e999\n-NaN\n", allowsNonFinite: true)
    #expect(t.numbers.scalars[0].isNaN && t.numbers.scalars[4].isNaN)
    #expect(Array(t.numbers.scalars[1...3]) == [-.infinity, .infinity, .infinity])
    #expect(message("a\n1\nnan\n") == "t.csv: line 3, column 1 (“a”): “nan” is not a finite number")
    #expect(message("a\n-Inf\n") == "t.csv: line 2, column 1 (“a”): “-Inf” is not a finite number")
    #expect(
      message("a\n1e999\n") == "t.csv: line 2, column 1 (“a”): “1e999” is too large for a float64")
    let single = formatError { () throws(FormatError) in
      _ = try CSV.Table<Float>(parsing: Array("a\n3.5e38\n".utf8), file: "t.csv")
    }
    #expect(single?.problem == "“3.5e38” is too large for a float32")
    #expect(try table("a\n1e-999\n").numbers == [[0]])
  }

  @Test func errorsNameThePlace() {
    #expect(message("a,b\n1,2\n3,x\n") == "t.csv: line 3, column 2 (“b”): “x” is not a number")
    #expect(message("a,b\n1,2\n\n\n3,x\n") == "t.csv: line 5, column 2 (“b”): “x” is not a number")
    #expect(
      message("a,b\r\n1,2\r\n3,x\r\n") == "t.csv: line 3, column 2 (“b”): “x” is not a number")
    #expect(message("a,b\r1,2\r3,x\r") == "t.csv: line 3, column 2 (“b”): “x” is not a number")
    #expect(
      message("n,b\n\"1\n2\n3\",1\nq,x\n", text: ["n"])
        == "t.csv: line 5, column 2 (“b”): “x” is not a number")
    #expect(message("\"a\nb\",c\n1,x\n") == "t.csv: line 3, column 2 (“c”): “x” is not a number")
    #expect(
      message("a\n\u{1B}[2J\n") == "t.csv: line 2, column 1 (“a”): “\\u{1b}[2J” is not a number")
    #expect(
      message("a\n" + String(repeating: "9x", count: 30) + "\n")
        == "t.csv: line 2, column 1 (“a”): “" + String(repeating: "9x", count: 20)
        + "…” is not a number")
    #expect(
      message("a,b\n1,\n")
        == "t.csv: line 2, column 2 (“b”): the field is empty; a number is needed")
    #expect(
      message("a,b\n1,") == "t.csv: line 2, column 2 (“b”): the field is empty; a number is needed")
    #expect(
      message("a,b\n , 1")
        == "t.csv: line 2, column 1 (“a”): the field is empty; a number is needed")
    #expect(message("a\n0x10\n") == "t.csv: line 2, column 1 (“a”): “0x10” is not a number")
    #expect(message("a\n1_000\n") == "t.csv: line 2, column 1 (“a”): “1_000” is not a number")
    #expect(
      message("a;b\n1;2\n").hasSuffix("“1;2” is not a number (columns are separated by commas)"))
  }

  @Test func raggedRows() {
    #expect(
      message("a,b\n1,2\n3\n")
        == "t.csv: line 3: the row has 1 field, but the first line names 2 columns")
    #expect(
      message("a,b\n1,2,3\n")
        == "t.csv: line 2: the row has 3 fields, but the first line names 2 columns")
    #expect(
      message("a,b\n1,2,\"x\ny\",,\n")
        == "t.csv: line 2: the row has 5 fields, but the first line names 2 columns")
    // The row breaks off with the file, where memory for one row only is set aside.
    #expect(
      message("a,b\n1,2\n3")
        == "t.csv: line 3: the row has 1 field, but the first line names 2 columns")
  }

  @Test func quotes() {
    #expect(
      message("a,b\n1,\"2\n3,4\n5,6\n")
        == "t.csv: line 2, column 2 (“b”): the quote that opens here is never closed")
    #expect(
      message("a\n\"1\"2\n")
        == "t.csv: line 2, column 1 (“a”): text behind the closing quote; a comma or the end of the line is needed there"
    )
    #expect(message("a\n1\"2\"\n").contains("a quote inside a field"))
    #expect(message("\"a").contains("never closed"))
    #expect(message("a\n\"1\"\"2\"\n") == "t.csv: line 2, column 1 (“a”): “1\"2” is not a number")
  }

  @Test func headers() throws {
    #expect(message("") == "t.csv: the file is empty; a table is needed")
    #expect(message("\n\r\n") == "t.csv: the file is empty; a table is needed")
    #expect(message("\u{FEFF}") == "t.csv: the file is empty; a table is needed")
    #expect(message("a,b\n") == "t.csv: line 2: there are no rows below the names of the columns")
    #expect(message("a,b") == "t.csv: line 1: there are no rows below the names of the columns")
    #expect(
      message("a,,b\n1,2,3\n")
        == "t.csv: line 1, column 2: the column has no name; the first line names every column")
    #expect(
      message("\na,b,a\n1,2,3\n")
        == "t.csv: line 2, column 3: the name “a” is taken by column 1; each column needs its own")
    #expect(
      message("5.1,3.5,0\n4,3,1\n")
        == "t.csv: line 1: the first line holds numbers; it has to name the columns")
    #expect(
      message("7,0,0\n1,0,0\n")
        == "t.csv: line 1: the first line holds numbers; it has to name the columns")
    #expect(try table("0,1,2\n7,8,9\n").columnNames == ["0", "1", "2"])
    #expect(
      message("a,b\n1,2\n", text: ["c"])
        == "t.csv: there is no column “c”: the columns are “a”, “b”")
  }

  @Test func notText() {
    #expect(
      message("a\n1\n2\0\n") == "t.csv: line 3, byte 5: a NUL byte: this is not a table in text")
    let utf16 = formatError { () throws(FormatError) in
      _ = try CSV.Table<Float>(parsing: [0xFF, 0xFE, 0x61, 0, 0x0A, 0], file: "t.csv")
    }
    #expect(utf16?.problem == "the text is UTF-16; UTF-8 is needed")
  }

  @Test func everyKindIsMalformed() {
    #expect(
      formatError { () throws(FormatError) in _ = try table("a\nx\n") }?.kind == .malformedData)
    let missing = formatError { () throws(FormatError) in
      _ = try CSV.Table<Float>(contentsOf: "/no/such.csv")
    }
    #expect(missing?.kind == .missingFile)
  }

  @Test func linesThatHoldNoRows() throws {
    // Blank lines and line ends in quotes reserve rows that aren't there.
    let t = try table(
      "a,n\n" + String(repeating: "\n", count: 1000) + "1,\"" + String(repeating: "\n", count: 1000)
        + "\"\n2,x", text: ["n"])
    #expect(t.numbers == [[1], [2]])
    #expect(t.text[0].lines == [1002, 2003])
  }

  @Test func manyRows() throws {
    let rows = 3000
    let text = "a,b,c\n" + (0..<rows).map { "\($0),\(Double($0) / 7),-\($0)e-3\n" }.joined()
    let t = try table(text)
    #expect(t.numbers.shape == [rows, 3])
    var expected: [Double] = []
    for row in 0..<rows {
      expected += [Double(row), Double(row) / 7, Double("-\(row)e-3") ?? .nan]
    }
    #expect(t.numbers.scalars == expected)
  }
}

@Suite struct CSVWritingTests {
  @Test func wholeFile() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/t.csv"
      let table = CSV.Table<Double>(
        numbers: [[1, 0.1], [-0.0, 1e-7], [1e300, -12]], names: ["x", "the \"y\""],
        text: [("label, one", ["a", " b", "c\nd"])])
      try table.write(to: path)
      #expect(
        String(decoding: try File.bytes(of: path), as: UTF8.self)
          == "x,\"the \"\"y\"\"\",\"label, one\"\n1,0.1,a\n-0.0,1e-07,\" b\"\n1e+300,-12,\"c\nd\"\n"
      )
    }
  }

  @Test func readsBackExactly() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/t.csv"
      var generator = TestGenerator(seed: 4)
      var doubles: [Double] = [0, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude, .pi]
      doubles += [999_999, 1_000_000, -1e6]
      for _ in 0..<1000 {
        doubles.append(Double(Int.random(in: -2_000_000...2_000_000, using: &generator)))
        doubles.append(Double(bitPattern: generator.next() & ~(1 << 62)))
      }
      let special: [Double] = [.infinity, -.infinity, .nan, .leastNonzeroMagnitude]
      let numbers = Tensor(doubles + special, shape: [(doubles.count + 4) / 4, 4])
      try CSV.Table(numbers: numbers, names: ["a", "b", "c", "d"]).write(to: path)
      let back = try CSV.Table<Double>(contentsOf: path, allowsNonFinite: true).numbers
      #expect(back.shape == numbers.shape)
      for (x, y) in zip(back.scalars, numbers.scalars) where !(x.isNaN && y.isNaN) {
        if x.bitPattern != y.bitPattern { Issue.record("\(y) came back as \(x)") }
      }
      let floats: [Float] = (0..<4000).map { _ in
        Float(bitPattern: UInt32(truncatingIfNeeded: generator.next()) & ~(1 << 30))
      }
      let singles = Tensor(floats, shape: [4000, 1])
      try CSV.Table(numbers: singles, names: ["a"]).write(to: path)
      let singlesBack = try CSV.Table<Float>(contentsOf: path).numbers
      #expect(singlesBack.scalars.map(\.bitPattern) == floats.map(\.bitPattern))
    }
  }

  @Test func textsReadBack() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/t.csv"
      let texts = [
        "", " ", "a,b", "\"", "\"\"", "a\"b", "line\nend", "cr\rlf\r\n", "\u{FEFF}mark", "é漢😀", "1",
        "nan", "a ", "\t", ",", "''",
      ]
      let names = ["\u{FEFF}first"]
      try CSV.Table<Float>(
        numbers: .zeros([texts.count, 0]), names: [], text: [(names[0], texts)]
      ).write(to: path)
      let back = try CSV.Table<Float>(contentsOf: path, text: names)
      #expect(back.text[0].values == texts)
      #expect(back.columnNames == names)
      let both = CSV.Table<Float>(
        numbers: .ones([texts.count, 1]), names: ["n"],
        text: [("t", texts), ("u", texts.reversed())])
      try both.write(to: path)
      let bothBack = try CSV.Table<Float>(contentsOf: path, text: ["t", "u"])
      #expect(bothBack.text.map(\.values) == [texts, texts.reversed()])
      #expect(bothBack.numbers == both.numbers)
      #expect(bothBack.text.map(\.name) == ["t", "u"])
    }
  }

  @Test func nulCannotBeWritten() throws {
    try withTemporaryFolder { folder in
      let table = CSV.Table<Float>(numbers: .zeros([1, 0]), names: [], text: [("t", ["a\0"])])
      let error = formatError { () throws(FormatError) in try table.write(to: folder + "/t.csv") }
      #expect(error?.problem == "“a\\u{0}” holds a NUL, which no table can")
      let left = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(left.isEmpty)
    }
  }

  @Test func views() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/t.csv"
      let matrix: Tensor<Float> = [[1, 2, 3], [4, 5, 6]]
      let numbers = matrix.transposed()
      try CSV.Table(numbers: numbers, names: ["a", "b"]).write(to: path)
      #expect(try CSV.Table<Float>(contentsOf: path).numbers == [[1, 4], [2, 5], [3, 6]])
    }
  }
}

@Suite struct CSVHostileTests {
  private func read(_ bytes: [UInt8]) throws {
    let table = try CSV.Table<Float>(parsing: bytes, file: "t.csv") { names throws(FormatError) in
      // As numbers, as text and passed over in turn.
      let positions = Array(names.indices)
      return CSV.Selection(
        numbers: positions.filter { $0 % 3 == 0 }, text: positions.filter { $0 % 3 == 1 })
    }
    #expect(table.rowCount > 0)
    #expect(table.numbers.scalars.allSatisfy { $0.isFinite })
    #expect(table.numbers.count <= bytes.count)
    #expect(table.text.allSatisfy { $0.values.count == table.rowCount })
  }

  private let valid = Array(
    "\u{FEFF}x,\"na\"\"me\",note,y\r\n1,a,\"b\nc\",2.5\n\n-3e1,\"d,\"\"e\"\"\",,0.1\n4,f,g,12345678901234567890\n"
      .utf8)

  @Test func truncated() {
    let outcome = readTruncations(of: valid, read)
    #expect(outcome.accepted + outcome.refused == valid.count)
    #expect(outcome.refused > valid.count / 2)
    #expect(outcome.accepted > 0)
  }

  @Test func flipped() {
    let outcome = readFlips(of: valid, repeats: 40, seed: 5, read)
    #expect(outcome.accepted + outcome.refused == valid.count * 40)
    #expect(outcome.accepted > 0 && outcome.refused > 0)
  }

  @Test func noise() {
    let outcome = readNoise(
      alphabet: Array("ab,,,\"\n\n\r12.-e \u{FEFF}".utf8), count: 20_000, seed: 6, read)
    #expect(outcome.accepted > 0 && outcome.refused > 0)
  }

  @Test func manyColumnsManyLines() {
    // What would be 10^11 numbers if each line were a row.
    let text =
      (0..<100_000).map { "c\($0)" }.joined(separator: ",")
      + String(repeating: "\n", count: 1_000_000) + "1"
    #expect(message(text).contains("the row has 1 field, but the first line names 100000 columns"))
  }
}
