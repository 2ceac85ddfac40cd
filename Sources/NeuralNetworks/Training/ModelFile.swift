public import Formats
import Tensors

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

// A model is saved as one safetensors file: the parameters by name, and under `myelin` in the
// metadata a JSON object that describes the network, so that it can be built again and take raw
// data.

/// What the metadata of a model's file says.
private struct ModelDescription: Codable {
  /// The version of this description; a reader refuses a later one.
  var formatVersion = ModelDescription.currentVersion
  var scalarType: String
  var input: [Int]
  var layers: [KindDescription<LayerKinds>]
  var loss: KindDescription<LossKinds>?
  var classNames: [String]?
  var featureNames: [String]

  static let currentVersion = 1
  /// The key in the metadata.
  static let key = "myelin"
}

/// A value of a kind that is known by name, with its settings: a layer or a loss.
private struct KindDescription<Kinds: KnownKinds>: Codable {
  var value: Kinds.Value

  private enum Key: String, CodingKey {
    case kind, settings
  }

  init(_ value: Kinds.Value) { self.value = value }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let kind = try container.decode(String.self, forKey: .kind)
    guard let value = try Kinds.decode(kind, container.superDecoder(forKey: .settings)) else {
      throw DecodingError.dataCorruptedError(
        forKey: .kind, in: container,
        debugDescription:
          "the kind '\(kind)' is not known; there are \(Kinds.names.joined(separator: ", "))")
    }
    self.value = value
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(Kinds.name(value), forKey: .kind)
    try Kinds.encode(value, container.superEncoder(forKey: .settings))
  }
}

/// Kinds of values that a file can name.
private protocol KnownKinds {
  associatedtype Value
  static var names: [String] { get }
  static func name(_ value: Value) -> String
  static func encode(_ value: Value, _ encoder: any Encoder) throws
  static func decode(_ kind: String, _ decoder: any Decoder) throws -> Value?
}

private enum LayerKinds: KnownKinds {
  static var names: [String] { layerKinds.map { $0.kind } }
  static func name(_ value: any Layer) -> String { type(of: value).kind }
  static func encode(_ value: any Layer, _ encoder: any Encoder) throws {
    try value.encode(to: encoder)
  }
  static func decode(_ kind: String, _ decoder: any Decoder) throws -> (any Layer)? {
    try layerKinds.first { $0.kind == kind }?.init(from: decoder)
  }
}

private enum LossKinds: KnownKinds {
  static var names: [String] { lossKinds.map { $0.kind } }
  static func name(_ value: any Loss) -> String { type(of: value).kind }
  static func encode(_ value: any Loss, _ encoder: any Encoder) throws {
    try value.encode(to: encoder)
  }
  static func decode(_ kind: String, _ decoder: any Decoder) throws -> (any Loss)? {
    try lossKinds.first { $0.kind == kind }?.init(from: decoder)
  }
}

extension Sequential {
  /// Saves the model to one safetensors file, written beside its place and renamed.
  ///
  /// The file holds the parameters by name and, as JSON in its metadata, the layers with their
  /// settings, the loss, and the names of classes and features.
  ///
  ///     let model = try Sequential(input: [2], seed: 7) { Dense(1) }
  ///     try model.save(to: "model.safetensors")
  ///     let loaded = try Sequential(contentsOf: "model.safetensors")
  ///     loaded.parameters == model.parameters  // true
  ///
  /// - Parameter path: The file to write; one that is there is replaced.
  /// - Throws: `FormatError` if the file can't be written, or a parameter is not finite.
  public func save(to path: String) throws(FormatError) {
    guard parameters.withElements({ $0.allSatisfy(\.isFinite) }) else {
      throw FormatError(
        .malformedData, file: path,
        problem: "the model has parameters that are not finite; it was not saved")
    }
    let description = ModelDescription(
      scalarType: Scalar.scalarType.name, input: inputShape.extents,
      layers: layers.map(KindDescription.init), loss: loss.map(KindDescription.init),
      classNames: classNames, featureNames: featureNames)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let json: String
    do {
      json = String(decoding: try encoder.encode(description), as: UTF8.self)
    } catch {
      throw FormatError(
        .malformedData, file: path,
        problem: "the model's settings can't be written as JSON: \(error)")
    }
    var file = SafeTensors()
    file.metadata[ModelDescription.key] = json
    for (place, tensor) in zip(parameterLayout, cut(parameters)) {
      file.set(place.name, to: tensor)
    }
    try file.write(to: path)
  }

