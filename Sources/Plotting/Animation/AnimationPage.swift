/// The page that plays an animation.
struct AnimationPage {
  private(set) var bytes: [UInt8] = []

  init(_ animation: Animation, theme: Theme) {
    let drawing = SharedDrawing(animation.frames, theme: theme)
    let last = animation.frames.count - 1
    var output = Canvas(theme: theme)
    output.write("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
    output.write(
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
    let title = animation.frames[last].names
    output.write(escaped: title.isEmpty ? "Animation" : title)
    output.write(
      "</title>\n<style>\(AnimationPage.style(theme))</style>\n</head>\n<body>\n<main>\n")
    bytes = output.svg + drawing.head
    drawing.write(to: &bytes) { run in
      let visibility = run.last == last ? "" : " visibility=\"hidden\""
      return "<g data-frames=\"\(run.first) \(run.last)\"\(visibility)>\n"
    }

    output = Canvas(theme: theme)
    output.write("</svg>\n<div id=\"controls\" role=\"group\" aria-label=\"Playback\" hidden>\n")
    output.write("<button type=\"button\" id=\"play\">Play</button>\n")
    output.write("<input type=\"range\" id=\"frame\" min=\"0\" max=\"\(last)\" value=\"\(last)\"")
    output.write(" step=\"1\" aria-label=\"Frame\">\n<output for=\"frame\" id=\"name\"></output>\n")
    output.write("</div>\n</main>\n<ol id=\"names\" hidden>\n")
    for index in animation.frames.indices {
      output.write("<li>")
      output.write(escaped: RichText(animation.label(index)).plain)
      output.write("</li>\n")
    }
    output.write("</ol>\n<script>\nconst seconds = \(decimal(animation.duration))\n")
    output.write(AnimationPage.script)
    output.write("</script>\n</body>\n</html>\n")
    bytes += output.svg
  }

  private static func style(_ theme: Theme) -> String {
    func colors(_ theme: Theme) -> String {
      "background:\(theme.code(.background));color:\(theme.code(.text));"
        + "accent-color:\(theme.code(.palette(0)))"
    }
    func button(_ theme: Theme) -> String { "button{border-color:\(theme.code(Color(.axis)))}" }
    let isDark = theme == .dark
    var style =
      ":root{color-scheme:\(theme.followsViewer ? "light dark" : isDark ? "dark" : "light")"
    style += ";\(colors(theme))}\(button(theme))"
    if theme.followsViewer {
      style += "@media (prefers-color-scheme:dark){:root{\(colors(.dark))}\(button(.dark))}"
    }
    return style + """
      body{margin:1rem;font:15px \(FontMetrics.family)}
      main{width:fit-content;max-width:100%;margin:auto}
      main>svg{display:block;max-width:100%;height:auto}
      #controls:not([hidden]){display:flex;flex-wrap:wrap;align-items:center;gap:.75rem;margin-top:.5rem}
      button{font:inherit;color:inherit;background:none;border:1px solid;border-radius:6px;\
      padding:.3rem 0;width:4.5rem;cursor:pointer}
      input{flex:1 1 10rem;min-width:0;margin:0}
      output{min-width:8ch;font-variant-numeric:tabular-nums}

      """
  }

  /// Shows the frames; asks for nothing but the page itself.
  private static let script = """
    const [controls, play, slider, name] =
      ['controls', 'play', 'frame', 'name'].map(id => document.getElementById(id))
    const names = [...document.querySelectorAll('#names li')].map(item => item.textContent)
    const groups = [...document.querySelectorAll('g[data-frames]')]
      .map(group => [group, ...group.dataset.frames.split(' ').map(Number)])
    let start = null  // when the first frame was shown, while it plays
    let shown = null

    function show(frame) {
      if (frame === shown) return
      shown = frame
      for (const [group, first, last] of groups)
        group.setAttribute('visibility', first <= frame && frame <= last ? 'visible' : 'hidden')
      slider.value = frame
      slider.setAttribute('aria-valuetext', names[frame])
      name.textContent = names[frame]
    }

    function step(now) {
      if (start === null) return
      // The time of a drawing may lie before the click that came with it.
      show(Math.floor(Math.max(0, now - start) / 1000 / seconds * names.length) % names.length)
      requestAnimationFrame(step)
    }

    function toggle(plays) {
      // From the frame that is shown; from the first if that is the last.
      const frame = shown === names.length - 1 ? 0 : shown
      start = plays ? performance.now() - frame / names.length * seconds * 1000 : null
      play.textContent = plays ? 'Pause' : 'Play'
      if (plays) step(performance.now())
    }

    play.addEventListener('click', () => toggle(start === null))
    slider.addEventListener('input', () => {
      toggle(false)
      show(Number(slider.value))
    })
    document.addEventListener('keydown', event => {
      if (event.key !== ' ' || event.target === play) return
      event.preventDefault()
      toggle(start === null)
    })
    controls.hidden = false
    show(names.length - 1)
    if (names.length > 1 && !matchMedia('(prefers-reduced-motion: reduce)').matches) toggle(true)

    """
}
