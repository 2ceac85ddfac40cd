/// The frames of an animation as one drawing: what all have in common stands there once, and where
/// they differ, each has its own group.
///
/// The parts keep the order in which each frame draws them, so what lies on what stays the same.
struct SharedDrawing {
  /// The opening of the SVG and its title: the last frame's, which is the one that is seen at rest.
  private(set) var head: [UInt8] = []
  /// A number that tells this drawing from others.
  private(set) var checksum: UInt64 = 0xCBF2_9CE4_8422_2325
  private var parts: [Part] = []
  private var lines = Lines()

  private enum Part {
    /// A line that all frames have.
    case line(Int)
    /// Lines that only the frames of a run have.
    case run(Run, [Int])
  }

  /// Frames in a row, from the first to the last.
  struct Run: Hashable, Comparable {
    let first: Int
    let last: Int

    static func < (a: Run, b: Run) -> Bool { (a.first, a.last) < (b.first, b.last) }
  }

  init(_ frames: [Figure], theme: Theme) {
    var trees: [[Node]] = []
    for (index, frame) in frames.enumerated() {
      let svg = FigureLayout(frame).drawn(theme: theme).svg
      // Fowler, Noll and Vo's hash (FNV-1a).
      for byte in svg { checksum = (checksum ^ UInt64(byte)) &* 0x100_0000_01B3 }
      var rows = svg.split(separator: UInt8(ascii: "\n"))[...]
      // The SVG's own opening and closing.
      let opening = rows.popFirst() ?? []
      rows.removeLast()
      if index == 0 { head = opening + [UInt8(ascii: "\n")] }
      if let title = rows.first, title.starts(with: "<title>".utf8) {
        rows.removeFirst()
        if index == frames.count - 1 { head += title + [UInt8(ascii: "\n")] }
      }
      trees.append(lines.tree(of: rows))
    }
    merge(trees.map { $0[...] })
  }

  /// The runs of frames that have something of their own, in order.
  var runs: [Run] {
    var runs: Set<Run> = []
    for case .run(let run, _) in parts { runs.insert(run) }
    return runs.sorted()
  }

  /// Writes what stands between the head and the end of the SVG.
  ///
  /// - Parameters:
  ///   - output: Where to.
  ///   - opening: The line that opens the group of a run.
  func write(to output: inout [UInt8], opening: (Run) -> String) {
    for part in parts {
      switch part {
      case .line(let line): lines.write(line, to: &output)
      case .run(let run, let inside):
        output += opening(run).utf8
        for line in inside { lines.write(line, to: &output) }
        output += "</g>\n".utf8
      }
    }
  }

  // MARK: Merging

  /// Adds the parts that the frames' nodes make up.
  private mutating func merge(_ frames: [ArraySlice<Node>]) {
    var cursors = frames.map(\.startIndex)
    for places in SharedDrawing.commonPlaces(frames) {
      addRuns(frames.indices.map { frames[$0][cursors[$0]..<places[$0]] })
      let node = frames[0][places[0]]
      parts.append(.line(node.line))
      if let closing = node.closing {
        merge(frames.indices.map { frames[$0][places[$0]].children[...] })
        parts.append(.line(closing))
      }
      cursors = places.map { $0 + 1 }
    }
    addRuns(frames.indices.map { frames[$0][cursors[$0]...] })
  }

  /// Adds what stands between two common nodes, once for frames in a row that have the same there.
  private mutating func addRuns(_ frames: [ArraySlice<Node>]) {
    let texts = frames.map { nodes in nodes.flatMap(\.lines) }
    var first = 0
    while first < texts.count {
      var last = first
      while last + 1 < texts.count, texts[last + 1] == texts[first] { last += 1 }
      if last - first + 1 == texts.count {
        parts += texts[first].map { .line($0) }
      } else if !texts[first].isEmpty {
        parts.append(.run(Run(first: first, last: last), texts[first]))
      }
      first = last + 1
    }
  }

