import Tensors
import TestSupport
import Testing

/// Every unary primitive of the catalogue against its definition.
@Suite struct UnaryTests {
  @Test(arguments: Catalogue.unary.map(CatalogueEntry.init))
  func agreesWithItsDefinition(_ entry: CatalogueEntry<any UnaryPrimitive.Type>) {
    func check<Operation: UnaryPrimitive>(_: Operation.Type) {
      checkDefinition(Operation.self, Float.self)
      checkDefinition(Operation.self, Double.self)
    }
    check(entry.type)
  }

  private func checkDefinition<Operation: UnaryPrimitive, Scalar: FloatingScalar>(
    _: Operation.Type, _: Scalar.Type
  ) {
    var random = SeededGenerator(seed: 1)
    func check(_ view: View<Scalar>) {
      let expected = view.scalars.map { Scalar(Operation.reference(Double($0))) }
      let result = Operation()(view.tensor)
      #expect(result.shape == view.tensor.shape)
      let problem = difference(result.scalars, from: expected, ulps: Operation.accuracy)
      #expect(problem == nil, "\(Operation.name) of \(Scalar.self), \(view.name)")
    }
    for count in lengthsAroundVectors {
      View.all(random.scalars(count, in: Operation.domain)).forEach(check)
    }
    check(View.vectors(specialScalars())[0])
    check(View.vectors(random.scalarsOfAllMagnitudes(1000))[0])
    check(View.vectors(random.scalars(1000, in: -100...100))[0])
    check(View(name: "a scalar", tensor: Tensor(0.5), scalars: [0.5]))
  }
}
