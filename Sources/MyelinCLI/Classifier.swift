import Myelin

/// A saved model that tells classes apart, with the names that it was trained on.
struct Classifier {
  let model: Sequential<Float>
  let classNames: [String]

  /// Loads a model that `train` wrote.
  init(contentsOf path: String) throws {
    model = try Sequential(contentsOf: path)
    guard let classNames = model.classNames, !model.featureNames.isEmpty else {
      throw Failure(
        .data,
        "\(path): the model has no names of classes and features; it needs those that train saves")
    }
    guard model.loss != nil else {
      throw Failure(.data, "\(path): the model names no loss; it needs the one that train saves")
    }
    self.classNames = classNames
  }

  /// What the model takes each row of a CSV file for; a column of classes may be there.
  func predict(csv path: String) throws -> [Prediction] {
    let features = try Dataset<Float>.features(csv: path, named: model.featureNames)
    let probabilities = model.predict(features)
    guard probabilities.scalars.allSatisfy(\.isFinite) else {
      throw Failure(.data, "\(path): the model's answers to these rows are not finite numbers")
    }
    return probabilities.argMax(axis: 1).scalars.enumerated().map { row, label in
      Prediction(
        class: classNames[label], probability: Double(probabilities[row, label].scalar))
    }
  }

  /// How well the model does on the rows of a CSV file with a column of classes.
  func evaluate(csv path: String) throws -> Evaluation {
    let evaluation = try model.evaluate(
      Dataset(csv: path, features: model.featureNames, targets: .knownClasses(classNames)))
    guard evaluation.loss.isFinite else {
      throw Failure(.data, "\(path): the model's loss on these rows is \(evaluation.loss)")
    }
    return evaluation
  }
}
