internal import Foundation
internal import RunStore

extension RunComparison {
    /// The comparison as text for people: areas, their draw over time, totals, ticks of coincident peak, events, flows between areas; at most 100 columns, no colour.
    public var text: String {
        [heading, areaTable, historyTable, totalTable, peakTable, eventTable, flowTable].compactMap { $0 }.joined(
            separator: "\n\n")
            + "\n"
    }

    private var heading: String {
        let start = Date(timeIntervalSince1970: TimeInterval(run.startSeconds)).formatted(.iso8601)
        let length = run.tickSeconds.isMultiple(of: 60) ? "\(run.tickSeconds / 60) min" : "\(run.tickSeconds) s"
        let part = run.tickCount < run.plannedTickCount ? " of \(run.plannedTickCount)" : ""
        var lines = [
            "\(run.name): \(Self.title(of: run))" + (baseline.map { " against \(Self.title(of: $0))" } ?? "")
                + ", seed \(run.seed)",
            "\(run.tickCount)\(part) ticks of \(length) from \(start), \(run.status.rawValue)",
        ]
        let coupling = run.coupling
        if coupling.kind != "sequential" {
            lines.append(
                "\(coupling.kind): \(NumberText.text(coupling.meanRounds, decimals: 1)) rounds a tick, at most "
                    + "\(coupling.mostRounds); \(NumberText.text(100 * coupling.convergedShare, decimals: 1)) % of ticks "
                    + "converged, largest gap \(String(format: "%.1e", coupling.largestGap))")
        }
        for (title, summary) in [("", run as RunSummary?), ("baseline: ", baseline)] {
            guard let summary, summary.absenceCount + summary.violationCount > 0 else { continue }
            lines.append("\(title)absences \(summary.absenceCount), violations \(summary.violationCount)")
        }
        return lines.joined(separator: "\n")
    }

    private static func title(of summary: RunSummary) -> String {
        guard summary.carbonPriceUSDPerKg != 0 else { return summary.mechanism }
        let price = summary.carbonPriceUSDPerKg * 1000
        return "\(summary.mechanism) at \(NumberText.text(price, decimals: price == price.rounded() ? 0 : 2)) $/t"
    }

    /// Headings of the two runs' columns.
    private var titles: (baseline: String, run: String) {
        guard let baseline else { return ("", run.mechanism) }
        return baseline.mechanism == "home" ? ("home", "relocated") : ("reference", "this run")
    }

    /// A quantity in the table of areas.
    private struct AreaQuantity {
        let name: String
        let title: String
        var factor = 1.0
        var hasChange = false
    }

    private static let areaQuantities = [
        AreaQuantity(name: "compute_load_mean", title: "compute load, mean MW", hasChange: true),
        AreaQuantity(name: "load_peak", title: "peak load MW"),
        AreaQuantity(name: "price_mean", title: "price $/MWh"),
        AreaQuantity(name: "emissions", title: "emissions t", factor: 0.001),
    ]

    /// One row for each area, the system last.
    private var areaTable: String {
        var headings = [TextTable.Heading("area", isWords: true)]
        for quantity in Self.areaQuantities {
            guard baseline != nil else {
                headings.append(.init(quantity.title))
                continue
            }
            headings += [.init(titles.baseline, group: quantity.title), .init(titles.run, group: quantity.title)]
            if quantity.hasChange { headings.append(.init("change", group: quantity.title)) }
        }
        var table = TextTable(headings)
        let names = run.areas.map(\.name)
        let columns = Self.areaQuantities.map { areaCells($0, names: names) }
        for row in names.indices { table.add([names[row]] + columns.flatMap { $0[row] }) }
        table.addRule()
        table.add(["system"] + columns.flatMap { $0[names.count] })
        return table.text()
    }

    /// The cells of one quantity by area, those of the system last.
    private func areaCells(_ quantity: AreaQuantity, names: [String]) -> [[String]] {
        let effects = names.map { effect(quantity.name, scope: .area, name: $0) } + [effect(quantity.name)]
        let pairs = effects.map {
            (before: $0?.baseline.map { $0 * quantity.factor }, after: $0?.value.map { $0 * quantity.factor })
        }
        let decimals = NumberText.decimals(for: pairs.flatMap { [$0.before, $0.after] })
        return zip(effects, pairs).map { effect, pair in
            let after = NumberText.text(pair.after, decimals: decimals)
            guard baseline != nil else { return [after] }
            let change = NumberText.text(effect?.change.map { $0 * quantity.factor }, decimals: decimals, signed: true)
            return [NumberText.text(pair.before, decimals: decimals), after] + (quantity.hasChange ? [change] : [])
        }
    }

