import Tensors

/// An index written as text, and before it a byte for the rank and one for each extent.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let bytes = UnsafeBufferPointer(start: start, count: count)
  let rank = Int(bytes.first ?? 0) % 5
  guard count > rank else { return 0 }
  let shape = Shape(bytes[1..<1 + rank].map { Int($0) % 6 })
  let text = String(decoding: bytes[(1 + rank)...], as: UTF8.self)
  guard let index = parsed(text) else { return 0 }
  let tensor = Tensor(Array(0..<shape.elementCount), shape: shape)
  let expected = taken(by: index, of: shape)
  guard let fitting = try? shape.indexed(by: index) else {
    precondition(expected == nil, "an index that fits was refused")
    return 0
  }
  guard let expected, let part = try? tensor.part(at: index) else {
    fatalError("an index was taken that doesn't fit")
  }
  precondition(part.shape == fitting, "the part has another shape than the rule")
  precondition(part.shape.extents == expected.extents, "the part has a wrong shape")
  precondition(part.scalars == expected.elements, "the part has wrong elements")

  var written = tensor
  written[index] = Tensor(-1)
  let chosen = Set(expected.elements)
  precondition(
    written.scalars == tensor.scalars.map { chosen.contains($0) ? -1 : $0 },
    "other elements were written than were read")
  return 0
}

private func parsed(_ text: String) -> [TensorIndex]? {
  do throws(IndexSyntaxError) {
    return try [TensorIndex](parsing: text)
  } catch {
    precondition(0...text.utf8.count ~= error.position && !error.message.isEmpty)
    return nil
  }
}

/// What an index takes of a tensor that counts its elements, one after the other; `nil` if it
/// doesn't fit.
private func taken(
  by index: [TensorIndex], of shape: Shape
) -> (extents: [Int], elements: [Int])? {
  let named = index.count { $0 != .ellipsis && $0 != .newAxis }
  guard named <= shape.rank else { return nil }
  let whole = TensorIndex.slice(start: nil, stop: nil, step: 1)
  let rest = [TensorIndex](repeating: whole, count: shape.rank - named)
  let parts = (index.contains(.ellipsis) ? index : index + [.ellipsis]).flatMap {
    $0 == .ellipsis ? rest : [$0]
  }
  var (extents, elements, axis) = ([Int](), [0], 0)
  for part in parts {
    if part == .newAxis {
      extents.append(1)
      continue
    }
    guard let positions = positions(of: part, extent: shape[axis]) else { return nil }
    if case .slice = part { extents.append(positions.count) }
    elements = elements.flatMap { element in positions.map { element * shape[axis] + $0 } }
    axis += 1
  }
  return (extents, elements)
}

/// The positions of an axis that a part takes, found by trying each.
private func positions(of part: TensorIndex, extent: Int) -> [Int]? {
  func fromStart(_ position: Int) -> Int { position < 0 ? position + extent : position }
  switch part {
  case .position(let position):
    let found = (0..<extent).filter { $0 == position || $0 - extent == position }
    return found.isEmpty ? nil : found
  case .slice(let start, let stop, let step) where step > 0:
    let first = max(start.map(fromStart) ?? 0, 0)
    let end = stop.map(fromStart) ?? extent
    return (0..<extent).filter { $0 >= first && $0 < end && ($0 - first) % step == 0 }
  case .slice(let start, let stop, let step):
    let first = min(start.map(fromStart) ?? extent - 1, extent - 1)
    let end = stop.map(fromStart) ?? -1
    return (0..<extent).reversed().filter {
      $0 <= first && $0 > end && UInt(first - $0) % step.magnitude == 0
    }
  default: fatalError("no part of a text: \(part)")
  }
}
