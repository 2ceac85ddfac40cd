import NeuralNetworks

/// A whole number with commas between groups of three digits: `28,938`.
func grouped(_ number: Int) -> String {
  let digits = String(number.magnitude)
  var result = ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index) % 3 == 0 { result += "," }
    result.append(digit)
  }
  return (number < 0 ? "-" : "") + result
}

/// A number and what it counts: `1 row`, `540 rows`, `3 classes`.
func counted(_ number: Int, _ noun: String) -> String {
  let plural = noun.hasSuffix("s") ? "es" : "s"
  return grouped(number) + " " + noun + (number == 1 ? "" : plural)
}

/// A part as a percentage with two decimals.
func percent(_ part: Double) -> String { decimals(part * 100, 2) + " %" }

/// A time as people say it: `85 ms`, `12.3 s`, `3 min 5 s`, `2 h 10 min`.
func duration(_ seconds: Double) -> String {
  if seconds < 1 { return decimals(seconds * 1000, 0) + " ms" }
  if seconds < 59.95 { return decimals(seconds, 1) + " s" }
  guard seconds < 1e9 else { return decimals(seconds, 0) + " s" }
  let whole = Int(seconds.rounded())
  if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
  return "\(grouped(whole / 3600)) h \(whole % 3600 / 60) min"
}

/// A name, cut if it is longer than a cell of a table can be.
func shortened(_ name: String) -> String {
  let most = 48
  return name.count > most ? name.prefix(most - 1) + "…" : name
}

/// A word as a POSIX shell takes it unchanged.
func shellWord(_ word: String) -> String {
  let isPlain = word.unicodeScalars.allSatisfy { scalar in
    scalar.isASCII && scalar.properties.isAlphabetic
      || "0123456789._-/,=+:@%".unicodeScalars.contains(scalar)
  }
  return isPlain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
}

/// A text as a literal of Swift.
func swiftLiteral(_ text: String) -> String {
  "\"" + text.unicodeScalars.map { $0.escaped(asASCII: false) }.joined() + "\""
}
