internal import CoSimulation
internal import InferencePlacement

/// Everything a scenario is written from.
struct ImportContent {
    let sources: ImportSources
    let options: ImportOptions
    let clock: Clock
    let prices: SampledSeries
    let emissions: SampledSeries
    let sites: [ZoneSite]
    let trips: RoundTrips
    let classes: [ImportedClass]
    let basis: EnergyBasis
    let cost: TokenCost

    /// Name of the scenario.
    var name: String { options.name ?? "price-taker-" + date }

    /// Date of the start.
    var date: String { String(CalendarDate.text(clock.startSeconds).prefix(10)) }

    /// The share of each class in IT energy: that of its trace.
    var shares: [Double] {
        let total = classes.reduce(0) { $0 + $1.energyWhPerMinute }
        return classes.map { $0.energyWhPerMinute / total }
    }

    /// The scenario with all its files.
    func scenario() -> ImportedScenario {
        let demand = demand()
        let tables = [
            table("prices.csv", sites.map { ("\($0.zone)_usd_per_mwh", prices.values[$0.zone] ?? []) }, decimals: 4),
            table(
                "emissions.csv", sites.map { ("\($0.zone)_kg_per_mwh", emissions.values[$0.zone] ?? []) }, decimals: 3),
            table(
                "requests.csv",
                zip(sites, demand).flatMap { site, rows in
                    zip(classes, rows).map { ("\(site.zone)_\($0.name)_requests_per_tick", $1) }
                }, decimals: nil),
            latency(),
        ]
        let sourcesText = SourcesText(content: self)
        let yaml = ScenarioText(content: self, peaks: demand.map(peak))
        return ImportedScenario(
            name: name, zones: sites.map(\.zone), classes: classes.map(\.name), ticks: clock.tickCount,
            meanITMW: meanITMW(demand),
            files: tables + [
                .init(name: "SOURCES.txt", text: sourcesText.text), .init(name: "scenario.yaml", text: yaml.text),
            ],
            notices: sourcesText.findings)
    }

    // MARK: Demand

    /// Requests per tick [site][class][tick].
    private func demand() -> [[[Double]]] {
        let profile = DemandProfile(clock: clock, options: options)
        return sites.map { site in
            zip(classes, shares).map { kind, share in
                profile.requests(
                    mean: options.meanITMW * 1e6 * share * clock.tickHours / kind.energyWh, trace: kind.trace,
                    zone: site.zone,
                    longitudeDegrees: site.location.longitudeDegrees)
            }
        }
    }

    /// The greatest IT power and accelerator count of a site's own demand.
    private func peak(_ demand: [[Double]]) -> (itMW: Double, accelerators: Double) {
        var peak = (itMW: 0.0, accelerators: 0.0)
        for tick in 0..<clock.tickCount {
            let both = zip(classes, demand)
            let energyWh = both.reduce(0) { $0 + $1.0.energyWh * $1.1[tick] }
            let work = both.reduce(0) { $0 + $1.0.work * $1.1[tick] }
            peak.itMW = max(peak.itMW, energyWh / 1e6 / clock.tickHours)
            peak.accelerators = max(peak.accelerators, work / Double(clock.tickSeconds))
        }
        return peak
    }

    private func meanITMW(_ demand: [[[Double]]]) -> Double {
        let energyWh = demand.reduce(0) { sum, rows in
            sum + zip(classes, rows).reduce(0) { $0 + $1.0.energyWh * $1.1.reduce(0, +) }
        }
        return energyWh / 1e6 / clock.tickHours / Double(clock.tickCount)
    }

    // MARK: Tables

    private func table(_ name: String, _ columns: [(name: String, values: [Double])], decimals: Int?)
        -> ImportedScenario.File
    {
        var lines = [(["utc"] + columns.map(\.name)).joined(separator: ",")]
        for tick in 0..<clock.tickCount {
            let cells = columns.map { column in
                let value = column.values[tick]
                return decimals.map { Rounded.text(value, decimals: $0) } ?? Excerpt.number(value)
            }
            lines.append(([CalendarDate.text(clock.seconds(atTick: tick))] + cells).joined(separator: ","))
        }
        return .init(name: name, text: lines.joined(separator: "\n") + "\n")
    }

    private func latency() -> ImportedScenario.File {
        var lines = [(["service"] + sites.map { ScenarioText.region($0) }).joined(separator: ",")]
        for (site, row) in zip(sites, trips.milliseconds) {
            lines.append(
                ([ScenarioText.service(site)] + row.map { Rounded.text($0, decimals: 1) }).joined(separator: ","))
        }
        return .init(name: "latency.csv", text: lines.joined(separator: "\n") + "\n")
    }
}
