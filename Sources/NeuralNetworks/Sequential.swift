import Formats
public import Tensors

/// A network of layers, each taking the output of the one before.
///
/// A model is a value: layers that describe, and their parameters, which lie in one vector in the
/// order of the layers.
///
///     var model = try Sequential(input: [64], seed: 7) {
///       Dense(64, activation: .relu)
///       Dense(10, activation: .softmax)
///     }
///     model.parameterCount  // 4810
///     model.outputShape     // (10,)
///     model["dense2.bias"] = .zeros([10])
///
/// - SeeAlso: Keras's `Sequential`.
public struct Sequential<Scalar: FloatingScalar>: Sendable {
  /// The layers, first to last.
  public let layers: [any Layer]
  /// The shape of one sample of the input.
  public let inputShape: Shape
  /// The shape of one sample of the output.
  public let outputShape: Shape
  /// Where each parameter lies.
  public let parameterLayout: [ParameterPlace]
  /// All parameters, `[parameterCount]`, in the order of `parameterLayout`.
  public internal(set) var parameters: Tensor<Scalar>

  /// The loss that the model was last trained for.
  public internal(set) var loss: (any Loss)?
  /// The names of the classes, if the model was trained to tell classes apart.
  public var classNames: [String]?
  /// A name for each feature of a sample in C order, if the training data had any; else empty.
  public var featureNames: [String] = []

  /// Plans for predicting, by the number of rows.
  let inference = PlanCache()

  /// Makes a network whose parameters are drawn from a generator.
  ///
  ///     var random = RandomState(seed: 7)
  ///     let model = try Sequential(Double.self, input: [2], random: &random) { Dense(1) }
  ///     model["dense1.weight"]  // [[-1.19838113]
  ///                             //  [ 0.7917299 ]]
  ///
  /// - Parameters:
  ///   - scalar: The type to compute in.
  ///   - input: The shape of one sample.
  ///   - random: Draws the parameters, layer by layer; left after the draws.
  ///   - layers: The layers, first to last.
  /// - Throws: `ShapeError` if a layer can't take what comes in, or its settings make no sense.
  public init(
    _ scalar: Scalar.Type, input: Shape, random: inout RandomState,
    @LayerBuilder _ layers: () -> [any Layer]
  ) throws(ShapeError) {
    try self.init(input: input, layers: layers())
    parameters = Tensor(
      concatenate(
        specifications.map { $0.initializer($0.shape, random: &random).reshaped(-1) } + [Tensor([])]
      ))
  }

  /// Makes a network whose parameters are drawn from a generator with this seed.
  ///
  ///     let model = try Sequential(Double.self, input: [2], seed: 7) { Dense(1) }
  ///     model["dense1.weight"]  // [[-1.19838113]
  ///                             //  [ 0.7917299 ]]
  ///     try Sequential(Double.self, input: [2], seed: 7) { Dense(0) }
  ///     // throws Dense has 0 units; it needs 1 or more
  ///
  /// - Parameters:
  ///   - scalar: The type to compute in.
  ///   - input: The shape of one sample.
  ///   - seed: The seed of a `RandomState`.
  ///   - layers: The layers, first to last.
  /// - Throws: `ShapeError` if a layer can't take what comes in, or its settings make no sense.
  public init(
    _ scalar: Scalar.Type, input: Shape, seed: UInt32 = 0,
    @LayerBuilder _ layers: () -> [any Layer]
  ) throws(ShapeError) {
    var random = RandomState(seed: seed)
    try self.init(scalar, input: input, random: &random, layers)
  }

  /// Makes a network with all parameters 0.
  init(input: Shape, layers: [any Layer]) throws(ShapeError) {
    guard !layers.isEmpty else { throw ShapeError("a network needs a layer or more") }
    var shape = input
    var places: [ParameterPlace] = []
    var offset = 0
    var kinds: [String: Int] = [:]
    for (index, layer) in layers.enumerated() {
      let kind = type(of: layer).kind
      kinds[kind, default: 0] += 1
      let name = kind.lowercased() + String(kinds[kind] ?? 0)
      for parameter in try layer.parameters(for: shape) {
        places.append(
          ParameterPlace(
            name: "\(name).\(parameter.name)", layer: index, parameter: parameter, offset: offset))
        guard let count = parameter.shape.checkedElementCount, count <= Int.max / 16 - offset else {
          throw ShapeError("\(name).\(parameter.name) of shape \(parameter.shape) is too large")
        }
        offset += count
      }
      shape = try layer.outputShape(for: shape)
    }
    self.layers = layers
    inputShape = input
    outputShape = shape
    parameterLayout = places
    parameters = Tensor(repeating: 0, shape: [offset])
  }

  private var specifications: [Parameter] { parameterLayout.map(\.parameter) }

  /// The number of parameters.
  public var parameterCount: Int { parameters.count }

  /// A parameter by its name, such as `dense1.weight`.
  ///
  /// - Precondition: There is a parameter of that name, and what is assigned has its shape.
  public subscript(name: String) -> Tensor<Scalar> {
    get {
      let place = place(name)
      return parameters[place.range].reshaped(place.parameter.shape)
    }
    set {
      let place = place(name)
      precondition(
        newValue.shape == place.parameter.shape,
        "\(name) has shape \(place.parameter.shape), not \(newValue.shape)")
      parameters[place.range] = newValue.reshaped(-1)
    }
  }

  private func place(_ name: String) -> ParameterPlace {
    guard let place = parameterLayout.first(where: { $0.name == name }) else {
      preconditionFailure(
        "no parameter is named \(name); there are \(parameterLayout.map(\.name))")
    }
    return place
  }

