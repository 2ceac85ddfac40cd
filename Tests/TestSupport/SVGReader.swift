import Foundation
import Plotting

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// An SVG as an XML parser reads it: its elements, and its texts with the boxes that they fill.
///
/// The boxes are computed from the attributes alone, as a viewer would: nothing is taken over from
/// what wrote the document but the widths of the characters.
package struct SVGReader: Sendable {
  /// An element: its name and attributes.
  package struct Element: Sendable {
    package var name: String
    package var attributes: [String: String]

    /// An attribute's number.
    package subscript(name: String) -> Double? { attributes[name].flatMap { Double($0) } }
  }

  /// A text and the box that it may fill, in the units of the document.
  package struct Text: Sendable, CustomStringConvertible {
    package var content = ""
    package var left = 0.0
    package var top = 0.0
    package var right = 0.0
    package var bottom = 0.0

    package var description: String { "“\(content)” at \(left)…\(right), \(top)…\(bottom)" }

    /// Whether the two share more than `tolerance` each way.
    package func overlaps(_ other: Text, tolerance: Double = 0.05) -> Bool {
      left < other.right - tolerance && other.left < right - tolerance
        && top < other.bottom - tolerance && other.top < bottom - tolerance
    }
  }

  package private(set) var elements: [Element] = []
  package private(set) var texts: [Text] = []
  package private(set) var width = 0.0
  package private(set) var height = 0.0

  /// Reads a document; throws the parser's error if it isn't well-formed XML.
  package init(_ svg: String) throws {
    let parser = XMLParser(data: Data(svg.utf8))
    let reader = Delegate()
    parser.delegate = reader
    guard parser.parse() else {
      throw parser.parserError ?? CocoaError(.fileReadCorruptFile)
    }
    elements = reader.elements
    texts = reader.texts
    let edges = (elements.first?.attributes["viewBox"] ?? "").split(separator: " ")
    (width, height) = (Double(edges.dropFirst(2).first ?? "") ?? 0, Double(edges.last ?? "") ?? 0)
  }

  /// What is wrong with the texts: those that leave the canvas, and pairs that overlap.
  package var faults: [String] {
    var faults: [String] = []
    for (index, text) in texts.enumerated() {
      if text.left < -0.05 || text.top < -0.05 || text.right > width + 0.05
        || text.bottom > height + 0.05
      {
        faults.append("\(text) leaves the canvas of \(width) × \(height)")
      }
      for other in texts[..<index] where text.overlaps(other) {
        faults.append("\(text) overlaps \(other)")
      }
    }
    return faults
  }

  private final class Delegate: NSObject, XMLParserDelegate {
    var elements: [Element] = []
    var texts: [Text] = []
    private var text: Element?
    private var content = ""
    /// Base line, width, and reach above and below the place, of the text being read.
    private var runs: (drop: Double, width: Double, above: Double, below: Double) = (0, 0, 0, 0)
    private var sizes: [Double] = []
    private var run = ""

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String] = [:]
    ) {
      let element = Element(name: name, attributes: attributes)
      elements.append(element)
      if name == "text" {
        text = element
        content = ""
        runs = (0, 0, -.infinity, -.infinity)
        sizes = [element["font-size"] ?? 10]
      } else if name == "tspan", text != nil {
        finishRun()
        runs.drop += element["dy"] ?? 0
        sizes.append(element["font-size"] ?? sizes.last ?? 10)
      }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
      if text != nil { run += string }
    }

    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
      qualifiedName: String?
    ) {
      if name == "tspan", text != nil {
        finishRun()
        sizes.removeLast()
      } else if name == "text", let element = text {
        finishRun()
        texts.append(box(of: element))
        text = nil
      }
    }

    private func finishRun() {
      guard !run.isEmpty, let size = sizes.last else { return }
      let isBold = text?.attributes["font-weight"] == "bold"
      content += run
      runs.width += FontMetrics.width(of: run, size: size, isBold: isBold)
      runs.above = max(runs.above, FontMetrics.ascent * size - runs.drop)
      runs.below = max(runs.below, FontMetrics.descent * size + runs.drop)
      run = ""
    }

    private func box(of element: Element) -> Text {
      let (x, y) = (element["x"] ?? 0, element["y"] ?? 0)
      let start =
        switch element.attributes["text-anchor"] {
        case "middle": -runs.width / 2
        case "end": -runs.width
        default: 0.0
        }
      if let turn = element.attributes["transform"], turn.hasPrefix("rotate(-90") {
        return Text(
          content: content, left: x - runs.above, top: y - start - runs.width,
          right: x + runs.below, bottom: y - start)
      }
      return Text(
        content: content, left: x + start, top: y - runs.above, right: x + start + runs.width,
        bottom: y + runs.below)
    }
  }
}
