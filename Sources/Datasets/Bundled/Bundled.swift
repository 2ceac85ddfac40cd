internal import Formats
internal import Tensors

/// The texts of the data sets that are part of the program.
enum BundledData {
  /// The bytes of a text.
  static func bytes(_ text: StaticString) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
  }

  /// A bundled CSV file.
  static func table<Scalar: FloatingScalar>(
    _ text: StaticString, _ name: String, as scalar: Scalar.Type
  ) -> CSV.Table<Scalar> {
    do throws(FormatError) {
      return try CSV.Table(parsing: Array(bytes(text)), file: name)
    } catch {
      // A part of the program, and every one is read by a test.
      preconditionFailure(error.description)
    }
  }
}

extension Dataset where Scalar == Float {
  /// Returns 1,797 images of handwritten digits, 8 × 8 pixels each, in `Float`.
  ///
  /// See ``digits(_:)``.
  ///
  /// - Returns: The data set, as ``digits(_:)`` tells of it.
  public static func digits() -> Dataset { digits(Float.self) }

  /// Returns Fisher's measures of 150 iris flowers of three species, in `Float`.
  ///
  /// See ``iris(_:)``.
  ///
  ///     Dataset.iris().features.shape  // (150, 4)
  ///     Dataset.iris().featureNames
  ///     // ["sepal_length_cm", "sepal_width_cm", "petal_length_cm", "petal_width_cm"]
  ///
  /// - Returns: The data set, as ``iris(_:)`` tells of it.
  public static func iris() -> Dataset { iris(Float.self) }

  /// Returns the measures of 442 diabetes patients and the disease's progression, in `Float`.
  ///
  /// See ``diabetes(_:)``.
  ///
  ///     Dataset.diabetes().features.shape  // (442, 10)
  ///     Dataset.diabetes().targets.shape   // (442, 1)
  ///
  /// - Returns: The data set, as ``diabetes(_:)`` tells of it.
  public static func diabetes() -> Dataset { diabetes(Float.self) }
}

extension Dataset {
  /// Returns 1,797 images of handwritten digits, 8 × 8 pixels each.
  ///
  /// The features are the pixels row by row, whole numbers from 0 to 16; the classes are the digits
  /// 0 to 9.
  ///
  /// *Optical Recognition of Handwritten Digits* (test part) by E. Alpaydin and C. Kaynak, 1998,
  /// UCI Machine Learning Repository (https://archive.ics.uci.edu/dataset/80), licensed under CC BY
  /// 4.0.
  ///
  ///     Dataset.digits(Double.self).features.shape  // (1797, 64)
  ///
  /// - Parameter scalar: The type of the numbers.
  /// - Returns: Features `[1797, 64]`, targets `[1797, 10]`.
  /// - SeeAlso: scikit-learn's `load_digits`, which holds the same numbers.
  public static func digits(_ scalar: Scalar.Type) -> Dataset {
    let pixels = 64
    let text = BundledData.bytes(BundledData.digits)
    // Each line ends in a label and, but for the last, a line end.
    let count = (text.count + 1) / (pixels + 2)
    var labels: [Int] = []
    let features = Tensor<Float>([count, pixels]) { elements in
      for row in 0..<count {
        let line = row * (pixels + 2)
        for pixel in 0..<pixels {
          elements[row * pixels + pixel] = Float(text[line + pixel] &- UInt8(ascii: "A"))
        }
        labels.append(Int(text[line + pixels] &- UInt8(ascii: "0")))
      }
    }
    return Dataset(
      name: "digits", features: Tensor(features), labels: labels,
      classNames: (0..<10).map(String.init),
      featureNames: (0..<pixels).map { "pixel_\($0 / 8)_\($0 % 8)" })
  }

  /// Returns Fisher's measures of 150 iris flowers of three species.
  ///
  /// The features are the lengths and widths of the sepals and petals in centimetres; the classes
  /// are the species setosa, versicolor and virginica, 50 flowers each.
  ///
  /// *Iris* by R. A. Fisher, 1936, UCI Machine Learning Repository
  /// (https://archive.ics.uci.edu/dataset/53), licensed under CC BY 4.0; rows 34 and 37 follow
  /// Fisher's paper.
  ///
  ///     Dataset.iris(Double.self).features[0]  // [5.1 3.5 1.4 0.2]
  ///
  /// - Parameter scalar: The type of the numbers.
  /// - Returns: Features `[150, 4]`, targets `[150, 3]`.
  /// - SeeAlso: scikit-learn's `load_iris`, which holds the same numbers.
  public static func iris(_ scalar: Scalar.Type) -> Dataset {
    let table = BundledData.table(BundledData.iris, "iris", as: scalar)
    return Dataset(
      name: "iris", features: table.numbers[.all, 0..<4].contiguous(),
      labels: Tensor<Int>(table.numbers[.all, 4]).scalars,
      classNames: ["setosa", "versicolor", "virginica"],
      featureNames: Array(table.numberNames.dropLast()))
  }

  /// Returns the measures of 442 diabetes patients and the progression of the disease a year later.
  ///
  /// The features are the age in years, the sex (coded 1 and 2), the body mass index in kg/m², the
  /// average blood pressure and six measures of the blood serum, unscaled; the target is a number.
  ///
  /// From B. Efron, T. Hastie, I. Johnstone and R. Tibshirani, *Least Angle Regression*, Annals of
  /// Statistics 32 (2004), 407–499.
  ///
  ///     Dataset.diabetes(Double.self).targets[0]  // [151.]
  ///
  /// - Parameter scalar: The type of the numbers.
  /// - Returns: Features `[442, 10]`, targets `[442, 1]`.
  /// - SeeAlso: scikit-learn's `load_diabetes(scaled=False)`, which holds the same numbers.
  public static func diabetes(_ scalar: Scalar.Type) -> Dataset {
    let table = BundledData.table(BundledData.diabetes, "diabetes", as: scalar)
    return Dataset(
      name: "diabetes", features: table.numbers[.all, 0..<10].contiguous(),
      targets: table.numbers[.all, 10..<11].contiguous(),
      featureNames: Array(table.numberNames.dropLast()))
  }
}
