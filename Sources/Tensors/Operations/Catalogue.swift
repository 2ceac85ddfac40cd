/// The primitives of each family: what tests walk through, so that a new one is tested as soon as it stands here.
///
/// A test compares the lists with the source files.
package enum Catalogue {
  package static let unary: [any UnaryPrimitive.Type] = [
    Absolute.self, Exp.self, Expm1.self, Log.self, Log1p.self, Negate.self, Relu.self,
    Sigmoid.self, Sign.self, Softplus.self, Square.self, SquareRoot.self, Tanh.self,
  ]

  package static let binary: [any BinaryPrimitive.Type] = [
    Add.self, Divide.self, Maximum.self, Minimum.self, Multiply.self, Power.self, Subtract.self,
  ]

  package static let comparisons: [any ComparisonPrimitive.Type] = [
    Equal.self, Less.self, LessOrEqual.self, NotEqual.self,
  ]

  package static let reductions: [any ReductionPrimitive.Type] = [
    IndexOfLargest.self, IndexOfSmallest.self, Largest.self, Product.self, Smallest.self, Sum.self,
  ]

  package static let lines: [any LinePrimitive.Type] = [LogSoftmax.self, Softmax.self]
}
