import Tensors
import Testing

/// A primitive's type as an argument of a test, shown by its name.
struct CatalogueEntry<Metatype: Sendable>: Sendable, CustomTestStringConvertible {
  let type: Metatype
  var testDescription: String { "\(type)" }
}
