internal import CoSimulation
internal import RunStore

/// Sums a run: one pass over each table in the order of ticks, memory independent of their number.
struct SummaryPass {
    private let run: RunSnapshot
    private let facts: RunFacts
    private let agents: [RunAgent]
    private let areas: [RunArea]
    private let end: Int

    /// A pass over the first ticks of a run, as many as are on disk unless given.
    init(_ run: RunSnapshot, ticks: Int?) throws {
        self.run = run
        facts = try run.facts()
        agents = try run.agents()
        areas = try run.areas()
        end = min(ticks ?? Int.max, try run.position().map { $0.tick + 1 } ?? 0)
    }

    func summary() throws -> RunSummary {
        guard end > 0, let digest = try run.digest(atTick: end - 1) else { throw noTick() }
        let faults = try run.faultCounts(beforeTick: end)
        let (grid, areaGrids) = try gridFigures()
        let compute = try computePass()
        let relocation = try relocationMeter()
        var cost = CostMeter()
        var coupling = CouplingMeter()
        try run.forEachTick(before: end) { point in
            cost.add(point)
            coupling.add(point.coupling)
        }
        var settlement = SettlementMeter()
        try run.forEachPayment(before: end) { settlement.add($0.payment) }
        return RunSummary(
            name: facts.name, mechanism: facts.mechanism, carbonPriceUSDPerKg: facts.carbonPriceUSDPerKg,
            seed: facts.seed,
            scenarioDigest: facts.scenarioDigest.description, recordDigest: digest.description, status: facts.status,
            startSeconds: facts.clock.startSeconds, tickSeconds: facts.clock.tickSeconds, tickCount: end,
            plannedTickCount: facts.clock.tickCount, absenceCount: faults.absences, violationCount: faults.violations,
            grid: grid, compute: compute.system.figures, cost: cost.figures,
            coupling: coupling.figures(of: facts.coupling.kind), herding: try herdingFigures(),
            settlement: settlement.figures,
            relocation: relocation.figures, areas: areaFigures(areaGrids, compute),
            regions: regionFigures(compute, relocation))
    }

    /// Why there is nothing to sum.
    private func noTick() -> RunAnalysisError {
        let title = "\(facts.name) (\(facts.mechanism))"
        guard facts.status == .failed else {
            return RunAnalysisError(
                .noTicks, "\(title) holds no finished tick", remedy: "Wait for its first batch, or run it again")
        }
        let reason = facts.statusText.isEmpty ? "" : ": \(facts.statusText)"
        return RunAnalysisError(
            .noTicks, "\(title) failed before its first tick was recorded\(reason)",
            remedy: "Mend the cause and run it again")
    }

    private func herdingFigures() throws -> HerdingFigures {
        let regions = agents.filter { $0.role == .computeRegion }.map(\.number)
        var meter = HerdingMeter(regions: regions, tickSeconds: facts.clock.tickSeconds)
        var prices = [Double?](repeating: nil, count: agents.count)
        var tick = 0
        func endTicks(before next: Int) throws {
            while tick < next {
                meter.endTick()
                tick += 1
            }
        }
        var priced = -1
        try run.forEachPlacement(before: end) { point in
            guard let home = agents[point.service].homeRegion, home != point.region else { return }
            try endTicks(before: point.tick)
            if priced != point.tick {
                try run.readRealisedPrices(into: &prices, atTick: point.tick)
                priced = point.tick
            }
            meter.add(
                from: home, to: point.region, energyMWh: point.energyMWh, prices: (prices[home], prices[point.region]))
        }
        try endTicks(before: end)
        return meter.figures
    }

    private func gridFigures() throws -> (system: GridFigures, areas: [GridFigures]) {
        var system = GridMeter(tickSeconds: facts.clock.tickSeconds)
        var meters = Array(repeating: system, count: areas.count)
        var open = (tick: 0, count: 0, load: Sum(), compute: Sum())
        func close() {
            guard open.count == areas.count, open.count > 0 else { return }
            system.add(tick: open.tick, loadMW: open.load.value, computeLoadMW: open.compute.value)
        }
        try run.forEachArea(before: end) { point in
            if point.tick != open.tick {
                close()
                open = (point.tick, 0, Sum(), Sum())
            }
            open.count += 1
            open.load.add(point.loadMW)
            open.compute.add(point.computeLoadMW)
            system.add(point)
            meters[point.area].add(point)
            meters[point.area].add(tick: point.tick, loadMW: point.loadMW, computeLoadMW: point.computeLoadMW)
        }
        close()
        return (system.figures, meters.map(\.figures))
    }

    /// Compute in all regions, by agent number of grid operator and region, and the loads of regions.
    private struct ComputePass {
        var system = ComputeMeter()
        var agents: [ComputeMeter]
        var loads: [LoadMeter]

        mutating func endTick() {
            system.endTick()
            for number in agents.indices { agents[number].endTick() }
        }
    }

    private func computePass() throws -> ComputePass {
        let load = LoadMeter(tickSeconds: facts.clock.tickSeconds)
        var pass = ComputePass(
            agents: Array(repeating: ComputeMeter(), count: agents.count),
            loads: Array(repeating: load, count: agents.count))
        let hours = facts.clock.tickHours
        var tick = 0
        try run.forEachRegion(before: end) { point in
            if point.tick != tick {
                pass.endTick()
                tick = point.tick
            }
            pass.system.add(point)
            pass.agents[point.region].add(point)
            if let gridOperator = agents[point.region].gridOperator { pass.agents[gridOperator].add(point) }
            pass.loads[point.region].add(tick: tick, loadMW: point.facilityMWh / hours)
        }
        pass.endTick()
        return pass
    }

    private func relocationMeter() throws -> RelocationMeter {
        var meter = RelocationMeter(agents: agents, classNames: try run.classNames(), layerOfRoute: try run.layers())
        try run.forEachPlacement(before: end) { meter.add($0) }
        try run.forEachUnserved(before: end) { meter.add($0) }
        return meter
    }

    private func areaFigures(_ grids: [GridFigures], _ compute: ComputePass) -> [AreaFigures] {
        areas.sorted { ($0.gridOperator, $0.number) < ($1.gridOperator, $1.number) }.map { area in
            let isAlone = areas.filter { $0.gridOperator == area.gridOperator }.count == 1
            let gridOperator = agents[area.gridOperator].name
            return AreaFigures(
                name: isAlone ? gridOperator : "\(gridOperator)/\(area.name)", gridOperator: gridOperator,
                area: area.name,
                grid: grids[area.number], compute: isAlone ? compute.agents[area.gridOperator].figures : nil)
        }
    }

    private func regionFigures(_ compute: ComputePass, _ relocation: RelocationMeter) -> [RegionFigures] {
        agents.filter { $0.role == .computeRegion }.map { region in
            let exchange = relocation.exchange(ofRegion: region.number)
            return RegionFigures(
                name: region.name, gridOperator: region.gridOperator.map { agents[$0].name } ?? "",
                load: compute.loads[region.number].figures, compute: compute.agents[region.number].figures,
                receivedMWh: exchange.receivedMWh, sentMWh: exchange.sentMWh)
        }
    }
}
