internal import CoSimulation
internal import RunAnalysis
internal import RunStore

// Whether published prices and emissions held, and whether work spoilt what it ran after.
extension Material {
    /// How far published signals were from what came of them, by region; none where nothing can be compared.
    var fidelity: [Figure] { [priceFidelity, emissionsFidelity, foretold].compactMap { $0 } }

    private var priceFidelity: Figure? {
        var table = errorTable("USD/MWh")
        for region in comparison.run.regions {
            guard let figures = region.compute.fidelity else { continue }
            table.add([
                .text(region.name), .number(figures.meanErrorUSDPerMWh), .number(figures.rootMeanSquareErrorUSDPerMWh),
                .number(Double(figures.sampleCount)),
            ])
        }
        return errors(
            id: "price-fidelity", table: table,
            title: "Published prices missed by \(words("price_signal_rms_error", "USD/MWh")), root mean square",
            caption: "Realised less published price at each region's bus: root mean square as a bar, mean as a tick.")
    }

    private var emissionsFidelity: Figure? {
        var table = errorTable("kg/MWh")
        for region in comparison.run.regions {
            guard let figures = region.compute.emissionsFidelity else { continue }
            table.add([
                .text(region.name), .number(figures.meanErrorKgPerMWh), .number(figures.rootMeanSquareErrorKgPerMWh),
                .number(Double(figures.sampleCount)),
            ])
        }
        return errors(
            id: "emissions-fidelity", table: table,
            title:
                "Published marginal emissions missed by \(words("emissions_signal_rms_error", "kg/MWh")), root mean square",
            caption: "Realised less published marginal emissions (LME): root mean square as a bar, mean as a tick.")
    }

    private func errorTable(_ unit: String) -> Table {
        Table([
            .words("region", "region"), .init("mean_error", "mean error", unit),
            .init("rms_error", "root mean square error", unit), .init("samples", "ticks compared"),
        ])
    }

    private func errors(id: String, table: Table, title: String, caption: String) -> Figure? {
        guard !table.rows.isEmpty else { return nil }
        let hover = table.hover("region", "mean_error", "rms_error", "samples")
        return Figure(
            id: id, title: title, caption: caption, description: "Bars of signal error, one for each compute region.",
            spec: Spec.wide(
                height: max(60, 20 * Double(table.rows.count)),
                [
                    "encoding": ["y": table.words("region", ["axis": ["title": nil]]), "tooltip": hover],
                    "layer": [
                        [
                            "mark": [
                                "type": "bar", "cornerRadius": 2, "height": ["band": 0.65],
                                "color": Spec.Colour.baseline,
                            ],
                            "encoding": ["x": table.quantity("rms_error")],
                        ],
                        [
                            "mark": ["type": "tick", "thickness": 3, "color": Spec.Colour.run],
                            "encoding": [
                                "x": [
                                    "field": "mean_error", "type": "quantitative",
                                    "title": .text(table.column("rms_error").heading),
                                ]
                            ],
                        ],
                    ],
                ]), table: table)
    }

    /// What signals foretold by area, and what came of it; nil without a baseline.
    private var foretold: Figure? {
        guard let response = comparison.response else { return nil }
        var table = Table([
            .words("area", "area"), .init("predicted_avoided_t", "avoided as published", "t"),
            .init("realised_avoided_t", "avoided in fact", "t"),
            .init("predicted_saving_usd", "saved as published", "USD"),
            .init("realised_saving_usd", "saved in fact", "USD"),
        ])
        for figures in response.areas + [response.system] {
            table.add([
                .text(figures.name == "system" ? "all areas" : figures.name),
                .number(figures.predictedAvoidedKg / 1000),
                .number(figures.realisedAvoidedKg.map { $0 / 1000 }), .number(figures.predictedSavingUSD),
                .number(figures.realisedSavingUSD),
            ])
        }
        let system = response.system
        let names = ["predicted_avoided_t", "realised_avoided_t"]
        return Figure(
            id: "foretold",
            title:
                "Signals foretold \(Self.text(system.predictedAvoidedKg / 1000)) t avoided; the grids avoided \(Self.text(system.realisedAvoidedKg.map { $0 / 1000 })) t",
            caption:
                "Change of grid energy at published marginal emissions, beside the change of what each area emitted.",
            description: "Bars of foretold and realised avoided emissions, for each balancing area and all.",
            spec: Spec.wide(
                height: max(80, 30 * Double(table.rows.count)),
                [
                    "transform": [["fold": .list(names.map(JSON.text)), "as": ["quantity", "avoided_t"]]],
                    "mark": ["type": "bar", "cornerRadius": 2],
                    "encoding": [
                        "y": table.words("area", ["axis": ["title": nil]]),
                        "yOffset": ["field": "quantity", "sort": nil],
                        "x": ["field": "avoided_t", "type": "quantitative", "title": "avoided emissions, t"],
                        "color": [
                            "field": "quantity", "type": "nominal", "title": nil,
                            "legend": [
                                "labelExpr": "datum.label == 'predicted_avoided_t' ? 'as published' : 'in fact'"
                            ],
                            "scale": [
                                "domain": .list(names.map(JSON.text)),
                                "range": [Spec.Colour.baseline, Spec.Colour.run],
                            ],
                        ],
                        "tooltip": table.hover(
                            "area", "predicted_avoided_t", "realised_avoided_t", "predicted_saving_usd",
                            "realised_saving_usd"),
                    ],
                ]), table: table)
    }

