/// The primitives of each family: what tests walk through, so that a new one is tested as soon as
/// it stands here.
///
/// A test compares the lists with the source files.
package enum Catalogue {
  package static let unary: [any UnaryPrimitive.Type] = [
    Absolute.self, ArcCosine.self, ArcHyperbolicCosine.self, ArcHyperbolicSine.self,
    ArcHyperbolicTangent.self, ArcSine.self, ArcTangent.self, Ceiling.self, Cosine.self,
    CubeRoot.self, ErrorFunction.self, Exp.self, Exp2.self, Expm1.self, Floor.self,
    HyperbolicCosine.self, HyperbolicSine.self, Log.self, Log10.self, Log1p.self, Log2.self,
    Negate.self, Relu.self, RoundToEven.self, Sigmoid.self, Sign.self, Sine.self, Softplus.self,
    Square.self, SquareRoot.self, Tangent.self, Tanh.self, Truncate.self,
  ]

  package static let binary: [any BinaryPrimitive.Type] = [
    Add.self, ArcTangent2.self, Divide.self, FloorDivide.self, Hypotenuse.self, Maximum.self,
    Minimum.self, Multiply.self, Power.self, Remainder.self, Subtract.self,
  ]

  package static let comparisons: [any ComparisonPrimitive.Type] = [
    Equal.self, Less.self, LessOrEqual.self, NotEqual.self,
  ]

  package static let reductions: [any ReductionPrimitive.Type] = [
    IndexOfLargest.self, IndexOfSmallest.self, Largest.self, Product.self, Smallest.self, Sum.self,
  ]

  package static let lines: [any LinePrimitive.Type] = [LogSoftmax.self, Softmax.self]

  package static let scans: [any ScanPrimitive.Type] = [CumulativeProduct.self, CumulativeSum.self]

  package static let bits: [any BitPrimitive.Type] = [
    BitwiseAnd.self, BitwiseNot.self, BitwiseOr.self, BitwiseXor.self, ShiftLeft.self,
    ShiftRight.self,
  ]
}
