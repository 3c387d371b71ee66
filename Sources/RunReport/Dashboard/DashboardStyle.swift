/// What the dashboard adds to the look of the report.
enum DashboardStyle {
    static let text = colours + frame + stage + tables + screens

    private static let colours = """
        :root { --cheap: #cfe3f5; --dear: #0b3d6b; --node: #7a8794; --good: #0b6e4f; --hold: #8a5a00; --bad: #b3261e; }
        @media (prefers-color-scheme: dark) { :root { --cheap: #2c5880; --dear: #a9d4fb; --node: #8b98a6; --good: #5fc9a0; --hold: #f0b95a; --bad: #ff8a7a; } }

        """

    private static let frame = """
        body { min-height: 100vh; }
        header.top { display: flex; align-items: baseline; gap: 18px; max-width: none; padding: 12px 20px 0; }
        .top p { margin: 0; }
        .keys { margin-left: auto !important; color: var(--muted); font-size: 12px; }
        kbd { font: 12px/1 ui-monospace, monospace; padding: 1px 5px; border: 1px solid var(--line); border-radius: 4px; background: var(--card); margin-left: 10px; } kbd + kbd { margin-left: 0; }
        .link { color: var(--muted); font-size: 13px; } .cut .link { color: var(--bad); font-weight: 600; } .cut #runs { opacity: .75; }
        main#runs { max-width: none; padding: 8px 20px 24px; display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 560px), 1fr)); gap: 20px; align-items: start; }
        .run { min-width: 0; }
        .bar { display: flex; align-items: center; gap: 8px 16px; } .title { min-width: 0; }
        .bar h1 { font-size: 24px; margin: 0; } .what { margin: 0; color: var(--muted); font-size: 13px; }
        .pill { margin: 0; padding: 2px 12px; border-radius: 999px; border: 1px solid currentColor; font-weight: 600; font-size: 14px; color: var(--muted); }
        .pill.running { color: var(--good); } .pill.held { color: var(--hold); } .pill.failed, .pill.lost { color: var(--bad); } .pill.finished { color: var(--accent); }
        .buttons { margin-left: auto; display: flex; gap: 8px; } .buttons button { min-width: 76px; min-height: 32px; white-space: nowrap; }
        .run button { background: var(--card); }
        button:disabled { color: var(--muted); border-color: var(--line); cursor: default; opacity: .6; }
        .clock { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 18px; margin-top: 8px; font-variant-numeric: tabular-nums; min-height: 36px; }
        .clock p { margin: 0; color: var(--muted); font-size: 14px; } .clock p:empty { display: none; } .clock .utc { color: var(--text); font-size: 20px; font-weight: 600; }
        .past .clock .utc, .past .clock .tick, .clock .asked { color: var(--hold); } .clock .asked { font-weight: 600; }
        .scrub { position: relative; height: 24px; margin: 4px 0 12px; }
        .progress { position: absolute; left: 8px; right: 8px; top: 9px; height: 6px; border-radius: 3px; background: var(--line); }
        .progress span { display: block; height: 100%; width: 0; border-radius: 3px; background: var(--accent); } .past .progress span { opacity: .55; }
        .slider { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; appearance: none; background: none; cursor: pointer; }
        .slider:focus-visible { outline-offset: -1px; border-radius: 12px; }
        .slider::-webkit-slider-thumb { appearance: none; width: 16px; height: 16px; border-radius: 50%; border: 2px solid var(--ring); background: var(--accent); }
        .slider::-moz-range-thumb { width: 12px; height: 12px; border-radius: 50%; border: 2px solid var(--ring); background: var(--accent); }
        .past .slider::-webkit-slider-thumb { background: var(--hold); } .past .slider::-moz-range-thumb { background: var(--hold); }
        .run figure { margin: 0; padding: 12px 14px; min-width: 0; }
        .run h2 { margin: 0; font-size: 14px; line-height: 1.35; font-weight: 650; white-space: nowrap; } .run figcaption { display: flex; align-items: baseline; gap: 8px; }
        .run .reading { margin: 0 0 0 auto; color: var(--muted); font-size: 12.5px; white-space: nowrap; font-variant-numeric: tabular-nums; }
        .value { color: var(--text); font-weight: 650; font-size: 15px; } .range:not(:empty) { margin-left: 8px; }
        .run .note { margin: 0; font-size: 12px; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; } .run .note:empty { display: none; }
        .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }

        """

