import Formats
import Tensors
import TestSupport
import Testing

@testable import Plotting

/// The pixels of a PNG as this library writes it: red, green and blue of each.
struct DecodedPNG {
  var width = 0
  var height = 0
  var pixels: [UInt8] = []

  struct Damage: Error { let problem: String }

  init(_ file: [UInt8]) throws {
    guard file.prefix(8) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] else {
      throw Damage(problem: "signature")
    }
    func number(_ bytes: some Sequence<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
    var palette: [UInt8] = []
    var packed: [UInt8] = []
    var channels = 0
    var position = 8
    var names: [String] = []
    while position < file.count {
      let length = number(file[position..<position + 4])
      let chunk = Array(file[(position + 4)..<(position + 8 + length)])
      let sum = number(file[(position + 8 + length)..<(position + 12 + length)])
      guard Int(CRC32.of(chunk)) == sum else { throw Damage(problem: "checksum") }
      let (name, content) = (String(decoding: chunk.prefix(4), as: UTF8.self), chunk.dropFirst(4))
      names.append(name)
      switch name {
      case "IHDR":
        width = number(content.prefix(4))
        height = number(content.dropFirst(4).prefix(4))
        guard content.dropFirst(8).first == 8 else { throw Damage(problem: "depth") }
        channels = content.dropFirst(9).first == 3 ? 1 : 3
      case "PLTE": palette = Array(content)
      case "IDAT": packed += content
      default: break
      }
      position += 12 + length
    }
    guard names.first == "IHDR", names.last == "IEND", number(packed.prefix(2)) % 31 == 0 else {
      throw Damage(problem: "order or header")
    }
    let stride = width * channels
    let rows = try Inflated(packed, in: 2..<packed.count, limit: height * (stride + 1))
    guard rows.isWhole, rows.bytes.count == height * (stride + 1) else {
      throw Damage(problem: "length")
    }
    var (a, b) = (1, 0)
    for byte in rows.bytes {
      a = (a + Int(byte)) % 65521
      b = (b + a) % 65521
    }
    guard number(packed[rows.end..<rows.end + 4]) == b << 16 | a else {
      throw Damage(problem: "Adler's checksum")
    }
    var previous = [UInt8](repeating: 0, count: stride)
    for row in 0..<height {
      let filter = rows.bytes[row * (stride + 1)]
      var line = Array(rows.bytes[(row * (stride + 1) + 1)..<((row + 1) * (stride + 1))])
      for index in line.indices {
        let left = index >= channels ? line[index - channels] : 0
        switch filter {
        case 0: break
        case 1: line[index] &+= left
        case 2: line[index] &+= previous[index]
        default: throw Damage(problem: "filter")
        }
      }
      previous = line
      pixels +=
        channels == 3
        ? line : line.flatMap { palette[3 * Int($0)..<3 * Int($0) + 3] }
    }
  }
}

