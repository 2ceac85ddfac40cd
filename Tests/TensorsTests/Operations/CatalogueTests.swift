import Tensors
import Testing

@Suite(.enabled(if: Sources.areHere, "the sources are not beside the tests"))
struct CatalogueTests {
  @Test func listsAllPrimitives() throws {
    let declared = try Sources.primitives()
    func expect(_ listed: [any Any.Type], are family: String) {
      #expect(
        listed.map { "\($0)" }.sorted()
          == declared.filter { $0.family == family }.map(\.name).sorted(),
        "the catalogue's \(family)s are not those of the sources")
    }
    expect(Catalogue.unary, are: "UnaryPrimitive")
    expect(Catalogue.binary, are: "BinaryPrimitive")
    expect(Catalogue.comparisons, are: "ComparisonPrimitive")
    expect(Catalogue.reductions, are: "ReductionPrimitive")
    expect(Catalogue.lines, are: "LinePrimitive")
    expect(Catalogue.scans, are: "ScanPrimitive")
    expect(Catalogue.bits, are: "BitPrimitive")
    // A family that is not named here would escape the lists.
    let families = Set(declared.map(\.family))
    #expect(
      families == [
        "UnaryPrimitive", "BinaryPrimitive", "ComparisonPrimitive", "ReductionPrimitive",
        "LinePrimitive", "ScanPrimitive", "BitPrimitive", "Primitive",
      ])
  }

  @Test func namesAreDistinct() {
    let names =
      Catalogue.unary.map { $0.name } + Catalogue.binary.map { $0.name }
      + Catalogue.comparisons.map { $0.name } + Catalogue.reductions.map { $0.name }
      + Catalogue.lines.map { $0.name } + Catalogue.scans.map { $0.name }
      + Catalogue.bits.map { $0.name }
    #expect(Set(names).count == names.count)
  }
}
