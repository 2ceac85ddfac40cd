public import Datasets
public import Formats
public import NeuralNetworks
import Plotting
import Tensors

/// A training as one page to read: the network, the data, the settings, how the training went, how
/// well the model does and where it is wrong.
///
///     let (train, test) = Dataset.iris().split(testFraction: 0.3, seed: 1)
///     var model = try Sequential(input: [4], seed: 1) { Dense(3, activation: .softmax) }
///     let history = try model.fit(
///       train, validation: test, loss: .categoricalCrossEntropy, optimizer: Adam(), epochs: 5)
///     var report = try TrainingReport(model, history: history, training: train, test: test)
///     report.settings = [("optimizer", "Adam"), ("seed", "1")]
///     try report.write(to: "report.html")
///     report.testEvaluation.count  // 45
///
/// The page is one HTML file, well-formed as XML, with its pictures inside: it needs no network, no
/// script and no other file. It is light or dark as the reader's system is, and light on paper.
public struct TrainingReport<Scalar: FloatingScalar>: Sendable {
  /// The trained model.
  public let model: Sequential<Scalar>
  /// How the training went.
  public let history: History
  /// The rows it learnt from.
  public let training: Dataset<Scalar>
  /// The rows held out.
  public let test: Dataset<Scalar>
  /// How well the model does on the training rows.
  public let trainingEvaluation: Evaluation
  /// How well the model does on the rows held out.
  public let testEvaluation: Evaluation
  /// What else was chosen for the training, in the order in which it is listed.
  public var settings: [(name: String, value: String)] = []
  /// The epochs that were asked for; those done if nil.
  public var plannedEpochs: Int?
  /// The rows and columns of pixels of a sample that is an image: mistakes are then shown as such.
  ///
  /// It counts only if a sample has as many features.
  public var imageShape: (rows: Int, columns: Int)?
  /// Where the model was saved; the page says how to load it if that isn't nil.
  public var modelPath: String?
  /// The command that made the model, word by word; none if empty.
  public var command: [String] = []

  /// Collects what a report says, and evaluates the model on both parts of the data.
  ///
  /// - Parameters:
  ///   - model: The trained model.
  ///   - history: How the training went.
  ///   - training: The rows it learnt from.
  ///   - test: The rows held out.
  /// - Throws: `TrainingError` if the data don't fit the model, or it hasn't been trained.
  public init(
    _ model: Sequential<Scalar>, history: History, training: Dataset<Scalar>, test: Dataset<Scalar>
  ) throws(TrainingError) {
    self.model = model
    self.history = history
    self.training = training
    self.test = test
    trainingEvaluation = try model.evaluate(training)
    testEvaluation = try model.evaluate(test)
  }

  /// The page.
  ///
  ///     let iris = Dataset.iris()
  ///     var model = try Sequential(input: [4], seed: 1) { Dense(3, activation: .softmax) }
  ///     let history = try model.fit(iris, loss: .categoricalCrossEntropy, optimizer: Adam())
  ///     let report = try TrainingReport(model, history: history, training: iris, test: iris)
  ///     report.html().contains("<h1>iris</h1>")  // true
  ///
  /// - Returns: An HTML document.
  public func html() -> String {
    var html = HTML()
    html.markup("<!DOCTYPE html>\n")
    html.element("html", with: ["xmlns": "http://www.w3.org/1999/xhtml", "lang": "en"]) { html in
      html.element("head") { html in
        html.markup("<meta charset=\"utf-8\"/>\n")
        html.markup("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"/>\n")
        html.element("title", "\(training.name): training report")
        html.element("style") { $0.markup(ReportStyle.css) }
      }
      html.element("body") { $0.element("main") { addContent(to: &$0) } }
    }
    return html.text
  }

  /// Writes the page to a file, beside its place first and then renamed.
  ///
  /// - Parameter path: The file; one that is there is replaced.
  /// - Throws: `FormatError` if it can't be written.
  public func write(to path: String) throws(FormatError) {
    let bytes = Array(html().utf8)
    try File.replace(path) { (writer) throws(FormatError) in try writer.append(bytes) }
  }
}
