import Foundation
import Tensors
import TestSupport
import Testing

/// NumPy's answers for indexes, assignment, shape, joining, splitting and making of arrays.
@Suite struct IndexingReferenceTests {
  /// Operations of the file that suites of other parts of the library run, each of which counts its
  /// cases.
  private static let elsewhere = Set(SortingReferenceTests.counts.keys)
    .union(LinearAlgebraReferenceTests.operations).subtracting(["diagonal"])

  /// Mistakes that Swift's types rule out: fractions as an index, and an unknown word for the indexing of a grid.
  private static let impossible: Set<String> = [
    "arrays used as indices must be of integer (or boolean) type",
    "Valid values for `indexing` are 'xy' and 'ij'.",
  ]

  private func file(_ name: String) throws -> ReferenceFile {
    let url = try #require(
      Bundle.module.url(forResource: "Fixtures/numpy/\(name)", withExtension: "json"))
    return try ReferenceFile(url)
  }

  @Test func indexing() throws {
    let file = try file("indexing")
    #expect(file.cases.count == 919)
    let (run, other, impossible) = try run(file)
    print("indexing.json: \(file.cases.count) cases")
    #expect(Set(other.keys) == Self.elsewhere)
    #expect(impossible == 3)
    let total = run.values.reduce(0, +)
    #expect(total == 535)
    #expect(total + impossible + other.values.reduce(0, +) == 919)
  }

  /// The cases of `broadcasting.json` that are not arithmetic.
  @Test func broadcasting() throws {
    let file = try file("broadcast_shapes")
    #expect(file.cases.count == 17)
    let (run, other, impossible) = try run(file)
    print("broadcast_shapes.json: \(file.cases.count) cases")
    #expect(run == ["broadcast_to": 9, "broadcast_shapes": 4, "where": 4])
    #expect(other.isEmpty)
    #expect(impossible == 0)
  }

  /// Random indexes, assignments and rearrangements: `make_array_indexing.py` beside the file tells how they were made.
  @Test func randomIndexes() throws {
    let file = try file("array_indexing")
    #expect(file.cases.count == 814)
    let (run, other, impossible) = try run(file)
    print("array_indexing.json: \(file.cases.count) cases")
    #expect(run.values.reduce(0, +) == 814)
    #expect(run["getitem"] == 280)
    #expect(run["setitem"] == 140)
    #expect(other.isEmpty)
    #expect(impossible == 0)
  }

  /// Runs the cases of a file, and tells how many there are of each operation, and of each that is tested elsewhere.
  private func run(
    _ file: ReferenceFile
  ) throws -> (run: [String: Int], elsewhere: [String: Int], impossible: Int) {
    var counts: [String: Int] = [:]
    var others: [String: Int] = [:]
    var impossible = 0
    for answer in file.cases {
      let operation = try #require(answer.string("op"))
      if Self.elsewhere.contains(operation) {
        others[operation, default: 0] += 1
        continue
      }
      if let message = answer.child("error")?.string("message"), Self.impossible.contains(message) {
        impossible += 1
        continue
      }
      counts[operation, default: 0] += 1
      try check(answer, operation)
    }
    func list(_ counts: [String: Int]) -> String {
      counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }
    print("run: \(list(counts)); elsewhere: \(list(others)); impossible: \(impossible)")
    return (counts, others, impossible)
  }

  private func check(_ answer: ReferenceCase, _ operation: String) throws {
    let name = "\(answer.string("id") ?? "?") \(operation)"
    let call = try ReferenceCall(answer)
    let results: [(String, any AnyTensor)]
    do {
      results = try call.results(of: operation)
    } catch let error as ShapeError {
      guard let expected = answer.child("error")?.string("message") else {
        Issue.record("\(name): \(error)")
        return
      }
      // Accidents of NumPy's or Python's own: that it is a mistake is enough.
      if answer.bool("quirk") != true {
        #expect(error.message == expected, "\(name)")
      }
      return
    }
    if let error = answer.child("error") {
      Issue.record("\(name): no error, but \(error.string("message") ?? "?")")
      return
    }
    let expected = try #require(answer.child("expected"))
    #expect(Set(results.map(\.0)) == Set(expected.object.keys), "\(name)")
    for (key, got) in results {
      let wanted = try #require(expected.array(key), "\(name)")
      #expect(got.scalarType.name == wanted.type, "\(name) \(key)")
      let difference = try difference(got, wanted, tolerance: answer.child("tol"))
      #expect(difference == nil, "\(name) \(key): \(difference ?? "")")
    }
  }

  private func difference(
    _ got: any AnyTensor, _ wanted: ReferenceArray, tolerance: ReferenceCase?
  ) throws -> String? {
    switch got {
    case let got as Tensor<Double>:
      let expected = wanted.elements(as: Double.self)
      if let ulps = tolerance?.int("ulp") {
        return TestSupport.difference(got, from: expected, ulps: ulps)
      }
      if let relative = tolerance?.double("rtol") {
        let absolute = try #require(tolerance?.double("atol"))
        if got.shape != expected.shape { return "shape \(got.shape), not \(expected.shape)" }
        return TestSupport.difference(
          got, from: expected.scalars,
          tolerance: expected.scalars.map { absolute + relative * $0.magnitude })
      }
      return TestSupport.difference(got, from: expected)
    case let got as Tensor<Float>:
      return TestSupport.difference(got, from: wanted.elements(as: Float.self))
    case let got as Tensor<Int>:
      return TestSupport.difference(got, from: wanted.elements(as: Int.self))
    case let got as Tensor<Bool>:
      return TestSupport.difference(got, from: wanted.elements(as: Bool.self))
    case let got as Tensor<Int8>:
      return TestSupport.difference(got, from: wanted.elements(as: Int8.self))
    case let got as Tensor<Int32>:
      return TestSupport.difference(got, from: wanted.elements(as: Int32.self))
    case let got as Tensor<UInt8>:
      return TestSupport.difference(got, from: wanted.elements(as: UInt8.self))
    default:
      return "no comparison for \(got.scalarType.name)"
    }
  }
}

