/// How all figures look, in pages and in files: the configuration of Vega-Lite.
enum Look {
    /// For a page, whose style has the colours.
    static let config: JSON = [
        "background": nil, "font": "system-ui, sans-serif", "view": ["stroke": nil],
        "axisQuantitative": ["tickCount": 7], "axisY": ["minExtent": 42],
        "axis": [
            "labelColor": "var(--muted)", "titleColor": "var(--muted)", "titleFontWeight": 500, "titlePadding": 8,
            "labelFontSize": 11, "titleFontSize": 11, "gridColor": "var(--grid)", "domainColor": "var(--line)",
            "tickColor": "var(--line)", "labelLimit": 150, "labelFlush": false,
        ],
        "legend": [
            "labelColor": "var(--text)", "titleColor": "var(--muted)", "titleFontWeight": 500, "orient": "top",
            "labelFontSize": 12, "titleFontSize": 12, "symbolStrokeWidth": 3, "columns": 0, "labelLimit": 260,
        ],
        "header": ["labelColor": "var(--text)"], "text": ["color": "var(--text)"], "rule": ["color": "var(--muted)"],
        "numberFormat": ",~r",
    ]

    /// For a file: white ground, and fonts that other machines have.
    static let paperConfig = Palette.onPaper(
        config.setting("background", to: "#ffffff").setting("font", to: "Liberation Sans, Arial, Helvetica, sans-serif")
            .with([
                "padding": 12, "aria": false,
                "title": [
                    "anchor": "start", "frame": "group", "fontSize": 14, "fontWeight": 600, "color": "var(--text)",
                    "offset": 12,
                ],
            ]))
}
