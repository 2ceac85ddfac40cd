import Myelin

func hiddenUnits() throws -> Figure {
  // picture accuracy
  let (train, test) = Dataset.digits().split(testFraction: 0.3, seed: 1827)
  var counts: [(label: String, heights: [Double])] = [("training", []), ("held out", [])]
  let widths = [2, 4, 8, 16, 32]
  for width in widths {
    var model = try Sequential(input: [64], seed: 7) {
      Dense(width, activation: .relu)
      Dense(10, activation: .softmax)
    }
    try model.fit(train, loss: .categoricalCrossEntropy, optimizer: Adam(), epochs: 20)
    counts[0].heights.append(100 * (try model.evaluate(train).accuracy ?? 0))
    counts[1].heights.append(100 * (try model.evaluate(test).accuracy ?? 0))
  }

  var figure = Figure(width: 6, height: 3.6)
  figure.axes.title = "Digits after 20 epochs"
  figure.axes.x.label = "units in the hidden layer"
  figure.axes.y.label = "accuracy, %"
  figure.axes.bars(
    groups: counts, categories: widths.map { "\($0)" }, showsValues: true)
  // end
  return figure
}

func petals() -> Figure {
  // picture petals
  let iris = Dataset.iris()
  let species = (iris.classNames ?? []).enumerated().map { index, name in
    let rows = iris.rows((iris.labels ?? []).indices.filter { iris.labels?[$0] == index })
    return (label: name, values: rows.features[.all, 2].numbers)
  }

  var figure = Figure(rows: 1, columns: 2, width: 7.5, height: 3.4)
  figure[0, 0].x.label = "length of the petals, cm"
  figure[0, 0].y.label = "flowers"
  figure[0, 0].histogram(groups: species, bins: 24)
  figure[0, 1].x.label = "length of the petals, cm"
  figure[0, 1].boxes(
    groups: species.map(\.values), names: species.map(\.label), isHorizontal: true,
    colors: [.blue, .red, .green])
  // end
  return figure
}