extension ReferenceArray {
  /// The array with its elements converted.
  fileprivate func elements<Scalar: TensorScalar>(as _: Scalar.Type) -> Tensor<Scalar> {
    let shape = Shape(shape)
    return switch type {
    case "bool": Tensor(Tensor<Bool>(bools, shape: shape))
    case "float32", "float64": Tensor(Tensor<Double>(doubles, shape: shape))
    case "uint64": Tensor(Tensor<UInt64>(unsigned, shape: shape))
    default: Tensor(Tensor<Int>(ints, shape: shape))
    }
  }
}

/// A case's inputs and arguments, and the functions that NumPy's names stand for.
private struct ReferenceCall {
  let answer: ReferenceCase
  let inputs: ReferenceCase
  let arguments: ReferenceCase

  init(_ answer: ReferenceCase) throws {
    self.answer = answer
    inputs = answer.child("inputs") ?? ReferenceCase([:])
    arguments = answer.child("args") ?? ReferenceCase([:])
  }

  private func tensor<Scalar: TensorScalar>(
    _ name: String, of type: Scalar.Type
  ) throws -> Tensor<Scalar> {
    try #require(inputs.array(name)).elements(as: type)
  }

  /// The inputs that are a list, numbered from `a0` on.
  private func list<Scalar: TensorScalar>(of type: Scalar.Type) -> [Tensor<Scalar>] {
    (0..<inputs.object.count).compactMap { inputs.array("a\($0)")?.elements(as: type) }
  }

  private func int(_ name: String) throws -> Int {
    try #require(arguments.int(name), "no argument \(name)")
  }

  private func double(_ name: String) throws -> Double {
    try #require(arguments.double(name), "no argument \(name)")
  }

  /// Whole numbers: one or a list; `nil` if there is none.
  private func ints(_ name: String) -> [Int]? {
    arguments.int(name).map { [$0] } ?? arguments.object[name] as? [Int]
  }

  private func isList(_ name: String) -> Bool { arguments.object[name] is [Any] }

  /// The type of the result: that of the expected one, or of the first input.
  private var type: String {
    let expected = answer.child("expected")
    let key = expected?.object.keys.sorted().first { $0 == "result" } ?? "r0"
    return expected?.array(key)?.type ?? inputs.array("a")?.type ?? inputs.array("a0")?.type
      ?? "float64"
  }

