internal import RunAnalysis
internal import RunStore

// What grids asked for, and what they got.
extension Material {
    private var events: [EventFigures] { comparison.response?.events ?? [] }

    private static func label(_ event: EventFigures) -> String { "\(event.name), \(event.region)" }

    /// Figures about demand-response events; none where there were none.
    var eventFigures: [Figure] { events.isEmpty ? [] : [closeUp, eventTotals].compactMap { $0 } }

    /// Draw of the regions around their events, against the baseline.
    private var closeUp: Figure? {
        guard let baseline, let baselineName else { return nil }
        var table = Table([
            .words("event", "event"), .time, .init("draw_mw", "draw, \(runName)", "MW"),
            .init("baseline_draw_mw", "draw, \(baselineName)", "MW"), .init("asked_mw", "draw asked for", "MW"),
        ])
        for event in events {
            guard let region = regions.first(where: { $0.name == event.region }) else { continue }
            let during = event.firstTick..<(event.firstTick + event.tickCount)
            let margin = max(4, 2 * event.tickCount)
            let shown = max(0, during.lowerBound - margin)..<min(run.tickCount, during.upperBound + margin)
            let kept = Thinning(tickCount: shown.count).ticks(of: [
                Array((run.draw[region.number] ?? [])[shown]), Array((baseline.draw[region.number] ?? [])[shown]),
            ])
            for tick in kept.map({ $0 + shown.lowerBound }) {
                let before = baseline.draw[region.number]?[tick] ?? nil
                let isAsked = during.contains(tick) && event.requestedMW > 0
                table.add([
                    .text(Self.label(event)), .time(run.seconds(tick)),
                    .number(Self.short(run.draw[region.number]?[tick] ?? nil)), .number(Self.short(before)),
                    .number(isAsked ? Self.short(before.map { $0 - event.requestedMW }) : nil),
                ])
            }
        }
        let asked = "asked for"
        let names = [runName, baselineName, asked]
        func line(_ field: String, _ name: String, _ mark: JSON) -> JSON {
            let style: JSON = ["type": "line", "interpolate": "step-after"]
            return [
                "mark": style.with(mark),
                "encoding": [
                    "y": [
                        "field": .text(field), "type": "quantitative", "title": "draw from the grid, MW",
                        "axis": ["tickCount": 4],
                    ],
                    "color": Spec.colour(name, among: names),
                ],
            ]
        }
        let requests = events.filter { $0.requestedMW > 0 }
        let total = (
            asked: requests.reduce(0) { $0 + $1.requestedMW }, delivered: requests.reduce(0) { $0 + $1.deliveredMW }
        )
        return Figure(
            id: "events",
            title:
                "Demand response: \(Self.text(total.delivered)) MW delivered of \(Self.text(total.asked)) MW asked for",
            caption:
                "Draw of the region before, during and after the event. What was asked for is the baseline less the mean request; a price spike asks for no amount, and does not count in the title.",
            description:
                "Stepped lines of draw against the baseline and the request, one diagram for each event and region.",
            layout: .facets,
            spec: Spec.facets(
                by: "event", of: table, height: 150, sharesX: false,
                [
                    "encoding": ["x": table.time()],
                    "layer": [
                        line("baseline_draw_mw", baselineName, ["strokeWidth": 1.4]),
                        line("draw_mw", runName, ["strokeWidth": 1.8]),
                        line("asked_mw", asked, ["strokeWidth": 2.4, "strokeDash": [5, 3], "point": ["size": 14]]),
                        [
                            "params": [
                                [
                                    "name": Spec.hoverParameter,
                                    "select": ["type": "point", "on": "pointerover", "clear": "pointerout"],
                                ]
                            ],
                            "mark": ["type": "rule", "strokeWidth": 4, "color": Spec.Colour.run],
                            "encoding": [
                                "opacity": [
                                    "condition": ["param": Spec.hoverParameter, "empty": false, "value": 0.35],
                                    "value": 0,
                                ],
                                "tooltip": table.hover("event", "utc", "draw_mw", "baseline_draw_mw", "asked_mw"),
                            ],
                        ],
                    ],
                ]), table: table)
    }

    /// What each event asked for, got, and cost.
    private var eventTotals: Figure? {
        var table = Table([
            .words("event", "event"), .words("kind", "kind"), .init("ticks", "ticks"),
            .init("requested_mw", "requested", "MW"), .init("delivered_mw", "delivered", "MW"),
            .init("rebound_mw", "rebound after it", "MW"), .init("rebound_elsewhere_mwh", "drawn elsewhere", "MWh"),
            .init("response_ticks", "until 90 % was delivered", "ticks"), .init("cost_usd", "cost", "USD"),
            .init("settled_usd", "settled", "USD"),
        ])
        for event in events {
            table.add([
                .text(Self.label(event)), .text(event.kind), .number(Double(event.tickCount)),
                .number(event.requestedMW), .number(event.deliveredMW), .number(event.reboundMW),
                .number(event.reboundElsewhereMWh), .number(event.responseTicks.map(Double.init)),
                .number(event.costUSD), .number(event.settledUSD),
            ])
        }
        let names = ["requested_mw", "delivered_mw", "rebound_mw"]
        let rebound = events.map(\.reboundMW).max()
        return Figure(
            id: "event-totals", title: "Rebound after events: \(Self.text(rebound)) MW at most",
            caption: "Mean reduction asked for and delivered, and the largest draw above the baseline afterwards, MW.",
            description: "Bars of requested, delivered and rebound power for each event and region.",
            spec: Spec.wide(
                height: max(90, 54 * Double(events.count)),
                [
                    "transform": [["fold": .list(names.map(JSON.text)), "as": ["quantity", "power_mw"]]],
                    "mark": ["type": "bar", "cornerRadius": 2],
                    "encoding": [
                        "y": table.words("event", ["axis": ["title": nil]]),
                        "yOffset": ["field": "quantity", "sort": nil],
                        "x": ["field": "power_mw", "type": "quantitative", "title": "power, MW"],
                        "color": [
                            "field": "quantity", "type": "nominal", "title": nil,
                            "legend": [
                                "labelExpr":
                                    "{requested_mw:'requested',delivered_mw:'delivered',rebound_mw:'rebound'}[datum.label]"
                            ],
                            "scale": [
                                "domain": .list(names.map(JSON.text)),
                                "range": [Spec.Colour.asked, Spec.Colour.run, Spec.Colour.baseline],
                            ],
                        ],
                        "tooltip": table.hover(
                            "event", "kind", "requested_mw", "delivered_mw", "rebound_mw", "response_ticks", "cost_usd",
                            "settled_usd"),
                    ],
                ]), table: table)
    }
}