@Suite struct ImageMarkTests {
  private func png(_ figure: Figure) throws -> DecodedPNG {
    let image = try #require(elements("image", in: figure.svg()).first)
    let text = try #require(image["href"]).dropFirst("data:image/png;base64,".count)
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var bytes: [UInt8] = []
    var (word, bits) = (0, 0)
    for digit in text where digit != "=" {
      word = word << 6 | (try #require(digits.firstIndex(of: digit)))
      bits += 6
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(word >> bits & 255))
      }
    }
    #expect(text.count % 4 == 0)
    return try DecodedPNG(bytes)
  }

  @Test func pngHoldsThePixels() throws {
    var generator = SeededGenerator(seed: 9)
    for (rows, columns) in [(1, 1), (2, 3), (7, 5), (1, 200), (90, 70)] {
      // Whatever the bytes: noise, and runs of one colour.
      for isNoise in [true, false] {
        let colors = (0..<rows * columns * 3).map { index in
          isNoise ? UInt8.random(in: 0...255, using: &generator) : UInt8(index / 40 % 256)
        }
        let raster = Raster(rows: rows, columns: columns, bytes: colors)
        let whole = try DecodedPNG(raster.png())
        #expect((whole.width, whole.height) == (columns, rows))
        #expect(whole.pixels == colors)
        let enlarged = try DecodedPNG(raster.png(across: 2, down: 3))
        #expect((enlarged.width, enlarged.height) == (2 * columns, 3 * rows))
        for y in 0..<3 * rows {
          for x in 0..<2 * columns {
            let (a, b) = (3 * (y * 2 * columns + x), 3 * (y / 3 * columns + x / 2))
            guard enlarged.pixels[a..<a + 3] == colors[b..<b + 3] else {
              Issue.record("pixel (\(x), \(y)) differs")
              return
            }
          }
        }
      }
    }
    let raster = Raster(rows: 1, columns: 3, bytes: [1, 0, 1], palette: [9, 8, 7, 1, 2, 3])
    #expect(try DecodedPNG(raster.png()).pixels == [1, 2, 3, 9, 8, 7, 1, 2, 3])
  }

  @Test func figureHoldsThePixels() throws {
    var figure = Figure()
    figure.axes.image(Tensor<Float>([0, 1, 0.2, 0.4, 0.6, .nan], shape: [2, 3]))
    let image = try png(figure)
    // The middle of each pixel.
    func pixel(_ row: Int, _ column: Int) -> [UInt8] {
      let y = (2 * row + 1) * image.height / 4
      let x = (2 * column + 1) * image.width / 6
      return Array(image.pixels[3 * (y * image.width + x)..<3 * (y * image.width + x) + 3])
    }
    #expect(pixel(0, 0) == [0, 0, 0])
    #expect(pixel(0, 1) == [255, 255, 255])
    #expect(pixel(0, 2) == [51, 51, 51])
    #expect(pixel(1, 0) == [102, 102, 102])
    #expect(pixel(1, 1) == [153, 153, 153])
    let muted = Theme.light.bytes(of: .muted)
    #expect(pixel(1, 2) == [muted.0, muted.1, muted.2])
    // With y upwards the first row is the lowest.
    figure.axes.y.isInverted = false
    let flipped = try png(figure)
    #expect(flipped.pixels.prefix(3) == [102, 102, 102])
  }

  @Test func everyByteIsItsGray() throws {
    var figure = Figure()
    figure.axes.image(Tensor<UInt8>((0...255).map { UInt8($0) }, shape: [16, 16]))
    let image = try png(figure)
    for value in 0..<256 {
      let y = (2 * (value / 16) + 1) * image.height / 32
      let x = (2 * (value % 16) + 1) * image.width / 32
      #expect(image.pixels[3 * (y * image.width + x)] == UInt8(value))
    }
  }

  @Test func colorsAreThoseOfTheirType() throws {
    var figure = Figure()
    figure.axes.image(Tensor<UInt8>([10, 20, 30], shape: [1, 1, 3]))
    #expect(try png(figure).pixels.prefix(3) == [10, 20, 30])
    figure = Figure()
    figure.axes.image(Tensor<Double>([0, 0.2, 7], shape: [1, 1, 3]))
    #expect(try png(figure).pixels.prefix(3) == [0, 51, 255])
  }

  @Test func pixelsAreSquares() throws {
    var figure = Figure()
    figure.axes.image(Tensor<Float>(repeating: 1, shape: [3, 8]))
    let image = try #require(elements("image", in: figure.svg()).first)
    let width = try #require(Double(image["width"] ?? ""))
    let height = try #require(Double(image["height"] ?? ""))
    #expect(abs(width / height - 8 / 3) < 0.001)
  }

  @Test func largeImagesAreMeansOfBlocks() {
    let values = (0..<2000 * 1500).map { Double($0 % 2) }
    let mark = ImageMark(
      rows: 1500, columns: 2000, pixels: .values(values, ColorScale(.grays, limits: 0...1)),
      barLabel: nil)
    let raster = mark.raster(rows: 0..<1500, columns: 0..<2000, theme: .light)
    #expect((raster.rows, raster.columns) == (750, 1000))
    // Half of each block is black: between the two middle shades.
    #expect(Set(raster.bytes).isSubset(of: [127, 128]))
    let line = ImageMark(
      rows: 1, columns: 100_000,
      pixels: .colors([UInt8](repeating: 9, count: 300_000)), barLabel: nil)
    let narrow = line.raster(rows: 0..<1, columns: 0..<100_000, theme: .light)
    #expect(narrow.columns == 4000)
    #expect(narrow.bytes.allSatisfy { $0 == 9 })
  }

  @Test func onlyWhatIsSeenIsWritten() throws {
    var figure = Figure()
    figure.axes.image(Tensor<Double>((0..<10_000).map(Double.init), shape: [100, 100]))
    figure.axes.x.limits = 20...22
    figure.axes.y.limits = 50...52
    let image = try png(figure)
    #expect(Set(stride(from: 0, to: image.pixels.count, by: 3).map { image.pixels[$0] }).count <= 9)
    expectSound(figure)
  }

  @Test func gridHasItsTitlesAndSize() {
    let figure = Figure.images(
      Tensor<Float>(repeating: 0.5, shape: [7, 4, 4]), titles: ["a", "b"],
      titleColors: [.green, .red], columns: 3)
    #expect((figure.rows, figure.columns) == (3, 3))
    #expect(figure[0, 1].title == "b")
    #expect(figure[0, 1].titleColor == .red)
    #expect(figure[0, 2].titleColor == .text)
    #expect(elements("image", in: figure.svg()).count == 7)
    #expect(Figure.images(Tensor<Float>(repeating: 0, shape: [0, 4, 4])).columns == 1)
    #expect(Figure.images(Tensor<UInt8>(repeating: 9, shape: [2, 4, 4, 3])).columns == 2)
    expectSound(figure, sizes: [(figure.width, figure.height)])
  }

  @Test func oddNumbersGivePictures() {
    for (_, values) in oddNumbers {
      var figure = Figure()
      figure.axes.image(values, colorMap: .coolwarm, barLabel: "z")
      expectSound(figure, sizes: [(3, 2)])
      expectSound(Figure.images(values.reshaped([1, 4, 5])), sizes: [(1.3, 1)])
    }
    var figure = Figure()
    figure.axes.image(Tensor<Float>(repeating: 0, shape: [0, 7]))
    figure.axes.x.scale = .logarithmic
    expectSound(figure)
  }
}