  private func index() throws -> [TensorIndex] {
    try (#require(arguments.object["index"] as? [Any])).map { part in
      if let word = part as? String { return word == "ellipsis" ? .ellipsis : .newAxis }
      let object = ReferenceCase(try #require(part as? [String: Any]))
      if let position = object.int("int") { return .position(position) }
      if let bounds = object.object["slice"] as? [Any] {
        let numbers = bounds.map { ($0 as? NSNumber)?.intValue }
        return .slice(start: numbers[0], stop: numbers[1], step: numbers[2] ?? 1)
      }
      let array = try #require(object.array("array"))
      switch array.type {
      case "bool": return array.elements(as: Bool.self).tensorIndex
      case "uint8": return array.elements(as: UInt8.self).tensorIndex
      case "int32": return array.elements(as: Int32.self).tensorIndex
      default: return array.elements(as: Int.self).tensorIndex
      }
    }
  }

  /// What the operation gives, by the names that the file has for results.
  func results(of operation: String) throws -> [(String, any AnyTensor)] {
    if let made = try making(operation) { return made }
    return switch type {
    case "bool": try results(of: operation, Bool.self)
    case "float32": try results(of: operation, Float.self)
    case "float64": try results(of: operation, Double.self)
    case "int8": try results(of: operation, Int8.self)
    case "int32": try results(of: operation, Int32.self)
    case "int64": try results(of: operation, Int.self)
    case "uint8": try results(of: operation, UInt8.self)
    default: throw ReferenceError(message: "no type \(type)")
    }
  }

  private func numbered<Scalar: TensorScalar>(
    _ tensors: [Tensor<Scalar>]
  ) -> [(String, any AnyTensor)] {
    tensors.enumerated().map { ("r\($0)", $1) }
  }

  private func results<Scalar: TensorScalar>(
    of operation: String, _ type: Scalar.Type
  ) throws -> [(String, any AnyTensor)] {
    switch operation {
    case "meshgrid":
      let name = try #require(arguments.string("indexing"))
      return numbered(
        meshgrid(list(of: type), indexing: try #require(GridIndexing(rawValue: name))))
    case "nonzero":
      let a = try #require(inputs.array("a"))
      return numbered(
        a.type == "bool" ? try nonzero(a, Bool.self) : try nonzero(a, Double.self))
    case "where" where inputs.array("a") == nil:
      return numbered(try tensor("condition", of: Bool.self).nonzero())
    case "split", "array_split", "hsplit", "vsplit":
      return numbered(try split(operation, tensor("a", of: type)))
    case "argwhere":
      return [("result", try tensor("a", of: Bool.self).argwhere())]
    default:
      return [("result", try result(of: operation, type))]
    }
  }

  private func nonzero<Scalar: TensorScalar>(
    _ a: ReferenceArray, _ type: Scalar.Type
  ) throws -> [Tensor<Int>] {
    let a = a.elements(as: type)
    try a.shape.checkNonzero()
    return a.nonzero()
  }

  private func split<Scalar: TensorScalar>(
    _ operation: String, _ a: Tensor<Scalar>
  ) throws -> [Tensor<Scalar>] {
    let axis =
      switch operation {
      case "hsplit": try a.shape.horizontalSplitAxis()
      case "vsplit": try a.shape.verticalSplitAxis()
      default: try int("axis")
      }
    if isList("indices_or_sections") {
      let positions = try #require(ints("indices_or_sections"))
      let ranges = try a.shape.split(at: positions, axis: axis)
      let parts = a.split(at: positions, axis: axis)
      #expect(ranges.map(\.count) == parts.map { $0.shape[axis] })
      return parts
    }
    let sections = try int("indices_or_sections")
    if operation == "array_split" {
      _ = try a.shape.arraySplit(into: sections, axis: axis)
      return a.arraySplit(into: sections, axis: axis)
    }
    _ = try a.shape.split(into: sections, axis: axis)
    return switch operation {
    case "hsplit": a.hsplit(into: sections)
    case "vsplit": a.vsplit(into: sections)
    default: a.split(into: sections, axis: axis)
    }
  }

  private func result<Scalar: TensorScalar>(
    of operation: String, _ type: Scalar.Type
  ) throws -> any AnyTensor {
    switch operation {
    case "getitem":
      let a = try tensor("a", of: type)
      let part = try a.part(at: index())
      #expect(try a.shape.indexed(by: index()) == part.shape)
      #expect(difference(a[try index()], from: part) == nil)
      return part
    case "setitem":
      var a = try #require(inputs.array("a")).elements(as: type)
      let before = a
      let value = try tensor("value", of: type)
      do throws(ShapeError) {
        try a.replacePart(at: (try? index()) ?? [], with: value)
      } catch {
        #expect(difference(a, from: before) == nil)
        throw error
      }
      return a
    case "take":
      let a = try tensor("a", of: type)
      let positions = try tensor("indices", of: Int.self)
      let mode = try #require(PositionMode(rawValue: arguments.string("mode") ?? "?"))
      let shape = try a.shape.take(positions, axis: arguments.int("axis"), mode: mode)
      let taken = a.take(positions, axis: arguments.int("axis"), mode: mode)
      #expect(taken.shape == shape)
      return taken
    case "put":
      var a = try tensor("a", of: type)
      let positions = try tensor("indices", of: Int.self)
      let mode = try #require(PositionMode(rawValue: arguments.string("mode") ?? "?"))
      try a.shape.checkPut(positions, mode: mode)
      a.put(positions, try tensor("value", of: type), mode: mode)
      return a
    case "take_along_axis":
      let a = try tensor("a", of: type)
      let positions = try tensor("indices", of: Int.self)
      _ = try a.shape.takeAlongAxis(positions.shape, axis: int("axis"))
      return a.takeAlongAxis(positions, axis: try int("axis"))
    case "where":
      let (condition, a, b) = try (
        tensor("condition", of: Bool.self), tensor("a", of: type), tensor("b", of: type)
      )
      _ = try Shape.broadcast([condition.shape, a.shape, b.shape])
      return select(condition, a, b)
    case "broadcast_to":
      let a = try tensor("a", of: type)
      return a.broadcast(to: try a.shape.broadcast(to: #require(ints("shape"))))
    default:
      if operation.hasSuffix("stack") || operation == "concatenate" || operation == "append" {
        return try joined(operation, type)
      }
      return try reshaped(operation, tensor("a", of: type))
    }
  }

  private func joined<Scalar: TensorScalar>(
    _ operation: String, _ type: Scalar.Type
  ) throws -> Tensor<Scalar> {
    let tensors = list(of: type)
    let shapes = tensors.map(\.shape)
    switch operation {
    case "append":
      let (a, b) = try (tensor("a", of: type), tensor("b", of: type))
      return a.appending(b, axis: arguments.int("axis"))
    case "stack":
      let axis = try int("axis")
      let shape = try Shape.stack(shapes, axis: axis)
      #expect(stack(tensors, axis: axis).shape == shape)
      return stack(tensors, axis: axis)
    case "concatenate":
      guard let axis = arguments.int("axis") else { return concatenate(tensors, axis: nil) }
      _ = try Shape.concatenate(shapes, axis: axis)
      return concatenate(tensors, axis: axis)
    case "hstack":
      _ = try Shape.concatenate(
        tensors.map { $0.atLeast1D().shape }, axis: shapes[0].rank > 1 ? 1 : 0)
      return hstack(tensors)
    case "vstack":
      _ = try Shape.concatenate(tensors.map { $0.atLeast2D().shape }, axis: 0)
      return vstack(tensors)
    case "dstack":
      _ = try Shape.concatenate(tensors.map { $0.atLeast3D().shape }, axis: 2)
      return dstack(tensors)
    case "column_stack":
      _ = try Shape.concatenate(
        tensors.map { $0.rank < 2 ? [$0.count, 1] : $0.shape }, axis: 1)
      return columnStack(tensors)
    default:
      throw ReferenceError(message: "no function for \(operation)")
    }
  }

  private func reshaped<Scalar: TensorScalar>(
    _ operation: String, _ a: Tensor<Scalar>
  ) throws -> Tensor<Scalar> {
    switch operation {
    case "reshape":
      let shape = try a.shape.reshaped(to: #require(ints("shape")))
      let order = try #require(ElementOrder(rawValue: arguments.string("order") ?? "?"))
      return a.reshaped(shape, order: order)
    case "ravel":
      let order = try #require(ElementOrder(rawValue: arguments.string("order") ?? "?"))
      return (arguments.string("of") == nil ? a : a.transposed()).raveled(order: order)
    case "transpose":
      if let axes = ints("axes") { _ = try a.shape.transposed(axes) }
      return a.transposed(ints("axes"))
    case "swapaxes":
      let (first, second) = try (int("axis1"), int("axis2"))
      _ = try a.shape.swappingAxes(first, second)
      return a.swappedAxes(first, second)
    case "moveaxis":
      let (axes, places) = try (#require(ints("source")), #require(ints("destination")))
      _ = try a.shape.movingAxes(axes, to: places)
      if axes.count == 1 { return a.movedAxis(axes[0], to: places[0]) }
      return a.movedAxes(axes, to: places)
    case "squeeze":
      _ = try a.shape.squeezed(ints("axis"))
      return a.squeezed(ints("axis"))
    case "expand_dims":
      let axes = try #require(ints("axis"))
      let shape = try a.shape.expandingDimensions(at: axes)
      #expect(axes.count > 1 || a.expandedDimensions(at: axes[0]).shape == shape)
      return axes.count == 2 ? a.expandedDimensions(at: axes[0], axes[1]) : a.reshaped(shape)
    case "atleast_1d": return a.atLeast1D()
    case "atleast_2d": return a.atLeast2D()
    case "atleast_3d": return a.atLeast3D()
    case "tile":
      _ = try a.shape.tiled(#require(ints("reps")))
      return a.tiled(try #require(ints("reps")))
    case "repeat":
      let axis = arguments.int("axis")
      if isList("repeats") {
        _ = try a.shape.repeated(#require(ints("repeats")), axis: axis)
        return a.repeated(try #require(ints("repeats")), axis: axis)
      }
      _ = try a.shape.repeated(int("repeats"), axis: axis)
      return a.repeated(try int("repeats"), axis: axis)
    case "flip":
      _ = try a.shape.flippedAxes(ints("axis"))
      return a.flipped(axes: ints("axis"))
    case "flipud":
      try a.shape.checkFlip(axis: 0)
      return a.flippedVertically()
    case "fliplr":
      try a.shape.checkFlip(axis: 1)
      return a.flippedHorizontally()
    case "rot90":
      guard let axes = ints("axes") else { return a.rotated90(try int("k")) }
      _ = try a.shape.rotationAxes((axes[0], axes[1]))
      return a.rotated90(try int("k"), axes: (axes[0], axes[1]))
    case "roll":
      guard let axes = ints("axis") else { return a.rolled(by: try int("shift")) }
      let shifts = try #require(ints("shift"))
      _ = try a.shape.rolledShifts(shifts, axes: axes)
      return a.rolled(by: shifts, axes: axes)
    case "pad":
      return try padded(a)
    case "diag":
      let shape = try a.shape.diag(offset: int("k"))
      let diagonal = a.diag(offset: try int("k"))
      #expect(diagonal.shape == shape)
      return diagonal
    case "diagonal":
      return a.diagonal(offset: try int("offset"), axes: (try int("axis1"), try int("axis2")))
    case "tril": return a.lowerTriangle(offset: try int("k"))
    case "triu": return a.upperTriangle(offset: try int("k"))
    default:
      throw ReferenceError(message: "no function for \(operation)")
    }
  }

  /// Pairs for the ends of axes, of one number, a pair for all or a pair for each.
  private func pairs(_ name: String) throws -> [(before: Double, after: Double)] {
    let value = try #require(arguments.object[name])
    if let number = value as? NSNumber { return [(number.doubleValue, number.doubleValue)] }
    let numbers = value as? [NSNumber] ?? []
    if !numbers.isEmpty { return [(numbers[0].doubleValue, numbers[1].doubleValue)] }
    return try #require(value as? [[NSNumber]]).map { ($0[0].doubleValue, $0[1].doubleValue) }
  }

  private func padded<Scalar: TensorScalar>(_ a: Tensor<Scalar>) throws -> Tensor<Scalar> {
    #expect(arguments.string("mode") == "constant")
    let widths = try pairs("pad_width").map { (before: Int($0.before), after: Int($0.after)) }
    let shape = try a.shape.padded(widths)
    let scalars = try pairs("constant_values").map { pair in
      let scalars = Tensor<Scalar>(Tensor<Double>([pair.before, pair.after])).scalars
      return (before: scalars[0], after: scalars[1])
    }
    let padded = a.padded(widths, withEach: scalars)
    #expect(padded.shape == shape)
    if scalars.count == 1, scalars[0].before == scalars[0].after {
      #expect(a.padded(widths, with: scalars[0].before) == padded)
    }
    return padded
  }

  /// What operations give that make tensors from numbers; `nil` for others.
  private func making(_ operation: String) throws -> [(String, any AnyTensor)]? {
    func result(_ tensor: any AnyTensor) -> [(String, any AnyTensor)] { [("result", tensor)] }
    switch operation {
    case "broadcast_shapes":
      let shapes = try #require(arguments.object["shapes"] as? [[Int]]).map { Shape($0) }
      return result(Tensor<Int>(try Shape.broadcast(all: shapes).extents))
    case "arange": return result(try range())
    case "linspace": return try linspace()
    case "logspace":
      return result(
        Tensor<Double>.logarithmicallySpaced(
          from: try double("start"), to: try double("stop"), count: try int("num"),
          base: try double("base")))
    case "geomspace":
      _ = try Shape.geometricSamples(
        from: double("start"), to: double("stop"), count: int("num"))
      return result(
        Tensor<Double>.geometricallySpaced(
          from: try double("start"), to: try double("stop"), count: try int("num")))
    case "eye":
      let (rows, columns) = (try int("N"), arguments.int("M"))
      _ = try Shape(checking: [rows, columns ?? rows])
      return result(Tensor<Double>.eye(rows, columns: columns, offset: try int("k")))
    case "identity": return result(Tensor<Double>.identity(try int("n")))
    case "one_hot":
      let labels = try tensor("labels", of: Int.self).scalars
      _ = try Shape.oneHot(labels, classes: int("classes"))
      return result(Tensor<Double>.oneHot(labels, classes: try int("classes")))
    case "zeros", "ones", "full":
      let shape = try Shape(checking: #require(ints("shape")))
      return result(try filled(operation, shape))
    default: return nil
    }
  }

  private func filled(_ operation: String, _ shape: Shape) throws -> any AnyTensor {
    switch (operation, type) {
    case ("zeros", "float64"): return Tensor<Double>.zeros(shape)
    case ("ones", "int32"): return Tensor<Int32>.ones(shape)
    case ("full", "float64"): return Tensor<Double>(repeating: try double("value"), shape: shape)
    case ("full", "int64"): return Tensor<Int>(repeating: try int("value"), shape: shape)
    default: throw ReferenceError(message: "no \(operation) of \(type)")
    }
  }

  private func range() throws -> any AnyTensor {
    let list = try #require(arguments.object["args"] as? [Any])
    let numbers = try list.map { try #require(ReferenceCase(["x": $0]).double("x")) }
    let start = numbers.count > 1 ? numbers[0] : 0
    let stop = numbers[numbers.count > 1 ? 1 : 0]
    let step = numbers.count > 2 ? numbers[2] : 1
    func whole<Scalar: NumericScalar & FixedWidthInteger>(
      _: Scalar.Type
    ) throws -> Tensor<Scalar> {
      let (start, stop, step) = (Scalar(start), Scalar(stop), Scalar(step))
      _ = try Shape.range(from: start, to: stop, by: step)
      return .range(from: start, to: stop, by: step)
    }
    let type = answer.child("expected")?.array("result")?.type
    switch type {
    case "int64": return try whole(Int.self)
    case "int8": return try whole(Int8.self)
    default:
      _ = try Shape.range(from: start, to: stop, by: step)
      if type == "float32" {
        return Tensor<Float>.range(from: Float(start), to: Float(stop), by: Float(step))
      }
      return Tensor<Double>.range(from: start, to: stop, by: step)
    }
  }

  private func linspace() throws -> [(String, any AnyTensor)] {
    let count = try int("num")
    _ = try Shape.samples(count)
    let includingEnd = arguments.bool("endpoint") == true
    if inputs.array("start") != nil {
      let spaced = Tensor.linearlySpaced(
        from: try tensor("start", of: Double.self), to: try tensor("stop", of: Double.self),
        count: count, includingEnd: includingEnd)
      return [("result", spaced)]
    }
    let (start, stop) = (try double("start"), try double("stop"))
    func spaced<Scalar: NumericScalar>(_: Scalar.Type) -> Tensor<Scalar> {
      .linearlySpaced(from: start, to: stop, count: count, includingEnd: includingEnd)
    }
    if arguments.bool("retstep") == true {
      let step = Tensor<Double>.linearStep(
        from: start, to: stop, count: count, includingEnd: includingEnd)
      return [("result", spaced(Double.self)), ("step", Tensor(step))]
    }
    let ends: (Tensor<Double>, Tensor<Double>) = (Tensor(start), Tensor(stop))
    switch answer.child("expected")?.array("result")?.type {
    case "int64": return [("result", spaced(Int.self))]
    case "float32": return [("result", spaced(Float.self))]
    default:
      // The same from tensors.
      let made = Tensor.linearlySpaced(
        from: ends.0, to: ends.1, count: count, includingEnd: includingEnd)
      #expect(difference(made, from: spaced(Double.self)) == nil)
      return [("result", spaced(Double.self))]
    }
  }
}
