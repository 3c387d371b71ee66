internal import CoSimulation
internal import PowerGrid

/// The text of `scenario.yaml` for the RTS-GMLC system.
struct RTSScenarioText {
    let content: RTSContent

    /// The whole text.
    var text: String {
        let regions = buses.map(region)
        let services = buses.map(service)
        return
            (head + ["classes:"] + RTSClass.all.flatMap(workloadClass) + ["gridOperators:"] + gridOperator
            + ["regions:"] + regions + ["services:"] + services + notice).joined(separator: "\n") + "\n"
    }

    /// The publisher's notice as comments: a run copies this file with the data, and not SOURCES.txt.
    private var notice: [String] {
        content.notice.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "#" : "# \($0)" }
    }

    /// Column of the requests of a class at the service node of a bus.
    static func requests(_ kind: RTSClass, bus: Bus) -> String { "\(bus.number)_\(kind.name)_requests_per_tick" }

    private var options: RTSImportOptions { content.options }
    private var buses: [Bus] { content.sites.map { content.system.network.buses[$0] } }

    private var head: [String] {
        let clock = content.clock
        return [
            "# Made by `gridtide import rts-gmlc`: see SOURCES.txt. NREL's notice, at the end, stays with all copies.",
            "gridtide: 1",
            "name: \(ScenarioText.plain(content.name))",
            "title: RTS-GMLC with \(Excerpt.count(buses.count, "relocatable load")) of "
                + "\(Excerpt.number(options.meanITMW)) MW of IT",
            "description: |",
            "  NREL's test system of \(content.system.network.buses.count) buses in three areas, hour by hour, with "
                + "compute regions at buses",
            "  \(buses.map { "\($0.number)" }.joined(separator: ", ")). Work follows the last published price; compare "
                + "with coupling.kind=iterated and co-optimised.",
            "clock: {start: \(CalendarDate.text(clock.startSeconds)), tickMinutes: 60, ticks: \(clock.tickCount)}",
            "mechanism: {objective: least-cost}",
            "coupling: {kind: sequential}",
        ]
    }

    private func workloadClass(_ kind: RTSClass) -> [String] {
        let value = options.valueUSDPerMWh * kind.energyWh / 1e6
        return [
            "  - name: \(kind.name)",
            "    latencyBudgetMilliseconds: \(kind.budgetMilliseconds)",
            "    processingMilliseconds: \(kind.processingMilliseconds)",
            "    energyWhPerRequest: \(Excerpt.number(kind.energyWh))",
            "    acceleratorSecondsPerRequest: \(Excerpt.number(Rounded.significant(kind.acceleratorSeconds)))",
            "    movableShare: \(Excerpt.number(options.movableShare))",
            "    valueUSDPerRequest: \(Excerpt.number(Rounded.significant(value)))",
            "    surchargeUSDPerMWh: \(kind.frictionUSDPerMWh)",
        ]
    }

    // MARK: Agents

    private var gridOperator: [String] {
        let drawMW = Excerpt.number(options.meanITMW * options.pue)
        let emissions = content.network.generators.filter { $0.emissionsKgPerMWh != 0 }.map {
            "      \(ScenarioText.plain($0.name)): \(Excerpt.number(Rounded.value($0.emissionsKgPerMWh, decimals: 3)))"
        }
        let availableCount = content.source.available.count
        return [
            "  - name: rts-gmlc",
            "    strategy: dc-opf",
            "    network: network.m",
            "    convention: matpower",
            "    ramps: \(options.keepsRamps)",
            "    expectedComputeLoadMW: \(drawMW)",
            "    areaDemandMW:",
        ] + series(content.series[0]) + ["    availableMW:"]
            + content.series[1...availableCount].flatMap(series) + ["    fixedMW:"]
            + content.series[(availableCount + 1)...].flatMap(series) + ["    emissionsKgPerMWh:"] + emissions
    }

    private func series(_ table: HourlyTable) -> [String] {
        table.columns.map { name in
            let column = content.column(name, of: table)
            return "      \(ScenarioText.plain(name)): {file: \(RTSContent.file(table)), column: \(column)}"
        }
    }

    private func region(_ bus: Bus) -> String {
        let peakMW = content.peakITMW * options.capacityFactor
        let accelerators = (peakMW * 1000 / RTSClass.acceleratorKW).rounded(.up)
        let connectionMW = (peakMW * options.pue * 10).rounded(.up) / 10
        let parts = [
            "name: dc-\(bus.number)", "grid: rts-gmlc", "bus: \"\(bus.number)\"", location(bus), "strategy: honest",
            "accelerators: \(Excerpt.number(accelerators))", "connectionMW: \(Excerpt.number(connectionMW))",
            "pue: \(Excerpt.number(options.pue))",
        ]
        return "  - {\(parts.joined(separator: ", "))}"
    }

    private func service(_ bus: Bus) -> String {
        let demand = RTSClass.all.map { kind in
            let column = RTSScenarioText.requests(kind, bus: bus)
            return "\(kind.name): {file: \(content.requestsFile), column: \(column)}"
        }
        let parts = [
            "name: users-\(bus.number)", "home: dc-\(bus.number)", location(bus), "strategy: honest",
            "demand: {\(demand.joined(separator: ", "))}",
        ]
        return "  - {\(parts.joined(separator: ", "))}"
    }

    private func location(_ bus: Bus) -> String {
        let place = bus.latitudeLongitude ?? SIMD2(0, 0)
        let degrees = [place.x, place.y].map { Excerpt.number(Rounded.value($0, decimals: 4)) }
        return "location: {latitude: \(degrees[0]), longitude: \(degrees[1])}"
    }
}