  /// The places, one in each frame, of nodes that all frames have in the same order.
  private static func commonPlaces(_ frames: [ArraySlice<Node>]) -> [[Int]] {
    // From the start and from the end, as far as all are equal …
    let least = frames.map(\.count).min() ?? 0
    func isCommon(_ place: (ArraySlice<Node>) -> Int) -> Bool {
      let line = frames[0][place(frames[0])].line
      return frames.allSatisfy { $0[place($0)].line == line }
    }
    var head = 0
    while head < least, isCommon({ $0.startIndex + head }) { head += 1 }
    var tail = 0
    while head + tail < least, isCommon({ $0.endIndex - 1 - tail }) { tail += 1 }
    let middles = frames.map { $0.dropFirst(head).dropLast(tail) }

    // … and between, of the lines that each frame has exactly once (as in Cohen's patience diff), the
    // most that rise in the next frame too, frame after frame.
    let places = middles.map { nodes in
      var places: [Int: Int?] = [:]
      for (index, node) in zip(nodes.indices, nodes) {
        places.updateValue(places[node.line] == nil ? index : nil, forKey: node.line)
      }
      return places.compactMapValues { $0 }
    }
    var common = middles[0].map(\.line).filter { line in
      places.allSatisfy { $0[line] != nil }
    }
    for places in places.dropFirst() {
      let rising = longestRise(common.map { places[$0] ?? 0 })
      common = rising.map { common[$0] }
    }

    return (0..<head).map { offset in frames.map { $0.startIndex + offset } }
      + common.map { line in places.map { $0[line] ?? 0 } }
      + (0..<tail).reversed().map { offset in frames.map { $0.endIndex - 1 - offset } }
  }

  /// The indices of a longest rising part of distinct numbers, by piles of which each has its least
  /// number on top.
  static func longestRise(_ numbers: [Int]) -> [Int] {
    var tops: [Int] = []
    var previous = [Int?](repeating: nil, count: numbers.count)
    for (index, number) in numbers.enumerated() {
      var (low, high) = (0, tops.count)
      while low < high {
        let middle = (low + high) / 2
        if numbers[tops[middle]] < number { low = middle + 1 } else { high = middle }
      }
      previous[index] = low > 0 ? tops[low - 1] : nil
      if low == tops.count { tops.append(index) } else { tops[low] = index }
    }
    var rise: [Int] = []
    var next = tops.last
    while let index = next {
      rise.append(index)
      next = previous[index]
    }
    return rise.reversed()
  }

  // MARK: Lines

  /// An element on one line, or one with others between its opening line and its closing one.
  struct Node {
    let line: Int
    var closing: Int?
    var children: [Node] = []

    /// All its lines in order.
    var lines: [Int] { [line] + children.flatMap(\.lines) + (closing.map { [$0] } ?? []) }
  }

  /// Each line that occurs, by its number.
  private struct Lines {
    private var numbers: [ArraySlice<UInt8>: Int] = [:]
    private var texts: [ArraySlice<UInt8>] = []

    func write(_ line: Int, to output: inout [UInt8]) {
      output += texts[line]
      output.append(UInt8(ascii: "\n"))
    }

    private mutating func number(of text: ArraySlice<UInt8>) -> Int {
      if let number = numbers[text] { return number }
      numbers[text] = texts.count
      texts.append(text)
      return texts.count - 1
    }

    /// Puts lines that open and close elements around what stands between them.
    ///
    /// The canvas begins each element on a line of its own, and text holds neither line ends nor `<`.
    mutating func tree(of rows: ArraySlice<ArraySlice<UInt8>>) -> [Node] {
      var open: [Node] = []
      var nodes: [Node] = []
      func add(_ node: Node) {
        if open.isEmpty { nodes.append(node) } else { open[open.count - 1].children.append(node) }
      }
      for row in rows {
        let line = number(of: row)
        let change = Lines.depthChange(row)
        if change > 0 {
          open.append(Node(line: line))
        } else if change < 0, var closed = open.popLast() {
          closed.closing = line
          add(closed)
        } else {
          add(Node(line: line))
        }
      }
      while let unclosed = open.popLast() { add(unclosed) }
      return nodes
    }

    /// How many elements a line opens without closing them.
    private static func depthChange(_ row: ArraySlice<UInt8>) -> Int {
      var change = 0
      var previous: UInt8 = 0
      for byte in row {
        switch (previous, byte) {
        case (UInt8(ascii: "<"), UInt8(ascii: "/")): change -= 2  // counted as opened just before
        case (UInt8(ascii: "/"), UInt8(ascii: ">")): change -= 1
        case (_, UInt8(ascii: "<")): change += 1
        default: break
        }
        previous = byte
      }
      return change
    }
  }
}
