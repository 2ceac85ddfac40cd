import CKernels
import Tensors
import TestSupport
import Testing

/// Every binary primitive and comparison of the catalogue against its definition.
@Suite struct BinaryTests {
  @Test(arguments: Catalogue.binary.map(CatalogueEntry.init))
  func agreesWithItsDefinition(_ entry: CatalogueEntry<any BinaryPrimitive.Type>) {
    func check<Operation: BinaryPrimitive>(_: Operation.Type) {
      checkDefinition(Operation.self, Float.self)
      checkDefinition(Operation.self, Double.self)
    }
    check(entry.type)
  }

  private func checkDefinition<Operation: BinaryPrimitive, Scalar: FloatingScalar>(
    _: Operation.Type, _: Scalar.Type
  ) {
    forEachPair(in: Operation.domain) { (x: View<Scalar>, y: View<Scalar>) in
      let expected = zip(x.scalars, y.scalars).map {
        Scalar(Operation.reference(Double($0), Double($1)))
      }
      let result: Tensor<Scalar> = Operation()(x.tensor, y.tensor)
      let problem = difference(result.scalars, from: expected, ulps: Operation.accuracy)
      #expect(problem == nil, "\(Operation.name) of \(Scalar.self), \(x.name) and \(y.name)")
    }
  }

  @Test(arguments: Catalogue.comparisons.map(CatalogueEntry.init))
  func comparisonAgreesWithItsDefinition(_ entry: CatalogueEntry<any ComparisonPrimitive.Type>) {
    func check<Operation: ComparisonPrimitive>(_: Operation.Type) {
      checkComparison(Operation.self, Float.self)
      checkComparison(Operation.self, Double.self)
    }
    check(entry.type)
  }

  private func checkComparison<Operation: ComparisonPrimitive, Scalar: FloatingScalar>(
    _: Operation.Type, _: Scalar.Type
  ) {
    // Whole numbers of a small range: equal ones are frequent.
    forEachPair(in: -2...2, rounded: true) { (x: View<Scalar>, y: View<Scalar>) in
      let expected = zip(x.scalars, y.scalars).map { Operation.reference(Double($0), Double($1)) }
      let result: Tensor<Bool> = Operation()(x.tensor, y.tensor)
      let problem = difference(result.scalars, from: expected)
      #expect(problem == nil, "\(Operation.name) of \(Scalar.self), \(x.name) and \(y.name)")
    }
  }

  /// The loop of the remainder, which is no operator yet: it has the sign of the divisor, as Python's and NumPy's.
  @Test func remainders() {
    func check<Scalar: FloatingScalar>(_: Scalar.Type) {
      let infinity = Scalar.infinity
      // x, y, and what NumPy 2.4 makes of them.
      let cases: [(Scalar, Scalar, Scalar)] = [
        (5.5, 2, 1.5), (-5.5, 2, 0.5), (5.5, -2, -0.5), (-5.5, -2, -1.5), (0, 3, 0), (-0.0, 3, 0),
        (0, -3, -0.0), (-0.0, -3, -0.0), (6, 3, 0), (-6, 3, 0), (6, -3, -0.0), (-6, -3, -0.0),
        (1, infinity, 1), (-1, infinity, infinity), (1, -infinity, -infinity), (-1, -infinity, -1),
        (infinity, 2, .nan), (-infinity, 2, .nan), (.nan, 2, .nan), (1, .nan, .nan), (1, 0, .nan),
        (-1, -0.0, .nan), (.leastNonzeroMagnitude, 1, .leastNonzeroMagnitude),
        (-.leastNonzeroMagnitude, 1, 1),
      ]
      for (x, y) in zip(View.vectors(cases.map(\.0)), View.vectors(cases.map(\.1)).reversed()) {
        let result = Tensor<Scalar>(
          UntypedTensor([cases.count], Scalar.scalarType))
        Lowering.loop(
          Kernels.numeric(Scalar.scalarType).pointee.remainder,
          [result.operand, x.tensor.operand, y.tensor.operand]
        ) { Lowering.run($0) }
        #expect(difference(result.scalars, from: cases.map(\.2)) == nil, "\(x.name), \(y.name)")
        withExtendedLifetime((x, y)) {}
      }
    }
    check(Float.self)
    check(Double.self)
  }

  /// Calls `check` with operands of all lengths and layouts, then with all pairs of special numbers.
  private func forEachPair<Scalar: FloatingScalar>(
    in domain: ClosedRange<Double>, rounded: Bool = false,
    _ check: (View<Scalar>, View<Scalar>) -> Void
  ) {
    var random = SeededGenerator(seed: 2)
    func scalars(_ count: Int) -> [Scalar] {
      let scalars: [Scalar] = random.scalars(count, in: domain)
      return rounded ? scalars.map { $0.rounded() } : scalars
    }
    for count in lengthsAroundVectors {
      let (x, y) = (View.vectors(scalars(count)), View.vectors(scalars(count)))
      for (left, right) in zip(x, y) { check(left, right) }
      for (left, right) in zip(x, y.dropFirst() + y.prefix(1)) { check(left, right) }
      let one = scalars(1)
      let repeated = [Scalar](repeating: one[0], count: count)
      let scalar = View(name: "a scalar", tensor: Tensor(one[0]), scalars: repeated)
      let single = View(name: "one element", tensor: Tensor(one), scalars: repeated)
      for view in x {
        check(view, scalar)
        check(scalar, view)
        check(view, single)
        check(single, view)
      }
      for (left, right) in zip(View.matrices(scalars(count)), View.matrices(scalars(count))) {
        check(left, right)
      }
      // A row and a column, each repeated by the operation itself.
      let matrix = View.matrices(scalars(count))[0]
      let row = View(
        name: "a row", tensor: x[0].tensor, scalars: x[0].scalars + x[0].scalars)
      check(matrix, row)
      check(row, matrix)
      let ends = scalars(2)
      let column = View(
        name: "a column", tensor: Tensor(ends, shape: [2, 1]),
        scalars: ends.flatMap { [Scalar](repeating: $0, count: count) })
      check(matrix, column)
      check(column, row)
    }
    let special: [Scalar] = specialScalars()
    check(
      View.vectors(special.flatMap { x in special.map { _ in x } })[0],
      View.vectors(special.flatMap { _ in special })[0])
    check(
      View.vectors(random.scalarsOfAllMagnitudes(1000))[0],
      View.vectors(random.scalarsOfAllMagnitudes(1000))[0])
  }
}
