/// What the dashboard adds to the look of the report.
enum DashboardStyle {
    static let text = """
        :root { --cheap: #cfe3f5; --dear: #0b3d6b; --node: #7a8794; --good: #0b6e4f; --hold: #8a5a00; --bad: #b3261e; }
        @media (prefers-color-scheme: dark) { :root { --cheap: #24405c; --dear: #a9d4fb; --node: #8b98a6; --good: #5fc9a0; --hold: #f0b95a; --bad: #ff8a7a; } }
        body { min-height: 100vh; }
        header.top { display: flex; align-items: baseline; gap: 18px; max-width: none; padding: 12px 20px 0; }
        .top p { margin: 0; }
        .keys { margin-left: auto !important; color: var(--muted); font-size: 12px; }
        kbd { font: 12px/1 ui-monospace, monospace; padding: 1px 5px; border: 1px solid var(--line); border-radius: 4px; background: var(--card); margin-left: 10px; }
        .link { color: var(--muted); font-size: 13px; } .link.off { color: var(--bad); font-weight: 600; }
        main#runs { max-width: none; padding: 8px 20px 24px; display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 560px), 1fr)); gap: 20px; align-items: start; }
        .bar { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 16px; }
        .bar h1 { font-size: 24px; margin: 0; } .what { margin: 0; color: var(--muted); font-size: 13px; }
        .pill { margin: 0; padding: 2px 12px; border-radius: 999px; border: 1px solid currentColor; font-weight: 600; font-size: 14px; color: var(--muted); }
        .pill.running { color: var(--good); } .pill.held { color: var(--hold); } .pill.failed, .pill.lost { color: var(--bad); } .pill.finished { color: var(--accent); }
        .buttons { margin-left: auto; display: flex; gap: 8px; } .buttons button { min-width: 76px; min-height: 32px; }
        button:disabled { color: var(--muted); border-color: var(--line); cursor: default; opacity: .6; }
        .clock { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 18px; margin-top: 8px; font-variant-numeric: tabular-nums; min-height: 36px; }
        .clock p { margin: 0; color: var(--muted); font-size: 14px; } .clock .utc { color: var(--text); font-size: 20px; font-weight: 600; } .clock button { margin-left: auto; }
        .past .clock .utc { color: var(--hold); }
        .scrub { position: relative; margin: 4px 0 14px; }
        .progress { height: 4px; border-radius: 2px; background: var(--line); overflow: hidden; }
        .progress span { display: block; height: 100%; width: 0; background: var(--accent); }
        .slider { width: 100%; margin: 4px 0 0; accent-color: var(--accent); display: block; }
        .stage { display: grid; grid-template-columns: minmax(0, 5fr) minmax(0, 3fr); gap: 16px; align-items: stretch; }
        .run figure { margin: 0; padding: 12px 14px; min-width: 0; }
        .run h3 { font-size: 14px; }
        .mapbox { display: flex; flex-direction: column; }
        .map { display: block; width: 100%; flex: 1 1 auto; margin-top: 8px; overflow: hidden; border-radius: 6px; }
        .map .land { fill: var(--land); stroke: var(--shore); stroke-width: .6; }
        .map .node { fill: var(--node); opacity: .7; }
        .map .region { stroke: var(--ring); stroke-width: 1.5; }
        .map text { font: 600 12.5px system-ui, sans-serif; fill: var(--text); paint-order: stroke; stroke: var(--halo); stroke-width: 3px; pointer-events: none; }
        .map .arc { opacity: .78; } .map .drift { fill: none; stroke: var(--halo); stroke-width: 1.2; stroke-dasharray: 3 13; opacity: .9; pointer-events: none; }
        .moving .map .drift { animation: drift 1.6s steps(16) infinite; }
        @keyframes drift { from { stroke-dashoffset: 16; } to { stroke-dashoffset: 0; } }
        .legend { display: flex; flex-wrap: wrap; gap: 2px 16px; margin: 8px 0 0; color: var(--muted); font-size: 12px; }
        .legend i { display: inline-block; vertical-align: middle; margin-right: 6px; }
        .dot { width: 11px; height: 11px; border-radius: 50%; background: var(--run); } .diamond { width: 7px; height: 7px; background: var(--node); transform: rotate(45deg); }
        .stroke { width: 18px; height: 5px; border-radius: 3px; } .stroke.fall { background: var(--fall); } .stroke.rise { background: var(--rise); } .stroke.none { background: var(--baseline); }
        .charts { display: grid; gap: 10px; grid-auto-rows: 1fr; }
        .chart { display: flex; flex-direction: column; padding: 10px 14px !important; }
        .chart figcaption { display: flex; align-items: baseline; gap: 8px; } .chart output { margin-left: auto; font-weight: 650; font-variant-numeric: tabular-nums; font-size: 15px; }
        .chart .field { position: relative; flex: 1 1 auto; min-height: 66px; margin-top: 6px; }
        .chart svg, .spark { display: block; width: 100%; height: 100%; overflow: visible; } .chart svg { position: absolute; inset: 0 0 0 52px; width: calc(100% - 52px); cursor: crosshair; }
        .line { fill: none; stroke: var(--run); stroke-width: 1.6; vector-effect: non-scaling-stroke; stroke-linejoin: round; } .band { fill: var(--run); opacity: .25; stroke: none; } .area { fill: var(--run); opacity: .1; }
        .price .line { stroke: var(--asked); } .price .band { fill: var(--asked); }
        .cursor { stroke: var(--text); stroke-width: 1; vector-effect: non-scaling-stroke; stroke-dasharray: 3 3; } .zero { stroke: var(--line); stroke-width: 1; vector-effect: non-scaling-stroke; }
        .event { fill: var(--warn-line); opacity: .16; }
        .ends { position: absolute; color: var(--muted); font-size: 11px; line-height: 1; width: 46px; text-align: right; font-variant-numeric: tabular-nums; } .ends.high { top: 0; left: 0; } .ends.low { bottom: 0; left: 0; }
        .tables { display: grid; grid-template-columns: minmax(0, 10fr) minmax(0, 11fr) minmax(0, 6fr); gap: 16px; margin-top: 16px; }
        .tables .scroll { max-height: 330px; } .tables table { font-size: 12.5px; } .tables td, .tables th { padding: 3px 7px; } .tables th[scope=row] { font-weight: 500; max-width: 150px; overflow: hidden; text-overflow: ellipsis; }
        .tables td.graph { width: 30%; min-width: 64px; height: 26px; padding-block: 3px; } .spark { height: 20px; } .spark .line { stroke-width: 1; }
        td.state { color: var(--muted); } td.state.busy, tr.waited td.state { color: var(--hold); font-weight: 600; } td.state.bad { color: var(--bad); font-weight: 600; }
        .meter { display: block; height: 8px; min-width: 60px; border-radius: 4px; background: var(--line); overflow: hidden; } .meter span { display: block; height: 100%; background: var(--asked); }
        .happenings { margin: 0; padding: 6px 10px; list-style: none; font-size: 13px; } .happenings li { padding: 3px 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; } .happenings li:last-child { border: 0; }
        .quiet { color: var(--muted); }
        .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
        .many .tables { grid-template-columns: minmax(0, 1fr); } .many .stage { grid-template-columns: 1fr; } .many .charts { grid-template-columns: 1fr 1fr; }
        @media (max-width: 1150px) { .tables { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } }
        @media (max-width: 900px) { .tables { grid-template-columns: minmax(0, 1fr); } .stage { grid-template-columns: 1fr; } .charts { grid-template-columns: 1fr 1fr; } .keys { display: none; } .link { margin-left: auto !important; } }
        @media (max-width: 520px) { .charts, .many .charts { grid-template-columns: 1fr; } main#runs { padding: 8px 12px; } header.top { padding: 10px 12px 0; } .buttons { margin-left: 0; width: 100%; } .buttons button { flex: 1; min-height: 40px; } .map text { font-size: 22px; } }
        @media (prefers-reduced-motion: reduce) { .moving .map .drift { animation: none; } }
        """
}
