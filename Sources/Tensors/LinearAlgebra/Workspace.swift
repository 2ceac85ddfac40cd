/// Memory that a factorization needs beside its matrix: taken and given back like a stack, and used
/// again.
///
/// Who makes one keeps it alive until the work is done.
final class Workspace {
  /// How many elements of a product are computed at a time before they are subtracted: what stays
  /// in the cache.
  static let productCount = 16384

  /// How much of the memory is taken.
  struct Mark {
    fileprivate var chunk = 0
    fileprivate var used = 0
  }

  private var chunks: [UnsafeMutableBufferPointer<Double>] = []
  private var taken = Mark()
  private var products = UnsafeMutableBufferPointer<Double>(start: nil, count: 0)

  init() {}

  /// Where the memory stands: all that is taken from now on is given back by ``release(_:)``.
  func mark() -> Mark { taken }

  func release(_ mark: Mark) { taken = mark }

  /// Numbers that are not set to anything.
  func numbers(_ count: Int) -> UnsafeMutablePointer<Double> {
    // Whole cache lines.
    let count = (Swift.max(count, 1) + 7) / 8 * 8
    while true {
      if taken.chunk == chunks.count {
        chunks.append(Workspace.allocate(Swift.max(count, 512 << Swift.min(taken.chunk, 10))))
      }
      let chunk = chunks[taken.chunk]
      if let start = chunk.baseAddress, taken.used + count <= chunk.count {
        defer { taken.used += count }
        return start + taken.used
      }
      taken = Mark(chunk: taken.chunk + 1, used: 0)
    }
  }

  /// A matrix that is not set to anything.
  func matrix(_ rows: Int, _ columns: Int) -> MatrixBlock {
    MatrixBlock(numbers(rows * columns), rows, columns)
  }

  /// A vector, as a matrix of one row, that is not set to anything.
  func row(_ columns: Int) -> MatrixBlock { matrix(1, columns) }

  /// Room for a product that is used up before the next is asked for.
  func product(_ count: Int) -> UnsafeMutablePointer<Double> {
    if products.count < count {
      products.baseAddress.map { UnsafeMutableRawPointer($0).deallocate() }
      products = Workspace.allocate(Swift.max(count, Workspace.productCount))
    }
    guard let start = products.baseAddress else { return numbers(count) }
    return start
  }

  private static func allocate(_ count: Int) -> UnsafeMutableBufferPointer<Double> {
    let bytes = UnsafeMutableRawPointer.allocate(
      byteCount: count * MemoryLayout<Double>.stride, alignment: 64)
    return UnsafeMutableBufferPointer(
      start: bytes.bindMemory(to: Double.self, capacity: count), count: count)
  }

  deinit {
    for piece in chunks + [products] {
      piece.baseAddress.map { UnsafeMutableRawPointer($0).deallocate() }
    }
  }
}