    /// Whether relocated work spoilt the prices it ran after; nil where nothing moved at known prices.
    var herdingFigure: Figure? {
        guard !herding.isEmpty else { return nil }
        var table = Table([
            .time, .init("price_rise_usd_per_mwh", "price where received less where sent", "USD/MWh"),
            .init("relocated_mwh", "relocated IT energy", "MWh"),
        ])
        let kept = Thinning(tickCount: herding.count).ticks(of: [herding.map(\.priceRiseUSDPerMWh)])
        for place in kept {
            table.add([
                .time(run.seconds(herding[place].tick)), .number(Self.short(herding[place].priceRiseUSDPerMWh)),
                .number(Self.short(herding[place].relocatedMWh)),
            ])
        }
        let figures = comparison.run.herding
        let share = Self.text(figures.share.map { 100 * $0 })
        return Figure(
            id: "herding", title: "Herding in \(share) % of \(figures.relocatingTicks) ticks in which work moved",
            caption:
                "Realised price where relocated work was received less that where it was sent from, weighted with the energy. Above zero it had spoilt the price it ran after. Load moves flipped \(Self.text(figures.flipsPerDay)) times a day and region; lag-1 autocorrelation \(Self.text(figures.moveAutocorrelation)), near -1 where load swings to and fro.",
            description: "Bars over time of the price difference that relocated work met.",
            note: Thinning(tickCount: herding.count).note(of: "the price difference"),
            spec: Spec.wide(
                height: 170,
                [
                    "mark": [
                        "type": "bar", "width": ["expr": .text("max(1, 0.8 * width / \(max(1, run.tickCount)))")],
                    ],
                    "encoding": [
                        "x": table.time(),
                        "y": table.quantity("price_rise_usd_per_mwh").setting("title", to: "price difference, USD/MWh"),
                        "color": [
                            "condition": ["test": "datum.price_rise_usd_per_mwh > 0", "value": "var(--rise)"],
                            "value": "var(--fall)",
                        ],
                        "tooltip": table.hover("utc", "price_rise_usd_per_mwh", "relocated_mwh"),
                    ],
                ]), table: table)
    }

    /// Who held up the ticks; nil where no waits are on record.
    var waitFigure: Figure? {
        var table = Table([
            .words("agent", "agent"), .words("role", "role"), .init("mean_ms", "mean wait", "ms"),
            .init("longest_ms", "longest wait", "ms"), .init("slowest_ticks", "ticks it held up", "ticks"),
            .init("ticks", "ticks with a wait", "ticks"),
        ])
        let slowest = waits.sorted { ($1.meanMicroseconds, $0.agent) < ($0.meanMicroseconds, $1.agent) }
        for wait in slowest {
            table.add([
                .text(agents[wait.agent].name), .text(agents[wait.agent].role.rawValue),
                .number(wait.meanMicroseconds / 1000), .number(Double(wait.longestMicroseconds) / 1000),
                .number(Double(wait.slowestTickCount)), .number(Double(wait.tickCount)),
            ])
        }
        guard let most = waits.max(by: { ($0.slowestTickCount, $1.agent) < ($1.slowestTickCount, $0.agent) }) else {
            return nil
        }
        let shown = min(15, table.rows.count)
        return Figure(
            id: "waits",
            title: "\(agents[most.agent].name) held up \(most.slowestTickCount) of \(run.tickCount) ticks",
            caption:
                "How long the coordinator waited for an agent, from question to answer, longest phase of each tick; mean as a bar, longest as a tick. Waits differ from run to run and are no part of the digest.",
            description: "Bars of mean wait for the agents that were waited for longest.",
            note: shown < table.rows.count
                ? "The \(shown) slowest of \(table.rows.count) agents are drawn; the table has all." : "",
            spec: Spec.wide(
                height: max(50, 20 * Double(shown)),
                [
                    "transform": [
                        ["window": [["op": "row_number", "as": "place"]]], ["filter": .text("datum.place <= \(shown)")],
                    ],
                    "encoding": [
                        "y": table.words("agent", ["axis": ["title": nil]]),
                        "tooltip": table.hover("agent", "role", "mean_ms", "longest_ms", "slowest_ticks"),
                    ],
                    "layer": [
                        [
                            "mark": [
                                "type": "bar", "cornerRadius": 2, "height": ["band": 0.65], "color": Spec.Colour.run,
                            ],
                            "encoding": [
                                "x": [
                                    "field": "mean_ms", "type": "quantitative", "title": "wait, ms",
                                    "scale": ["type": "symlog", "constant": 0.05],
                                ]
                            ],
                        ],
                        [
                            "mark": ["type": "tick", "thickness": 2, "color": Spec.Colour.baseline],
                            "encoding": [
                                "x": [
                                    "field": "longest_ms", "type": "quantitative", "title": "wait, ms",
                                    "scale": ["type": "symlog", "constant": 0.05],
                                ]
                            ],
                        ],
                    ],
                ]), table: table)
    }
}
