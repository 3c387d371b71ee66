/// The one look of the report: type, spacing, colours by meaning, light, dark and print.
enum PageStyle {
    static let text = """
        :root {
          \(Palette.lightStyle)
          --gap: 16px; --round: 10px;
          font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif;
        }
        @media (prefers-color-scheme: dark) { :root { \(Palette.darkStyle) } }
        * { box-sizing: border-box; }
        html { scroll-behavior: smooth; }
        body { margin: 0; background: var(--page); color: var(--text); }
        header, main, footer { max-width: 1180px; margin: 0 auto; padding: 0 24px; }
        header { padding-top: 28px; }
        .brand { margin: 0; color: var(--accent); font-size: 13px; font-weight: 600; letter-spacing: .04em; text-transform: uppercase; }
        h1 { margin: 2px 0 4px; font-size: 34px; line-height: 1.15; overflow-wrap: anywhere; }
        h2 { margin: 44px 0 12px; font-size: 22px; line-height: 1.25; }
        h3 { margin: 0; font-size: 17px; line-height: 1.35; overflow-wrap: anywhere; }
        .subtitle { margin: 0 0 12px; color: var(--muted); }
        .warning { margin: 8px 0; padding: 10px 14px; background: var(--warn); border-left: 4px solid var(--warn-line); border-radius: 4px; }
        nav ul { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 0; padding: 10px 0; list-style: none; border-block: 1px solid var(--line); font-size: 15px; }
        a { color: var(--accent); text-decoration: none; }
        a:hover { text-decoration: underline; }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
        .skip { position: absolute; left: -999px; }
        .skip:focus { left: 12px; top: 12px; padding: 8px 12px; background: var(--card); z-index: 9; }
        .findings { display: grid; grid-template-columns: repeat(auto-fit, minmax(240px, 1fr)); gap: var(--gap); }
        .finding, figure, dl { background: var(--card); border: 1px solid var(--line); border-radius: var(--round); padding: 18px 20px; }
        .finding h3 { color: var(--muted); font-size: 14px; font-weight: 600; }
        .finding .number { margin: 6px 0 0; font-size: 27px; font-weight: 650; line-height: 1.15; font-variant-numeric: tabular-nums; }
        .finding .change { margin: 4px 0 0; font-size: 18px; font-weight: 600; }
        .better { color: var(--better); } .worse { color: var(--worse); } .neutral { color: var(--muted); }
        .finding .sentence { margin: 8px 0 0; color: var(--muted); font-size: 14px; }
        figure { margin: 0 0 var(--gap); }
        figcaption p { margin: 4px 0 12px; color: var(--muted); font-size: 14px; max-width: 78ch; }
        .plot { overflow-x: auto; overflow-y: hidden; min-height: 60px; }
        .plot.vega-embed, .plot .vega-embed { display: block; width: 100%; padding: 0; }
        .plot svg { display: block; }
        .note { margin: 8px 0 0; color: var(--muted); font-size: 13px; }
        section > .note { margin: 0 0 12px; font-size: 15px; }
        .tools { display: flex; flex-wrap: wrap; align-items: flex-start; gap: 8px; margin-top: 10px; font-size: 14px; }
        .tools details { flex: 1 1 auto; min-width: 0; }
        .tools details[open] { flex-basis: 100%; }
        summary { cursor: pointer; color: var(--accent); padding: 3px 0; width: fit-content; }
        button { font: inherit; padding: 3px 12px; color: var(--accent); background: none; border: 1px solid var(--line); border-radius: 6px; cursor: pointer; }
        button:hover { border-color: var(--accent); }
        .scroll { max-height: 360px; overflow: auto; margin-top: 6px; border: 1px solid var(--line); border-radius: 6px; }
        table { border-collapse: collapse; width: 100%; font-size: 13px; font-variant-numeric: tabular-nums; }
        th, td { padding: 4px 10px; text-align: left; white-space: nowrap; border-bottom: 1px solid var(--line); }
        thead th { position: sticky; top: 0; background: var(--card); box-shadow: 0 1px 0 var(--line); }
        .n { text-align: right; }
        dl { display: grid; grid-template-columns: minmax(120px, 200px) 1fr; gap: 6px 18px; margin: 0; font-size: 15px; }
        dt { color: var(--muted); } dd { margin: 0; overflow-wrap: anywhere; }
        footer { padding-block: 28px 40px; color: var(--muted); font-size: 13px; }
        #vg-tooltip-element.vg-tooltip { color: var(--text); background: var(--card); border: 1px solid var(--line); border-radius: 8px; font: 13px/1.4 system-ui, sans-serif; box-shadow: 0 4px 16px rgb(0 0 0 / .18); }
        #vg-tooltip-element.vg-tooltip td { border: 0; padding: 1px 6px; white-space: normal; }
        #vg-tooltip-element.vg-tooltip td.key { color: var(--muted); }
        @media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
        @media (max-width: 600px) {
          header, main, footer { padding-inline: 14px; }
          h1 { font-size: 26px; } h2 { margin-top: 32px; }
          .finding, figure, dl { padding: 14px; }
          dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: 8px; }
        }
        @media print {
          :root { \(Palette.paperStyle) }
          nav, .tools, .skip { display: none; }
          h2 { break-after: avoid; }
          figure, .finding { break-inside: avoid; border: 0; padding: 8px 0; }
          .plot { overflow: visible; } .plot svg { max-width: 100%; height: auto; }
        }
        """
}
