import Tensors
import TestSupport
import Testing

/// NumPy's operators on operands of different shapes and types: every case of the file.
@Suite struct BroadcastingReferenceTests {
  @Test func everyCase() throws {
    let cases = try numpyCases("broadcasting")
    #expect(cases.count == 426)
    var judge = ReferenceJudge()
    var operations: [String: Int] = [:]
    for example in cases {
      guard example.object["results"] != nil else {
        try judge.judge(example, run: run)
        continue
      }
      // Several operations on the same operands: each is a case of its own.
      for (operation, answer) in example.child("results")?.object ?? [:] {
        operations[operation, default: 0] += 1
        var single = example.object
        single["op"] = operation
        single["expected"] = ["result": answer]
        if let error = (answer as? [String: Any])?["error"] {
          (single["error"], single["expected"]) = (error, nil)
        }
        if operation == "power" { single["tol"] = ["ulp": 4] }
        var one = ReferenceJudge()
        try one.judge(ReferenceCase(single)) { ["result": try binary(operation, $0)] }
      }
      let single = ReferenceCase(["id": "", "op": example.string("op") ?? "", "expected": [:]])
      try judge.judge(single) { _ in [:] }
    }
    judge.expectCounts(
      [
        "broadcast": 280, "result_type": 100, "array_with_number": 20, "iadd": 5, "imul": 1,
        "isub": 1, "itruediv": 2, "broadcast_shapes": 4, "where": 4, "broadcast_to": 9,
      ], of: "broadcasting.json")
    print(
      "of these: "
        + operations.sorted { $0.key < $1.key }.map { "\($0) \($1)" }.joined(separator: ", "))
    #expect(operations.values.reduce(0, +) == 3074)
    #expect(operations.count == 17)
  }

