import Foundation
import Myelin
import Tensors

extension TrainingJob {
  /// Samples that can be learnt, the same each time.
  ///
  /// They are written straight to where they stay: the data of a large job lie in memory once.
  func dataset() -> Dataset<Float> {
    var random = SplitMix64(seed: 7)
    let outputs = widths[widths.count - 1]
    let classes = max(outputs, 2)
    var labels = (0..<samples).map { $0 % classes }
    let features = Tensor<Float>([samples, widths[0]]) { elements in
      switch data {
      case .xor:
        for row in 0..<samples {
          let x = random.unit()
          let y = random.unit()
          elements[2 * row] = x
          elements[2 * row + 1] = y
          labels[row] = (x > 0.5) == (y > 0.5) ? 0 : 1
        }
      case .moons:
        for row in 0..<samples {
          let angle = Float.pi * random.unit()
          let isSecond = labels[row] == 1
          // Noise with a deviation of about 0.1: the sum of two uniform numbers.
          func noise() -> Float { 0.25 * (random.unit() + random.unit() - 1) }
          elements[2 * row] = (isSecond ? 1 - cos(angle) : cos(angle)) + noise()
          elements[2 * row + 1] = (isSecond ? 0.5 - sin(angle) : sin(angle)) + noise()
        }
      case .templates:
        let width = widths[0]
        let templates = (0..<classes * width).map { _ in random.unit() }
        templates.withUnsafeBufferPointer { templates in
          for row in 0..<samples {
            let template = labels[row] * width
            for column in 0..<width {
              elements[row * width + column] = 0.5 * (templates[template + column] + random.unit())
            }
          }
        }
      }
    }
    let targets = Tensor<Float>([samples, outputs]) { elements in
      for row in 0..<samples {
        for output in 0..<outputs {
          elements[row * outputs + output] =
            outputs == 1 ? Float(labels[row]) : labels[row] == output ? 1 : 0
        }
      }
    }
    return Dataset(name: "benchmark", features: features, targets: targets)
  }
}

extension SplitMix64 {
  /// A number from 0 up to but not including 1.
  fileprivate mutating func unit() -> Float { Float(next() >> 40) * 0x1p-24 }
}
