public import Tensors

/// A part of a network: a value that describes what it does.
///
/// A layer holds settings, never parameters: given the shape of its input it says which it needs
/// and how these begin, and it maps an input and parameters to an output. It is `Codable`, so that
/// a model's file can describe it.
///
///     struct Scaling: Layer {
///       static var kind: String { "Scaling" }
///       func parameters(for input: Shape) throws(ShapeError) -> [Parameter] {
///         [Parameter("scale", input, .ones)]
///       }
///       func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }
///       func callAsFunction<Scalar: FloatingScalar>(
///         _ x: Tensor<Scalar>, _ p: Views<Scalar>
///       ) -> Tensor<Scalar> {
///         x * p.scale
///       }
///     }
///     let model = try Sequential(input: [4]) {
///       Scaling()
///       Dense(2)
///     }
///     model.parameterLayout.map(\.name)  // ["scaling1.scale", "dense1.weight", "dense1.bias"]
public protocol Layer: Sendable, Codable {
  /// The name of the kind, such as `Dense`: in summaries, files and parameters' names.
  ///
  ///     Dense.kind  // Dense
  static var kind: String { get }

  /// The parameters that the layer trains, in the order in which they lie and are drawn.
  ///
  ///     try Dense(2).parameters(for: [3]).map(\.name)  // ["weight", "bias"]
  ///     try Dense(0).parameters(for: [3])
  ///     // throws Dense has 0 units; it needs 1 or more
  ///
  /// - Parameter input: The shape of one sample, without the batch.
  /// - Returns: What the layer needs; empty if nothing.
  /// - Throws: `ShapeError` if the layer can't take such a sample, or its settings make no sense.
  func parameters(for input: Shape) throws(ShapeError) -> [Parameter]

  /// The shape of one sample of the output.
  ///
  ///     try Dense(2).outputShape(for: [3])  // (2,)
  ///     try Dense(2).outputShape(for: [3, 4])
  ///     // throws Dense takes samples of one axis, not of shape (3, 4)
  ///
  /// - Parameter input: The shape of one sample of the input, without the batch.
  /// - Returns: The shape, without the batch.
  /// - Throws: `ShapeError` if the layer can't take such a sample.
  func outputShape(for input: Shape) throws(ShapeError) -> Shape

  /// Returns the output for a batch.
  ///
  ///     let p = Views<Double>(["weight": [[1], [2]], "bias": [10]])
  ///     Dense(1).callAsFunction([[1, 1], [3, 0]], p)  // [[13.]
  ///                                                   //  [13.]]
  ///
  /// - Parameters:
  ///   - x: `[batch, …]`.
  ///   - p: The parameters by name.
  /// - Returns: `[batch, …]`.
  func callAsFunction<Scalar: FloatingScalar>(
    _ x: Tensor<Scalar>, _ p: Views<Scalar>
  ) -> Tensor<Scalar>
}

/// A parameter that a layer needs: its name within the layer, its shape and how it begins.
///
///     let weight = Parameter("weight", [2, 3], .glorotUniform)
///     weight.shape  // (2, 3)
public struct Parameter: Sendable, Hashable {
  /// The name within the layer, such as `weight`.
  public var name: String
  /// The shape.
  public var shape: Shape
  /// How the first values are drawn.
  public var initializer: Initializer

  /// Describes a parameter.
  ///
  /// - Parameters:
  ///   - name: The name within the layer.
  ///   - shape: The shape.
  ///   - initializer: How the first values are drawn.
  public init(_ name: String, _ shape: Shape, _ initializer: Initializer) {
    self.name = name
    self.shape = shape
    self.initializer = initializer
  }
}

/// Tensors by name, read as properties: `p.weight`.
///
///     var p = Views<Double>(["weight": [1, 2]])
///     p.weight *= 2
///     p.weight  // [2. 4.]
@dynamicMemberLookup
public struct Views<Scalar: TensorScalar>: Sendable {
  private var tensors: [String: Tensor<Scalar>]

  /// Makes views of these tensors.
  ///
  /// - Parameter tensors: Each by its name.
  public init(_ tensors: [String: Tensor<Scalar>]) { self.tensors = tensors }

  /// The tensor of that name.
  ///
  /// - Precondition: There is one.
  public subscript(dynamicMember name: String) -> Tensor<Scalar> {
    get {
      guard let tensor = tensors[name] else {
        preconditionFailure("no tensor is named \(name); there are \(tensors.keys.sorted())")
      }
      return tensor
    }
    set { tensors[name] = newValue }
  }
}

/// The kinds of layers that a model's file can hold.
package let layerKinds: [any Layer.Type] = [Dense.self, Normalization.self]
