import ArgumentParser
import Myelin

/// What `predict` and `evaluate` take.
struct ModelArguments: ParsableArguments {
  @Argument(help: "A model that train wrote.", completion: .file(extensions: ["safetensors"]))
  var model: String

  @Argument(
    help: "A CSV file with the columns that the model was trained on, in any order.",
    completion: .file(extensions: ["csv"]))
  var file: String

  @Flag(help: "Print one JSON object on standard output.")
  var json = false
}

/// `myelin predict`: what a saved model takes each row for.
struct Predict: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the class and probability of each row of a CSV file.",
    discussion:
      "A column with the class, as in the training data, may be there and is not looked at.")

  @OptionGroup var arguments: ModelArguments

  func run() throws {
    try reportingFailures {
      let model = try Classifier(contentsOf: arguments.model)
      let predictions = try model.predict(csv: arguments.file)
      if arguments.json {
        try Output.printJSON(["predictions": predictions])
      } else {
        let lines = predictions.map { "\(Output.field($0.class)),\(decimals($0.probability, 6))\n" }
        try Terminal.write("class,probability\n" + lines.joined())
      }
    }
  }
}

/// The class that a model takes a row for, and how sure it is.
struct Prediction: Encodable {
  var `class`: String
  var probability: Double
}
