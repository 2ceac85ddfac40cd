import Tensors
import Testing

@testable import Plotting

/// Checks that a figure's texts touch neither one another nor its edges, and that all numbers of its
/// SVG are finite, at several sizes.
func expectSound(
  _ figure: Figure, sizes: [(Double, Double)] = [(6.4, 4.8), (3, 2), (1, 1)],
  sourceLocation: SourceLocation = #_sourceLocation
) {
  for (width, height) in sizes {
    var figure = figure
    (figure.width, figure.height) = (width, height)
    let layout = FigureLayout(figure)
    let canvas = layout.drawn(theme: .light)
    for (index, text) in canvas.texts.enumerated() {
      let isInside =
        text.left >= -0.01 && text.top >= -0.01 && text.right <= layout.size.width + 0.01
        && text.bottom <= layout.size.height + 0.01
      #expect(
        isInside || width < 2, "\(text) leaves the figure of \(width) × \(height)",
        sourceLocation: sourceLocation)
      for other in canvas.texts.prefix(index) {
        #expect(
          !text.expanded(by: -0.2).overlaps(other.expanded(by: -0.2)),
          "\(text) and \(other) overlap at \(width) × \(height)", sourceLocation: sourceLocation)
      }
    }
    let svg = String(decoding: canvas.svg, as: UTF8.self)
    let words = svg.split { " \"<>=,".contains($0) }
    #expect(
      !words.contains { ["nan", "-nan", "inf", "-inf"].contains($0.lowercased()) },
      sourceLocation: sourceLocation)
    #expect(svg.hasSuffix("</svg>\n"), sourceLocation: sourceLocation)
  }
}

private func oddTensor(_ value: (Int) -> Double) -> Tensor<Double> {
  Tensor<Double>((0..<20).map(value), shape: [4, 5])
}

/// Numbers that a picture must survive, `[4, 5]`.
let oddNumbers: [(name: String, values: Tensor<Double>)] = [
  ("constant", oddTensor { _ in 3 }),
  ("zero", oddTensor { _ in 0 }),
  ("huge", oddTensor { ($0 % 2 == 0 ? 1e308 : -1e308) / Double($0 + 1) }),
  ("largest", oddTensor { Double($0 % 3 - 1) * Double.greatestFiniteMagnitude }),
  ("tiny", oddTensor { Double($0 % 7) * 1e-308 }),
  ("subnormal", oddTensor { Double($0 % 3) * Double.leastNonzeroMagnitude }),
  ("nearly equal", oddTensor { $0 % 2 == 0 ? 1 : Double(1).nextUp }),
  ("NaN", oddTensor { _ in Double.nan }),
  ("one NaN", oddTensor { $0 == 7 ? Double.nan : Double($0) }),
  ("infinities", oddTensor { [1, Double.infinity, -Double.infinity, 2][$0 % 4] }),
]

/// The attributes of the elements of a name, in order.
func elements(_ name: String, in svg: String) -> [[String: String]] {
  svg.split(separator: "<").filter { $0.hasPrefix(name + " ") }.map { element in
    var attributes: [String: String] = [:]
    let pieces = element.split(separator: "\"", omittingEmptySubsequences: false)
    for index in stride(from: 0, to: pieces.count - 1, by: 2) {
      let key = pieces[index].split(separator: " ").last?.dropLast() ?? ""
      attributes[String(key)] = String(pieces[index + 1])
    }
    return attributes
  }
}