  /// Loads a model that ``save(to:)`` wrote.
  ///
  ///     let model = try Sequential(Double.self, input: [2], seed: 7) { Dense(1) }
  ///     try model.save(to: "model.safetensors")
  ///     try Sequential(contentsOf: "model.safetensors", Double.self).parameterCount  // 3
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - scalar: The type to compute in: the one the model was saved in.
  /// - Throws: `FormatError` if the file is missing, cut short, not a model's, of a later version,
  ///   or its parts don't fit each other.
  public init(contentsOf path: String, _ scalar: Scalar.Type) throws(FormatError) {
    let file = try SafeTensors(contentsOf: path)
    func malformed(_ problem: String) -> FormatError {
      FormatError(.malformedData, file: path, problem: problem)
    }
    guard let json = file.metadata[ModelDescription.key] else {
      throw malformed(
        "this safetensors file holds no model of Myelin: its metadata lack '\(ModelDescription.key)'"
      )
    }
    let version: Int
    do {
      version = try JSONDecoder().decode(VersionOnly.self, from: Data(json.utf8)).formatVersion
    } catch {
      throw malformed("the model's description has no version: \(sentence(error))")
    }
    guard version == ModelDescription.currentVersion else {
      throw malformed(
        "the model's description has version \(version); this program reads version \(ModelDescription.currentVersion)"
      )
    }
    let description: ModelDescription
    do {
      description = try JSONDecoder().decode(ModelDescription.self, from: Data(json.utf8))
    } catch {
      throw malformed("the model's description can't be read: \(sentence(error))")
    }
    guard description.scalarType == Scalar.scalarType.name else {
      throw malformed(
        "the model computes in \(description.scalarType), not \(Scalar.scalarType.name)")
    }
    guard description.input.allSatisfy({ $0 > 0 }) else {
      throw malformed(
        "the model's input has shape \(description.input); every extent must be 1 or more")
    }
    do throws(ShapeError) {
      try self.init(input: Shape(description.input), layers: description.layers.map(\.value))
    } catch {
      throw malformed("the model's layers don't fit each other: \(error.message)")
    }
    var parts: [Tensor<Scalar>] = []
    for place in parameterLayout {
      let tensor = try file.tensor(place.name, as: Scalar.self)
      guard tensor.shape == place.parameter.shape else {
        throw malformed(
          "the parameter '\(place.name)' has shape \(tensor.shape); the model's layers need \(place.parameter.shape)"
        )
      }
      parts.append(tensor.reshaped(-1))
    }
    if !parts.isEmpty { parameters = concatenate(parts) }
    guard parameters.withElements({ $0.allSatisfy(\.isFinite) }) else {
      throw malformed("the model has parameters that are not finite")
    }
    loss = description.loss?.value
    if let names = description.classNames, names.count < 2 {
      throw malformed("the model has \(names.count) class names; there must be 2 or more")
    }
    if let names = description.classNames, outputShape != [names.count] {
      throw malformed(
        "the model has \(names.count) class names for outputs of shape \(outputShape)")
    }
    let names = description.featureNames
    guard names.isEmpty || inputShape.elementCount == names.count else {
      throw malformed(
        "the model has \(names.count) feature names for an input of shape \(inputShape)")
    }
    classNames = description.classNames
    featureNames = description.featureNames
  }
}

extension Sequential where Scalar == Float {
  /// Loads a model that computes in single precision: see ``init(contentsOf:_:)``.
  ///
  ///     try Sequential(contentsOf: "model.safetensors")
  ///     // throws …model.safetensors: …
  ///
  /// - Parameter path: The file.
  /// - Throws: `FormatError` if the file is missing, cut short, not a model's, of a later version,
  ///   or its parts don't fit each other.
  public init(contentsOf path: String) throws(FormatError) {
    try self.init(contentsOf: path, Float.self)
  }
}

/// The part of a description that every version has.
private struct VersionOnly: Decodable {
  var formatVersion: Int
}

/// What a decoder found wrong, in words.
private func sentence(_ error: any Error) -> String {
  guard let error = error as? DecodingError else { return "it is not JSON" }
  func path(_ context: DecodingError.Context) -> String {
    context.codingPath.map(\.stringValue).joined(separator: ".")
  }
  return switch error {
  case .keyNotFound(let key, let context): "'\(key.stringValue)' is missing in '\(path(context))'"
  case .typeMismatch(_, let context), .valueNotFound(_, let context):
    "'\(path(context))' has a value of another type"
  case .dataCorrupted(let context):
    context.underlyingError == nil ? context.debugDescription : "it is not JSON"
  @unknown default: "it is not JSON"
  }
}
