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
///     Shape([.max, 2]).checkedElementCount  // nil
public struct Shape: Sendable, Hashable, RandomAccessCollection, ExpressibleByArrayLiteral {
  /// The extents.
  package let dimensions: Dimensions

  /// The product of the extents, or −1 if it doesn't fit.
  private let product: Int

  /// The number of elements, or `nil` if it doesn't fit an `Int`: for shapes from outside.
  public var checkedElementCount: Int? { product < 0 ? nil : product }

  /// Makes a shape of these extents.
  ///
  /// - Parameter extents: Each 0 or more.
  /// - Precondition: No extent is negative.
  public init(_ extents: [Int]) { self.init(Dimensions(extents)) }

  package init(_ dimensions: Dimensions) {
    var product = 1
    var isEmpty = false
    var isTooLarge = false
    for axis in 0..<dimensions.count {
      let extent = dimensions[axis]
      require(extent >= 0, "negative dimensions are not allowed")
      let (next, overflow) = product.multipliedReportingOverflow(by: Swift.max(extent, 1))
      isEmpty = isEmpty || extent == 0
      isTooLarge = isTooLarge || overflow
      product = next
    }
    self.init(dimensions, product: isEmpty ? 0 : isTooLarge ? -1 : product)
  }

  /// Extents that have been checked, and their product, or −1 if it doesn't fit.
  @inline(__always)
  init(_ dimensions: Dimensions, product: Int) {
    self.dimensions = dimensions
    self.product = product
  }

  /// The extents, each 0 or more.
  public var extents: [Int] { Array(dimensions) }

  /// Makes a shape from a literal.
  public init(arrayLiteral elements: Int...) { self.init(elements) }

  /// The number of axes.
  public var rank: Int { dimensions.count }

  /// The number of elements: the product of the extents, 1 for a scalar.
  ///
  /// - Precondition: The product fits an `Int`.
  public var elementCount: Int {
    require(product >= 0, "Maximum allowed dimension exceeded")
    return product
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
