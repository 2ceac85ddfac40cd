/// A line of text with simple mathematics between dollar signs, as TeX writes it.
///
/// `$x_1^2$`, `$10^{-3}$`, `$\alpha$`, `$\hat{y}$`: letters lean, `_` lowers and `^` raises one
/// character or what stands in braces, a backslash names a Greek letter or a sign. `\$` is a dollar
/// sign; a dollar sign without its other half, and a name that isn't known, stay as they are.
package struct RichText: Hashable, Sendable {
  /// Text of one height and slant.
  package struct Run: Hashable, Sendable {
    package var text: String
    package var isItalic = false
    /// The size as a part of the line's.
    package var scale = 1.0
    /// How far above the line it stands, in parts of the line's size.
    package var rise = 0.0
  }

  package private(set) var runs: [Run] = []

  package init(_ source: some StringProtocol) {
    var rest = Array(source.unicodeScalars)[...]
    var plain = String.UnicodeScalarView()
    while let scalar = rest.popFirst() {
      if scalar == "\\", rest.first == "$" {
        plain.append("$")
        rest.removeFirst()
      } else if scalar == "$", let end = RichText.closingDollar(in: rest) {
        append(String(plain), italic: false)
        plain = .init()
        var parser = Mathematics(rest: rest[..<end])
        parser.parse(scale: 1, rise: 0, depth: 0)
        parser.runs.forEach { append($0) }
        rest = rest[(end + 1)...]
      } else {
        plain.append(RichText.isControl(scalar) ? " " : scalar)
      }
    }
    append(String(plain), italic: false)
  }

  /// The text without its heights and slants.
  package var plain: String { runs.map(\.text).joined() }

  package var isEmpty: Bool { runs.isEmpty }

  /// The width in points.
  package func width(size: Double, isBold: Bool = false) -> Double {
    runs.reduce(0) {
      $0 + FontMetrics.width(of: $1.text, size: size * $1.scale, isBold: isBold)
    }
  }

  /// The highest point above the base line in points: more than a plain line's if something is raised.
  package func ascent(size: Double) -> Double {
    runs.map { ($0.rise + $0.scale * FontMetrics.ascent) * size }.max() ?? FontMetrics.ascent * size
  }

  /// The lowest point below the base line in points.
  package func descent(size: Double) -> Double {
    runs.map { ($0.scale * FontMetrics.descent - $0.rise) * size }.max()
      ?? FontMetrics.descent * size
  }

  /// The text cut to a width, with an ellipsis where something is missing.
  package func truncated(to width: Double, size: Double, isBold: Bool = false) -> RichText {
    guard self.width(size: size, isBold: isBold) > width else { return self }
    var result = RichText("")
    var used = 0.0
    for run in runs {
      func room(_ text: some StringProtocol) -> Double {
        FontMetrics.width(of: text, size: size * run.scale, isBold: isBold)
      }
      let ellipsis = room("…")
      var kept = Run(text: "", isItalic: run.isItalic, scale: run.scale, rise: run.rise)
      for character in run.text {
        let next = used + room(String(character))
        if next + ellipsis > width {
          // Where not even the ellipsis fits, nothing of the run is shown.
          if used + ellipsis > width { return result }
          kept.text += "…"
          result.append(kept)
          return result
        }
        used = next
        kept.text.append(character)
      }
      result.append(kept)
    }
    return result
  }

  private mutating func append(_ text: String, italic: Bool) {
    append(Run(text: text, isItalic: italic))
  }

  fileprivate mutating func append(_ run: Run) {
    if run.text.isEmpty { return }
    if let last = runs.last, last.isItalic == run.isItalic, last.scale == run.scale,
      last.rise == run.rise
    {
      runs[runs.count - 1].text += run.text
    } else {
      runs.append(run)
    }
  }

  private static func closingDollar(in rest: ArraySlice<Unicode.Scalar>) -> Int? {
    var index = rest.startIndex
    while index < rest.endIndex {
      if rest[index] == "\\" {
        index += 1
      } else if rest[index] == "$" {
        return index
      }
      index += 1
    }
    return nil
  }

  /// Whether XML has no room for it, or a line can't show it.
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || 0x7F...0x9F ~= scalar.value || scalar.value & 0xFFFE == 0xFFFE
  }

  /// Reads what stands between dollar signs.
  private struct Mathematics {
    var rest: ArraySlice<Unicode.Scalar>
    var runs: [Run] = []
    /// Whether it is inside of `\text`, where spaces count and letters stand upright.
    var isText = false

    mutating func add(_ text: String, italic: Bool, _ scale: Double, _ rise: Double) {
      runs.append(Run(text: text, isItalic: italic, scale: scale, rise: rise))
    }

    /// Reads to the end, or to the brace that closes.
    mutating func parse(scale: Double, rise: Double, depth: Int) {
      while let scalar = rest.first {
        if scalar == "}" {
          rest.removeFirst()
          if depth > 0 { return }
        } else {
          parseItem(scale: scale, rise: rise, depth: depth)
        }
      }
    }

    /// Reads one character, name or group.
    mutating func parseItem(scale: Double, rise: Double, depth: Int) {
      guard let scalar = rest.popFirst() else { return }
      // Deeper nesting than anyone can read stays on one level: a hostile title must not fill the stack.
      let isNesting = depth < 8
      switch scalar {
      case "_" where isNesting:
        parseItem(scale: max(0.5, scale * 0.7), rise: rise - 0.18 * scale, depth: depth + 1)
      case "^" where isNesting:
        parseItem(scale: max(0.5, scale * 0.7), rise: rise + 0.38 * scale, depth: depth + 1)
      case "{":
        if isNesting { parse(scale: scale, rise: rise, depth: depth + 1) }
      case "}": break
      case "\\": parseName(scale: scale, rise: rise, depth: depth)
      case "-", "+", "=", "<", ">":
        let sign = scalar == "-" ? "\u{2212}" : String(scalar)
        // Between two things of full height, not before the first one or after another sign.
        let isBetween = scale == 1 && runs.last.map { !$0.text.hasSuffix(" ") } ?? false
        add(isBetween ? " \(sign) " : sign, italic: false, scale, rise)
      case " " where !isText: break
      default:
        guard !isControl(scalar) else { break }
        add(String(scalar), italic: !isText && scalar.properties.isAlphabetic, scale, rise)
      }
    }

    mutating func parseName(scale: Double, rise: Double, depth: Int) {
      guard let first = rest.first else { return add("\\", italic: false, scale, rise) }
      var name = ""
      while let letter = rest.first, letter.isASCII, letter.properties.isAlphabetic {
        name.unicodeScalars.append(letter)
        rest.removeFirst()
      }
      if name.isEmpty {
        rest.removeFirst()
        // `\,` and its like are spaces; any other sign stands for itself.
        let isSpace = ",;:! ".unicodeScalars.contains(first)
        if !isControl(first) { add(isSpace ? " " : String(first), italic: false, scale, rise) }
      } else if let letter = signs[name] {
        add(letter, italic: false, scale, rise)
      } else if let mark = accents[name], depth < 8 {
        let start = runs.count
        parseItem(scale: scale, rise: rise, depth: depth + 1)
        if runs.count > start { runs[runs.count - 1].text += mark }
      } else if ["text", "mathrm", "mathbf", "operatorname"].contains(name), depth < 8 {
        let wasText = isText
        isText = true
        parseItem(scale: scale, rise: rise, depth: depth + 1)
        isText = wasText
      } else if functions.contains(name) {
        add(name + " ", italic: false, scale, rise)
      } else {
        add("\\" + name, italic: false, scale, rise)
      }
    }
  }

  private static let accents = [
    "hat": "\u{302}", "bar": "\u{304}", "tilde": "\u{303}", "dot": "\u{307}",
  ]
  private static let functions: Set<String> = [
    "log", "ln", "exp", "sin", "cos", "tanh", "max", "min",
  ]
  private static let signs: [String: String] = [
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ",
    "pi": "π",
    "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "chi": "χ", "psi": "ψ",
    "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π",
    "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "times": "×", "cdot": "·", "pm": "±",
    "leq": "≤", "geq": "≥", "neq": "≠", "approx": "≈", "infty": "∞", "partial": "∂", "nabla": "∇",
    "sum": "∑", "prod": "∏", "int": "∫", "sqrt": "√", "in": "∈", "to": "→", "rightarrow": "→",
    "leftarrow": "←", "ldots": "…", "quad": "\u{2003}", "ell": "ℓ",
  ]
}

/// Text that a figure shows as it is: the names of someone's data, in which a dollar sign is one.
package func literal(_ text: String) -> String { text.replacing("$", with: "\\$") }
