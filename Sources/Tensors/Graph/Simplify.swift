/// The first pass: the same function with less work.
extension Graph {
  /// Returns the graph with equal values computed once, operations on constants done, and values
  /// that nothing depends on left out.
  package func simplified() -> Graph {
    var result = self
    result.values = []
    var replacement: [Int] = []
    var known: [Key: Int] = [:]
    for value in values {
      var value = value
      value.operands = value.operands.map { replacement[$0] }
      if let same = result.identity(of: value) {
        replacement.append(same)
        continue
      }
      if let operation = value.operation, let folded = result.folded(operation, value) {
        value = Value(
          source: .constant(folded), operands: [], shape: value.shape, type: value.type)
      }
      if let operation = value.operation {
        let key = Key(operation: AnyHashable(operation), operands: value.operands)
        if let same = known[key] {
          replacement.append(same)
          continue
        }
        known[key] = result.values.count
      }
      replacement.append(result.values.count)
      result.values.append(value)
    }
    result.inputs = inputs.map { replacement[$0] }
    result.outputs = outputs.map { replacement[$0] }
    return result.withoutDeadValues()
  }

  private struct Key: Hashable {
    let operation: AnyHashable
    let operands: [Int]
  }

  /// The value that an operation leaves as it is, if it does: x · 1, x / 1.
  private func identity(of value: Value) -> Int? {
    switch value.operation {
    case is Multiply:
      if isOne(value.operands[1]) { return value.operands[0] }
      if isOne(value.operands[0]) { return value.operands[1] }
      return nil
    case is Divide:
      return isOne(value.operands[1]) ? value.operands[0] : nil
    default:
      return nil
    }
  }

  /// Whether a value is the constant 1 for all its elements, held once.
  private func isOne(_ index: Int) -> Bool {
    guard let constant = values[index].constant else { return false }
    return switch constant.scalarType {
    case .float32: Tensor<Float>(constant).isUniform(1)
    case .float64: Tensor<Double>(constant).isUniform(1)
    default: false
    }
  }

  /// The result of an operation whose operands are all constants.
  private func folded(_ operation: any Primitive, _ value: Value) -> UntypedTensor? {
    var operands: [UntypedTensor] = []
    for index in value.operands {
      guard let constant = values[index].constant else { return nil }
      operands.append(constant)
    }
    return operation.run(operands)
  }

  private func withoutDeadValues() -> Graph {
    var isUsed = [Bool](repeating: false, count: values.count)
    for index in outputs + inputs { isUsed[index] = true }
    for index in values.indices.reversed() where isUsed[index] {
      for operand in values[index].operands { isUsed[operand] = true }
    }
    var result = self
    result.values = []
    var replacement = [Int](repeating: -1, count: values.count)
    for index in values.indices where isUsed[index] {
      var value = values[index]
      value.operands = value.operands.map { replacement[$0] }
      replacement[index] = result.values.count
      result.values.append(value)
    }
    result.inputs = inputs.map { replacement[$0] }
    result.outputs = outputs.map { replacement[$0] }
    return result
  }
}

extension Tensor where Scalar: FloatingScalar {
  /// Whether the tensor is one number, repeated by a step of 0 or alone, that equals `scalar`.
  fileprivate func isUniform(_ scalar: Scalar) -> Bool {
    guard count > 0, zip(shape, layout.strides).allSatisfy({ $0 == 1 || $1 == 0 }) else {
      return false
    }
    return storage.elements(as: Scalar.self)[layout.offset] == scalar
  }
}
