internal import CoSimulation
internal import RunStore

/// Sums a run: one pass over each table in the order of ticks, memory independent of their number.
struct SummaryPass {
    private let run: RunSnapshot
    private let facts: RunFacts
    private let agents: [RunAgent]
    private let areas: [RunArea]
    private let map: AreaMap
    private let end: Int
    private let highestLoads: [(tick: Int, loadMW: Double)]
    private let peaks: PeakTicks

    /// A pass over the first ticks of a run, as many as are on disk unless given, beside the ticks of coincident peak of its
    /// baseline.
    init(_ run: RunSnapshot, ticks: Int?, baselinePeaks: Set<Int>) throws {
        self.run = run
        facts = try run.facts()
        agents = try run.agents()
        areas = try run.areas()
        map = try AreaMap(of: run)
        end = min(ticks ?? Int.max, try run.position().map { $0.tick + 1 } ?? 0)
        highestLoads = try PeakMeter(of: run, before: end).highest
        peaks = PeakTicks(own: Set(highestLoads.map(\.tick)), baseline: baselinePeaks)
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
            coupling: coupling.figures(of: facts.coupling.kind), herding: try HerdingPass(run, ticks: end).figures(),
            settlement: settlement.figures,
            relocation: relocation.figures, peaks: peakFigures, areas: areaFigures(areaGrids, compute),
            regions: regionFigures(compute, relocation))
    }

    private var peakFigures: [PeakFigures] {
        highestLoads.enumerated().map { place, peak in
            PeakFigures(
                rank: place + 1, tick: peak.tick,
                startSeconds: facts.clock.startSeconds + Int64(peak.tick) * facts.clock.tickSeconds, loadMW: peak.loadMW
            )
        }
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

    private func gridFigures() throws -> (system: GridFigures, areas: [GridFigures]) {
        var system = GridMeter(tickSeconds: facts.clock.tickSeconds, peaks: peaks)
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

    /// Compute in all regions, by place of the area map and by agent number of the region, and the loads of regions.
    private struct ComputePass {
        var system = ComputeMeter()
        var places: [ComputeMeter]
        var regions: [ComputeMeter]
        var loads: [LoadMeter]

        mutating func endTick() {
            system.endTick()
            for place in places.indices { places[place].endTick() }
            for number in regions.indices { regions[number].endTick() }
        }
    }

    private func computePass() throws -> ComputePass {
        let load = LoadMeter(tickSeconds: facts.clock.tickSeconds, peaks: peaks)
        var pass = ComputePass(
            places: Array(repeating: ComputeMeter(), count: map.places.count),
            regions: Array(repeating: ComputeMeter(), count: agents.count),
            loads: Array(repeating: load, count: agents.count))
        let hours = facts.clock.tickHours
        var tick = 0
        try run.forEachRegion(before: end) { point in
            if point.tick != tick {
                pass.endTick()
                tick = point.tick
            }
            pass.system.add(point)
            pass.regions[point.region].add(point)
            pass.places[map.place(ofRegion: point.region)].add(point)
            pass.loads[point.region].add(tick: tick, loadMW: point.facilityMWh / hours)
        }
        pass.endTick()
        return pass
    }

    private func relocationMeter() throws -> RelocationMeter {
        var meter = RelocationMeter(
            agents: agents, areas: map, classNames: try run.classNames(), layerOfRoute: try run.layers())
        try run.forEachPlacement(before: end) { meter.add($0) }
        try run.forEachUnserved(before: end) { meter.add($0) }
        return meter
    }

    private func areaFigures(_ grids: [GridFigures], _ compute: ComputePass) -> [AreaFigures] {
        zip(map.places, compute.places).compactMap { place, meter in
            place.area.map { area in
                AreaFigures(
                    name: place.name, gridOperator: agents[place.gridOperator].name, area: areas[area].name,
                    grid: grids[area], compute: meter.figures)
            }
        }
    }

    private func regionFigures(_ compute: ComputePass, _ relocation: RelocationMeter) -> [RegionFigures] {
        agents.filter { $0.role == .computeRegion }.map { region in
            let exchange = relocation.exchange(ofRegion: region.number)
            return RegionFigures(
                name: region.name, gridOperator: region.gridOperator.map { agents[$0].name } ?? "",
                area: map.places[map.place(ofRegion: region.number)].name,
                load: compute.loads[region.number].figures, compute: compute.regions[region.number].figures,
                receivedMWh: exchange.receivedMWh, sentMWh: exchange.sentMWh,
                unservedRequests: exchange.unservedRequests)
        }
    }
}
