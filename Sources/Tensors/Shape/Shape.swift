/// The extents of a tensor's axes, outermost first: NumPy's `shape`.
///
/// A collection of the extents: `count` is the rank, ``elementCount`` their product.
///
///     let shape: Shape = [2, 3]
///     shape                  // (2, 3)
///     shape[1]               // 3
///     shape.rank             // 2
///     shape.elementCount     // 6
///     Shape([4, 1]).extents  // [4, 1]
public struct Shape: Sendable, Hashable, RandomAccessCollection, ExpressibleByArrayLiteral {
  /// The extents.
  package let dimensions: Dimensions

  /// The number of elements, or `nil` if it doesn't fit an `Int`: for shapes from outside.
  public let checkedElementCount: Int?

  /// Makes a shape of these extents.
  ///
  /// - Parameter extents: Each 0 or more.
  /// - Precondition: No extent is negative.
  public init(_ extents: [Int]) { self.init(Dimensions(extents)) }

  package init(_ dimensions: Dimensions) {
    for axis in 0..<dimensions.count {
      require(dimensions[axis] >= 0, "negative dimensions are not allowed")
    }
    self.dimensions = dimensions
    checkedElementCount = Shape.product(dimensions)
  }

  /// The extents, each 0 or more.
  public var extents: [Int] { Array(dimensions) }

  /// The product of the extents, or `nil` if it doesn't fit an `Int`.
  private static func product(_ extents: Dimensions) -> Int? {
    var product = 1
    var isTooLarge = false
    for axis in 0..<extents.count {
      if extents[axis] == 0 { return 0 }
      let (next, overflow) = product.multipliedReportingOverflow(by: extents[axis])
      isTooLarge = isTooLarge || overflow
      product = next
    }
    return isTooLarge ? nil : product
  }

  /// Makes a shape from a literal.
  public init(arrayLiteral elements: Int...) { self.init(elements) }

  /// The number of axes.
  public var rank: Int { dimensions.count }

  /// The number of elements: the product of the extents, 1 for a scalar.
  ///
  /// - Precondition: The product fits an `Int`.
  public var elementCount: Int {
    guard let count = checkedElementCount else {
      fatalError("Maximum allowed dimension exceeded")
    }
    return count
  }

  /// The position of the first axis: 0.
  public var startIndex: Int { 0 }
  /// One past the last axis.
  public var endIndex: Int { dimensions.count }
  /// The extent of an axis.
  public subscript(axis: Int) -> Int { dimensions[axis] }

  /// The shape without the axis given.
  package func removing(axis: Int) -> Shape {
    var rest = dimensions
    rest.remove(at: axis)
    return Shape(rest)
  }

  /// The shape with another extent on the axis given.
  package func replacing(axis: Int, by extent: Int) -> Shape {
    var changed = dimensions
    changed[axis] = extent
    return Shape(changed)
  }
}

extension Shape: CustomStringConvertible {
  /// As Python prints a tuple: `(2, 3)`, `(3,)`, `()`.
  public var description: String { tuple(separator: ", ") }

  /// As NumPy's messages print it: `(2,3)`, `(3,)`, `()`.
  package var compact: String { tuple(separator: ",") }

  private func tuple(separator: String) -> String {
    rank == 1
      ? "(\(self[0]),)" : "(" + map(String.init).joined(separator: separator) + ")"
  }
}
