import Datasets
import Tensors
import Testing

@Suite struct BundledTests {
  @Test func digits() {
    let digits = Dataset.digits()
    #expect(digits.name == "digits")
    #expect(digits.features.shape == [1797, 64])
    #expect(digits.targets.shape == [1797, 10])
    #expect(digits.classNames == ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"])
    #expect(digits.featureNames.count == 64)
    #expect(digits.featureNames[0] == "pixel_0_0" && digits.featureNames[15] == "pixel_1_7")
    #expect(
      digits.targets.sum(axis: 0).scalars == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
    #expect(digits.features.sum().scalar == 561_718)
    #expect(digits.features.min().scalar == 0 && digits.features.max().scalar == 16)
    let columnSums: [Float] = [
      0, 546, 9353, 21269, 21291, 10390, 2448, 233, 10, 3583, 18657, 21527, 18472, 14692, 3318,
      194, 5, 4675, 17796, 12566, 12755, 14028, 3214, 90, 2, 4438, 16337, 15852, 17839, 13570,
      4165, 4, 0, 4204, 13778, 16302, 18512, 15713, 5228, 0, 16, 2846, 12366, 12989, 13787, 14801,
      6211, 49, 13, 1266, 13490, 17142, 16921, 15739, 6694, 371, 1, 502, 9987, 21724, 21221, 12155,
      3716, 655,
    ]
    #expect(digits.features.sum(axis: 0).scalars == columnSums)
    let first: [Float] = [
      0, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15, 10, 15, 5, 0, 0, 3, 15, 2, 0, 11, 8, 0, 0, 4, 12, 0, 0,
      8, 8, 0, 0, 5, 8, 0, 0, 9, 8, 0, 0, 4, 11, 0, 1, 12, 7, 0, 0, 2, 14, 5, 10, 12, 0, 0, 0, 0, 6,
      13, 10, 0, 0, 0,
    ]
    let last: [Float] = [
      0, 0, 10, 14, 8, 1, 0, 0, 0, 2, 16, 14, 6, 1, 0, 0, 0, 0, 15, 15, 8, 15, 0, 0, 0, 0, 5, 16,
      16,
      10, 0, 0, 0, 0, 12, 15, 15, 12, 0, 0, 0, 4, 16, 6, 4, 16, 6, 0, 0, 8, 16, 10, 8, 16, 8, 0, 0,
      1, 8, 12, 14, 12, 1, 0,
    ]
    #expect(digits.features[0].scalars == first)
    #expect(digits.features[-1].scalars == last)
    #expect(digits.labels?.prefix(10) == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    #expect(digits.labels?.suffix(5) == [9, 0, 8, 9, 8])
  }

  @Test func iris() {
    let iris = Dataset.iris()
    #expect(iris.features.shape == [150, 4])
    #expect(iris.classNames == ["setosa", "versicolor", "virginica"])
    #expect(
      iris.featureNames == [
        "sepal_length_cm", "sepal_width_cm", "petal_length_cm", "petal_width_cm",
      ])
    #expect(iris.targets.sum(axis: 0).scalars == [50, 50, 50])
    #expect(
      iris.labels == Array(repeating: 0, count: 50) + Array(repeating: 1, count: 50)
        + Array(repeating: 2, count: 50))
    #expect(iris.features[0].scalars == [5.1, 3.5, 1.4, 0.2])
    #expect(iris.features[149].scalars == [5.9, 3.0, 5.1, 1.8])
    // The two flowers in which the copies in circulation differ.
    #expect(iris.features[34].scalars == [4.9, 3.1, 1.5, 0.2])
    #expect(iris.features[37].scalars == [4.9, 3.6, 1.4, 0.1])
    // In tenths all measures are whole, so their sums are exact.
    let tenths = Dataset.iris(Double.self).features.scalars.map { ($0 * 10).rounded() }
    let sums = (0..<4).map { column in
      stride(from: column, to: 600, by: 4).reduce(0) { $0 + tenths[$1] }
    }
    #expect(sums == [8765, 4586, 5637, 1799])
  }

  @Test func diabetes() {
    let diabetes = Dataset.diabetes(Double.self)
    #expect(diabetes.features.shape == [442, 10])
    #expect(diabetes.targets.shape == [442, 1])
    #expect(diabetes.classNames == nil && diabetes.labels == nil)
    #expect(
      diabetes.featureNames == ["age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6"])
    #expect(diabetes.features[0].scalars == [59, 2, 32.1, 101, 157, 93.2, 38, 4, 4.8598, 87])
    #expect(diabetes.features[-1].scalars == [36, 1, 19.6, 71, 250, 133.2, 97, 3, 4.5951, 92])
    #expect(diabetes.targets[0].scalars == [151] && diabetes.targets[-1].scalars == [57])
    #expect(diabetes.targets.sum().scalar == 67243)
    // At most four decimals: whole numbers in ten-thousandths.
    let sums = (0..<10).map { column in
      diabetes.features[.all, column].scalars.reduce(0) { $0 + ($1 * 10_000).rounded() }
    }
    #expect(
      sums == [
        214_450_000, 6_490_000, 116_581_000, 418_339_800, 836_000_000, 510_241_000, 220_065_000,
        17_990_500, 20_515_036, 403_370_000,
      ])
  }

  @Test func bothScalars() {
    #expect(Dataset.digits(Double.self).features == Tensor<Double>(Dataset.digits().features))
    #expect(Dataset.iris(Float.self).features == Dataset.iris().features)
    #expect(Tensor<Float>(Dataset.iris(Double.self).features) == Dataset.iris().features)
    #expect(Tensor<Float>(Dataset.diabetes(Double.self).features) == Dataset.diabetes().features)
    let inferred: Dataset<Float> = Dataset.digits()
    #expect(inferred.count == 1797)
  }
}
