import ArgumentParser
import Myelin

/// `myelin evaluate`: how well a saved model does.
struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print loss, accuracy and confusion matrix of a model on a CSV file.",
    discussion: "Beside the model's features the file has one column: the class of each row.")

  @OptionGroup var arguments: ModelArguments

  func run() throws {
    try reportingFailures {
      let model = try Classifier(contentsOf: arguments.model)
      let evaluation = try model.evaluate(csv: arguments.file)
      if arguments.json {
        try Output.printJSON(
          EvaluationReport(
            loss: evaluation.loss, accuracy: evaluation.accuracy, rows: evaluation.count,
            classes: model.classNames, confusion: evaluation.confusion?.counts))
      } else {
        try Terminal.write("\(evaluation)\n")
        if let confusion = evaluation.confusion {
          try Terminal.write("\n" + Output.table(confusion))
        }
      }
    }
  }
}

/// What `myelin evaluate --json` prints.
private struct EvaluationReport: Encodable {
  var loss: Double
  var accuracy: Double?
  var rows: Int
  var classes: [String]
  var confusion: [[Int]]?
}
