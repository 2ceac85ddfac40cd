import Tensors
import TestSupport
import Testing

@testable import Datasets

@Suite struct ScalerTests {
  @Test func standardAsTheReference() throws {
    var tested = 0
    for reference in try referenceCases("StandardScaler") {
      let inputs = try #require(reference.child("inputs"))
      let rows = try #require(inputs.array("X")).tensor
      let new = try #require(inputs.array("new")).tensor
      let scaler = StandardScaler(fitting: rows)
      expectEqual(scaler.mean, "mean", of: reference)
      expectEqual(Tensor(Moments(rows).variance), "var", of: reference)
      expectEqual(scaler.scale, "scale", of: reference)
      let transformed = scaler.transform(rows)
      expectEqual(transformed, "transformed", of: reference)
      expectEqual(scaler.transform(new), "transformed_new", of: reference)
      expectEqual(scaler.inverseTransform(transformed), "inverse", of: reference)
      // Stored and made again.
      let again = StandardScaler(mean: scaler.mean, scale: scaler.scale)
      #expect(again.transform(new) == scaler.transform(new))
      tested += 1
    }
    #expect(tested == 6)
  }

  @Test func minMaxAsTheReference() throws {
    var tested = 0
    for reference in try referenceCases("MinMaxScaler") {
      let inputs = try #require(reference.child("inputs"))
      let rows = try #require(inputs.array("X")).tensor
      let new = try #require(inputs.array("new")).tensor
      let range = try #require(reference.child("args")?.array("feature_range")).doubles
      let scaler = MinMaxScaler(fitting: rows, to: range[0]...range[1])
      expectEqual(scaler.minimum, "data_min", of: reference)
      expectEqual(scaler.maximum, "data_max", of: reference)
      expectEqual(scaler.scale, "scale", of: reference)
      expectEqual(scaler.offset, "min", of: reference)
      let transformed = scaler.transform(rows)
      expectEqual(transformed, "transformed", of: reference)
      expectEqual(scaler.transform(new), "transformed_new", of: reference)
      expectEqual(scaler.inverseTransform(transformed), "inverse", of: reference)
      let again = MinMaxScaler(
        minimum: scaler.minimum, maximum: scaler.maximum, range: scaler.range)
      #expect(again.transform(new) == scaler.transform(new))
      tested += 1
    }
    #expect(tested == 9)
  }

  @Test func singlePrecision() {
    let rows = Dataset.diabetes().features
    let scaled = StandardScaler(fitting: rows).transform(rows)
    let wide = Dataset.diabetes(Double.self).features
    let expected = StandardScaler(fitting: wide).transform(wide)
    // Inputs, mean and scale are each rounded to a Float, and x − mean loses the digits that x and
    // mean share: with all features below 350 and no scale below 0.5 that is less than 3 · 350/0.5
    // · 2^-24 absolute, plus some units in the last place.
    let worst =
      zip(scaled.scalars, expected.scalars).map { abs(Double($0) - $1) }.max() ?? .infinity
    #expect(worst < 3 * 350 / 0.5 * 0x1p-24 + 8 * 0x1p-22)
    let moments = Moments(scaled)
    for (mean, variance) in zip(moments.mean, moments.variance) {
      #expect(abs(mean) < 1e-4)
      #expect(abs(variance - 1) < 1e-3)
    }
    let unit = MinMaxScaler(fitting: rows).transform(rows)
    // 1 is reached up to the rounding of the product and the sum.
    #expect(unit.min(axis: 0).scalars.allSatisfy { abs($0) < 1e-5 })
    #expect(unit.max(axis: 0).scalars.allSatisfy { abs($0 - 1) < 1e-5 })
  }

  @Test func constantFeatures() {
    // 0.1 three times sums up to more than 0.3: a variance that is not quite 0.
    let rows = Tensor<Double>([0.1, 1e9, 7, 0.1, 1e9, 8, 0.1, 1e9, 9], shape: [3, 3])
    let standard = StandardScaler(fitting: rows)
    #expect(Array(standard.scale.scalars.prefix(2)) == [1, 1])
    #expect(abs(standard.scale.scalars[2] - (2.0 / 3).squareRoot()) < 1e-15)
    #expect(standard.transform(rows)[.all, 0..<2].scalars.allSatisfy { abs($0) < 1e-16 })
    let unit = MinMaxScaler(fitting: rows)
    #expect(unit.scale.scalars == [1, 1, 0.5])
    #expect(unit.transform(rows).scalars == [0, 0, 0, 0, 0, 0.5, 0, 0, 1])
    // The pixels at the border of the digits are always 0.
    let digits = Dataset.digits()
    let scaled = StandardScaler(fitting: digits.features).transform(digits.features)
    #expect(scaled.scalars.allSatisfy { $0.isFinite })
    #expect(scaled[.all, 0].scalars.allSatisfy { $0 == 0 })
  }

  @Test func meanFarFromZero() {
    // A sum of squares less the squared sum would have no digit left.
    let rows = Tensor<Double>((0..<1000).map { 1e9 + Double($0 % 2) }, shape: [1000, 1])
    let scaler = StandardScaler(fitting: rows)
    #expect(scaler.mean.scalars == [1e9 + 0.5])
    #expect(scaler.scale.scalars == [0.5])
  }

  @Test func otherShapes() {
    let images = Tensor<Float>((0..<24).map(Float.init), shape: [3, 2, 4])
    let scaler = StandardScaler(fitting: images)
    #expect(scaler.mean.shape == [2, 4])
    #expect(scaler.transform(images).shape == [3, 2, 4])
    #expect(scaler.transform(images[0]) == scaler.transform(images)[0])
    let unit = MinMaxScaler(fitting: images.transposed([0, 2, 1]), to: -1...1)
    #expect(unit.transform(images.transposed([0, 2, 1]))[1].scalars.allSatisfy { $0 == 0 })
  }

  @Test func scaledDataset() {
    let iris = Dataset.iris()
    let (train, test) = iris.split(testFraction: 0.2, seed: 42)
    let scaler = StandardScaler(fitting: train.features)
    let scaled = test.scaled(by: scaler)
    #expect(scaled.features == scaler.transform(test.features))
    #expect(scaled.targets == test.targets)
    #expect(scaled.classNames == iris.classNames && scaled.featureNames == iris.featureNames)
  }

  @Test func rowsOfAnotherWidth() async {
    await #expect(processExitsWith: .failure) {
      // Would broadcast to [2, 3] without a check.
      let scaler = StandardScaler(fitting: Tensor<Float>.ones([2, 3]))
      _ = scaler.transform(Tensor<Float>.ones([2, 1]))
    }
  }
}