    private static let stage = """
        .stage { display: grid; grid-template-columns: minmax(0, 5fr) minmax(0, 3fr); gap: 16px; align-items: stretch; }
        .mapbox { display: flex; flex-direction: column; }
        .map { display: block; width: 100%; flex: 1 1 auto; margin-top: 8px; overflow: hidden; border-radius: 6px; }
        .map .land { fill: var(--land); stroke: var(--shore); stroke-width: .6; }
        .map .node { fill: var(--node); opacity: .7; }
        .map .region { fill: var(--baseline); stroke: var(--dear); stroke-width: 1.2; }
        .map text { font: 600 var(--name, 12.5px) system-ui, sans-serif; fill: var(--text); paint-order: stroke; stroke: var(--halo); stroke-width: .24em; pointer-events: none; }
        .map .arc { opacity: .78; } .map .drift { visibility: hidden; fill: none; stroke: var(--halo); stroke-width: 1.2; stroke-dasharray: 3 13; stroke-dashoffset: var(--drift); opacity: .9; pointer-events: none; }
        .moving .map .drift { visibility: visible; }
        .legend { display: flex; flex-wrap: wrap; gap: 2px 14px; margin: 8px 0 0; color: var(--muted); font-size: 12px; }
        .legend span { display: inline-flex; align-items: center; gap: 6px; } .legend b { font-weight: 500; font-variant-numeric: tabular-nums; } .legend i { flex: none; }
        .dot { width: 11px; height: 11px; border-radius: 50%; border: 1.5px solid var(--dear); } .diamond { width: 7px; height: 7px; background: var(--node); transform: rotate(45deg); }
        .ramp i { width: 54px; height: 9px; border-radius: 3px; background: linear-gradient(in oklab to right, var(--cheap), var(--dear)); }
        .stroke { width: 18px; height: 5px; border-radius: 3px; } .stroke.fall { background: var(--fall); } .stroke.rise { background: var(--rise); } .stroke.none { background: var(--baseline); }
        .moves { margin-top: 4px; font-size: 12px; } .moves .scroll { max-height: 240px; } .moves th { white-space: normal; } .moves .note { margin-top: 6px; }
        .nomap .map, .nomap .legend, .nomap .moves summary { display: none; }
        .charts { display: grid; gap: 10px; grid-auto-rows: 1fr; }
        .run .chart { display: flex; flex-direction: column; padding: 10px 14px; }
        .chart .field { position: relative; flex: 1 1 auto; min-height: 66px; margin-top: 6px; }
        .chart svg, .spark { display: block; width: 100%; height: 100%; overflow: visible; } .chart svg { position: absolute; inset: 0 0 0 52px; width: calc(100% - 52px); cursor: crosshair; }
        .line { fill: none; stroke: var(--run); stroke-width: 1.6; vector-effect: non-scaling-stroke; stroke-linejoin: round; } .band { fill: var(--run); opacity: .25; stroke: none; } .area { fill: var(--run); opacity: .1; }
        .price .line { stroke: var(--asked); } .price .band { fill: var(--asked); }
        .cursor { stroke: var(--text); stroke-width: 1; vector-effect: non-scaling-stroke; stroke-dasharray: 3 3; } .zero { stroke: var(--line); stroke-width: 1; vector-effect: non-scaling-stroke; }
        .event { fill: var(--warn-line); opacity: .16; }
        .ends { position: absolute; color: var(--muted); font-size: 11px; line-height: 1; width: 46px; text-align: right; font-variant-numeric: tabular-nums; } .ends.high { top: 0; left: 0; } .ends.low { bottom: 0; left: 0; }

        """

    private static let tables = """
        .tables { display: grid; grid-template-columns: minmax(0, 10fr) minmax(0, 11fr) minmax(0, 6fr); gap: 16px; margin-top: 16px; }
        .tables .scroll { max-height: 330px; } .run table { font-size: 12.5px; } .run td, .run th { padding: 3px 7px; } .run .n { text-align: right; } .run th[scope=row] { font-weight: 500; max-width: 150px; overflow: hidden; text-overflow: ellipsis; }
        .run td.graph { width: 30%; min-width: 64px; height: 26px; } .spark { height: 20px; } .spark .line { stroke-width: 1; }
        td.state { color: var(--muted); white-space: normal; min-width: 78px; } td.state.busy { color: var(--hold); font-weight: 600; } td.state.bad { color: var(--bad); font-weight: 600; }
        .meter { display: block; height: 8px; min-width: 60px; border-radius: 4px; background: var(--line); overflow: hidden; } .meter span { display: block; height: 100%; background: var(--asked); }
        .happenings { margin: 0; padding: 6px 10px; list-style: none; font-size: 13px; } .happenings li { padding: 3px 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; } .happenings li:last-child { border: 0; }
        .quiet { color: var(--muted); }
        .asnow { display: none; color: var(--hold); } .past .asnow { display: inline; }

        """

    private static let screens = """
        .many .tables { grid-template-columns: minmax(0, 1fr); } .many .stage { grid-template-columns: 1fr; } .many .charts, .nomap .charts { grid-template-columns: 1fr 1fr; }
        .nomap .stage { grid-template-columns: minmax(0, 3fr) minmax(0, 5fr); }
        @media (max-width: 1150px) { .tables { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } .tables figure:last-child { grid-column: 1 / -1; } }
        @media (max-width: 900px) { .tables { grid-template-columns: minmax(0, 1fr); } .stage, .nomap .stage { grid-template-columns: minmax(0, 1fr); } .charts { grid-template-columns: 1fr 1fr; } .keys { display: none; } .top .link { margin-left: auto; } }
        @media (max-width: 640px) {
          .run .charts { grid-template-columns: minmax(0, 1fr); } main#runs { padding: 8px 12px; } header.top { padding: 10px 12px 0; }
          .bar { flex-wrap: wrap; } .buttons { margin-left: 0; width: 100%; } .buttons button { flex: 1 1 auto; min-height: 44px; } .scrub { height: 32px; } .progress { top: 13px; }
          .run .graph, .run .last { display: none; } .run table { font-size: 12px; } .run td, .run th { padding: 4px; } .meter { min-width: 28px; }
        }
        @media (prefers-reduced-motion: reduce) { .moving .map .drift { visibility: hidden; } }
        """
}
