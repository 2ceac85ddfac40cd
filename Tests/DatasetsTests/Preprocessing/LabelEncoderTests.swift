import Datasets
import TestSupport
import Testing

@Suite struct LabelEncoderTests {
  @Test func asTheReference() throws {
    for reference in try referenceCases("LabelEncoder") {
      let labels = try #require(reference.child("inputs")?.array("y")).ints
      let expected = try #require(reference.child("expected"))
      let encoder = LabelEncoder(fitting: labels)
      #expect(encoder.classes == expected.array("classes")?.ints)
      let codes = try encoder.transform(labels)
      #expect(codes == expected.array("codes")?.ints)
      #expect(try encoder.inverseTransform(codes) == labels)
    }
  }

  @Test func badArguments() {
    let encoder = LabelEncoder(fitting: ["b", "a", "b"])
    expectError("the label “c” is none of the 2 classes that the encoder was fitted on") {
      try encoder.transform(["a", "c"])
    }
    expectError("there is no class -1 among 2") { try encoder.inverseTransform([0, -1]) }
  }
}