    /// The draw of compute by area over time, on one scale for both runs; nil where the course is not known.
    private var historyTable: String? {
        guard let rows = history?.rows, rows.contains(where: { $0.run.count > 1 }) else { return nil }
        var headings = [
            TextTable.Heading("draw over time", isWords: true), .init("from MW"), .init("to MW"),
        ]
        if baseline != nil { headings.append(.init(titles.baseline, isWords: true)) }
        headings.append(.init(titles.run, isWords: true))
        var table = TextTable(headings)
        let known = rows.flatMap { ($0.run + $0.baseline).compactMap(\.self) }
        let decimals = NumberText.decimals(for: known)
        for row in rows {
            let values = (row.run + row.baseline).compactMap(\.self)
            guard let low = values.min(), let high = values.max() else { continue }
            let lines = (baseline == nil ? [row.run] : [row.baseline, row.run]).map {
                Sparkline.text($0, width: $0.count, limits: low...high)
            }
            let ends = [low, high].map { NumberText.text($0, decimals: decimals) }
            table.add([row.name] + ends + lines)
        }
        return table.text()
    }

    private static let totals: [(title: String, unit: String, quantity: String, factor: Double)?] = [
        ("compute, IT energy", "MWh", "it_energy", 1),
        ("compute, facility energy", "MWh", "facility_energy", 1),
        ("compute payment", "$", "compute_payment", 1),
        ("compute CO2 by average signal", "t", "average_attributed_emissions", 0.001),
        ("compute CO2 by marginal signal", "t", "marginal_attributed_emissions", 0.001),
        nil,
        ("generation cost", "$", "generation_cost", 1),
        ("system emissions", "t", "emissions", 0.001),
        ("curtailed", "MWh", "curtailed", 1),
        ("unserved energy", "MWh", "unserved_energy", 1),
        ("congestion", "h", "congestion_hours", 1),
        ("congestion rent", "$", "congestion_rent", 1),
        ("peak load", "MW", "load_peak", 1),
        ("coincident peak, 5 ticks", "MW", "coincident_peak_load", 1),
        ("load in baseline's peak ticks", "MW", "baseline_peak_load", 1),
        ("largest 1 h ramp", "MW", "largest_ramp_1h", 1),
        ("price spread between regions", "$/MWh", "price_spread", 1),
        nil,
        ("placement cost V", "$", "placement_cost", 1),
        ("  of which friction", "$", "placement_friction_cost", 1),
        ("unserved requests", "", "unserved_requests", 1),
        ("price signal, rms error", "$/MWh", "price_signal_rms_error", 1),
        ("relocated, IT energy", "MWh", "relocated_energy", 1),
        ("relocated share", "%", "relocated_share", 100),
        ("herding, share of ticks", "%", "herding_share", 100),
    ]

    /// Totals that are left out where they are unknown or nothing in both runs.
    private static let optionalTotals: Set = [
        "herding_share", "congestion_hours", "congestion_rent", "price_spread", "baseline_peak_load",
    ]

    /// One row for each total of the system.
    private var totalTable: String {
        var headings = [TextTable.Heading("total", isWords: true), .init("unit", isWords: true)]
        if baseline != nil { headings.append(.init(titles.baseline)) }
        headings.append(.init(titles.run))
        if baseline != nil { headings += [.init("change"), .init("change %")] }
        var table = TextTable(headings)
        for total in Self.totals {
            guard let total else {
                table.addRule()
                continue
            }
            guard let effect = effect(total.quantity), isShown(effect) else { continue }
            let before = effect.baseline.map { $0 * total.factor }
            let after = effect.value.map { $0 * total.factor }
            let decimals = NumberText.decimals(for: [before, after])
            var cells = [total.title, total.unit]
            if baseline != nil { cells.append(NumberText.text(before, decimals: decimals)) }
            cells.append(NumberText.text(after, decimals: decimals))
            if baseline != nil {
                cells.append(NumberText.text(effect.change.map { $0 * total.factor }, decimals: decimals, signed: true))
                cells.append(NumberText.percent(effect.changePercent))
            }
            table.add(cells)
        }
        return table.text()
    }