  /// Returns the network's output for a batch, from parameters given.
  ///
  ///     let model = try Sequential(Double.self, input: [2]) { Dense(1) }
  ///     model([[1, 1]], parameters: [[[1], [2]], [10]])  // [[13.]]
  ///
  /// - Parameters:
  ///   - x: `[batch, …]`.
  ///   - parameters: One tensor a parameter, in the order of `parameterLayout`.
  /// - Returns: `[batch, …]`.
  public func callAsFunction(_ x: Tensor<Scalar>, parameters: [Tensor<Scalar>]) -> Tensor<Scalar> {
    var output = x
    for (index, layer) in layers.enumerated() {
      var views: [String: Tensor<Scalar>] = [:]
      for (place, tensor) in zip(parameterLayout, parameters) where place.layer == index {
        views[place.parameter.name] = tensor
      }
      output = layer(output, Views(views))
    }
    return output
  }

  /// The vector of all parameters cut into its tensors.
  func cut(_ vector: Tensor<Scalar>) -> [Tensor<Scalar>] {
    parameterLayout.map { vector[$0.range].reshaped($0.parameter.shape) }
  }
}

extension Sequential where Scalar == Float {
  /// Makes a network that computes in single precision.
  ///
  ///     let model = try Sequential(input: [2], seed: 7) { Dense(1) }
  ///     model["dense1.weight"]  // [[-1.1983812]
  ///                             //  [ 0.7917299]]
  ///
  /// - Parameters:
  ///   - input: The shape of one sample.
  ///   - seed: The seed of a `RandomState`, which draws the parameters.
  ///   - layers: The layers, first to last.
  /// - Throws: `ShapeError` if a layer can't take what comes in, or its settings make no sense.
  public init(
    input: Shape, seed: UInt32 = 0, @LayerBuilder _ layers: () -> [any Layer]
  ) throws(ShapeError) {
    try self.init(Float.self, input: input, seed: seed, layers)
  }
}

/// A parameter of a model, and where it lies in the vector of all.
///
///     let model = try Sequential(input: [2]) {
///       Dense(3)
///       Dense(1)
///     }
///     let place = model.parameterLayout[2]
///     place.name             // dense2.weight
///     place.parameter.shape  // (3, 1)
///     place.range            // 9..<12
public struct ParameterPlace: Sendable, Hashable {
  /// The name, such as `dense1.weight`.
  public let name: String
  /// The layer's position.
  public let layer: Int
  /// The name within the layer, the shape and how it began.
  public let parameter: Parameter
  /// The position of the first element.
  public let offset: Int

  /// The positions of the elements.
  public var range: Range<Int> { offset..<offset + parameter.shape.elementCount }
}

/// Collects the layers of a network.
///
///     func network(hidden: [Int], isClassifier: Bool) throws -> Sequential<Float> {
///       try Sequential(input: [4]) {
///         for units in hidden { Dense(units, activation: .relu) }
///         if isClassifier {
///           Dense(3, activation: .softmax)
///         } else {
///           Dense(1)
///         }
///       }
///     }
///     try network(hidden: [8, 8], isClassifier: true).layers.count  // 3
@resultBuilder
public enum LayerBuilder {
  /// One layer.
  public static func buildExpression(_ layer: any Layer) -> [any Layer] { [layer] }
  /// Several layers from an array.
  public static func buildExpression(_ layers: [any Layer]) -> [any Layer] { layers }
  /// Layers one after the other.
  public static func buildBlock(_ parts: [any Layer]...) -> [any Layer] { parts.flatMap { $0 } }
  /// Layers of an `if` without `else`.
  public static func buildOptional(_ part: [any Layer]?) -> [any Layer] { part ?? [] }
  /// Layers of an `if`.
  public static func buildEither(first part: [any Layer]) -> [any Layer] { part }
  /// Layers of an `else`.
  public static func buildEither(second part: [any Layer]) -> [any Layer] { part }
  /// Layers of a loop.
  public static func buildArray(_ parts: [[any Layer]]) -> [any Layer] { parts.flatMap { $0 } }
}

extension Sequential {
  /// A table of the layers with the shapes of their outputs and their numbers of parameters.
  ///
  ///     let model = try Sequential(input: [4]) {
  ///       Dense(8, activation: .relu)
  ///       Dense(3, activation: .softmax)
  ///     }
  ///     print(model.summary)
  ///     // Layer            Output shape  Parameters
  ///     // ─────────────────────────────────────────
  ///     // Input            (4,)                   0
  ///     // Dense (relu)     (8,)                  40
  ///     // Dense (softmax)  (3,)                  27
  ///     // Parameters: 67
  public var summary: String {
    var rows = [["Layer", "Output shape", "Parameters"]]
    var shape = inputShape
    rows.append(["Input", "\(shape)", "0"])
    for (index, layer) in layers.enumerated() {
      shape = (try? layer.outputShape(for: shape)) ?? shape
      let count = parameterLayout.filter { $0.layer == index }
        .reduce(0) { $0 + $1.parameter.shape.elementCount }
      var name = type(of: layer).kind
      if let dense = layer as? Dense { name += " (\(dense.activation.rawValue))" }
      rows.append([name, "\(shape)", String(count)])
    }
    let widths = (0..<3).map { column in rows.map { $0[column].count }.max() ?? 0 }
    func padding(_ cell: String, _ width: Int) -> String {
      String(repeating: " ", count: width - cell.count)
    }
    var lines = rows.map { row in
      row[0] + padding(row[0], widths[0]) + "  " + row[1] + padding(row[1], widths[1]) + "  "
        + padding(row[2], widths[2]) + row[2]
    }
    lines.insert(String(repeating: "─", count: widths.reduce(4, +)), at: 1)
    lines.append("Parameters: \(parameterCount)")
    return lines.joined(separator: "\n")
  }
}
