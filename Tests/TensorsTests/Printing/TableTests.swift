import Tensors
import Testing

@Suite struct TableTests {
  @Test func labels() {
    let prices: Tensor<Double> = [[3.5, 120], [12.25, 80]]
    #expect(
      prices.table(rows: ["tea", "coffee"], columns: ["price", "count"]) == """
                price  count
        tea      3.50  120.0
        coffee  12.25   80.0
        """)
    #expect(
      prices.table() == """
               0      1
        0   3.50  120.0
        1  12.25   80.0
        """)
    // A label counts the characters that it shows, not its bytes.
    #expect(
      ([[1], [22]] as Tensor<Int>).table(rows: ["Äpfel", "日"], columns: ["é"]) == """
                é
        Äpfel   1
        日      22
        """)
  }

  @Test func vectors() {
    #expect(
      Tensor<Float>([0.5, -2]).table(rows: ["loss", "score"]) == """
        loss   0.5
        score -2.0
        """)
    #expect(
      Tensor<Int>([7, -10]).table(columns: ["count"]) == """
           count
        0      7
        1    -10
        """)
  }

  @Test func types() {
    #expect(
      ([[true, false], [true, true]] as Tensor<Bool>).table() == """
              0      1
        0  True  False
        1  True   True
        """)
    #expect(
      Tensor<UInt64>([.max], shape: [1, 1]).table()
        == "                      0\n0  18446744073709551615")
    #expect(([[-128], [5]] as Tensor<Int8>).table() == "     0\n0 -128\n1    5")
  }

  /// Each column has the digits that it needs, six at most, or exponents.
  @Test func floatingColumns() {
    let rows: [[Double]] = [
      [1, 1.0 / 3, 0.1, 1e-7, 1_000_000, 12_345_678_901.5, .nan],
      [2, -0.5, 0.0000025, 1, 0.25, 1, .infinity],
      [-0.0, 2, 0.0000035, 0, 1, 0, -.infinity],
    ]
    let x = Tensor(rows.flatMap { $0 }, shape: [3, 7])
    #expect(
      x.table(columns: ["a", "b", "c", "d", "e", "f", "g"]) == """
             a         b         c             d           e             f    g
        0  1.0  0.333333  0.100000  1.000000e-07  1000000.00  1.234568e+10  NaN
        1  2.0 -0.500000  0.000003  1.000000e+00        0.25  1.000000e+00  inf
        2 -0.0  2.000000  0.000003  0.000000e+00        1.00  0.000000e+00 -inf
        """)
    #expect(([[1e-6]] as Tensor<Float>).table() == "          0\n0  0.000001")
    #expect(Tensor<Double>([2e300]).table() == "0  2.000000e+300")
  }

  @Test func longTablesAreSummarised() {
    let x = Tensor((0..<122).map { $0 }, shape: [61, 2])
    #expect(
      x.table(columns: ["x", "y"]) == """
              x    y
        0     0    1
        1     2    3
        2     4    5
        3     6    7
        4     8    9
        ..  ...  ...
        56  112  113
        57  114  115
        58  116  117
        59  118  119
        60  120  121

        [61 rows x 2 columns]
        """)
    #expect(x[0..<60].table().split(separator: "\n").count == 61)
    #expect(x[.all, 0].table().hasSuffix("\n\n[61 rows x 1 columns]"))
    // The marks are shorter where the column is narrow.
    #expect(
      Tensor<Int>.ones([100]).table().split(separator: "\n")[5] == ".. ..")
  }

  @Test func wideTablesAreSummarised() {
    let labels = (0..<21).map { "c\($0)" }
    #expect(
      Tensor((0..<21).map { $0 }, shape: [1, 21]).table(columns: labels) == """
           c0  c1  c2  c3  c4  c5  c6  c7  c8  c9  ...  c11  c12  c13  c14  c15  c16  c17  c18  c19  c20
        0   0   1   2   3   4   5   6   7   8   9  ...   11   12   13   14   15   16   17   18   19   20

        [1 rows x 21 columns]
        """)
    #expect(
      Tensor<Int>.zeros([1 << 40, 1 << 40]).table().hasSuffix(
        "\n\n[1099511627776 rows x 1099511627776 columns]"))
    #expect(!Tensor<Int>.zeros([1, 20]).table().contains("..."))
  }

  @Test func emptyTables() {
    #expect(Tensor<Float>.zeros([0, 3]).table() == "Empty table, shape: (0, 3)")
    #expect(Tensor<Float>.zeros([3, 0]).table() == "Empty table, shape: (3, 0)")
    #expect(Tensor<Float>.zeros([0]).table(rows: []) == "Empty table, shape: (0,)")
  }
}
