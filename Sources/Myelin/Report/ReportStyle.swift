import Plotting

/// The style sheet of a report: light or dark as the viewer likes it, always light on paper.
enum ReportStyle {
  static var css: String {
    """
    :root{color-scheme:light dark;\(Theme.light.properties)--panel:#F6F8FA}
    @media screen and (prefers-color-scheme:dark){
    :root{\(Theme.dark.properties)--panel:#171C22}
    \(Theme.dark.rules(in: "figure"))
    }
    \(rules)
    """
  }

  private static let rules = """
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%}
    body{margin:0;background:var(--color-background);color:var(--color-text);
    font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
    main{max-width:62rem;margin:0 auto;padding:2.5rem 1.5rem 4rem}
    h1,h2,h3,p,dt,dd,figcaption,code{overflow-wrap:anywhere}
    td,th{overflow-wrap:break-word}
    h1{font-size:2.2rem;line-height:1.2;margin:0 0 .6rem}
    h2{font-size:1.35rem;margin:3rem 0 .8rem;padding-top:1.2rem;border-top:1px solid var(--color-grid)}
    h3{font-size:1.05rem;margin:1.6rem 0 .5rem}
    .kind{margin:0;color:var(--color-muted);font-size:.85rem;letter-spacing:.06em;text-transform:uppercase}
    .lead{font-size:1.1rem;max-width:46rem;margin:0}
    .note{border-left:4px solid var(--color-1);background:var(--panel);padding:.6rem 1rem;margin:1.4rem 0 0}
    .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:.8rem;margin:1.8rem 0 0}
    .tiles div{background:var(--panel);border-radius:.5rem;padding:.7rem .9rem}
    .tiles dt{color:var(--color-muted);font-size:.85rem}
    .tiles dd{margin:.1rem 0 0;font-size:1.35rem;font-weight:600;white-space:nowrap;font-variant-numeric:tabular-nums}
    .tiles .first dd{color:var(--color-0)}
    .table{overflow-x:auto;margin:.4rem 0 1.2rem}
    table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.95rem}
    caption{text-align:left;color:var(--color-muted);padding-bottom:.3rem}
    th,td{text-align:left;vertical-align:top;padding:.32rem 1.2rem .32rem 0;border-bottom:1px solid var(--color-grid);
    max-width:20rem}
    thead th{border-bottom-color:var(--color-axis);vertical-align:bottom;font-size:.9rem}
    th{font-weight:600}
    tbody th{font-weight:400;color:var(--color-muted);min-width:10rem}
    .number{text-align:right;white-space:nowrap}
    figure{margin:1rem 0 1.4rem}
    figure svg{display:block;max-width:100%;height:auto}
    figcaption{color:var(--color-muted);font-size:.9rem;max-width:46rem;margin-top:.3rem}
    .pair{display:flex;flex-wrap:wrap;gap:0 1.6rem}
    .pair figure{flex:1 1 20rem;min-width:0;max-width:100%}
    pre{background:var(--panel);border-radius:.5rem;padding:.9rem 1.1rem;margin:.4rem 0 1.2rem;
    white-space:pre-wrap;font:.88rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
    pre code{font:inherit}
    @media print{
    body{font-size:11pt}
    main{max-width:none;padding:0}
    h2{margin-top:1.6rem}
    h2,h3,h2+p{break-after:avoid}
    p,figure,.table,pre,.tiles,.note{break-inside:avoid}
    .pair{display:block}
    .pair figure{display:inline-block;width:48%;vertical-align:top}
    .tiles{grid-template-columns:repeat(6,1fr);gap:.4rem}
    .tiles div{padding:.5rem .6rem}
    .tiles dt{font-size:.75rem}
    .tiles dd{font-size:1rem}
    .tiles div,pre,.note{border:1px solid var(--color-grid)}
    .table{overflow:visible;font-size:.85rem}
    }
    """
}