    private func isShown(_ effect: Effect) -> Bool {
        guard Self.optionalTotals.contains(effect.quantity) else { return true }
        if effect.quantity == "herding_share" { return effect.value != nil || effect.baseline != nil }
        return (effect.value ?? 0) != 0 || (effect.baseline ?? 0) != 0
    }

    /// The ticks of coincident peak, highest load first; nil where no load is known.
    private var peakTable: String? {
        let columns = [baseline.map { ($0.peaks, titles.baseline) }, (run.peaks, titles.run)].compactMap { $0 }
        let rows = columns.map(\.0.count).max() ?? 0
        guard rows > 0 else { return nil }
        var headings = [TextTable.Heading("highest system load", isWords: true)]
        for (_, title) in columns {
            headings += [.init("tick from, UTC", group: title, isWords: true), .init("load MW", group: title)]
        }
        var table = TextTable(headings)
        let decimals = NumberText.decimals(for: columns.flatMap { $0.0.map(\.loadMW) })
        for row in 0..<rows {
            let cells = columns.flatMap { peaks, _ in
                guard peaks.indices.contains(row) else { return [NumberText.none, NumberText.none] }
                let start = Date(timeIntervalSince1970: TimeInterval(peaks[row].startSeconds))
                return [start.formatted(.iso8601), NumberText.text(peaks[row].loadMW, decimals: decimals)]
            }
            table.add(["\(row + 1)"] + cells)
        }
        return table.text()
    }

    /// Demand-response events, nil if there were none; quantities are means over the ticks of the event.
    private var eventTable: String? {
        guard let events = response?.events, !events.isEmpty else { return nil }
        var table = TextTable([
            .init("event", isWords: true), .init("region", isWords: true), .init("ticks"), .init("asked MW"),
            .init("delivered"), .init("after ticks"), .init("rebound"), .init("ms spent"), .init("paid $"),
        ])
        let decimals = NumberText.decimals(for: events.flatMap { [$0.requestedMW, $0.deliveredMW, $0.reboundMW] })
        for event in events.prefix(20) {
            let end = event.firstTick + event.tickCount - 1
            table.add([
                event.name, event.region, "\(event.firstTick)-\(end)",
                event.kind == "price-spike" ? NumberText.none : NumberText.text(event.requestedMW, decimals: decimals),
                NumberText.text(event.deliveredMW, decimals: decimals),
                event.responseTicks.map(String.init) ?? NumberText.none,
                NumberText.text(event.reboundMW, decimals: decimals),
                NumberText.text(event.latencySpentMilliseconds, decimals: 1),
                NumberText.text(event.settledUSD, decimals: 0),
            ])
        }
        let rest = events.count - min(20, events.count)
        return table.text() + (rest > 0 ? "\nand \(rest) more events" : "")
    }

    /// The largest flows of work between areas, nil if none left home.
    private var flowTable: String? {
        let flows = run.relocation.flows.filter { $0.home != $0.executing }
            .sorted { ($1.itEnergyMWh, $0.home, $0.executing) < ($0.itEnergyMWh, $1.home, $1.executing) }
        guard !flows.isEmpty else { return nil }
        var table = TextTable([
            .init("work of → run in", isWords: true), .init("IT MWh"), .init("facility MWh"),
            .init("share of all work"),
        ])
        let decimals = NumberText.decimals(for: flows.map(\.facilityEnergyMWh))
        for flow in flows.prefix(10) {
            table.add([
                "\(flow.home) → \(flow.executing)", NumberText.text(flow.itEnergyMWh, decimals: decimals),
                NumberText.text(flow.facilityEnergyMWh, decimals: decimals),
                NumberText.text(100 * flow.itEnergyMWh / run.relocation.placedMWh, decimals: 1) + " %",
            ])
        }
        let rest = flows.count - min(10, flows.count)
        return table.text() + (rest > 0 ? "\nand \(rest) smaller flows" : "")
    }
}
