import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// The elements, attributes and text of a document that is well-formed XML.
package struct ParsedXML {
  /// An element as it begins.
  package struct Element {
    package var name: String
    package var attributes: [String: String]
  }

  package var elements: [Element] = []
  /// All text, that of style sheets too.
  package var text = ""

  /// Reads a document; nil if it isn't well-formed.
  package init?(_ document: String) {
    let parser = XMLParser(data: Data(document.utf8))
    let collector = Collector()
    parser.delegate = collector
    guard parser.parse() else { return nil }
    self = collector.result
  }

  private init() {}

  /// The number of elements of a name.
  package func count(_ name: String) -> Int { elements.count { $0.name == name } }

  private final class Collector: NSObject, XMLParserDelegate {
    var result = ParsedXML()

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String] = [:]
    ) {
      result.elements.append(Element(name: name, attributes: attributes))
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { result.text += string }
  }
}