  private func run(_ example: ReferenceCase) throws -> [String: any AnyTensor] {
    let operation = try #require(example.string("op"))
    let arguments = try #require(example.child("args"))
    let inputs = try #require(example.child("inputs"))
    switch operation {
    case "result_type":
      let type = ScalarType.promoted(
        try #require(arguments.string("a").flatMap(ScalarType.init(name:))),
        try #require(arguments.string("b").flatMap(ScalarType.init(name:))))
      func empty<Scalar: TensorScalar>(_: Scalar.Type) -> any AnyTensor {
        Tensor<Scalar>.zeros([0])
      }
      return ["result": empty(type.swiftType)]
    case "array_with_number":
      return ["result": try binary(try #require(arguments.string("ufunc")), example)]
    case "iadd", "imul", "isub", "itruediv":
      return ["result": try inPlace(operation, inputs)]
    case "broadcast_shapes":
      let shapes = try #require(arguments.object["shapes"] as? [[Int]])
      return ["result": Tensor(try Shape.broadcast(all: shapes.map { Shape($0) }).extents)]
    case "where":
      let condition = try #require(inputs.array("condition")).tensor(of: Bool.self)
      let a = try #require(inputs.array("a")).tensor(of: Double.self)
      let b = try #require(inputs.array("b")).tensor(of: Double.self)
      _ = try Shape.broadcast([condition.shape, a.shape, b.shape])
      return ["result": select(condition, a, b)]
    case "broadcast_to":
      let a = try #require(inputs.array("a")).tensor(of: Double.self)
      let target = try a.shape.broadcastTarget(try #require(arguments.object["shape"] as? [Int]))
      return ["result": a.broadcast(to: target)]
    default:
      throw Unknown(name: operation)
    }
  }

  private func inPlace(_ operation: String, _ inputs: ReferenceCase) throws -> any AnyTensor {
    let (a, b) = (try #require(inputs.array("a")), try #require(inputs.array("b")))
    let names = ["iadd": "add", "imul": "multiply", "isub": "subtract", "itruediv": "divide"]
    let result = ScalarType.promoted(try a.scalarType, try b.scalarType)
    try a.scalarType.checkInPlace(try #require(names[operation]), result: result)
    var x = try a.tensor(of: Double.self)
    let y = try b.tensor(of: Double.self)
    try x.shape.checkInPlace(with: y.shape)
    switch operation {
    case "iadd": x += y
    case "imul": x *= y
    case "isub": x -= y
    default: x /= y
    }
    return x
  }

  /// An operator on two arrays, or on an array and a number, both converted to the type that NumPy's has.
  private func binary(_ operation: String, _ example: ReferenceCase) throws -> any AnyTensor {
    let inputs = try #require(example.child("inputs"))
    let a = try #require(inputs.array("a"))
    func open<Scalar: TensorScalar>(_: Scalar.Type) throws -> any AnyTensor {
      let x = try a.converted(to: Scalar.self)
      if let b = inputs.array("b") {
        return try perform(operation, x, try b.converted(to: Scalar.self))
      }
      let arguments = try #require(example.child("args"))
      if let number = arguments.integer("b"), arguments.string("kind") != "float" {
        try Scalar.scalarType.check(number)
        return try perform(operation, x, Tensor<Scalar>(Tensor([Int(number)]).reshaped([])))
      }
      let number = try #require(arguments.double("b"))
      return try perform(operation, x, Tensor<Scalar>(Tensor<Double>(number)))
    }
    let type = try a.scalarType
    let common: ScalarType
    if let b = inputs.array("b") {
      common = ScalarType.promoted(type, try b.scalarType)
    } else {
      // A number has no width: it takes the array's type unless that is of a lower kind.
      switch try #require(example.child("args")?.string("kind")) {
      case "bool": common = type
      case "int": common = type == .bool ? .int64 : type
      case "float": common = type.isFloating ? type : .float64
      case let kind: throw Unknown(name: kind)
      }
    }
    if common == .bool || type == .bool && inputs.array("b") == nil {
      // Truth values have no power or quotient of their own.
      if operation == "power" && common != .float64 { return try open(Int8.self) }
      if operation == "divide" { return try open(Double.self) }
    }
    return try open(common.swiftType)
  }

  private func perform<Scalar: TensorScalar>(
    _ operation: String, _ x: Tensor<Scalar>, _ y: Tensor<Scalar>
  ) throws -> any AnyTensor {
    _ = try Shape.broadcast(x.shape, y.shape)
    switch operation {
    case "less": return x .< y
    case "less_equal": return x .<= y
    case "greater": return x .> y
    case "greater_equal": return x .>= y
    case "equal": return x .== y
    case "not_equal": return x .!= y
    case "maximum": return maximum(x, y)
    case "minimum": return minimum(x, y)
    default: break
    }
    if let x = x as? Tensor<Bool>, let y = y as? Tensor<Bool> {
      switch operation {
      case "add": return x .| y
      case "multiply": return x .& y
      default: throw Unknown(name: operation)
      }
    }
    func numeric<Number: NumericScalar>(_: Number.Type) throws -> any AnyTensor {
      let x = try #require(x as? Tensor<Number>)
      let y = try #require(y as? Tensor<Number>)
      switch operation {
      case "add": return x + y
      case "subtract": return x - y
      case "multiply": return x * y
      case "floor_divide": return floorDivide(x, y)
      case "remainder": return x % y
      case "power":
        if !Number.scalarType.isFloating { try y.checkExponents() }
        return power(x, y)
      default: break
      }
      if let type = Number.self as? any IntegerScalar.Type { return try integer(type) }
      guard let type = Number.self as? any FloatingScalar.Type else {
        throw Unknown(name: operation)
      }
      return try floating(type)
    }
    func integer<Number: IntegerScalar>(_: Number.Type) throws -> any AnyTensor {
      let x = try #require(x as? Tensor<Number>)
      let y = try #require(y as? Tensor<Number>)
      switch operation {
      case "divide": return x / y
      default: throw Unknown(name: operation)
      }
    }
    func floating<Number: FloatingScalar>(_: Number.Type) throws -> any AnyTensor {
      let x = try #require(x as? Tensor<Number>)
      let y = try #require(y as? Tensor<Number>)
      switch operation {
      case "divide": return x / y
      case "fmax": return maximumNumber(x, y)
      case "fmin": return minimumNumber(x, y)
      default: throw Unknown(name: operation)
      }
    }
    guard let type = Scalar.self as? any NumericScalar.Type else { throw Unknown(name: operation) }
    return try numeric(type)
  }
}
