import Tensors
import TestSupport
import Testing

@Suite struct IndexTextTests {
  /// NumPy's answers to random texts: `make_slices.py` beside the file tells how they were made.
  @Test func asNumPyReadsThem() throws {
    let cases = try numpyCases("slices")
    #expect(cases.count == 547)
    var (read, misfits, mistakes) = (0, 0, 0)
    for example in cases {
      let text = try #require(example.child("args")?.string("text"))
      let tensor = try #require(example.child("inputs")?.array("a")).tensor(of: Int.self)
      let error = example.child("error")
      let words = error?.string("message")
      do {
        let part = try tensor.part(at: [TensorIndex](parsing: text))
        let expected = try #require(example.child("expected")?.array("result"), "\(text): \(part)")
        #expect(difference(part, from: try expected.tensor(of: Int.self)) == nil, "\(text)")
        #expect(tensor[slice: text] == part)
        read += 1
      } catch let error as ShapeError {
        #expect(error.message == words, "\(text)")
        misfits += 1
      } catch let found as IndexSyntaxError {
        mistakes += 1
        // What Python finds wrong, and what are numbers to Python that can't be positions.
        let isPython =
          ["SyntaxError", "NameError", "TypeError"].contains(error?.string("type"))
          || words?.hasPrefix("only integers, slices (`:`), ellipsis (`...`)") == true
        if !isPython { #expect(found.message == words, "\(text)") }
        #expect(0...text.count ~= found.position)
      }
    }
    print("slices.json: \(cases.count) cases")
    #expect((read, misfits, mistakes) == (492, 20, 35))
  }

  @Test func parts() throws {
    let index = try [TensorIndex](parsing: "1:3, ::-1, ..., None, newaxis, np.newaxis, -1,")
    #expect(
      index == [
        .slice(start: 1, stop: 3, step: 1), .slice(start: nil, stop: nil, step: -1), .ellipsis,
        .newAxis, .newAxis, .newAxis, .position(-1),
      ])
    #expect(
      try [TensorIndex](parsing: "\t+4 : None:None ") == [.slice(start: 4, stop: nil, step: 1)])
  }

  @Test func numbersBeyondInt() throws {
    let large = String(repeating: "9", count: 40)
    #expect(
      try [TensorIndex](parsing: "-\(large):\(large):-\(large)")
        == [.slice(start: .min, stop: .max, step: .min)])
    #expect(try [TensorIndex](parsing: "\(Int.min)") == [.position(.min)])
    #expect(
      throws: IndexSyntaxError(
        position: 3, message: "cannot fit 'int' into an index-sized integer")
    ) { try [TensorIndex](parsing: "0, \(large)") }
  }

  /// The place of a mistake, and the words.
  @Test(
    arguments: [
      ("", 0, "only integers"), ("0,,1", 2, "only integers"), ("0, 1.5", 3, "only integers"),
      ("1:2:3:4", 5, "a slice has no more than three parts"), (":, 1::0", 6, "slice step cannot"),
      ("..., 0, ...", 8, "an index can only have a single"), ("0, 1:007", 5, "leading zeros"),
      ("0, \u{1F9E0}", 3, "only integers"), ("0, ne\u{301}waxis, 1", 3, "only integers"),
      ("\u{FF11}", 0, "only integers"), ("1:é::", 2, "only integers"),
      ("1\r\n", 0, "only integers"),
      ("0\u{301}", 0, "only integers"), ("0, \0", 3, "only integers"),
    ])
  func mistakes(text: String, position: Int, words: String) throws {
    let error = try #require(throws: IndexSyntaxError.self) { try [TensorIndex](parsing: text) }
    #expect(error.position == position)
    #expect(error.message.hasPrefix(words))
    #expect("\(error)" == "character \(position + 1): \(error.message)")
  }

  @Test func noMorePartsThanNumPyTakes() throws {
    let most = String(repeating: "None,", count: 128)
    #expect(try [TensorIndex](parsing: most).count == 128)
    for longer in [most + "0", String(repeating: "None,", count: 100_000)] {
      let error = try #require(throws: IndexSyntaxError.self) {
        try [TensorIndex](parsing: longer)
      }
      #expect(error == IndexSyntaxError(position: 640, message: "too many indices for array"))
    }
  }

  /// Damaged and random texts are read or refused, and what is read fits a shape or doesn't.
  @Test func hostile() throws {
    let tensor = Tensor(Array(0..<60), shape: [3, 4, 5])
    func read(_ bytes: [UInt8]) throws {
      let index = try [TensorIndex](parsing: String(decoding: bytes, as: UTF8.self))
      let shape = try tensor.shape.indexed(by: index)
      #expect(try tensor.part(at: index).shape == shape)
    }
    let valid = Array("1:3, ::-1, ..., None, newaxis, -1".utf8)
    let noise = readNoise(alphabet: Array("0123:,-. \tNone".utf8), count: 5000, seed: 3, read)
    #expect(noise.accepted > 10)
    #expect(readTruncations(of: valid, read).accepted > 10)
    #expect(readFlips(of: valid, repeats: 20, seed: 4, read).refused > 100)
  }

  @Test func assignment() {
    var x = Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3])
    x[slice: "..., ::2"] = Tensor(0)
    #expect(x == [[0, 2, 0], [0, 5, 0]])
    x[slice: "-1"] = [7, 8, 9]
    #expect(x == [[0, 2, 0], [7, 8, 9]])
  }

  @Test func mistakeInAProgram() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([1, 2])[slice: "0, ::0"]
    }
    let said = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(said.contains("\"0, ::0\": character 6: slice step cannot be zero"))
  }
}
